/** Routes across referrals for people who audit. */
import * as z from 'zod';
import { exportIdPattern } from '../../domain/audit/exports.ts';
import { auditors } from '../access/visitor.ts';
import { logFilters } from '../read/log.ts';
import { runFilters } from '../read/run-list.ts';
import { exportAnswerInput, exportAskers, exportInput } from '../use-cases/keep-exports.ts';
import type { Routes } from './route.ts';

const ofExports = {
  tag: 'audit',
  rate: 'person',
  roles: exportAskers,
  forbidden: 'exports-for-auditors',
} as const;

const ofExport = {
  ...ofExports,
  params: z.object({
    export: z.string().regex(exportIdPattern).meta({ description: 'The id of an export.', example: 'EX-2026-11-3' }),
  }),
  misfit: { export: 'no-such-export' },
} as const;

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
  'read-exports': {
    ...ofExports,
    method: 'get',
    path: '/audit/exports',
    title: 'Read the exports of this month and the one before, the latest first',
    relation: 'One that names a referral that is closed to them is not there.',
    answer: 'Exports',
    refusals: [],
  },
  'ask-export': {
    ...ofExports,
    method: 'post',
    path: '/audit/exports',
    title: 'Ask for an export of the audit, with its purpose',
    relation:
      'Of referrals that they may see, by roles of their own. Nothing is sent before another administrator approves it.',
    body: exportInput,
    key: 'optional',
    answer: 'Export',
    statuses: [201],
    refusals: ['key-reused'],
    decides: ['record-in-doubt'],
  },
  'answer-export': {
    ...ofExport,
    method: 'post',
    path: '/audit/exports/{export}/answer',
    title: 'Approve an export, or decline it',
    relation: 'Another administrator than the person who asked. The person who asked may take it back.',
    body: exportAnswerInput,
    key: 'optional',
    answer: 'Export',
    refusals: ['no-such-export', 'export-not-yours', 'key-reused'],
    decides: ['own-export', 'export-answered', 'export-over', 'record-in-doubt'],
  },
  'download-export': {
    ...ofExport,
    method: 'post',
    path: '/audit/exports/{export}/download',
    title: 'Download an approved export, recorded before it is sent',
    relation: 'Only the person who asked, within the hours after the approval. Each download is recorded again.',
    answer: 'ExportFile',
    refusals: ['no-such-export', 'export-not-yours'],
    decides: [
      'export-not-approved',
      'export-answered',
      'export-over',
      'export-too-large/many',
      'export-too-large/bytes',
      'record-in-doubt',
    ],
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
