/** What the state of a referral remembers of who may see it. */
import type { AccessEvent } from './access-events.ts';

export interface Seal {
  readonly because: AccessEvent<'referral-sealed'>['because'];
  readonly people: readonly string[];
  readonly at: string;
  /** No right code proves it. It keeps people out, and gives the people that it names nothing. */
  readonly isUnproved?: true;
}

export interface EmergencyAccess extends Omit<AccessEvent<'emergency-access-taken'>, 'type' | 'v'> {
  readonly at: string;
  readonly review?: Omit<AccessEvent<'emergency-access-reviewed'>, 'type' | 'v' | 'use'> & {
    readonly by: string;
    readonly at: string;
  };
}

export interface AccessState {
  /** Where it is sealed: the people it is open to. */
  readonly seal?: Seal;
  /** All people that a seal has ever named. */
  readonly everNamed?: readonly string[];
  readonly emergencyAccesses?: readonly EmergencyAccess[];
}
