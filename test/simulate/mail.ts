/** SES in memory: what became of each mail, and the news of it. */
import { SESClient, SESServiceException, type SendRawEmailCommand } from '@aws-sdk/client-ses';
import { inPlaceOf } from './client.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SentMail {
  /** UTC instant at which SES accepted it. */
  readonly at: string;
  readonly alertId: string;
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
  new SESServiceException({ name: 'Throttling', $fault: 'client', message: 'Maximum sending rate exceeded.', $metadata: {} });

export function createMailService({ time, faults, tell, crash, isUp }: MailOptions) {
  const sent: SentMail[] = [];
  let count = 0;

  function news(fate: 'delivered' | 'bounced', tags: Record<string, string[]>): void {
    const delay = faults.happens('news-late', 'ses') ? faults.dice.between(60_000, 7_200_000) : faults.dice.between(500, 20_000);
    time.at(time.now() + delay, () => {
      const mail = { tags };
      const message =
        fate === 'bounced'
          ? JSON.stringify({ eventType: 'Bounce', mail })
          : JSON.stringify({ eventType: 'Delivery', mail, delivery: { timestamp: time.iso() } });
      tell(message);
      if (faults.happens('news-twice', 'ses')) tell(message);
    });
  }

  const send = async ({ input }: SendRawEmailCommand): Promise<{ MessageId: string }> => {
    await undefined;
    if (!isUp()) throw new Error('The process has died.');
    if (faults.happens('mail-throttled', 'ses')) throw throttled();
    count += 1;
    const tags = Object.fromEntries((input.Tags ?? []).map(({ Name = '', Value = '' }) => [Name, [Value]]));
    const tag = (name: string) => (tags[name]?.[0] ?? '').replaceAll('_', '.');
    const bounces = faults.happens('mail-bounces', 'ses');
    const dropped = faults.happens('mail-dropped', 'ses');
    const fate = bounces ? 'bounced' : dropped ? 'dropped' : 'delivered';
    const unrecorded = faults.happens('mail-accepted-then-crash', 'ses');
    sent.push({
      at: time.iso(),
      alertId: tag('alertId'),
      personId: tag('personId'),
      fate,
      unrecorded,
      raw: Buffer.from(input.RawMessage?.Data ?? []).toString('utf8'),
    });
    if (fate !== 'dropped') news(fate, tags);
    if (unrecorded) {
      crash();
      throw new Error('The process has died.');
    }
    return { MessageId: `mail-${count}` };
  };

    return { sent, client: inPlaceOf(SESClient.prototype, send) };
}
