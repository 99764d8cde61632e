/** The next steps of the reader: the most urgent first, each with links to the forms of its acts. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { NextStep } from '../../../shared/domain/next-steps/next-steps.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { linesOf } from '../app/group-lines.ts';
import { anchorOf, buttonOf, titleOf } from '../forms/command-form.tsx';
import { Left } from './deadline-view.tsx';

/** `D3: Notify law enforcement` */
const wordsOfStep = ({ title, rule, status }: NextStep): string =>
  rule === undefined || status === 'to-explain' ? title : `${rule}: ${title}`;

/** One next step, with a link to the form of each act that this page offers. */
function Step({
  step,
  now,
  offered,
  accessPage,
}: {
  readonly step: NextStep;
  readonly now: string;
  readonly offered: readonly CommandName[];
  readonly accessPage: string;
}) {
  const { acts, due, why, note } = step;
  const names = [...new Set(acts.map(({ command }) => command))];
  return (
    <li>
      <strong>{wordsOfStep(step)}</strong>
      {note !== undefined && `. ${note}`}
      {due !== undefined && (
        <>
          {' '}
          – due {formatInstant(due)} (<Left due={due} now={now} />)
        </>
      )}
      {names.map((name) => {
        const page = name === 'review-emergency-access' ? accessPage : undefined;
        if (page === undefined && !offered.includes(name)) return null;
        return (
          <>
            {' '}
            <a href={page ?? `#${anchorOf(name)}`}>{buttonOf(name, acts) ?? titleOf(name)}</a>
          </>
        );
      })}
      {why !== undefined && (
        <details>
          <summary>Why then</summary>
          {why}
        </details>
      )}
    </li>
  );
}

/** One task: a step, or one line with a tick for each duty of a group. */
function Line({
  steps,
  ...shown
}: {
  readonly steps: readonly [NextStep, ...NextStep[]];
  readonly now: string;
  readonly offered: readonly CommandName[];
  readonly accessPage: string;
}) {
  const [first, ...others] = steps;
  if (!first.group || others.length === 0) return <Step step={first} {...shown} />;
  return (
    <li>
      <strong>{words(first.group.kind)}</strong>: {steps.length} duties, each with its own record
      <ul>
        {steps.map((step) => (
          <Step step={step} {...shown} />
        ))}
      </ul>
    </li>
  );
}

export function AskedBox({
  asked,
  now,
  offered,
  accessPage,
  settling,
  clocksMissing,
}: {
  readonly asked: readonly NextStep[];
  readonly now: string;
  readonly offered: readonly CommandName[];
  /** Where the supervisor reviews an emergency access. */
  readonly accessPage: string;
  /** Whether the workflow may soon add a step. */
  readonly settling: boolean;
  /** Whether the report was stored without its clocks, which the sweep opens. */
  readonly clocksMissing: boolean;
}) {
  return (
    <section class="asked" aria-labelledby="asked">
      <h2 id="asked">Your next steps</h2>
      {clocksMissing && (
        <p>
          The first deadlines are not open yet. The system opens them within minutes. Do what is urgent now, and load
          this page again.
        </p>
      )}
      {asked.length === 0 ? (
        <p>
          {settling
            ? 'Nothing waits for you yet; the next step may be a few seconds away. Load this page again to see it.'
            : 'Nothing waits for you in this referral now.'}
        </p>
      ) : (
        <ul>
          {linesOf(asked).map((steps) => (
            <Line steps={steps} now={now} offered={offered} accessPage={accessPage} />
          ))}
        </ul>
      )}
    </section>
  );
}
