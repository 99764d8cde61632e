/**
 * Opens the facts about a child to a reader. They need a purpose, and the read is recorded before it happens: once for each
 * session and referral. The people who work the referral have their purpose by their part in it. All others say theirs.
 */

import { emergencyAccessOf } from '../../domain/access/emergency-access.ts';
import { deadlineIdsOf } from '../../domain/alerts/alert-duties.ts';
import { isCall } from '../../domain/alerts/call-rounds.ts';
import { holderOf } from '../../domain/calls/calls.ts';
import { careline, overseers, staff } from '../../domain/core/role-groups.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { openDeadlines } from '../../domain/deadlines/open-deadlines.ts';
import { isRole, type Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { FactRead } from '../../store/chains.ts';
import type { Ledger, ReferralRead } from '../../store/ledger.ts';
import { stepsThatWaitOn } from '../read/shown-next-steps.ts';
import { type Depth, worksOn } from '../read/shown-view.ts';
import { principalFor } from './on-behalf.ts';
import { fittingPurposes, lawyers, type Purpose } from './purposes.ts';
import { isOneOf, leadsTeam, seesWhole, sitsOn, type Visitor, within } from './visitor.ts';

/** The purposes that a page asks for, in the order of its list. It shows those that fit the reader. */
export const askedPurposes = ['work-on-referral', 'legal-advice', 'quality-review', 'compare-duplicates'] as const;

/** The part of the records of access that says the facts were read. */
export const factsField = 'facts';

export interface FactDoor {
  readonly ledger: Pick<Ledger, 'recordFactRead' | 'factReads'>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
  /** What one record covers: a keyed digest of the console's session, or the UTC day for the API. */
  readonly session: string;
}

export type FactsOpened =
  | { readonly depth: Extract<Depth, 'pathway'> }
  /**
   * The person has said no purpose yet. `suggested`: the usual one for their role. `misfit`: they said one that does not
   * fit their role, so nothing was recorded. `fitting`: those that do.
   */
  | {
      readonly depth: Extract<Depth, 'working'>;
      readonly suggested: Purpose;
      readonly fitting: readonly Purpose[];
      readonly misfit?: Purpose;
    }
  | { readonly depth: Extract<Depth, 'facts'>; readonly purpose: Purpose };

interface Read extends Pick<ReferralRead, 'state' | 'commits'> {
  readonly policy: Policy;
}

/** The usual purpose of a person who has no part in the referral, by their role in it. */
export function suggestedPurpose(state: Referral, visitor: Visitor): Purpose {
  const person = within(state, visitor);
  if (isOneOf(person, lawyers)) return 'legal-advice';
  return isOneOf(person, overseers) ? 'quality-review' : 'work-on-referral';
}

/** Whether people of this person's role were called about a duty that is still open. They may have to act at once. */
const wasCalled = ({ alerts, deadlines }: Referral, person: Visitor): boolean =>
  Object.values(alerts).some(
    (alert) =>
      isCall(alert) &&
      alert.to.some((word) => isRole(word) && isOneOf(person, [word])) &&
      deadlineIdsOf(alert).some((id) => deadlines[id]?.status === 'open'),
  );

/**
 * The purpose that a person has by their part in the referral. Undefined where they have none and must say one.
 * - A seat or the lead of the team: the review in the team.
 * - For staff it is the work, and for lawyers the advice. They are the liaison, took the report, or have done something in
 *   it. Or they hold a duty, can take the next step, or were called. Careline staff have it while it is open, because any
 *   of them may take the next call. So has a person with emergency access.
 */
export function purposeByPart({ state, commits, policy }: Read, visitor: Visitor): Purpose | undefined {
  const person = within(state, visitor);
  if (!isOneOf(person, staff)) return leadsTeam(state, visitor) || sitsOn(state, visitor) ? 'team-review' : undefined;
  const { id } = visitor;
  const isTheirs =
    state.response.liaison === id ||
    state.report.takenBy === id ||
    (state.stage === 'open' && isOneOf(person, careline)) ||
    (visitor.at !== undefined && emergencyAccessOf(state, id, visitor.at) !== undefined) ||
    (state.stage === 'open' && wasCalled(state, person)) ||
    commits.some(({ actor, cause, isUnproved }) => cause.kind === 'command' && actor.id === id && !isUnproved) ||
    openDeadlines(state).some((deadline) => holderOf(deadline, state)?.id === id) ||
    // A step that waits for their role, and that others alone can take, is no part of theirs.
    stepsThatWaitOn(state, policy, visitor).some(({ acts }) => acts.length > 0);
  if (!isTheirs) return undefined;
  return fittingPurposes(state, visitor).find((purpose) => purpose === 'work-on-referral') ?? 'legal-advice';
}

/**
 * How much this person sees now. A purpose that was recorded in this session holds on, until the person says another.
 * `said`: the purpose that the person says, which must fit their role. `byAct`: the purpose that an alert of theirs gives.
 * Where the record cannot be written, this throws and nothing is shown. Providers and invited members see only their own part, which has no facts.
 */
export async function openFacts(
  door: FactDoor,
  read: Read,
  visitor: Visitor,
  { said, byAct }: { readonly said?: Purpose | undefined; readonly byAct?: Purpose | undefined } = {},
): Promise<FactsOpened> {
  const { state } = read;
  if (!seesWhole(state, visitor) || !worksOn(state, visitor)) return { depth: 'pathway' };
  const { ledger, now, session, requestId } = door;
  const fitting = fittingPurposes(state, visitor);
  const asks = { depth: 'working', suggested: suggestedPurpose(state, visitor), fitting } as const;
  if (said !== undefined && !fitting.includes(said)) return { ...asks, misfit: said };
  const id = `FACTS.${session}`;
  // Where the records cannot be read, one more record does no harm.
  const isOfSession = (each: FactRead) => each.personId === visitor.id && each.id === id;
  const before = (await ledger.factReads(state.id, isOfSession).catch(() => [])).at(-1);
  const known = fitting.find((each) => each === before?.purpose);
  if (known && (said === undefined || said === known)) return { depth: 'facts', purpose: known };
  const purpose = said ?? byAct ?? purposeByPart(read, visitor);
  if (purpose === undefined) return asks;
  await ledger.recordFactRead(
    state.id,
    {
      now,
      actor: { kind: 'person', id: visitor.id },
      onBehalfOf: principalFor(within(state, visitor), staff),
      cause: { kind: 'command', name: 'read-facts', id, purpose, ...whereKnown({ requestId }) },
    },
    [factsField],
    (each) => isOfSession(each) && each.purpose === purpose,
  );
  return { depth: 'facts', purpose };
}
