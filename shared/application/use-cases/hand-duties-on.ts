/** Finds the open duties that fall to a person, and hands them on once the person's access has ended. */

import { type DutyToHandOn, dutiesToHandOn, handDutiesOn, type Leaver } from '../../domain/alerts/duties-handed-on.ts';
import { handlerOwner } from '../../domain/calls/call-rows.ts';
import { beginDecision } from '../../domain/core/decision.ts';
import { dutyOwner, personOwner } from '../../domain/deadlines/deadline-rows.ts';
import type { AccessEnd } from '../../domain/directory/access-ends.ts';
import { type Delegation, holdsAt } from '../../domain/directory/delegations.ts';
import { isRunning, type Schedule } from '../../domain/directory/on-call-shifts.ts';
import type { Duty } from '../../domain/directory/scopes.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Board } from '../../store/board.ts';
import type { Directory, DirectoryPerson } from '../../store/directory-reads.ts';
import { inBatches } from '../../store/in-turns.ts';
import type { Ledger } from '../../store/ledger.ts';
import { personFrame } from '../access/person-frame.ts';
import type { Visitor } from '../access/visitor.ts';

/** The name of the act in the commits that it makes, in the chain of shifts and in referrals. */
export const actOfEnd = 'end-access';

export interface DutyParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'referral' | 'changeReferral'>;
  readonly directory: Pick<Directory, 'people' | 'onDutyAnywhere' | 'onCallOrder'>;
  readonly board: Pick<Board, 'ownedByAny'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/**
 * The roles in which this person is the first to be called now. They may be so for a person on leave whose delegate they are.
 * `held`: the delegations to them.
 */
export async function rolesFirstFor(
  { directory, now }: Pick<DutyParts, 'directory' | 'now'>,
  { shifts }: Pick<Schedule, 'shifts'>,
  person: Pick<DirectoryPerson, 'id' | 'roles'>,
  held: readonly Delegation[],
): Promise<readonly Duty[]> {
  const acting = held.filter((each) => holdsAt(each, now));
  const principals = acting.length === 0 ? [] : await directory.people(acting.map(({ personId }) => personId));
  const sides = [
    ...person.roles.map(({ role }) => ({ id: person.id, role })),
    ...principals.flatMap(({ id, roles }) =>
      roles
        .filter(({ role }) => acting.some(({ personId, work }) => personId === id && work.includes(role)))
        .map(({ role }) => ({ id, role })),
    ),
  ];
  const each = [...new Map(sides.map((side) => [`${side.id} ${side.role}`, side])).values()];
  const found = await Promise.all(
    each.map(async ({ id, role }) => {
      const running = shifts.filter((shift) => shift.role === role && isRunning(shift, now));
      const named = [...(await directory.onDutyAnywhere(role)), ...running].filter(({ personId }) => personId === id);
      const scopes = [...new Set(named.map(({ scope }) => scope))];
      const firsts = await Promise.all(scopes.map((scope) => directory.onCallOrder(role, scope, now)));
      return scopes.flatMap((scope, index) => (firsts[index]?.[0]?.personId === id ? [{ role, scope }] : []));
    }),
  );
  return found.flat();
}

/** So many rows of a list are read at once, and so many referrals worked on at the same time. */
const rowsAtOnce = 100;
const referralsAtOnce = 10;
/** So many lines are looked through, the most urgent first. The people of all others hear of them by their reminders. */
const mostLines = 1000;

/** The referrals in which a duty may fall to this person, by the board, the most urgent first. */
async function referralsOf(board: DutyParts['board'], { id, firstFor }: Leaver): Promise<readonly string[]> {
  const owners = [...firstFor.map(({ role, scope }) => dutyOwner(role, scope)), personOwner(id), handlerOwner(id)];
  const found = new Set<string>();
  let after: string | undefined;
  for (let read = 0; read < mostLines; read += rowsAtOnce) {
    const { rows, next } = await board.ownedByAny([...new Set(owners)], { limit: rowsAtOnce, after });
    for (const { referralId } of rows) found.add(referralId);
    after = next;
    if (after === undefined) break;
  }
  return [...found];
}

export interface DutiesInReferral {
  readonly state: Referral;
  readonly policy: Policy;
  readonly duties: readonly DutyToHandOn[];
}

/** The open duties of this person by referral. Sealed ones are among them: the caller leaves out what a reader may not see. */
export async function dutiesOf(
  { ledger, board, policyOf }: Pick<DutyParts, 'board' | 'policyOf'> & { readonly ledger: Pick<Ledger, 'referral'> },
  leaver: Leaver,
): Promise<readonly DutiesInReferral[]> {
  const read = await inBatches(referralsAtOnce, await referralsOf(board, leaver), (id) => ledger.referral(id));
  return read.flatMap((referral) => {
    if (!referral) return [];
    const { state } = referral;
    const policy = policyOf(referral.policy);
    const duties = dutiesToHandOn(state, policy, leaver);
    return duties.length > 0 ? [{ state, policy, duties }] : [];
  });
}

/**
 * Calls or tells the next people of every open duty of a person whose access has ended. Gives in how many referrals that did not
 * succeed. It may be repeated: nothing is told twice. A record in doubt does not hold up a call.
 */
export async function callTheNext(
  parts: DutyParts,
  visitor: Visitor,
  { personId, at, firstFor = [] }: AccessEnd,
): Promise<number> {
  const { ledger, board } = parts;
  const leaver = { id: personId, firstFor };
  const frame = personFrame(parts, visitor, actOfEnd, `${personId.slice(0, 40)}.${Date.parse(at)}`);
  const done = await inBatches(referralsAtOnce, await referralsOf(board, leaver), (referralId) =>
    ledger
      .changeReferral(referralId, frame, (state, context) => {
        if (!state) return [];
        const decision = beginDecision(state, context);
        handDutiesOn(decision, leaver);
        return decision.events();
      })
      .then(
        () => true,
        () => false,
      ),
  );
  return done.filter((isDone) => !isDone).length;
}
