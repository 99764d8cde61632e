/** The service level of mail: 99.9 % of urgent mails are accepted by SES within two minutes of their commit. */
import { isNotice, type Outgoing, pressesAt } from '../../domain/alerts/outgoing.ts';
import type { Addressee } from './recipients.ts';

const mostMilliseconds = 120_000;

/**
 * The instant from which an urgent mail is measured: the commit that requested it. Undefined for a mail that is not of
 * class `now`. Also for one to a later person of a group, because that one waits for the first.
 */
export const measuredFrom = (about: Outgoing, { order }: Pick<Addressee, 'order'>): string | undefined =>
  !isNotice(about) && order === 1 && pressesAt(about) ? about.alert.requestedAt : undefined;

/** Whether a mail that was accepted at this instant broke the service level. `acceptedAt` undefined: it never was. */
export const isLate = (requestedAt: string, acceptedAt: string | undefined): boolean =>
  acceptedAt === undefined || Date.parse(acceptedAt) - Date.parse(requestedAt) > mostMilliseconds;
