/** What a person still has to do after a deployment. Pure. */
import type { Given } from './given-settings.ts';

export interface Done {
  readonly outputs: Given;
  readonly isMailVerified: boolean;
  /** What the account says that could still be deleted, once protection is on. */
  readonly unprotected: readonly string[];
  /** The addresses that would get alarms and have not confirmed it: a mailbox, a paging service. */
  readonly unconfirmed: readonly string[];
  /** From the checks before the deployment. */
  readonly advice: readonly string[];
}

/** One line for each step, in the order to take them. Empty once nothing is left. */
export function nextSteps({ outputs, isMailVerified, unprotected, unconfirmed, advice }: Done): readonly string[] {
  const records = Object.entries(outputs).flatMap(([name, value]) => (/^DnsOfMail\d$/.test(name) ? [value] : []));
  const console = outputs.DnsOfConsole;
  return [
    ...(outputs.Protection === 'on'
      ? []
      : [
          'PROTECTION IS OFF: tables and people can still be deleted. Run the same command once more, and it is turned on.',
        ]),
    ...(outputs.Protection === 'on' && unprotected.length > 0
      ? [
          `PROTECTION IS NOT WHOLE: ${unprotected.join(', ')} can still be deleted. Ask the trail who switched it off, and run the same command once more.`,
        ]
      : []),
    ...(console === undefined ? [] : [`Point DNS at the console, unless it is done: ${console}`]),
    ...(isMailVerified ? [] : [`Put the records of mail into DNS, or none is sent: ${records.join(' and ')}`]),
    ...unconfirmed.map((address) =>
      address.startsWith('https://')
        ? `The paging service at ${address} must confirm the subscription of AWS Notifications, or it gets no alarm.`
        : `${address} must open the mail from AWS Notifications and confirm it, or alarms reach no person.`,
    ),
    ...advice,
  ];
}
