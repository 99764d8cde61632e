/** What the state of a referral remembers of its screenings. */
import type { ForWhom } from '../core/commit-head.ts';
import type { Outcome } from '../core/vocabulary.ts';
import type { ScreeningEvent } from './screening-events.ts';

export interface Screening extends ForWhom {
  readonly number: number;
  readonly outcome: Outcome;
  /** The definition of trafficking that a confirmed outcome rests on. */
  readonly definitionBasis: ScreeningEvent<'screened'>['definitionBasis'];
  /** When the child was screened, and when that was recorded; UTC. */
  readonly at: string;
  readonly recordedAt: string;
  readonly by: string;
  readonly signedOff: boolean;
  /** The version of the checklist. Beside it, the topics answered "yes". */
  readonly checklist: string;
  readonly indicators: readonly string[];
  /** Every answer by topic. */
  readonly answers: ScreeningEvent<'checklist-answered'>['answers'];
  readonly answeredBy?: string;
  readonly proposed: ScreeningEvent<'screened'>['proposed'];
}

/** An answered checklist that no screening has used yet. */
export interface AnsweredChecklist {
  readonly checklist: string;
  readonly answers: ScreeningEvent<'checklist-answered'>['answers'];
  readonly at: string;
  readonly by: string;
}

/** The result of an instrument. `on`: the New York day on which it was administered. */
export interface InstrumentResult {
  readonly tool: string;
  readonly version: string;
  readonly score?: number | undefined;
  readonly band?: string | undefined;
  readonly administeredBy: ScreeningEvent<'instrument-recorded'>['administeredBy'];
  readonly on: string;
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
