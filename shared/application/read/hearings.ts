/** The hearings as pages and API show them: codes and times. Docket number and notes are in the vault (`read-identities.ts`). */
import { tooEarlyForTribe } from '../../domain/child/tribe-notice.ts';
import { formatDate } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { courtName, hearingRules } from '../../policy/hearing-rules.ts';

/** All hearings, in the order of their times. Undefined where there is none. */
export function viewHearings(state: Referral, policy: Policy) {
  return state.hearings
    ?.map(({ setAt: _, notes: __, docket: ___, reason: ____, sequence: _____, ...hearing }) => {
      const { hearingKind, court, startsAt, status } = hearing;
      const { isAboutCustody, prompts } = hearingRules[hearingKind];
      const isAhead = status === 'scheduled';
      const early = isAhead && isAboutCustody ? tooEarlyForTribe(state, startsAt, policy) : undefined;
      const waitsForTribe =
        early &&
        (early.day === undefined
          ? 'The receipt of the notice to the tribe is not recorded. Ask counsel before the hearing.'
          : `For the tribe, no proceeding about custody is held before ${formatDate(early.day)}. Ask counsel.`);
      return {
        ...hearing,
        courtName: courtName(court),
        prompts: isAhead ? prompts : [],
        ...(waitsForTribe !== undefined && { waitsForTribe }),
      };
    })
    .toSorted((one, other) => Date.parse(one.startsAt) - Date.parse(other.startsAt));
}
export type HearingView = NonNullable<ReturnType<typeof viewHearings>>[number];
