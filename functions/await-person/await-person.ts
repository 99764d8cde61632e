import { executionName, type WaitInput } from '../../shared/contracts/tasks.ts';
import { isRefusal } from '../../shared/domain/core/refusal.ts';
import { event } from '../../shared/domain/events.ts';
import { answerTo, generationDue, needsNewGeneration } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Runs } from '../../shared/store/executions.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';
import type { Waits } from '../../shared/store/waits.ts';

export interface AwaitPersonParts {
  readonly ledger: Ledger;
  readonly waits: Pick<Waits, 'save'>;
  readonly policyOf: (version: string) => Policy;
  /** Answers the run that waits. A spent token counts as answered. */
  readonly resume: Runs['resume'];
  /** UTC instant. */
  readonly now: string;
}

/**
 * Begins a wait: saves the token, then reads the ledger, and answers at once where the wait is already over. An earlier commit is
 * seen by the read, and a later one finds the saved token. So the run wakes in both cases.
 */
export async function awaitPerson(
  { ledger, waits, policyOf, resume, now }: AwaitPersonParts,
  wait: WaitInput,
): Promise<void> {
  const runId = wait.run === 'deadline' ? wait.runId : wait.referralId;
  await waits.save({ ...wait, runId });
  const referral = await ledger.referral(wait.referralId);
  if (!referral) throw new Error('There is no referral with this id.');
  const answer = answerTo(referral.state, wait, policyOf(referral.policy));
  if (answer) return resume(wait, answer);
  if (!needsNewGeneration(referral.state, wait, now)) return;
  const context: CommitContext = {
    now,
    actor: { kind: 'function', id: 'await-person' },
    cause: { kind: 'task', run: executionName(runId, wait.generation) },
  };
  const handedOver = await ledger.changeReferral(wait.referralId, context, (state) => {
    const generation = state && generationDue(state, runId);
    return generation === wait.generation ? [event('run-handed-over', { run: runId, generation })] : [];
  });
  if (handedOver && !isRefusal(handedOver)) await resume(wait, { outcome: 'handed-over' });
}
