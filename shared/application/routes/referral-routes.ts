/** Routes of reports and referrals: enter, read, note an alert as seen, carry out a command, audit. */
import * as z from 'zod';
import { isCommandName } from '../../domain/commands.ts';
import { isReference } from '../../domain/core/ids.ts';
import { roles } from '../../domain/core/vocabulary.ts';
import { reportInput } from '../../domain/intake/report.ts';
import { auditors, reporters } from '../access/visitor.ts';
import { factsPurpose, readPurpose } from '../read/read-identities.ts';
import type { Routes } from './route.ts';

const id = z
  .string()
  .refine((text) => isReference('CR', text))
  .meta({
    description: 'The reference of the referral. One that is none, or not for the caller to see, is answered 404.',
    example: 'CR-7F3KD-9QXMTQ',
  });

const ofReferral = {
  method: 'get',
  tag: 'referrals',
  roles,
  relation:
    'Staff, administrators and auditors see every referral; coordinators and chairs those of their team, members those they have a seat in (until they sign the notice of confidentiality, the invitation alone), providers those with a service of theirs. All others get 404.',
  rate: 'person',
  params: z.object({ id }),
  misfit: { id: 'no-such-referral' },
  refusals: [],
} as const;

export const referralRoutes = {
  'take-report': {
    method: 'post',
    path: '/reports',
    title: 'Enter a report about one or more children',
    tag: 'reports',
    roles: reporters,
    forbidden: 'reports-for-careline',
    rate: 'report',
    body: reportInput,
    key: 'optional',
    answer: 'ReportTaken',
    statuses: [201],
    refusals: ['key-reused'],
  },
  'read-referral': {
    ...ofReferral,
    path: '/referrals/{id}',
    title: 'Read a referral as the caller may see it',
    query: factsPurpose,
    answer: 'Referral',
    refusals: ['purpose-not-yours'],
  },
  'read-identities': {
    ...ofReferral,
    path: '/referrals/{id}/identities',
    title: 'Read who the child is, which is recorded before it is read',
    query: readPurpose,
    relation:
      'Staff; partners while the referral is open: leaders of its team, holders of a seat who signed and did not decline it, providers whose service is accepted or started. Which fields each sees stands in docs/access.md; the reporter is shown to the person who took the report, supervisors and the liaison.',
    answer: 'Identities',
    refusals: ['child-for-workers', 'purpose-not-yours'],
  },
  'read-agenda': {
    ...ofReferral,
    path: '/referrals/{id}/agenda',
    title: 'Read the agenda of the case review',
    query: factsPurpose,
    relation:
      'People who read the facts of the referral: staff, leaders of its team, and holders of a seat who signed. Reading it is recorded as a read of the facts.',
    answer: 'Agenda',
    refusals: ['purpose-not-yours', 'agenda-for-team'],
  },
  'read-people': {
    ...ofReferral,
    path: '/referrals/{id}/people',
    title: 'Read the people to call about a referral',
    answer: 'People',
  },
  'read-calls': {
    ...ofReferral,
    path: '/referrals/{id}/calls',
    title: 'Read the people to call now about a referral, in order, and the results of the calls',
    relation:
      'Careline staff, the owner of an urgent duty of the referral or of its next step, and their supervisors. Others who see the referral get an empty list.',
    answer: 'Calls',
  },
  'note-alert-seen': {
    ...ofReferral,
    method: 'post',
    path: '/referrals/{id}/alerts/{alertId}/seen',
    title: 'Note that you have seen an alert, which is no answer to it',
    params: z.object({
      id,
      alertId: z.string().meta({
        description: 'The id of one of the alerts that the caller reads with the referral.',
        example: 'CR-7F3KD-9QXMTQ.A1',
      }),
    }),
    relation:
      'A person who got a mail of the alert. It is noted once, as when the page of the alert is opened. It does not acknowledge the alert.',
    answer: 'AlertSeen',
    refusals: ['no-such-alert', 'not-written-to'],
  },
  'audit-referral': {
    ...ofReferral,
    path: '/referrals/{id}/audit',
    title: 'Audit the whole run of a referral',
    tag: 'audit',
    roles: auditors,
    forbidden: 'audits-for-auditors',
    relation: 'Nothing in it comes from the vault.',
    answer: 'Audit',
  },
  'prove-referral': {
    ...ofReferral,
    path: '/referrals/{id}/proof',
    title: 'Make a proof file of a referral',
    tag: 'audit',
    roles: auditors,
    forbidden: 'audits-for-auditors',
    relation:
      'A zip in base64, with the commits, their anchors and a script that checks them. It names no child. Facts about the child and mail stand in it as hashes alone.',
    answer: 'ProofFile',
  },
  /** One route for the whole command table, which says the roles and the body of each. */
  'perform-command': {
    ...ofReferral,
    method: 'post',
    path: '/referrals/{id}/commands/{name}',
    title: 'Carry out a command',
    tag: 'commands',
    params: z.object({ name: z.string().refine(isCommandName), id }),
    misfit: { name: 'no-such-command', id: 'no-such-referral' },
    body: 'of-the-command',
    key: 'optional',
    ifMatch: true,
    answer: 'ReferralAfter',
    refusals: [
      'seat-declined',
      'agreement-unsigned',
      'command-not-yours',
      'referral-moved',
      'key-reused',
      'not-read-first',
    ],
    decides: 'of-the-command',
  },
} as const satisfies Routes;
