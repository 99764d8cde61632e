/** SES in memory: what became of each mail, and the news of it. It takes the place of the mailer, so no MIME is written. */
import { SESServiceException } from '@aws-sdk/client-ses';
import { encodeTags } from '../../shared/alerts/compose/tags.ts';
import type { Mail, Mailer } from '../../shared/alerts/send/mailer.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SentMail {
  /** UTC instant at which SES accepted it. */
  readonly at: string;
  /** All that it tells of. */
  readonly alertIds: readonly string[];
  readonly personId: string;
  readonly fate: 'delivered' | 'bounced' | 'dropped';
  /** The process died, or the function failed, between the acceptance and our record of it. */
  readonly unrecorded: boolean;
  readonly raw: string;
}

interface MailOptions {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly tell: (message: string) => void;
  readonly crash: () => void;
  readonly isUp: () => boolean;
}

const throttled = () =>
  new SESServiceException({
    name: 'Throttling',
    $fault: 'client',
    message: 'Maximum sending rate exceeded.',
    $metadata: {},
  });

export function createMailService({ time, faults, tell, crash, isUp }: MailOptions) {
  const sent: SentMail[] = [];
  let count = 0;

  function news(fate: 'accepted' | 'delivered' | 'bounced', tags: Record<string, string[]>): void {
    const delay = faults.happens('news-late', 'ses')
      ? faults.dice.between(60_000, 7_200_000)
      : faults.dice.between(500, 20_000);
    time.at(time.now() + delay, () => {
      const mail = { tags };
      const message = {
        accepted: { eventType: 'Send', mail },
        delivered: { eventType: 'Delivery', mail, delivery: { timestamp: time.iso() } },
        bounced: { eventType: 'Bounce', mail },
      }[fate];
      tell(JSON.stringify(message));
      if (faults.happens('news-twice', 'ses')) tell(JSON.stringify(message));
    });
  }

  const send = async (isDoomed: boolean, { to, subject, text, tags: mailTags }: Mail): Promise<string> => {
    await undefined;
    if (!isUp()) throw new Error('The process has died.');
    if (faults.happens('mail-throttled', 'ses')) throw throttled();
    count += 1;
    const tags = Object.fromEntries(encodeTags(mailTags).map(({ Name, Value }) => [Name, [Value]]));
    const bounces = faults.happens('mail-bounces', 'ses');
    const dropped = faults.happens('mail-dropped', 'ses');
    const fate = bounces ? 'bounced' : dropped ? 'dropped' : 'delivered';
    const unrecorded = faults.happens('mail-accepted-then-crash', 'ses');
    sent.push({
      at: time.iso(),
      alertIds: [mailTags.alertId, ...(mailTags.with ?? [])],
      personId: mailTags.personId,
      fate,
      unrecorded: unrecorded || isDoomed,
      raw: `${to}\n${subject}\n${text}`,
    });
    if (fate !== 'dropped') for (const each of ['accepted', fate] as const) news(each, tags);
    if (unrecorded) {
      crash();
      throw new Error('The process has died.');
    }
    return `mail-${count}`;
  };

  return {
    sent,
    /** For one invocation; `isDoomed` where it may end before it has recorded what it sent. */
    mailer: (isDoomed: boolean): Mailer => ({ send: (mail) => send(isDoomed, mail) }),
  };
}
