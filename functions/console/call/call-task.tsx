/** The call task: the person to call now, the number, what to say, and the results of calls. */

import { nextCallOf, type ReferralCalls } from '../../../shared/application/read/read-calls.ts';
import {
  type CalleeInTask,
  type CallTask,
  isYours,
  type PlaceField,
  titleOfTask,
} from '../../../shared/application/use-cases/call-tasks.ts';
import { mayDo } from '../../../shared/domain/commands.ts';
import type { AgeBand } from '../../../shared/domain/core/age-bands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { standingWords, telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { emergency } from '../../../shared/policy/public-hotlines.ts';
import { type Frame, Token } from '../app/frame.tsx';
import { timeLeft } from '../app/page-words.ts';
import { titleOf } from '../forms/command-form.tsx';
import { actPath } from '../referral/referral-pages.ts';
import { Emergency } from './emergency.tsx';
import { HandleThis } from './handle-this.tsx';
import { Holding } from './holding.tsx';

/**
 * The page that holds the list. It decides the way back, and how many calls are open. `queue`: the head of the home page, with one
 * line for each referral after the worst. `lines`: the head of the whole queue, with lines alone. `list`: the page of all calls.
 */
export type CallPlace = 'queue' | 'lines' | 'list' | 'referral' | 'report';

export interface CallsProps {
  readonly frame: Frame;
  readonly place: CallPlace;
  readonly referrals: readonly ReferralCalls[];
  /** So many worse ones stand on the pages before. */
  readonly skip?: number;
  /** Other referrals with a call to make, that come after those of this page. */
  readonly more?: number;
  /** Random. A form sent twice records one call. */
  readonly submission: string;
  /** Where the child is, on a page that has read it. */
  readonly said?: PlaceSaid | undefined;
}

/** What to say of the place of the child on the telephone. Each sentence has the field of the vault that says which people may hear it. */
export type PlaceSaid = readonly { readonly field: PlaceField; readonly words: string }[];

/** The address of the list alone, for its script. */
const panelAddress = ({ base }: Frame, place: CallPlace, referralIds: readonly string[], skip: number): string =>
  `${base}/calls/panel?${new URLSearchParams([
    ['from', place],
    ...referralIds.map((id): [string, string] => ['of', id]),
    ...(skip > 0 ? [['skip', String(skip)] satisfies [string, string]] : []),
  ])}`;

/** The list with its script, which loads it again. `of`: its referrals, or empty for all that wait. */
export const LiveCalls = ({ of = [], ...props }: CallsProps & { readonly of?: readonly string[] }) => (
  <>
    <div class="calls" data-calls={panelAddress(props.frame, props.place, of, props.skip ?? 0)}>
      <Calls {...props} />
    </div>
    {/* The list is fetched again without any word of the vault. The script puts the place back from here. */}
    {props.said && (
      <p id="place-said" hidden>
        {props.said.map(({ field, words }) => (
          <span data-field={field}>{words}</span>
        ))}
      </p>
    )}
    <p id="calls-news" class="usa-sr-only" role="status" />
  </>
);

const newsOf = (referrals: readonly ReferralCalls[]): string => {
  const news = referrals
    .flatMap(({ tasks }) => tasks)
    .flatMap(({ underWay, heldBy, referralId }) =>
      heldBy
        ? [`${heldBy.name} is handling ${referralId}.`]
        : underWay.map(({ byName, calleeName }) => `${byName} is calling ${calleeName}.`),
    );
  // A person who took several duties on is named once.
  return [...new Set(news)].join(' ');
};

