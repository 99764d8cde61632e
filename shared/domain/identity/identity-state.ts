/** What the state of a referral remembers of the identities in the vault: ids and codes, never what they are. */
import type { IdentityEvent } from './identity-events.ts';

/** Corrections, a legal hold, and an erasure. */
export interface IdentityState {
  readonly blindIndex?: string;
  /** The reason of the date of birth that counts, where it corrected another: the vault keeps the date under it. */
  readonly birthCorrectedBy?: string;
  /** Of each that was corrected, the reason under which the vault keeps what counts now. */
  readonly corrections?: Readonly<
    Partial<Record<IdentityEvent<'identity-corrected' | 'reporter-corrected'>['fields'][number], string>>
  >;
  readonly legalHold?: { readonly by: string; readonly at: string; readonly reason: string };
  readonly erased?: Omit<IdentityEvent<'identities-erased'>, 'type' | 'v'> & { readonly at: string };
}
