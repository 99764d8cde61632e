import type { MailNews } from '../../shared/alerts/send/mail-news.ts';
import type { AlertEvent, AlertLife } from '../../shared/domain/alerts/alerts.ts';
import { noticeIdParts } from '../../shared/domain/alerts/notices.ts';
import { beginDecision } from '../../shared/domain/core/decision.ts';
import { referralOf } from '../../shared/domain/core/ids.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { isHolder } from '../../shared/domain/team/seats.ts';
import type { DirectoryWrites } from '../../shared/store/directory-writes.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

interface DeliveryParts {
  readonly ledger: Pick<Ledger, 'referral' | 'alert' | 'changeAlert' | 'changeReferral'>;
  readonly directory: Pick<DirectoryWrites, 'markMail'>;
}

/** The seats of this invitation. Once a newer invitation asks the whole team again, an older one has no seats. */
function seatsAsked(state: Referral, alertId: string): Referral['team']['seats'] {
  const invitations = Object.values(state.alerts).filter(({ kind }) => kind === 'mdt-invited');
  const ofTeam = invitations.findLastIndex(({ to }) => to.includes('seats'));
  const alert = invitations.slice(Math.max(0, ofTeam)).find(({ id }) => id === alertId);
  return state.team.seats.filter(
    ({ discipline }) => alert?.to.includes('seats') || alert?.to.includes(`seat:${discipline}`),
  );
}

function eventOf(news: MailNews): AlertEvent {
  const { personId } = news;
  if (news.news === 'failed') return { type: 'alert-failed', v: 1, personId, because: news.because };
  return { type: `alert-${news.news}`, v: 1, personId };
}

/** Whether this news came before, or comes too late. That a mail was accepted is news only where its sending was not recorded. */
const wasHeard = ({ heard, deliveries, leases }: AlertLife, { personId, news }: MailNews): boolean =>
  heard[personId] === 'failed' ||
  heard[personId] === news ||
  (news === 'accepted' && leases[personId] === undefined) ||
  (news === 'delayed' &&
    (heard[personId] !== undefined || deliveries.some((each) => each.personId === personId && each.delayed)));

/**
 * Records the news of one mail in the chain of each of its alerts. A delivered invitation to the team also makes the seat
 * informed. Failed mail marks the person's directory entry, until a mail that was sent after it is delivered. A repeat adds
 * nothing. False where one of its alerts was never requested. `now` is a UTC instant.
 */
export async function recordDelivery(parts: DeliveryParts, news: MailNews, now: string): Promise<boolean> {
  const { with: others = [], ...own } = news;
  let isKnown = true;
  // One mail may hold several alerts, and its news counts for all.
  for (const alertId of others) {
    const known = await recordOne(parts, { ...own, alertId, referralId: referralOf(alertId) }, now);
    isKnown &&= known;
  }
  return (await recordOne(parts, own, now)) && isKnown;
}

const frameAt = (now: string): CommitContext => ({
  now,
  actor: { kind: 'function', id: 'record-delivery' },
  cause: { kind: 'delivery' },
});

/**
 * The referral of an alert, undefined where it never requested the alert. As this process read it before, where the alert is in that:
 * what an alert is about never changes.
 */
async function referralOfAlert(ledger: DeliveryParts['ledger'], { referralId, alertId }: MailNews) {
  for (const enough of [1, undefined]) {
    const state = (await ledger.referral(referralId, enough))?.state;
    if (state?.alerts[alertId]) return state;
  }
  return undefined;
}

/** Whether the alert or notice was ever requested. A notice has a life from its first lease on. */
const isKnown = async (ledger: DeliveryParts['ledger'], { alertId }: MailNews): Promise<boolean> =>
  (await ledger.alert(alertId, 1)).commits.length > 0;

async function recordOne({ ledger, directory }: DeliveryParts, news: MailNews, now: string): Promise<boolean> {
  const { referralId, alertId, personId } = news;
  const isOfNotice = noticeIdParts(alertId) !== undefined;
  const referral = isOfNotice ? undefined : await referralOfAlert(ledger, news);
  if (isOfNotice ? !(await isKnown(ledger, news)) : !referral) return false;

  const commitContext = frameAt(now);
  const life = await ledger.changeAlert(
    alertId,
    commitContext,
    (before) => (wasHeard(before, news) ? [] : [eventOf(news)]),
    // The news before it, that SES accepted the mail, was read a moment ago. It adds nothing itself.
    news.news === 'accepted' ? 'anew' : 'as-read',
  );
  // After a failure, a mailbox stays marked, however often SES reports a delivery of the same mail.
  if (news.news === 'delivered' && life.heard[personId] !== 'delivered') return true;
  // Most mailboxes were never marked, so most deliveries change nothing in the directory.
  const wasMarked = life.failing.includes(personId);
  if (news.news === 'delivered' && wasMarked) await directory.markMail(personId, news.news, news.at);
  // A mail rejected for its content says nothing about the address.
  if (news.news === 'failed' && news.because !== 'reject') await directory.markMail(personId, news.news, now);

  if (news.news !== 'delivered') return true;
  if (referral?.alerts[alertId]?.kind !== 'mdt-invited') return true;
  await ledger.changeReferral(referralId, commitContext, (state, context) => {
    if (!state) return [];
    const decision = beginDecision(state, context);
    const holds = seatsAsked(state, alertId).filter((seat) => isHolder(seat, personId));
    for (const { discipline, informedAt } of holds) {
      if (informedAt === undefined) decision.add('seat-informed', { discipline, how: 'mail-delivered', at: news.at });
    }
    return decision.events();
  });
  return true;
}
