/** What the state of a referral remembers of its completed facts. */
import type { ChildFacts } from '../intake/report-facts.ts';
import type { ProfileEvent, ProfileFacts } from './profile-events.ts';

/** The facts of the report that may be known better now. `child` has what is known now. */
export const reportedFields = ['gender', 'race', 'placement', 'exploitation', 'venue'] as const;
export type ReportedFacts = Pick<ChildFacts, (typeof reportedFields)[number]>;

export interface ProfileState {
  /** What the report had said, of each fact that became known otherwise. */
  readonly reported: Partial<ReportedFacts>;
  /** What is known now and no report asks. */
  readonly known: Omit<ProfileFacts, (typeof reportedFields)[number]>;
  /** The moves to another placement, in the order of recording. `from`: the placement before. */
  readonly moves: readonly (Pick<ProfileEvent<'placement-moved'>, 'placement' | 'moveReason' | 'at'> & {
    readonly from: ChildFacts['placement'];
  })[];
  /** The steps against traffickers, in the order of recording. */
  readonly prosecutions: readonly Omit<ProfileEvent<'prosecution-recorded'>, 'type' | 'v'>[];
  /** How the charges of the child ended, in the order of recording. Absent where no end is known. */
  readonly chargeEnds?: readonly Omit<ProfileEvent<'charges-ended'>, 'type' | 'v'>[];
}

const nothing: ProfileState = { reported: {}, known: {}, moves: [], prosecutions: [] };

/** The profile of a referral. Nothing is in it where no fact was completed. */
export const profileOf = ({ profile = nothing }: { readonly profile?: ProfileState }): ProfileState => profile;

/** What the report said of these facts, whatever became known since. */
export const asReported = (state: {
  readonly child: ReportedFacts;
  readonly profile?: ProfileState;
}): ReportedFacts => {
  const { gender, race, placement, exploitation, venue } = state.child;
  return { gender, race, placement, exploitation, venue, ...profileOf(state).reported };
};
