/** Mail that failed, in words: alerts without any reachable recipient, and mail that did not arrive. */

import { leadsTeam, seesEveryReferral, type Visitor, within } from '../../../shared/application/access/visitor.ts';
import type { ShownView } from '../../../shared/application/read/shown-view.ts';
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { groupOf } from '../../../shared/domain/alerts/addressed-as.ts';
import type { Alert as Asked } from '../../../shared/domain/alerts/alert-state.ts';
import type { AlertLife, Delivery, Failure } from '../../../shared/domain/alerts/alerts.ts';
import { groupsLeft, isAcknowledgedFor } from '../../../shared/domain/alerts/recipient-groups.ts';
import { groupsToTelephone } from '../../../shared/domain/alerts/unreached-rows.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { inside, keepingCareline } from '../../../shared/domain/words/words.ts';
import type { Directory } from '../../../shared/store/directory-reads.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { recipientWords } from '../app/page-words.ts';
import { type TextMessage, TextMessages } from './text-view.tsx';

const failureWords: Readonly<Record<Failure, string>> = {
  bounce: 'came back: the mailbox does not take it',
  complaint: 'was called unwanted by its recipient',
  reject: 'was not taken: what the directory holds is no address that can be written to',
  withheld: 'was withheld, as it held what must not leave',
  'no-answer': 'could not be handed over: the mail service did not answer',
};

/** What became of one mail. */
export function deliveryWords({ status, because, delayed }: Delivery): string {
  if (status === 'failed') return because === undefined ? 'failed' : failureWords[because];
  if (status === 'late') return 'was not delivered in time; it may still arrive';
  return status === 'sent' && delayed ? 'sent; its delivery is delayed' : status;
}

/** A mail that did not reach its recipient, and what it was about. */
export interface Trouble extends Delivery {
  /** The name of the mail's recipient. */
  readonly name: string;
  /** Empty where the directory has none. */
  readonly phone: string;
  readonly alertId: string;
  readonly kind: Asked['kind'];
  /** A later person of the same group got a mail. */
  readonly isFollowed: boolean;
}

/**
 * For the alerts that still wait for an acknowledgement: failed or late mails, and text messages after unanswered mail.
 * A mail is left out once its recipient group has acknowledged.
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

/** The UTC instant at which each invited person first opened the invitation's page, by person. */
export async function seenOf(
  { ledger }: { readonly ledger: Pick<Ledger, 'alert'> },
  { alerts }: Referral,
): Promise<Readonly<Record<string, string>>> {
  const asked = Object.values(alerts).filter(({ kind }) => kind === 'mdt-invited');
  const lives = await Promise.all(asked.map(({ id }) => ledger.alert(id)));
  return Object.assign({}, ...lives.map(({ life }) => life.seen).toReversed()) as Readonly<Record<string, string>>;
}

/** The recipient groups that this reader telephones: all for staff, the seats for leaders of the team. */
export const callsFor =
  (state: Referral, visitor: Visitor) =>
  (group: string): boolean =>
    seesEveryReferral(within(state, visitor)) || (leadsTeam(state, visitor) && /^seats?\b/.test(group));

interface MailTroubleProps {
  readonly state: Referral;
  /** The alerts as this reader sees them: one that tells of the child may have no kind. */
  readonly alerts: ShownView['alerts'];
  readonly trouble: readonly Trouble[];
  readonly texts: readonly TextMessage[];
  /** A UTC instant. */
  readonly now: string;
  /** The telephone number of the person on call. */
  readonly oncall: string | undefined;
  readonly isTheirs: (group: string) => boolean;
}

const oncallWords = (oncall: string | undefined) => `On call: ${oncall ?? 'no one else is in the directory'}.`;

/** The numbers to telephone for a group: recipients without the mail who have a number in the directory. */
const numbersOf = (trouble: readonly Trouble[], alertId: string, group: string): string =>
  trouble
    .filter((each) => each.alertId === alertId && groupOf(each.addressedAs) === group && each.phone !== '')
    .map(({ name, phone }) => `${name}, ${phone}`)
    .join('; ');

