/** The state of one referral: what a fold of its events remembers (`fold.ts`). Each subject defines its own part. */

import type { AccessState } from './access/access-state.ts';
import type { Alert } from './alerts/alert-state.ts';
import type { Proposals } from './approvals/proposal-state.ts';
import type { BookingsState } from './bookings/booking-state.ts';
import type { Call } from './calls/call-state.ts';
import type { CardState } from './card/card-state.ts';
import type { ClosureState } from './closure/closure-state.ts';
import type { Deadline, DeadlineRun } from './deadlines/deadline-state.ts';
import type { EligibilityState } from './eligibility/eligibility-state.ts';
import type { ProfileState } from './facts/profile-state.ts';
import type { HandoffsState } from './handoffs/handoff-state.ts';
import type { HearingsState } from './hearings/hearing-state.ts';
import type { IdentityState } from './identity/identity-state.ts';
import type { PlacesState, ReportState } from './intake/intake-state.ts';
import type { ChildFacts } from './intake/report-facts.ts';
import type { MissingState } from './missing/missing-state.ts';
import type { NeedsState } from './needs/need-state.ts';
import type { PathwayState, RunEnds } from './pathway/pathway-state.ts';
import type { RecoveryState } from './recovery/recovery-state.ts';
import type { ResponseState } from './response/response-state.ts';
import type { ReviewState } from './review/review-state.ts';
import type { SameChildState } from './same-child/same-child-state.ts';
import type { ScreeningState } from './screening/screening-state.ts';
import type { ServiceState } from './services/service-state.ts';
import type { ShiftNotesState } from './shift-notes/shift-note-state.ts';
import type { TeamState } from './team/team-state.ts';
import type { VisitsState } from './visits/visit-state.ts';
import type { WhereaboutsState } from './whereabouts/whereabouts-state.ts';

export interface Referral {
  readonly id: string;
  /** The sequence number of the last commit. */
  readonly seq: number;
  readonly stage: 'open' | 'closed' | 'withdrawn' | 'merged';
  /** Since when its work has ended. Absent while it is open. */
  readonly endedAt?: string;
  /** The policy version it was migrated to. Without it, that of its first commit. */
  readonly policy?: string;
  /** The generation of its pathway's run. */
  readonly generation: number;
  /** Of its own run and of those of its deadlines. Absent where none ended before its time. */
  readonly runEnds?: RunEnds;
  readonly report: ReportState;
  readonly child: ChildFacts;
  /** The facts that were completed for numbers. Absent where there are none. */
  readonly profile?: ProfileState;
  /** The hearings of courts, in the order of recording. Absent where there is none. */
  readonly hearings?: HearingsState;
  /** The appointments for exams and interviews, in the order of recording. Absent where there is none. */
  readonly bookings?: BookingsState;
  /** What the child needs now, and which providers were asked for a place. Absent where there is none. */
  readonly needs?: NeedsState;
  /** The warm handoffs, in the order of recording. Absent where there is none. */
  readonly handoffs?: HandoffsState;
  /** The plan for the next time the child is missing. Absent where there is none. */
  readonly recovery?: RecoveryState;
  /** The notes for the next shift, oldest first. Absent where no one left one. */
  readonly shiftNotes?: ShiftNotesState;
  /** What workers must know before they go there. Absent where it was not noted. */
  readonly visits?: VisitsState;
  /** Where the child was, act by act. Absent where no act told of a place. */
  readonly whereabouts?: WhereaboutsState;
  /** What the child asks of the people around. Absent where the child was not asked. */
  readonly card?: CardState;
  readonly places: PlacesState;
  readonly response: ResponseState;
  readonly missing: MissingState;
  readonly screening: ScreeningState;
  readonly eligibility: EligibilityState;
  readonly team: TeamState;
  /** The case reviews of the team. Absent before the first agenda or record of one. */
  readonly review?: ReviewState;
  readonly services: ServiceState;
  readonly sameChild: SameChildState;
  readonly identity: IdentityState;
  readonly access: AccessState;
  readonly pathway: PathwayState;
  readonly closure: ClosureState;
  /** By kind, the proposals that wait for a second person. */
  readonly proposals: Proposals;
  /** By id. */
  readonly deadlines: Readonly<Record<string, Deadline>>;
  /** The runs that keep deadlines, by id. */
  readonly runs: Readonly<Record<string, DeadlineRun>>;
  readonly alerts: Readonly<Record<string, Alert>>;
  /** Telephone calls about duties that call now, oldest first. Absent where there was none. */
  readonly calls?: readonly Call[];
}
