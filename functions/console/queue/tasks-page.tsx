/** What waits on the reader across all referrals: their next steps, the most urgent first. */
import type { Child } from 'hono/jsx';
import { type Visitor, within } from '../../../shared/application/access/visitor.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { policeNoticeOf } from '../../../shared/domain/calls/calls.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { isAboutProposal, ownProposal } from '../../../shared/domain/next-steps/next-steps.ts';
import { findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { stepTitle } from '../../../shared/domain/words/step-titles.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import type { Directory } from '../../../shared/store/directory-reads.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Phone } from '../app/components/phone.tsx';
import { Tag } from '../app/components/tag.tsx';
import type { Frame } from '../app/frame.tsx';
import { linesOf } from '../app/group-lines.ts';
import { Page } from '../app/layout.tsx';
import { careline } from '../app/shell.tsx';
import { hasSteps, ProgramStepLists, type ProgramSteps } from '../program/program-steps.tsx';
import { isOfRole, pageOfTask } from '../referral/emergency-access-page.tsx';
import { addressOf, type Chosen } from './filter-words.ts';
import { ChildTags, Due, DutyWords, officeWords } from './queue-rows.tsx';

/** A row of the reader's tasks. */
export type TaskRow = BoardRow & {
  /** The duties that its answer comes before. */
  readonly follows?: readonly BoardRow[];
  /** The reader made the proposal that the duty is about, so another person answers it. */
  readonly isOwnProposal?: boolean;
  /** For a provider: the person of the department to ask, with a number. */
  readonly contact?: { readonly name: string; readonly phone?: string | undefined };
};

/** The rows, with those that wait for another person because this reader proposed it. `stateOf` reads a referral. */
export const withOwnProposals = (
  rows: readonly BoardRow[],
  visitor: Visitor,
  policy: Policy,
  stateOf: (referralId: string) => Promise<Referral | undefined>,
): Promise<readonly TaskRow[]> =>
  Promise.all(
    rows.map(async (row) => {
      const rule = findRule(policy, row.rule ?? '');
      if (!rule || !isAboutProposal(rule)) return row;
      const state = await stateOf(row.referralId);
      return {
        ...row,
        isOwnProposal: state !== undefined && ownProposal(rule, state, within(state, visitor)) !== undefined,
      };
    }),
  );

/** The rows, where a service of a provider names the person to ask: the liaison, or the Careline. Reads each liaison once. */
export async function withContacts(
  rows: readonly TaskRow[],
  directory: Pick<Directory, 'people'>,
): Promise<readonly TaskRow[]> {
  const ids = new Set(rows.flatMap(({ linkage, liaison }) => (linkage === undefined ? [] : (liaison ?? []))));
  const liaisons = ids.size === 0 ? [] : await directory.people([...ids]);
  return rows.map((row) =>
    row.linkage === undefined
      ? row
      : { ...row, contact: liaisons.find(({ id }) => id === row.liaison) ?? { name: 'Careline', phone: careline } },
  );
}

/**
 * A provider answers an offer before it does anything else for that service. So the offer is one line, with the duties that follow
 * it. Once accepted, a service with a duty has the lines of its duties alone.
 */
export function offersFirst(rows: readonly TaskRow[]): readonly TaskRow[] {
  const ofService = ({ referralId, subject }: BoardRow) => `${referralId} ${subject}`;
  const duties = Map.groupBy(
    rows.filter(({ kind }) => kind === 'deadline'),
    ofService,
  );
  const isTwin = (row: BoardRow) => row.kind === 'linkage' && duties.has(ofService(row));
  const twins = new Map(rows.filter(isTwin).map((row) => [ofService(row), row]));
  const told = new Set<string>();
  return rows.flatMap((row): readonly TaskRow[] => {
    if (isTwin(row)) return [];
    const service = ofService(row);
    const twin = row.kind === 'deadline' ? twins.get(service) : undefined;
    if (!twin) return [row];
    const { danger, missing, ageBand, pausedUntil, contact } = twin;
    // The row of a partner's duty says nothing of the child. That of the service does.
    if (twin.linkage !== 'offered')
      return [{ ...row, ...whereKnown({ danger, missing, ageBand, pausedUntil, contact }) }];
    if (told.has(service)) return [];
    told.add(service);
    return [{ ...twin, follows: duties.get(service) ?? [] }];
  });
}

function TaskWords({ row, policy }: { readonly row: TaskRow; readonly policy: Policy }) {
  const { kind, rule, subject = '', about, missing, isOwnProposal } = row;

  switch (kind) {
    case 'seat':
      if (isOfRole(row)) return <>Fill the seat that was declined, or remove it: {wordsInside(subject)}</>;
      return <>{`Accept or decline your seat on the team: ${wordsInside(subject)}`}</>;
    case 'linkage':
      if (isOfRole(row)) {
        return <>The consent ended. Ask for it again, or record a no{subject !== '' && `: ${wordsInside(subject)}`}</>;
      }
      return <>{linkageWords[row.linkage ?? 'offered'](wordsInside(subject))}</>;
    case 'step':
      return <>{stepTitle(row.step ?? 'meet-need', wordsInside(subject))}</>;
    case 'sealed':
      return <>Read the referral that you are named in</>;
    default:
      return (
        <>
          {isOwnProposal && 'Waits for a second person: '}
          <DutyWords
            {...about}
            subject={row.subject}
            rule={rule}
            missing={missing}
            policy={policy}
            // The row of a member, not of the leaders who convene the team.
            asMember={row.id.includes('#seat.')}
          />
        </>
      );
  }
}

