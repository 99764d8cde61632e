/** "Do this next": the tasks of the reader, the most urgent first. Each is one sentence and one button. */
import type { ShownDeadline } from '../../../shared/application/read/shown-view.ts';
import { type CalleeInTask, isYours } from '../../../shared/application/use-cases/call-tasks.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { whyLines } from '../../../shared/domain/deadlines/deadlines.ts';
import { mayContact } from '../../../shared/domain/eligibility/eligibility.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { tellsFamily } from '../../../shared/domain/response/family-notices.ts';
import { isGiven } from '../../../shared/domain/services/service-state.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { ButtonLink } from '../app/components/button-link.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { Explained } from '../app/components/explained.tsx';
import { Phone } from '../app/components/phone.tsx';
import { Why } from '../app/components/why.tsx';
import { linesOf } from '../app/group-lines.ts';
import { buttonOf, titleOf } from '../forms/command-form.tsx';
import { emergencyAccessPath } from './emergency-access-page.tsx';
import type { Reading } from './reading.tsx';
import { actPath, type Opener } from './referral-pages.ts';
import { isOtherAnswer, placeOf } from './step-words.ts';

/** So many tasks are shown in full. Calls have cards and lines above: for each, one fewer is. */
const inFull = 3;

/** So many stand in full or in short on the page of tasks. Each other task is one line. */
const inShort = 10;

interface Shown {
  readonly reading: Reading;
  readonly opener: Opener;
}

/** The address of the form of an act. The review of an emergency access has a page of its own. */
function addressOf(name: CommandName, { deadlineId, acts }: NextStep, { reading, opener }: Shown): string | undefined {
  const { about, frame, offered } = reading;
  const { id } = about.state;
  if (name === 'review-emergency-access') return `${frame.base}${emergencyAccessPath(id)}`;
  if (!offered.some((each) => each.name === name)) return undefined;
  const subject = acts.filter(({ command }) => command === name).map(placeOf)[0] ?? opener.subject;
  return `${frame.base}${actPath(id, name, { ...opener, dutyId: deadlineId, subject })}`;
}

/** Whether a provider said no to all that it was asked for. No task follows for it. */
const saidNo = ({ offer }: Reading): boolean =>
  offer !== undefined && Object.values(offer.linkages).every(({ status }) => !isGiven(status));

const deadlinesIn = ({ ofCase, limited }: Reading) => (ofCase ?? limited)?.deadlines ?? [];

/** The person to call about the duty: the next one who has a number. None where the reader is first in line. */
function calleeOf({ deadlineId }: NextStep, { calls }: Reading): CalleeInTask | undefined {
  const tasks = calls.flatMap((each) => each.tasks);
  const task = tasks.find(({ duties }) => duties.some((duty) => duty.deadlineId === deadlineId));
  return !task || task.heldBy || isYours(task) ? undefined : task.callees.find(({ id }) => id === task.next);
}

/** The number to press, and the way to the form of the call. */
function Call({ step, reading }: { readonly step: NextStep; readonly reading: Reading }) {
  const callee = calleeOf(step, reading);
  if (callee?.phone === undefined) return null;
  return (
    <span>
      Call {callee.name}: <Phone number={callee.phone} />
    </span>
  );
}

/** Why it is due then, in lines. A reader without the facts does not see the reason. */
function whyOf({ deadlineId, why }: NextStep, duty: ShownDeadline | undefined, { about }: Reading) {
  const deadline = about.state.deadlines[deadlineId ?? ''];
  return deadline && why !== undefined ? whyLines(deadline, about.policy) : (why ?? duty?.obligation);
}

/** Why it is due then: the rule, its source, and how sure it is. */
function WhyOf({ step, reading }: { readonly step: NextStep; readonly reading: Reading }) {
  const duty = deadlinesIn(reading).find(({ id }) => id === step.deadlineId);

  if (step.why === undefined && !duty) return null;
  const kind = duty && (duty.kind === 'statute' ? 'law' : 'policy');

  return (
    <Why
      rule={whyOf(step, duty, reading)}
      source={duty?.source}
      confidence={
        duty &&
        `${kind}, ${wordsInside(duty.confidence)}${duty.awaitsLegalSignOff ? ', awaits legal sign-off' : ''}, rule ${duty.rule}`
      }
    />
  );
}

function DueLine({ step: { due }, now, isShort }: { readonly step: NextStep; readonly now: string; isShort: boolean }) {
  if (due === undefined) return null;
  return (
    <span>
      <DueTime due={due} now={now} short={isShort} sentence={!isShort} />
      {!isShort && Date.parse(due) > Date.parse(now) && <span class="small"> ({clockTime(due, now)})</span>}
    </span>
  );
}

/** What to know before the act. */
const NoteOf = ({ step: { note } }: { readonly step: NextStep }) => (note === undefined ? null : <p>{note}</p>);

/** A step, and the duties that its answer comes before. */
type Told = NextStep & { readonly follows?: readonly NextStep[] };

