/** AWS End User Messaging SMS in memory: which text messages it took. It takes the place of the texter. */
import { type Text, type Texter, textOf } from '../../shared/alerts/send/texter.ts';
import type { Faults } from './faults.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SentText {
  /** UTC instant at which the service took it. */
  readonly at: string;
  readonly to: string;
  readonly body: string;
}

interface TextOptions {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly crash: () => void;
  readonly isUp: () => boolean;
}

const throttled = () =>
  Object.assign(new Error('Rate exceeded.'), { name: 'ThrottlingException', $fault: 'client' as const });

export function createTextService({ time, faults, crash, isUp }: TextOptions) {
  const sent: SentText[] = [];
  const texter: Texter = {
    async send({ to, ...text }: Text) {
      await undefined;
      if (!isUp()) throw new Error('The process has died.');
      if (faults.happens('text-throttled', 'sms')) throw throttled();
      if (faults.happens('text-refused', 'sms')) return undefined;
      sent.push({ at: time.iso(), to, body: textOf(text) });
      if (faults.happens('text-accepted-then-crash', 'sms')) {
        crash();
        throw new Error('The process has died.');
      }
      return `text-${sent.length}`;
    },
  };
  return { sent, texter };
}