/** The list as it is now. The script fetches it too. */
export function Calls({ frame, place, referrals, skip = 0, more = 0, submission, said }: CallsProps) {
  const shown = referrals.filter(({ tasks, damaged }) => tasks.length > 0 || damaged);
  const open = shown.flatMap(({ tasks }) => tasks).filter(({ heldBy }) => heldBy === undefined).length;
  return (
    <div data-news={newsOf(shown)} data-now={frame.now} data-open={String(open)}>
      {shown.length > 0 && (place === 'queue' || place === 'lines') && <h2>Call now</h2>}
      {place === 'report' && shown.length > 1 && <NextCall frame={frame} next={nextCallOf(shown, frame.now)} />}
      {shown.map((each, index) =>
        place === 'lines' || (place === 'queue' && index > 0) ? (
          <ChildLine frame={frame} each={each} />
        ) : (
          <ChildCalls
            frame={frame}
            place={place}
            each={each}
            number={shown.length > 1 && place === 'report' ? index + 1 : undefined}
            submission={submission}
            said={said}
            of={place === 'report' ? referrals.map(({ referralId }) => referralId) : []}
          />
        ),
      )}
      {more > 0 && (
        <p>
          <a href={`${frame.base}/calls${place === 'list' ? `?skip=${skip + referrals.length}` : ''}`}>
            {more} more {more === 1 ? 'referral needs' : 'referrals need'} a call
          </a>
        </p>
      )}
    </div>
  );
}

/** The call to begin with, of all children of a report. */
export const NextCall = ({ frame, next }: { readonly frame: Frame; readonly next: CallTask | undefined }) =>
  next && (
    <>
      <p>
        <strong>Next call, {next.referralId}:</strong>
      </p>
      <Row frame={frame} task={next} />
    </>
  );

const Marks = ({ each: { danger, missing } }: { readonly each: ReferralCalls }) => (
  <>
    {danger !== 'no' && <span class="calls-mark">{danger === 'yes' ? 'In danger' : 'Danger unknown'}</span>}
    {missing && <span class="calls-mark">Missing</span>}
  </>
);

/** On the page of the referral the words stand in a box above the calls. */
const WarnWorkers = ({ frame, referralId }: { readonly frame: Frame; readonly referralId: string }) => (
  <p class="calls-warn">
    <strong>Danger to workers.</strong> <a href={`${frame.base}/referrals/${referralId}`}>Read it before you call</a>,
    and warn the person who goes.
  </p>
);

/** One referral in one line: the first call, with its number. All its calls are on the page of calls. */
const ChildLine = ({ frame, each }: { readonly frame: Frame; readonly each: ReferralCalls }) => {
  const [first, ...others] = each.tasks;
  return (
    <section class="calls-line" aria-label={`Calls for ${each.referralId}`}>
      <h3>
        <a href={`${frame.base}/referrals/${each.referralId}`}>{each.referralId}</a>
        <Marks each={each} />
      </h3>
      {each.warnsWorkers && <WarnWorkers frame={frame} referralId={each.referralId} />}
      {first ? (
        <Row frame={frame} task={first} />
      ) : (
        <p>The record cannot be read now. Ask the Careline supervisor on duty.</p>
      )}
      {others.length > 0 && <MoreCalls frame={frame} referralId={each.referralId} count={others.length} />}
    </section>
  );
};

/** Leads to all calls about one referral. */
const MoreCalls = ({
  frame,
  referralId,
  count,
}: {
  readonly frame: Frame;
  readonly referralId: string;
  readonly count: number;
}) => (
  <p>
    <a href={`${frame.base}/calls?of=${referralId}`}>
      {count} more {count === 1 ? 'call' : 'calls'}
    </a>
  </p>
);

interface ChildProps {
  readonly frame: Frame;
  readonly place: CallPlace;
  readonly each: ReferralCalls;
  readonly number: number | undefined;
  readonly submission: string;
  readonly of: readonly string[];
  readonly said?: PlaceSaid | undefined;
}

