/** The log of operations: who did what, when, through which door, for which request and from which alert. Ids and codes only. */
import * as z from 'zod';
import type { Actor } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';

/** The doors of people. A commit of a person names the one that it came through. */
export const doors = ['api', 'console'] as const;
export type Door = (typeof doors)[number];
/** Each way on which a commit comes about. Commits of people before the log began do not name their door. */
export const ways = [...doors, 'workflow', 'watchdog', 'delivery', 'not-recorded'] as const;
export type Way = (typeof ways)[number];

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
    readonly door?: Door | undefined;
  };
  readonly events: readonly unknown[];
}

export interface LoggedAct {
  /** The reference of the referral. Of a read, it may be a draft, or a day of searches, figures or saved files. */
  readonly referralId: string;
  readonly seq: number;
  readonly at: string;
  readonly by: string;
  readonly isPerson: boolean;
  /** What set it off: a command, `read`, or what the system does by itself, such as `sweep`. */
  readonly kind: string;
  readonly door: Way;
  readonly onBehalfOf?: string;
  readonly run?: string;
  readonly requestId?: string;
  readonly purpose?: string;
  /** The alert that the act answered. */
  readonly alertId?: string;
  /** Of a read: the fields that were read. */
  readonly read?: readonly string[];
}

/** Whether the act is a search by a name or a number. Its record stands under the day. */
export const isSearch = ({ kind, referralId }: Pick<LoggedAct, 'kind' | 'referralId'>): boolean =>
  kind === 'read' && referralId.startsWith('SEARCHES-');

/** Kinds that people ask for, beside the names of commands. */
export const askedKinds: Readonly<Record<string, (act: LoggedAct) => boolean>> = {
  'read-name': ({ read = [] }) => read.includes('childName'),
  search: isSearch,
};
const isOfKind = (act: LoggedAct, kind: string): boolean =>
  act.kind === kind || (Object.hasOwn(askedKinds, kind) && askedKinds[kind]?.(act) === true);

const fieldOf = (events: readonly unknown[], field: string): unknown =>
  events.flatMap((each) =>
    typeof each === 'object' && each !== null && field in each ? [(each as Record<string, unknown>)[field]] : [],
  )[0];

/** An alert that the act itself requested is none that it came from. */
const isRequest = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && 'type' in event && event.type === 'alert-requested';

const waysOfSystem: Readonly<Record<string, Way>> = {
  task: 'workflow',
  sweep: 'watchdog',
  'lost-run': 'watchdog',
  delivery: 'delivery',
};
const wayOf = ({ kind, door }: LoggedCommit['cause']): Way => waysOfSystem[kind] ?? door ?? 'not-recorded';

/** One commit as a line of the log. `isRead`: it is a record of a read. */
export function actOf(
  referralId: string,
  { seq, at, actor, onBehalfOf, cause, events }: LoggedCommit,
  isRead = false,
): LoggedAct {
  const alertId = fieldOf(
    events.filter((each) => !isRequest(each)),
    'alertId',
  );
  const read = fieldOf(events, 'read');
  return {
    referralId,
    seq,
    at,
    by: actor.id,
    isPerson: actor.kind === 'person',
    kind: isRead ? 'read' : (cause.name ?? cause.kind),
    door: wayOf(cause),
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

const id = z.string().max(64);
/** What the index says of an act. A search by it reads no commit that does not fit. */
const actNote = z.object({
  by: id,
  for: id.optional(),
  kind: id,
  door: z.enum(ways).catch('not-recorded'),
  request: id.optional(),
});
export type ActNote = z.infer<typeof actNote>;

/**
 * The note of a commit that the log finds by its instant. A person, the watchdog or a read made it. Undefined for
 * what a run or a delivery commits. Those are found with their referral.
 */
export function noteOfAct(commit: LoggedCommit, isRead = false): string | undefined {
  const { by, onBehalfOf, kind, door, requestId, isPerson } = actOf('', commit, isRead);
  if (!(isRead || isPerson || door === 'watchdog')) return undefined;
  return JSON.stringify({ by, ...whereKnown({ for: onBehalfOf }), kind, door, ...whereKnown({ request: requestId }) });
}

/** Undefined for a note that is none. Such a commit is read to know whether it fits. */
export function readActNote(note: string | undefined): ActNote | undefined {
  if (note === undefined) return undefined;
  try {
    return actNote.safeParse(JSON.parse(note)).data;
  } catch {
    return undefined;
  }
}

export interface LogFilters {
  /** The New York day, `YYYY-MM-DD`, as its first and its next instant, both UTC. */
  readonly from?: string | undefined;
  readonly before?: string | undefined;
  readonly person?: string | undefined;
  readonly referral?: string | undefined;
  readonly kind?: string | undefined;
  readonly door?: Way | undefined;
  readonly request?: string | undefined;
  /** With those of functions. Without it only the acts and reads of people. A door or a request asks for them too. */
  readonly functions?: boolean | undefined;
}

/** Whether the act may fit, by its note alone. Kinds that an auditor sees under another name are not known from it. */
export const mayFit = (
  { by, for: principal, door, request: its }: ActNote,
  { person, door: asked, request }: LogFilters,
): boolean =>
  (person === undefined || by === person || principal === person) &&
  (asked === undefined || door === asked) &&
  (request === undefined || its === request);

/** Whether the act fits. */
export const fits = (
  act: LoggedAct,
  { from, before, person, referral, kind, door, request, functions = false }: LogFilters,
): boolean =>
  (functions || door !== undefined || request !== undefined || act.isPerson) &&
  (from === undefined || Date.parse(act.at) >= Date.parse(from)) &&
  (before === undefined || Date.parse(act.at) < Date.parse(before)) &&
  (person === undefined || act.by === person || act.onBehalfOf === person) &&
  (referral === undefined || act.referralId === referral) &&
  (kind === undefined || isOfKind(act, kind)) &&
  (door === undefined || act.door === door) &&
  (request === undefined || act.requestId === request);

/** The acts that fit, the latest first. */
export const logOf = (acts: readonly LoggedAct[], filters: LogFilters): readonly LoggedAct[] =>
  acts
    .filter((act) => fits(act, filters))
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at) || other.seq - one.seq);
