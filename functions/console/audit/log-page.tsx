/** The log of operations across referrals: who did what and read what, the latest first. */
import type { Child } from 'hono/jsx';
import type { AskedLog, LogLine, readLog } from '../../../shared/application/read/log.ts';
import { factsRecorded } from '../../../shared/application/read/shown-events.ts';
import { actOfEnd } from '../../../shared/application/use-cases/hand-duties-on.ts';
import { readExecutionName } from '../../../shared/contracts/tasks.ts';
import { isSearch, type Way, ways } from '../../../shared/domain/audit/act-log.ts';
import { commandNamed, commands, isCommandName } from '../../../shared/domain/commands.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { controlId, Fields } from '../forms/field-view.tsx';
import type { Field, Option } from '../forms/form-fields.ts';
import { Day, FilterForm, Select } from '../queue/filter-line.tsx';
import { addressOf } from '../queue/filter-words.ts';
import { runPath } from './runs-page.tsx';

export const logPath = '/log';

export const wayWords: Readonly<Record<Way, string>> = {
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
  /** The professionals to choose from. */
  readonly people?: readonly Option[];
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

/** What a person may look for beside the names of commands. */
const kinds: Readonly<Record<string, string>> = {
  read: 'Any read or search',
  'read-name': 'Read the name of the child',
  search: 'Searched by name or number',
  [factsRecorded]: 'Recorded facts about the child',
  [actOfEnd]: 'Duties went on: access ended',
};

const allKinds: readonly Option[] = [
  ...Object.entries(kinds).map(([value, text]) => ({ value, words: text })),
  ...Object.entries(commands)
    .map(([value, { title }]) => ({ value, words: title }))
    .toSorted((one, other) => one.words.localeCompare(other.words, 'en')),
];

/** The person whose acts are looked for. */
export const personField = (options: readonly Option[]): Field => ({
  kind: 'person',
  path: 'person',
  label: 'Person',
  required: false,
  options,
});

const fieldsOf = (people: readonly Option[]): readonly Field[] => [
  { kind: 'choice', path: 'kind', label: 'Act', required: false, searched: 'plain', options: allKinds },
  personField(people),
];

const presetsOf = ({ kind, person }: AskedLog) => ({
  ...(kind !== undefined && { kind: [kind] }),
  ...(person !== undefined && { person: [person] }),
});

const Filters = ({
  frame,
  chosen,
  people,
}: Pick<Props, 'frame' | 'chosen'> & { readonly people: readonly Option[] }) => {
  const count = Object.values(chosen).filter(Boolean).length;
  return (
    <details class="fold">
      <summary>{count === 0 ? 'Filter the log' : `Filter the log: ${count} chosen`}</summary>
      <FilterForm action={`${frame.base}${logPath}`} button="Filter the log">
        <Day name="day" label="Day" chosen={chosen} />
        <Text name="referral" label="Reference" chosen={chosen} />
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
        <Fields fields={fieldsOf(people)} form={{ id: 'filter', presets: presetsOf(chosen) }} />
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
  if (referralId.startsWith('AUDITS-')) return <>All referrals</>;
  return <>{isReference('DR', referralId) ? `Draft ${referralId}` : 'All children'}</>;
}

/** What was looked for, by the first word of its record. */
const searched: Readonly<Record<string, string>> = {
  receipt: 'Looked for a receipt number',
  number: 'Looked for a case number or a part of a reference',
  'search-exact': 'Searched by exactly this name',
};

function didWords(line: LogLine): string {
  const { kind, read, found } = line;
  if (!read) return isCommandName(kind) ? commandNamed(kind).title : (kinds[kind] ?? words(kind));
  if (isSearch(line)) {
    const did = searched[read[0] ?? ''] ?? 'Searched by name';
    return found === undefined ? did : `${did}: ${found === 0 ? 'none found' : `${found} found`}`;
  }
  return `Read: ${read.map(labelOf).join(', ') || 'records kept apart'}`;
}

export const kindWords = (line: LogLine): string =>
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

/** What some lines leave out, where the page has one. */
const LeftOut = ({ acts }: Found) => (
  <>
    {acts.some(({ kind }) => kind === factsRecorded) && (
      <p>Some acts have no name here, because the name would tell of the child. They read “{kinds[factsRecorded]}”.</p>
    )}
    {acts.some(isSearch) && <p>No page tells the name or number that was searched. Found counts what you may see.</p>}
  </>
);

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

function noneWords({ kind }: AskedLog, isUnknown: boolean | undefined): string {
  if (isUnknown) return 'The directory has no person with this id, and no act fits.';
  // Such an act may be there without its name.
  return kind !== undefined && isCommandName(kind)
    ? `No act fits. It may stand as “${kinds[factsRecorded]}”: choose that as the act.`
    : 'No act fits.';
}

export const LogPage = ({ frame, chosen, problem, found, nameOf = (id) => id, isUnknown, people = [] }: Props) => (
  <Page frame={frame} title="Log of operations">
    <h1>Log of operations</h1>
    {problem !== undefined && <p>{problem}</p>}
    {found && (
      <>
        <p>
          Who did what in referrals, and who read about a child. Shifts, delegates and providers have their history on
          their own pages.
        </p>
        <Filters frame={frame} chosen={chosen} people={people} />
        {found.acts.length === 0 ? (
          <p>{noneWords(chosen, isUnknown)}</p>
        ) : (
          <>
            <Acts frame={frame} chosen={chosen} found={found} nameOf={nameOf} />
            <LeftOut {...found} />
            <p>
              <a href={addressOf(`${frame.base}${logPath}/csv`, chosen)}>Save as CSV</a>
            </p>
          </>
        )}
        <Ends frame={frame} chosen={chosen} found={found} />
      </>
    )}
  </Page>
);
