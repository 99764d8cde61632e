/** Every operation of the API that is not in the command table, such as the reads and the report. */
import type * as z from 'zod';
import { auditors, reporters } from '../application/access/visitor.ts';
import { searchers, searchInput } from '../application/read/search.ts';
import { gapReaders } from '../application/read/team-gaps.ts';
import { planners } from '../application/read/unmet-needs.ts';
import { delegators } from '../application/use-cases/keep-delegations.ts';
import { auditHour, discardInput, draftInput } from '../application/use-cases/report-drafts.ts';
import { alertSeenAnswer } from '../contracts/alert-answers.ts';
import * as answers from '../contracts/answers.ts';
import { callsAnswer } from '../contracts/call-answers.ts';
import * as drafts from '../contracts/draft-answers.ts';
import { peopleAnswer } from '../contracts/people-answers.ts';
import { identityPurposes, type Role, roles, services } from '../domain/core/vocabulary.ts';
import { delegationInput } from '../domain/directory/delegations.ts';
import { reportInput } from '../domain/intake/report.ts';
import { returnReaders } from '../domain/missing/return-rows.ts';
import { listingInput, listingKeepers } from '../domain/services/providers.ts';
import { filter, listOperations, paging } from './list-operations.ts';
import { shiftOperations } from './shift-operations.ts';

export type Status = 400 | 404 | 403 | 409 | 412 | 413 | 415 | 422;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: unknown;
  /** Only for a parameter in the query: one in the path is always required, a header never. */
  readonly required?: true;
}

export interface Operation {
  readonly id: string;
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly title: string;
  readonly tag: 'reports' | 'referrals' | 'lists' | 'directory' | 'audit';
  /** The roles that may call the operation. */
  readonly roles: readonly Role[];
  /** What else the caller must be to the referral. */
  readonly relation?: string;
  readonly parameters: readonly Parameter[];
  readonly input?: z.ZodType;
  readonly answer: z.ZodType;
  readonly answerName: string;
  readonly refusals: readonly Status[];
}

export const referralParameter: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The reference of the referral. One that is none, or not for the caller to see, is answered 404.',
  schema: { type: 'string' },
  example: 'CR-7F3KD-9QXMT2',
};

const ofReferral = (
  id: string,
  path: string,
  title: string,
  rest: Partial<Operation> & Pick<Operation, 'answer' | 'answerName'>,
): Operation => ({
  id,
  method: 'get',
  path: `/referrals/{id}${path}`,
  title,
  tag: 'referrals',
  roles,
  relation:
    'Staff, administrators and auditors see every referral; coordinators and chairs those of their team, members those they have a seat in (until they sign the notice of confidentiality, the invitation alone), providers those with a service of theirs. All others get 404.',
  parameters: [referralParameter],
  refusals: [404],
  ...rest,
});

const ofProvider: readonly Parameter[] = [
  {
    name: 'service',
    in: 'path',
    description: 'A service of the catalogue.',
    schema: { type: 'string', enum: services },
    example: 'education',
  },
  {
    name: 'id',
    in: 'path',
    description: 'The id of the provider: capital letters, digits, dots and hyphens.',
    schema: { type: 'string', pattern: '^[A-Z0-9.-]{1,64}$' },
    example: 'PR-EDUCATION-1',
  },
];

const draftParameter: Parameter = {
  name: 'id',
  in: 'path',
  description: 'The id of the draft. One that is none, has ended, or is not for the caller to see is answered 404.',
  schema: { type: 'string' },
  example: 'DR-7F3KD-9QXMT2',
};

