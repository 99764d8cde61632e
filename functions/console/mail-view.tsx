/** Mail that did not do its work, in words: alerts that reach nobody, and mail that did not arrive. */
import { isAcknowledgedFor, linesLeft } from '../../shared/domain/alert-lines.ts';
import { wordOf } from '../../shared/domain/alert-watch.ts';
import type { AlertLife, Delivery, Failure } from '../../shared/domain/alerts.ts';
import type { BoardRow } from '../../shared/domain/board-rows.ts';
import { formatInstant } from '../../shared/domain/due.ts';
import type { Alert as Asked, Referral } from '../../shared/domain/referral.ts';
import { reachesNobody } from '../../shared/domain/unreached-rows.ts';
import type { Directory } from '../../shared/store/directory.ts';
import type { Ledger } from '../../shared/store/ledger.ts';
import { Alert, type Frame, Table } from './layout.tsx';
import { namesOf } from './lookups.ts';
import { recipientWords, words, wordsInside } from './words.ts';

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
  readonly kind: Asked['kind'];
}

/** The mails of these alerts that failed or are late, where nobody has acknowledged the alert for their line since. */
export async function troubleOf(
  { ledger, directory }: { readonly ledger: Pick<Ledger, 'alert'>; readonly directory: Pick<Directory, 'person'> },
  state: Referral,
): Promise<readonly Trouble[]> {
  const open = Object.values(state.alerts).filter((alert) => linesLeft(alert, state).length > 0);
  const lives = await Promise.all(open.map(async (alert) => ({ alert, ...(await ledger.alert(alert.id)).life })));
  const mails = lives.flatMap(({ alert, deliveries }) =>
    deliveries
      .filter((each) => isTrouble(each) && !isAcknowledgedFor(wordOf(each.as), alert))
      .map((each) => ({ ...each, kind: alert.kind })),
  );
  const nameOf = await namesOf(
    directory,
    mails.map(({ personId }) => personId),
  );
  return mails.map((each) => ({ ...each, name: nameOf(each.personId) }));
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

interface MailTroubleProps {
  readonly state: Referral;
  readonly trouble: readonly Trouble[];
}

/** On the page of a referral. */
export function MailTrouble({ state, trouble }: MailTroubleProps) {
  const unreached = Object.values(state.alerts).filter((alert) => reachesNobody(alert, state));
  return (
    <>
      {unreached.length > 0 && (
        <Alert kind="error" heading="An alert reaches nobody">
          {unreached.map(({ kind, to, requestedAt }) => (
            <p>
              {words(kind)}, {formatInstant(requestedAt)}, for {to.map(recipientWords).join(', ')}. Telephone, and
              record the call below.
            </p>
          ))}
        </Alert>
      )}
      {trouble.length > 0 && (
        <Table
          caption="Mail that did not arrive: the next person was written to"
          heads={['About', 'To', 'As', 'What became of it']}
          rows={trouble.map((each) => [words(each.kind), each.name, recipientWords(each.as), deliveryWords(each)])}
        />
      )}
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
        referral. On call: {oncall ?? 'nobody is in the directory'}.
      </p>
      <ul class="usa-list">
        {rows.map(({ referralId, subject = '', rule, due }) => (
          <li>
            <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>: {wordsInside(subject)}
            {rule === undefined ? `, asked ${formatInstant(due)}` : `, ${rule} due ${formatInstant(due)}`}
          </li>
        ))}
      </ul>
    </Alert>
  );
