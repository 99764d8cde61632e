/** What a nudge of the stream has sent: about a referral, about the subject of notices, or about one alert. */
import { nextWaitsTill, waitsTill } from '../../shared/alerts/compose/may-leave.ts';
import { readNotices, readOutgoing } from '../../shared/application/read/read-outgoing.ts';
import { type AlertLife, isLost, isResting } from '../../shared/domain/alerts/alerts.ts';
import type { NoticeAbout } from '../../shared/domain/alerts/notices.ts';
import type { Outgoing } from '../../shared/domain/alerts/outgoing.ts';
import { borneOut } from '../../shared/domain/core/progress.ts';
import { tasksOf } from './address.ts';
import { letterInDoubt } from './lease.ts';
import { type Asked, deliver } from './outbox.ts';
import { repeatLetter } from './repeat-letter.ts';
import { deferralsEnded, readReferral, requestedSince } from './request.ts';
import { attemptInto, type SendParts } from './send-parts.ts';
import { sendTexts } from './send-texts.ts';

/**
 * Delivers every alert that the commits of a referral since the cursor request. Each person gets one mail for all. An
 * alert that may wait is deferred. A deferred one is sent where these commits made it urgent. A repetition sends no
 * mail twice. The exception is a letter that SES accepted in an attempt that ended before its record. It is repeated
 * once, as one mail (send.ts). Throws, after all other mail was sent, where a mail was refused. The next attempt sends the missing ones. `now` is a UTC instant.
 * Where the chain was cut, it begins again.
 */
export async function sendAlerts(parts: SendParts, referralId: string, now: string): Promise<void> {
  // The cursor first: it never passes a commit that is there.
  const completed = await parts.cursors.progress(referralId, 'send-alerts');
  const read = await readReferral(parts, referralId);
  if (!read) return;
  const from = borneOut(completed, read.commits);
  const cursor = from.seq;
  const requested = requestedSince(read, cursor);
  const becameUrgent = await deferralsEnded(parts, read, cursor, requested, now);
  const faults: unknown[] = [];
  await deliver(
    parts,
    [
      ...(await tasksOf(parts, becameUrgent, now, faults)).map((task): Asked => ({ task, frees: 'urgent' })),
      ...(await tasksOf(parts, requested, now, faults)).map(
        (task): Asked => ({
          task,
          until: waitsTill(task.about, now),
        }),
      ),
    ],
    now,
    faults,
  );
  if (faults.length > 0) throw faults[0];
  const head = read.commits.at(-1)?.stored.hash ?? '';
  await parts.cursors.advance(referralId, 'send-alerts', { seq: read.commits.length, head }, from);
}

/** Whether a mail of this life failed or is late, or waits for a sender after its lease ended. */
const needsSender = (life: AlertLife): boolean =>
  life.deliveries.some(({ personId }) => isLost(life, personId)) ||
  Object.values(life.leases).some((lease) => lease.status !== 'open' && !isResting(lease));

/**
 * Delivers the notices of one subject that no person got yet. The subject is a day's drafts or findings, a team, or the
 * shifts. Each person gets one mail for all notices about it. Throws as `sendAlerts` does. `now` is a UTC instant.
 */
export async function sendNotices(parts: SendParts, about: NoticeAbout, of: string, now: string): Promise<void> {
  const notices = await readNotices(parts.ledger, about, of);
  const read = await Promise.all(notices.map(async (notice) => ({ notice, ...(await parts.ledger.alert(notice.id)) })));
  const open = read
    .filter(({ commits, life }) => commits.length === 0 || needsSender(life))
    .map(({ notice }): Outgoing => ({ id: notice.id, notice }));
  const faults: unknown[] = [];
  const tasks = await tasksOf(parts, open, now, faults);
  await deliver(
    parts,
    tasks.map((task) => ({ task })),
    now,
    faults,
  );
  if (faults.length > 0) throw faults[0];
}

/**
 * Writes to the next person where mail of an alert or notice failed or is late. Routine mail to the next person waits for
 * the digest. Repeats the letter that lost its lease, with all its alerts. Sends the text messages that are due. Throws as
 * `sendAlerts` does. `now` is a UTC instant.
 */
export async function sendToNext(parts: SendParts, alertId: string, now: string, seq?: number): Promise<void> {
  const { life } = await parts.ledger.alert(alertId, seq);
  const faults: unknown[] = [];
  await sendTexts(parts, alertId, life, now, faults);
  await attemptInto(faults)(mailNext(parts, alertId, life, now, faults));
  if (faults.length > 0) throw faults[0];
}

async function mailNext(parts: SendParts, alertId: string, life: AlertLife, now: string, faults: unknown[]) {
  const isSettled = life.deliveries.every(({ status }) => status === 'sent' || status === 'delivered');
  const hasLapsed = Object.values(life.leases).some(({ status }) => status === 'lapsed');
  if (isSettled && !hasLapsed && life.exhausted.length === 0) return;
  for (const [personId, { status }] of Object.entries(life.leases)) {
    const letter = status === 'open' ? undefined : letterInDoubt(life, personId);
    if (letter) await attemptInto(faults)(repeatLetter(parts, letter, personId, now, faults));
  }
  const about = await readOutgoing(parts, alertId);
  if (!about) return;
  const tasks = await tasksOf(parts, [about], now, faults);
  const asked = tasks.map((task): Asked => ({ task, until: nextWaitsTill(task.about, now) }));
  await deliver(parts, asked, now, faults);
}
