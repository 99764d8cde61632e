/** Step 2: who gets it. Loads the people and what earlier alerts told, and asks recipients.ts. */
import { groupOfNotice, groupsOf, type RecipientGroup } from '../../shared/alerts/compose/recipients.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isNotice, type Outgoing, type OutgoingAlert } from '../../shared/domain/alerts/outgoing.ts';
import { afterCap, alertsToCount, peopleAtCap } from '../../shared/domain/deadlines/deadline-cap.ts';
import { alertsBefore, alertsOfMeeting, calendarsWith, holdersAfter } from '../../shared/domain/team/calendars.ts';
import type { SendParts } from './send-parts.ts';

/** What a mail is about, as it was read, and the people of its recipient groups. */
export interface Task<About extends Outgoing = Outgoing> {
  readonly about: About;
  readonly groups: readonly RecipientGroup[];
  /**
   * Whether each of its groups was found. If not, waiting people keep waiting, because one of them may be in the
   * missing group.
   */
  readonly isWhole: boolean;
  /** The people at the limit of mails about its deadline. */
  readonly atCap: readonly string[];
}

/**
 * The alert or notice with the people of its groups now. A meeting adds the people who have it in their calendars. A
 * checkpoint adds the next person where one is at the limit. A group that cannot be found is left to the next attempt,
 * and its fault is added to `faults`. `now` is a UTC instant.
 */
export async function taskOf<About extends Outgoing>(
  parts: SendParts,
  about: About,
  now: string,
  faults: unknown[],
): Promise<Task<About>> {
  const given: Outgoing = about;
  if (isNotice(given)) {
    return { about, groups: [await groupOfNotice(given.notice, parts.directory, now)], isWhole: true, atCap: [] };
  }
  return { about, ...(await groupsOfAlert(parts, given, now, faults)) };
}

async function groupsOfAlert(
  { directory, ledger }: SendParts,
  { alert, state, policy }: OutgoingAlert,
  now: string,
  faults: unknown[],
): Promise<Omit<Task, 'about'>> {
  const livesOf = (told: readonly Alert[]) =>
    Promise.all(told.map(async (each) => [each, (await ledger.alert(each.id)).life] as const));
  const calendars = calendarsWith(await livesOf(alertsOfMeeting(alert, state)));
  const earlier = alertsBefore(alert, state);
  const had = earlier && holdersAfter(await livesOf(earlier));
  const atCap = peopleAtCap(await livesOf(alertsToCount(alert, state, policy)), policy);
  const cap = atCap.length > 0 ? { people: atCap, next: afterCap(alert, state, policy) } : undefined;
  const before = faults.length;
  const onFault = (fault: unknown) => void faults.push(fault);
  const groups = await groupsOf(alert, state, directory, now, { calendars, had, cap }, onFault);
  return { atCap, groups, isWhole: faults.length === before };
}
