import { tellSealed } from '../../shared/application/access/tell-sealed.ts';
import { type OnUnreadable, readOthers } from '../../shared/application/matching/read-others.ts';
import type { StepInput, TaskOutput } from '../../shared/contracts/tasks.ts';
import type { Decision } from '../../shared/domain/core/decision.ts';
import { askSameChild } from '../../shared/domain/pathway/steps.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { isAskedThere, mayBeCandidate, noteUncompared } from '../../shared/domain/same-child/matches.ts';
import type { ChildIndex } from '../../shared/store/child-index.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

interface AskParts {
  readonly ledger: Ledger;
  readonly identities: Pick<ChildIndex, 'match'>;
  /** UTC instant. */
  readonly now: string;
  /** Called for a referral of the same child whose chain is damaged. The question is asked about the others. */
  readonly onUnreadable: OnUnreadable;
}

/**
 * Other referrals of the same child by name and date of birth. The first commit was written before this look. So of two
 * simultaneous reports at least one sees the other.
 */
async function findEqual(
  { ledger, identities, onUnreadable }: AskParts,
  { id: own, identity: { blindIndex }, report: { siblings } }: Referral,
) {
  if (blindIndex === undefined) return { found: [], isWhole: true };
  let isWhole = true;
  const ids = (await identities.match(blindIndex, own)).filter((other) => !siblings.includes(other));
  const states = await readOthers(ledger, ids, (error, id) => {
    isWhole = false;
    onUnreadable(error, id);
  });
  return { found: ids.map((id, index) => ({ id, state: states[index] })), isWhole };
}

/**
 * Asks about other referrals of the same child, and tells sealed ones. `carry` carries out the decision as a step of the
 * run. A damaged chain of another referral never stops the run. The sweep reports that chain, and a later run asks again.
 */
export async function askAboutSameChild(
  parts: AskParts,
  input: StepInput,
  carry: (decide: (decision: Decision) => void) => Promise<TaskOutput>,
): Promise<TaskOutput> {
  const own = (await parts.ledger.referral(input.referralId))?.state;
  const { found, isWhole } = own ? await findEqual(parts, own) : { found: [], isWhole: true };
  // A later run of the referral also finds reports that came since. Their own referrals ask about this one.
  const isAsked = (other: Referral | undefined) => own && other && input.generation > 1 && isAskedThere(own, other);
  const equal = found.filter(({ state }) => !isAsked(state));
  // A sealed referral is no candidate, because the person who took this report would learn of it.
  const candidates = equal.filter(({ state }) => mayBeCandidate(state)).map(({ id }) => id);
  const output = await carry((decision) => {
    askSameChild(decision, candidates);
    if (!isWhole) noteUncompared(decision);
  });
  // The question comes first. A step that stops here is repeated, and then tells the rest.
  const alike = equal.map(({ id }) => ({ id, score: 1 }));
  const others = equal.map(({ state }) => state);
  if (own) await tellSealed(parts, own, alike, others);
  return output;
}
