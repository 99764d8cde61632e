/** What waits on the reader across all referrals: their next steps, the most urgent first. */
import type { Child } from 'hono/jsx';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { sentenceIn } from '../../../shared/domain/words/partner-sentences.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { Table } from '../app/components/table.tsx';
import { Tag } from '../app/components/tag.tsx';
import type { Frame } from '../app/frame.tsx';
import { linesOf } from '../app/group-lines.ts';
import { Page } from '../app/layout.tsx';
import { pageOfTask } from '../referral/emergency-access.tsx';
import { addressOf, type Chosen } from './filter-words.ts';
import { ChildTags, Due, DutyWords, officeWords } from './queue-rows.tsx';

/**
 * A provider answers an offer before it does anything else for that service, so the offer stands before its deadlines. Once
 * accepted, a service with a deadline has the line of the deadline alone.
 */
export function offersFirst(rows: readonly BoardRow[]): readonly BoardRow[] {
  const ofService = ({ referralId, subject }: BoardRow) => `${referralId} ${subject}`;
  const due = new Set(rows.filter(({ kind }) => kind === 'deadline').map(ofService));
  const isTwin = (row: BoardRow) => row.kind === 'linkage' && due.has(ofService(row));
  const offers = new Map(rows.filter((row) => isTwin(row) && row.offered).map((row) => [ofService(row), row]));
  const told = new Set<string>();
  return rows.flatMap((row) => {
    if (isTwin(row)) return [];
    const service = ofService(row);
    const offer = row.kind === 'deadline' && !told.has(service) ? offers.get(service) : undefined;
    told.add(service);
    return offer ? [offer, row] : [row];
  });
}

function TaskWords({ row, policy }: { readonly row: BoardRow; readonly policy: Policy }) {
  const { kind, rule, subject, about, missing, owner, seats } = row;
  switch (kind) {
    case 'seat':
      // It waits for a person by name, or for the coordinator once each holder has declined.
      if (owner?.includes('@')) return <>Fill the seat that was declined, or remove it: {wordsInside(subject ?? '')}</>;
      return <>Accept or decline your seat on the team: {wordsInside(subject ?? '')}</>;
    case 'linkage':
      if (owner?.includes('@')) {
        return (
          <>The consent ended. Ask for it again, or record a no{subject !== undefined && `: ${wordsInside(subject)}`}</>
        );
      }
      return <>Answer the referral to you: {wordsInside(subject ?? '')}</>;
    case 'sealed':
      return <>Read the referral that you are named in</>;
    default:
      return (
        <>
          <DutyWords
            {...about}
            subject={subject}
            rule={rule}
            missing={missing}
            policy={policy}
            // The row of a member, not of the leaders who convene the team.
            asMember={row.id.includes('#seat.')}
          />
          {seats && <span class="row-note">{unansweredWords(seats)}</span>}
        </>
      );
  }
}

const unansweredWords = ({ all, unanswered }: NonNullable<BoardRow['seats']>): string =>
  sentenceIn('en', '{unanswered} of {all} members have not answered.', {
    unanswered: String(unanswered),
    all: String(all),
  });

/** One task, or one with a tick for each of its duties. */
function taskLine(duties: readonly [BoardRow, ...BoardRow[]], { base, now }: Frame, policy: Policy): readonly Child[] {
  const [row, ...others] = duties;
  const { referralId, rule, group, office, kind, danger } = row;
  const link = (of: BoardRow) => (
    <a href={`${base}${pageOfTask(of)}`}>
      <TaskWords row={of} policy={policy} />
    </a>
  );
  const isGroup = group !== undefined && others.length > 0;
  const source = rule === undefined ? undefined : findRule(policy, rule)?.kind;
  return [
    isGroup ? (
      <>
        {words(group.kind)}
        <ul>
          {duties.map((each) => (
            <li>{link(each)}</li>
          ))}
        </ul>
      </>
    ) : (
      link({ ...row, rule })
    ),
    <>
      <Due row={row} now={now} />
      {source !== undefined && <span class="row-note">{source === 'statute' ? 'set by law' : 'set by policy'}</span>}
    </>,
    <>
      <span class="reference">{referralId}</span>{' '}
      <span class="task-child">
        {kind === 'sealed' ? <Tag kind="restricted">Restricted</Tag> : <ChildTags row={row} now={now} />}
      </span>
    </>,
    danger === undefined && office === undefined ? '–' : officeWords(office),
  ];
}

interface Tasks {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly rows: readonly BoardRow[];
}

/** The same tasks as a short list, for the home page. */
export const TaskList = ({ frame, policy, rows }: Tasks) => (
  <ol class="task-list">
    {linesOf(offersFirst(rows)).map((duties) => {
      const [what, due, whose] = taskLine(duties, frame, policy);
      return (
        <li>
          {what} <span class="task-due">{due}</span>
          <span class="row-note">{whose}</span>
        </li>
      );
    })}
  </ol>
);

export const TaskTable = ({ frame, policy, rows }: Tasks) => (
  <Table
    caption="Your next steps, most urgent first"
    heads={['Do this', 'Due', 'Referral', 'Office']}
    rows={linesOf(offersFirst(rows)).map((duties) => taskLine(duties, frame, policy))}
  />
);

interface TasksPageProps {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly page: BoardPage;
  readonly chosen: Chosen;
}

export const TasksPage = ({ frame, policy, page, chosen }: TasksPageProps) => {
  const isOverdueOnly = chosen.overdue === 'yes';
  const here = `${frame.base}/deadlines`;
  return (
    <Page frame={frame} title="Your next steps">
      <h1>Your next steps</h1>
      <p>
        {isOverdueOnly ? 'Your overdue tasks in all referrals. ' : 'All your tasks in all referrals. '}
        {isOverdueOnly ? <a href={here}>Show all</a> : <a href={`${here}?overdue=yes`}>Overdue only</a>}
      </p>
      {page.rows.length === 0 ? (
        <p>{isOverdueOnly ? 'None of your tasks is overdue.' : 'Nothing waits for you.'}</p>
      ) : (
        <TaskTable frame={frame} policy={policy} rows={page.rows} />
      )}
      {page.next !== undefined && (
        <p>
          <a href={addressOf(here, chosen, { after: page.next })} rel="next">
            Next page of your next steps
          </a>
        </p>
      )}
    </Page>
  );
};
