/** Mail that did not do its work, in words: alerts that reach nobody, and mail that did not arrive. */

import { leadsTeam, seesEveryReferral, type Visitor, within } from '../../../shared/application/access/visitor.ts';
import type { Alert as Asked } from '../../../shared/domain/alerts/alert-state.ts';
import { groupOf } from '../../../shared/domain/alerts/alert-watch.ts';
import type { AlertLife, Delivery, Failure } from '../../../shared/domain/alerts/alerts.ts';
import { groupsLeft, isAcknowledgedFor } from '../../../shared/domain/alerts/recipient-groups.ts';
import { groupsToTelephone } from '../../../shared/domain/alerts/unreached-rows.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import type { Directory } from '../../../shared/store/directory.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import { Alert, type Frame, Table } from '../app/layout.tsx';
import { recipientWords } from '../app/words.ts';
import { type TextMessage, TextMessages } from './text-view.tsx';

const failureWords: Readonly<Record<Failure, string>> = {
  bounce: 'came back: the mailbox does not take it',
  complaint: 'was called unwanted by whoever got it',
  reject: 'was not taken: what the directory holds is no address that can be written to',
  withheld: 'was withheld, as it held what must not leave',
  'no-answer': 'could not be handed over: the mail service did not answer',
};

/** What became of one mail. */
export function deliveryWords({ status, because, delayed }: Delivery): string {
  if (status === 'failed') return because === undefined ? 'failed' : failureWords[because];
  if (status === 'late') return 'was not delivered in time; nobody knows yet whether it arrives';
  return status === 'sent' && delayed ? 'sent; its delivery is delayed' : status;
}

/** A mail that somebody does not have, and what it was about. */
export interface Trouble extends Delivery {
  /** Whose mail it is. */
  readonly name: string;
  /** Empty where the directory has none. */
  readonly phone: string;
  readonly alertId: string;
  readonly kind: Asked['kind'];
  /** Somebody after them was written to. */
  readonly isFollowed: boolean;
}

/**
 * Of the alerts that someone has still to acknowledge: the mails that failed or are late, where no one has acknowledged the alert for their
 * line since, and the text messages that followed unanswered mail.
 */
export async function mailOf(
  { ledger, directory }: { readonly ledger: Pick<Ledger, 'alert'>; readonly directory: Pick<Directory, 'person'> },
  state: Referral,
): Promise<{ readonly trouble: readonly Trouble[]; readonly texts: readonly TextMessage[] }> {
  const open = Object.values(state.alerts).filter((alert) => groupsLeft(alert, state).length > 0);
  const lives = await Promise.all(open.map(async (alert) => ({ alert, ...(await ledger.alert(alert.id)).life })));
  const messages = lives.flatMap(({ deliveries, texts }) =>
    deliveries.flatMap(({ personId, addressedAs }) => {
      const text = texts[personId];
      return text ? [{ ...text, personId, addressedAs }] : [];
    }),
  );
  const mails = lives.flatMap(({ alert, deliveries }) =>
    deliveries
      .filter((each) => isTrouble(each) && !isAcknowledgedFor(groupOf(each.addressedAs), alert))
      .map((each) => ({
        ...each,
        kind: alert.kind,
        alertId: alert.id,
        isFollowed: deliveries.some(
          ({ addressedAs, order }) => groupOf(addressedAs) === groupOf(each.addressedAs) && order > each.order,
        ),
      })),
  );
  const found = await Promise.all(
    [...new Set([...mails, ...messages].map(({ personId }) => personId))].map((id) => directory.person(id)),
  );
  const people = new Map(found.flatMap((person) => (person ? [[person.id, person]] : [])));
  const nameOf = (personId: string) => {
    const person = people.get(personId);
    return person ? `${person.name}, ${person.title}` : personId;
  };
  return {
    trouble: mails.map((each) => ({
      ...each,
      name: nameOf(each.personId),
      phone: people.get(each.personId)?.phone ?? '',
    })),
    texts: messages.map((each) => ({ ...each, name: nameOf(each.personId) })),
  };
}

const isTrouble = ({ status }: AlertLife['deliveries'][number]) => status === 'failed' || status === 'late';