/** The alerts of a referral that reach no one, and the people to telephone. */
export function Unanswered({
  state,
  alerts,
  trouble,
  oncall,
  isTheirs,
}: Pick<MailTroubleProps, 'state' | 'alerts' | 'trouble' | 'oncall' | 'isTheirs'>) {
  const kindOf = (alertId: string) => alerts.find(({ id }) => id === alertId)?.kind;
  const unreached = Object.values(state.alerts).flatMap((alert) => {
    const groups = groupsToTelephone(alert, state).filter(isTheirs);
    return groups.length > 0 ? [{ ...alert, kind: kindOf(alert.id), groups }] : [];
  });
  if (unreached.length === 0) return null;
  return (
    <Alert kind="error" heading="An alert reaches no one">
      {unreached.map(({ id, kind, groups, requestedAt }) => (
        <>
          <p>
            {kind === undefined ? 'News' : words(kind)}, {formatInstant(requestedAt)}. Telephone each of these, and
            record the call:
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
  );
}

/** The mail trouble of a referral. */
export function MailTrouble({ trouble, texts, now, ...unanswered }: MailTroubleProps) {
  return (
    <>
      <Unanswered trouble={trouble} {...unanswered} />
      {trouble.length > 0 && (
        <Table
          caption="Mail that did not arrive"
          heads={['About', 'To', 'As', 'What became of it']}
          rows={trouble.map((each) => [
            words(each.kind),
            each.name,
            recipientWords(each.addressedAs),
            `${deliveryWords(each)}; ${each.isFollowed ? 'the next person was written to' : 'no one else was written to'}`,
          ])}
        />
      )}
      <TextMessages texts={texts} now={now} />
    </>
  );
}

/** So many alerts are listed at once, the newest first. */
const mostAlerts = 15;

/** The mail of a referral: its recipients, and who is handling it. */
export function SentMail({
  alerts,
  nameOf,
  waitsUntil,
  now,
}: {
  readonly alerts: ReferralView['alerts'];
  readonly nameOf: (personId: string) => string;
  /** Until when the mail of an alert still waits, a UTC instant. Undefined for what has gone. */
  readonly waitsUntil: (alertId: string) => string | undefined;
  /** A UTC instant. */
  readonly now: string;
}) {
  const newest = alerts.toSorted((one, other) => Date.parse(other.requestedAt) - Date.parse(one.requestedAt));
  const rowOf = ({ id, kind, to, people, requestedAt, acknowledgedBy }: ReferralView['alerts'][number]) => {
    const until = waitsUntil(id);
    const answer = until === undefined ? 'No answer recorded' : 'Not told yet';
    return [
      words(kind),
      [...to.map(recipientWords), ...people.map(nameOf)].join(' · '),
      until === undefined ? clockTime(requestedAt, now) : `waits until ${clockTime(until, now)}`,
      acknowledgedBy === undefined ? answer : nameOf(acknowledgedBy),
    ];
  };
  const heads = ['About', 'To', 'Sent', 'Handled by'];
  const [first, others] = [newest.slice(0, mostAlerts), newest.slice(mostAlerts)];
  if (first.length === 0) return <p>No mail was sent yet.</p>;
  return (
    <>
      <Table caption="Latest mail" heads={heads} rows={first.map(rowOf)} />
      {others.length > 0 && (
        <details>
          <summary>{others.length} earlier</summary>
          <Table caption="Earlier mail" heads={heads} rows={others.map(rowOf)} />
        </details>
      )}
    </>
  );
}

/** Recipients of the same words, such as people named by their ids, are counted. */
export function groupWords(groups: readonly string[]): string {
  const counted = Map.groupBy(groups.map(recipientWords), (each) => keepingCareline(inside(each)));
  return [...counted].map(([each, { length }]) => (length === 1 ? each : `${each} (${length} people)`)).join(', ');
}

/** Stands at the top of the queue, so that an alert without any reachable recipient is never silent. */
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
    <Alert kind="error" heading="Undelivered alerts">
      <p>
        We wrote to each person in line, and no mail arrives. Telephone these recipients, and record the call on the
        referral. {oncallWords(oncall)}
      </p>
      <ul class="usa-list">
        {rows.map(({ referralId, subject = 'news', groups = [], rule, due }) => (
          <li>
            <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>: {wordsInside(subject)}
            {groups.length > 0 && `, for ${groupWords(groups)}`}
            {rule === undefined ? `, asked ${formatInstant(due)}` : `, ${rule} due ${formatInstant(due)}`}
          </li>
        ))}
      </ul>
    </Alert>
  );