export const operations: readonly Operation[] = [
  {
    id: 'take-report',
    method: 'post',
    path: '/reports',
    title: 'Enter a report about one or more children',
    tag: 'reports',
    roles: reporters,
    parameters: [],
    input: reportInput,
    answer: answers.reportAnswer,
    answerName: 'ReportTaken',
    refusals: [400, 403, 413, 415, 422],
  },
  ofReferral('read-referral', '', 'Read a referral as the caller may see it', {
    answer: answers.referralAnswer.or(answers.providersReferralAnswer).or(answers.invitationAnswer),
    answerName: 'Referral',
  }),
  ofReferral('read-identities', '/identities', 'Read who the child is, which is recorded before it is read', {
    answer: answers.identitiesAnswer,
    answerName: 'Identities',
    parameters: [
      referralParameter,
      {
        name: 'purpose',
        in: 'query',
        required: true,
        description: 'What it is read for: it is recorded before the read, and administrators see it.',
        schema: { type: 'string', enum: identityPurposes },
        example: 'work-on-referral',
      },
    ],
    relation:
      'Staff; partners while the referral is open: leaders of its team, holders of a seat who signed and did not decline it, providers whose service is offered, accepted or started. Which fields each sees stands in docs/access.md; the reporter is shown to the person who took the report, supervisors and the liaison.',
    refusals: [400, 403, 404],
  }),
  ofReferral('read-people', '/people', 'Read the people to call about a referral', {
    answer: peopleAnswer,
    answerName: 'People',
  }),
  ofReferral(
    'read-calls',
    '/calls',
    'Read the people to call now about a referral, in order, and the results of the calls',
    {
      answer: callsAnswer,
      answerName: 'Calls',
      relation:
        'Careline staff, the owner of an urgent duty of the referral or of its next step, and their supervisors. Others who see the referral get an empty list.',
    },
  ),
  ofReferral(
    'note-alert-seen',
    '/alerts/{alertId}/seen',
    'Note that you have seen an alert, which is no answer to it',
    {
      method: 'post',
      answer: alertSeenAnswer,
      answerName: 'AlertSeen',
      parameters: [
        referralParameter,
        {
          name: 'alertId',
          in: 'path',
          description: 'The id of one of the alerts that the caller reads with the referral.',
          schema: { type: 'string' },
          example: 'CR-7F3KD-9QXMT2.A1',
        },
      ],
      relation:
        'A person who got a mail of the alert. It is noted once, as when the page of the alert is opened. It does not acknowledge the alert.',
      refusals: [404, 409],
    },
  ),
  ofReferral('audit-referral', '/audit', 'Audit the whole run of a referral', {
    tag: 'audit',
    roles: auditors,
    relation: 'Nothing in it comes from the vault.',
    answer: answers.auditAnswer,
    answerName: 'Audit',
    refusals: [403, 404],
  }),
  ...listOperations,
  ...shiftOperations,
  {
    id: 'read-tasks',
    method: 'get',
    path: '/tasks',
    title: 'Read what waits for the caller, most urgent first',
    tag: 'lists',
    roles,
    parameters: paging,
    answer: answers.pageAnswer,
    answerName: 'Page',
    refusals: [400],
  },
  {
    id: 'read-returns',
    method: 'get',
    path: '/returns',
    title: 'Read the register of returns from missing and their screenings, due first at the top',
    tag: 'lists',
    roles: returnReaders,
    relation: 'Of every referral, also of those closed, withdrawn or attached.',
    parameters: [
      ...paging,
      {
        name: 'undone',
        in: 'query',
        description: 'With "yes" those alone where the talk or the screening is lacking.',
        schema: { type: 'string', enum: ['yes'] },
        example: 'yes',
      },
    ],
    answer: answers.returnsAnswer,
    answerName: 'Returns',
    refusals: [400, 403],
  },
  {
    id: 'read-team-gaps',
    method: 'get',
    path: '/team-gaps',
    title: 'Read the gaps in the rosters of teams',
    tag: 'lists',
    roles: gapReaders,
    relation: 'Administrators and auditors see those of every team; a coordinator and a chair those of their own.',
    parameters: [],
    answer: answers.teamGapsAnswer,
    answerName: 'TeamGaps',
    refusals: [403],
  },
  {
    id: 'read-providers',
    method: 'get',
    path: '/providers/{service}',
    title: 'Read the providers of a service',
    tag: 'directory',
    roles,
    parameters: [
      {
        name: 'service',
        in: 'path',
        description: 'A service of the catalogue.',
        schema: { type: 'string', enum: services },
        example: 'victim-advocacy',
      },
    ],
    answer: answers.providersAnswer,
    answerName: 'Providers',
    refusals: [404],
  },
  {
    id: 'list-providers',
    method: 'get',
    path: '/providers',
    title: 'Read the listing of providers, by service, region, age and language',
    tag: 'directory',
    roles,
    parameters: [
      filter('service', 'A service of the catalogue.', { type: 'string', enum: services }, 'education'),
      filter('region', 'The number of a region.', { type: 'string' }, '4'),
      filter('age', 'In years.', { type: 'integer', minimum: 0, maximum: 99 }, 15),
      filter('language', 'One word, such as spanish.', { type: 'string' }, 'spanish'),
    ],
    answer: answers.providersAnswer,
    answerName: 'Providers',
    refusals: [400],
  },
  {
    id: 'keep-provider',
    method: 'post',
    path: '/providers/{service}/{id}',
    title: 'List, change or retire a provider: the whole listing, with the revision that was seen',
    tag: 'directory',
    roles: listingKeepers,
    relation: 'Each change is a commit: who, when, what. An unused id with revision 0 lists a new provider.',
    parameters: ofProvider,
    input: listingInput,
    answer: answers.listingAnswer,
    answerName: 'Listing',
    refusals: [400, 403, 404, 409, 413, 415, 422],
  },
  {
    id: 'read-provider-history',
    method: 'get',
    path: '/providers/{service}/{id}/history',
    title: 'Read who changed a provider, when and to what',
    tag: 'directory',
    roles: [...listingKeepers, ...auditors],
    parameters: ofProvider,
    answer: answers.listingHistoryAnswer,
    answerName: 'ListingHistory',
    refusals: [403, 404],
  },
  {
    id: 'count-unmet-needs',
    method: 'get',
    path: '/unmet-needs',
    title: 'Count the needs that could not be met, by service, region, month and why',
    tag: 'lists',
    roles: planners,
    relation: 'Cells below 6 have no count, and there are no totals: nothing of it tells of one child.',
    parameters: [],
    answer: answers.unmetAnswer,
    answerName: 'UnmetNeeds',
    refusals: [403],
  },
  {
    id: 'save-draft',
    method: 'post',
    path: '/drafts',
    title: 'Keep what has been said of a report so far; the first word is the first contact',
    tag: 'reports',
    roles: reporters,
    relation:
      'The Idempotency-Key must be given and is that of the report: sending the report with it ends the draft, and its receipt is the first contact. The id of a draft is such a key only for the people who may write in it. A save that is not kept is answered 409: with the code draft-moved and the current revision, or with draft-ended.',
    parameters: [],
    input: draftInput,
    answer: drafts.draftSavedAnswer,
    answerName: 'DraftSaved',
    refusals: [400, 403, 404, 409, 413, 415],
  },
  {
    id: 'read-drafts',
    method: 'get',
    path: '/drafts',
    title: 'Read which reports are being written, by which person and since when',
    tag: 'reports',
    roles: reporters,
    relation: 'Their own; supervisors and managers of the Careline see all. The list has none of the content.',
    parameters: [],
    answer: drafts.draftsAnswer,
    answerName: 'Drafts',
    refusals: [403],
  },
  {
    id: 'audit-drafts',
    method: 'get',
    path: '/drafts/audit',
    title: 'Read of each draft that was touched in an hour what was done with it, and who read its words',
    tag: 'audit',
    roles: auditors,
    relation: 'Nothing of what a draft says.',
    parameters: [
      filter(
        'hour',
        'An hour, UTC; without it, this one.',
        { type: 'string', pattern: auditHour.source },
        '2026-11-25T15',
      ),
    ],
    answer: drafts.draftAuditsAnswer,
    answerName: 'DraftAudits',
    refusals: [400, 403],
  },
  {
    id: 'read-draft',
    method: 'get',
    path: '/drafts/{id}',
    title: 'Read what a draft says so far, which is recorded before it is read',
    tag: 'reports',
    roles: reporters,
    relation: 'The people who write it, and supervisors and managers of the Careline.',
    parameters: [draftParameter],
    answer: drafts.draftContentAnswer,
    answerName: 'DraftContent',
    refusals: [403, 404],
  },
  {
    id: 'discard-draft',
    method: 'post',
    path: '/drafts/{id}/discard',
    title: 'End a draft without a report',
    tag: 'reports',
    roles: reporters,
    relation: 'The people who write it, and supervisors and managers of the Careline.',
    parameters: [draftParameter],
    input: discardInput,
    answer: drafts.draftAnswer,
    answerName: 'Draft',
    refusals: [400, 403, 404, 409, 413, 415, 422],
  },
  {
    id: 'search-by-name',
    method: 'post',
    path: '/searches',
    title: 'Search by the name of a child, exactly or as it may be spelled',
    tag: 'referrals',
    roles: searchers,
    relation:
      'Recorded with its purpose before it is made, and each referral before it is shown. What is sealed for others, of another office or erased is not there. No name is decrypted. Under a key that came before it is made again, and recorded again: what is found is what there is now.',
    parameters: [],
    input: searchInput,
    answer: answers.searchAnswer,
    answerName: 'Found',
    refusals: [400, 403, 413, 415, 422],
  },
  {
    id: 'read-searches',
    method: 'get',
    path: '/searches',
    title: 'Read who searched by name on a day, when and what for',
    tag: 'audit',
    roles: auditors,
    parameters: [filter('day', 'A day, UTC; without it, today.', { type: 'string', format: 'date' }, '2026-11-25')],
    answer: answers.searchesAnswer,
    answerName: 'Searches',
    refusals: [400, 403],
  },
  {
    id: 'read-delegations',
    method: 'get',
    path: '/delegations',
    title: 'Read the delegates of the caller, and the people whose delegate the caller is',
    tag: 'directory',
    roles,
    relation: 'Administrators and auditors see all.',
    parameters: [],
    answer: answers.delegationsAnswer,
    answerName: 'Delegations',
    refusals: [],
  },
  {
    id: 'name-delegate',
    method: 'post',
    path: '/delegations',
    title: 'Name a delegate for a period of leave and a kind of work',
    tag: 'directory',
    roles: delegators,
    relation:
      'For the person who goes on leave: roles of their own, to staff. The delegate acts in their place and gets their mail. Both names stand in the audit. It ends with its period.',
    parameters: [],
    input: delegationInput,
    answer: answers.delegationChangedAnswer,
    answerName: 'DelegationsGiven',
    refusals: [400, 403, 409, 413, 415, 422],
  },
  {
    id: 'end-delegation',
    method: 'post',
    path: '/delegations/{personId}/{id}/end',
    title: 'End a delegation before its time',
    tag: 'directory',
    roles,
    relation: 'For both of its people and for administrators. All others get 404.',
    parameters: [
      {
        name: 'personId',
        in: 'path',
        description: 'The id of the person on leave.',
        schema: { type: 'string', pattern: '^[A-Z0-9.-]{1,64}$' },
        example: 'P-EXAMPLE',
      },
      {
        name: 'id',
        in: 'path',
        description: 'The id of the delegation, among those of that person.',
        schema: { type: 'string', pattern: '^DG-[0-9]{1,6}$' },
        example: 'DG-1',
      },
    ],
    answer: answers.delegationChangedAnswer,
    answerName: 'DelegationsGiven',
    refusals: [404, 409],
  },
  {
    id: 'read-agencies',
    method: 'get',
    path: '/agencies/{town}',
    title: 'Read the police agencies of a town',
    tag: 'directory',
    roles,
    parameters: [
      {
        name: 'town',
        in: 'path',
        description: 'The name of a town.',
        schema: { type: 'string', maxLength: 100 },
        example: 'Hartford',
      },
    ],
    answer: answers.agenciesAnswer,
    answerName: 'Agencies',
    refusals: [400],
  },
];
