/** Routes of the program: agreements, forums, and concerns about venues. None of them is about a referral. */
import * as z from 'zod';
import { agreementIdPattern } from '../../domain/agreements/agreements.ts';
import { actionIdPattern, forumIdPattern, meetingIdPattern } from '../../domain/forums/forums.ts';
import { venueIdPattern } from '../../domain/venues/venues.ts';
import { agreementInput, agreementKeepers, agreementReaders } from '../use-cases/keep-agreements.ts';
import {
  actionEndInput,
  forumInput,
  forumKeepers,
  forumReaders,
  meetingInput,
  withdrawalInput,
} from '../use-cases/keep-forums.ts';
import { venueAnswerInput, venueInput, venueRaisers, venueReaders } from '../use-cases/keep-venues.ts';
import type { Routes } from './route.ts';

const idOf = (pattern: RegExp, description: string, example: string) =>
  z.string().regex(pattern).meta({ description, example });

const readsAgreements = {
  tag: 'program',
  rate: 'person',
  roles: agreementReaders,
  forbidden: 'agreements-for-readers',
} as const;
const keepsAgreements = { ...readsAgreements, roles: agreementKeepers, forbidden: 'agreements-for-keepers' } as const;
const readsForums = { tag: 'program', rate: 'person', roles: forumReaders, forbidden: 'forums-for-readers' } as const;
const keepsForums = { ...readsForums, roles: forumKeepers, forbidden: 'forums-for-keepers' } as const;
const ofForum = {
  params: z.object({ forum: idOf(forumIdPattern, 'The id of a forum.', 'FO-1') }),
  misfit: { forum: 'no-such-forum' },
} as const;
const readsVenues = { tag: 'program', rate: 'person', roles: venueReaders, forbidden: 'venues-for-hart' } as const;
const raisesVenues = { ...readsVenues, roles: venueRaisers } as const;
const ofConcern = {
  params: z.object({ concern: idOf(venueIdPattern, 'The id of a concern.', 'VC-1') }),
  misfit: { concern: 'no-such-concern' },
} as const;

export const programRoutes = {
  'read-agreements': {
    ...readsAgreements,
    method: 'get',
    path: '/agreements',
    title: 'Read all agreements, those that end first before the others',
    answer: 'Agreements',
    refusals: [],
  },
  'record-agreement': {
    ...keepsAgreements,
    method: 'post',
    path: '/agreements',
    title: 'Record an agreement',
    relation: 'Its keeper is reminded 180, 90 and 30 days before its end, and on its last day.',
    body: agreementInput,
    key: 'optional',
    answer: 'Agreement',
    statuses: [201],
    refusals: ['key-reused'],
    decides: ['agreement-moved', 'record-in-doubt'],
  },
  'change-agreement': {
    ...keepsAgreements,
    method: 'post',
    path: '/agreements/{agreement}',
    title: 'Change an agreement: all its terms, with the revision that was seen',
    params: z.object({ agreement: idOf(agreementIdPattern, 'The id of an agreement.', 'AG-1') }),
    misfit: { agreement: 'no-such-agreement' },
    body: agreementInput,
    key: 'optional',
    answer: 'Agreement',
    refusals: ['no-such-agreement', 'key-reused'],
    decides: ['agreement-moved', 'record-in-doubt'],
  },
  'read-forums': {
    ...readsForums,
    method: 'get',
    path: '/forums',
    title: 'Read the forums, and their open actions',
    answer: 'Forums',
    refusals: [],
  },
  'open-forum': {
    ...keepsForums,
    method: 'post',
    path: '/forums',
    title: 'Open a forum',
    body: forumInput,
    key: 'optional',
    answer: 'Forum',
    statuses: [201],
    refusals: ['key-reused'],
    decides: ['record-in-doubt'],
  },
  'read-forum': {
    ...readsForums,
    ...ofForum,
    method: 'get',
    path: '/forums/{forum}',
    title: 'Read a forum, with its meetings',
    answer: 'Forum',
    refusals: ['no-such-forum'],
  },
  'record-forum-meeting': {
    ...keepsForums,
    ...ofForum,
    method: 'post',
    path: '/forums/{forum}/meetings',
    title: 'Record a meeting of a forum, with its decisions and actions',
    relation: 'A text with a reference or a name is refused, and nothing is stored.',
    body: meetingInput,
    key: 'optional',
    answer: 'Forum',
    statuses: [201],
    refusals: ['no-such-forum', 'key-reused'],
    decides: ['record-in-doubt'],
  },
  'withdraw-forum-meeting': {
    ...keepsForums,
    method: 'post',
    path: '/forums/{forum}/meetings/{meeting}/withdrawal',
    title: 'Withdraw a meeting of a forum, with its decisions and actions',
    relation: 'Its words leave the vault. Record a corrected meeting anew.',
    params: ofForum.params.extend({ meeting: idOf(meetingIdPattern, 'The id of a meeting.', 'FO-1.2') }),
    misfit: { forum: 'no-such-forum', meeting: 'no-such-forum' },
    body: withdrawalInput,
    key: 'optional',
    answer: 'Forum',
    refusals: ['no-such-forum', 'key-reused'],
    decides: ['no-such-forum-meeting', 'record-in-doubt'],
  },
  'end-forum-action': {
    ...keepsForums,
    method: 'post',
    path: '/forums/{forum}/actions/{action}',
    title: 'Record that an action of a forum is done, or no longer needed',
    params: ofForum.params.extend({ action: idOf(actionIdPattern, 'The id of an action.', 'FO-1.2.1') }),
    misfit: { forum: 'no-such-forum', action: 'no-such-forum' },
    body: actionEndInput,
    key: 'optional',
    answer: 'Forum',
    refusals: ['no-such-forum', 'key-reused'],
    decides: ['no-such-forum-action', 'record-in-doubt'],
  },
  'read-venue-concerns': {
    ...readsVenues,
    method: 'get',
    path: '/venue-concerns',
    title: 'Read the concerns about venues, the latest first',
    answer: 'VenueConcerns',
    refusals: [],
  },
  'raise-venue-concern': {
    ...raisesVenues,
    method: 'post',
    path: '/venue-concerns',
    title: 'Raise a concern about a venue',
    relation: 'Nothing goes out before police clear it and a second person approves. An equal concern is told first.',
    body: venueInput,
    key: 'optional',
    answer: 'VenueConcern',
    statuses: [201],
    refusals: ['key-reused'],
    decides: ['venue-equal', 'record-in-doubt'],
  },
  'answer-venue-concern': {
    ...readsVenues,
    ...ofConcern,
    method: 'post',
    path: '/venue-concerns/{concern}/answer',
    title: 'Record the word of police about a concern, or approve or decline it',
    relation: 'A HART liaison or lead records the word of police. Who approves it did neither that nor raise it.',
    body: venueAnswerInput,
    key: 'optional',
    answer: 'VenueConcern',
    refusals: ['no-such-concern', 'venue-not-yours', 'key-reused'],
    decides: ['venue-answered', 'venue-own', 'venue-before-police', 'venue-held', 'record-in-doubt'],
  },
  'take-venue-file': {
    ...raisesVenues,
    ...ofConcern,
    method: 'post',
    path: '/venue-concerns/{concern}/file',
    title: 'Take the file of an approved concern, or the same file again: recorded before it is given',
    body: z.strictObject({}).meta({ description: 'An empty object.', example: {} }),
    key: 'optional',
    answer: 'VenueFile',
    refusals: ['no-such-concern', 'key-reused'],
    decides: ['venue-not-approved', 'venue-held', 'venue-file-changed', 'record-in-doubt'],
  },
} as const satisfies Routes;
