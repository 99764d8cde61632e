/** Lease, send, record: how alerts become mails. One person gets one mail for all alerts that go out together. */
import type { checkedMail, Leak } from '../../shared/alerts/compose/guard.ts';
import type {
  Addressee,
  AlertDirectory,
  groupsOf,
  numberFor,
  oncallOf,
  outstanding,
  RecipientGroup,
} from '../../shared/alerts/compose/recipients.ts';
import type { Mailer } from '../../shared/alerts/send/mailer.ts';
import type { Texter } from '../../shared/alerts/send/texter.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import { isTexted } from '../../shared/domain/alerts/alert-texts.ts';
import { isPressing } from '../../shared/domain/alerts/alert-urgency.ts';
import { groupOf, isObsolete } from '../../shared/domain/alerts/alert-watch.ts';
import type { AlertEvent, DeferralEndReason } from '../../shared/domain/alerts/alerts.ts';
import { afterCap, alertsToCount, peopleAtCap } from '../../shared/domain/deadlines/deadline-cap.ts';
import type { OnCallPerson } from '../../shared/domain/directory/on-call.ts';
import { event } from '../../shared/domain/events.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import {
  alertsBefore,
  alertsOfMeeting,
  calendarsWith,
  holdersAfter,
  isOfCalendar,
} from '../../shared/domain/team/calendars.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface SendParts {
  readonly ledger: Pick<Ledger, 'referral' | 'stateAfter' | 'alert' | 'changeAlert' | 'changeReferral'>;
  readonly cursors: Pick<Cursors, 'at' | 'advance'>;
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  /** Undefined where the deployment sends no text messages. */
  readonly texter?: Texter | undefined;
  readonly alerts: {
    readonly compose: typeof checkedMail;
    readonly oncallOf: typeof oncallOf;
    readonly numberFor: typeof numberFor;
    readonly groupsOf: typeof groupsOf;
    readonly outstanding: typeof outstanding;
  };
  readonly policyOf: (version: string) => Policy;
  readonly consoleUrl: string;
  /** The address that mail comes from. */
  readonly sender: string;
  /** Counts an alert without any reachable recipient. */
  readonly countUnreachable: () => void;
  /** Counts a mail that the guard withheld. */
  readonly countWithheld: (alertId: string, leaks: readonly Leak[]) => void;
}

/** An alert to send, its referral as it was read, and the people of its recipient groups. */
export interface Task {
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
  readonly groups: readonly RecipientGroup[];
  /**
   * Whether each of its groups was found. If not, waiting people keep waiting, because one of them may be in the
   * missing group.
   */
  readonly isWhole: boolean;
  /** The people at the limit of mails about its deadline. */
  readonly atCap: readonly string[];
}

/** A mail that this call sends. */
export interface Leased {
  readonly task: Task;
  readonly recipient: Addressee;
}

/** SES takes fifty tags a mail, and each alert is one. */
const mostInMail = 40;

export const frameAt = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'send-alerts' },
  cause: { kind: 'delivery' },
});

/** Waits for some work and adds its fault to `faults`. One alert that cannot be sent does not delay the others. */
export const attemptInto =
  (faults: unknown[]) =>
  <Found>(work: Promise<Found>): Promise<Found | undefined> =>
    work.catch((fault: unknown) => void faults.push(fault));

export async function readReferral({ ledger, policyOf }: SendParts, referralId: string) {
  const read = await ledger.referral(referralId);
  return read && { state: read.state, commits: read.commits, policy: policyOf(read.policy) };
}

/**
 * The alert with the people of its groups now. A meeting adds the people who have it in their calendars. A checkpoint
 * adds the next person where one is at the limit. A group that cannot be found is left to the next attempt, and its
 * fault is added to `faults`. `now` is a UTC instant.
 */
