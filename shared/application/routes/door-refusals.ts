/**
 * Every "no" of the API that is not of the domain: its status and its sentence. A route names those that its handler may give.
 * The console says the same sentences.
 */

import type { Role } from '../../domain/core/vocabulary.ts';
import { confirmers } from '../../domain/doubts/doubts.ts';
import { listingKeepers } from '../../domain/services/providers.ts';
import { wordsInside } from '../../domain/words/code-words.ts';
import type { Purpose } from '../access/purposes.ts';
import type { Problem } from '../input/problems.ts';
import { reportReaders } from '../read/reports.ts';
import { coverageReaders, trainers } from '../read/shown-training.ts';
import { planners } from '../read/unmet-needs.ts';
import { yearlyReaders } from '../read/yearly-figures.ts';
import { agreementKeepers, agreementReaders } from '../use-cases/keep-agreements.ts';
import { delegators } from '../use-cases/keep-delegations.ts';
import { forumKeepers, forumReaders } from '../use-cases/keep-forums.ts';
import { keepersOfAll, keepersOfOffice } from '../use-cases/keep-shifts.ts';
import { policeRecorders, venueApprovers, venueReaders } from '../use-cases/keep-venues.ts';
import { returnMakers } from '../use-cases/make-return.ts';

export type Status = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 428 | 429 | 500;

interface Row {
  readonly status: Status;
  /** The sentence, or the function that makes it of what the handler gives with the refusal. */
  readonly sentence: string | ((given: never) => string);
  /** The answer has what is given too, for programs. */
  readonly shown?: true;
}

/** What the handler gives with a refusal that tells which revision counts now. */
interface Revision {
  readonly revision: number;
}

/** A command that is not for the person: its title and roles, and the person's own roles in the referral. */
export interface NotYours {
  readonly title: string;
  readonly roles: readonly Role[];
  readonly own: readonly Role[];
}

/** A purpose of a read that does not fit, and those that do. */
interface PurposeGiven {
  readonly purpose: Purpose;
  readonly fitting: readonly Purpose[];
}

/** `careline supervisor, legal`: people read names of roles, never their codes. */
const roleWords = (roles: readonly Role[]): string => roles.map(wordsInside).join(', ');

