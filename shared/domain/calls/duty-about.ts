/** What tells the duties of one rule apart: the service or discipline, the absence, and the return. Pure. */
import { isAfter } from '../core/instants.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Absence } from '../missing/missing-state.ts';
import { type Milestone, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/** What a title says behind the words of the rule. A part that is absent is not said. */
export interface DutyAbout {
  /** The service or discipline. */
  readonly subject?: string | undefined;
  /** When the absence began, where there are several: a UTC instant. */
  readonly absentSince?: string | undefined;
  /** A return asks for it, beside the same duty of the report. */
  readonly afterReturn?: boolean | undefined;
  /** Whether the child is missing now. Undefined where the reader may not know. */
  readonly missing?: boolean | undefined;
}

const whileMissing: readonly Milestone[] = ['police-notified-missing', 'ncmec-notified', 'search-renewed'];

/** The absence that the duty is about. Undefined for a duty about none. */
function absenceOf(deadline: Deadline, { missing: { absences } }: Referral, policy: Policy): Absence | undefined {
  const { keptBy } = ruleOf(policy, deadline);
  if (keptBy.some((milestone) => whileMissing.includes(milestone)))
    return absences.findLast(({ missingSince }) => !isAfter(missingSince, deadline.start));
  const isOfReturn = keptBy.includes('return-debriefed') || deadline.startedBy === 'child-returned';
  return isOfReturn ? absences.find(({ returnedAt }) => returnedAt === deadline.start) : undefined;
}

/** What tells this duty apart, without whether the child is missing now. */
export function aboutOfDuty(deadline: Deadline, state: Referral, policy: Policy): DutyAbout {
  const several = state.missing.absences.length > 1;
  return {
    ...whereKnown({
      subject: deadline.subject,
      absentSince: several ? absenceOf(deadline, state, policy)?.missingSince : undefined,
    }),
    ...(deadline.startedBy === 'child-returned' && { afterReturn: true }),
  };
}
