/**
 * The dependencies of the function that sends mail, with the real words and the sample people. The test gives the mail
 * service.
 */
import { recordDelivery } from '../../functions/record-delivery/record-delivery.ts';
import type { SendParts } from '../../functions/send-alerts/send-parts.ts';
import type { Mail, Mailer } from '../../shared/alerts/send/mailer.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts } from '../alerts/compose/sample-contacts.ts';

import type { Desk } from './desk.ts';

type Needed = Pick<SendParts, 'ledger' | 'cursors' | 'mailer'>;

/** What is given stands in place of what is here. */
export const sendParts = (given: Needed & Partial<SendParts>): SendParts => ({
  directory: sampleContacts(),
  policyOf,
  consoleUrl: 'http://127.0.0.1:3000',
  sender: 'careline@careline.example',
  countUnreachable: () => {},
  countSeatsNotReached: () => {},
  countWithheld: () => {},
  ...given,
});

/** The same with the ledger and the people of a desk. */
export const deskSendParts = ({ ledger, cursors, directory }: Desk, mailer: Mailer): SendParts =>
  sendParts({ ledger, cursors, directory, mailer, consoleUrl: 'https://careline.example/' });

/** SES reports that each of these mails arrived. */
export async function arrive({ ledger, now }: Desk, mails: readonly Mail[]): Promise<void> {
  const directory = { markMail: async () => {} };
  for (const { tags } of mails)
    await recordDelivery({ ledger, directory }, { ...tags, news: 'delivered', at: now }, now);
}
