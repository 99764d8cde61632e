/**
 * What can have happened to a referral. Each event is a past fact in codes, ids and instants; names, dates of birth and
 * free text are in the vault, and an event holds at most the id of such a text. Stored rows are parsed with these
 * schemas, so a change of shape needs a new `v` and an upcaster.
 */
import * as z from 'zod';
import { childFacts, learnedFacts, reportCodes } from './report-facts.ts';
import {
  answers,
  declineReasons,
  definitionBases,
  dispositions,
  eligibilityOutcomes,
  everyDiscipline,
  holdEnds,
  interviewAnswers,
  missReasons,
  noticeMethods,
  outcomes,
  policeNotices,
  roles,
  services,
} from './vocabulary.ts';

export const instant = z.iso.datetime({ offset: false });
/** The id of a text in the vault. */
const textId = z.string().regex(/^[A-Z0-9.-]{1,64}$/);
const id = z.string().regex(/^[A-Z0-9.-]{1,64}$/);
const recipient = z.union([z.enum(roles), z.literal('seats'), z.templateLiteral(['seat:', z.enum(everyDiscipline)])]);
const checkpointKind = z.enum(['remind', 'warn', 'due', 'escalate']);
const duration = z.union([
  z.object({ unit: z.enum(['minutes', 'hours', 'calendar-days', 'business-days']), amount: z.number() }),
  z.object({ unit: z.literal('same-day') }),
]);
const skippedDay = z.object({ date: z.iso.date(), why: z.string() });

export const routing = z.object({
  town: z.string(),
  region: z.number(),
  office: z.string(),
  judicialDistrict: z.string(),
  team: z.string(),
  /** False while a person has not confirmed a mapping that the sources leave unconfirmed. The clocks run meanwhile. */
  confirmed: z.boolean(),
});

