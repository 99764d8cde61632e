/**
 * How long anchors are locked against everyone, as data. The time is this project's. DCF Legal has yet to confirm it. It cannot
 * be made shorter for what is locked already. An anchor names references and hashes alone, and no child.
 */
export interface AnchorRule {
  readonly lockedForYears: number;
  readonly source: string;
  readonly confidence: 'stated' | 'assumed';
  readonly awaitsLegalSignOff: boolean;
}

export const anchorRule: AnchorRule = {
  lockedForYears: 10,
  source: 'This project',
  confidence: 'assumed',
  awaitsLegalSignOff: true,
};
