import type { checkedMail, Leak } from '../../shared/alerts/guard.ts';
import type { Mailer } from '../../shared/alerts/mailer.ts';
import type {
  Addressee,
  AlertDirectory,
  Line,
  linesOf,
  oncallOf,
  outstanding,
} from '../../shared/alerts/recipients.ts';
import { urgentFirst } from '../../shared/domain/alert-urgency.ts';
import { isMoot } from '../../shared/domain/alert-watch.ts';
import type { AlertEvent, AlertLife } from '../../shared/domain/alerts.ts';
import { event } from '../../shared/domain/events.ts';
import { referralOf } from '../../shared/domain/ids.ts';
import type { Policy } from '../../shared/domain/policy.ts';
import type { Alert, Referral } from '../../shared/domain/referral.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { Frame, Ledger } from '../../shared/store/ledger.ts';

export interface SendParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeAlert' | 'changeReferral'>;
  readonly cursors: Pick<Cursors, 'at' | 'advance'>;
  readonly directory: AlertDirectory;
  readonly mailer: Mailer;
  readonly alerts: {
    readonly compose: typeof checkedMail;
    readonly oncallOf: typeof oncallOf;
    readonly linesOf: typeof linesOf;
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

interface Work {
  readonly parts: SendParts;
  readonly state: Referral;
  readonly policy: Policy;
  readonly now: string;
}

const frameAt = (now: string): Frame => ({
  now,
  actor: { kind: 'function', id: 'send-alerts' },
  cause: { kind: 'delivery' },
});

/**
 * Delivers every alert that commits of a referral since the cursor request. Doing it again writes to nobody twice, except
 * to those whose mail was accepted in an attempt that ended before its commit. Throws, after everything that could be sent was
 * sent, where a mail was not taken; the next attempt sends what is missing. `now` is a UTC instant.
 */
export async function sendAlerts(parts: SendParts, referralId: string, now: string): Promise<void> {
  const work = await workOn(parts, referralId, now);
  if (!work) return;
  const cursor = await parts.cursors.at(referralId, 'send-alerts');
  const requested = work.commits
    .filter(({ seq }) => seq > cursor)
    .flatMap(({ events }) => events)
    .flatMap((each) => (each.type === 'alert-requested' ? [each.alertId] : []));
  const faults: unknown[] = [];
  const asked = requested.flatMap((alertId) => work.state.alerts[alertId] ?? []);
  for (const alert of urgentFirst(asked, work.state, work.policy, now)) {
    // One alert that cannot be sent does not hold up the others.
    await deliver(work, alert).catch((fault: unknown) => faults.push(fault));
  }
  if (faults.length > 0) throw faults[0];
  await parts.cursors.advance(referralId, 'send-alerts', work.state.seq);
}

/** Writes to the next person wherever mail of an alert has failed or is late, and again where nobody settled a claim. Throws as `sendAlerts` does. `now` is a UTC instant. */
export async function sendToNext(parts: SendParts, alertId: string, now: string): Promise<void> {
  const { life } = await parts.ledger.alert(alertId);
  const isSettled = life.deliveries.every(({ status }) => status === 'sent' || status === 'delivered');
  const hasLapsed = Object.values(life.claims).some(({ status }) => status === 'lapsed');
  if (isSettled && !hasLapsed && life.exhausted.length === 0) return;
  const work = await workOn(parts, referralOf(alertId), now);
  const alert = work?.state.alerts[alertId];
  if (work && alert) await deliver(work, alert);
}

async function workOn(parts: SendParts, referralId: string, now: string) {
  const referral = await parts.ledger.referral(referralId);
  if (!referral) return undefined;
  return { parts, state: referral.state, commits: referral.commits, policy: parts.policyOf(referral.policy), now };
}

async function deliver(work: Work, alert: Alert): Promise<void> {
  const { parts, state, now } = work;
  let { life } = await parts.ledger.alert(alert.id);
  if (!isMoot(alert, state)) {
    const lines = await parts.alerts.linesOf(alert, state, parts.directory, now);
    for (let isOver = false; !isOver; ) {
      const { write, exhausted } = parts.alerts.outstanding(lines, life, alert.deputies);
      if (write.length === 0 && exhausted.length === 0) break;
      ({ life, isOver } = await round(work, alert, lines));
    }
  }
  if (life.exhausted.length > 0) await tellUnreachable(work, alert);
}

/** The mail service answered that it does not take the mail: it was not sent, and whoever tries next may send it. */
const wasTurnedDown = (fault: unknown): boolean =>
  fault instanceof Error && '$fault' in fault && fault.$fault === 'client';

/**
 * Claims the mails that are still to be written, writes them, and records what became of them. Whose claim nobody settles is
 * found by the sweep, unless the mail service tells of the mail before.
 */
async function round(
  work: Work,
  alert: Alert,
  lines: readonly Line[],
): Promise<{ readonly life: AlertLife; readonly isOver: boolean }> {
  const { ledger, alerts } = work.parts;
  let mine: readonly Addressee[] = [];
  // Decided where it is appended: of two who find the same mail to be written, one claims it.
  await ledger.changeAlert(alert.id, frameAt(work.now), (life) => {
    const { write, exhausted } = alerts.outstanding(lines, life, alert.deputies);
    mine = write;
    return [
      ...exhausted.map((as): AlertEvent => ({ type: 'alert-exhausted', v: 1, as })),
      ...write.map(({ personId, as, order }): AlertEvent => ({ type: 'alert-claimed', v: 1, personId, as, order })),
    ];
  });
  const events: AlertEvent[] = [];
  const faults: unknown[] = [];
  // Somebody may have acted since the referral was read: nobody is written to about what is done.
  const since = mine.length > 0 ? await workOn(work.parts, work.state.id, work.now) : work;
  const isOver = since === undefined || isMoot(alert, since.state);
  for (const recipient of mine) {
    if (isOver) {
      events.push({ type: 'alert-released', v: 1, personId: recipient.personId });
      continue;
    }
    try {
      events.push(...(await writeTo(since, alert, recipient)));
    } catch (fault) {
      faults.push(fault);
      if (wasTurnedDown(fault)) events.push({ type: 'alert-released', v: 1, personId: recipient.personId });
    }
  }
  const life = await ledger.changeAlert(alert.id, frameAt(work.now), () => events);
  if (faults.length > 0) throw faults[0];
  return { life, isOver };
}

async function writeTo(work: Work, alert: Alert, recipient: Addressee): Promise<readonly AlertEvent[]> {
  const { parts, state, policy, now } = work;
  const { personId, email, as, order } = recipient;
  const { alerts, consoleUrl, sender } = parts;
  const oncall = await alerts.oncallOf(parts.directory, now);
  const { message, leaks } = alerts.compose({
    alert,
    state,
    policy,
    recipient,
    oncall,
    now,
    consoleUrl,
    sender,
    to: email,
  });
  if (leaks.length > 0) {
    parts.countWithheld(alert.id, leaks);
    return [{ type: 'alert-failed', v: 1, personId, because: 'withheld' }];
  }
  const { template, ...content } = message;
  const tags = { referralId: state.id, alertId: alert.id, personId };
  const messageId = await parts.mailer.send({ to: email, ...content, tags });
  // What the directory holds is no address: as good as a bounce.
  if (messageId === undefined) return [{ type: 'alert-failed', v: 1, personId, because: 'reject' }];
  return [{ type: 'alert-sent', v: 1, personId, as, order, messageId, template }];
}

async function tellUnreachable({ parts, state, now }: Work, alert: Alert): Promise<void> {
  if (state.alerts[alert.id]?.unreachable) return;
  await parts.ledger.changeReferral(state.id, frameAt(now), (current) =>
    current?.alerts[alert.id]?.unreachable === false ? [event('alert-unreachable', { alertId: alert.id })] : [],
  );
  parts.countUnreachable();
}
