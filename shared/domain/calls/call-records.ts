/** Telephone calls that someone is on. */
import type { Call } from './call-state.ts';

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
