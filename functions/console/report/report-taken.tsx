/** The page that answers a sent report: the calls to make now, then each child's next steps, and what follows. */
import type { Child } from 'hono/jsx';
import type { TakenChild } from '../../../shared/application/read/taken-children.ts';
import type { ReportAnswer } from '../../../shared/application/use-cases/take-report.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { childInput, reportInput } from '../../../shared/domain/intake/report.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { inside } from '../../../shared/domain/words/words.ts';
import { emergency } from '../../../shared/policy/public-hotlines.ts';
import { Alert } from '../app/components/alert.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { linesOf } from '../app/group-lines.ts';
import { Page } from '../app/layout.tsx';
import { whoIsWho } from '../call/call-task.tsx';
import { buttonOf, commandAction, titleOf } from '../forms/command-form.tsx';
import { actPath } from '../referral/referral-pages.ts';
import { isOtherAnswer } from '../referral/step-words.ts';

/** Harm for which help is sent before the report is written. */
const harmsAsked = ['hurt', 'overdose', 'suicidal', 'weapon'] as const;

/** Which of them the report says yes to, for any child. */
const harmsIn = (children: readonly TakenChild[]) =>
  harmsAsked.filter((harm) => children.some(({ scene }) => scene?.[harm] === 'yes'));

/** Where this page is read again: after a look back, a reload, or a second press of "Send". */
export const sentAddress = (base: string, key: string, writer: string): string =>
  `${base}/reports/sent/${encodeURIComponent(key)}?${new URLSearchParams({ writer })}`;

/** `Child 2, 12 to 14, girl`. */
const nameOfChild = (number: number, child: TakenChild | undefined): string =>
  [whoIsWho(number, child?.ageBand), ...(child && child.gender !== 'unknown' ? [wordsInside(child.gender)] : [])].join(
    ', ',
  );

type Step = TakenChild['steps'][number];

/** One form keeps all duties of a call to the police. Others of a group have a form each, so they are lines of their own. */
const formsIn = (steps: readonly Step[]): readonly (readonly [Step, ...Step[]])[] =>
  linesOf(steps).flatMap((line) =>
    line.every(({ acts }) => acts[0]?.command === 'notify-police') ? [line] : line.map((step) => [step] as const),
  );

const NextSteps = ({ frame, child: { referralId, steps } }: { readonly frame: Frame; readonly child: TakenChild }) => (
  <ol class="usa-list next-steps">
    {formsIn(steps).map(([first, ...others]) => {
      const { due, acts, note, call, class: loud, group } = first;
      const [act] = acts;
      const isCalled = call !== undefined && loud === 'now';
      const answers = acts.filter(({ command }, index) => index === 0 || (act && isOtherAnswer(act.command, command)));
      return (
        <li>
          {group && others.length > 0 && `${words(group.kind)}, one call and a tick for each: `}
          {[first, ...others].map(({ title }) => title).join('; ')}
          {note !== undefined && `. ${note}`}
          {isCalled && ' (call above)'}
          {due !== undefined && !isCalled && (
            <>
              {' '}
              <DueTime due={due} now={frame.now} short />
            </>
          )}
          {answers.map(({ command }, index) => (
            <>
              {index === 0 ? ': ' : ', '}
              <a href={`${frame.base}${actPath(referralId, command)}`}>{buttonOf(command, acts) ?? titleOf(command)}</a>
            </>
          ))}
        </li>
      );
    })}
  </ol>
);

