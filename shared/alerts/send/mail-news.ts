/** Parses the news that SES sends about a mail. */
import * as z from 'zod';
import { type MailTags, mailTags } from '../compose/tags.ts';

/** `at` is the instant of the delivery, UTC. */
export type MailNews = MailTags &
  (
    | { readonly news: 'delivered'; readonly at: string }
    | { readonly news: 'accepted' | 'delayed' }
    | { readonly news: 'failed'; readonly because: 'bounce' | 'complaint' | 'reject' }
  );

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const mail = z.object({ tags: z.record(z.string(), z.unknown()).default({}) });

const sesEvent = z.discriminatedUnion('eventType', [
  z.object({ eventType: z.literal('Delivery'), delivery: z.object({ timestamp: instant }), mail }),
  z.object({ eventType: z.literal('Bounce'), mail }),
  z.object({ eventType: z.literal('Complaint'), mail }),
  z.object({ eventType: z.literal('Reject'), mail }),
  z.object({ eventType: z.enum(['Send', 'DeliveryDelay']), mail }),
]);

const failures = { Bounce: 'bounce', Complaint: 'complaint', Reject: 'reject' } as const;

/** SES sends this once, when a topic becomes its event destination. It is no event. */
const greeting = /^Successfully validated SNS topic/;

/**
 * Reads the message of an SES event. Undefined for a mail without our tags. A bounce that may pass, such as a full mailbox,
 * counts as a failure. For a child's safety, the next person is better than the same mailbox later. Throws for text that is no
 * SES event.
 */
export function readMailNews(message: string): MailNews | undefined {
  if (greeting.test(message)) return undefined;
  const event = sesEvent.parse(JSON.parse(message));
  const tags = mailTags.safeParse(event.mail.tags);
  if (!tags.success) return undefined;
  if (event.eventType === 'Send') return { ...tags.data, news: 'accepted' };
  if (event.eventType === 'DeliveryDelay') return { ...tags.data, news: 'delayed' };
  return event.eventType === 'Delivery'
    ? { ...tags.data, news: 'delivered', at: event.delivery.timestamp }
    : { ...tags.data, news: 'failed', because: failures[event.eventType] };
}
