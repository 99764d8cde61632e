/** The call task: whom to call now, with the number, what to say, and what came of the calls. */

import { type CommandName, mayDo } from '../../shared/domain/commands.ts';
import { formatClock } from '../../shared/domain/due.ts';
import type { Fact } from '../../shared/domain/policy.ts';
import type { CalleeInTask, CallTask } from '../../shared/doors/call-tasks.ts';
import type { ReferralCalls } from '../../shared/doors/read-calls.ts';
import type { Visitor } from '../../shared/doors/visitor.ts';
import { answeringFact } from './asked.ts';
import { anchorOf, titleOf } from './command-form.tsx';
import { type Frame, Token } from './layout.tsx';
import { timeLeft, wordsInside } from './words.ts';

/** Which page the list stands on: what it leads back to, and how much of it is open. */
export type CallPlace = 'queue' | 'referral' | 'report';

export interface CallsProps {
  readonly frame: Frame;
  readonly place: CallPlace;
  readonly referrals: readonly ReferralCalls[];
  /** Other referrals with a call to make that are not shown. */
  readonly more?: number;
  /** Random: a form sent twice records one call. */
  readonly submission: string;
}

/** `203-555-0127` → `tel:+12035550127`; an extension stays one. */
export function telOf(phone: string): string {
  const [, number = phone, extension] = /^(.*?)(?:\s*(?:x|ext\.?)\s*(\d+))?$/i.exec(phone) ?? [];
  const digits = number.replaceAll(/\D/g, '');
  const whole =
    digits.length === 10
      ? `+1${digits}`
      : number.trim().startsWith('+') || digits.length === 11
        ? `+${digits}`
        : digits;
  return `tel:${whole}${extension === undefined ? '' : `;ext=${extension}`}`;
}

/** The address of the list alone, for its script. */
export const panelAddress = ({ base }: Frame, place: CallPlace, referralIds: readonly string[]): string =>
  `${base}/calls/panel?${new URLSearchParams([['from', place], ...referralIds.map((id): [string, string] => ['of', id])])}`;

/** The list with its script, which loads it again. `of`: the referrals it is about, or none for every one that waits. */
export const LiveCalls = ({ of = [], ...props }: CallsProps & { readonly of?: readonly string[] }) => (
  <>
    <div class="calls" data-calls={panelAddress(props.frame, props.place, of)}>
      <Calls {...props} />
    </div>
    <p id="calls-news" class="usa-sr-only" role="status" />
    <script src={`${props.frame.base}/assets/calls.js`} defer />
  </>
);

const newsOf = (referrals: readonly ReferralCalls[]): string =>
  referrals
    .flatMap(({ tasks }) => tasks)
    .flatMap(({ underWay, heldBy, referralId }) =>
      heldBy
        ? [`${heldBy.name} has ${referralId}.`]
        : underWay.map(({ byName, calleeName }) => `${byName} is calling ${calleeName}.`),
    )
    .join(' ');

/** The list as it stands now; also what the script fetches. */
export function Calls({ frame, place, referrals, more = 0, submission }: CallsProps) {
  const shown = referrals.filter(({ tasks }) => tasks.length > 0);
  const open = shown.flatMap(({ tasks }) => tasks).filter(({ heldBy }) => heldBy === undefined).length;
  return (
    <div data-news={newsOf(shown)} data-now={frame.now} data-open={String(open)}>
      {shown.length > 0 && place !== 'report' && <h2>Call now</h2>}
      {shown.map((each, index) => (
        <ChildCalls
          frame={frame}
          place={place}
          each={each}
          number={shown.length > 1 && place === 'report' ? index + 1 : undefined}
          submission={submission}
          of={place === 'report' ? referrals.map(({ referralId }) => referralId) : []}
        />
      ))}
      {more > 0 && (
        <p>
          <a href={`${frame.base}/calls`}>
            {more} more {more === 1 ? 'referral needs' : 'referrals need'} a call
          </a>
        </p>
      )}
    </div>
  );
}

interface ChildProps {
  readonly frame: Frame;
  readonly place: CallPlace;
  readonly each: ReferralCalls;
  readonly number: number | undefined;
  readonly submission: string;
  readonly of: readonly string[];
}

