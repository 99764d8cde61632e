/** One run: where it stands, what happens if no one acts, what it did, and its generations. */
import type { RunView, Told } from '../../../shared/application/read/shown-run.ts';
import { type Definition, functionName } from '../../../shared/domain/audit/machine-graph.ts';
import { checkpointName } from '../../../shared/domain/audit/run-states.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { inside, keepingCareline } from '../../../shared/domain/words/words.ts';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { recipientWords } from '../app/page-words.ts';
import { addressOf } from '../queue/filter-words.ts';
import { actPath } from '../referral/referral-pages.ts';
import { logPath } from './log-page.tsx';
import { RunGraph } from './run-graph.tsx';
import { runPath, runsPath, stateWords } from './runs-page.tsx';

/** So many commits stand on a page, the newest first. */
const mostCommits = 8;

interface Props {
  readonly frame: Frame;
  readonly run: RunView;
  readonly definition: Definition;
  /** The sequence number before which older commits are shown. */
  readonly before: number;
  readonly nameOf: (personId: string) => string;
  /** The address of the execution in the console of AWS. Absent where it runs on one machine. */
  readonly inAws: string | undefined;
  /** The reader may order it to start again, and it lives. */
  readonly mayRestart: boolean;
}

/** `Reminder to the caseworker.` A miss is told by its own words. */
function Coming({ told, now }: { readonly told: Told; readonly now: string }) {
  const kinds = [...new Set(told.raised.map(({ kind }) => checkpointName(kind)))].map((each, index) =>
    index === 0 ? each : inside(each),
  );
  const to = told.to.slice(0, 3).map((each) => keepingCareline(inside(recipientWords(each))));
  const people =
    to.length === 0
      ? ', told with the calls'
      : ` to ${to.join(', ')}${told.to.length > to.length ? ' and others' : ''}`;
  return (
    <li>
      <strong>{clockTime(told.at, now)}</strong>: {kinds.join(' and ')}
      {people}.{told.times > 1 && ` It comes ${told.times} times until ${clockTime(told.lastAt, now)}.`}
      {told.missed.length > 0 && ' The duty counts as missed.'}
      {told.closed.length > 0 && ' The duty ends as missed.'}
    </li>
  );
}

const endWords: Readonly<Record<RunView['predecessors'][number]['because'], string>> = {
  lost: 'It was lost, and the next one went on',
  'handed-over': 'It was too old, and the next one took over',
  ordered: 'An administrator ordered it',
};

const actorWords = (
  { actor, onBehalfOf }: Pick<RunView['commits'][number], 'actor' | 'onBehalfOf'>,
  nameOf: Props['nameOf'],
): string => {
  if (actor.kind === 'function') return functionName(actor.id);
  return onBehalfOf === undefined ? nameOf(actor.id) : `${nameOf(actor.id)} on behalf of ${nameOf(onBehalfOf)}`;
};

const Said = ({
  sentences: [first = 'An alert was asked for', ...others],
}: {
  readonly sentences: readonly string[];
}) => (
  <>
    <p>{first}</p>
    {others.map((sentence) => (
      <p>{sentence}</p>
    ))}
  </>
);

function Commits({ frame, run, before, nameOf }: Pick<Props, 'frame' | 'run' | 'before' | 'nameOf'>) {
  const all = run.commits.filter(({ seq }) => seq < before).toReversed();
  const shown = all.slice(0, mostCommits);
  const last = shown.at(-1);
  return (
    <>
      <Table
        caption="What happened in it, the newest first"
        heads={['When', 'Who', 'What']}
        rows={shown.map((commit) => [
          clockTime(commit.at, frame.now),
          actorWords(commit, nameOf),
          <Said sentences={commit.says.filter((sentence) => !sentence.startsWith('Alert ')).slice(0, 3)} />,
        ])}
      />
      {last && all.length > shown.length && (
        <p>
          <a href={`${frame.base}${runPath(run.run)}?before=${last.seq}`}>Earlier entries</a>
        </p>
      )}
    </>
  );
}

/** What is known of retries: the saved wait has its own. The ledger has those of no other step. */
const retryWords = ({ waitTries }: RunView, isInAws: boolean): string => {
  const others = `Those of other steps are not recorded here${isInAws ? ', and stand in the console of AWS' : ''}.`;
  if (waitTries === undefined) return `No wait is saved now. ${others}`;
  return `${waitTries === 1 ? 'Its wait was saved at the first try' : `Its wait was saved at try ${waitTries}`}. ${others}`;
};

/** A wait ends by a commit or by its time. The function that told Step Functions so leaves no commit. */
const resumedWords = ({ state, commits, waitsSince }: RunView): string => {
  if (state === 'waiting' && waitsSince !== undefined) return 'Not yet. An act of a person resumes it, or its time.';
  const last = commits.findLast(({ actor }) => actor.kind === 'person');
  return last
    ? `Not recorded. The last act of a person in it stands below, as entry ${last.seq} of the referral.`
    : 'Not recorded. No person acted in it.';
};

export function RunPage(props: Props) {
  const { frame, run, definition, inAws, mayRestart } = props;
  const [duty] = run.duties;
  const title = duty?.duty ?? 'The pathway of the referral';
  const open = run.duties.filter(({ status }) => status === 'open');
  return (
    <Page frame={frame} title={`Run: ${title}`}>
      <p>
        <a href={`${frame.base}${runsPath}`}>All runs</a>
      </p>
      <h1>{title}</h1>
      <p>
        A run of <Reference id={run.referralId} base={frame.base} />, which has{' '}
        <a href={`${frame.base}/referrals/${run.referralId}/audit`}>an audit</a>, and{' '}
        <a href={addressOf(`${frame.base}${logPath}`, { referral: run.referralId })}>a log of who did what</a>.
      </p>
      <SummaryList
        pairs={[
          ['State', stateWords[run.state]],
          ['Now', run.says.join(' ')],
          ...(run.duties.length > 1
            ? ([['Duties', `${run.duties.length}, of which ${open.length} are open`]] as const)
            : []),
          ['Generation', `${run.generation}. Each start of the run is one generation, from 1.`],
          ['Retries', retryWords(run, inAws !== undefined)],
          ['Resumed by', resumedWords(run)],
          ['Execution', <span class="small">{run.execution}</span>],
        ]}
      />
      {inAws !== undefined && (
        <p>
          <a href={inAws}>The execution in the console of AWS</a>
        </p>
      )}
      {mayRestart && (
        <p>
          If it stands still,{' '}
          <a href={`${frame.base}${actPath(run.referralId, 'restart-run', { dutyId: run.run })}`}>start it again</a>.
        </p>
      )}
      <h2>What happens next if no one acts</h2>
      {run.ahead.length === 0 ? (
        <p>{run.state === 'ended' ? 'Nothing. This run has ended.' : 'It goes on waiting.'}</p>
      ) : (
        <ol class="usa-list">
          {run.ahead.map((told) => (
            <Coming told={told} now={frame.now} />
          ))}
        </ol>
      )}
      <h2>The way it took</h2>
      <RunGraph definition={definition} committed={run.passed} standsAt={run.standsAt} />
      <Commits {...props} />
      {run.predecessors.length > 0 && (
        <Table
          caption="Generations that ended before their time"
          heads={['Execution', 'Ended', 'Why']}
          rows={run.predecessors.map(({ execution, at, because }) => [
            execution,
            clockTime(at, frame.now),
            endWords[because],
          ])}
        />
      )}
    </Page>
  );
}
