/** The log of operations: who did what, when, on whose behalf, for which request and from which alert. Ids and codes only. */
import type { Actor } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';

/** A commit of a referral, or a record of a read of it. */
export interface LoggedCommit {
  readonly seq: number;
  /** UTC instant. */
  readonly at: string;
  readonly actor: Actor;
  readonly onBehalfOf?: string | undefined;
  readonly cause: {
    readonly kind: string;
    readonly name?: string;
    readonly run?: string;
    readonly requestId?: string | undefined;
    readonly purpose?: string | undefined;
  };
  readonly events: readonly unknown[];
}

export interface LoggedAct {
  readonly referralId: string;
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly isPerson: boolean;
  /** What set it off: a command, `read`, or what the system does by itself, such as `sweep`. */
  readonly kind: string;
  readonly onBehalfOf?: string;
  readonly run?: string;
  readonly requestId?: string;
  readonly purpose?: string;
  /** The alert that the act was about. */
  readonly alertId?: string;
  /** Of a read: the fields that were read. */
  readonly read?: readonly string[];
}

const fieldOf = (events: readonly unknown[], field: string): unknown =>
  events.flatMap((each) =>
    typeof each === 'object' && each !== null && field in each ? [(each as Record<string, unknown>)[field]] : [],
  )[0];

/** One commit as a line of the log. `isRead`: it is a record of a read. */
export function actOf(
  referralId: string,
  { seq, at, actor, onBehalfOf, cause, events }: LoggedCommit,
  isRead = false,
): LoggedAct {
  const alertId = fieldOf(events, 'alertId');
  const read = fieldOf(events, 'read');
  return {
    referralId,
    seq,
    at,
    by: actor.id,
    isPerson: actor.kind === 'person',
    kind: isRead ? 'read' : (cause.name ?? cause.kind),
    ...whereKnown({
      onBehalfOf,
      run: cause.run,
      requestId: cause.requestId,
      purpose: cause.purpose,
      alertId: actor.kind === 'person' && typeof alertId === 'string' ? alertId : undefined,
      read: isRead && Array.isArray(read) ? read.map(String) : undefined,
    }),
  };
}

export interface LogFilters {
  /** The New York day, `YYYY-MM-DD`, as its first and its next instant, both UTC. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly person?: string | undefined;
  readonly referral?: string | undefined;
  readonly kind?: string | undefined;
  readonly request?: string | undefined;
  /** With those of functions. Without it only the acts and reads of people. */
  readonly functions?: boolean | undefined;
}

/** The acts that fit, the latest first. */
export const logOf = (
  acts: readonly LoggedAct[],
  { from, before, person, referral, kind, request, functions = false }: LogFilters,
): readonly LoggedAct[] =>
  acts
    .filter(
      (act) =>
        (functions || act.isPerson) &&
        (from === undefined || Date.parse(act.at) >= Date.parse(from)) &&
        (before === undefined || Date.parse(act.at) < Date.parse(before)) &&
        (person === undefined || act.by === person || act.onBehalfOf === person) &&
        (referral === undefined || act.referralId === referral) &&
        (kind === undefined || act.kind === kind) &&
        (request === undefined || act.requestId === request),
    )
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at) || other.seq - one.seq);
