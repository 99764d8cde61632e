/** What the state of a referral remembers of the report it came from, and of its places. */
import type * as z from 'zod';
import type { IntakeEvent, routing } from './intake-events.ts';
import type { ChildFacts, ReportFacts } from './report-facts.ts';

export type Routing = z.infer<typeof routing>;

/** The report that the referral came from. */
export interface ReportState {
  readonly id: string;
  readonly siblings: readonly string[];
  readonly receivedAt: string;
  readonly recordedAt: string;
  /** Why it was recorded so long after it was received. */
  readonly lateReason?: IntakeEvent<'referral-opened'>['lateReason'];
  /** Who took the report. */
  readonly takenBy?: string;
  readonly facts: ReportFacts;
  /** Where the child was by the report itself, whatever became known since. */
  readonly child: Pick<ChildFacts, 'population' | 'legalStatus'>;
  readonly texts: IntakeEvent<'referral-opened'>['texts'];
}

/** The places of the child, and who answers for each. */
export interface PlacesState {
  readonly routing?: z.infer<typeof routing>;
  /** True once a person has confirmed or corrected the routing: what is said of a place later leaves it as it is. */
  readonly routingSaid: boolean;
  /** Where a place leads that was corrected after that, while nobody has confirmed the routing again. */
  readonly suggestedRouting?: z.infer<typeof routing>;
  /** By place, the towns that words which are none may have meant. */
  readonly nearestTowns: NonNullable<IntakeEvent<'referral-opened'>['nearestTowns']>;
}
