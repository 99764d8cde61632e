import type { StepInput, TaskOutput } from '../contracts/tasks.ts';
import { executionName } from '../contracts/tasks.ts';
import { callOut } from '../domain/alerts/calling.ts';
import { beginDecision, type Decision } from '../domain/core/decision.ts';
import { isRefusal } from '../domain/core/refusal.ts';
import { stepOutcome } from '../domain/pathway/steps.ts';
import type { Referral } from '../domain/referral.ts';
import type { Ledger } from '../store/ledger.ts';

/**
 * Carries out one step of a run: loads the referral, calls `decide`, and appends its events. Returns what `answer` makes of the
 * new state. `now` is a UTC instant, `runId` the id of the run: the referral's, a deadline's or a group's. Throws LedgerBusy, which the definitions
 * retry, and Error where the referral does not exist.
 */
export async function carryOut(
  { ledger, now, name }: { readonly ledger: Ledger; readonly now: string; readonly name: string },
  { referralId, generation, runId = referralId }: StepInput & { readonly runId?: string },
  decide: (decision: Decision) => void,
  answer: (state: Referral, context: Decision['context']) => TaskOutput = stepOutcome,
): Promise<TaskOutput> {
  let context: Decision['context'] | undefined;
  const changed = await ledger.changeReferral(
    referralId,
    {
      now,
      actor: { kind: 'function', id: name },
      cause: { kind: 'task', run: executionName(runId, generation) },
    },
    (state, given) => {
      if (!state) throw new Error('There is no referral with this id.');
      context = given;
      const decision = beginDecision(state, given);
      decide(decision);
      // A step that opens a duty may ring it.
      callOut(decision, state);
      return decision.events();
    },
  );
  if (!changed || !context || isRefusal(changed))
    throw new Error('A step of a run neither refuses nor comes before the referral.');
  return answer(changed.state, context);
}
