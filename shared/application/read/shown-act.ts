/** A commit or a read as a line of the log for people who audit. It has no fact about the child, and nothing kept apart. */
import { actOf, type LoggedAct, type LoggedCommit } from '../../domain/audit/act-log.ts';
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { ReferralRead } from '../../store/ledger.ts';
import { type Part2Parts, part2PartsOf, shownOf } from '../access/part-2-records.ts';
import { someProvider } from './audit.ts';
import { factsRecorded, stepName } from './shown-events.ts';

/** What of a referral is kept apart. */
export const heldIn = ({ state, commits }: Pick<ReferralRead, 'state' | 'commits'>, policy: Policy): Part2Parts =>
  part2PartsOf(
    state,
    policy,
    commits.flatMap(({ events }) => events),
  );

/** Of an act on what is kept apart, the name would tell of a treatment. So would a name of its own for all such acts. */
const nameShown = (name: string, events: readonly Event[], told: readonly Event[]): string =>
  told.length === events.length ? stepName(name, told) : factsRecorded;

/** A commit of a referral as its audit shows it, in one line. */
export function shownAct(
  referralId: string,
  commit: Omit<LoggedCommit, 'events'> & { readonly events: readonly Event[] },
  held: Part2Parts,
): LoggedAct {
  const { actor, cause, events } = commit;
  const told = events.flatMap((event) => shownOf(event, held) ?? []);
  return actOf(referralId, {
    ...commit,
    actor: held.people.has(actor.id) ? someProvider : actor,
    cause:
      cause.kind === 'command' && cause.name !== undefined
        ? { ...cause, name: nameShown(cause.name, events, told) }
        : cause,
    events: told,
  });
}

/** Codes of fields. What was searched for stands in a record as digests, which tell no reader anything. */
const isField = (read: string, index: number, id: string): boolean =>
  read !== 'part2Records' && (index === 0 || !id.startsWith('SEARCHES'));

/** A record of a read in one line. `heldPeople`: those whose name would tell of a treatment. */
export function shownRead(id: string, commit: LoggedCommit, heldPeople: ReadonlySet<string>): LoggedAct {
  const { actor } = commit;
  const { read = [], ...act } = actOf(id, { ...commit, actor: heldPeople.has(actor.id) ? someProvider : actor }, true);
  return { ...act, read: read.filter((each, index) => isField(each, index, id)) };
}