export async function taskOf(
  { alerts, directory, ledger }: SendParts,
  alert: Alert,
  { state, policy }: Pick<Task, 'state' | 'policy'>,
  now: string,
  faults: unknown[],
): Promise<Task> {
  const livesOf = (told: readonly Alert[]) =>
    Promise.all(told.map(async (each) => [each, (await ledger.alert(each.id)).life] as const));
  const calendars = calendarsWith(await livesOf(alertsOfMeeting(alert, state)));
  const earlier = alertsBefore(alert, state);
  const had = earlier && holdersAfter(await livesOf(earlier));
  const atCap = peopleAtCap(await livesOf(alertsToCount(alert, state, policy)), policy);
  const cap = atCap.length > 0 ? { people: atCap, next: afterCap(alert, state, policy) } : undefined;
  const before = faults.length;
  const onFault = (fault: unknown) => void faults.push(fault);
  const groups = await alerts.groupsOf(alert, state, directory, now, { calendars, had, cap }, onFault);
  return { alert, state, policy, atCap, groups, isWhole: faults.length === before };
}

interface Leasing {
  /** Why deferred people need not wait any more. Undefined where they keep waiting. */
  readonly frees?: DeferralEndReason | undefined;
  /** Only for this person. */
  readonly whom?: string;
  /** If the alert may wait: until when, and who gets a mail now all the same. */
  readonly holds?: { readonly until: string; readonly riders: ReadonlySet<string> } | undefined;
}

/**
 * Leases the mails of one alert that are still to be sent. Two workers may find the same unsent mail. The conditional
 * write lets one of them lease it. The sweep finds a lease that is never settled, unless the mail service has news of
 * the mail before.
 */
export async function lease(
  { ledger, alerts, texter }: SendParts,
  task: Task,
  now: string,
  { frees, whom, holds }: Leasing = {},
): Promise<readonly Leased[]> {
  const { alert, groups } = task;
  const texts = texter !== undefined && isTexted(alert, task.state, task.policy);
  let mine: readonly Addressee[] = [];
  let waiting: readonly Addressee[] = [];
  const isMine = ({ personId }: { readonly personId: string }) => whom === undefined || personId === whom;
  const mayHold = ({ personId }: Addressee) => holds !== undefined && !holds.riders.has(personId);
  await ledger.changeAlert(
    alert.id,
    frameAt(now),
    (life) => {
      const freed = frees === undefined ? [] : Object.keys(life.deferred);
      const { write, exhausted } = alerts.outstanding(
        groups,
        freed.length > 0 ? { ...life, deferred: {} } : life,
        alert,
      );
      const own = write.filter(isMine);
      mine = own.filter((each) => !mayHold(each));
      waiting = own.filter(mayHold);
      // Each deferred person is freed with their own mail. People who need no mail any more are freed with any.
      const isWritten = (personId: string) => write.some((each) => each.personId === personId);
      const over = freed.filter((personId) => (isWritten(personId) ? isMine({ personId }) : task.isWhole));
      return [
        ...over.map(
          (personId): AlertEvent => ({ type: 'alert-deferral-ended', v: 1, personId, because: frees ?? 'digest' }),
        ),
        ...exhausted.map((addressedAs): AlertEvent => ({ type: 'alert-exhausted', v: 1, addressedAs })),
        ...mine.map(
          ({ personId, addressedAs, order, also, hasTextPhone = false }): AlertEvent => ({
            type: 'alert-leased',
            v: 1,
            personId,
            addressedAs,
            order,
            ...(also.length > 0 && { also: [...also] }),
            ...(texts && hasTextPhone && { texts }),
          }),
        ),
      ];
    },
    'as-known',
  );
  if (holds && waiting.length > 0) {
    // A commit of its own, because the mail is found by the hour in which it goes out.
    await ledger.changeAlert(
      alert.id,
      frameAt(now),
      (life) => {
        const { write } = alerts.outstanding(groups, life, alert);
        return write.filter(mayHold).map(
          ({ personId, addressedAs, order }): AlertEvent => ({
            type: 'alert-deferred',
            v: 1,
            personId,
            addressedAs,
            order,
            until: holds.until,
          }),
        );
      },
      'as-read',
    );
  }
  return mine.map((recipient) => ({ task, recipient }));
}

type Letter = readonly [Leased, ...Leased[]];