function ChildCalls({
  frame,
  place,
  each: { referralId, danger, missing, tasks },
  number,
  submission,
  of,
}: ChildProps) {
  // A reader of the queue opens the rest; on the page of the referral or report what presses is in full.
  const [first, ...others] = tasks;
  const full = place === 'queue' ? [] : others.filter(({ pressing }) => pressing);
  const rest = others.filter((task) => !full.includes(task));
  const card = (task: CallTask) => <Card frame={frame} place={place} task={task} submission={submission} of={of} />;
  const heading = (
    <>
      {number !== undefined && `Child ${number}: `}
      {place === 'referral' ? 'This child' : <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>}
      {danger === 'yes' && <span class="calls-mark">In danger</span>}
      {missing && <span class="calls-mark">Missing</span>}
    </>
  );
  return (
    <section class="calls-child" aria-label={`Calls for ${referralId}`}>
      {place === 'report' ? <h2>{heading}</h2> : <h3>{heading}</h3>}
      {first && card(first)}
      {full.map(card)}
      {rest.length > 0 && (
        <details id={`rest-${referralId}`}>
          <summary>
            {rest.length === 1 ? '1 more call' : `${rest.length} more calls`}:{' '}
            {rest.map(({ duties: [{ title, due }] }) => `${title} by ${formatClock(due, frame.now)}`).join('; ')}
          </summary>
          {rest.map(card)}
        </details>
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
}

function Card(props: CardProps) {
  const { frame, place, task } = props;
  const { duties, heldBy, callees, next, underWay, nextCallAt, say } = task;
  const callee = callees.find(({ id }) => id === next);
  const others = callees.filter((each) => each !== callee && !each.isReader);
  const titles = duties.map(({ title, subject }) =>
    subject === undefined ? title : `${title} (${wordsInside(subject)})`,
  );
  const heading = titles.join(' · ');
  return (
    <article class={heldBy ? 'call call-held' : 'call'} id={`call-${task.deadlineId}`}>
      {place === 'report' ? <h3>{heading}</h3> : <h4>{heading}</h4>}
      {duties.map(({ due, overdue, title }) => (
        <p class="call-due">
          {duties.length > 1 && `${title}: `}by {formatClock(due, frame.now)},{' '}
          <span class={overdue ? 'late' : undefined}>{timeLeft(due, frame.now)}</span>
        </p>
      ))}
      {heldBy && (
        <p>
          <strong>{heldBy.name}</strong> has this since {formatClock(heldBy.since, frame.now)}
          {heldBy.byName !== heldBy.name && ` (reached by ${heldBy.byName})`}.
        </p>
      )}
      {underWay.map(({ byName, calleeName, at }) => (
        <p class="call-busy">
          {byName} is calling {calleeName} ({formatClock(at, frame.now)}).
        </p>
      ))}
      {callee && <ToCall {...props} callee={callee} />}
      {!heldBy && !callee && <NoOne task={task} />}
      {!heldBy && callee && (
        <p class="call-say">
          <strong>Say:</strong> “{say}”
        </p>
      )}
      {nextCallAt !== undefined && !heldBy && <Clock at={nextCallAt} now={frame.now} />}
      <ToRecord frame={frame} task={task} />
      {others.length > 0 && (
        <details id={`others-${task.deadlineId}`}>
          <summary>
            {heldBy ? 'Call someone else' : `If no answer: ${others.map(({ name }) => name).join(', ')}`}
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

/** Where no one is left to call: what to do instead. */
const NoOne = ({ task: { callees, isReaders } }: { readonly task: CallTask }) => {
  if (isReaders || callees.some(({ isReader }) => isReader)) return <p>This is yours to do.</p>;
  return callees.length === 0 ? (
    <p>No one to call is known: the town is not known yet. Choose the town on the page of the referral.</p>
  ) : (
    <p>The directory has no number for them. Call the Careline supervisor.</p>
  );
};

/** The ten minutes until the next person is called; without the script the instant alone. */
const Clock = ({ at, now }: { readonly at: string; readonly now: string }) => {
  const isOver = Date.parse(at) <= Date.parse(now);
  return (
    <p class="call-clock">
      {isOver ? 'No one has this. Call the next person ' : 'If no one has this, call the next person at '}
      <time dateTime={at} data-countdown="">
        {isOver ? `(since ${formatClock(at, now)})` : formatClock(at, now)}
      </time>{' '}
      <span>{isOver ? 'now' : ''}</span>
    </p>
  );
};

const howWords = ({ by, title }: CalleeInTask, now: string): string => {
  if (by.how === 'shift') return `${title}. On shift until ${formatClock(by.until, now)}.`;
  return by.how === 'public' ? `${title}.` : `${title}. First in the directory: no shift entered.`;
};

const resultWords = { calling: 'Calling', reached: 'Reached', 'no-answer': 'No answer' } as const;

function ToCall({ frame, place, task, submission, of, callee }: CardProps & { readonly callee: CalleeInTask }) {
  const { id, name, phone, calls, kind } = callee;
  const form = `claim-${task.deadlineId}-${id}`;
  const fields = (
    <>
      <Token frame={frame} />
      <input type="hidden" name="key" value={`${submission}-${task.deadlineId}-${id}`} />
      <input type="hidden" name="deadlineId" value={task.deadlineId} />
      <input type="hidden" name={kind === 'agency' ? 'agencyId' : 'personId'} value={id} />
      <input type="hidden" name="from" value={place} />
      {of.map((each) => (
        <input type="hidden" name="of" value={each} />
      ))}
    </>
  );
  const action = `${frame.base}/referrals/${task.referralId}/calls`;
  return (
    <>
      <p class="call-who">
        <strong>{name}</strong> <span>{howWords(callee, frame.now)}</span>
      </p>
      {calls.map(({ result, at, byName }) => (
        <p>
          {resultWords[result]} {formatClock(at, frame.now)}, {byName}.
        </p>
      ))}
      {phone === undefined ? (
        <p>The directory has no number.</p>
      ) : (
        <p>
          <a class="call-number" href={telOf(phone)} data-claim={form} id={`tel-${task.deadlineId}-${id}`}>
            {phone}
          </a>
        </p>
      )}
      <div class="call-act">
        <form method="post" action={action}>
          {fields}
          <button
            class="usa-button"
            type="submit"
            name="result"
            value="reached"
            id={`reached-${task.deadlineId}-${id}`}
          >
            Reached
            <span class="usa-sr-only">: {name}</span>
          </button>
          <button
            class="usa-button usa-button--secondary"
            type="submit"
            name="result"
            value="no-answer"
            id={`none-${task.deadlineId}-${id}`}
          >
            No answer
            <span class="usa-sr-only">: {name}</span>
          </button>
          <details id={`note-${task.deadlineId}-${id}`}>
            <summary>Add a note</summary>
            <label class="usa-label" for={`notes-${task.deadlineId}-${id}`}>
              Note on this call
            </label>
            <textarea class="usa-textarea" name="notes" id={`notes-${task.deadlineId}-${id}`} />
          </details>
        </form>
        <form method="post" action={action} id={form}>
          {fields}
          <button class="usa-button usa-button--outline" type="submit" name="result" value="calling">
            I am calling
            <span class="usa-sr-only"> {name}</span>
          </button>
          <input type="hidden" name="result" value="calling" />
        </form>
      </div>
    </>
  );
}

/** The commands that settle these duties and that this person may do. */
const settling = (
  keptBy: readonly Fact[],
  subject: string | undefined,
  visitor: Visitor | undefined,
): readonly CommandName[] =>
  visitor === undefined
    ? []
    : [...new Set(keptBy.flatMap((milestone) => answeringFact(milestone, subject)).map(({ name }) => name))].filter(
        (name) => mayDo(name, visitor),
      );

/** Where the form is that settles the duty. */
function ToRecord({ frame, task: { duties, referralId, heldBy } }: { readonly frame: Frame; readonly task: CallTask }) {
  const names = [...new Set(duties.flatMap(({ keptBy, subject }) => settling(keptBy, subject, frame.visitor)))];
  if (names.length === 0) return null;
  return (
    <p>
      {heldBy ? 'Still to record: ' : 'Done already? '}
      {names.map((name, index) => (
        <>
          {index > 0 && ', '}
          <a href={`${frame.base}/referrals/${referralId}#${anchorOf(name)}`}>{titleOf(name)}</a>
        </>
      ))}
    </p>
  );
}
