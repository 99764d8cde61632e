/** Claim, send, record: how alerts become mails, one mail to one person for all that is told to them together. */
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
  /** Counts an alert that reaches nobody. */
  readonly countUnreachable: () => void;
  /** Counts a mail that was not sent because of what the guard found in it. */
  readonly countWithheld: (alertId: string, leaks: readonly Leak[]) => void;
}

/** An alert that is to be told, its referral as it was read, and the people its words lead to. */
export interface Task {
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
  readonly groups: readonly RecipientGroup[];
  /** Whether each of its lines could be found out: else who waits goes on waiting, as they may be of one that is missing here. */
  readonly isWhole: boolean;
  /** Who got as many mails about its deadline as one person gets. */
  readonly atCap: readonly string[];
}

/** A mail that is this call's to write. */
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

/** Waits for some work and, where it fails, adds the fault to `faults`: one alert that cannot be told does not hold up the others. */
export const attemptInto =
  (faults: unknown[]) =>
  <Found>(work: Promise<Found>): Promise<Found | undefined> =>
    work.catch((fault: unknown) => void faults.push(fault));

export async function readReferral({ ledger, policyOf }: SendParts, referralId: string) {
  const read = await ledger.referral(referralId);
  return read && { state: read.state, commits: read.commits, policy: policyOf(read.policy) };
}

/**
 * The alert with the people its words lead to now: of a meeting, those as well in whose calendars it stands; of a checkpoint, the
 * next where somebody is at the cap. A line that cannot be found out is left to the next attempt, and its fault added to `faults`.
 * `now` is a UTC instant.
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
  /** Why whoever waited waits no more. Without, they go on waiting. */
  readonly frees?: DeferralEndReason | undefined;
  /** Only for this person. */
  readonly whom?: string;
  /** Where it may wait, until when, and who gets a mail now all the same. */
  readonly holds?: { readonly until: string; readonly riders: ReadonlySet<string> } | undefined;
}

/**
 * Claims the mails of one alert that are still to be written. Decided where it is appended: of two who find the same mail to
 * be written, one claims it. Whose claim nobody settles is found by the sweep, unless the mail service tells of the mail before.
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
      // Of several who wait, each is freed with their own mail; who is not to be written to any more, with any.
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
    // A commit of its own, since it is found by the hour in which it goes out.
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

/** What is told to one person in one mail. A meeting comes alone, since a mail carries one calendar object. */
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

/** The mail service answered that it does not take the mail: it was not sent, and whoever tries next may send it. */
export const wasTurnedDown = (fault: unknown): boolean =>
  fault instanceof Error && '$fault' in fault && fault.$fault === 'client';

/** The mail service takes only so many. */
const isThrottled = (fault: unknown): boolean => fault instanceof Error && /^Throttling/.test(fault.name);

const presses = ({ task: { alert, state, policy } }: Leased): boolean => isPressing(alert, state, policy);

/** What became of a claimed mail, for the chain of its alert. */
interface Became {
  readonly alertId: string;
  readonly event: AlertEvent;
}

const ofEach = (letter: Letter, make: (leased: Leased, index: number) => AlertEvent): readonly Became[] =>
  letter.map((leased, index) => ({ alertId: leased.task.alert.id, event: make(leased, index) }));

const released = ({ recipient: { personId } }: Leased): AlertEvent => ({ type: 'alert-released', v: 1, personId });

/**
 * Writes the mails that were claimed, and records in the chain of each alert what became of them. Gives the alerts
 * that are done with for now, because they are over or a mail of them was not taken, and the faults: one mail that cannot be
 * sent does not hold up the others. Where the mail service takes only so many, that is for what is of class now: the rest is released and is no fault, since a stream that tries it again would keep what presses waiting behind it; the
 * sweep has it sent.
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
  // Without a number the mail is better than none at all.
  const oncall = (await attempt(parts.alerts.oncallOf(parts.directory, now))) ?? [];
  // Somebody may have acted since the referral was read: nobody is written to about what is done.
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

/** What all letters that are sent together have in common. */
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
    // What the directory holds is no address: as good as a bounce.
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

/** What must not leave of one alert holds up none of the others. */
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

/** The referral says it of each word of this alert that leads to nobody any more. */
export async function tellUnreachable(parts: SendParts, { alert, state }: Task, now: string): Promise<void> {
  // Of a call that is over no one has to be asked any more.
  if (alert.kind === 'alarm-over') return;
  // Who exhausted a word commits it, and what follows that commit tells it.
  const { life } = await parts.ledger.alert(alert.id, 1);
  // A calendar that cannot be set right leaves nobody unasked.
  const groups = life.exhausted.map(groupOf).filter((line) => !isOfCalendar(line));
  const untold = (told: Alert | undefined) => {
    if (!told) return [];
    // An older release said it of the alert alone.
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

/** The referral says it once of each person who got as many mails about a deadline as one person gets. */
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
