/** One run for people who audit: where it stands, what it did, and what happens if no one acts. */
import { executionName, readExecutionName } from '../../contracts/tasks.ts';
import { stateOfFunction } from '../../domain/audit/machine-graph.ts';
import { runSentences, stateAt } from '../../domain/audit/run-states.ts';
import { runNameOf, runsOf } from '../../domain/board/run-rows.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { dutiesOf, openDutiesOf } from '../../domain/deadlines/deadline-runs.ts';
import { type Ahead, aheadOfRun } from '../../domain/pathway/play-forward.ts';
import { type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { dutyTitle } from '../../domain/words/duty-words.ts';
import { part2PartsOf } from '../access/part-2-records.ts';
import { mayRead, type Visitor } from '../access/visitor.ts';
import type { auditReferral } from './audit.ts';
import { type ShownAudit, showAudit } from './shown-audit.ts';
import { viewDeadline } from './view.ts';

/** So far ahead is played, in milliseconds: no wait is longer. */
const ahead = 30 * 86_400_000;
/** So many steps ahead are told. Calls that only repeat count as one. */
const mostAhead = 8;

type ShownCommit = ShownAudit['commits'][number];

/** The referral of a run. Undefined for a text that names no run. */
export const referralOfRun = (runId: string): string | undefined =>
  readExecutionName(executionName(runId, 1))?.referralId;

const isOfRun = (execution: string, runId: string): boolean => readExecutionName(execution)?.runId === runId;

/** Whether a commit is a step of this run, or about the run or a duty of it. */
const isAbout =
  (runId: string, duties: ReadonlySet<string>) =>
  ({ cause, events }: ShownCommit): boolean =>
    (cause.kind === 'task' && isOfRun(cause.run, runId)) ||
    events.some(
      (each) =>
        ('run' in each && each.run === runId) ||
        ('deadlineId' in each && typeof each.deadlineId === 'string' && duties.has(each.deadlineId)),
    );

/** The state of its definition in which the run stands. */
function standsAt(state: Referral, runId: string, waitsFor: string | undefined): string {
  if (runId === state.id) {
    if (state.stage !== 'open') return 'Done';
    return waitsFor === 'screening' ? 'AwaitScreening' : 'AwaitResolution';
  }
  return openDutiesOf(state, runId).length > 0 ? 'AwaitPerson' : 'Done';
}

/** Calls that come one after the other for the same people are one entry: `times` says how many. */
export interface Told extends Ahead {
  readonly times: number;
  /** When the last of them comes. */
  readonly lastAt: string;
}

function folded(each: readonly Ahead[]): readonly Told[] {
  const told: Told[] = [];
  for (const one of each) {
    const last = told.at(-1);
    const isSame =
      last && last.missed.length + one.missed.length + one.closed.length === 0 && kindsOf(last) === kindsOf(one);
    if (isSame) told[told.length - 1] = { ...last, times: last.times + 1, lastAt: one.at };
    else told.push({ ...one, times: 1, lastAt: one.at });
  }
  return told;
}
const kindsOf = ({ raised }: Pick<Ahead, 'raised'>): string => [...new Set(raised.map(({ kind }) => kind))].join();

/** Undefined where there is no such run, or where the visitor may not read of it. `now` is a UTC instant. */
export async function viewRun(
  parts: Parameters<typeof auditReferral>[0] & { readonly now: string },
  runId: string,
  visitor: Visitor,
) {
  const { ledger, policyOf, now } = parts;
  const referralId = referralOfRun(runId);
  const referral = referralId === undefined ? undefined : await ledger.referral(referralId);
  if (!referral || referralId === undefined || !mayRead(referral.state, visitor)) return undefined;
  const { state } = referral;
  const policy: Policy = policyOf(referral.policy);
  const stored = runsOf(state, policy).find((run) => runNameOf(referralId, run) === runId);
  if (!stored) return undefined;
  const audit = await showAudit(parts, referralId, visitor);
  if (!audit) return undefined;
  const held = part2PartsOf(state, policy);
  const duties = dutiesOf(state, runId).filter(({ id }) => !held.deadlines.has(id));
  const dutyIds = new Set(duties.map(({ id }) => id));
  const wait = audit.waits.find(({ run }) => run === runId);
  const commits = audit.commits.filter(isAbout(runId, dutyIds));
  const until = new Date(Date.parse(now) + ahead).toISOString();
  const isOpen = runId !== referralId && stored.is !== 'ended';
  const coming = isOpen ? folded(aheadOfRun(state, policy, runId, { now, until, most: 60 })).slice(0, mostAhead) : [];
  return {
    run: runId,
    referralId,
    stage: state.stage,
    policy: policy.version,
    execution: executionName(runId, stored.generation),
    machine: runId === referralId ? ('referral' as const) : ('deadline' as const),
    state: stateAt(stored, now),
    generation: stored.generation,
    says: [...runSentences(stored, policy, now)],
    standsAt: standsAt(state, runId, wait?.on[0]),
    /** The states of which the ledger has a commit, in order. */
    passed: commits.flatMap(({ actor, cause }) =>
      actor.kind === 'function' && cause.kind === 'task' ? [stateOfFunction(actor.id)] : [],
    ),
    predecessors: (state.runEnds?.[runId] ?? []).map((end) => ({
      ...end,
      execution: executionName(runId, end.generation),
    })),
    duties: duties.map((deadline) => {
      const { id, rule, obligation, due, status, missed } = viewDeadline(deadline, state, policy);
      return { id, rule, duty: dutyTitle(ruleOf(policy, deadline)), obligation, due, status, missed };
    }),
    ...whereKnown({ waitsSince: wait?.since, waitTries: wait?.tries }),
    commits: commits.map(({ seq, at, actor, who, onBehalfOf, cause, says }) => ({
      seq,
      at,
      actor,
      who,
      ...whereKnown({ onBehalfOf }),
      cause,
      says,
    })),
    ahead: coming,
  };
}
export type RunView = NonNullable<Awaited<ReturnType<typeof viewRun>>>;
