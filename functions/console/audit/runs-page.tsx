/** Every run of every referral, the least healthy first. */
import type { RunsPage as Found, RunFilters } from '../../../shared/application/read/run-list.ts';
import { runAges, runTimes } from '../../../shared/application/read/run-list.ts';
import type { RunLine } from '../../../shared/contracts/lists.ts';
import { type RunState, runStates } from '../../../shared/domain/audit/run-states.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { Pager } from '../app/components/pager.tsx';
import { Reference } from '../app/components/reference.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { controlId } from '../forms/field-view.tsx';
import { FilterForm, Select } from '../queue/filter-line.tsx';
import { addressOf, type Choice } from '../queue/filter-words.ts';
import { officeWords } from '../queue/queue-rows.tsx';

export const runsPath = '/runs';
/** The address of the page of one run. */
export const runPath = (run: string): string => `${runsPath}/${run}`;

export const stateWords: Readonly<Record<RunState, string>> = {
  failed: 'Failed',
  restarted: 'Lost and restarted',
  'handed-over': 'Handed over',
  running: 'Running',
  waiting: 'Waiting',
  ended: 'Ended',
};

const ageWords = { hour: 'An hour', day: 'A day', week: 'A week', month: 'A month' } as const;
const timeWords = {
  lost: 'Lost or handed over before',
  'lost-day': 'Lost in the last day',
  'lost-week': 'Lost in the last week',
  'acts-hour': 'Acts within the hour',
  'acts-day': 'Acts within a day',
  overdue: 'Duty overdue',
} as const;

const choices = (policy: Policy): readonly Choice[] => [
  { name: 'state', label: 'State', all: 'All but ended', options: runStates.map((each) => [each, stateWords[each]]) },
  {
    name: 'rule',
    label: 'Duty',
    all: 'Every duty',
    options: policy.deadlines.map((rule) => [rule.id, `${dutyTitle(rule)} (${rule.id})`]),
  },
  { name: 'office', label: 'Office', all: 'Every office', options: offices.map(({ id, name }) => [id, name]) },
  {
    name: 'age',
    label: 'Stands for more than',
    all: 'Any time',
    options: runAges.map((each) => [each, ageWords[each]]),
  },
  { name: 'time', label: 'When', all: 'Any time', options: runTimes.map((each) => [each, timeWords[each]]) },
  { name: 'stage', label: 'Referrals', all: 'With a run that lives', options: [['ended', 'All runs ended']] },
];

/** Lists that people who audit ask for every day. Each is an address that can be kept. */
const kept: readonly (readonly [RunFilters, string])[] = [
  [{ time: 'lost-day' }, 'Lost in the last day'],
  [{ state: 'failed' }, 'Failed now'],
  [{ time: 'overdue' }, 'Duty overdue'],
  [{ age: 'week', state: 'waiting' }, 'Waiting for more than a week'],
];

interface Props {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly chosen: RunFilters;
  readonly found: Found;
}

const Counts = ({ frame, chosen, found: { counts, isAtLeast } }: Omit<Props, 'policy'>) => (
  <nav aria-label="Runs by state">
    <ul class="run-counts">
      {runStates.map((state) => (
        <li>
          <a
            href={addressOf(`${frame.base}${runsPath}`, { ...chosen, page: undefined, state })}
            aria-current={chosen.state === state ? 'page' : undefined}
          >
            {stateWords[state]}: {counts[state]}
            {isAtLeast && ' or more'}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);

const Filters = ({ frame, policy, chosen }: Omit<Props, 'found'>) => {
  const count = Object.entries(chosen).filter(([name, value]) => name !== 'page' && value).length;
  return (
    <details class="fold">
      <summary>{count === 0 ? 'Filter the runs' : `Filter the runs: ${count} chosen`}</summary>
      <FilterForm action={`${frame.base}${runsPath}`}>
        {choices(policy).map((choice) => (
          <Select choice={choice} chosen={chosen} />
        ))}
        <div class="filter">
          <label class="usa-label" for={controlId('filter', 'text')}>
            Reference or words of the duty
          </label>
          <input
            class="usa-input"
            id={controlId('filter', 'text')}
            name="text"
            maxlength={60}
            value={chosen.text ?? ''}
          />
        </div>
      </FilterForm>
      <ul class="usa-list">
        {kept.map(([filters, words]) => (
          <li>
            <a href={addressOf(`${frame.base}${runsPath}`, filters)}>{words}</a>
          </li>
        ))}
      </ul>
    </details>
  );
};

/** Its duty, and as small print its part of the id. That tells runs of one duty apart: not every reader may learn the service. */
export const RunName = ({ frame, line }: { readonly frame: Frame; readonly line: RunLine }) => (
  <>
    <a href={`${frame.base}${runPath(line.run)}`}>{line.duty ?? 'The pathway of the referral'}</a>
    {line.duties !== undefined && ` and ${line.duties - 1} more`}
    {line.run !== line.referralId && (
      <>
        {' '}
        <small class="code">{line.run.slice(line.referralId.length + 1)}</small>
      </>
    )}
  </>
);

export const RunsPage = ({ frame, policy, chosen, found }: Props) => {
  const { runs, total, page, pages } = found;
  const at = (number: number) => addressOf(`${frame.base}${runsPath}`, { ...chosen, page: String(number) });
  return (
    <Page frame={frame} title="Runs">
      <h1>Runs</h1>
      <p>
        A run is the clock of a duty, or the pathway of a referral. <a href={`${frame.base}/findings`}>The watchdog</a>{' '}
        repairs lost ones.
      </p>
      <p>
        Each start of a run is one generation, from 1. One that is too old, or that an administrator starts again, is
        handed over to its next generation.
      </p>
      <Counts frame={frame} chosen={chosen} found={found} />
      <Filters frame={frame} policy={policy} chosen={chosen} />
      {total === 0 ? (
        <p>No run is in this list.</p>
      ) : (
        <Table
          caption={`${total} ${total === 1 ? 'run' : 'runs'}, the least healthy first`}
          heads={['Run', 'Referral', 'State', 'What it waits for, and what comes next', 'Office']}
          rows={runs.map((line) => [
            <RunName frame={frame} line={line} />,
            <Reference id={line.referralId} base={frame.base} />,
            stateWords[line.state],
            line.says.join(' '),
            line.office === undefined ? '–' : officeWords(line.office),
          ])}
        />
      )}
      <Pager page={page} pages={pages} at={at} />
      <p>
        <a href={addressOf(`${frame.base}${runsPath}/csv`, { ...chosen, page: undefined })}>Save as CSV</a>
      </p>
    </Page>
  );
};
