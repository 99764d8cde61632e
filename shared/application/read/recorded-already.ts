/** Whether a form, from a second tab or after going back, would store again what this person recorded. */

import type { Event } from '../../domain/events.ts';
import type { Commit } from '../../store/commit.ts';
import type { ReferralRead } from '../../store/ledger.ts';

/** The act that a form would carry out. `isSame` tells whether a commit of this command was sent with the same content. */
interface Repeat {
  readonly name: string;
  readonly personId: string;
  readonly isSame: (commit: Commit<Event>) => boolean;
  /** The sequence number that the page of the form showed. */
  readonly shown: number;
  /** A UTC instant. */
  readonly now: string;
}

/** A person who sends the same from a fresh form this soon has most likely gone back to it. */
const soon = 10 * 60_000;

/**
 * The commit by which this person recorded the same before. From a page older than that act, any such act counts. From a newer
 * page, only the last act of any person here counts, and only for ten minutes. So a second attempt can be recorded later.
 */
export function recordedAlready(
  { commits }: Pick<ReferralRead, 'commits'>,
  { name, personId, isSame, shown, now }: Repeat,
): Commit<Event> | undefined {
  const acts = commits.filter(
    ({ actor, cause, isUnproved }) => actor.kind === 'person' && cause.kind === 'command' && !isUnproved,
  );
  const repeats = (act: Commit<Event>): boolean =>
    act.actor.id === personId && act.cause.kind === 'command' && act.cause.name === name && isSame(act);
  const since = acts.findLast((act) => act.seq > shown && repeats(act));
  if (since) return since;
  const last = acts.at(-1);
  return last && repeats(last) && Date.parse(now) - Date.parse(last.at) < soon ? last : undefined;
}
