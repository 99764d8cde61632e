/**
 * Telephone calls about a duty that calls now: who called which person or agency, when, and what came of it. Codes and ids only; a
 * note is in the vault.
 */
import * as z from 'zod';
import type { CommitFrame, Referral } from '../referral.ts';

/** `calling` is a claim: it tells others who look that this person is on the telephone with them. */
export const callResults = ['calling', 'reached', 'no-answer'] as const;
export type CallResult = (typeof callResults)[number];

const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);

/** Either `personId` or `agencyId`: which of the two was called. `notes`: the id of a text in the vault. */
export const callRecorded = z.object({
  deadlineId: id,
  result: z.enum(callResults),
  personId: id.optional(),
  agencyId: id.optional(),
  at: z.iso.datetime({ offset: false }),
  notes: id.optional(),
});

/** One call. `at` is a UTC instant: when it took place. `by` recorded it. */
export interface Call {
  readonly deadlineId: string;
  readonly result: CallResult;
  readonly personId?: string | undefined;
  readonly agencyId?: string | undefined;
  readonly at: string;
  readonly by: string;
  readonly notes?: string | undefined;
}

/** The state after a call was recorded. */
export const withCall = (
  state: Referral,
  { deadlineId, result, personId, agencyId, at, notes }: z.infer<typeof callRecorded>,
  { actor }: CommitFrame,
): Referral => ({
  ...state,
  calls: [...(state.calls ?? []), { deadlineId, result, personId, agencyId, at, notes, by: actor.id }],
});

/** How long a claim counts without a result: ten minutes, the time in which the next person is called. This project, assumed. */
const claimMilliseconds = 600_000;

/** The calls that someone is on at `now`, a UTC instant: claims without a result of the same person about the same callee since. */
export const callsUnderWay = (calls: readonly Call[], now: string): readonly Call[] =>
  calls.filter(
    (call, index) =>
      call.result === 'calling' &&
      Date.parse(now) - Date.parse(call.at) < claimMilliseconds &&
      !calls
        .slice(index + 1)
        .some(
          ({ by, personId, agencyId }) => by === call.by && (personId ?? agencyId) === (call.personId ?? call.agencyId),
        ),
  );