export const ReportTaken = ({
  frame,
  submission,
  writer,
  taken: { referralIds, receipt, unclear, candidates },
  childrenTaken,
  calls,
}: {
  readonly frame: Frame;
  readonly taken: Pick<
    Extract<ReportAnswer, { readonly kind: 'taken' }>,
    'referralIds' | 'receipt' | 'unclear' | 'candidates'
  >;
  /** The key under which it was sent. */
  readonly submission: string;
  /** The window that wrote it. */
  readonly writer: string;
  readonly childrenTaken: readonly TakenChild[];
  /** The call tasks of each child. */
  readonly calls: Child;
}) => {
  const numberOf = (id: string) => referralIds.indexOf(id) + 1;
  const childOf = (id: string) => childrenTaken.find(({ referralId }) => referralId === id);
  const nameOf = (id: string) => nameOfChild(numberOf(id), childOf(id));
  const [first] = childrenTaken;
  const harms = harmsIn(childrenTaken);
  return (
    <Page frame={frame} title="Report received">
      <h1>Report received. Call now:</h1>
      {harms.length > 0 && (
        <Alert kind="error" heading="Dial 911 first, if no one has">
          <p>
            <a href={telephoneLink(emergency.phone)}>{emergency.phone}</a>: you wrote yes for{' '}
            {harms.map((harm) => `“${labelOf(harm)}”`).join(', ')}. Then make these calls.
          </p>
        </Alert>
      )}
      <p>
        Read out to the caller this receipt, and no reference: <strong class="reference">{receipt}</strong>
      </p>
      {unclear.map(({ referralId, place, nearest }) => (
        <Alert kind="warning">
          <p>
            <strong>Town not recognized.</strong> It says who is called:{' '}
            <a href={`${frame.base}${actPath(referralId, 'correct-place')}`}>
              choose the {inside(labelOf(place))}
              {referralIds.length > 1 && `, child ${numberOf(referralId)}`}
            </a>
            {nearest.length > 0 ? `. Nearest: ${nearest.join(', ')}.` : '. No town has a name like it.'}
          </p>
        </Alert>
      ))}
      {calls}
      <ChangedAfterSending frame={frame} submission={submission} writer={writer} referralId={referralIds[0] ?? ''} />
      <h2>{referralIds.length === 1 ? 'Reference' : 'References'}</h2>
      <SummaryList
        pairs={referralIds.map((id) => [nameOf(id), <a href={`${frame.base}/referrals/${id}`}>{id}</a>] as const)}
      />
      <p>Never tell a caller that we know the child.</p>
      {candidates.length > 0 && (
        <Alert kind="warning" heading="May be the same child as">
          <p>Only you see this. Do not tell the caller. Compare the two referrals, then answer.</p>
          <ul class="usa-list">
            {candidates.map(({ referralId, of, stage, score }) => (
              <li>
                <a href={`${frame.base}/referrals/${of}`}>{of}</a>, {wordsInside(stage)}
                {score === undefined ? '' : `, ${likeness(score)}`}:{' '}
                <a href={`${frame.base}${actPath(referralId, 'answer-duplicate')}`}>
                  answer for {referralIds.length > 1 ? `child ${numberOf(referralId)}` : referralId}
                </a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {childrenTaken.map((child) => (
        <section aria-label={`Next steps for ${child.referralId}`}>
          <h2>Your next steps{childrenTaken.length > 1 && `: ${nameOf(child.referralId)}`}</h2>
          {child.steps.length === 0 ? (
            <p>Nothing waits for you here now.</p>
          ) : (
            <NextSteps frame={frame} child={child} />
          )}
        </section>
      ))}
      <h2>Written report (DCF-136)</h2>
      <p>{first ? (writtenReport[first.mandated] ?? writtenReport.unknown) : writtenReport.unknown}</p>
      <h2>What happens next</h2>
      <ul class="usa-list">
        <li>The area office on call responds. You call until a person has the child.</li>
        <li>The Careline supervisor sees each call that no one has answered.</li>
        <li>A HART liaison screens within a day. Services do not wait for a decision.</li>
      </ul>
      <p>
        <a href={`${frame.base}/reports/new`}>Enter another report</a>
      </p>
    </Page>
  );
};

/** The label of each field of a report, by name. */
const fieldLabels = Object.fromEntries(
  [...Object.keys(reportInput.shape), ...Object.keys(childInput.shape), 'safeNumber', 'email', 'relation'].map(
    (name) => [name, labelOf(name)] as const,
  ),
);

/** What the worker wrote after "Send", while the connection was down. The script fills it in and shows it. */
const ChangedAfterSending = ({
  frame,
  submission,
  writer,
  referralId,
}: {
  readonly frame: Frame;
  readonly submission: string;
  readonly writer: string;
  readonly referralId: string;
}) => (
  <section
    class="asked"
    hidden
    data-sent={submission}
    data-address={sentAddress(frame.base, submission, writer)}
    data-writer={writer}
    data-secret={`${frame.base}/drafts/secret`}
    data-labels={JSON.stringify(fieldLabels)}
    aria-labelledby="changed-after"
  >
    <h2 id="changed-after">You changed this after you sent it</h2>
    <form method="post" action={commandAction(frame, referralId, 'add-to-report')}>
      <Token frame={frame} />
      <input type="hidden" name="key" value={`${submission}-later`} />
      <label class="usa-label" for="changed-notes">
        The report has your first words. Add these.
      </label>
      <textarea class="usa-textarea" id="changed-notes" name="notes" autocorrect="off" />
      <button class="usa-button" type="submit">
        Add to the report
      </button>
    </form>
  </section>
);

const writtenReport: Readonly<Record<string, string>> = {
  yes: 'Ask for form DCF-136 within 48 hours, with the receipt written on it. Type the receipt at the top of any page to open the referral.',
  no: 'This caller owes no written report.',
  unknown:
    'A mandated reporter sends form DCF-136 within 48 hours, with the receipt written on it. Ask whether this caller is one.',
};

/** How far two children are alike, for a person who compares them. */
const likeness = (score: number): string =>
  score >= 0.95 ? 'very likely the same child' : score >= 0.8 ? 'likely the same child' : 'perhaps the same child';