/** The alerts of one mail to one person. A meeting comes alone, because a mail carries one calendar object. */
function lettersOf(leases: readonly Leased[]): readonly Letter[] {
  const groups = Map.groupBy(leases, ({ task: { alert }, recipient: { personId } }) =>
    alert.kind.startsWith('meeting-') ? `${personId} ${alert.id}` : personId,
  );
  const letters: Letter[] = [];
  for (const group of groups.values()) {
    for (let from = 0; from < group.length; from += mostInMail) {
      const [first, ...others] = group.slice(from, from + mostInMail);
      if (first) letters.push([first, ...others]);
    }
  }
  return letters;
}

/** The mail service refused the mail. It was not sent, so the next attempt may send it. */
export const wasTurnedDown = (fault: unknown): boolean =>
  fault instanceof Error && '$fault' in fault && fault.$fault === 'client';

/** The mail service takes only so many. */
const isThrottled = (fault: unknown): boolean => fault instanceof Error && /^Throttling/.test(fault.name);

const presses = ({ task: { alert, state, policy } }: Leased): boolean => isPressing(alert, state, policy);

/** The result of a leased mail, for the chain of its alert. */
interface Became {
  readonly alertId: string;
  readonly event: AlertEvent;
}

const ofEach = (letter: Letter, make: (leased: Leased, index: number) => AlertEvent): readonly Became[] =>
  letter.map((leased, index) => ({ alertId: leased.task.alert.id, event: make(leased, index) }));

const released = ({ recipient: { personId } }: Leased): AlertEvent => ({ type: 'alert-released', v: 1, personId });

/**
 * Sends the leased mails, and records the results in the chain of each alert. Gives the alerts that are finished for
 * now, because they are over or a mail was refused, and the faults. One mail that cannot be sent does not delay the
 * others. Where the mail service takes only so many, alerts of class now go first. The rest is released and is no
 * fault, because a stream that tries again would delay urgent mail. The sweep has the rest sent.
 */
export async function sendLeased(
  parts: SendParts,
  leases: readonly Leased[],
  now: string,
  isDigest = false,
): Promise<{ readonly done: ReadonlySet<string>; readonly faults: readonly unknown[] }> {
  const done = new Set<string>();
  const faults: unknown[] = [];
  const became: Became[] = [];
  const fresh: Leased[] = [];
  const attempt = attemptInto(faults);
  // A mail without the number is better than none.
  const oncall = (await attempt(parts.alerts.oncallOf(parts.directory, now))) ?? [];
  // A person may have acted since the referral was read. No mail goes out about a finished duty.
  const reads = new Map<string, Awaited<ReturnType<typeof readReferral>>>();
  for (const { task, recipient } of leases) {
    const { id } = task.state;
    if (!reads.has(id)) reads.set(id, await attempt(readReferral(parts, id)));
    const read = reads.get(id);
    if (read && !isObsolete(task.alert, read.state)) {
      fresh.push({ task: { ...task, state: read.state, policy: read.policy }, recipient });
      continue;
    }
    done.add(task.alert.id);
    became.push({ alertId: task.alert.id, event: released({ task, recipient }) });
  }
  const { pressing = [], other = [] } = Object.groupBy(lettersOf(fresh), (letter) =>
    letter.some(presses) ? 'pressing' : 'other',
  );
  const sending = { oncall, now, isDigest };
  let isFull = false;
  for (const letter of [...pressing, ...other]) {
    const mayWait = !pressing.includes(letter);
    const tried = isFull && mayWait ? undefined : await writeLetter(parts, letter, sending);
    became.push(...(tried?.events ?? ofEach(letter, released)));
    if (tried && tried.fault === undefined) continue;
    isFull ||= isThrottled(tried?.fault);
    if (tried && !(mayWait && isThrottled(tried.fault))) faults.push(tried.fault);
    for (const { task } of letter) done.add(task.alert.id);
  }
  for (const [alertId, group] of Map.groupBy(became, (each) => each.alertId)) {
    await parts.ledger
      .changeAlert(alertId, frameAt(now), () => group.map((each) => each.event), 'as-read')
      .catch((fault: unknown) => {
        faults.push(fault);
        done.add(alertId);
      });
  }
  return { done, faults };
}

/** What all letters of one sending have in common. */
interface Sending {
  readonly oncall: readonly OnCallPerson[];
  readonly now: string;
  readonly isDigest: boolean;
}

