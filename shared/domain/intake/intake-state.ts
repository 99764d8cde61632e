/** What the state of a referral remembers of its report and its places. */
import type * as z from 'zod';
import type { CallAnswers, ownTexts, SceneAnswers } from './call-answers.ts';
import type { IntakeEvent, routing } from './intake-events.ts';
import type { ChildFacts, ReportFacts } from './report-facts.ts';

export type Routing = z.infer<typeof routing>;

/** What was said at one time about the place and the people: the ids of the texts. */
export interface CallNote extends Readonly<Partial<Record<(typeof ownTexts)[number] | 'notes', string>>> {
  /** UTC instant. */
  readonly at: string;
}

/** The report that the referral came from. */
export interface ReportState {
  readonly id: string;
  readonly siblings: readonly string[];
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** Why it was recorded long after it was received. */
  readonly lateReason?: IntakeEvent<'referral-opened'>['lateReason'];
  /** The person who took the report. */
  readonly takenBy?: string;
  readonly facts: ReportFacts;
  /** Where the child was by the report itself, whatever became known later. */
  readonly child: Pick<ChildFacts, 'population' | 'legalStatus'>;
  readonly texts: IntakeEvent<'referral-opened'>['texts'];
  /** What the call told of itself, and of the place where workers find the child. The last answer to each counts. */
  readonly call?: CallAnswers;
  readonly scene?: SceneAnswers;
  /** What was said in words, oldest first. */
  readonly notes?: readonly CallNote[];
}

/** The places of the child, and which office and team answer for each. */
export interface PlacesState {
  readonly routing?: z.infer<typeof routing>;
  /** True once a person has confirmed or corrected the routing. Later news of a place then leaves it as it is. */
  readonly routingSaid: boolean;
  /** The routing of a place corrected after that, until a person confirms the routing again. */
  readonly suggestedRouting?: z.infer<typeof routing>;
  /** By place, the towns that its unrecognized words may mean. */
  readonly nearestTowns: NonNullable<IntakeEvent<'referral-opened'>['nearestTowns']>;
}
