/**
 * The whole history of one referral in chapters, for administrators and auditors. The summary says whether the chain is
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
import { Pager } from '../app/components/pager.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { personFields, teamNameOf } from '../app/lookups.ts';
import { wordingOf } from '../app/spoken.ts';
import { recipientWords } from '../app/words.ts';
import { LifePicture } from '../referral/clock-picture.tsx';
import { DeadlineState, waitsOn } from '../referral/deadline-view.tsx';
import { emergencyAccessPath } from '../referral/emergency-access.tsx';
import { deliveryWords } from '../referral/mail-view.tsx';
import { textWords } from '../referral/text-view.tsx';
import { runPath } from './runs-page.tsx';

/** The chapters of an audit. The first has the address of the audit itself. */
export const chapters = [
  ['summary', 'Summary'],
  ['people', 'People'],
  ['clocks', 'Clocks'],
  ['runs', 'Runs and waits'],
  ['mail', 'Mail'],
  ['reads', 'Reads'],
  ['commits', 'Commits'],
] as const;
export type Chapter = (typeof chapters)[number][0];

export const chapterPath = (referralId: string, chapter: Chapter = 'summary'): string =>
  `/referrals/${referralId}/audit${chapter === 'summary' ? '' : `/${chapter}`}`;

interface AuditPageProps {
  readonly frame: Frame;
  readonly audit: ShownAudit;
  readonly policy: Policy;
  readonly chapter: Chapter;
  /** Of a long chapter, from 1. */
  readonly page: number;
  readonly nameOf: NameOf;
  /** Whether emergency access was used here. */
  readonly hasEmergencyAccess: boolean;
}

/** The name of a person in the place of the id. */
type NameOf = (personId: string) => string;

const views: Readonly<Record<Chapter, (props: AuditPageProps) => Child>> = {
  summary: (props) => <Summary {...props} />,
  people: (props) => <People {...props} />,
  clocks: (props) => <Clocks {...props} />,
  runs: (props) => <Runs {...props} />,
  mail: (props) => <Mail {...props} />,
  reads: (props) => <Reads {...props} />,
  commits: (props) => <Commits {...props} />,
};

