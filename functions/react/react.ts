import { type CheckpointInput, executionName, type StepInput } from '../../shared/contracts/tasks.ts';
import { type Figure, figuresIn } from '../../shared/domain/audit/dashboard-figures.ts';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { boardLayout, boardRows, rowsToPut } from '../../shared/domain/board/board-rows.ts';
import { borneOut } from '../../shared/domain/core/progress.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { runIdOf, runStartedBy } from '../../shared/domain/deadlines/deadline-runs.ts';
import type { Event, EventType } from '../../shared/domain/events.ts';
import { answerTo, nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Board } from '../../shared/store/board.ts';
import type { Commit } from '../../shared/store/commit.ts';
import type { Cursors } from '../../shared/store/cursors.ts';
import type { Runs } from '../../shared/store/executions.ts';
import type { Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import type { Waits } from '../../shared/store/waits.ts';

/** The request that a commit came of. */
const requestOf = ({ cause }: Pick<Commit<Event>, 'cause'>): string | undefined =>
  cause.kind === 'command' || cause.kind === 'task' ? cause.requestId : undefined;

export interface ReactParts {
  readonly ledger: Pick<Ledger, 'referral' | 'stateAfter'>;
  readonly waits: Pick<Waits, 'of' | 'forget'>;
  readonly board: Pick<Board, 'put'>;
  readonly cursors: Pick<Cursors, 'progress' | 'advance'>;
  readonly runs: Pick<Runs, 'start' | 'resume'>;
  readonly machines: { readonly referral: string; readonly deadline: string };
  readonly policyOf: (version: string) => Policy;
  /** Hears of each run that was started or resumed, by its name, and for which request. */
  readonly onRun?: (what: 'started' | 'resumed', run: string, requestId: string | undefined) => void;
  /** Takes the figures of the commits that were followed up now. Only a deployment shows them. */
  readonly publish?: (figures: ReadonlyMap<Figure, number>) => void;
  /** Called for each new commit that says that names could not be compared. */
  readonly onUncompared: () => void;
}

type Start =
  | { readonly machine: 'referral'; readonly name: string; readonly input: StepInput }
  | { readonly machine: 'deadline'; readonly name: string; readonly input: CheckpointInput };

function referralStart({ id, stage, generation }: Referral): readonly Start[] {
  if (stage !== 'open') return [];
  return [{ machine: 'referral', name: executionName(id, generation), input: { referralId: id, generation } }];
}

function deadlineStart(state: Referral, runId: string, policy: Policy): readonly Start[] {
  const run = state.runs[runId];
  const next = nextOfRun(state, runId, policy);
  if (!run || !next) return [];
  const { generation } = run;
  return [
    {
      machine: 'deadline',
      name: executionName(runId, generation),
      input: { referralId: state.id, runId, generation, checkpointAt: next.at },
    },
  ];
}

/** Events that start runs. Most commits have none, so their state need not be folded. */
const starting: ReadonlySet<EventType> = new Set([
  'referral-opened',
  'deadline-opened',
  'run-lost',
  'run-handed-over',
  'merge-undone',
]);

/** The runs that an event starts. `state` is the state right after its commit, so that a retry gives the same input. */
function startsOf(event: Event, state: Referral, policy: Policy): readonly Start[] {
  if (event.type === 'referral-opened') return referralStart(state);
  if (event.type === 'deadline-opened') {
    const started = runStartedBy(state, event);
    return started === undefined ? [] : deadlineStart(state, started, policy);
  }
  if (event.type === 'run-lost' || event.type === 'run-handed-over') {
    return event.run === state.id ? referralStart(state) : deadlineStart(state, event.run, policy);
  }
  if (event.type === 'merge-undone') {
    const reopened = new Set(event.reopened.flatMap((id) => state.deadlines[id] ?? []).map(runIdOf));
    return [...referralStart(state), ...[...reopened].flatMap((id) => deadlineStart(state, id, policy))];
  }
  return [];
}

/** All rows of the referral are written anew then, whatever stands in the lists. */
const isRepairOrder = ({ type }: Event): boolean => type === 'repair-ordered';

/** A cache: the next reaction compares its rows with the rows of this one. */
const rowsAfter = new WeakMap<Commit<Event>, readonly BoardRow[]>();

/** The rows that changed since the first `put` commits, as they are now. */
function rowsSince(
  { ledger, policyOf }: Pick<ReactParts, 'ledger' | 'policyOf'>,
  { state, commits, policy }: ReferralRead,
  put: number,
): readonly BoardRow[] {
  const first = commits[0]?.policy ?? policy;
  const rowsAt = (count: number): readonly BoardRow[] => {
    const commit = commits[count - 1];
    if (!commit) return [];
    const known = rowsAfter.get(commit);
    if (known) return known;
    const at = count === commits.length ? state : ledger.stateAfter(state.id, commits, count);
    const rows = at ? boardRows(at, policyOf(at.policy ?? first)) : [];
    rowsAfter.set(commit, rows);
    return rows;
  };
  if (put >= commits.length) return [];
  return rowsToPut(Array.from({ length: commits.length - put + 1 }, (_, index) => rowsAt(put + index)));
}

/**
 * Follows up the commits of a referral since the cursor. It starts runs, resumes waits that are over, and writes the board's
 * rows. A repeat, or one call for several commits, gives the same. Where the chain was cut, it begins again. Gives the referral as
 * it read it, or undefined where there is none.
 */
export async function react(parts: ReactParts, referralId: string): Promise<ReferralRead | undefined> {
  const { ledger, waits, board, cursors, runs, machines, policyOf, onUncompared } = parts;
  // The cursor first: it never passes a commit that is there.
  const completed = await cursors.progress(referralId, 'react');
  const referral = await ledger.referral(referralId);
  const first = referral?.commits[0];
  if (!referral || !first) return undefined;
  const policy = policyOf(referral.policy);
  const from = borneOut(completed, referral.commits);
  const { seq: cursor, layout, cut } = from;

  for (const commit of referral.commits) {
    if (commit.seq <= cursor || !commit.events.some(({ type }) => starting.has(type))) continue;
    const state = ledger.stateAfter(referralId, referral.commits, commit.seq);
    if (!state) continue;
    for (const event of commit.events) {
      for (const { machine, name, input } of startsOf(event, state, policyOf(state.policy ?? first.policy))) {
        // From the commit, so that a start that is tried again has the same input.
        const requestId = requestOf(commit);
        await runs.start(machines[machine], name, { ...input, ...whereKnown({ requestId }) });
        parts.onRun?.('started', name, requestId);
      }
    }
  }

  for (const { seq, events } of referral.commits) {
    if (seq > cursor && events.some(({ type }) => type === 'names-not-compared')) onUncompared();
  }

  const newest = referral.commits.findLast((commit) => commit.seq > cursor && requestOf(commit));
  const latest = newest && requestOf(newest);
  const faults: unknown[] = [];
  // A person could write thousands, and AWS takes only so many answers.
  const isOfRun = (run: string) => run === referralId || Object.hasOwn(referral.state.runs, run);
  for (const wait of (await waits.of(referralId)).filter(({ runId }) => isOfRun(runId))) {
    const answer = answerTo(referral.state, wait, policy);
    if (!answer) continue;
    try {
      await runs.resume(wait, { ...answer, ...whereKnown({ requestId: latest }) });
      parts.onRun?.('resumed', executionName(wait.runId, wait.generation), latest);
      await waits.forget(wait);
    } catch (fault) {
      // One wait that cannot be resumed holds up neither the others nor the lists. The reaction is repeated.
      faults.push(fault);
    }
  }

  // The rows do not depend on each other. If one fails, the whole reaction is repeated.
  const last = referral.commits.at(-1);
  const isRepair = referral.commits.some(({ seq, events }) => seq > cursor && events.some(isRepairOrder));
  const isAnew = layout !== boardLayout || isRepair;
  const put = isAnew ? 0 : cursor;
  // Rows of an earlier layout have the number of the same commit. They are replaced as those of a cut chain are. An ordered
  // repair replaces any row: one that no function wrote may have any number.
  const replaced = isRepair ? Number.MAX_SAFE_INTEGER : cursor > 0 && isAnew ? last?.seq : cut;
  await Promise.all(rowsSince(parts, referral, put).map((row) => board.put(row, replaced)));
  if (faults.length > 0) throw faults[0];
  if (last && last.seq > put) {
    await cursors.advance(referralId, 'react', { seq: last.seq, head: last.stored.hash, layout: boardLayout }, from);
  }
  // Its figures were published before this progress was lost.
  if (from.replaces) return referral;
  // Last, so that a reaction that is repeated counts nothing twice.
  const followed = referral.commits.filter(({ seq }) => seq > cursor).flatMap(({ events }) => events);
  parts.publish?.(figuresIn(followed, referral.state));
  return referral;
}
