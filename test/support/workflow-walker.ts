/** Walks the definitions in `workflows` by the outcome words alone: enough of Step Functions for a story in memory. */
import { fileURLToPath } from 'node:url';
import { readDefinition } from '../../infra/constructs/machine-definition.ts';
import type { Deadline } from '../../shared/domain/deadlines/deadline-state.ts';
import { type Answer, nextOfRun, type Wait } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly End?: true;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const read = (name: string) =>
  JSON.parse(readDefinition(fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url)))) as {
    readonly StartAt: string;
    readonly States: Readonly<Record<string, State>>;
  };
const definitions = { referral: read('referral'), deadline: read('deadline') };

/** An execution: the state it stands at, what it waits for and the word it was last told. */
export interface Run {
  at: string;
  wait: Wait;
  checkpointAt: string | undefined;
  /** When the referral's run looks at its proposal again. */
  askAgainAt?: string | undefined;
  outcome: string;
  /** Its wait has reached the end of its time. */
  timedOut: boolean;
  done: boolean;
  /** Its deadlines as they were when the run was last told. */
  seen: readonly Deadline[];
  /** Danger as it was then. */
  seenIn?: Referral['response']['danger'];
}

type Start =
  | { readonly run: 'referral'; readonly now: string; readonly state: Referral }
  | {
      readonly run: 'deadline';
      readonly now: string;
      readonly state: Referral;
      readonly runId: string;
      readonly policy: Policy;
    };

export function startOf(start: Start): Run {
  const run = { at: definitions[start.run].StartAt, outcome: '', timedOut: false, done: false, seen: [] };
  if (start.run === 'referral') {
    const { generation } = start.state;
    const wait = { run: 'referral', waitsFor: 'screening', generation, startedAt: start.now } as const;
    return { ...run, wait, checkpointAt: undefined };
  }
  const { runId } = start;
  const generation = start.state.runs[runId]?.generation ?? 1;
  const checkpointAt = nextOfRun(start.state, runId, start.policy)?.at ?? start.now;
  const wait = { run: 'deadline', runId, checkpointAt, generation, startedAt: start.now } as const;
  return { ...run, wait, checkpointAt };
}

/** Goes on until the run waits for a person or is done. Throws at a word that the definition does not know. */
export function walk(
  run: Run,
  on: {
    readonly task: (state: string, runId?: string) => Answer;
    readonly answer: (run: Run) => Answer | undefined;
  },
): void {
  while (!run.done) {
    const state = definitions[run.wait.run].States[run.at];
    if (!state || state.Type === 'Fail') throw new Error(`A run stopped at ${run.at} with the word ${run.outcome}.`);
    if (state.Type === 'Succeed') {
      run.done = true;
    } else if (state.Type === 'Choice') {
      const chosen = state.Choices?.find(({ Condition }) => Condition.includes(`'${run.outcome}'`));
      run.at = chosen?.Next ?? state.Default ?? '';
    } else if (state.Resource?.endsWith('.waitForTaskToken')) {
      run.wait = waitAt(run);
      const answer = on.answer(run);
      const { timedOut } = run;
      run.timedOut = false;
      const caught = (error: string) => state.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes(error))?.Next;
      if (answer) {
        hear(run, answer, (answer.outcome === 'moved' ? caught('Moved') : undefined) ?? state.Next);
        run.done = run.at === '' && state.End === true;
      } else if (timedOut) {
        run.at = caught('States.Timeout') ?? '';
      } else {
        return;
      }
    } else {
      hear(run, on.task(run.at, run.wait.run === 'deadline' ? run.wait.runId : undefined), state.Next);
    }
  }
}

function waitAt({ wait, at, checkpointAt }: Run): Wait {
  return wait.run === 'referral'
    ? { ...wait, waitsFor: at === 'AwaitScreening' ? 'screening' : 'resolution' }
    : { ...wait, checkpointAt: checkpointAt ?? wait.checkpointAt };
}

function hear(run: Run, { outcome, checkpointAt, askAgainAt }: Answer, next: string | undefined): void {
  run.outcome = outcome;
  run.checkpointAt = checkpointAt ?? run.checkpointAt;
  run.askAgainAt = askAgainAt ?? run.askAgainAt;
  run.at = next ?? '';
}