/** One chapter of an audit. */
export const AuditPage = (props: AuditPageProps) => {
  const { frame, audit, chapter } = props;
  const title = chapters.find(([name]) => name === chapter)?.[1] ?? '';
  return (
    <Page frame={frame} title={`Audit of ${audit.referralId}: ${inside(title)}`}>
      <h1>
        Audit of <Reference id={audit.referralId} base={frame.base} />
      </h1>
      <nav aria-label="Chapters of the audit">
        <ul class="run-counts">
          {chapters.map(([name, words]) => (
            <li>
              <a
                href={`${frame.base}${chapterPath(audit.referralId, name)}`}
                aria-current={name === chapter ? 'page' : undefined}
              >
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {views[chapter](props)}
    </Page>
  );
};

/** So many rows of a chapter stand on a page, by how long one is. */
const rowsOf = { people: 20, clocks: 12, runs: 14, mail: 8, reads: 14, commits: 10 } as const;

/** The rows of this page, and links to its neighbors. */
function paged<Row>(
  all: readonly Row[],
  { frame, audit, page, chapter }: AuditPageProps,
): { readonly rows: readonly Row[]; readonly Pages: () => Child } {
  const size = chapter === 'summary' ? all.length : rowsOf[chapter];
  const pages = Math.max(1, Math.ceil(all.length / Math.max(1, size)));
  const at = Math.min(page, pages);
  const to = (number: number) => `${frame.base}${chapterPath(audit.referralId, chapter)}?page=${number}`;
  return {
    rows: all.slice((at - 1) * size, at * size),
    Pages: () => <Pager page={at} pages={pages} at={to} />,
  };
}

const latestFirst = <Row extends { readonly at: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));

/** The words of a duty in the place of its id. */
const dutyIn =
  ({ audit, policy }: Pick<AuditPageProps, 'audit' | 'policy'>) =>
  (id: string): string => {
    const deadline = audit.deadlines.find((each) => each.id === id);
    return deadline ? wordingOf('en').duty(policy, deadline) : id;
  };

function Summary({ frame, audit, policy, hasEmergencyAccess }: AuditPageProps) {
  const { base, now } = frame;
  const { referralId, deadlines, alerts, accesses, commits, runs } = audit;
  const open = deadlines.filter(({ status }) => status === 'open');
  const late = deadlines.filter(({ missed }) => missed);
  const sent = alerts.flatMap(({ deliveries }) => deliveries);
  const people = new Set(commits.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : [])));
  const lost = commits.flatMap(({ at, events }) =>
    events.some(({ type }) => type === 'run-lost') ? [{ at, name: 'A run was lost' }] : [],
  );
  const read = accesses.map(({ at, personId: name }) => ({ at, name }));
  const link = (chapter: Chapter, text: string) => <a href={`${base}${chapterPath(referralId, chapter)}`}>{text}</a>;
  return (
    <>
      <p class="prose">The audit shows the steps, clocks, mail and reads. Facts about the child are not in it.</p>
      <ChainResult audit={audit} />
      <p>
        <a href={`${base}/referrals/${referralId}/proof`}>A proof file for a court or an auditor</a>
      </p>
      {(audit.doubt.open.length > 0 || audit.doubt.words.length > 0) && (
        <p>
          <a href={`${base}/records/${referralId}`}>
            {audit.doubt.open.length > 0
              ? 'People cannot change it until a supervisor confirms it: what was found'
              : 'A supervisor confirmed it: what was found, and by which person'}
          </a>
        </p>
      )}
      <SummaryList
        pairs={[
          ['Stage', words(audit.stage)],
          ['Rules', audit.policy],
          ['People', link('people', `${people.size} acted`)],
          [
            'Clocks',
            link('clocks', `${deadlines.length}, of which ${open.length} are open and ${late.length} were missed`),
          ],
          ['Runs', link('runs', `${runs.length}, of which ${audit.waits.length} wait`)],
          ['Mail', link('mail', `${alerts.length} alerts, ${sent.length} e-mails`)],
          ['Reads', link('reads', `${accesses.length} by ${new Set(accesses.map(({ who }) => who)).size} people`)],
          ['Commits', link('commits', `${commits.length}`)],
        ]}
      />
      {hasEmergencyAccess && (
        <p>
          <a href={`${base}${emergencyAccessPath(referralId)}`}>Emergency access and its review</a>
        </p>
      )}
      <h2>Its whole life</h2>
      <section class="scroll" tabindex={0} aria-label="Its whole life">
        <LifePicture
          clocks={deadlines}
          start={commits[0]?.at ?? now}
          policy={policy}
          now={now}
          moments={[
            ['Reads of facts and identity', read, 'mark-meeting'],
            ['Runs that were lost', lost, 'mark-service'],
          ]}
        />
      </section>
    </>
  );
}

/** Each person once: what they did and read, from the first time to the last. */
function People(props: AuditPageProps) {
  const { audit, nameOf } = props;
  const acts = [
    ...audit.commits.flatMap(({ actor, onBehalfOf, at }) =>
      actor.kind === 'person' ? [{ id: actor.id, onBehalfOf, at, isRead: false }] : [],
    ),
    ...audit.accesses.map(({ personId: id, onBehalfOf, at }) => ({ id, onBehalfOf, at, isRead: true })),
  ];
  const each = [...Map.groupBy(acts, ({ id, onBehalfOf }) => `${id} ${onBehalfOf ?? ''}`).values()].map((all) => {
    const times = all.map(({ at }) => at).toSorted();
    const [first] = all;
    return {
      name: withPrincipal(nameOf(first?.id ?? ''), first?.onBehalfOf, nameOf),
      acts: all.filter(({ isRead }) => !isRead).length,
      reads: all.filter(({ isRead }) => isRead).length,
      from: times[0] ?? '',
      at: times.at(-1) ?? '',
    };
  });
  const { rows, Pages } = paged(latestFirst(each), props);
  return each.length === 0 ? (
    <p>No person acted on it or read of it.</p>
  ) : (
    <>
      <Table
        caption="People who acted or read, the latest first"
        heads={['Person', 'Acts', 'Reads', 'First', 'Last']}
        rows={rows.map(({ name, acts: count, reads, from, at }) => [
          name,
          `${count}`,
          `${reads}`,
          formatInstant(from),
          formatInstant(at),
        ])}
      />
      <Pages />
    </>
  );
}