function ChildCalls({ frame, place, each, number, submission, of, said }: ChildProps) {
  const { referralId, ageBand, tasks, damaged } = each;
  const isList = place === 'queue' || place === 'list';
  // Right after a report, three urgent calls are open. Elsewhere only the first is. The page of the referral folds the
  // next one, and the page of calls has the others. Where the police come first, so is the person who goes, while both are in time.
  const [first, ...others] = tasks;
  const isInTime = tasks.slice(0, 2).every(({ duties }) => duties.every(({ overdue }) => !overdue));
  const withPolice = first?.callAtOnce && isInTime ? others.slice(0, 1) : [];
  const full =
    place === 'report' ? others.filter(({ pressing }) => pressing).slice(0, 2) : place === 'queue' ? [] : withPolice;
  const rest = others.filter((task) => !full.includes(task));
  const props = { frame, place, submission, of, said };
  const heading = (
    <>
      {number !== undefined && `${whoIsWho(number, ageBand)}: `}
      {place === 'referral' ? 'Call now' : <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>}
      <Marks each={each} />
    </>
  );
  return (
    <section class="calls-child" aria-label={`Calls for ${referralId}`}>
      {place === 'queue' ? <h3>{heading}</h3> : <h2>{heading}</h2>}
      {each.warnsWorkers && place !== 'referral' && <WarnWorkers frame={frame} referralId={referralId} />}
      {each.danger === 'yes' && <Emergency />}
      {damaged && (
        <p>
          The record of this referral cannot be read now, so it names no one to call. Ask the Careline supervisor on
          duty.
        </p>
      )}
      {damaged?.map(({ title, due }) => (
        <p class="call-row">
          {title}, due {clockTime(due, frame.now)}: {timeLeft(due, frame.now)}
        </p>
      ))}
      {first && <Card {...props} task={first} />}
      {full.map((task) => (
        <Card {...props} task={task} mostOthers={1} />
      ))}
      {place === 'queue' && rest[0] && (
        <>
          <Row frame={frame} task={rest[0]} />
          {isYours(rest[0]) && <Have {...props} task={rest[0]} look="usa-button" />}
        </>
      )}
      {place === 'queue' && rest.length > 1 && (
        <MoreCalls frame={frame} referralId={referralId} count={rest.length - 1} />
      )}
      {(place === 'queue' ? [] : rest).map((task, index) =>
        isList ? (
          <Row frame={frame} task={task} />
        ) : place === 'referral' && index > 0 ? (
          <>
            <Row frame={frame} task={task} isHere />
            {isYours(task) && <Have {...props} task={task} look="usa-button" />}
          </>
        ) : (
          <details class="call-row" id={`row-${task.deadlineId}`}>
            <summary>{rowWords(task, frame)}</summary>
            <Card {...props} task={task} mostOthers={1} />
          </details>
        ),
      )}
    </section>
  );
}

interface CardProps {
  readonly frame: Frame;
  readonly place: CallPlace;
  readonly task: CallTask;
  readonly submission: string;
  readonly of: readonly string[];
  readonly said?: PlaceSaid | undefined;
}

/** `Child 2, 12 to 14`: tells the children of one report apart without a name. */
export const whoIsWho = (number: number, ageBand: AgeBand = 'not-known'): string =>
  `Child ${number}, ${ageBand === 'not-known' ? 'age not known' : wordsInside(ageBand)}`;

const nextIn = ({ callees, next }: CallTask): CalleeInTask | undefined => callees.find(({ id }) => id === next);

type Duty = CallTask['duties'][number];

/**
 * The duties of one call, by their due times, the first due at the top. A merged report brings the same duty once more, and the
 * one due first stands for both.
 */
function byDueTime(duties: CallTask['duties']): readonly (readonly [Duty, ...Duty[]])[] {
  const inOrder = duties.toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const each = inOrder.filter(({ title }, index) => inOrder.findIndex((duty) => duty.title === title) === index);
  return [...Map.groupBy(each, ({ due }) => due).values()].flatMap(([first, ...others]) =>
    first ? [[first, ...others] as const] : [],
  );
}

/** `call now; the law’s latest is 2:55 PM`: the due time is no time to wait for. */
const atOnce = ({ due, byLaw }: Pick<Duty, 'due' | 'byLaw'>, now: string): string =>
  `call now; ${byLaw ? 'the law’s latest is' : 'due by'} ${clockTime(due, now)}`;

/** `Start the response: go to the child by 6:12 PM`, or `…, overdue by 12 minutes`. */
function whatAndWhen(task: CallTask, now: string): string {
  const [due = now] = task.duties.map((each) => each.due).toSorted((one, other) => Date.parse(one) - Date.parse(other));
  const left = timeLeft(due, now);
  if (task.callAtOnce && !left.startsWith('overdue')) return `${titleOfTask(task)}: ${atOnce(task.duties[0], now)}`;
  return `${titleOfTask(task)}${left.startsWith('overdue') ? `, ${left}` : ` by ${clockTime(due, now)}`}`;
}

/** Who has the child, or that the reader acts first. Undefined where another person is called next. */
function whoHas(task: CallTask, { visitor }: Frame): string | undefined {
  const { heldBy } = task;
  if (heldBy) return heldBy.id === visitor?.id ? 'you are handling this' : `${heldBy.name} is handling this`;
  return isYours(task) ? 'you are first on call' : undefined;
}

