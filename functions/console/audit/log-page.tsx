/** The log of operations across referrals: who did what and read what, the latest first. */
import type { Child } from 'hono/jsx';
import type { AskedLog, LogLine, readLog } from '../../../shared/application/read/log.ts';
import { readExecutionName } from '../../../shared/contracts/tasks.ts';
import { type Way, ways } from '../../../shared/domain/audit/act-log.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { controlId } from '../forms/field-view.tsx';
import { Day, FilterForm, Select } from '../queue/filter-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { runPath } from './runs-page.tsx';

export const logPath = '/log';

const wayWords: Readonly<Record<Way, string>> = {
  api: 'API',
  console: 'Console',
  workflow: 'Workflow',
  watchdog: 'Watchdog',
  delivery: 'Mail delivery',
  'not-recorded': 'Not recorded',
};

type Found = Awaited<ReturnType<typeof readLog>>;
type NameOf = (personId: string) => string;

interface Props {
  readonly frame: Frame;
  readonly chosen: AskedLog;
  /** What is wrong with what was asked, in one sentence. Then nothing else is shown. */
  readonly problem?: string;
  readonly found?: Found;
  readonly nameOf?: NameOf;
  /** The directory has no such person. */
  readonly isUnknown?: boolean;
}

const Text = ({
  name,
  label,
  chosen,
}: {
  readonly name: keyof AskedLog;
  readonly label: string;
  readonly chosen: AskedLog;
}) => (
  <div class="filter">
    <label class="usa-label" for={controlId('filter', name)}>
      {label}
    </label>
    <input
      class="usa-input"
      id={controlId('filter', name)}
      name={name}
      maxlength={64}
      autocomplete="off"
      value={chosen[name] ?? ''}
    />
  </div>
);

const Filters = ({ frame, chosen }: Pick<Props, 'frame' | 'chosen'>) => {
  const count = Object.values(chosen).filter(Boolean).length;
  return (
    <details class="fold">
      <summary>{count === 0 ? 'Filter the log' : `Filter the log: ${count} chosen`}</summary>
      <FilterForm action={`${frame.base}${logPath}`} button="Filter the log">
        <Day name="day" label="Day" chosen={chosen} />
        <Text name="referral" label="Reference" chosen={chosen} />
        <Text name="person" label="Id of a person" chosen={chosen} />
        <Text name="kind" label="Act, such as screen or read" chosen={chosen} />
        <Text name="request" label="Request id" chosen={chosen} />
        <Select
          choice={{
            name: 'door',
            label: 'Through',
            all: 'People, by any door',
            options: ways.map((each) => [each, wayWords[each]]),
          }}
          chosen={chosen}
        />
      </FilterForm>
    </details>
  );
};

const isReferral = (id: string): boolean => isReference('CR', id);

/** What the act was about, with the page that tells more. */
function About({
  frame: { base },
  line: { referralId, read, alertId, run },
}: {
  readonly frame: Frame;
  readonly line: LogLine;
}) {
  if (isReferral(referralId)) {
    const runId = run === undefined ? undefined : readExecutionName(run)?.runId;
    return (
      <>
        <a class="reference" href={`${base}/referrals/${referralId}/audit/${read ? 'reads' : 'commits'}`}>
          {referralId}
        </a>
        {alertId !== undefined && (
          <>
            , <a href={`${base}/referrals/${referralId}/audit/mail`}>from an alert</a>
          </>
        )}
        {runId !== undefined && (
          <>
            , <a href={`${base}${runPath(runId)}`}>its run</a>
          </>
        )}
      </>
    );
  }
  return <>{isReference('DR', referralId) ? `Draft ${referralId}` : 'All children'}</>;
}

/** What was looked for, by the first word of its record. */
const searched: Readonly<Record<string, string>> = {
  receipt: 'Looked for a receipt',
  number: 'Looked for a police case or a part of a reference',
};

function didWords({ kind, read, referralId }: LogLine): string {
  if (!read) return words(kind);
  if (referralId.startsWith('SEARCHES')) return searched[read[0] ?? ''] ?? 'Searched by name';
  return `Read: ${read.map(labelOf).join(', ') || 'records kept apart'}`;
}

const kindWords = (line: LogLine): string =>
  line.purpose === undefined ? didWords(line) : `${didWords(line)}. Purpose: ${wordsInside(line.purpose)}`;

function Acts({
  frame,
  chosen,
  found: { acts },
  nameOf,
}: Pick<Props, 'frame' | 'chosen'> & { readonly found: Found; readonly nameOf: NameOf }) {
  const at = (filters: AskedLog) => addressOf(`${frame.base}${logPath}`, filters);
  const who = (id: string): Child => <a href={at({ person: id })}>{nameOf(id)}</a>;
  return (
    <Table
      caption={
        chosen.request === undefined
          ? 'Acts and reads, the latest first'
          : 'What came of this request, the latest first'
      }
      heads={['When', 'Who', 'What', 'About', 'Through']}
      rows={acts.map((line) => [
        formatInstant(line.at),
        line.isPerson ? (
          <>
            {who(line.by)}
            {line.onBehalfOf !== undefined && <>, on behalf of {who(line.onBehalfOf)}</>}
          </>
        ) : (
          `The function ${line.by}`
        ),
        line.isDoubtful ? `${kindWords(line)} (in doubt: no function wrote it so)` : kindWords(line),
        <About frame={frame} line={line} />,
        <>
          {wayWords[line.door]}
          {line.requestId !== undefined && chosen.request === undefined && (
            <>
              , <a href={at({ request: line.requestId })}>follow the request</a>
            </>
          )}
        </>,
      ])}
    />
  );
}

/** Where the log ends and what it does not have, so that an empty page is no proof of nothing. */
const Ends = ({
  frame,
  chosen,
  found: { next, lookedTo },
}: Pick<Props, 'frame' | 'chosen'> & { readonly found: Found }) => (
  <>
    {lookedTo !== undefined && <p>This page looks back to {formatInstant(lookedTo)}.</p>}
    {next !== undefined && (
      <p>
        <a href={addressOf(`${frame.base}${logPath}`, chosen, { after: next })} rel="next">
          {lookedTo === undefined ? 'Earlier acts' : 'Look further back'}
        </a>
      </p>
    )}
  </>
);

export const LogPage = ({ frame, chosen, problem, found, nameOf = (id) => id, isUnknown }: Props) => (
  <Page frame={frame} title="Log of operations">
    <h1>Log of operations</h1>
    {problem !== undefined && <p>{problem}</p>}
    {found && (
      <>
        <p>
          Who did what in referrals, and who read about a child. Shifts, delegates and providers have their history on
          their own pages.
        </p>
        <Filters frame={frame} chosen={chosen} />
        {found.acts.length === 0 ? (
          <p>{isUnknown ? 'The directory has no person with this id, and no act fits.' : 'No act fits.'}</p>
        ) : (
          <Acts frame={frame} chosen={chosen} found={found} nameOf={nameOf} />
        )}
        <Ends frame={frame} chosen={chosen} found={found} />
      </>
    )}
  </Page>
);
