/** Routes of the directory: delegations, tribes, and the police agencies of a town. */
import * as z from 'zod';
import { idPattern } from '../../domain/core/ids.ts';
import { roles } from '../../domain/core/vocabulary.ts';
import { delegationInput } from '../../domain/directory/delegations.ts';
import { tribeReaders } from '../read/shown-tribes.ts';
import { delegators } from '../use-cases/keep-delegations.ts';
import type { Routes } from './route.ts';

const noTown = 'The name of a town has at most 100 characters, and no control characters.';

export const directoryRoutes = {
  'read-delegations': {
    method: 'get',
    path: '/delegations',
    title: 'Read the delegates of the caller, and the people whose delegate the caller is',
    tag: 'directory',
    roles,
    relation: 'Administrators and auditors see all.',
    rate: 'person',
    answer: 'Delegations',
    refusals: [],
  },
  'name-delegate': {
    method: 'post',
    path: '/delegations',
    title: 'Name a delegate for a period of leave and a kind of work',
    tag: 'directory',
    roles: delegators,
    forbidden: 'delegating-for-roles',
    relation:
      'For the person who goes on leave: roles of their own, to staff. The delegate acts in their place and gets their mail. Both names stand in the audit. It ends with its period.',
    rate: 'person',
    body: delegationInput,
    key: 'optional',
    answer: 'DelegationsGiven',
    statuses: [201],
    refusals: ['key-reused'],
    decides: [
      'no-such-person/delegate',
      'not-oneself',
      'not-your-work',
      'not-a-colleague',
      'no-period',
      'too-far-ahead/delegation',
      'too-long',
      'record-in-doubt',
    ],
  },
  'end-delegation': {
    method: 'post',
    path: '/delegations/{personId}/{id}/end',
    title: 'End a delegation before its time',
    tag: 'directory',
    roles,
    relation: 'For both of its people and for administrators. All others get 404.',
    rate: 'person',
    params: z.object({
      personId: z
        .string()
        .regex(idPattern)
        .meta({ description: 'The id of the person on leave.', example: 'P-EXAMPLE' }),
      id: z
        .string()
        .regex(/^DG-[0-9]{1,6}$/)
        .meta({ description: 'The id of the delegation, among those of that person.', example: 'DG-1' }),
    }),
    misfit: { personId: 'no-such-delegation', id: 'no-such-delegation' },
    answer: 'DelegationsGiven',
    refusals: [],
    decides: ['over-already', 'record-in-doubt'],
  },
  'read-agencies': {
    method: 'get',
    path: '/agencies/{town}',
    title: 'Read the police agencies of a town',
    tag: 'directory',
    roles,
    rate: 'person',
    params: z.object({
      town: z.string().max(100, noTown).meta({ description: 'The name of a town.', example: 'Hartford' }),
    }),
    answer: 'Agencies',
    refusals: [],
  },
  'read-tribes': {
    method: 'get',
    path: '/tribes',
    title: 'Read the tribes: who to call, services, police, and which law asks for the notice',
    tag: 'directory',
    roles: tribeReaders,
    forbidden: 'tribes-for-staff',
    rate: 'person',
    answer: 'Tribes',
    refusals: [],
  },
} as const satisfies Routes;
