/**
 * The whole history of one referral, for administrators and auditors: events, waits, mail, and whether the chain is
 * intact.
 */
import type { Child } from 'hono/jsx';
import type { redactContent } from '../../../shared/application/access/redact-sealed.ts';
import { factsRecorded, type ShownEvent } from '../../../shared/application/read/pathway-events.ts';
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { personFields, teamNameOf } from '../app/lookups.ts';
import { wordingOf } from '../app/spoken.ts';
import { recipientWords } from '../app/words.ts';
import { DeadlineState, waitsOn } from '../referral/deadline-view.tsx';
import { emergencyAccessPath } from '../referral/emergency-access.tsx';
import { deliveryWords } from '../referral/mail-view.tsx';
import { textWords } from '../referral/text-view.tsx';

interface AuditPageProps {
  readonly frame: Frame;
  readonly audit: ShownAudit;
  readonly policy: Policy;
  readonly nameOf: NameOf;
  /** Whether emergency access was used here. */
  readonly hasEmergencyAccess: boolean;
}

/** The name of a person in the place of the id. */
type NameOf = (personId: string) => string;

export const AuditPage = ({ frame, audit, policy, nameOf, hasEmergencyAccess }: AuditPageProps) => (
  <Page frame={frame} title={`Audit of ${audit.referralId}`}>
    <h1>
      Audit of <Reference id={audit.referralId} />
    </h1>
    <p>
      <a href={`${frame.base}/referrals/${audit.referralId}`}>The referral</a>.{' '}
      {hasEmergencyAccess && (
        <a href={`${frame.base}${emergencyAccessPath(audit.referralId)}`}>Emergency access and its review</a>
      )}{' '}
      Stage: {wordsInside(audit.stage)}. Policy: {audit.policy}. All times are New York time.
    </p>
    <p class="prose">The audit shows the steps, clocks, mail and reads. Facts about the child are not in it.</p>
    <ChainResult audit={audit} />
    {(audit.doubt.open.length > 0 || audit.doubt.words.length > 0) && (
      <p>
        <a href={`${frame.base}/records/${audit.referralId}`}>
          {audit.doubt.open.length > 0
            ? 'People cannot change it until a supervisor confirms it: what was found'
            : 'A supervisor confirmed it: what was found, and by which person'}
        </a>
      </p>
    )}
    <Table
      caption="What happened: the commits of the ledger"
      heads={['No.', 'When', 'Who', 'What', 'Set off by']}
      rows={audit.commits.map(({ seq, at, actor, onBehalfOf, cause, events }) => [
        `${seq}`,
        formatInstant(at),
        actor.kind === 'person' ? withPrincipal(nameOf(actor.id), onBehalfOf, nameOf) : `The function ${actor.id}`,
        <Events events={events} nameOf={nameOf} />,
        causeWords(cause),
      ])}
    />
    <Table
      caption="Deadlines"
      heads={['Deadline', 'State', 'Began', 'Due', 'Waits on']}
      rows={audit.deadlines.map((deadline) => [
        `${deadline.id}: ${wordingOf('en').duty(policy, deadline)}`,
        <DeadlineState deadline={deadline} now={frame.now} />,
        formatInstant(deadline.start),
        formatInstant(deadline.due),
        waitsOn(deadline, wordingOf('en')),
      ])}
    />
    <Table
      caption="Runs"
      heads={['Run', 'Execution', 'State']}
      rows={audit.runs.map(({ run, execution, waitsFor }) => [run, execution, runState(run, waitsFor, audit.waits)])}
    />
    <h2>Waits</h2>
    {audit.waits.length === 0 ? (
      <p>No run waits for anything now.</p>
    ) : (
      <Table
        caption="Waits: what each run stands at now"
        heads={['Run', 'Waits on', 'Since', 'What happens next']}
        rows={audit.waits.map(({ run, generation, since, on, next }) => [
          `${run}, generation ${generation}`,
          on.map((each) => runWaits[each] ?? recipientWords(each)).join(', '),
          formatInstant(since),
          next ? `${words(next.kind)} at ${formatInstant(next.at)}` : 'Goes on when a person acts',
        ])}
      />
    )}
    <Table
      caption="Alerts, e-mails and text messages"
      heads={['Alert', 'About', 'To', 'E-mails and texts', 'Outcome']}
      rows={audit.alerts.map((alert) => [
        `${alert.id}, ${formatInstant(alert.requestedAt)}`,
        [alert.kind && words(alert.kind), alert.checkpoint && wordsInside(alert.checkpoint), ...deadlineIdsOf(alert)]
          .filter(Boolean)
          .join(', '),
        [...alert.to.map(recipientWords), ...alert.people.map(nameOf)].join(', '),
        <Deliveries alert={alert} nameOf={nameOf} now={frame.now} />,
        alert.acknowledgedBy !== undefined
          ? `Acknowledged by ${nameOf(alert.acknowledgedBy)}`
          : alert.unreachable
            ? 'No one could be reached'
            : 'Not acknowledged',
      ])}
    />
    <Reads accesses={audit.accesses} nameOf={nameOf} />
  </Page>
);

