/**
 * An administrator ends a person's access. One commit in the chain of shifts holds the end and all that is handed over. From
 * it on, both doors refuse the person. Then the account in the pool of sign-ins is closed.
 */
import * as z from 'zod';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import { accessEndReasons, type Role } from '../../domain/core/vocabulary.ts';
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

/** The role that ends the access of others, and those that read whose access ended. */
export const accessEnders: readonly Role[] = ['administrator'];
export const accessEndReaders: readonly Role[] = auditors;

export interface EndParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'changeShifts' | 'delegations'>;
  readonly directory: Pick<Directory, 'person' | 'people' | 'delegationsTo' | 'accountOf'>;
  /** Closes the account, and its tokens no longer renew. Rejects where the pool of sign-ins does not answer. */
  readonly closeAccount: (sub: string) => Promise<void>;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

const taker = z.string().min(1, 'Choose who takes them over, or no one.').max(64);
const endInput = z.strictObject({
  reason: z.enum(accessEndReasons, 'Choose why the access ends.'),
  shifts: z.array(z.strictObject({ role: z.string(), scope: z.string(), to: taker })),
  delegations: taker,
  seen: z.string(),
});

export type EndAnswer =
  /** `isClosed`: the account in the pool of sign-ins is closed as well. */
  | { readonly kind: 'done'; readonly isClosed: boolean }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'forbidden' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly refusal: Refusal<EndRefusal | 'record-in-doubt'> }
  | Reused;

/** Whether the account could be closed. Both doors refuse the person without it. */
async function close({ directory, closeAccount }: EndParts, personId: string): Promise<boolean> {
  const sub = await directory.accountOf(personId);
  if (sub === undefined) return true;
  return closeAccount(sub).then(
    () => true,
    () => false,
  );
}

/** Ends the access, all or nothing. A repeated submission changes nothing, and tries again to close the account. */
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
  const [{ held, given }, people] = await Promise.all([
    delegationsOfBoth(parts, personId),
    directory.people([...new Set(named)].filter((to) => to !== noTaker && to !== keptByThem)),
  ]);
  const about = { now, by: by ?? { id: visitor.id }, person, people, held, given };
  const frame = personFrame(parts, visitor, 'end-access', 'SHIFTS');
  const after = await ledger.changeShifts(allShifts, keyedFrame(frame, personId, parsed.data, submission), (schedule) =>
    endAccess(schedule, plan, about),
  );
  if (!isRefusal(after)) return { kind: 'done', isClosed: await close(parts, personId) };
  if (after.refused === 'id-reused') return { kind: 'reused' };
  return { kind: 'refused', refusal: after as Refusal<EndRefusal | 'record-in-doubt'> };
}

/** Closes the account of a person whose access has ended, where the pool did not answer before. */
export async function closeAccountOf(parts: EndParts, visitor: Visitor, personId: string): Promise<EndAnswer> {
  if (!isOneOf(ownOf(visitor), accessEnders)) return { kind: 'forbidden' };
  const person = await parts.directory.person(personId);
  if (person?.ending?.isOver !== false) return { kind: 'unknown' };
  return { kind: 'done', isClosed: await close(parts, personId) };
}
