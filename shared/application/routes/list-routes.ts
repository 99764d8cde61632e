/** Routes that read lists of the department: the queue, deadlines, referrals found, duties, tasks, registers. */
import { roles } from '../../domain/core/vocabulary.ts';
import { returnReaders } from '../../domain/missing/return-rows.ts';
import { reviewReaders } from '../../domain/review/review-rows.ts';
import { queueReaders } from '../access/visitor.ts';
import { findFilters } from '../read/find-referrals.ts';
import { mailLoadReaders } from '../read/mail-load.ts';
import { deadlinesFilters, noFilters, queueFilters, returnFilters } from '../read/queue.ts';
import { reviewFilters } from '../read/reviews.ts';
import { gapReaders } from '../read/team-gaps.ts';
import { directoryFilters, directoryReaders } from '../read/who-is-on-duty.ts';
import type { Routes } from './route.ts';

const list = { method: 'get', tag: 'lists', rate: 'person', refusals: [] } as const;

export const listRoutes = {
  'read-queue': {
    ...list,
    path: '/queue',
    title: 'Read the queue, most urgent first',
    roles: queueReaders,
    forbidden: 'queue-for-staff',
    relation: 'Of the referrals that their roles cover. Of an ended one it is here while something of law is owed.',
    query: queueFilters,
    paging: 'page',
    answer: 'Page',
  },
  'read-deadlines': {
    ...list,
    path: '/deadlines',
    title: 'Read every open deadline that waits on the caller, most urgent first',
    roles,
    relation: 'By a duty of theirs, by name, or because a checkpoint was raised to them.',
    query: deadlinesFilters,
    paging: 'list',
    answer: 'Page',
  },
  'find-referrals': {
    ...list,
    path: '/referrals',
    title: 'Look for referrals in every stage, the newest report first',
    roles: queueReaders,
    forbidden: 'finding-for-staff',
    relation:
      'Of the referrals that their roles cover. With "overdue" and without "bounced" the longest overdue come first.',
    query: findFilters,
    paging: 'list',
    answer: 'FoundReferrals',
  },
  'read-directory': {
    ...list,
    path: '/directory',
    title: 'Read who has a duty of a role, by scope and in order',
    tag: 'directory',
    roles: directoryReaders,
    forbidden: 'directory-for-staff',
    query: directoryFilters,
    answer: 'Directory',
  },
} as const satisfies Routes;

export const registerRoutes = {
  'read-tasks': {
    ...list,
    path: '/tasks',
    title: 'Read what waits for the caller, most urgent first',
    roles,
    query: noFilters,
    paging: 'page',
    answer: 'Page',
  },
  'read-returns': {
    ...list,
    path: '/returns',
    title: 'Read the register of returns from missing and their screenings, due first at the top',
    roles: returnReaders,
    forbidden: 'returns-for-supervisors',
    relation: 'Of every referral, also of those closed, withdrawn or merged.',
    query: returnFilters,
    paging: 'page',
    answer: 'Returns',
  },
  'read-reviews': {
    ...list,
    path: '/reviews',
    title: 'Read the case reviews of a team that are set or not recorded yet, the soonest first',
    roles: reviewReaders,
    forbidden: 'reviews-for-leaders',
    relation: 'A coordinator and a chair read those of their own team. Sealed referrals are in no list.',
    query: reviewFilters,
    paging: 'page',
    answer: 'Reviews',
  },
  'read-team-gaps': {
    ...list,
    path: '/team-gaps',
    title: 'Read the gaps in the rosters of teams',
    roles: gapReaders,
    forbidden: 'gaps-for-leaders',
    relation: 'Administrators and auditors see those of every team; a coordinator and a chair those of their own.',
    answer: 'TeamGaps',
  },
  'read-mail-load': {
    ...list,
    path: '/noise',
    title: 'Read how many mails and interruptions a person got in a shift, in the last week',
    roles: mailLoadReaders,
    forbidden: 'mail-load-for-supervisors',
    relation: 'It names no person and no referral.',
    query: noFilters,
    answer: 'MailLoad',
  },
} as const satisfies Routes;
