/** What the state of a referral remembers of services. */
import type { AloneAnswer, FollowUpMonths, Service } from '../core/vocabulary.ts';
import type { TeamEvent } from '../team/team-events.ts';
import type { ServiceEvent } from './service-events.ts';

/** How far a service is that a provider has, or is asked for. Otherwise it is only needed, or declined. */
export const givenStatuses = ['offered', 'accepted', 'started'] as const;
type GivenStatus = (typeof givenStatuses)[number];

export interface Linkage {
  readonly service: Service;
  readonly status: 'needed' | GivenStatus | 'declined';
  readonly providerId?: string;
  /** The person of the provider who gets the mail and may answer. */
  readonly contactId?: string;
  /** True from a provider's "no" until the next referral to a provider. */
  readonly turnedDown?: boolean;
  /** True while the consent it needs is missing. The provider waits, and cannot read who the child is. */
  readonly suspended?: boolean;
  /** The first day on which the provider that accepted can start, in New York. */
  readonly startsOn?: string;
  /** When it first started. A service that stopped and started again keeps it. */
  readonly startedAt?: string;
  /** Of an exam or interview: whether the child was seen alone, as said with its start. */
  readonly seenAlone?: AloneAnswer;
  /** Its outcomes, by the months of the review. */
  readonly outcomes?: Readonly<Partial<Record<FollowUpMonths, ServiceEvent<'service-outcome-recorded'>['outcome']>>>;
}

export const isGiven = (status: Linkage['status'] | undefined): status is GivenStatus =>
  givenStatuses.some((given) => given === status);

export interface UnmetNeed {
  readonly service: Service;
  readonly reason: ServiceEvent<'linkage-declined'>['reasonCode'];
  /** Who declined. */
  readonly by: 'staff' | 'provider';
  readonly at: string;
  readonly waitDays?: number;
  /** The region of the office that answered for the referral then. */
  readonly region?: number;
}

/** The recommendations, each linkage, the consents, and the needs that could not be met. */
export interface ServiceState {
  /** Services that a team recommended and no step has opened yet. */
  readonly recommended: readonly Service[];
  /** Who sees to a service by when, as the team decided. */
  readonly owners: Readonly<Partial<Record<Service, TeamEvent<'recommended'>['owners'][number]>>>;
  readonly linkages: Readonly<Partial<Record<Service, Linkage>>>;
  /** Every answer about a consent, oldest first. */
  readonly consents: readonly Omit<ServiceEvent<'consent-recorded'>, 'type' | 'v' | 'suspends'>[];
  /** Ids of the part 2 records in the vault. */
  readonly part2Records: readonly string[];
  /** Each time a need could not be met, when it happened. */
  readonly unmetNeeds: readonly UnmetNeed[];
}