/** When each person who was asked to the team first opened the page of the invitation, by person; UTC instants. */
export async function seenOf(
  { ledger }: { readonly ledger: Pick<Ledger, 'alert'> },
  { alerts }: Referral,
): Promise<Readonly<Record<string, string>>> {
  const asked = Object.values(alerts).filter(({ kind }) => kind === 'mdt-invited');
  const lives = await Promise.all(asked.map(({ id }) => ledger.alert(id)));
  return Object.assign({}, ...lives.map(({ life }) => life.seen).toReversed()) as Readonly<Record<string, string>>;
}

/** The lines that this reader telephones: staff all of them, and the leaders of the team its seats. */
export const callsFor =
  (state: Referral, visitor: Visitor) =>
  (group: string): boolean =>
    seesEveryReferral(within(state, visitor)) || (leadsTeam(state, visitor) && /^seats?\b/.test(group));

interface MailTroubleProps {
  readonly state: Referral;
  readonly trouble: readonly Trouble[];
  readonly texts: readonly TextMessage[];
  /** A UTC instant. */
  readonly now: string;
  /** The telephone number of who is on call. */
  readonly oncall: string | undefined;
  readonly isTheirs: (group: string) => boolean;
}

const oncallWords = (oncall: string | undefined) => `On call: ${oncall ?? 'nobody else is in the directory'}.`;

/** Whom to telephone for a line: those whose mail did not arrive, as far as the directory has a number. */
const numbersOf = (trouble: readonly Trouble[], alertId: string, group: string): string =>
  trouble
    .filter((each) => each.alertId === alertId && groupOf(each.addressedAs) === group && each.phone !== '')
    .map(({ name, phone }) => `${name}, ${phone}`)
    .join('; ');

/** On the page of a referral. */
export function MailTrouble({ state, trouble, texts, now, oncall, isTheirs }: MailTroubleProps) {
  const unreached = Object.values(state.alerts).flatMap((alert) => {
    const groups = groupsToTelephone(alert, state).filter(isTheirs);
    return groups.length > 0 ? [{ ...alert, groups }] : [];
  });
  return (
    <>
      {unreached.length > 0 && (
        <Alert kind="error" heading="An alert reaches nobody">
          {unreached.map(({ id, kind, groups, requestedAt }) => (
            <>
              <p>
                {words(kind)}, {formatInstant(requestedAt)}. Telephone each of these, and record the call below:
              </p>
              <ul class="usa-list">
                {groups.map((group) => {
                  const numbers = numbersOf(trouble, id, group);
                  return <li>{numbers === '' ? recipientWords(group) : `${recipientWords(group)}: ${numbers}`}</li>;
                })}
              </ul>
            </>
          ))}
          <p>{oncallWords(oncall)}</p>
        </Alert>
      )}
      {trouble.length > 0 && (
        <Table
          caption="Mail that did not arrive"
          heads={['About', 'To', 'As', 'What became of it']}
          rows={trouble.map((each) => [
            words(each.kind),
            each.name,
            recipientWords(each.addressedAs),
            `${deliveryWords(each)}; ${each.isFollowed ? 'the next person was written to' : 'nobody else was written to'}`,
          ])}
        />
      )}
      <TextMessages texts={texts} now={now} />
    </>
  );
}

/** At the top of the queue: never silence where a chain of people is at its end. */
export const Unreached = ({
  frame,
  rows,
  oncall,
}: {
  readonly frame: Frame;
  readonly rows: readonly BoardRow[];
  readonly oncall: string | undefined;
}) =>
  rows.length === 0 ? null : (
    <Alert kind="error" heading="Alerts that reach nobody">
      <p>
        Everybody in line was written to and no mail arrives. Telephone whoever is asked, and record the call on the
        referral. {oncallWords(oncall)}
      </p>
      <ul class="usa-list">
        {rows.map(({ referralId, subject = '', groups = [], rule, due }) => (
          <li>
            <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>: {wordsInside(subject)}
            {groups.length > 0 && `, for ${groups.map((group) => recipientWords(group)).join(', ')}`}
            {rule === undefined ? `, asked ${formatInstant(due)}` : `, ${rule} due ${formatInstant(due)}`}
          </li>
        ))}
      </ul>
    </Alert>
  );
