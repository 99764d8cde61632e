/** The form of a report: one call about one or more children. */
import type { Child } from 'hono/jsx';
import type * as z from 'zod';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { reportProblems } from '../../../shared/application/input/report-problems.ts';
import type { ReportAnswer } from '../../../shared/application/use-cases/take-report.ts';
import { childInput, reportInput } from '../../../shared/domain/intake/report.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { towns } from '../../../shared/policy/places/towns.ts';
import { Alert } from '../app/components/alert.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { anchorOf } from '../forms/command-form.tsx';
import { Fields } from '../forms/field-view.tsx';
import { type Field, fieldsOf } from '../forms/form-fields.ts';
import { asLine, fillFields, readFields, withOwn } from '../forms/form-values.ts';

const mostChildren = 20;

const reportFields = fieldsOf(reportInput.omit({ children: true }));
const childFields = (index: number): readonly Field[] =>
  fieldsOf(childInput as unknown as z.ZodObject, `children[${index}]`);

/** How many children the form has, by its own count. An impossible count is read as one. */
function childrenIn(form: URLSearchParams): number {
  const count = Number(form.get('children') ?? 1);
  return Number.isInteger(count) && count >= 1 && count <= mostChildren ? count : 1;
}

/** The typed report as the application takes it, or all its problems. `now` is a UTC instant. */
export function readReport(
  form: URLSearchParams,
  now: string,
): { readonly input: unknown } | { readonly problems: readonly Problem[] } {
  const report = readFields(reportFields, form);
  const children = Array.from({ length: childrenIn(form) }, (_, index) => readFields(childFields(index), form));
  const input = { ...report.input, children: children.map((child) => child.input) };
  const ours = [report, ...children].flatMap(({ problems }) => problems);
  return ours.length === 0 ? { input } : { problems: withOwn(ours, reportProblems(input, now)) };
}

/**
 * The words typed so far, in the shape of a report and unchecked, so that any draft can be kept. Values from another
 * system that have no place in this form are kept too.
 */
export function draftOfForm(form: URLSearchParams): Readonly<Record<string, unknown>> {
  const children = Array.from(
    { length: childrenIn(form) },
    (_, index) => readFields(childFields(index), form, true).input,
  );
  const unplaced = form.getAll('unplaced');
  return { ...readFields(reportFields, form, true).input, children, ...(unplaced.length > 0 && { unplaced }) };
}

/** The form of a draft: the reverse of `draftOfForm`, without loss. */
export function formOfDraft({
  children = [],
  unplaced = [],
  ...report
}: Readonly<Record<string, unknown>>): URLSearchParams {
  const form = new URLSearchParams();
  const fill = ({ typed, unplaced: lines }: ReturnType<typeof fillFields>) => {
    for (const [name, value] of typed) form.append(name, value);
    for (const line of lines) form.append('unplaced', line);
  };
  for (const line of Array.isArray(unplaced) ? unplaced : [unplaced]) {
    form.append('unplaced', typeof line === 'string' ? line : JSON.stringify(line));
  }
  fill(fillFields(reportFields, report));
  const listed = Array.isArray(children) ? children : [];
  if (!Array.isArray(children)) form.append('unplaced', asLine('children', children));
  for (const [index, child] of listed.entries()) {
    if (index < mostChildren) fill(fillFields(childFields(index), child, `children[${index}]`));
    else form.append('unplaced', asLine(`children[${index}]`, child));
  }
  form.set('children', String(Math.min(mostChildren, Math.max(1, listed.length))));
  return form;
}

/** The form with the differing values of the other one as lines beside it. Neither loses a value. */
export function withOther(form: URLSearchParams, other: URLSearchParams): URLSearchParams {
  const both = new URLSearchParams(form);
  for (const line of other.getAll('unplaced'))
    if (!both.getAll('unplaced').includes(line)) both.append('unplaced', line);
  for (const name of new Set(other.keys())) {
    if (name === 'unplaced' || name === 'children') continue;
    const ours = form.getAll(name);
    const theirs = other.getAll(name).filter((value) => !['', 'unknown', ...ours].includes(value));
    if (theirs.length > 0) both.append('unplaced', asLine(name, theirs.join(', ')));
  }
  return both;
}

