/** Removes references of other referrals from an audit, where they are closed to the reader. */

import type { Event } from '../../domain/events.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Ledger } from '../../store/ledger.ts';
import { isClosedTo, mayRead, type Visitor } from './visitor.ts';

const reference = /CR-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{6}/g;
/** Replaces a reference that an event cannot go without. */
const other = 'ANOTHER-REFERRAL';

async function hiddenAmong(
  ledger: Pick<Ledger, 'referral'>,
  ids: readonly string[],
  isHidden: (state: Referral | undefined) => boolean,
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(ids.map((id) => ledger.referral(id)));
  return new Set(ids.filter((_, index) => isHidden(found[index]?.state)));
}

/** The ids among these whose referrals this person may not read: each would be 404 to them. */
export const unreadableAmong = (ledger: Pick<Ledger, 'referral'>, ids: readonly string[], visitor: Visitor) =>
  hiddenAmong(ledger, ids, (state) => state === undefined || !mayRead(state, visitor));

/** The other references in these events that are closed to this person, by a seal or a conflict of interest. */
export async function closedIn(
  ledger: Pick<Ledger, 'referral'>,
  events: readonly Event[],
  { own, personId }: { readonly own: string; readonly personId: string },
): Promise<ReadonlySet<string>> {
  const named = new Set(JSON.stringify(events).match(reference) ?? []);
  named.delete(own);
  return hiddenAmong(ledger, [...named], (state) => state !== undefined && isClosedTo(state, { id: personId }));
}

/**
 * These findings, in which a referral that is closed to this person has no name. The name of one that cannot be read stays,
 * because what was found may be the reason.
 */
export async function redactFindings<Found extends { readonly about: string }>(
  ledger: Pick<Ledger, 'referral'>,
  findings: readonly Found[],
  { id }: Pick<Visitor, 'id'>,
): Promise<Found[]> {
  const named = [...new Set(findings.flatMap(({ about }) => about.match(reference) ?? []))];
  const readable = { referral: (of: string) => ledger.referral(of).catch(() => undefined) };
  const hidden = await hiddenAmong(readable, named, (state) => state !== undefined && isClosedTo(state, { id }));
  return findings.map((each) => (hidden.has(each.about) ? { ...each, about: other } : each));
}

function scrubbed(value: unknown, hidden: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return hidden.has(value) ? other : value;
  if (Array.isArray(value)) return value.filter((each) => !hidden.has(each)).map((each) => scrubbed(each, hidden));
  if (typeof value !== 'object' || value === null) return value;
  const shown = Object.entries(value).filter(([key]) => !hidden.has(key));
  return Object.fromEntries(shown.map(([key, each]) => [key, scrubbed(each, hidden)]));
}

/** The events without the hidden references. An event that is only about hidden candidates is left out. */
export function redactReferences(events: readonly Event[], hidden: ReadonlySet<string>): readonly Event[] {
  if (hidden.size === 0) return events;
  return events
    .map((event) => scrubbed(event, hidden) as Event)
    .filter((event) => event.type !== 'candidates-found' || event.candidates.length > 0)
    .filter((event) => event.type !== 'candidate-taken-back' || event.of !== other)
    .filter(
      (event) => !(event.type === 'merge-reserved' || event.type === 'merge-reservation-ended') || event.from !== other,
    );
}