function Clocks(props: AuditPageProps) {
  const { audit, frame, policy } = props;
  const isOver = ({ status }: ShownAudit['deadlines'][number]) => Number(status !== 'open');
  const { rows, Pages } = paged(
    audit.deadlines.toSorted(
      (one, other) => isOver(one) - isOver(other) || Date.parse(one.due) - Date.parse(other.due),
    ),
    props,
  );
  return (
    <>
      <Table
        caption="Deadlines, the open ones first"
        heads={['Deadline', 'State', 'Began', 'Due', 'Waits on']}
        rows={rows.map((deadline) => [
          `${wordingOf('en').duty(policy, deadline)} (${deadline.id.slice(audit.referralId.length + 1)})`,
          <DeadlineState deadline={deadline} now={frame.now} />,
          formatInstant(deadline.start),
          formatInstant(deadline.due),
          waitsOn(deadline, wordingOf('en')),
        ])}
      />
      <Pages />
    </>
  );
}

function Runs(props: AuditPageProps) {
  const { audit, frame } = props;
  const duty = dutyIn(props);
  const nameOfRun = ({ run, ...its }: ShownAudit['runs'][number]) => {
    if (run === audit.referralId) return 'The pathway of the referral';
    const ids = 'deadlineIds' in its ? its.deadlineIds : [run];
    return `${duty(ids[0] ?? run)}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''}`;
  };
  const { rows, Pages } = paged(
    audit.runs.toSorted((one, other) => Number(one.waitsFor === 'nothing') - Number(other.waitsFor === 'nothing')),
    props,
  );
  return (
    <>
      {audit.waits.length === 0 && <p>No run waits for anything now.</p>}
      <Table
        caption="Runs, those that wait first"
        heads={['Run', 'Generation', 'State', 'What happens next']}
        rows={rows.map((each) => {
          const wait = audit.waits.find(({ run }) => run === each.run);
          return [
            <a href={`${frame.base}${runPath(each.run)}`}>{nameOfRun(each)}</a>,
            /-g(\d+)$/.exec(each.execution)?.[1] ?? '',
            runState(each.run, each.waitsFor, audit.waits),
            wait?.next
              ? `${words(wait.next.kind)} at ${formatInstant(wait.next.at)}`
              : each.waitsFor === 'nothing'
                ? '–'
                : 'Goes on when a person acts',
          ];
        })}
      />
      <Pages />
    </>
  );
}

function Mail(props: AuditPageProps) {
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
          [
            alert.kind && words(alert.kind),
            alert.checkpoint && wordsInside(alert.checkpoint),
            ...deadlineIdsOf(alert).slice(0, 1).map(duty),
            deadlineIdsOf(alert).length > 1 && `${deadlineIdsOf(alert).length - 1} more duties`,
          ]
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
      <Pages />
    </>
  );
}

function Commits(props: AuditPageProps) {
  const { audit, nameOf } = props;
  const { rows, Pages } = paged(audit.commits.toReversed(), props);
  return (
    <>
      <Table
        caption="What happened: the commits of the ledger, the latest first"
        heads={['No.', 'When', 'Who', 'What', 'Set off by']}
        rows={rows.map(({ seq, at, actor, onBehalfOf, cause, events }) => [
          `${seq}`,
          formatInstant(at),
          actor.kind === 'person' ? withPrincipal(nameOf(actor.id), onBehalfOf, nameOf) : `The function ${actor.id}`,
          <Events events={events} nameOf={nameOf} dutyOf={dutyIn(props)} />,
          causeWords(cause),
        ])}
      />
      <Pages />
    </>
  );
}

interface FoldedRead {
  readonly personId: string;
  readonly onBehalfOf: string | undefined;
  readonly read: readonly string[];
  readonly purpose: string | undefined;
  readonly times: readonly string[];
}

