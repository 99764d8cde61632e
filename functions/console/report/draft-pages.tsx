/** The list of drafts of reports, and the page of one draft. Nothing of what a draft says is on them. */
import type { Child } from 'hono/jsx';
import type { OnCallView } from '../../../shared/application/read/shown-on-call.ts';
import { discardReasons, expiresAt, type ReportDraft, warnedAt } from '../../../shared/domain/drafts/drafts.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { draftRule } from '../../../shared/policy/draft-rules.ts';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { timeLeft } from '../app/page-words.ts';
import { controlId } from '../forms/field-view.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { UnsentReports } from './unsent-reports.tsx';

type NameOf = (personId: string) => string;

const OpenForm = ({ frame, id }: { readonly frame: Frame; readonly id: string }) => (
  <form method="post" action={`${frame.base}/drafts/open`}>
    <Token frame={frame} />
    <input type="hidden" name="id" value={id} />
    <button class="usa-button" type="submit">
      Open<span class="usa-sr-only"> {id}</span>
    </button>
  </form>
);

const EndForm = ({ frame, id }: { readonly frame: Frame; readonly id: string }) => (
  <form method="post" action={`${frame.base}/drafts/discard`}>
    <Token frame={frame} />
    <input type="hidden" name="id" value={id} />
    <label class="usa-label" for={controlId(id, 'because')}>
      Why
    </label>
    <select class="usa-select" id={controlId(id, 'because')} name="because">
      {discardReasons.map((reason) => (
        <option value={reason}>{words(reason)}</option>
      ))}
    </select>
    <button class="usa-button usa-button--outline" type="submit">
      End<span class="usa-sr-only"> {id}</span>
    </button>
  </form>
);

/** When an untouched draft ends. In its last days it is a warning. */
function Ends({ draft, now }: { readonly draft: ReportDraft; readonly now: string }) {
  const end = expiresAt(draft, draftRule);
  const text = `${formatInstant(end)} (${timeLeft(end, now)})`;
  return Date.parse(warnedAt(draft, draftRule)) <= Date.parse(now) ? <span class="late">{text}</span> : text;
}

const linkTo = (frame: Frame, id: string) => <a href={`${frame.base}/drafts/${id}`}>{id}</a>;

const openRow = (frame: Frame, nameOf: NameOf, draft: ReportDraft): readonly Child[] => [
  linkTo(frame, draft.id),
  nameOf(draft.ownerId),
  formatInstant(draft.since),
  `${formatInstant(draft.touchedAt)}${draft.left === undefined ? '' : ', and left since'}`,
  <Ends draft={draft} now={frame.now} />,
  <OpenForm frame={frame} id={draft.id} />,
  <EndForm frame={frame} id={draft.id} />,
];

const endedRow = (frame: Frame, nameOf: NameOf, { id, ownerId, since, touchedAt, expiredAt }: ReportDraft) => [
  linkTo(frame, id),
  nameOf(ownerId),
  formatInstant(since),
  formatInstant(touchedAt),
  expiredAt === undefined ? '–' : formatInstant(expiredAt),
];

const heads = ['Draft', 'Whose', 'First contact', 'Last changed'] as const;

