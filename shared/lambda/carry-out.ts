import type { StepInput, TaskOutput } from '../contracts/tasks.ts';
import { executionName } from '../contracts/tasks.ts';
import { type Draft, draft } from '../domain/core/draft.ts';
import { isRefusal } from '../domain/core/refusal.ts';
import { stepOutcome } from '../domain/pathway/steps.ts';
import type { Referral } from '../domain/referral.ts';
import type { Ledger } from '../store/ledger.ts';

/**
 * Carries one step of a run: loads, lets the domain decide, appends, and answers with the outcome word of `answer`. `now` is a
 * UTC instant, `runId` the referral's or a deadline's id. Throws LedgerBusy, which the definitions retry, and Error where there is no such referral.
 */
export async function carryOut(
  { ledger, now, name }: { readonly ledger: Ledger; readonly now: string; readonly name: string },
  { referralId, generation, runId = referralId }: StepInput & { readonly runId?: string },
  decide: (draft: Draft) => void,
  answer: (state: Referral, context: Draft['context']) => TaskOutput = stepOutcome,
): Promise<TaskOutput> {
  let context: Draft['context'] | undefined;
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
      const drafted = draft(state, given);
      decide(drafted);
      return drafted.events();
    },
  );
  if (!changed || !context || isRefusal(changed))
    throw new Error('A step of a run neither refuses nor comes before the referral.');
  return answer(changed.state, context);
}
