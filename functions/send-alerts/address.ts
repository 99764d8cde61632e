/** Step 2: who gets it. Loads what earlier alerts told and what the directory says, and asks recipients.ts. */
import {
  groupOfNotice,
  groupsOf,
  type Lookups,
  lookupsOf,
  lookupsOfNotice,
  oncallLookups,
  type RecipientGroup,
  type ToldBefore,
} from '../../shared/alerts/compose/recipients.ts';
import { readContacts, together } from '../../shared/application/read/contacts.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isNotice, type Outgoing, type OutgoingAlert } from '../../shared/domain/alerts/outgoing.ts';
import { afterCap, alertsToCount, peopleAtCap } from '../../shared/domain/deadlines/deadline-cap.ts';
import {
  alertsBefore,
  alertsOfMeeting,
  calendarsWith,
  groupsOfEnd,
  holdersAfter,
} from '../../shared/domain/team/meeting-calendars.ts';
import { attemptInto, type SendParts } from './send-parts.ts';

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

/** What earlier mail told, of an alert. */
interface Before<About extends Outgoing> {
  readonly about: About;
  readonly told: ToldBefore;
  readonly lookups: Lookups;
}

/**
 * Each alert or notice with the people of its groups now. A meeting adds the people who have it in their calendars. A
 * checkpoint adds the next person where one is at the limit. What cannot be found is left to the next attempt, and its
 * fault is added to `faults`. The directory is asked for all of it at once. `now` is a UTC instant.
 */
export async function tasksOf<About extends Outgoing>(
  parts: SendParts,
  all: readonly About[],
  now: string,
  faults: unknown[],
): Promise<readonly Task<About>[]> {
  const attempt = attemptInto(faults);
  const before: Before<About>[] = [];
  for (const about of all) {
    const found = await attempt(toldBefore(parts, about));
    if (found) before.push(found);
  }
  if (before.length === 0) return [];
  // Every mail about an alert names the person to call.
  const lookups = together([...before.map((each) => each.lookups), oncallLookups]);
  const contacts = await attempt(readContacts(parts.directory, lookups, now, (fault) => void faults.push(fault)));
  if (!contacts) return [];
  return before.map(({ about, told }): Task<About> => {
    const given: Outgoing = about;
    if (isNotice(given)) {
      const group = groupOfNotice(given.notice, contacts, now);
      return { about, groups: group ? [group] : [], isWhole: group !== undefined, atCap: [] };
    }
    const { alert, state } = given;
    return { about, ...groupsOf(alert, state, contacts, now, told), atCap: told.cap?.people ?? [] };
  });
}

async function toldBefore<About extends Outgoing>(parts: SendParts, about: About): Promise<Before<About>> {
  const given: Outgoing = about;
  if (isNotice(given)) return { about, told: {}, lookups: lookupsOfNotice(given.notice) };
  const told = await toldOf(parts, given);
  return { about, told, lookups: lookupsOf(given.alert, given.state, told) };
}

async function toldOf({ ledger }: SendParts, { alert, state, policy }: OutgoingAlert): Promise<ToldBefore> {
  const livesOf = (told: readonly Alert[]) =>
    Promise.all(told.map(async (each) => [each, (await ledger.alert(each.id)).life] as const));
  const calendars = calendarsWith(await livesOf(alertsOfMeeting(alert, state)));
  const earlier = alertsBefore(alert, state);
  const had = earlier && holdersAfter(await livesOf(earlier), groupsOfEnd(alert));
  const counted = alertsToCount(alert, state, policy);
  const lives = await livesOf([...new Set(counted.flat())]);
  const atCap = peopleAtCap(
    counted.map((those) => lives.filter(([each]) => those.includes(each))),
    policy,
  );
  const cap = atCap.length > 0 ? { people: atCap, next: afterCap(alert, state, policy) } : undefined;
  return { calendars, had, cap };
}
