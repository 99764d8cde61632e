/** The operations that read lists, and the parameters that filter and page them. */

import { auditors, queueReaders } from '../application/access/visitor.ts';
import { directoryReaders } from '../application/read/directory.ts';
import * as answers from '../contracts/answers.ts';
import { directoryAnswer } from '../contracts/people-answers.ts';
import { regionNumbers } from '../domain/board/list-rows.ts';
import { anyStage } from '../domain/core/command.ts';
import { roles } from '../domain/core/vocabulary.ts';
import type { Operation, Parameter } from './operation.ts';

export const paging: readonly Parameter[] = [
  {
    name: 'limit',
    in: 'query',
    description: 'How many rows at most.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 50 },
    example: 50,
  },
  {
    name: 'after',
    in: 'query',
    description: 'What the page before gave as "next". Opaque, and good for one list only.',
    schema: { type: 'string' },
    example: 'WyJyZWZlcnJhbCIsIkNSLTdGM0tELTlRWE1UMiIsIjIwMjYtMTEtMjVUMjA6MDA6MDBaIl0',
  },
];

export const filter = (
  name: string,
  description: string,
  schema: Parameter['schema'],
  example: Parameter['example'],
): Parameter => ({ name, in: 'query', description, schema, example });

const ofStage = filter('stage', 'Those in one stage alone.', { type: 'string', enum: anyStage }, 'open');
const ofRegion = filter(
  'region',
  'The number of the region, or "unknown" where it is not known yet.',
  { type: 'string', enum: regionNumbers },
  '4',
);
const overdueAlone = filter('overdue', 'With "yes" what is overdue alone.', { type: 'string', enum: ['yes'] }, 'yes');

export const listOperations: readonly Operation[] = [
  {
    id: 'read-queue',
    method: 'get',
    path: '/queue',
    title: 'Read the queue, most urgent first',
    tag: 'lists',
    roles: queueReaders,
    relation: 'Of the referrals that their roles cover. Of an ended one it is here while something of law is owed.',
    parameters: [
      ...paging,
      ofStage,
      ofRegion,
      filter(
        'owner',
        'A role: one row comes for each open deadline that waits on it, and none for the referral as such.',
        { type: 'string', enum: roles },
        'caseworker',
      ),
      overdueAlone,
    ],
    answer: answers.pageAnswer,
    answerName: 'Page',
    refusals: [400, 403],
  },
  {
    id: 'read-deadlines',
    method: 'get',
    path: '/deadlines',
    title: 'Read every open deadline that waits on the caller, most urgent first',
    tag: 'lists',
    roles,
    relation: 'By a duty of theirs, by name, or because a checkpoint was raised to them.',
    parameters: [...paging, overdueAlone],
    answer: answers.pageAnswer,
    answerName: 'Page',
    refusals: [400],
  },
  {
    id: 'find-referrals',
    method: 'get',
    path: '/referrals',
    title: 'Look for referrals in every stage, the newest report first',
    tag: 'lists',
    roles: queueReaders,
    relation:
      'Of the referrals that their roles cover. With "overdue" and without "bounced" the longest overdue come first.',
    parameters: [
      ...paging,
      filter(
        'reference',
        'The reference of one referral, as a person typed it.',
        { type: 'string', maxLength: 40 },
        'CR-7F3KD-9QXMT2',
      ),
      ofStage,
      ofRegion,
      filter('from', 'The first day of the report, New York time.', { type: 'string', format: 'date' }, '2026-11-01'),
      filter('to', 'The last day of the report, New York time.', { type: 'string', format: 'date' }, '2026-11-30'),
      overdueAlone,
      filter(
        'bounced',
        'With "yes" only referrals with an undelivered alert.',
        { type: 'string', enum: ['yes'] },
        'yes',
      ),
    ],
    answer: answers.foundAnswer,
    answerName: 'FoundReferrals',
    refusals: [400, 403],
  },
  {
    id: 'read-runs',
    method: 'get',
    path: '/runs',
    title: 'Read the runs of what is open, most urgent first',
    tag: 'audit',
    roles: auditors,
    relation: 'Of each referral; its deadlines, waits and mails are in its audit.',
    parameters: [
      ...paging,
      filter(
        'restarted',
        'With "yes" those alone, of referrals and of deadlines, that had to be started again.',
        { type: 'string', enum: ['yes'] },
        'yes',
      ),
    ],
    answer: answers.runsAnswer,
    answerName: 'Runs',
    refusals: [400, 403],
  },
  {
    id: 'read-directory',
    method: 'get',
    path: '/directory',
    title: 'Read who has a duty of a role, by scope and in order',
    tag: 'directory',
    roles: directoryReaders,
    parameters: [
      { ...filter('role', 'The role.', { type: 'string', enum: roles }, 'hart-liaison'), required: true },
      filter(
        'scope',
        'Where: state, region-4, office-HARTFORD, team-MDT-HARTFORD.',
        { type: 'string', pattern: '^(state|(region|office|team)-[A-Z0-9.-]{1,60})$' },
        'region-4',
      ),
    ],
    answer: directoryAnswer,
    answerName: 'Directory',
    refusals: [400, 403],
  },
];
