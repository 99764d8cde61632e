/** The deadlines that wait on one person, the search for referrals, and the filters of the queue. */
import type { Child } from 'hono/jsx';
import type { SearchLine } from '../../../shared/contracts/lists.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { hasDue } from '../../../shared/domain/board/board-rows.ts';
import { regionNumbers } from '../../../shared/domain/board/list-rows.ts';
import { anyStage } from '../../../shared/domain/core/command.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { offices, regions } from '../../../shared/policy/places/geography.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { linesOf } from '../app/group-lines.ts';
import { Page } from '../app/layout.tsx';
import { controlId } from '../forms/field-view.tsx';
import { Left } from '../referral/deadline-view.tsx';
import { pageOfDeadline } from '../referral/emergency-access.tsx';

/** The chosen filters of a list, by name. Empty where all rows are shown. */
export type Chosen = Readonly<Record<string, string | undefined>>;

const regionWords = (number: string): string => {
  const known = regions.find(({ id }) => String(id) === number);
  return known ? `${number} ${known.name}` : 'Not known yet';
};

function Choice(props: {
  readonly name: string;
  readonly label: string;
  readonly all: string;
  readonly chosen: Chosen;
  readonly options: readonly (readonly [value: string, label: string])[];
}) {
  const { name, label, all, chosen, options } = props;
  const id = controlId('filter', name);
  return (
    <>
      <label class="usa-label" for={id}>
        {label}
      </label>
      <select class="usa-select" id={id} name={name}>
        <option value="">{all}</option>
        {options.map(([value, text]) => (
          <option value={value} selected={chosen[name] === value}>
            {text}
          </option>
        ))}
      </select>
    </>
  );
}

const Tick = ({ name, label, chosen }: { readonly name: string; readonly label: string; readonly chosen: Chosen }) => (
  <div class="usa-checkbox">
    <input
      class="usa-checkbox__input"
      id={controlId('filter', name)}
      type="checkbox"
      name={name}
      value="yes"
      checked={chosen[name] === 'yes'}
    />
    <label class="usa-checkbox__label" for={controlId('filter', name)}>
      {label}
    </label>
  </div>
);

const Day = ({ name, label, chosen }: { readonly name: string; readonly label: string; readonly chosen: Chosen }) => (
  <>
    <label class="usa-label" for={controlId('filter', name)}>
      {label}
    </label>
    <input class="usa-input" id={controlId('filter', name)} name={name} type="date" value={chosen[name] ?? ''} />
  </>
);

const StageAndRegion = ({ chosen }: { readonly chosen: Chosen }) => (
  <>
    <Choice
      name="stage"
      label="Stage"
      all="Every stage"
      chosen={chosen}
      options={anyStage.map((each) => [each, words(each)] as const)}
    />
    <Choice
      name="region"
      label="Region"
      all="Every region"
      chosen={chosen}
      options={regionNumbers.map((each) => [each, regionWords(each)] as const)}
    />
  </>
);

/** The filters of the queue. */
export const QueueFilter = ({ frame, chosen }: { readonly frame: Frame; readonly chosen: Chosen }) => (
  <form class="usa-form usa-form--large" method="get" action={`${frame.base}/`}>
    <StageAndRegion chosen={chosen} />
    <Choice
      name="owner"
      label="Whose deadlines"
      all="Every referral once"
      chosen={chosen}
      options={roles.map((each) => [each, words(each)] as const)}
    />
    <Tick name="overdue" label="What is overdue alone" chosen={chosen} />
    <button class="usa-button usa-button--outline" type="submit">
      Show
    </button>
  </form>
);

/** The address of the next page of a list, with the same filters. */
export const addressOf = (path: string, chosen: Chosen, mark: Chosen): string => {
  const given = Object.entries({ ...chosen, ...mark }).flatMap(([name, value]): [string, string][] =>
    value ? [[name, value]] : [],
  );
  return `${path}?${new URLSearchParams(given)}`;
};

function Next({ address, of }: { readonly address: string; readonly of: string }) {
  return (
    <p>
      <a href={address} rel="next">
        Next page of {of}
      </a>
    </p>
  );
}

const obligationOf = (rule: string | undefined, policy: Policy): string => {
  const known = policy.deadlines.find(({ id }) => id === rule);
  return known ? `${known.id}: ${known.obligation}` : (rule ?? 'None');
};

export interface DeadlinesPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly page: BoardPage;
  readonly chosen: Chosen;
}