/** Every read of facts about the child, and of who the child is, newest first. */
const Reads = ({ accesses, nameOf }: { readonly accesses: ShownAudit['accesses']; readonly nameOf: NameOf }) => (
  <>
    <h2>Who read of the child</h2>
    {accesses.length === 0 ? (
      <p>No one has read of the child.</p>
    ) : (
      <Table
        caption="Reads of facts and of who the child is, each written down before it happened"
        heads={['When', 'Who', 'What', 'What for']}
        rows={accesses.map(({ at, personId, onBehalfOf, read, purpose }) => [
          formatInstant(at),
          withPrincipal(nameOf(personId), onBehalfOf, nameOf),
          read.map(labelOf).join(', '),
          purpose === undefined ? 'Not recorded' : words(purpose),
        ])}
      />
    )}
  </>
);

/** What a reader sees of a sealed referral that does not name them: who acted and who read. It holds no content. */
export const SealedAuditPage = ({
  frame,
  audit,
  nameOf,
}: {
  readonly frame: Frame;
  readonly audit: ReturnType<typeof redactContent>;
  readonly nameOf: NameOf;
}) => (
  <Page frame={frame} title={`Audit of ${audit.referralId}, which is sealed`}>
    <h1>A sealed referral</h1>
    <p>
      {audit.referralId} is sealed, so what happened in it is shown to those alone who are named. It is {audit.stage}{' '}
      and has {audit.commits.length} commits. Its chains are {isIntact(audit) ? 'intact' : 'damaged'}. All times are New
      York time.
    </p>
    <Table
      caption="Who acted, without what was done"
      heads={['No.', 'When', 'Who']}
      rows={audit.commits.map(({ seq, at, actor, onBehalfOf }) => [
        `${seq}`,
        formatInstant(at),
        actor.kind === 'person' ? withPrincipal(nameOf(actor.id), onBehalfOf, nameOf) : `The function ${actor.id}`,
      ])}
    />
    <Reads accesses={audit.accesses} nameOf={nameOf} />
  </Page>
);

/** Both names, where a person acted for a colleague on leave. */
const withPrincipal = (actor: string, onBehalfOf: string | undefined, nameOf: NameOf): string =>
  onBehalfOf === undefined ? actor : `${actor} (on behalf of ${nameOf(onBehalfOf)})`;

/** What the run of a referral waits for. The run of a deadline waits for people. */
const runWaits: Readonly<Record<string, string>> = {
  screening: 'The person who screens the child',
  resolution: 'The person who settles the referral or screens the child again',
};

function runState(run: string, waitsFor: ShownAudit['runs'][number]['waitsFor'], waits: ShownAudit['waits']): string {
  if (waitsFor === 'nothing') return 'Has ended, or is about to';
  const wait = waits.find((each) => each.run === run);
  return wait ? `Waits for people since ${formatInstant(wait.since)}` : 'Runs';
}

