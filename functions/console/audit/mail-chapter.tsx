/** The mail in an audit. */
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { checkpointName } from '../../../shared/domain/audit/run-states.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { Table } from '../app/components/table.tsx';
import { recipientWords } from '../app/page-words.ts';
import { deliveryWords } from '../referral/mail-view.tsx';
import { textWords } from '../referral/text-view.tsx';
import { type ChapterProps, dutyIn, paged } from './chapter.tsx';

/** Every alert with its e-mails and text messages, the latest first. */
export function Mail(props: ChapterProps) {
  const { audit, frame, nameOf } = props;
  const duty = dutyIn(props);
  const { rows, Pages } = paged(
    audit.alerts.toSorted((one, other) => Date.parse(other.requestedAt) - Date.parse(one.requestedAt)),
    props,
  );
  return (
    <>
      <Table
        caption="Alerts, e-mails and text messages, the latest first"
        heads={['When', 'About', 'To', 'E-mails and texts', 'Outcome']}
        rows={rows.map((alert) => [
          formatInstant(alert.requestedAt),
          aboutOf(alert, duty),
          [...alert.to.map(recipientWords), ...alert.people.map(nameOf)].join(', '),
          <Deliveries alert={alert} nameOf={nameOf} now={frame.now} />,
          alert.acknowledgedBy !== undefined
            ? `Acknowledged by ${nameOf(alert.acknowledgedBy)}`
            : alert.unreachable
              ? 'No one could be reached'
              : 'Not acknowledged',
        ])}
      />
      <Pages />
    </>
  );
}

/** `Call: Screen the child, and 1 more`: what an alert tells of, and its first duty. */
function aboutOf(alert: ShownAudit['alerts'][number], duty: (id: string) => string): string {
  const { checkpoint, kind } = alert;
  const [first, ...others] = deadlineIdsOf(alert);
  const what = checkpoint ? checkpointName(checkpoint) : kind && words(kind);
  const title = [what, first && duty(first)].filter(Boolean).join(': ');
  if (title === '') return 'Not for auditors to read';
  return `${title}${others.length > 0 ? `, and ${others.length} more` : ''}`;
}

interface DeliveriesProps {
  readonly alert: ShownAudit['alerts'][number];
  readonly nameOf: (personId: string) => string;
  /** A UTC instant. */
  readonly now: string;
}

const Deliveries = ({ alert: { deliveries, texts }, nameOf, now }: DeliveriesProps) =>
  deliveries.length === 0 ? (
    <>None yet</>
  ) : (
    <ul class="usa-list">
      {deliveries.map((delivery) => (
        <li>
          {nameOf(delivery.personId)} as {inside(recipientWords(delivery.addressedAs))}: {deliveryWords(delivery)},{' '}
          {formatInstant(delivery.at)}
        </li>
      ))}
      {texts.map(({ personId, ...text }) => (
        <li>
          {nameOf(personId)}: {textWords(text, now)}
        </li>
      ))}
    </ul>
  );
