import { tellSealed } from '../../shared/application/access/tell-sealed.ts';
import { mayBeCandidate } from '../../shared/application/use-cases/take-report.ts';
import type { StepInput, TaskOutput } from '../../shared/contracts/tasks.ts';
import type { Decision } from '../../shared/domain/core/decision.ts';
import { openIntakeDeadlines } from '../../shared/domain/pathway/steps.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Identities } from '../../shared/store/identities.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

interface IntakeParts {
  readonly ledger: Ledger;
  readonly identities: Pick<Identities, 'match'>;
  /** UTC instant. */
  readonly now: string;
}

/** Other referrals of the same child by name and date of birth. It looks only after the report is stored, never before. */
async function findEqual(
  { ledger, identities }: IntakeParts,
  { id: own, identity: { blindIndex }, report: { siblings } }: Referral,
) {
  if (blindIndex === undefined) return [];
  const ids = (await identities.match(blindIndex, own)).filter((other) => !siblings.includes(other));
  return Promise.all(ids.map(async (id) => ({ id, state: (await ledger.referral(id))?.state })));
}

/**
 * Opens the deadlines of the intake, asks about referrals of the same child, and tells sealed ones. `carry` carries out the
 * decision as a step of the run.
 */
export async function openIntake(
  parts: IntakeParts,
  input: StepInput,
  carry: (decide: (decision: Decision) => void) => Promise<TaskOutput>,
): Promise<TaskOutput> {
  const own = (await parts.ledger.referral(input.referralId))?.state;
  const equal = own ? await findEqual(parts, own) : [];
  // A sealed referral is no candidate, because the person who took this report would learn of it.
  const candidates = equal.filter(({ state }) => mayBeCandidate(state)).map(({ id }) => id);
  const output = await carry((decision) => openIntakeDeadlines(decision, candidates));
  // The clocks come first. A step that stops here is repeated, and then tells the rest.
  const alike = equal.map(({ id }) => ({ id, score: 1 }));
  const others = equal.map(({ state }) => state);
  if (own) await tellSealed(parts, own, alike, others);
  return output;
}
