/** What the state of a referral remembers of its team. */
import type { Answer, Discipline, MeetingEnd } from '../core/vocabulary.ts';
import type { TeamEvent } from './team-events.ts';

/** The last answer for a seat, of the holder or the deputy, with what was said beside it. */
export interface SeatAnswer
  extends Pick<TeamEvent<'seat-answered'>, 'answer' | 'because' | 'suggested' | 'suggestedDiscipline'> {
  readonly by: string;
}

export interface Seat {
  readonly discipline: Discipline;
  readonly personId: string;
  readonly deputyId?: string | undefined;
  readonly required: boolean;
  readonly informedAt?: string;
  /** How it was told. A call counts for more than a delivered mail. */
  readonly informedHow?: TeamEvent<'seat-informed'>['how'];
  readonly answered?: SeatAnswer;
  /** The holders who declined, and have not accepted since. */
  readonly declinedBy?: readonly string[];
  /** The time for the meeting that would suit. */
  readonly proposes?: TeamEvent<'seat-answered'>['proposes'];
  /** The holder by the roster who passed the seat on for this referral. */
  readonly delegatedBy?: string;
  /** True where a person was named for this referral alone, beside the team's own roster. */
  readonly invited?: true;
}

/**
 * The signed confidentiality agreement of a person on the team, and whether a conflict of interest stands against their
 * work.
 */
export interface ConfidentialityAgreement {
  readonly notice: string;
  readonly conflict: Answer;
  readonly at: string;
}

/** The latest meeting of the team that was set. */
export interface Meeting
  extends Omit<TeamEvent<'meeting-set'>, 'type' | 'v'>,
    Pick<TeamEvent<'meeting-place-said'>, 'way' | 'directions'> {
  readonly status: 'scheduled' | 'called-off' | 'held';
  /** Why it was called off. */
  readonly because?: MeetingEnd;
}

export interface TeamState {
  /** The id of the team that was drawn. */
  readonly id?: string;
  /** The id of the team that was invited last. */
  readonly invited?: string;
  readonly seats: readonly Seat[];
  readonly vacant: readonly Discipline[];
  /** Disciplines that had a seat and have none now. */
  readonly formerSeats: readonly Discipline[];
  /** By the id of the person. */
  readonly confidentialityAgreements: Readonly<Record<string, ConfidentialityAgreement>>;
  /** Each with the team that met. */
  readonly meetings: readonly (TeamEvent<'mdt-met'> & { readonly team?: string | undefined })[];
  readonly meeting?: Meeting;
  /** The earlier meetings, as they ended. */
  readonly pastMeetings: readonly Meeting[];
}
