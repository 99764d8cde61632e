/** What the state of a referral remembers of its screenings. */
import type { ForWhom } from '../core/commit-head.ts';
import type { Outcome } from '../core/vocabulary.ts';
import type { ScreeningEvent } from './screening-events.ts';

export interface Screening extends ForWhom {
  readonly number: number;
  readonly outcome: Outcome;
  readonly at: string;
  readonly by: string;
  readonly signedOff: boolean;
  /** The version of the checklist. Beside it, the topics answered "yes". */
  readonly checklist: string;
  readonly indicators: readonly string[];
  /** Every answer by topic. Absent in a screening from before each topic was answered. */
  readonly answers?: ScreeningEvent<'checklist-answered'>['answers'];
  readonly answeredBy?: string;
  readonly proposed?: NonNullable<ScreeningEvent<'screened'>['proposed']>;
}

/** An answered checklist that no screening has used yet. */
export interface AnsweredChecklist {
  readonly checklist: string;
  readonly answers: ScreeningEvent<'checklist-answered'>['answers'];
  readonly at: string;
  readonly by: string;
}

/** The result of an instrument. One that came with a screening of an older release lacks who gave it, and when. */
export interface InstrumentResult {
  readonly tool: string;
  readonly version: string;
  readonly score?: number | undefined;
  readonly band?: string | undefined;
  readonly administeredBy: ScreeningEvent<'instrument-recorded'>['administeredBy'];
  readonly on?: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
}

/** Screenings, and the answers that wait for one. */
export interface ScreeningState {
  /** The last one counts. */
  readonly list: readonly Screening[];
  readonly checklist?: AnsweredChecklist;
  readonly instruments: readonly InstrumentResult[];
}
