/** What the state of a referral remembers of the identities in the vault: ids and codes, never their content. */
import type { IdentityPart } from '../core/identity-parts.ts';
import type { IdentityEvent } from './identity-events.ts';

export interface IdentityState {
  /** What the vault must have. Anything else was never known, or it was removed as wrong. Absent where nothing was given. */
  readonly given?: readonly IdentityPart[];
  readonly blindIndex?: string;
  /** The reason of the valid date of birth, where it corrected another: the vault keeps the date under it. */
  readonly birthCorrectedBy?: string;
  /** By corrected part, the reason under which the vault keeps the valid one. */
  readonly corrections?: Readonly<
    Partial<Record<IdentityEvent<'identity-corrected' | 'reporter-corrected'>['fields'][number], string>>
  >;
  readonly legalHold?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly erased?: Omit<IdentityEvent<'identities-erased'>, 'type' | 'v'> & { readonly at: string };
}
