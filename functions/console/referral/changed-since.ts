/** A form whose referral changed since the page was shown: what to look at before sending it again. */

import { eventsFor } from '../../../shared/application/access/events-for.ts';
import { redactReferences } from '../../../shared/application/access/redact-references.ts';
import { seesWhole } from '../../../shared/application/access/visitor.ts';
import type { Seen } from '../../../shared/application/read/concurrent-change.ts';
import { describe } from '../../../shared/domain/audit/event-sentences.ts';
import type { Event } from '../../../shared/domain/events.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import type { ReferralRead } from '../../../shared/store/ledger.ts';
import type { About } from '../app/lookups.ts';

/**
 * The sequence number that the page of this form showed. Undefined for a form without one, which is decided on the
 * current state.
 */
export function seenAt(form: URLSearchParams): Seen | undefined {
  const seq = form.get('seq') ?? '';
  return /^\d{1,9}$/.test(seq) ? { shown: Number(seq) } : undefined;
}

/** The ids of people, as commits hold them. */
export const personIds = /\bP-[A-Z0-9](?:[A-Z0-9.-]*[A-Z0-9])?/g;

/** The ids of all people that the history names. */
export const peopleInHistory = (commits: ReferralRead['commits']): readonly string[] => [
  ...new Set(commits.flatMap(({ actor, events }) => JSON.stringify([actor, events]).match(personIds) ?? [])),
];

/** Events that follow by themselves from acts of people. They would hide those acts. */
export const quiet: readonly Event['type'][] = [
  'alert-requested',
  'appointment-told',
  'alert-acknowledged',
  'alert-unreachable',
  'checkpoint-raised',
  'deadline-opened',
  'pathway-opened',
  'mdt-invited',
  'swept',
];
const mostSaid = 8;

/**
 * Why nothing was recorded, with the latest changes for readers who see the whole referral. `hidden`: referrals that
 * are sealed against this reader.
 */
export function movedSince(
  { state, since }: { readonly state: Referral; readonly since: readonly Event[] },
  { policy, visitor }: Pick<About, 'policy' | 'visitor'>,
  hidden: ReadonlySet<string>,
): string {
  const known = eventsFor(visitor, { state, policy })(redactReferences(since, hidden));
  const told = seesWhole(state, visitor) ? known.filter(({ type }) => !quiet.includes(type)).slice(-mostSaid) : [];
  const changes = told.map((event) => `${describe(event, state, policy)}.`).join(' ');
  return [
    'The referral has changed since you opened this page, so nothing was stored.',
    ...(changes === '' ? [] : [`What changed: ${changes}`]),
    // Without the changes, these are words that Spanish readers read in Spanish.
    'This page shows it as it is now. Your words are still in the form: send them again if they still hold.',
  ].join(' ');
}
