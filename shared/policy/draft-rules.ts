/**
 * How long a draft of a report may stay untouched, as data. The time is this project's. DCF Legal has yet to confirm it, and
 * the State Library's schedule for such records. It is no part of a version of the rules, because a draft is under none.
 */
export interface DraftRule {
  /** A draft that no one touches for so many days of 24 hours ends. Its words are removed. */
  readonly expiresAfterDays: number;
  /** Its writers are warned so many days before that. */
  readonly warnsBeforeDays: number;
  readonly source: string;
  readonly confidence: 'stated' | 'assumed';
  readonly awaitsLegalSignOff: boolean;
}

export const draftRule: DraftRule = {
  expiresAfterDays: 30,
  warnsBeforeDays: 7,
  source: 'This project',
  confidence: 'assumed',
  awaitsLegalSignOff: true,
};
