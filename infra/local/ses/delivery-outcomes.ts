/** What becomes of a mail at its recipients, and the events SES tells of it. */
import { randomUUID } from 'node:crypto';

/** Each word is what SES would see happen at one address. */
export type DeliveryOutcome = 'delivered' | 'bounced' | 'complained' | 'delayed' | 'suppressed';

export interface SesEvent {
  /** As in `eventType`: Send, Delivery, Bounce, Complaint, DeliveryDelay. */
  readonly type: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * An address at a `.example` domain whose local part begins with one of these words. So the mailbox of a sample person
 * can be gone, complain, or be out of reach for now.
 */
const sampleMailboxes: readonly (readonly [string, DeliveryOutcome])[] = [
  ['bounce', 'bounced'],
  ['complaint', 'complained'],
  ['delay', 'delayed'],
];

/** The fate of one address by its form alone; suppression is for the caller to know. */
export function outcomeOf(address: string): DeliveryOutcome {
  const at = address.lastIndexOf('@');
  const [local, domain] = [address.slice(0, at).toLowerCase(), address.slice(at + 1).toLowerCase()];
  if (!domain.endsWith('.example')) return 'delivered';
  return sampleMailboxes.find(([word]) => local.startsWith(word))?.[1] ?? 'delivered';
}

/** Why the account's suppression list takes up an address of this fate, if it does. */
export const suppressionReason = (outcome: DeliveryOutcome): 'BOUNCE' | 'COMPLAINT' | undefined =>
  outcome === 'bounced' ? 'BOUNCE' : outcome === 'complained' ? 'COMPLAINT' : undefined;

const gone = { action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' };
const onList = {
  action: 'failed',
  status: '5.1.1',
  diagnosticCode:
    "Amazon SES did not send the message to this address because it is on the account's suppression list.",
};

/** The events of an accepted mail in the order SES sends them, without their `mail` part. `instant`: epoch ms. */
export function eventsOf(deliveryOutcomes: ReadonlyMap<string, DeliveryOutcome>, instant: number): SesEvent[] {
  const timestamp = new Date(instant).toISOString();
  const whose = (...wanted: DeliveryOutcome[]) =>
    [...deliveryOutcomes].filter(([, outcome]) => wanted.includes(outcome)).map(([address]) => address);
  const events: SesEvent[] = [{ type: 'Send', detail: { send: {} } }];
  const tell = (type: string, recipients: readonly string[], detail: () => Record<string, unknown>) => {
    if (recipients.length > 0) events.push({ type, detail: detail() });
  };
  const bounce = (outcome: DeliveryOutcome, bounceSubType: string, how: Record<string, string>) => {
    tell('Bounce', whose(outcome), () => ({
      bounce: {
        feedbackId: randomUUID(),
        bounceType: 'Permanent',
        bounceSubType,
        bouncedRecipients: whose(outcome).map((emailAddress) => ({ emailAddress, ...how })),
        timestamp,
        reportingMTA: 'dsn; mta.example',
      },
    }));
  };

  tell('Delivery', whose('delivered', 'complained'), () => ({
    delivery: {
      timestamp,
      processingTimeMillis: 0,
      recipients: whose('delivered', 'complained'),
      smtpResponse: '250 2.6.0 Message received',
      reportingMTA: 'mta.example',
    },
  }));
  bounce('bounced', 'General', gone);
  bounce('suppressed', 'OnAccountSuppressionList', onList);
  tell('Complaint', whose('complained'), () => ({
    complaint: {
      feedbackId: randomUUID(),
      complaintSubType: null,
      complainedRecipients: whose('complained').map((emailAddress) => ({ emailAddress })),
      timestamp,
      complaintFeedbackType: 'abuse',
      arrivalDate: timestamp,
    },
  }));
  tell('DeliveryDelay', whose('delayed'), () => ({
    deliveryDelay: {
      timestamp,
      delayType: 'TransientCommunicationFailure',
      expirationTime: new Date(instant + 14 * 3_600_000).toISOString(),
      delayedRecipients: whose('delayed').map((emailAddress) => ({
        emailAddress,
        status: '4.4.1',
        diagnosticCode: 'smtp; 421 4.4.1 Unable to connect to remote host',
      })),
    },
  }));
  return events;
}