export const doorRefusals = {
  invalid: {
    status: 400,
    sentence: (_given: { readonly problems: readonly Problem[] }) =>
      'Nothing was stored. Each field that needs another answer is listed.',
    shown: true,
  },
  'access-ended': {
    status: 403,
    sentence: 'An administrator ended your access. If this is wrong, call the Careline supervisor on duty.',
  },
  'not-signed-in': { status: 401, sentence: 'Sign in and send the access token as "Authorization: Bearer …".' },

  'reports-for-careline': { status: 403, sentence: 'Reports are entered by Careline staff.' },
  'drafts-for-careline': { status: 403, sentence: 'Drafts of reports are for Careline staff.' },
  'queue-for-staff': {
    status: 403,
    sentence: 'The queue is for staff of the department. What waits for you is at /api/v1/tasks.',
  },
  'finding-for-staff': { status: 403, sentence: 'Looking for referrals is for staff of the department.' },
  'receipts-for-staff': { status: 403, sentence: 'Opening a referral by a receipt is for staff of the department.' },
  'search-for-staff': { status: 403, sentence: 'Searching by name is for staff of the department.' },
  'directory-for-staff': {
    status: 403,
    sentence: 'The people to call about a referral of yours are at /api/v1/referrals/{id}/people.',
  },
  'on-call-for-staff': {
    status: 403,
    sentence: 'Who is on call is for staff of the department, administrators and auditors.',
  },
  'returns-for-supervisors': {
    status: 403,
    sentence: 'The register of returns is for supervisors, HART leads, administrators and auditors.',
  },
  'mail-load-for-supervisors': {
    status: 403,
    sentence: 'The mail load is for supervisors, managers, HART leads and administrators.',
  },
  'reviews-for-leaders': {
    status: 403,
    sentence: 'Coming case reviews are for supervisors, HART leads, and the coordinator and the chair of the team.',
  },
  'gaps-for-leaders': {
    status: 403,
    sentence: 'The gaps in the teams are for administrators, and for the coordinator and the chair of each team.',
  },
  'reports-for-planners': { status: 403, sentence: `Live figures are for ${roleWords(reportReaders)}.` },
  'yearly-for-readers': { status: 403, sentence: `Figures are for ${roleWords(yearlyReaders)}.` },
  'year-not-settled': { status: 404, sentence: 'Figures of a year can be read from the second day after its end.' },
  'year-not-begun': { status: 404, sentence: 'There is no such page of figures, or its year has not begun.' },
  'returns-for-makers': { status: 403, sentence: `Files of returns are made by ${roleWords(returnMakers)}.` },
  'return-not-whole': {
    status: 403,
    sentence: ({ closed }: { readonly closed: number }) =>
      `Of its referrals, ${closed} ${closed === 1 ? 'is' : 'are'} not open to you. A return must be whole: ask ${roleWords(returnMakers)}.`,
  },
  'return-unreadable': {
    status: 409,
    sentence: ({ unread }: { readonly unread: number }) =>
      `Who the child is cannot be read in ${unread} of its referrals. Tell an administrator. Make the file without names until then.`,
  },
  'return-too-large': {
    status: 409,
    sentence: ({ most }: { readonly most: number }) =>
      `The file would tell of more than ${most} referrals. Ask the operator for it: npm run reports makes it.`,
  },
  'return-period-runs': {
    status: 409,
    sentence: ({ day }: { readonly day: string }) => `Its period has not ended. Make the file on ${day} or later.`,
  },
  'return-goes-on': {
    status: 409,
    sentence: ({ left }: { readonly left: number }) =>
      `Reads are recorded first, and those of ${left} referrals are left. Ask for the file again: it goes on from here.`,
  },
  'no-such-return': {
    status: 404,
    sentence: 'There is no such return. Choose a year, a file and an agency of the page.',
  },
  'unmet-for-planners': { status: 403, sentence: `Counts of unmet needs are for ${roleWords(planners)}.` },
  'providers-for-work': {
    status: 403,
    sentence: 'Providers are for people who work with referrals. Your role sees none.',
  },
  'listing-for-keepers': {
    status: 403,
    sentence: `The listing of providers is kept by ${roleWords(listingKeepers)}.`,
  },
  'provider-history-for-keepers': {
    status: 403,
    sentence: 'Who changed a provider is for those who keep the listing, and for auditors.',
  },
  'shifts-for-keepers': {
    status: 403,
    sentence: `On-call shifts are kept by ${roleWords(keepersOfAll)}, and those of an office by its ${roleWords(keepersOfOffice)}.`,
  },
  'access-ends-for-administrators': {
    status: 403,
    sentence: 'Administrators end the access of a person, and auditors read whose access ended.',
  },
  'shift-history-for-keepers': {
    status: 403,
    sentence: 'Who changed the shifts is for those who keep them, and for auditors.',
  },
  'tribes-for-staff': { status: 403, sentence: 'The list of tribes is for staff of the department and auditors.' },
  'training-for-readers': { status: 403, sentence: `Coverage of training is for ${roleWords(coverageReaders)}.` },
  'training-for-trainers': { status: 403, sentence: `The record of training is kept by a ${roleWords(trainers)}.` },
  'delegating-for-roles': {
    status: 403,
    sentence: `Only people with one of these roles name a delegate: ${roleWords(delegators)}.`,
  },
  'audits-for-auditors': { status: 403, sentence: 'Audits are for administrators and auditors.' },
  'runs-for-auditors': { status: 403, sentence: 'Runs are for administrators and auditors.' },
  'log-for-auditors': { status: 403, sentence: 'The log of operations is for administrators and auditors.' },
  'searches-for-auditors': { status: 403, sentence: 'Who searched, is for administrators and auditors.' },
  'child-for-workers': { status: 403, sentence: 'Who the child is, is for those who work with the child.' },
  'agenda-for-team': {
    status: 403,
    sentence: 'The agenda is for people who read the facts of this referral. Say in "purpose" what you read it for.',
  },
  'purpose-not-yours': {
    status: 403,
    sentence: ({ purpose, fitting }: PurposeGiven) =>
      `The purpose "${purpose}" does not fit your role in this referral, so nothing was shown. Yours: ${fitting.join(', ') || 'none'}.`,
  },
  'record-not-yours': {
    status: 403,
    sentence: `A record in doubt is confirmed by ${roleWords(confirmers)}, with access to it.`,
  },
  'agreements-for-readers': { status: 403, sentence: `Agreements are for ${roleWords(agreementReaders)}.` },
  'agreements-for-keepers': { status: 403, sentence: `Agreements are kept by ${roleWords(agreementKeepers)}.` },
  'forums-for-readers': { status: 403, sentence: `Forums are for ${roleWords(forumReaders)}.` },
  'forums-for-keepers': { status: 403, sentence: `Forums are kept by ${roleWords(forumKeepers)}.` },
  'venues-for-hart': { status: 403, sentence: `Concerns about venues are for ${roleWords(venueReaders)}.` },
  'venue-not-yours': {
    status: 403,
    sentence: `The word of police is recorded by ${roleWords(policeRecorders)}, and the approval by ${roleWords(venueApprovers)}.`,
  },
  'seat-declined': {
    status: 403,
    sentence: ({ title }: NotYours) =>
      `${title}: you declined your seat on this referral's team. Accept it first, if you sit on it after all.`,
  },
  'agreement-unsigned': {
    status: 403,
    sentence: ({ title }: NotYours) =>
      `${title}: first sign the notice of confidentiality of this referral's team, and say that you have no conflict of interest.`,
  },
  'command-not-yours': {
    status: 403,
    sentence: ({ title, roles, own }: NotYours) =>
      `${title}: this is for ${roleWords(roles)}. Your roles in this referral: ${roleWords(own)}.`,
  },

  'no-such-address': { status: 404, sentence: 'There is no such address in this API.' },
  'no-such-referral': {
    status: 404,
    sentence: 'There is no referral with this reference, or it is not for you to see.',
  },
  'no-such-record': { status: 404, sentence: 'There is no such record, or it is not for you to see.' },
  'no-such-agreement': { status: 404, sentence: 'There is no such agreement.' },
  'no-such-forum': { status: 404, sentence: 'There is no such forum, or no such action of it.' },
  'no-such-concern': { status: 404, sentence: 'There is no such concern about a venue.' },
  'no-such-run': { status: 404, sentence: 'There is no such run, or it is not for you to see.' },
  'no-such-command': { status: 404, sentence: 'There is no such command.' },
  'no-such-alert': { status: 404, sentence: 'This referral has no such alert for you.' },
  'no-such-service': { status: 404, sentence: 'There is no such service.' },
  'no-such-listing': { status: 404, sentence: 'There is no such service, or this can be no id.' },
  'no-such-provider': { status: 404, sentence: 'This can be no id of a provider.' },
  'no-such-draft': { status: 404, sentence: 'There is no draft of this id that is open and yours to see.' },
  'no-such-delegation': { status: 404, sentence: 'There is no such delegation, or it is not yours to end.' },
  'no-such-shift': { status: 404, sentence: 'There is no such shift any more. Load the page again.' },

  'wrong-method': {
    status: 405,
    sentence: ({ allow }: { readonly allow: string }) => `This address answers to ${allow} alone.`,
  },

  'not-written-to': { status: 409, sentence: 'No mail of this alert went to you, so there is nothing to note.' },
  'provider-moved': {
    status: 409,
    sentence: ({ revision }: Revision) =>
      `Another person has changed this provider: it is at revision ${revision}. Read it again and send the change with that revision if it still holds.`,
  },
  'draft-moved': {
    status: 409,
    sentence: ({ revision }: Revision) =>
      `What you sent is not kept: the draft is at revision ${revision}, which another person or window wrote. Read it, combine the two, and save the result with a greater revision and "after": ${revision}.`,
    shown: true,
  },
  'referral-moved': {
    status: 412,
    sentence:
      'The referral has moved since you read it with this ETag, so nothing was done. Read it again, and send the command with its new ETag if it still holds.',
  },
  'too-large': { status: 413, sentence: 'The body is larger than 256 KB.' },
  'not-json': { status: 415, sentence: 'Send the body as JSON in UTF-8, with "Content-Type: application/json".' },
  'key-reused': {
    status: 422,
    sentence:
      'This Idempotency-Key came before with other content, so nothing was stored now. To add this, send it with a key of its own.',
  },
  'not-read-first': {
    status: 428,
    sentence:
      'This command replaces or approves what someone recorded, so nothing was done. Read the referral, and send the command with its ETag as If-Match if it holds for what you read.',
  },
  'too-many': {
    status: 429,
    sentence:
      'You have sent more requests than one person may in so short a time, and this one was not looked at. Send it again when the time in Retry-After, in seconds, has passed. A report is never stopped by this limit.',
  },
  fault: {
    status: 500,
    sentence:
      'This was not your mistake, and a part may have been stored. Send the same request again with the same Idempotency-Key: it is completed, and nothing is stored twice.',
  },
} as const satisfies Readonly<Record<string, Row>>;
export type DoorRefusal = keyof typeof doorRefusals;

/** What the sentence of a refusal is made of; nothing where the sentence stands as it is. */
export type GivenWith<Name extends DoorRefusal> = (typeof doorRefusals)[Name]['sentence'] extends (
  given: infer Given,
) => string
  ? Given
  : undefined;