/** The same read by the same person for the same purpose is one entry with its times. */
export function foldReads(accesses: ShownAudit['accesses']): readonly FoldedRead[] {
  const same = Map.groupBy(accesses, ({ personId, onBehalfOf, read, purpose }) =>
    JSON.stringify([personId, onBehalfOf, read, purpose]),
  );
  return [...same.values()]
    .flatMap((all) => {
      const [first] = all;
      const times = all.map(({ at }) => at).toSorted();
      return first ? [{ ...first, onBehalfOf: first.onBehalfOf, purpose: first.purpose, times }] : [];
    })
    .toSorted((one, other) => Date.parse(other.times.at(-1) ?? '') - Date.parse(one.times.at(-1) ?? ''));
}

const timesWords = (times: readonly string[]): string => {
  const [first = ''] = times;
  return times.length === 1
    ? formatInstant(first)
    : `${times.length} times, from ${formatInstant(first)} to ${formatInstant(times.at(-1) ?? first)}`;
};

const ReadsTable = ({ reads, nameOf }: { readonly reads: readonly FoldedRead[]; readonly nameOf: NameOf }) =>
  reads.length === 0 ? (
    <p>No one has read of the child.</p>
  ) : (
    <Table
      caption="Reads of facts and of who the child is, each written down before it happened"
      heads={['Who', 'What', 'What for', 'When']}
      rows={reads.map(({ times, personId, onBehalfOf, read, purpose }) => [
        withPrincipal(nameOf(personId), onBehalfOf, nameOf),
        read.map(labelOf).join(', '),
        purpose === undefined ? 'Not recorded' : words(purpose),
        timesWords(times),
      ])}
    />
  );

/** Every read of facts about the child, and of who the child is, the latest first. */
function Reads(props: AuditPageProps) {
  const { rows, Pages } = paged(foldReads(props.audit.accesses), props);
  return (
    <>
      <h2>Who read of the child</h2>
      <ReadsTable reads={rows} nameOf={props.nameOf} />
      <Pages />
    </>
  );
}

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
    <h2>Who read of the child</h2>
    <ReadsTable reads={foldReads(audit.accesses)} nameOf={nameOf} />
  </Page>
);

/** Both names, where a person acted for a colleague on leave. */
const withPrincipal = (actor: string, onBehalfOf: string | undefined, nameOf: NameOf): string =>
  onBehalfOf === undefined ? actor : `${actor} (on behalf of ${nameOf(onBehalfOf)})`;

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

/** Events of one type follow each other as one entry, with each of them in a fold. */
const Events = ({
  events,
  nameOf,
  dutyOf,
}: {
  readonly events: readonly ShownEvent[];
  readonly nameOf: NameOf;
  readonly dutyOf: (id: string) => string;
}) => {
  const groups = [...Map.groupBy(events, ({ type }) => type).entries()];
  return (
    <ul class="usa-list">
      {groups.map(([type, all]) => (
        <li>
          {all.length === 1 ? (
            all.map((event) => <EventView event={event} nameOf={nameOf} dutyOf={dutyOf} />)
          ) : (
            <details>
              <summary>
                {type === factsRecorded ? 'Facts about the child' : words(type)}, {all.length} times
              </summary>
              <ul class="usa-list">
                {all.map((event) => (
                  <li>
                    <EventView event={event} nameOf={nameOf} dutyOf={dutyOf} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
};

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

function EventView({
  event,
  nameOf,
  dutyOf,
}: {
  readonly event: ShownEvent;
  readonly nameOf: NameOf;
  readonly dutyOf: (id: string) => string;
}): Child {
  const { type, v: _, ...facts } = event;
  if (type === factsRecorded) return <>Facts about the child, which are not for auditors to read</>;
  const pairs = Object.entries(facts).map(([name, value]) => [labelOf(name), valueWords(name, value, nameOf)] as const);
  if (pairs.length === 0) return <>{words(type)}</>;
  const short = pairs.map(([name, value]) => `${name}: ${value}`).join('; ');
  const duty = 'deadlineId' in event && typeof event.deadlineId === 'string' ? dutyOf(event.deadlineId) : undefined;
  if (short.length < 90 && duty === undefined) {
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
        {duty === undefined ? '' : `: ${duty}`}
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