/** The form without child `index`. Later children move up. */
export function withoutChild(form: URLSearchParams, index: number): URLSearchParams {
  const kept = new URLSearchParams();
  for (const [name, value] of form) {
    const [, number, rest] = /^children\[(\d+)\](.*)$/.exec(name) ?? [];
    if (number === undefined) kept.append(name, value);
    else if (Number(number) < index) kept.append(name, value);
    else if (Number(number) > index) kept.append(`children[${Number(number) - 1}]${rest}`, value);
  }
  kept.set('children', String(Math.max(1, childrenIn(form) - 1)));
  return kept;
}

/** The form with one more child, up to the limit of a report. */
export function withChild(form: URLSearchParams): URLSearchParams {
  const more = new URLSearchParams(form);
  more.set('children', String(Math.min(mostChildren, childrenIn(form) + 1)));
  return more;
}

/** `children[1].danger` → `Child 2, is the child in danger now?`. */
function labelInReport(path: string): string {
  const [, number, field] = /^children\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
  const name = (field ?? path).split('.')[0] || 'children';
  return number === undefined ? labelOf(name) : `Child ${Number(number) + 1}, ${labelOf(name)}`;
}

export interface ReportFormProps {
  readonly frame: Frame;
  /** Random, or the id of the reopened draft. A report sent twice is taken once. */
  readonly submission: string;
  readonly typed?: URLSearchParams | undefined;
  readonly problems?: readonly Problem[] | undefined;
  /** The revision of the last saved draft. */
  readonly revision?: number;
  /** The form came from a session that has ended. */
  readonly stale?: boolean;
  /** This page's words and another's were just kept together. */
  readonly both?: boolean;
  /** The words of the reopened draft cannot be read any more. */
  readonly isLost?: boolean;
}

/** In the order of the form's fields. Problems of no field come first. */
function inOrder(problems: readonly Problem[], count: number): readonly Problem[] {
  const fields = [...reportFields, ...Array.from({ length: count }, (_, index) => childFields(index)).flat()];
  const placeOf = ({ path }: Problem) =>
    fields.findIndex((field) => path === field.path || path.startsWith(`${field.path}.`));
  return problems.toSorted((one, other) => placeOf(one) - placeOf(other));
}

