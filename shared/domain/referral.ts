/** The state of one referral: what a fold of its events remembers (`fold.ts`). Each subject defines its own part. */
import type { AccessState } from './access/access-state.ts';
import type { Alert } from './alerts/alert-state.ts';
import type { Call } from './calls/call-state.ts';
import type { ClosureState } from './closure/closure-state.ts';
import type { Deadline } from './deadlines/deadline-state.ts';
import type { EligibilityState } from './eligibility/eligibility-state.ts';
import type { IdentityState } from './identity/identity-state.ts';
import type { IntakeState } from './intake/intake-state.ts';
import type { ChildFacts } from './intake/report-facts.ts';
import type { MissingState } from './missing/missing-state.ts';
import type { ResponseState } from './response/response-state.ts';
import type { SameChildState } from './same-child/same-child-state.ts';
import type { ScreeningState } from './screening/screening-state.ts';
import type { ServiceState } from './services/service-state.ts';
import type { TeamState } from './team/team-state.ts';

export interface Referral
  extends AccessState,
    ClosureState,
    EligibilityState,
    IdentityState,
    IntakeState,
    MissingState,
    ResponseState,
    SameChildState,
    ScreeningState,
    ServiceState,
    TeamState {
  readonly id: string;
  readonly seq: number;
  readonly stage: 'open' | 'closed' | 'withdrawn' | 'attached';
  /** The version of the policy it was migrated to; without, it is under that of its first commit. */
  readonly policy?: string;
  readonly child: ChildFacts;
  readonly deadlines: Readonly<Record<string, Deadline>>;
  readonly pathwayScreening: number;
  readonly alerts: Readonly<Record<string, Alert>>;
  /** Telephone calls about duties that call now, oldest first; absent where there was none. */
  readonly calls?: readonly Call[];
  readonly generation: number;
}
