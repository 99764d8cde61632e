import { auditors } from '../application/access/visitor.ts';
import { shiftReaders } from '../application/read/on-call.ts';
import {
  handOverInput,
  importInput,
  removeInput,
  shiftKeepers,
  swapInput,
} from '../application/use-cases/keep-shifts.ts';
import * as answers from '../contracts/shift-answers.ts';
import { roles } from '../domain/core/vocabulary.ts';
import { filter } from './list-operations.ts';
import type { Operation } from './operation.ts';

const ownOffice = 'Area supervisors and directors keep the shifts of their own office; the others keep all.';

const act = (
  id: string,
  name: string,
  title: string,
  rest: Pick<Operation, 'relation' | 'input' | 'refusals'>,
): Operation => ({
  id,
  method: 'post',
  path: `/shifts/${name}`,
  title,
  tag: 'directory',
  roles: shiftKeepers,
  parameters: [],
  answer: answers.shiftsChangedAnswer,
  answerName: 'ShiftsChanged',
  ...rest,
});

export const shiftOperations: readonly Operation[] = [
  {
    id: 'read-on-call',
    method: 'get',
    path: '/on-call',
    title: 'Read who is on call now and in the hours ahead, by office and role',
    tag: 'directory',
    roles: roles.filter((role) => shiftReaders.includes(role)),
    parameters: [
      filter('hours', 'How many hours ahead.', { type: 'integer', minimum: 1, maximum: 336, default: 24 }, 24),
    ],
    answer: answers.onCallAnswer,
    answerName: 'OnCall',
    refusals: [400, 403],
  },
  act('import-shifts', 'import', 'Import a file of on-call shifts, whole or not at all', {
    relation: `${ownOffice} A line of CSV each: role, office (or "state"), person (id or e-mail address), from and to (New York time), phone, order. For each role and office in it the file stands in the place of what was entered for its time. A wrong line is named by "lines[3].from", 3 its place in the file.`,
    input: importInput,
    refusals: [400, 403, 413, 415, 422],
  }),
  act('swap-shifts', 'swap', 'Let two people exchange their shifts', {
    relation: ownOffice,
    input: swapInput,
    refusals: [400, 403, 404, 409, 413, 415, 422],
  }),
  act('hand-over-shift', 'hand-over', 'Hand a shift over to another person with their own number', {
    relation: ownOffice,
    input: handOverInput,
    refusals: [400, 403, 404, 409, 413, 415, 422],
  }),
  act('remove-shift', 'remove', 'Take a shift out, such as one of two that overlap', {
    relation: ownOffice,
    input: removeInput,
    refusals: [400, 403, 404, 409, 413, 415, 422],
  }),
  {
    id: 'read-shift-history',
    method: 'get',
    path: '/shifts/history',
    title: 'Read who entered, swapped, handed over and took out shifts',
    tag: 'directory',
    roles: roles.filter((role) => [...shiftKeepers, ...auditors].includes(role)),
    parameters: [],
    answer: answers.shiftHistoryAnswer,
    answerName: 'ShiftHistory',
    refusals: [403],
  },
];
