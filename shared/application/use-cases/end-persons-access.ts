/**
 * An administrator ends a person's access. One commit in the chain of shifts holds the end and all that is handed over. From
 * it on, both doors refuse the person. Then the account in the pool of sign-ins is closed.
 */
import * as z from 'zod';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { accessEndReasons, type Role } from '../../domain/core/vocabulary.ts';
import { type AccessEnd, hasEnded, lastEndOf } from '../../domain/directory/access-ends.ts';
import { type EndPlan, type EndRefusal, endAccess, keptByThem, noTaker } from '../../domain/directory/end-access.ts';
import { allShifts } from '../../domain/directory/on-call-shifts.ts';
import type { Directory } from '../../store/directory-reads.ts';
import type { Ledger } from '../../store/ledger.ts';
import { keyedFrame, personFrame, type Submission } from '../access/person-frame.ts';
import { auditors, isOneOf, ownOf, type Visitor } from '../access/visitor.ts';
import type { Problem } from '../input/problems.ts';
import { readInput } from '../input/read-input.ts';
import type { Reused } from '../input/submission.ts';
import { delegationsOfBoth } from '../read/held-by.ts';
import { actOfEnd, callTheNext, type DutyParts, rolesFirstFor } from './hand-duties-on.ts';

/** The role that ends the access of others, and those that read whose access ended. */
export const accessEnders: readonly Role[] = ['administrator'];
export const accessEndReaders: readonly Role[] = auditors;

export interface EndParts extends DutyParts {
  readonly ledger: DutyParts['ledger'] & Pick<Ledger, 'changeShifts' | 'delegations'>;
  readonly directory: DutyParts['directory'] & Pick<Directory, 'person' | 'delegationsTo' | 'accountOf'>;
  /** Closes the account, and its tokens no longer renew. Rejects where the pool of sign-ins does not answer. */
  readonly closeAccount: (sub: string) => Promise<void>;
}

const taker = z.string().min(1, 'Choose who takes them over, or no one.').max(64);
const endInput = z.strictObject({
  reason: z.enum(accessEndReasons, 'Choose why the access ends.'),
  shifts: z.array(z.strictObject({ role: z.string(), scope: z.string(), to: taker })),
  delegations: taker,
  seen: z.string(),
});

export type EndAnswer =
  /** `isClosed`: the account in the pool of sign-ins is closed as well. `untold`: in so many referrals the next people were not called. */
  | { readonly kind: 'done'; readonly isClosed: boolean; readonly untold: number }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<EndRefusal | 'record-in-doubt'> }
  | Reused;

/** What follows the end: calls go to the next people, and the account is closed. Both doors refuse the person without it. */
async function followUp(parts: EndParts, visitor: Visitor, end: AccessEnd): Promise<EndAnswer> {
  const { directory, closeAccount } = parts;
  const untold = await callTheNext(parts, visitor, end);
  const sub = await directory.accountOf(end.personId);
  const isClosed =
    sub === undefined ||
    (await closeAccount(sub).then(
      () => true,
      () => false,
    ));
  return { kind: 'done', isClosed, untold };
}

/** Ends the access, all or nothing. A repeated submission changes nothing, and tries again what was to follow. */
export async function endPersonsAccess(
  parts: EndParts,
  visitor: Visitor,
  personId: string,
  input: unknown,
  submission: Submission,
): Promise<EndAnswer> {
  const own = ownOf(visitor);
  if (!isOneOf(own, accessEnders)) return { kind: 'forbidden' };
  const parsed = readInput(endInput, input);
  if (parsed.problems) return { kind: 'invalid', problems: parsed.problems };
  const { ledger, directory, now } = parts;
  const [person, by] = await Promise.all([directory.person(personId), directory.person(visitor.id)]);
  if (!person) return { kind: 'unknown' };
  const plan: EndPlan = { ...parsed.data, personId };
  const named = [plan.delegations, ...plan.shifts.map(({ to }) => to)];
  const [{ held, given }, people, before] = await Promise.all([
    delegationsOfBoth(parts, personId),
    directory.people([...new Set(named)].filter((to) => to !== noTaker && to !== keptByThem)),
    ledger.shifts(),
  ]);
  const firstFor = await rolesFirstFor(parts, before.schedule, person, held);
  const about = { now, by: by ?? { id: visitor.id }, person, people, held, given, firstFor };
  const frame = personFrame(parts, visitor, actOfEnd, 'SHIFTS');
  const after = await ledger.changeShifts(allShifts, keyedFrame(frame, personId, parsed.data, submission), (schedule) =>
    endAccess(schedule, plan, about),
  );
  if (!isRefusal(after)) {
    const end = lastEndOf(after.ends, person);
    return hasEnded(end) ? followUp(parts, visitor, end) : { kind: 'unknown' };
  }
  if (after.refused === 'id-reused') return { kind: 'reused' };
  return { kind: 'refused', refusal: after as Refusal<EndRefusal | 'record-in-doubt'> };
}

/** Does what was to follow the end of a person's access, and did not succeed before. */
export async function followUpEnd(parts: EndParts, visitor: Visitor, personId: string): Promise<EndAnswer> {
  if (!isOneOf(ownOf(visitor), accessEnders)) return { kind: 'forbidden' };
  const ending = (await parts.directory.person(personId))?.ending;
  return hasEnded(ending) ? followUp(parts, visitor, ending) : { kind: 'unknown' };
}