export function ReportForm({
  frame,
  submission,
  typed,
  problems = [],
  revision = Number(typed?.get('revision') ?? 0),
  stale = false,
  both = false,
  isLost = false,
}: ReportFormProps) {
  const unplaced = typed?.getAll('unplaced') ?? [];
  const count = typed ? childrenIn(typed) : 1;
  const form = { id: 'report', problems };
  return (
    <Page frame={frame} title={problems.length > 0 ? 'Please correct: new report' : 'New report'}>
      {stale && (
        <Alert kind="error" heading="Not stored yet: please send it again">
          This form was from an earlier sign-in. Everything you wrote is still here.
        </Alert>
      )}
      <ErrorSummary form="report" problems={inOrder(problems, count)} labelAt={labelInReport} />
      <h1>New report</h1>
      <p>
        Only what was reported and whether each child is in danger now must be given. Unknown is an answer. The report
        is stored and its clocks start as soon as you send it. What you write is kept as a draft meanwhile, and counts
        from its first word.
      </p>
      <p id="draft-state" role="status" />
      {isLost && (
        <Alert kind="error" heading="The words of this draft cannot be read">
          <p>They are not empty: the key to them is gone. Ask the person who wrote them, and tell an administrator.</p>
        </Alert>
      )}
      {both && (
        <Alert kind="warning" heading="Kept: your words, and beside them the words of the other page">
          <p>
            This draft was written in two places at once. The fields below say what your page said. What the other one
            said otherwise is listed here: look at each line and put it where it belongs.
          </p>
        </Alert>
      )}
      {unplaced.length > 0 && (
        <Alert kind="warning" heading="Said elsewhere, without a place in this form">
          <p>Put it where it belongs: it is kept with the draft, and is no part of the report that you send.</p>
          <ul class="usa-list">
            {unplaced.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        </Alert>
      )}
      <form
        class="usa-form usa-form--large"
        method="post"
        action={`${frame.base}/reports`}
        novalidate
        data-draft={`${frame.base}/drafts/save`}
      >
        <Token frame={frame} />
        <input type="hidden" name="revision" value={String(revision)} />
        <input type="hidden" name="writer" value={typed?.get('writer') || submission} />
        <input type="hidden" name="key" value={typed?.get('key') || submission} />
        <input type="hidden" name="children" value={String(count)} />
        {unplaced.map((line) => (
          <input type="hidden" name="unplaced" value={line} />
        ))}
        <datalist id="towns">
          {towns.map(({ name }) => (
            <option value={name} />
          ))}
        </datalist>
        {/* Enter presses the first button of a form, so that button sends. */}
        <button class="usa-sr-only" type="submit" name="action" value="send" tabindex={-1}>
          Send the report
        </button>
        {/* The script shows it when a save is refused because another window changed the draft. */}
        <button class="usa-button" type="submit" id="draft-both" formaction={`${frame.base}/drafts/both`} hidden>
          Keep my words, and show me the others
        </button>
        <h2>The report</h2>
        <Fields fields={reportFields} form={{ ...form, typed }} />
        {Array.from({ length: count }, (_, index) => (
          <section class="child" aria-labelledby={`child-${index + 1}`}>
            <h2 id={`child-${index + 1}`}>Child {index + 1}</h2>
            <Fields fields={childFields(index)} form={{ ...form, typed: typedOf(typed, index) }} />
            {count > 1 && (
              <button class="usa-button usa-button--outline" type="submit" name="action" value={`remove-${index}`}>
                Leave out child {index + 1}
              </button>
            )}
          </section>
        ))}
        {count < mostChildren && (
          <button class="usa-button usa-button--outline" type="submit" name="action" value="add">
            Add another child
          </button>
        )}
        <button class="usa-button" type="submit" name="action" value="send">
          Send the report
        </button>
      </form>
    </Page>
  );
}

/** A child that was just added has its presets, like a new form. */
const typedOf = (typed: URLSearchParams | undefined, index: number) =>
  typed && [...typed.keys()].some((name) => name.startsWith(`children[${index}]`)) ? typed : undefined;

export const ReportTaken = ({
  frame,
  taken: { referralIds, unclear, candidates },
  calls,
}: {
  readonly frame: Frame;
  readonly taken: Pick<Extract<ReportAnswer, { readonly kind: 'taken' }>, 'referralIds' | 'unclear' | 'candidates'>;
  /** The call tasks of each child. */
  readonly calls: Child;
}) => (
  <Page frame={frame} title="Report received">
    <h1>Report received. Call now:</h1>
    {calls}
    <p>
      {referralIds.length === 1 ? 'One referral was' : `${referralIds.length} referrals were`} opened, and the clocks
      run:
    </p>
    <ul class="usa-list">
      {referralIds.map((id) => (
        <li>
          <a href={`${frame.base}/referrals/${id}`}>{id}</a>
        </li>
      ))}
    </ul>
    {unclear.length > 0 && (
      <Alert kind="warning" heading="Which town is meant?">
        <p>A place is no town of the state. The clocks run meanwhile: say which it is on the page of the referral.</p>
        <ul class="usa-list">
          {unclear.map(({ referralId, place, nearest }) => (
            <li>
              <a href={`${frame.base}/referrals/${referralId}#${anchorOf('correct-place')}`}>
                {referralId}, {labelOf(place)}
              </a>
              : {nearest.length > 0 ? `the nearest names are ${nearest.join(', ')}` : 'no town has a name like it'}
            </li>
          ))}
        </ul>
      </Alert>
    )}
    {candidates.length > 0 && (
      <Alert kind="warning" heading="Is this a child already known?">
        <p>Other referrals may be about the same child. Compare them and answer on the page of the new one.</p>
        <ul class="usa-list">
          {candidates.map(({ referralId, of, stage, score }) => (
            <li>
              <a href={`${frame.base}/referrals/${of}`}>{of}</a>, {words(stage)}
              {score === undefined ? '' : `, alike to ${Math.round(score * 100)} in 100`}:{' '}
              <a href={`${frame.base}/referrals/${referralId}#${anchorOf('answer-duplicate')}`}>
                answer for {referralId}
              </a>
            </li>
          ))}
        </ul>
      </Alert>
    )}
    <p>
      <a href={`${frame.base}/reports/new`}>Enter another report</a>
    </p>
  </Page>
);