/** Stands in the place of a name and number. */
const insteadOf = ({ isReaders }: CallTask): string =>
  isReaders ? 'yours to do' : 'ask the Careline supervisor on duty';

/** One line: what, by when, and the person to call or the holder. */
function rowWords(task: CallTask, frame: Frame): string {
  const callee = nextIn(task);
  const who = [callee?.name, callee?.phone].filter((each) => each !== undefined).join(', ');
  return `${whatAndWhen(task, frame.now)}${afterWhen(task)} ${whoHas(task, frame) ?? (who || insteadOf(task))}`;
}

/** Between when and who. The law's latest is a sentence of its own. */
const afterWhen = ({ callAtOnce }: CallTask): string => (callAtOnce ? '.' : ':');

/**
 * The same line with the number to press. The rest is on the page of the referral. `isHere`: that page has the line, so the rest
 * is on the page of its calls.
 */
function Row({
  frame,
  task,
  isHere = false,
}: {
  readonly frame: Frame;
  readonly task: CallTask;
  readonly isHere?: boolean;
}) {
  const callee = nextIn(task);
  const has = whoHas(task, frame);
  return (
    <p class="call-row" id={isHere ? `row-${task.deadlineId}` : undefined}>
      <a
        href={
          isHere
            ? `${frame.base}/calls?of=${task.referralId}#call-${task.deadlineId}`
            : `${frame.base}/referrals/${task.referralId}#row-${task.deadlineId}`
        }
      >
        {whatAndWhen(task, frame.now)}
      </a>
      {afterWhen(task)}{' '}
      {has ??
        (callee?.phone === undefined ? (
          insteadOf(task)
        ) : (
          <>
            {callee.name}, <a href={telephoneLink(callee.phone)}>{callee.phone}</a>
          </>
        ))}
    </p>
  );
}

const withoutAnswer = ({ calls }: CalleeInTask): number => calls.filter(({ result }) => result === 'no-answer').length;

