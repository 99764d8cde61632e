/** The recipient groups of one alert, by the functions that the sender calls. */
import { groupsOf, lookupsOf, type RecipientGroup, type ToldBefore } from '../../shared/alerts/compose/recipients.ts';
import { type AlertDirectory, readContacts } from '../../shared/application/read/contacts.ts';
import type { Alert } from '../../shared/domain/alerts/alert-state.ts';
import type { Referral } from '../../shared/domain/referral.ts';

/** By the directory at `now`, a UTC instant. Throws where it does not answer. */
export async function findGroups(
  alert: Alert,
  state: Referral,
  directory: AlertDirectory,
  now: string,
  before: ToldBefore = {},
): Promise<readonly RecipientGroup[]> {
  const contacts = await readContacts(directory, lookupsOf(alert, state, before), now, (fault) => {
    throw fault;
  });
  return groupsOf(alert, state, contacts, now, before).groups;
}