const isIntact = ({
  chain,
  alertChainsIntact,
  accessChainIntact,
}: Pick<ShownAudit, 'chain' | 'alertChainsIntact' | 'accessChainIntact'>): boolean =>
  chain.intact && alertChainsIntact && accessChainIntact;

function ChainResult({ audit }: { readonly audit: ShownAudit }) {
  const { chain, alertChainsIntact } = audit;
  if (chain.intact && isIntact(audit)) {
    return (
      <Alert kind="success" heading="The chain is intact">
        <p>
          We recomputed all {chain.length} commits from the first. Each follows from the one before it, and none was
          changed. Each has the code of a function that may write it. The same holds for the alerts and for the records
          of reads.
        </p>
        <p class="hash">Head: {chain.head}</p>
      </Alert>
    );
  }
  return (
    <Alert kind="error" heading="The chain is broken">
      {chain.intact
        ? `The chain of the referral is intact, but ${alertChainsIntact ? 'the records of reads are' : 'the chain of an alert is'} not.`
        : `${chain.sentence} What follows it cannot be relied on. Tell the person on call for this system.`}
    </Alert>
  );
}

const causeWords = (cause: ShownAudit['commits'][number]['cause']): string => {
  switch (cause.kind) {
    case 'command':
      return `Command: ${wordsInside(cause.name)}`;
    case 'task':
      return `Run ${cause.run}`;
    default:
      return words(cause.kind);
  }
};

const Events = ({ events, nameOf }: { readonly events: readonly ShownEvent[]; readonly nameOf: NameOf }) => (
  <ul class="usa-list">
    {events.map((event) => (
      <li>
        <EventView event={event} nameOf={nameOf} />
      </li>
    ))}
  </ul>
);

const isInstant = (value: string) => /^\d{4}-\d\d-\d\dT/.test(value);

/** The fields of events whose values are ids, and the source of each name. */
function nameIn(field: string, id: string, nameOf: NameOf): string | undefined {
  if (personFields.has(field)) return nameOf(id);
  return field === 'team' ? teamNameOf(id) : undefined;
}

/** The codes and ids of an event's field in words. Nested values stand in brackets. */
function valueWords(field: string, value: unknown, nameOf: NameOf): string {
  if (typeof value === 'string') {
    const name = nameIn(field, value, nameOf);
    if (name !== undefined) return name;
    if (isInstant(value)) return formatInstant(value);
    if (value.startsWith('seat:')) return inside(recipientWords(value));
    return /^[a-z\d]/.test(value) ? wordsInside(value) : value;
  }
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) {
    return value.length === 0 ? 'none' : value.map((part) => valueWords(field, part, nameOf)).join(', ');
  }
  if (typeof value === 'object' && value !== null) {
    return `(${Object.entries(value)
      .map(([name, part]) => `${labelOf(name)}: ${valueWords(name, part, nameOf)}`)
      .join('; ')})`;
  }
  return String(value);
}

function EventView({ event, nameOf }: { readonly event: ShownEvent; readonly nameOf: NameOf }): Child {
  const { type, v: _, ...facts } = event;
  if (type === factsRecorded) return <>Facts about the child, which are not for auditors to read</>;
  const pairs = Object.entries(facts).map(([name, value]) => [labelOf(name), valueWords(name, value, nameOf)] as const);
  if (pairs.length === 0) return <>{words(type)}</>;
  const short = pairs.map(([name, value]) => `${name}: ${value}`).join('; ');
  if (short.length < 160) {
    return (
      <>
        <strong>{words(type)}</strong> – {short}
      </>
    );
  }
  return (
    <details>
      <summary>
        {words(type)}
        {'rule' in event ? `: ${String(event.rule)}` : 'alertId' in event ? `: ${String(event.alertId)}` : ''}
      </summary>
      <SummaryList pairs={pairs} />
    </details>
  );
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