/** `mostOthers`: so many are listed after the person to call now. A call without an answer moves the list on. */
function Card({ mostOthers = 3, ...props }: CardProps & { readonly mostOthers?: number }) {
  const { frame, place, task } = props;
  const { duties, heldBy, callees, underWay, say } = task;
  const lines = byDueTime(duties);
  const titles = lines.flat().map(({ title }) => title);
  const callee = nextIn(task);
  const others = callees
    .filter((each) => each !== callee && !each.isReader)
    .toSorted((one, other) => withoutAnswer(one) - withoutAnswer(other))
    .slice(0, mostOthers);
  const yours = isYours(task);
  const heading = titleOfTask(task);
  return (
    <article class={heldBy ? 'call call-held' : 'call'} id={`call-${task.deadlineId}`}>
      {place === 'queue' ? <h4>{heading}</h4> : <h3>{heading}</h3>}
      {lines.map((due) => (
        <>
          <p class="call-due">
            <LineDue duties={due} isOne={lines.length === 1} isAtOnce={task.callAtOnce === true} now={frame.now} />
          </p>
          {due.map(({ unless }) => unless !== undefined && <p class="small">{unless}</p>)}
        </>
      ))}
      {titles.length > 1 && lines.length === 1 && (
        <p class="small">One call, and a tick for each: {titles.join('; ')}.</p>
      )}
      {heldBy && (
        <p>
          <strong>{heldBy.id === frame.visitor?.id ? 'You are' : `${heldBy.name} is`}</strong> handling this, since{' '}
          {clockTime(heldBy.since, frame.now)}.
        </p>
      )}
      <Holding frame={frame} task={task} submission={props.submission} />
      {underWay.map(({ by, byName, calleeName, at }) =>
        by === frame.visitor?.id ? (
          <p class="call-busy">
            You are calling {calleeName} since {clockTime(at, frame.now)}. Record what came of it.
          </p>
        ) : (
          <p class="call-busy">
            {byName} is calling {calleeName} ({clockTime(at, frame.now)}).
          </p>
        ),
      )}
      <Made task={task} now={frame.now} />
      {yours && (
        <p class="call-who">
          You are first on call for this.{' '}
          {task.isRinging && task.isReaders ? 'Press the button, and we call no one else.' : 'We call no one else yet.'}
        </p>
      )}
      {yours && <Have {...props} look="usa-button usa-button--big" />}
      {yours && <ToRecord frame={frame} task={task} words="Then record: " />}
      {callee &&
        (yours ? (
          <details id={`pass-${task.deadlineId}`}>
            <summary>You cannot? Call {callee.name}</summary>
            <ToCall {...props} callee={callee} />
          </details>
        ) : (
          <ToCall {...props} callee={callee} />
        ))}
      {!heldBy && !callee && <NoOne task={task} />}
      {!heldBy && callee && !yours && (
        <p class="call-say">
          <strong>Say:</strong> “{say}”{' '}
          <PlaceToSay frame={frame} task={task} callee={callee} place={place} said={props.said} />
        </p>
      )}
      <Clock task={task} others={yours && callee ? [callee] : others} now={frame.now} />
      {!yours && <Have {...props} look="usa-button usa-button--outline" />}
      {!yours && <ToRecord frame={frame} task={task} words={heldBy ? 'Still to record: ' : 'Done already? '} />}
      {others.length > 0 && (
        <details id={`others-${task.deadlineId}`}>
          <summary>
            {heldBy ? 'Call someone else' : `No answer? Next: ${others.map(({ name }) => name).join(', ')}`}
          </summary>
          <ol class="call-others">
            {others.map((each) => (
              <li>
                <ToCall {...props} callee={each} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </article>
  );
}

/** By when, or that no one waits for it. Of duties due at one time, one that the law sets says so for all. */
function LineDue({
  duties,
  isOne,
  isAtOnce,
  now,
}: {
  readonly duties: readonly [Duty, ...Duty[]];
  readonly isOne: boolean;
  readonly isAtOnce: boolean;
  readonly now: string;
}) {
  const [{ due, overdue }] = duties;
  const titles = duties.map(({ title }) => title).join('; ');
  if (isAtOnce && !overdue) {
    const said = atOnce({ due, byLaw: duties.some(({ byLaw }) => byLaw) }, now);
    return <>{isOne ? `${said.charAt(0).toUpperCase()}${said.slice(1)}` : `${titles}: ${said}`}</>;
  }
  return (
    <>
      {isOne ? 'By ' : `${titles} by `}
      {clockTime(due, now)}:{' '}
      <span class={duties.some(({ red }) => red) ? 'late' : undefined}>{timeLeft(due, now)}</span>
    </>
  );
}

/** A callee may take the duty on without a telephone call. */
const Have = ({
  task: { isRinging, isReaders, referralId, deadlineId },
  ...shown
}: CardProps & { readonly look: string }) =>
  isRinging && isReaders ? <HandleThis {...shown} referralId={referralId} answers={{ deadlineId }} /> : null;

/** Where the child is, for a called person or agency that may know it. Without its words here, the way to them. */
function PlaceToSay({
  frame,
  task: { referralId },
  callee: { mayHear = [] },
  place,
  said,
}: Pick<CardProps, 'frame' | 'task' | 'place' | 'said'> & { readonly callee: CalleeInTask }) {
  if (mayHear.length === 0) return null;
  if (place === 'referral') {
    const heard = (said ?? []).filter(({ field }) => mayHear.includes(field)).map(({ words }) => words);
    return <span data-may-hear={mayHear.join(' ')}>{heard.length > 0 ? `“${heard.join(' ')}”` : ''}</span>;
  }
  return (
    <span>
      Then say where the child is: <a href={`${frame.base}/referrals/${referralId}`}>read it here</a>.
    </span>
  );
}

/** What to do where no one is left to call. */
const NoOne = ({ task: { isReaders } }: { readonly task: CallTask }) => (
  <p>
    {isReaders ? 'This is yours to do. ' : 'Ask the Careline supervisor on duty. '}
    No one else has a number here. If the child is in danger at this moment, dial{' '}
    <a href={telephoneLink(emergency.phone)}>{emergency.phone}</a>.
  </p>
);

/** The ten minutes until the next person is called. Without the script, only the instant. */
function Clock({
  task: { nextCallAt: at, heldBy, callees },
  others,
  now,
}: {
  readonly task: CallTask;
  readonly others: readonly CalleeInTask[];
  readonly now: string;
}) {
  // Without a number, the call cannot be repeated.
  if (at === undefined || heldBy || !callees.some(({ phone }) => phone !== undefined)) return null;
  const then = others[0] === undefined ? 'call again' : `call ${others[0].name}`;
  return (
    <p class="call-clock">
      If no one is handling this by{' '}
      <time dateTime={at} data-countdown="">
        {clockTime(at, now)}
      </time>{' '}
      <span>{Date.parse(at) <= Date.parse(now) ? '(now)' : ''}</span>, {then}.
    </p>
  );
}

/** `Area office on call. No shift entered: first in the directory.` */
function howWords({ standing, title }: CalleeInTask, now: string): string {
  if (!standing) return `${title}.`;
  const words = standingWords(standing, now);
  return `${title}. ${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const resultWords = { calling: 'Called', reached: 'Reached', 'no-answer': 'No answer from' } as const;

/** Earlier calls: the callee, the result, the time and the caller. */
function Made({ task: { callees }, now }: { readonly task: CallTask; readonly now: string }) {
  const made = callees
    .flatMap(({ name, calls }) => calls.map((call) => ({ ...call, name })))
    .filter(({ result }) => result !== 'calling')
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return (
    <>
      {made.map(({ result, name, at, byName }) => (
        <p>
          {resultWords[result]} {name} at {clockTime(at, now)} ({byName}).
        </p>
      ))}
    </>
  );
}

const buttons = [
  { result: 'calling', words: 'I am calling', look: 'usa-button usa-button--outline' },
  { result: 'reached', words: 'Reached', look: 'usa-button' },
  { result: 'no-answer', words: 'No answer', look: 'usa-button usa-button--outline' },
] as const;

function ToCall({ frame, place, task, submission, of, callee }: CardProps & { readonly callee: CalleeInTask }) {
  const { id, name, phone, kind } = callee;
  const own = `${task.deadlineId}-${id}`;
  return (
    <>
      <p class="call-who">
        <strong>{name}</strong> <span>{howWords(callee, frame.now)}</span>
      </p>
      {phone === undefined ? (
        <p>The directory has no number.</p>
      ) : (
        <p>
          <a class="call-number" href={telephoneLink(phone)} data-claim={`form-${own}`} id={`tel-${own}`}>
            {phone}
          </a>
        </p>
      )}
      <form method="post" action={`${frame.base}/referrals/${task.referralId}/calls`} id={`form-${own}`}>
        <Token frame={frame} />
        <input type="hidden" name="key" value={`${submission}-${own}`} />
        <input type="hidden" name="deadlineId" value={task.deadlineId} />
        <input type="hidden" name={kind === 'agency' ? 'agencyId' : 'personId'} value={id} />
        <input type="hidden" name="from" value={place} />
        {of.map((each) => (
          <input type="hidden" name="of" value={each} />
        ))}
        <div class="call-act">
          {buttons.map(({ result, words, look }) => (
            <button class={look} type="submit" name="result" value={result} id={`${result}-${own}`}>
              {words}
              <span class="usa-sr-only">: {name}</span>
            </button>
          ))}
        </div>
        <details id={`note-${own}`}>
          <summary>Add a note</summary>
          <label class="usa-label" for={`notes-${own}`}>
            Note on the call with {name}
          </label>
          <textarea class="usa-textarea" name="notes" id={`notes-${own}`} autocorrect="off" />
        </details>
      </form>
    </>
  );
}

/** The address of the form that settles the duty. */
function ToRecord({
  frame,
  task: { duties, referralId },
  words,
}: {
  readonly frame: Frame;
  readonly task: CallTask;
  readonly words: string;
}) {
  const { visitor } = frame;
  const names = [...new Set(duties.flatMap(({ recordedBy }) => recordedBy))].filter(
    (name) => visitor !== undefined && mayDo(name, visitor),
  );
  if (names.length === 0) return null;
  return (
    <p>
      {words}
      {names.map((name, index) => (
        <>
          {index > 0 && ', '}
          <a href={`${frame.base}${actPath(referralId, name)}`}>{titleOf(name)}</a>
        </>
      ))}
    </p>
  );
}
