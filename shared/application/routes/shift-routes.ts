/** Routes of on-call shifts: the people on call, changes of shifts, and their history. */
import { roles } from '../../domain/core/vocabulary.ts';
import { auditors } from '../access/visitor.ts';
import { onCallFilters, shiftReaders } from '../read/shown-on-call.ts';
import { handOverInput, importInput, removeInput, shiftKeepers, swapInput } from '../use-cases/keep-shifts.ts';
import type { Routes } from './route.ts';

const ownOffice = 'Area supervisors and directors keep the shifts of their own office; the others keep all.';

const change = {
  method: 'post',
  tag: 'directory',
  roles: shiftKeepers,
  forbidden: 'shifts-for-keepers',
  rate: 'person',
  relation: ownOffice,
  key: 'optional',
  answer: 'ShiftsChanged',
  refusals: ['no-such-shift', 'key-reused'],
} as const;

export const shiftRoutes = {
  'read-on-call': {
    method: 'get',
    path: '/on-call',
    title: 'Read who is on call now and in the hours ahead, by office and role',
    tag: 'directory',
    roles: roles.filter((role) => shiftReaders.includes(role)),
    forbidden: 'on-call-for-staff',
    rate: 'person',
    query: onCallFilters,
    answer: 'OnCall',
    refusals: [],
  },
  'import-shifts': {
    ...change,
    path: '/shifts/import',
    title: 'Import a file of on-call shifts, whole or not at all',
    relation: `${ownOffice} A line of CSV each: role, office (or "state"), person (id or e-mail address), from and to (New York time), phone, order. For each role and office in it the file stands in the place of what was entered for its time. A wrong line is named by "lines[3].from", 3 its place in the file.`,
    body: importInput,
    decides: ['record-in-doubt'],
    refusals: ['key-reused'],
  },
  'swap-shifts': {
    ...change,
    path: '/shifts/swap',
    title: 'Let two people exchange their shifts',
    body: swapInput,
    decides: ['same-person', 'shift-over', 'lacks-role', 'record-in-doubt'],
  },
  'hand-over-shift': {
    ...change,
    path: '/shifts/hand-over',
    title: 'Hand a shift over to another person with their own number',
    body: handOverInput,
    decides: ['no-such-person/shift', 'no-telephone', 'shift-over', 'lacks-role', 'record-in-doubt'],
  },
  'remove-shift': {
    ...change,
    path: '/shifts/remove',
    title: 'Take a shift out, such as one of two that overlap',
    body: removeInput,
    decides: ['shift-over', 'record-in-doubt'],
  },
  'read-shift-history': {
    method: 'get',
    path: '/shifts/history',
    title: 'Read who entered, swapped, handed over and took out shifts',
    tag: 'directory',
    roles: roles.filter((role) => [...shiftKeepers, ...auditors].includes(role)),
    forbidden: 'shift-history-for-keepers',
    rate: 'person',
    answer: 'ShiftHistory',
    refusals: [],
  },
} as const satisfies Routes;
