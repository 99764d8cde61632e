import type { Call } from './call-state.ts';

/**
 * How long `calling` counts without a result: ten minutes, the time in which the next person is called. Assumed by this
 * project.
 */
const claimMilliseconds = 600_000;

/** The calls under way at `now`, a UTC instant. Each says `calling`, without a later result of the same two people. */
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
