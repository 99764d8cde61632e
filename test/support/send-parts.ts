/**
 * The dependencies of the function that sends mail, with the real words and the sample people. The test gives the mail
 * service.
 */
import type { SendParts } from '../../functions/send-alerts/deliver.ts';
import { checkedMail } from '../../shared/alerts/compose/guard.ts';
import { groupsOf, numberFor, oncallOf, outstanding } from '../../shared/alerts/compose/recipients.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { sampleContacts } from '../alerts/compose/sample-contacts.ts';

type Needed = Pick<SendParts, 'ledger' | 'cursors' | 'mailer'>;

/** What is given stands in place of what is here. */
export const sendParts = (given: Needed & Partial<SendParts>): SendParts => ({
  directory: sampleContacts(),
  alerts: { compose: checkedMail, groupsOf, numberFor, oncallOf, outstanding },
  policyOf,
  consoleUrl: 'http://127.0.0.1:3000',
  sender: 'careline@careline.example',
  countUnreachable: () => {},
  countWithheld: () => {},
  ...given,
});
