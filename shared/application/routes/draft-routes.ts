/** Routes of drafts of reports: save with the key of the later report, list, read, end. */
import * as z from 'zod';
import { auditors, reporters } from '../access/visitor.ts';
import { auditHour, discardInput, draftFilters, draftInput } from '../use-cases/report-drafts.ts';
import type { Routes } from './route.ts';

const params = z.object({
  id: z.string().meta({
    description: 'The id of the draft. One that is none, has ended, or is not for the caller to see is answered 404.',
    example: 'DR-7F3KD-9QXMTQ',
  }),
});

const ofDrafts = {
  method: 'get',
  tag: 'reports',
  roles: reporters,
  forbidden: 'reports-for-careline',
  rate: 'person',
  refusals: [],
} as const;

export const draftRoutes = {
  'read-drafts': {
    ...ofDrafts,
    path: '/drafts',
    title: 'Read which reports are being written, by which person and since when',
    forbidden: 'drafts-for-careline',
    relation:
      'Their own first, the newest first; supervisors and managers of the Careline then see all others. The list has none of the content.',
    query: draftFilters,
    paging: 'list',
    answer: 'Drafts',
  },
  'save-draft': {
    ...ofDrafts,
    method: 'post',
    rate: 'report',
    path: '/drafts',
    title: 'Keep what has been said of a report so far; the first word is the first contact',
    relation:
      'The Idempotency-Key must be given and is that of the report: sending the report with it ends the draft, and its receipt is the first contact. The id of a draft is such a key only for the people who may write in it. A save that is not kept is answered 409: with the code draft-moved and the current revision, or with draft-ended.',
    body: draftInput,
    key: 'required',
    answer: 'DraftSaved',
    statuses: [200, 201],
    refusals: ['no-such-draft', 'draft-moved'],
    decides: ['draft-ended/saved'],
  },
  'audit-drafts': {
    ...ofDrafts,
    path: '/drafts/audit',
    title: 'Read of each draft that was touched in an hour what was done with it, and who read its words',
    tag: 'audit',
    roles: auditors,
    forbidden: 'audits-for-auditors',
    relation: 'Nothing of what a draft says.',
    query: z.strictObject({
      hour: z
        .string()
        .regex(auditHour, 'Give an hour as YYYY-MM-DDTHH, or nothing for this one (UTC).')
        .optional()
        .meta({ description: 'An hour, UTC; without it, this one.', example: '2026-11-25T15' }),
    }),
    answer: 'DraftAudits',
  },
  // After /drafts/audit, which its path fits too.
  'read-draft': {
    ...ofDrafts,
    path: '/drafts/{id}',
    title: 'Read what a draft says so far, which is recorded before it is read',
    relation: 'The people who write it, and supervisors and managers of the Careline.',
    params,
    answer: 'DraftContent',
    refusals: ['no-such-draft'],
  },
  'discard-draft': {
    ...ofDrafts,
    method: 'post',
    path: '/drafts/{id}/discard',
    title: 'End a draft without a report',
    relation: 'The people who write it, and supervisors and managers of the Careline.',
    params,
    body: discardInput,
    key: 'optional',
    answer: 'Draft',
    refusals: ['no-such-draft', 'key-reused'],
    decides: ['draft-ended/submitted'],
  },
} as const satisfies Routes;