/** One deadline, or one task with a tick for each of its duties. */
function deadlineLine(duties: readonly [BoardRow, ...BoardRow[]], frame: Frame, policy: Policy): readonly Child[] {
  const [{ referralId, rule, subject, due, group }, ...others] = duties;
  const link = (of: string | undefined, text: string) => (
    <a href={`${frame.base}${pageOfDeadline(referralId, of)}`}>{text}</a>
  );
  const left = <Left due={due} now={frame.now} />;
  if (!group || others.length === 0) {
    const service = subject === undefined ? '–' : words(subject);
    return [link(rule, referralId), obligationOf(rule, policy), service, formatInstant(due), left];
  }
  const each = (show: (row: BoardRow) => Child) => (
    <ul>
      {duties.map((row) => (
        <li>{show(row)}</li>
      ))}
    </ul>
  );
  return [
    link(rule, referralId),
    <>
      {words(group.kind)}
      {each((row) => link(row.rule, obligationOf(row.rule, policy)))}
    </>,
    subject === undefined ? '–' : each((row) => (row.subject === undefined ? '–' : words(row.subject))),
    each((row) => formatInstant(row.due)),
    left,
  ];
}

export const DeadlinesPage = ({ frame, policy, page, chosen }: DeadlinesPageProps) => (
  <Page frame={frame} title="My deadlines">
    <h1>My deadlines</h1>
    <p>Every open deadline that waits on you: by a duty of yours, by name, or because it was raised to you.</p>
    <p>
      {chosen.overdue === 'yes' ? 'Shown is what is overdue. ' : 'Shown are all. '}
      {chosen.overdue === 'yes' ? (
        <a href={`${frame.base}/deadlines`}>Show all</a>
      ) : (
        <a href={`${frame.base}/deadlines?overdue=yes`}>Show what is overdue alone</a>
      )}
    </p>
    {page.rows.length === 0 ? (
      <p>Nothing waits on you.</p>
    ) : (
      <Table
        caption="Open deadlines, most urgent first"
        heads={['Referral', 'Deadline', 'Service', 'Due', 'Time left']}
        rows={linesOf(page.rows).map((duties) => deadlineLine(duties, frame, policy))}
      />
    )}
    {page.next !== undefined && (
      <Next address={addressOf(`${frame.base}/deadlines`, chosen, { after: page.next })} of="your deadlines" />
    )}
  </Page>
);

export interface FindPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly chosen: Chosen;
  /** Absent where the chosen filters cannot be searched. */
  readonly found?: { readonly referrals: readonly SearchLine[]; readonly next?: string };
  readonly problems: readonly string[];
}

export const FindPage = ({ frame, policy, chosen, found, problems }: FindPageProps) => (
  <Page frame={frame} title="All referrals">
    {problems.length > 0 && (
      <Alert kind="error" heading="Not looked for">
        {problems.join(' ')}
      </Alert>
    )}
    <h1>All referrals</h1>
    <p>Of every stage, as far as your roles reach. One whose reference you have is found at the top of the page.</p>
    <form class="usa-form usa-form--large" method="get" action={`${frame.base}/referrals`}>
      <StageAndRegion chosen={chosen} />
      <Day name="from" label="First day of the report" chosen={chosen} />
      <Day name="to" label="Last day of the report" chosen={chosen} />
      <Tick name="overdue" label="What is overdue alone" chosen={chosen} />
      <Tick name="bounced" label="Undelivered alerts" chosen={chosen} />
      <button class="usa-button" type="submit">
        Show
      </button>
    </form>
    {found && <Found frame={frame} policy={policy} found={found} chosen={chosen} />}
  </Page>
);

/** The order of the search: open ones first unless a day was asked for, then overdue ones. */
const isByHarm = ({ overdue, bounced, stage, from, to }: Chosen): boolean =>
  bounced !== 'yes' && (overdue === 'yes' || (stage === 'open' && !from && !to));

function Found({ frame, policy, found, chosen }: Required<Omit<FindPageProps, 'problems'>>) {
  const { referrals, next } = found;
  return (
    <>
      {referrals.length === 0 ? (
        <p>{next === undefined ? 'None was found.' : 'None was found so far: look on with the next page.'}</p>
      ) : (
        <Table
          caption={isByHarm(chosen) ? 'Found, most urgent first' : 'Found, the newest report first'}
          heads={[
            'Referral',
            'Stage',
            'Reported',
            'Region',
            'Office',
            'Screening outcome',
            'Most urgent duty',
            'Time left',
          ]}
          rows={referrals.map((line): readonly Child[] => [
            <a href={`${frame.base}/referrals/${line.referralId}`}>{line.referralId}</a>,
            words(line.stage),
            line.receivedAt === undefined ? '–' : formatInstant(line.receivedAt),
            regionWords(line.region),
            offices.find(({ id }) => id === line.office)?.name ?? line.office ?? 'Not known yet',
            line.outcome === undefined && line.danger === undefined ? '–' : words(line.outcome ?? 'not screened yet'),
            obligationOf(line.rule, policy),
            line.due !== undefined && hasDue({ due: line.due }) ? <Left due={line.due} now={frame.now} /> : '–',
          ])}
        />
      )}
      {next !== undefined && (
        <Next address={addressOf(`${frame.base}/referrals`, chosen, { after: next })} of="what was found" />
      )}
    </>
  );
}