/** What a provider does next for a service of theirs. */
const linkageWords: Readonly<Record<NonNullable<BoardRow['linkage']>, (service: string) => string>> = {
  offered: (service) => `Answer the referral to you: ${service}`,
  accepted: (service) => `Start the service: ${service}`,
  started: (service) => `The service has started: ${service}`,
};

/** When a member joins the meeting, and how. */
function MeetingTime({
  joins: { startsAt, way = '' },
  due,
  now,
}: {
  readonly joins: Joins;
  readonly due: string;
  readonly now: string;
}) {
  if (startsAt === undefined) return <>No time is set yet. The coordinator sets it by {clockTime(due, now)}.</>;
  if (startsAt <= now) return <>It began {clockTime(startsAt, now)}. The coordinator records it.</>;
  return (
    <>
      <DueTime due={startsAt} now={now} />, {wordsInside(way)}
    </>
  );
}

type Joins = NonNullable<BoardRow['joins']>;

/**
 * One task in one row: what to do, by when, and about which child. A task with several duties has a tick for each, and is one row
 * too. `withOffice`: the row names the office of the referral.
 */
function Task({
  duties,
  frame: { base, now },
  policy,
  withOffice,
}: Pick<Tasks, 'frame' | 'policy' | 'withOffice'> & { readonly duties: readonly [TaskRow, ...TaskRow[]] }) {
  const [row, ...others] = duties;
  const { referralId, group, office, kind, contact, seats } = row;
  const linkTo = (of: TaskRow, words: Child) => <a href={`${base}${pageOfTask(of)}`}>{words}</a>;
  const rules = duties.map((each) => findRule(policy, each.rule ?? ''));
  const isOneCall = rules.every((each) => each !== undefined && policeNoticeOf(each) !== undefined);
  const isGroup = group !== undefined && others.length > 0;
  const told = isGroup ? words(group.kind) : <TaskWords row={row} policy={policy} />;
  // Of several, one that the law sets says so for all. An invitation to a meeting is of neither.
  const source = row.joins ? undefined : (rules.find((each) => each?.kind === 'statute') ?? rules[0])?.kind;
  return (
    <li>
      <div class="task-what">
        {isGroup && !isOneCall ? told : linkTo(row, told)}{' '}
        {source && <Tag kind={source === 'statute' ? 'law' : 'policy'}>{source === 'statute' ? 'law' : 'policy'}</Tag>}
        {isGroup && (
          <ul class="ticks">
            {duties.map((each) => {
              const words = <TaskWords row={each} policy={policy} />;
              return <li>{isOneCall ? words : linkTo(each, words)}</li>;
            })}
          </ul>
        )}
        {seats && (
          <span class="row-note small">
            {seats.unanswered} of {seats.all} members have not answered.
          </span>
        )}
        {row.follows?.map((duty) => (
          <span class="row-note small">
            Then: <TaskWords row={duty} policy={policy} />
            {duty.due !== row.due && (
              <>
                {' '}
                (<Due row={duty} now={now} />)
              </>
            )}
          </span>
        ))}
      </div>
      <div class="task-due">
        {row.joins ? <MeetingTime joins={row.joins} due={row.due} now={now} /> : <Due row={row} now={now} />}
      </div>
      <div class="task-child">
        <span class="reference">{referralId}</span>{' '}
        {kind === 'sealed' ? <Tag kind="restricted">Restricted</Tag> : <ChildTags row={row} now={now} />}
        {withOffice && office !== undefined && <span class="small"> {officeWords(office)}</span>}
        {contact && (
          <span class="row-note small">
            Questions: {contact.name}
            {contact.phone !== undefined && (
              <>
                , <Phone number={contact.phone} />
              </>
            )}
          </span>
        )}
      </div>
    </li>
  );
}

interface Tasks {
  readonly frame: Frame;
  readonly policy: Policy;
  readonly rows: readonly TaskRow[];
  readonly withOffice?: boolean;
}

/** The reader's tasks, the most urgent first. */
export const TaskList = ({ rows, ...shown }: Tasks) => (
  <ol class="task-list">
    {linesOf(offersFirst(rows)).map((duties) => (
      <Task duties={duties} {...shown} />
    ))}
  </ol>
);

interface TasksPageProps {
  readonly program: ProgramSteps;
  readonly frame: Frame;
  readonly policy: Policy;
  readonly page: Pick<BoardPage, 'next'> & { readonly rows: readonly TaskRow[] };
  readonly chosen: Chosen;
}

export const TasksPage = ({ frame, policy, page, chosen, program }: TasksPageProps) => {
  const isOverdueOnly = chosen.overdue === 'yes';
  const here = `${frame.base}/deadlines`;

  return (
    <Page frame={frame} title="Your next steps">
      <h1>Your next steps</h1>
      <p>
        {isOverdueOnly ? 'Your overdue tasks in all referrals.' : 'All your tasks in all referrals.'}{' '}
        {isOverdueOnly ? <a href={here}>Show all</a> : <a href={`${here}?overdue=yes`}>Overdue only</a>}
      </p>
      {page.rows.length === 0 ? (
        !hasSteps(program) && <p>{isOverdueOnly ? 'None of your tasks is overdue.' : 'Nothing waits for you.'}</p>
      ) : (
        <TaskList frame={frame} policy={policy} rows={page.rows} withOffice />
      )}
      <ProgramStepLists frame={frame} steps={program} heading="h2" />
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