/** Whether the step would tell the family while a caregiver must not be told. The page asks for no such button. */
function isUnsafeToTell({ deadlineId }: NextStep, { state, policy }: Reading['about']): boolean {
  const deadline = state.deadlines[deadlineId ?? ''];
  return (
    deadline !== undefined &&
    mayContact(state) === 'not-the-caregiver' &&
    ruleOf(policy, deadline).keptBy.some(tellsFamily)
  );
}

interface StepProps extends Shown {
  readonly step: Told;
  /** The note of a step before says the same. */
  readonly isNoted: boolean;
  /** The reasons that are owed for missed duties, by duty. They stand with their duty. */
  readonly owed: ReadonlyMap<string | undefined, NextStep>;
  /** How much of it is shown: all, without the date, or one line with the link to its page. */
  readonly size: 'full' | 'short' | 'line';
}

/** The forms of the acts of a step, each with the words of its button. */
const linksTo = (step: NextStep, shown: Shown) =>
  [...new Set(step.acts.map(({ command }) => command))].flatMap((name) => {
    const href = addressOf(name, step, shown);
    return href === undefined ? [] : [{ name, href, text: buttonOf(name, step.acts) ?? titleOf(name) }];
  });

/** One sentence and one button. The other acts, the person to call and the reason stand below the sentence. */
function Step({ step, isNoted, owed, size, ...shown }: StepProps) {
  const { frame, about } = shown.reading;

  const title = step.title;
  const linksOf = (of: NextStep) => linksTo(of, shown);
  const reason = owed.get(step.deadlineId);
  const reasons = reason ? linksOf(reason) : [];
  const [first, ...rest] = linksOf(step);
  // The answers to one question are buttons alike. The page prefers none.
  const isAlike = ({ name }: { readonly name: CommandName }) => first !== undefined && isOtherAnswer(first.name, name);
  const alike = first ? [first, ...rest.filter(isAlike)] : [];
  const others = [...rest.filter((each) => !isAlike(each)), ...reasons];
  // A person who proposed something waits for another. Taking it back is not what the page asks for.
  const isWaiting = step.acts[0]?.command === 'refuse-proposal' || isUnsafeToTell(step, about);
  if (size === 'line') {
    return (
      <p class="next-line">
        {first && alike.length === 1 ? <a href={first.href}>{title}</a> : <span>{title}</span>}{' '}
        <DueLine step={step} now={frame.now} isShort />
        {[...(alike.length > 1 ? alike : []), ...reasons].map(({ href, text }) => (
          <>
            {' '}
            <a href={href}>{text}</a>
          </>
        ))}
        {step.deadlineId === undefined && step.note !== undefined && <span class="small">{step.note}</span>}
      </p>
    );
  }
  return (
    <div class="task">
      <div>
        <p class="next-title">
          <strong>
            <Explained text={title} />
          </strong>{' '}
          <DueLine step={step} now={frame.now} isShort={size === 'short'} />
        </p>
        {!isNoted && <NoteOf step={step} />}
        {step.follows?.map((each) => (
          <p class="small">
            Then: {each.title} {each.due !== step.due && <DueLine step={each} now={frame.now} isShort />}
          </p>
        ))}
        <div class="next-facts">
          <Call step={step} reading={shown.reading} />
          {step.acts.some(({ command }) => command === 'notify-tribe') &&
            addressOf('notify-tribe', step, shown) !== undefined && (
              <a href={`${frame.base}/tribes`}>Who to call at a tribe</a>
            )}
          {others.map(({ href, text }) => (
            <a href={href}>{text}</a>
          ))}
          <WhyOf step={step} reading={shown.reading} />
        </div>
      </div>
      {alike.length > 0 && (
        <p class="next-do">
          {alike.map(({ href, text }) => (
            <ButtonLink href={href} kind={size === 'short' || isWaiting || alike.length > 1 ? 'outline' : 'primary'}>
              {text}
            </ButtonLink>
          ))}
        </p>
      )}
    </div>
  );
}

/** The form in which one call to the police covers all these duties. Undefined where an act differs. */
function oneCallFor(steps: readonly [Told, ...Told[]], shown: Shown): string | undefined {
  const isAlike = steps.every(({ acts }) => acts.every(({ command }) => command === 'notify-police'));
  const { deadlineId: _, ...all } = steps[0];
  return isAlike ? addressOf('notify-police', all, shown) : undefined;
}