async function writeLetter(
  parts: SendParts,
  letter: Letter,
  sending: Sending,
): Promise<{ readonly events: readonly Became[]; readonly fault?: unknown }> {
  const all = (make: (leased: Leased, index: number) => AlertEvent) => ofEach(letter, make);
  const [{ recipient, task }, ...others] = letter;
  const { personId, email } = recipient;
  try {
    const written = composed(parts, letter, sending);
    if (written.leaks.length > 0) {
      if (others.length > 0) return await eachAlone(parts, letter, sending);
      parts.countWithheld(task.alert.id, written.leaks);
      return { events: all(() => ({ type: 'alert-failed', v: 1, personId, because: 'withheld' })) };
    }
    const { template: _, ...content } = written.message;
    const tags = {
      referralId: task.state.id,
      alertId: task.alert.id,
      personId,
      ...(others.length > 0 && { with: others.map((other) => other.task.alert.id) }),
    };
    const messageId = await parts.mailer.send({ to: email, ...content, tags });
    // The directory's entry is no address. That counts like a bounce.
    if (messageId === undefined) {
      return { events: all(() => ({ type: 'alert-failed', v: 1, personId, because: 'reject' })) };
    }
    return {
      events: all(({ recipient: { addressedAs, order } }, index) => {
        const template = written.made[index];
        return { type: 'alert-sent', v: 1, personId, addressedAs, order, messageId, ...(template && { template }) };
      }),
    };
  } catch (fault) {
    return { events: wasTurnedDown(fault) ? all(released) : [], fault };
  }
}

function composed({ alerts, consoleUrl, sender }: SendParts, letter: Letter, { oncall, now, isDigest }: Sending) {
  const [first, ...others] = letter.map(({ task: { alert, state, policy }, recipient }) => ({
    alert,
    state,
    policy,
    recipient,
    oncall: alerts.numberFor(recipient.personId, oncall),
    now,
    consoleUrl,
    sender,
    to: recipient.email,
  }));
  if (!first) throw new Error('A mail is about one alert at least.');
  return alerts.compose([first, ...others], isDigest);
}

/** What must not leave in one alert delays none of the others. */
async function eachAlone(parts: SendParts, letter: Letter, sending: Sending) {
  const events: Became[] = [];
  let failed: unknown;
  for (const leased of letter) {
    const one = await writeLetter(parts, [leased], sending);
    events.push(...one.events);
    failed ??= one.fault;
  }
  return { events, ...(failed !== undefined && { fault: failed }) };
}

/** The referral records each recipient group of this alert that has no recipient left. */
export async function tellUnreachable(parts: SendParts, { alert, state }: Task, now: string): Promise<void> {
  // A call that is over needs no answer any more.
  if (alert.kind === 'alarm-over') return;
  // The worker that found no recipient left commits that. The reaction to that commit tells of it.
  const { life } = await parts.ledger.alert(alert.id, 1);
  // A calendar that cannot be corrected stops no other mail.
  const groups = life.exhausted.map(groupOf).filter((group) => !isOfCalendar(group));
  const untold = (told: Alert | undefined) => {
    if (!told) return [];
    // An older release recorded it for the alert alone.
    const { unreachable, unreachedGroups = unreachable ? groups : [] } = told;
    return groups.filter((line) => !unreachedGroups.includes(line));
  };
  if (untold(state.alerts[alert.id]).length === 0) return;
  await parts.ledger.changeReferral(state.id, frameAt(now), (current) => {
    const left = untold(current?.alerts[alert.id]);
    return left.length > 0 ? [event('alert-unreachable', { alertId: alert.id, groups: left })] : [];
  });
  parts.countUnreachable();
}

/** The referral records once each person at the limit of mails about a deadline. */
export async function tellCap({ ledger }: SendParts, { alert: { deadlineId = '' }, state, atCap }: Task, now: string) {
  const untold = (current: Referral | undefined) => {
    const deadline = current?.deadlines[deadlineId];
    return deadline ? atCap.filter((id) => !deadline.atCap?.includes(id)) : [];
  };
  if (untold(state).length === 0) return;
  await ledger.changeReferral(state.id, frameAt(now), (current) => {
    const people = untold(current);
    return people.length > 0 ? [event('cap-reached', { deadlineId, people })] : [];
  });
}