export function DraftList({
  frame,
  drafts,
  next,
  status,
  seesAll,
  nameOf,
  numbers,
}: {
  readonly frame: Frame;
  readonly drafts: readonly ReportDraft[];
  readonly next?: string;
  readonly status: 'open' | 'expired';
  readonly seesAll: boolean;
  readonly nameOf: NameOf;
  /** Who is on call now. Undefined where that cannot be read. */
  readonly numbers: OnCallView | undefined;
}) {
  const path = `${frame.base}/drafts`;
  const isOpen = status === 'open';
  const title = isOpen ? 'Reports being written' : 'Drafts that ended';
  return (
    <Page frame={frame} title={title}>
      <h1>{title}</h1>
      {isOpen && <UnsentReports frame={frame} numbers={numbers} />}
      <p class="prose">
        {seesAll ? 'Your own come first, then all others. ' : 'Your own. '}The newest is on top.{' '}
        {isOpen
          ? 'The clock of each runs from the first word. After fifteen minutes without a change, we tell a supervisor.'
          : 'No one changed these drafts, so they ended and their words were removed.'}
      </p>
      {isOpen && (
        <p class="prose">
          A draft without a change for {draftRule.expiresAfterDays} days ends, and its words are removed. We warn its
          writers {draftRule.warnsBeforeDays} days before.
        </p>
      )}
      {drafts.length === 0 ? (
        <p>{isOpen ? 'There is no draft here now.' : 'There is no ended draft here.'}</p>
      ) : (
        <Table
          caption={title}
          heads={isOpen ? [...heads, 'Ends if unchanged', 'Go on', 'End it'] : [...heads, 'Ended']}
          rows={drafts.map((draft) => (isOpen ? openRow : endedRow)(frame, nameOf, draft))}
        />
      )}
      {next !== undefined && (
        <p>
          <a href={addressOf(path, isOpen ? {} : { status }, { after: next })} rel="next">
            Next page of drafts
          </a>
        </p>
      )}
      <p>
        {isOpen ? (
          <a href={`${path}?status=expired`}>Drafts that ended because no one changed them</a>
        ) : (
          <a href={path}>Reports being written</a>
        )}
      </p>
    </Page>
  );
}

/** What became of a draft, and what to do now. */
export function DraftPage({
  frame,
  draft,
  nameOf,
  oncall,
}: {
  readonly frame: Frame;
  readonly draft: ReportDraft;
  readonly nameOf: NameOf;
  /** The telephone number of the person on call. */
  readonly oncall: string | undefined;
}) {
  const { id, ownerId, since, touchedAt, status } = draft;
  return (
    <Page frame={frame} title={`Draft ${id}`}>
      <h1>
        Draft <Reference id={id} />
      </h1>
      {became(frame, draft, oncall)}
      <SummaryList
        pairs={[
          ['Begun by', nameOf(ownerId)],
          ['First contact', formatInstant(since)],
          ['Last changed', formatInstant(touchedAt)],
          ...(status === 'open'
            ? [['Ends if unchanged', <Ends draft={draft} now={frame.now} />] satisfies [string, Child]]
            : []),
        ]}
      />
      {status === 'open' && <OpenForm frame={frame} id={id} />}
      <p>
        <a href={`${frame.base}/drafts`}>Reports being written</a>
      </p>
    </Page>
  );
}

function became(
  { base, visitor }: Frame,
  { ownerId, since, expiredAt, status }: ReportDraft,
  oncall: string | undefined,
): Child {
  switch (status) {
    case 'open':
      return <p class="prose">This report is begun and not sent. Its clock runs from the first contact.</p>;
    case 'submitted':
      return <p class="prose">The report was sent. Its referrals are in the queue.</p>;
    case 'discarded':
      return <p class="prose">This draft was ended without a report, and its words were removed.</p>;
    case 'expired':
      return (
        <Alert kind="warning" heading="This draft ended, and no report came of it">
          <p>
            No one changed it for {draftRule.expiresAfterDays} days.{' '}
            {expiredAt !== undefined && `It ended ${formatInstant(expiredAt)}. `}Its words were removed for good. The
            record that it was begun stays.
          </p>
          <p>
            {ownerId === visitor?.id
              ? 'Did you report this child another way? '
              : 'Was this child reported another way? Ask the person who began it. '}
            If not, <a href={`${base}/reports/new`}>enter the report again</a>, and give {formatInstant(since)} as the
            time of the call. Is the child in danger now? Telephone the Careline supervisor on duty first
            {oncall === undefined ? '' : `: ${oncall}`}.
          </p>
        </Alert>
      );
  }
}
