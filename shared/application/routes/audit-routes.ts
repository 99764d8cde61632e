/** Routes across referrals for people who audit. */
import * as z from 'zod';
import { auditors } from '../access/visitor.ts';
import { logFilters } from '../read/log.ts';
import { runFilters } from '../read/run-list.ts';
import type { Routes } from './route.ts';

export const auditRoutes = {
  'read-runs': {
    method: 'get',
    tag: 'audit',
    rate: 'person',
    path: '/audit/runs',
    title: 'Read the runs of all referrals, the least healthy first',
    roles: auditors,
    forbidden: 'runs-for-auditors',
    relation: 'Of each referral that their roles cover; its deadlines, waits and mails are in its audit.',
    query: runFilters,
    answer: 'Runs',
    refusals: [],
  },
  'read-run': {
    method: 'get',
    tag: 'audit',
    rate: 'person',
    path: '/audit/runs/{run}',
    title: 'Read one run: where it stands, what it did, and what happens next if no one acts',
    roles: auditors,
    forbidden: 'runs-for-auditors',
    params: z.object({
      run: z.string().max(64).meta({
        description: 'The reference of a referral for its pathway, or the id of a deadline or of a group of them.',
        example: 'CR-7F3KD-9QXMTQ.D15.1',
      }),
    }),
    misfit: { run: 'no-such-run' },
    answer: 'Run',
    refusals: ['no-such-run'],
  },
  'read-log': {
    method: 'get',
    tag: 'audit',
    rate: 'person',
    path: '/audit/log',
    title: 'Read who did and read what, across referrals, the latest first',
    roles: auditors,
    forbidden: 'log-for-auditors',
    relation: 'Of each referral that their roles cover. Of one that is closed to them it has nothing.',
    query: logFilters,
    paging: 'log',
    answer: 'Log',
    refusals: [],
  },
} as const satisfies Routes;