const schemas = {
  'referral-opened': z.object({
    reportId: id,
    /** The other children of the same call or form. */
    siblings: z.array(id),
    receivedAt: instant,
    recordedAt: instant,
    report: reportCodes,
    child: childFacts,
    routing: routing.optional(),
    /** A keyed digest of name and date of birth, where both are known: equal for equal children. */
    blindIndex: z.string().optional(),
    texts: z.object({ narrative: textId, safeContact: textId.optional(), places: textId.optional() }),
  }),
  'routing-confirmed': z.object({ routing }),
  'candidates-found': z.object({ candidates: z.array(id).min(1) }),
  'deadline-opened': z.object({
    deadlineId: id,
    rule: z.string(),
    start: instant,
    due: instant,
    duration,
    skipped: z.array(skippedDay),
    /** The screening this deadline belongs to, for those of a pathway. */
    screening: z.number().optional(),
    /** What the deadline is about beyond its rule, such as the service of a linkage. */
    subject: z.string().optional(),
    /** What set the clock, where that is not what the rule names. */
    startedBy: z.enum(['child-returned', 'danger-said', 'notice-day-past']).optional(),
  }),
  'deadline-tightened': z.object({ deadlineId: id, due: instant }),
  'deadline-extended': z.object({ deadlineId: id, due: instant, reason: textId }),
  'deadline-kept': z.object({ deadlineId: id, at: instant, late: z.boolean() }),
  'deadline-missed': z.object({ deadlineId: id }),
  'miss-explained': z.object({
    deadlineId: id,
    reasonCode: z.enum(missReasons),
    reason: textId.optional(),
    willBeKept: z.boolean(),
  }),
  'miss-countersigned': z.object({ deadlineId: id }),
  'deadline-closed-missed': z.object({ deadlineId: id }),
  'deadline-not-applicable': z.object({
    deadlineId: id,
    because: z.enum(['found-by-lawyer', 'no-danger']),
    reason: textId.optional(),
  }),
  'deadline-ended': z.object({ deadlineId: id, because: z.enum(['withdrawn', 'attached', 'superseded', 'closed']) }),
  'checkpoint-raised': z.object({ deadlineId: id, kind: checkpointKind, at: instant }),
  'alert-requested': z.object({
    alertId: id,
    kind: z.enum([
      'referral-opened',
      'deadline-opened',
      'mdt-invited',
      'linkage-offered',
      'answer-needed',
      'checkpoint',
      'referral-ended',
      'charges-faced',
      'tribal-membership',
      'in-facility',
      'seat-removed',
    ]),
    to: z.array(recipient),
    /** Named people beside the roles, by id. */
    people: z.array(id),
    deadlineId: id.optional(),
    checkpoint: checkpointKind.optional(),
    /** True where an earlier alert went unanswered: the deputy is written to as well. */
    deputies: z.boolean(),
  }),
  'alert-acknowledged': z.object({ alertId: id }),
  'alert-unreachable': z.object({ alertId: id }),
  'report-classified': z.object({ track: z.enum(['investigation', 'information-only', 'other-agency']) }),
  'written-report-received': z.object({ at: instant }),
  'danger-assessed': z.object({ danger: z.enum(['yes', 'no']) }),
  'liaison-assigned': z.object({ personId: id }),
  screened: z.object({
    number: z.number(),
    outcome: z.enum(outcomes),
    indicators: z.array(z.string()),
    checklist: z.string(),
    definitionBasis: z.enum(definitionBases),
    instrument: z
      .object({ tool: z.string(), version: z.string(), score: z.number().optional(), band: z.string().optional() })
      .optional(),
    rationale: textId,
    /** Who agreed to a downgrade. */
    secondReviewer: id.optional(),
  }),
  'downgrade-proposed': z.object({
    outcome: z.enum(outcomes),
    indicators: z.array(z.string()),
    definitionBasis: z.enum(definitionBases),
    rationale: textId,
    proposedBy: id,
  }),
  'screening-signed-off': z.object({ number: z.number() }),
  'eligibility-proposed': z.object({
    screening: z.number(),
    outcome: z.enum(eligibilityOutcomes),
    row: z.number(),
    basis: z.string(),
    ageKnown: z.boolean(),
  }),
  'eligibility-decided': z.object({
    outcome: z.enum(eligibilityOutcomes),
    proposed: z.enum(eligibilityOutcomes),
    definitionBasis: z.enum(definitionBases),
    legalConsulted: z.enum(['yes', 'no']),
    reason: textId.optional(),
  }),
  'police-notified': z.object({
    covers: z.array(z.enum(policeNotices)).min(1),
    agencyId: id,
    personReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
    agencyReference: textId,
  }),
  'ncmec-notified': z.object({ at: instant, method: z.enum(noticeMethods), caseReference: textId }),
  'response-started': z.object({ at: instant }),
  'safety-plan-recorded': z.object({
    at: instant,
    placement: z.enum(['safe-at-home', 'placed', 'relative']),
    plan: textId,
  }),
  'child-missing': z.object({ informedAt: instant }),
  'child-returned': z.object({ at: instant }),
  'roster-drawn': z.object({
    screening: z.number(),
    team: id,
    seats: z.array(
      z.object({ discipline: z.enum(everyDiscipline), personId: id, deputyId: id.optional(), required: z.boolean() }),
    ),
    vacant: z.array(z.enum(everyDiscipline)),
  }),
  'mdt-invited': z.object({ screening: z.number(), team: id }),
  'seat-informed': z.object({
    discipline: z.enum(everyDiscipline),
    how: z.enum(['mail-delivered', 'phone', 'answered']),
    at: instant,
  }),
  'seat-answered': z.object({
    discipline: z.enum(everyDiscipline),
    answer: z.enum(['accepted', 'declined']),
    personId: id,
  }),
  'seat-invited': z.object({
    discipline: z.enum(everyDiscipline),
    personId: id,
    required: z.boolean(),
    reason: textId,
    /** Recorded before a seat whose discipline needs the consent of the child first (42 CFR Part 2). */
    consent: z.literal('yes').optional(),
  }),
  'seat-removed': z.object({
    discipline: z.enum(everyDiscipline),
    personId: id,
    required: z.boolean(),
    reason: textId,
  }),
  'confidentiality-signed': z.object({
    personId: id,
    /** The version of the notice. */
    notice: z.string(),
    conflict: z.enum(answers),
  }),
  'mdt-met': z.object({
    at: instant,
    attended: z.array(z.enum(everyDiscipline)),
    absent: z.array(
      z.object({ discipline: z.enum(everyDiscipline), reason: z.enum(['unavailable', 'no-answer', 'vacant']) }),
    ),
    quorum: z.boolean(),
    waiver: textId.optional(),
    /** Required disciplines that did not sit at it: none where the composition was complete. Absent in older events. */
    missing: z.array(z.enum(everyDiscipline)).optional(),
  }),
  recommended: z.object({ services: z.array(z.enum(services)) }),
  'services-opened': z.object({ services: z.array(z.enum(services)) }),
  'linkage-offered': z.object({ service: z.enum(services), providerId: id, contactId: id, at: instant }),
  'linkage-accepted': z.object({ service: z.enum(services), at: instant }),
  'linkage-contacted': z.object({ service: z.enum(services), at: instant }),
  'linkage-started': z.object({ service: z.enum(services), at: instant }),
  'linkage-declined': z.object({
    service: z.enum(services),
    reasonCode: z.enum(declineReasons),
    reason: textId.optional(),
    /** Who said no. A provider's no leaves the child's need as it was. */
    by: z.enum(['staff', 'provider']).default('staff'),
  }),
  'duplicate-answered': z.object({
    answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
    of: id.optional(),
  }),
  attached: z.object({ to: id }),
  'pathway-opened': z.object({ screening: z.number() }),
  'hold-invoked': z.object({ at: instant }),
  'hold-ended': z.object({ at: instant, how: z.enum(holdEnds) }),
  'return-debriefed': z.object({ at: instant, learned: textId }),
  'case-reviewed': z.object({ at: instant, review: textId }),
  'interview-settled': z.object({
    answer: z.enum(interviewAnswers),
    scheduledFor: instant.optional(),
    reason: textId.optional(),
  }),
  'discipline-consulted': z.object({
    discipline: z.enum(everyDiscipline),
    at: instant,
    /** Absent of a discipline whose communications are privileged: nothing of them is written down. */
    advice: textId.optional(),
  }),
  'investigation-disposed': z.object({ disposition: z.enum(dispositions) }),
  'disposition-notified': z.object({
    agencyId: id,
    personReached: textId,
    prosecutorReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  'care-entered': z.object({ at: instant }),
  'evaluation-held': z.object({ at: instant }),
  'hhs-notified': z.object({ at: instant, method: z.enum(noticeMethods), caseReference: textId }),
  'facts-learned': learnedFacts,
  'charges-recorded': z.object({ reason: textId }),
  'adult-handover': z.object({ consent: z.enum(['given', 'refused']), at: instant }),
  'adulthood-planned': z.object({ at: instant, plan: textId }),
  'closure-opened': z.object({}),
  closed: z.object({ review: textId }),
  'withdrawal-proposed': z.object({
    because: z.enum(['made-in-error', 'duplicate']),
    of: id.optional(),
    reason: textId,
    proposedBy: id,
  }),
  withdrawn: z.object({ because: z.enum(['made-in-error', 'duplicate']), agreedBy: id }),
  'run-lost': z.object({ run: id, generation: z.number() }),
  'run-handed-over': z.object({ run: id, generation: z.number() }),
  swept: z.object({ found: z.enum(['no-run', 'no-alert', 'cursor-behind', 'lost-run']) }),
} as const;

type Schemas = typeof schemas;
export type EventType = keyof Schemas;
export type EventOf<Type extends EventType> = { readonly type: Type; readonly v: 1 } & z.infer<Schemas[Type]>;
export type Event = { [Type in EventType]: EventOf<Type> }[EventType];

/** Makes an event of the present version. */
export function event<Type extends EventType>(type: Type, data: z.infer<Schemas[Type]>): EventOf<Type> {
  return { type, v: 1, ...data } as EventOf<Type>;
}

const eventHead = z.object({ type: z.enum(Object.keys(schemas) as [EventType, ...EventType[]]), v: z.literal(1) });

/**
 * Reads a stored event. Throws a ZodError naming the field where the row is not an event this release knows;
 * upcasters for older versions belong here.
 */
export function readEvent(stored: unknown): Event {
  const head = eventHead.parse(stored);
  return { ...head, ...schemas[head.type].parse(stored) } as Event;
}
