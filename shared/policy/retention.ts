/**
 * How long an identity is kept after the work has ended, as data. No one has confirmed it. DCF Legal has yet to confirm the State
 * Library's schedule and the rules on expunging unsubstantiated reports (C.G.S. 17a-101k). Until then a court order is the sure
 * ground.
 */
export interface RetentionRule {
  readonly stage: 'closed' | 'withdrawn' | 'merged';
  /** Calendar years after the end of the work. */
  readonly years: number;
  readonly source: string;
  readonly confidence: 'stated' | 'assumed';
  readonly awaitsLegalSignOff: boolean;
}

const assumed = { source: 'This project', confidence: 'assumed', awaitsLegalSignOff: true } as const;

export const retentionRules: readonly RetentionRule[] = [
  { stage: 'closed', years: 25, ...assumed },
  { stage: 'merged', years: 25, ...assumed },
  { stage: 'withdrawn', years: 5, ...assumed },
];
