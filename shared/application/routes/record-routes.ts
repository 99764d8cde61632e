/** Routes of records in doubt: what was found, and the word of a supervisor. */
import * as z from 'zod';
import { roles } from '../../domain/core/vocabulary.ts';
import { confirmInput, recordPattern } from '../use-cases/confirm-record.ts';
import type { Routes } from './route.ts';

const record = z.string().regex(recordPattern).meta({
  description:
    'The reference of a referral, or the kind and id of another record as the mail about it names it, such as provider.PV-1.',
  example: 'CR-7F3KD-9QXMTQ',
});

const ofRecord = {
  tag: 'audit',
  roles,
  rate: 'person',
  params: z.object({ record }),
  misfit: { record: 'no-such-record' },
  answer: 'RecordDoubt',
} as const;

export const recordRoutes = {
  'read-record': {
    ...ofRecord,
    method: 'get',
    path: '/records/{record}/doubt',
    title: 'Read whether a record is in doubt, what was found, and who confirmed it',
    relation:
      'Of a referral: all who may read it. Of another record: supervisors who may confirm it, administrators and auditors. All others get 404.',
    refusals: ['no-such-record'],
  },
  'confirm-record': {
    ...ofRecord,
    method: 'post',
    path: '/records/{record}/confirm',
    title: 'Confirm a record in doubt after having looked at it, so that people may change it again',
    relation:
      'Supervisors with access to it, by roles of their own. The word covers exactly what "seen" names: what changes later is in doubt anew.',
    body: confirmInput,
    key: 'optional',
    refusals: ['no-such-record', 'record-not-yours', 'key-reused'],
    decides: ['not-in-doubt', 'record-moved'],
  },
} as const satisfies Routes;
