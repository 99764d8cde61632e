/**
 * One row of facts for each referral: all that reports, releases and exports read. It has codes, references and instants,
 * and nothing of the vault. Instants are UTC.
 */
import * as z from 'zod';
import { ageBands } from '../core/age-bands.ts';
import {
  answers,
  callLanguages,
  careTimings,
  chargeEnds,
  controlMethods,
  declineReasons,
  definitionBases,
  dispositions,
  eligibilityOutcomes,
  exploitationPurposes,
  exploitationTypes,
  followUpMonths,
  genders,
  indicatorTopics,
  legalStatuses,
  moveReasons,
  outcomes,
  perpetrators,
  placements,
  policeNotices,
  populations,
  prosecutionSteps,
  races,
  recruitmentMethods,
  reporterTypes,
  serviceOutcomes,
  services,
  venues,
} from '../core/vocabulary.ts';
import { alarmClasses } from '../policy/policy.ts';

/** The layout of the rows in this release. With another number, every row is written anew. */
export const factLayout = 8;

/** The stages that the time to them is counted for, in the order in which they usually come. */
export const factStages = [
  'classified',
  'police',
  'response',
  'seen',
  'screened',
  'decided',
  'team-notified',
  'met',
  'offered',
  'accepted',
  'started',
  'interviewed',
  'closed',
] as const;
export type FactStage = (typeof factStages)[number];

const instant = z.string();
const id = z.string();

/** What is said of the child, once as reported and once as known now. */
const saidOfChild = z.object({
  gender: z.enum(genders),
  race: z.array(z.enum(races)),
  placement: z.enum(placements),
  exploitation: z.array(z.enum(exploitationTypes)),
  venue: z.array(z.enum(venues)),
  population: z.enum(populations),
  legalStatus: z.enum(legalStatuses),
});

const duty = z.object({
  id,
  rule: z.string(),
  /** `statute` is law for this child; `policy` is not. */
  kind: z.enum(['statute', 'policy']),
  class: z.enum(alarmClasses),
  start: instant,
  dueByRule: instant,
  due: instant,
  keptAt: instant.optional(),
  /** After this instant the act is of no use, as an exam after the evidence window. */
  hardStop: instant.optional(),
  status: z.enum(['open', 'kept', 'missed-closed', 'not-applicable', 'ended']),
  subject: z.string().optional(),
});
export type FactDuty = z.infer<typeof duty>;

const service = z.object({
  service: z.enum(services),
  status: z.enum(['needed', 'offered', 'accepted', 'started', 'declined']),
  neededAt: instant,
  offeredAt: instant.optional(),
  acceptedAt: instant.optional(),
  startedAt: instant.optional(),
  /** When the provider first reached the child. An attempt is no contact. */
  reachedAt: instant.optional(),
  outcomes: z.partialRecord(z.enum(followUpMonths), z.enum(serviceOutcomes)),
  declines: z.array(
    z.object({
      at: instant,
      reason: z.enum(declineReasons),
      by: z.enum(['staff', 'provider']),
      waitDays: z.number().optional(),
    }),
  ),
});
export type FactService = z.infer<typeof service>;

const absence = z.object({
  number: z.number(),
  missingSince: instant,
  returnedAt: instant.optional(),
  debriefedAt: instant.optional(),
  screenedAt: instant.optional(),
});

export const factRowShape = z.object({
  /** `factLayout` when it was written. */
  v: z.literal(factLayout),
  id,
  /** The commit after which it was written. Later ones, if any, changed nothing in it, or came in the last hour. */
  seq: z.number(),
  /** When that commit was made. */
  asOf: instant,
  policy: z.string(),
  reportId: id,
  siblings: z.array(id),
  reporterType: z.enum(reporterTypes),
  receivedAt: instant,
  recordedAt: instant,
  stage: z.enum(['open', 'closed', 'withdrawn', 'merged']),
  endedAt: instant.optional(),
  withdrawnBecause: z.enum(['made-in-error', 'duplicate']).optional(),
  sealed: z.boolean(),
  /** References of other referrals that a person said are about the same child. */
  links: z.object({
    mergedInto: id.optional(),
    earlier: z.array(id),
    duplicateOf: id.optional(),
    /** When a person last made or undid a link, which restates the counts of children. */
    changedAt: instant.optional(),
  }),

  region: z.number().optional(),
  office: z.string().optional(),
  judicialDistrict: z.string().optional(),
  team: z.string().optional(),
  ageBand: z.enum(ageBands),
  reported: saidOfChild,
  now: saidOfChild.extend({ exploitedFor: z.enum(exploitationPurposes) }),
  childLanguage: z.enum(callLanguages),
  careTiming: z.enum(careTimings),
  identifiedBy: z.enum(reporterTypes),
  recruitment: z.array(z.enum(recruitmentMethods)),
  control: z.array(z.enum(controlMethods)),
  perpetrators: z.array(z.enum(perpetrators)),
  danger: z.enum(answers),
  /** The indicators of the report, and every answer of the last screening by topic. */
  indicators: z.array(z.enum(indicatorTopics)),
  checklist: z.record(z.string(), z.enum(answers)),

  screenings: z.array(
    z.object({
      number: z.number(),
      at: instant,
      outcome: z.enum(outcomes),
      definitionBasis: z.enum(definitionBases).optional(),
    }),
  ),
  decisions: z.array(
    z.object({ at: instant, outcome: z.enum(eligibilityOutcomes), proposed: z.enum(eligibilityOutcomes) }),
  ),
  /** Each notice to a police agency, with what it was about. The agency's own number stays in the vault. */
  policeNotices: z.array(z.object({ at: instant, agency: id, covers: z.array(z.enum(policeNotices)) })),
  /** When each stage was first reached. */
  stages: z.partialRecord(z.enum(factStages), instant),
  duties: z.array(duty),
  services: z.array(service),
  absences: z.array(absence),
  interviews: z.number(),
  /** For each booked interview that took place: the provider where it was. */
  interviewedAt: z.array(id),
  holds: z.number(),
  petitions: z.number(),
  enteredCareAt: instant.optional(),
  charged: z.boolean(),
  chargeEnds: z.array(z.object({ at: instant, chargesEnd: z.enum(chargeEnds) })),
  disposition: z.enum(dispositions).optional(),
  moves: z.array(z.object({ at: instant, placement: z.enum(placements), moveReason: z.enum(moveReasons) })),
  prosecutions: z.array(z.object({ at: instant, trafficker: z.number(), prosecution: z.enum(prosecutionSteps) })),
  /** How often people were called about a duty. */
  rings: z.number(),
});
export type FactRow = z.infer<typeof factRowShape>;

/**
 * A row as it is stored. `atYearEnd`: what it said when the year of its receipt ended. Absent where the row is no younger than that, or
 * the referral was entered later.
 */
export const keptRowShape = factRowShape.extend({ atYearEnd: factRowShape.optional() });
export type KeptRow = FactRow & { readonly atYearEnd?: FactRow | undefined };
