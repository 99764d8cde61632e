import type { ConsentKind } from '../core/vocabulary.ts';
import type { Confidence } from '../policy/confidence.ts';

/** One row of the service catalogue (docs/domain.md#service-catalogue). */
export interface CatalogueEntry {
  /** Who it is for, in words. */
  readonly isFor: string;
  /** Years, both included. Shown and never a bar: an age may be unknown. */
  readonly ages: { readonly from: number; readonly to: number };
  /** The deadlines of this service by name, in order. Those of every service (D35, D36) come after. */
  readonly clocks: readonly string[];
  /** One of these is needed before the child is referred, or before the act of `consentFor`; empty where none is. */
  readonly consent: readonly ConsentKind[];
  /**
   * The consent is about what the provider's program discloses: its answers and its records. The referral to it needs none.
   */
  readonly consentFor?: 'disclosures-of-the-program';
  /** Acute medicine and safety, which wait for no consent whatever else the row says. */
  readonly urgent?: true;
  /** Its records are part 2 records of the vault (42 CFR Part 2). Only people who work on this service read them. */
  readonly part2?: true;
  /** No review asks what became of it: an exam or a payment is its own result. */
  readonly unreviewed?: true;
  readonly source: string;
  readonly confidence: Confidence;
  /** True where the consent still waits for DCF Legal or the Attorney General. */
  readonly awaitsLegalSignOff: boolean;
}
