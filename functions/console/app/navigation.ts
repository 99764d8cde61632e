/** Where a person can go from every page. */
import {
  auditors,
  isOneOf,
  ownOf,
  reporters,
  seesEveryReferral,
  seesNoReferral,
  type Visitor,
} from '../../../shared/application/access/visitor.ts';
import { mailLoadReaders } from '../../../shared/application/read/mail-load.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import { shiftReaders } from '../../../shared/application/read/shown-on-call.ts';
import { coverageReaders } from '../../../shared/application/read/shown-training.ts';
import { tribeReaders } from '../../../shared/application/read/shown-tribes.ts';
import { gapReaders } from '../../../shared/application/read/team-gaps.ts';
import { planners } from '../../../shared/application/read/unmet-needs.ts';
import { yearlyReaders } from '../../../shared/application/read/yearly-figures.ts';
import { accessEndReaders } from '../../../shared/application/use-cases/end-persons-access.ts';
import { agreementReaders } from '../../../shared/application/use-cases/keep-agreements.ts';
import { delegators } from '../../../shared/application/use-cases/keep-delegations.ts';
import { forumReaders } from '../../../shared/application/use-cases/keep-forums.ts';
import { providerReaders } from '../../../shared/application/use-cases/keep-providers.ts';
import { venueReaders } from '../../../shared/application/use-cases/keep-venues.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { returnReaders } from '../../../shared/domain/missing/return-rows.ts';
import { reviewReaders } from '../../../shared/domain/review/review-rows.ts';

export interface Entry {
  readonly path: string;
  readonly words: string;
}

const isA = (roles: readonly Role[]) => (visitor: Visitor) => isOneOf(visitor, roles);
const everyone = (visitor: Visitor) => !seesNoReferral(visitor);

/** In the order of use. The first that a person may open stand in the header. */
const entries: readonly (Entry & { readonly isFor: (visitor: Visitor) => boolean })[] = [
  { path: '/', words: 'Work queue', isFor: seesEveryReferral },
  { path: '/', words: 'Your referrals', isFor: (visitor) => !seesEveryReferral(visitor) && !seesNoReferral(visitor) },
  { path: '/deadlines', words: 'Your next steps', isFor: everyone },
  { path: '/reports/new', words: 'New report', isFor: isA(reporters) },
  { path: '/drafts', words: 'Drafts', isFor: isA(reporters) },
  { path: '/on-call', words: 'On call', isFor: isA(shiftReaders) },
  { path: '/search', words: 'Search by name', isFor: isA(searchers) },
  { path: '/referrals', words: 'All referrals', isFor: seesEveryReferral },
  { path: '/runs', words: 'Runs', isFor: isA(auditors) },
  { path: '/log', words: 'Log', isFor: isA(auditors) },
  { path: '/reviews', words: 'Case reviews', isFor: isA(reviewReaders) },
  { path: '/teams', words: 'Empty team seats', isFor: isA(gapReaders) },
  { path: '/returns', words: 'Returns from missing', isFor: isA(returnReaders) },
  { path: '/providers', words: 'Providers', isFor: isA(providerReaders) },
  { path: '/tribes', words: 'Tribes', isFor: isA(tribeReaders) },
  { path: '/numbers', words: 'Figures', isFor: isA(yearlyReaders) },
  { path: '/training', words: 'Training', isFor: isA(coverageReaders) },
  { path: '/unmet-needs', words: 'Unmet needs', isFor: isA(planners) },
  { path: '/delegations', words: 'Delegates', isFor: (visitor) => isA([...delegators, ...auditors])(ownOf(visitor)) },
  { path: '/people', words: 'End access', isFor: (visitor) => isA(accessEndReaders)(ownOf(visitor)) },
  { path: '/forums', words: 'Forums', isFor: isA(forumReaders) },
  { path: '/agreements', words: 'Agreements', isFor: isA(agreementReaders) },
  { path: '/venue-concerns', words: 'Venue concerns', isFor: isA(venueReaders) },
  { path: '/noise', words: 'E-mail load', isFor: isA(mailLoadReaders) },
  { path: '/policy', words: 'The pathway', isFor: seesEveryReferral },
];

const mostInHeader = 6;

/** The entries that this person may open: at most six in the header, and the rest under one menu. */
export function navigationFor(visitor: Visitor): {
  readonly primary: readonly Entry[];
  readonly more: readonly Entry[];
} {
  const open = entries.filter(({ isFor }) => isFor(visitor));
  // A menu of one entry would cost a click and save no room.
  return { primary: open.slice(0, mostInHeader), more: open.slice(mostInHeader) };
}

/** The entry that a page belongs to: the one with the longest path that the page's path begins with. */
export const entryOf = (entries: readonly Entry[], path: string): Entry | undefined =>
  entries
    .filter((entry) => entry.path === path || (entry.path !== '/' && path.startsWith(`${entry.path}/`)))
    .toSorted((one, other) => other.path.length - one.path.length)[0];

/** The anchor of an entry on the help page. */
export const helpAnchor = (path: string): string => `page-${path.slice(1).replaceAll('/', '-') || 'start'}`;