/** One task: a step, or one line with a tick for each duty of a group. */
function Line({ steps, size, ...shown }: Omit<StepProps, 'step'> & { readonly steps: readonly [Told, ...Told[]] }) {
  const [first, ...others] = steps;

  if (!first.group || others.length === 0) {
    return (
      <li class="next">
        <Step step={first} size={size} {...shown} />
      </li>
    );
  }
  const oneCall = oneCallFor(steps, shown);
  const reasonsFor = ({ deadlineId }: Told) =>
    [shown.owed.get(deadlineId) ?? []]
      .flat()
      .flatMap((reason) => linksTo(reason, shown).map(({ href, text }) => <a href={href}>{text}</a>));
  if (oneCall !== undefined && size === 'line') {
    return (
      <li class="next">
        <p class="next-line">
          <a href={oneCall}>{words(first.group.kind)}</a> <DueLine step={first} now={shown.reading.frame.now} isShort />
        </p>
        <ul class="ticks">
          {steps.map((step) => (
            <li>
              {step.title} {reasonsFor(step)}
              <WhyOf step={step} reading={shown.reading} />
            </li>
          ))}
        </ul>
      </li>
    );
  }
  if (oneCall !== undefined) {
    return (
      <li class="next">
        <div class="task">
          <div>
            <p class="next-title">
              <strong>{words(first.group.kind)}</strong>: one call, and a tick for each
            </p>
            <ul class="usa-list">
              {steps.map((step) => (
                <li>
                  {step.title} <DueLine step={step} now={shown.reading.frame.now} isShort />{' '}
                  <WhyOf step={step} reading={shown.reading} />
                  {reasonsFor(step)}
                </li>
              ))}
            </ul>
          </div>
          <p class="next-do">
            <ButtonLink href={oneCall} kind={size === 'full' ? 'primary' : 'outline'}>
              {buttonOf('notify-police', first.acts) ?? titleOf('notify-police')}
            </ButtonLink>
          </p>
        </div>
      </li>
    );
  }
  return (
    <li class="next">
      <p class="next-title">
        <strong>{words(first.group.kind)}</strong>: {steps.length} duties, each with its own record
      </p>
      <ul>
        {steps.map((step) => (
          <li>
            <Step step={step} size={size === 'line' ? 'line' : 'short'} {...shown} />
          </li>
        ))}
      </ul>
    </li>
  );
}

/**
 * The steps as lines. A provider answers an offer before it does anything else for that service. So the duties that follow stand
 * in the line of the offer.
 */
function withOffers(steps: readonly NextStep[], { about }: Reading): readonly Told[] {
  const serviceOf = ({ deadlineId, acts }: NextStep) =>
    deadlineId === undefined && acts[0]?.command === 'accept-linkage' ? acts[0].input?.service : undefined;
  const subjectOf = ({ deadlineId }: NextStep) => about.state.deadlines[deadlineId ?? '']?.subject;
  const offered = new Set<string>(steps.flatMap((step) => serviceOf(step) ?? []));
  const isLater = (step: NextStep) => offered.has(subjectOf(step) ?? '');
  return steps
    .filter((step) => !isLater(step))
    .map((step) => {
      const service = serviceOf(step);
      return service === undefined ? step : { ...step, follows: steps.filter((each) => subjectOf(each) === service) };
    });
}

/** The reasons that are owed for duties that are still open. On a page of lines each is a link beside its duty. */
function reasonsOwed(asked: readonly NextStep[]): ReadonlyMap<string | undefined, NextStep> {
  const open = new Set(asked.flatMap(({ status, deadlineId = [] }) => (status === 'to-explain' ? [] : deadlineId)));
  return new Map(
    asked
      .filter(
        ({ status, deadlineId, acts }) => status === 'to-explain' && acts.length > 0 && open.has(deadlineId ?? ''),
      )
      .map((step) => [step.deadlineId, step]),
  );
}

/**
 * `settling`: whether the workflow may soon add a step. `after`: how the tasks after the first few are shown, so that
 * none is hidden.
 */
export function DoThisNext({
  reading,
  opener,
  settling,
  after,
}: Shown & { readonly settling: boolean; readonly after: 'short' | 'line' }) {
  const { asked, about } = reading;
  const owed = reasonsOwed(asked);
  const told = new Set(owed.values());
  const lines = linesOf(
    withOffers(
      asked.filter((step) => !told.has(step)),
      reading,
    ),
  );
  const tasks = after === 'line' ? reading.calls.flatMap((each) => each.tasks) : [];
  const forOthers = tasks.filter((task) => !task.heldBy && !isYours(task));
  const called = new Set(forOthers.flatMap(({ duties }) => duties.map(({ deadlineId }) => deadlineId)));
  const full = inFull - Math.min(tasks.length, inFull - 1);
  // The card of its call says by when, has the number and the way to record it. What the reader took on is told here.
  const hasCard = ({ deadlineId = '' }: Told) => called.has(deadlineId);

  return (
    <section class="asked" aria-labelledby="asked">
      <h2 id="asked">Do this next</h2>
      {about.state.pathway.clocksMissing === true && (
        <p>
          The first deadlines are not open yet. The system opens them within minutes. Do what is urgent now, and load
          this page again.
        </p>
      )}
      {lines.length === 0 ? (
        <p>
          {settling && !saidNo(reading)
            ? 'You have no task yet. The next one may be a few seconds away: load this page again to see it.'
            : 'You have no task in this referral now.'}
        </p>
      ) : (
        <ol class="next-list">
          {lines.map((steps, index) => (
            <Line
              steps={steps}
              isNoted={lines.slice(0, index).some(([before]) => before.note === steps[0].note)}
              owed={owed}
              reading={reading}
              opener={opener}
              size={steps.every(hasCard) ? 'line' : index < full ? 'full' : index < inShort ? after : 'line'}
            />
          ))}
        </ol>
      )}
    </section>
  );
}
