/**
 * What can have happened to a referral. Each event is a past fact in codes, ids and instants; names, dates of birth and
 * free text are in the vault, and an event holds at most the id of such a text. Stored rows are parsed with these
 * schemas, so a change of shape needs a new `v` and an upcaster.
 */
import * as z from 'zod';
import { emergencyAccessEvents } from './access/emergency-access-events.ts';
import { callRecorded } from './calls/call-records.ts';
import { id, instant, textId } from './core/event-fields.ts';
import {
  alertKinds,
  answers,
  checkpointKinds,
  consentAnswers,
  consentingGuardians,
  consentKinds,
  correctable,
  declineReasons,
  definitionBases,
  disclosureBases,
  disclosureRecipients,
  dispositions,
  eligibilityOutcomes,
  erasureGrounds,
  everyDiscipline,
  followUpMonths,
  holdEnds,
  instrumentGivers,
  interviewAnswers,
  lateReasons,
  meetingEnds,
  meetingPlaces,
  missReasons,
  noticeMethods,
  outcomes,
  overlayFlags,
  places,
  policeNotices,
  proposals,
  questions,
  reporterFields,
  roles,
  sealReasons,
  seatNoReasons,
  serviceOutcomes,
  services,
  tracks,
} from './core/vocabulary.ts';
import { childFacts, learnedFacts, reportCodes } from './intake/report-facts.ts';
import { outreachPauseEvents, policeAgreed } from './response/outreach-pause-events.ts';
import { parentsNoticeEvents } from './response/parents-notice-events.ts';

const recipient = z.union([z.enum(roles), z.literal('seats'), z.templateLiteral(['seat:', z.enum(everyDiscipline)])]);
const checkpointKind = z.enum(checkpointKinds);
const duration = z.union([
  z.object({ unit: z.enum(['minutes', 'hours', 'calendar-days', 'business-days']), amount: z.number() }),
  z.object({ unit: z.literal('same-day') }),
]);
const skippedDay = z.object({ date: z.iso.date(), why: z.string() });
/** By topic of the checklist whose version stands beside it. */
const checklistAnswers = z.record(z.string(), z.enum(answers));
/** What a screening was recorded on: absent in events from before the checklist was answered topic by topic. */
const screenedOn = {
  answers: checklistAnswers.optional(),
  /** Who answered the checklist; absent where nobody had, and then every answer is unknown. */
  answeredBy: id.optional(),
  /** What the rules proposed then, by which of them, and the facts it rests on. */
  proposed: z
    .object({
      outcome: z.enum(outcomes),
      rule: z.number(),
      facts: z.array(z.object({ fact: z.string(), said: z.string() })),
    })
    .optional(),
};

export const routing = z.object({
  /** Of the responsible office. */
  town: z.string(),
  region: z.number(),
  office: z.string(),
  judicialDistrict: z.string(),
  team: z.string(),
  /** What the district and the team go by: where it happened, else where the child lives. */
  districtTown: z.string().optional(),
  /** Of where the child is now: it responds. Without it the responsible office does. */
  responseOffice: z.string().optional(),
  /** False while a person has not confirmed a mapping that the sources leave unconfirmed. The clocks run meanwhile. */
  confirmed: z.boolean(),
});

/** What an evaluation of the decision table rested on. Absent in older rows. */
const evaluated = {
  inputs: z.record(z.string(), z.string()).optional(),
  overlays: z.array(z.enum(overlayFlags)).optional(),
  /** The version of the policy. */
  ruleSet: z.string().optional(),
};

const schemas = {
  'referral-opened': z.object({
    reportId: id,
    /** The other children of the same call or form. */
    siblings: z.array(id),
    receivedAt: instant,
    recordedAt: instant,
    /** Who took the call, where somebody else sent what they wrote; without it whoever sent it. */
    takenBy: id.optional(),
    /** Why it was recorded so long after it was received; absent where it was not, and in older events. */
    lateReason: z.enum([...lateReasons, 'not-said']).optional(),
    report: reportCodes,
    child: childFacts,
    routing: routing.optional(),
    /** For a place in words that are no town of the state: the towns that may have been meant. */
    nearestTowns: z.partialRecord(z.enum(places), z.array(z.string())).optional(),
    /** A keyed digest of name and date of birth, where both are known: equal for equal children. */
    blindIndex: z.string().optional(),
    texts: z.object({ narrative: textId, safeContact: textId.optional(), places: textId.optional() }),
  }),
  'routing-confirmed': z.object({ routing }),
  'place-corrected': z.object({
    place: z.enum(places),
    town: z.string(),
    routing: routing.optional(),
    /** Where the corrected place leads, while a person had confirmed another routing: that one is confirmed anew. */
    suggested: routing.optional(),
  }),
  /** `scores`: how far each is alike, 0 to 1; absent for those that an equal name and date of birth found. */
  'candidates-found': z.object({
    candidates: z.array(id).min(1),
    scores: z.record(id, z.number().min(0).max(1)).optional(),
  }),
  /** It was sealed before anybody answered: whoever its seal names is asked, and nobody here. */
  'candidate-taken-back': z.object({ of: id }),
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
    startedBy: z
      .enum([
        'child-returned',
        'danger-said',
        'notice-day-past',
        'facts-changed',
        'facts-learned',
        'report-attached',
        'window-passed',
      ])
      .optional(),
    /** After it the act is of no use any more; absent where the rule has no such end, or nobody knows it. */
    hardStop: instant.optional(),
  }),
  'deadline-tightened': z.object({
    deadlineId: id,
    due: instant,
    /** Absent in older rows where another screening outcome, or a return, shortened it. */
    because: z.enum(['danger-said', 'assault-known', 'screened-higher', 'began-earlier']).optional(),
    /** Where it turned out to have begun earlier. */
    start: instant.optional(),
    hardStop: instant.optional(),
  }),
  'deadline-extended': z.object({ deadlineId: id, due: instant, reason: textId }),
  /** By a migration: due as the rule of the new version says from the same start. */
  'deadline-moved': z.object({ deadlineId: id, due: instant, duration, skipped: z.array(skippedDay) }),
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
  'deadline-ended': z.object({
    deadlineId: id,
    because: z.enum(['withdrawn', 'attached', 'superseded', 'closed', 'policy-migrated']),
  }),
  'checkpoint-raised': z.object({ deadlineId: id, kind: checkpointKind, at: instant }),
  /** A person has the child: the alarm of this duty rings no more. `personId`: who was reached by telephone; without, the actor. */
  'alarm-answered': z.object({ deadlineId: id, personId: id.optional() }),
  /** Its duty is of class now no more: it rings no more, unanswered. */
  'alarm-stopped': z.object({ deadlineId: id }),
  'alert-requested': z.object({
    alertId: id,
    kind: z.enum(alertKinds),
    to: z.array(recipient),
    /** Named people beside the roles, by id. */
    people: z.array(id),
    deadlineId: id.optional(),
    checkpoint: checkpointKind.optional(),
    /** True where an earlier alert went unanswered: the deputy is written to as well. */
    deputies: z.boolean(),
    /** The lines that acknowledged every alert before: of them no deputy is. Absent in older events. */
    answered: z.array(z.string()).optional(),
    /** The question that asks for an answer, so that nobody is asked once it has one. Absent in older events. */
    about: z.enum(questions).optional(),
    /** The seat that was declined, where that is the question. */
    discipline: z.enum(everyDiscipline).optional(),
  }),
  'referral-sealed': z.object({ because: z.enum(sealReasons), people: z.array(id).min(1), reason: textId }),
  'seal-lifted': z.object({ reason: textId }),
  /** Another referral may be about the same child. It is told to this one while it is sealed, and the other hears nothing. */
  'match-found': z.object({ of: id, score: z.number() }),
  ...emergencyAccessEvents,
  'safe-contact-noted': z.object({ safeContact: textId }),
  /** What it was before stays in the vault beside it, under the reason before this one. */
  'identity-corrected': z.object({ fields: z.array(z.enum(correctable)).min(1), reason: textId }),
  'reporter-corrected': z.object({ fields: z.array(z.enum(reporterFields)).min(1), reason: textId }),
  'legal-hold-set': z.object({ reason: textId }),
  'legal-hold-lifted': z.object({ reason: textId }),
  /** Somebody who could have agreed said no, or whoever proposed it took it back. */
  'proposal-refused': z.object({ proposal: z.enum(proposals), reason: textId }),
  'erasure-proposed': z.object({
    ground: z.enum(erasureGrounds),
    orderReference: textId.optional(),
    reason: textId,
    proposedBy: id,
  }),
  /** From here on nothing of the vault is read for this referral, and what is there is removed. */
  'identities-erased': z.object({ ground: z.enum(erasureGrounds), proposedBy: id, agreedBy: id }),
  /** `calledAt`: somebody it was for was told by telephone then. `lines`: whom it counts for; absent in older events, which counted for all. */
  'alert-acknowledged': z.object({
    alertId: id,
    calledAt: instant.optional(),
    lines: z.array(z.string()).optional(),
  }),
  /** `lines`: for whom nobody is left; absent in older events. */
  'alert-unreachable': z.object({ alertId: id, lines: z.array(z.string()).optional() }),
  'call-recorded': callRecorded,
  /** So many mails about this deadline went to each of these that the policy has the next told in their place. */
  'cap-reached': z.object({ deadlineId: id, people: z.array(id) }),
  'report-classified': z.object({ track: z.enum(tracks) }),
  'written-report-received': z.object({ at: instant }),
  /** Lowered to no: why, and who proposed it; the actor agreed. */
  'danger-assessed': z.object({ danger: z.enum(answers), reason: textId.optional(), proposedBy: id.optional() }),
  /** That there is no danger now: nothing changes before a second person agrees. */
  'lowering-proposed': z.object({ reason: textId, proposedBy: id }),
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
    ...screenedOn,
  }),
  'checklist-answered': z.object({
    checklist: z.string(),
    answers: checklistAnswers,
    /** What the rules proposed on these answers at that moment. */
    proposed: z.enum(outcomes),
  }),
  'instrument-recorded': z.object({
    tool: z.string(),
    version: z.string(),
    score: z.number().optional(),
    band: z.string().optional(),
    administeredBy: z.enum(instrumentGivers),
    /** The New York day on which it was administered. */
    on: z.iso.date(),
  }),
  'downgrade-proposed': z.object({
    outcome: z.enum(outcomes),
    indicators: z.array(z.string()),
    definitionBasis: z.enum(definitionBases),
    rationale: textId,
    proposedBy: id,
    ...screenedOn,
  }),
  'clearance-proposed': z.object({ reason: textId, proposedBy: id }),
  'caregiver-cleared': z.object({ reason: textId, proposedBy: id }),
  'screening-signed-off': z.object({ number: z.number() }),
  'eligibility-proposed': z.object({
    screening: z.number(),
    outcome: z.enum(eligibilityOutcomes),
    row: z.number(),
    basis: z.string(),
    ageKnown: z.boolean(),
    ...evaluated,
    /** Why it was evaluated; absent in older rows, which came after a screening each. */
    because: z.enum(['screened', 'facts-changed', 'time-passed']).optional(),
  }),
  'eligibility-decided': z.object({
    outcome: z.enum(eligibilityOutcomes),
    proposed: z.enum(eligibilityOutcomes),
    definitionBasis: z.enum(definitionBases),
    legalConsulted: z.enum(['yes', 'no']),
    /** Who was consulted, by the id of the directory. */
    consultedId: id.optional(),
    /** Why a decision differs from the proposal. */
    reason: textId.optional(),
    rationale: textId.optional(),
    row: z.number().optional(),
    ...evaluated,
  }),
  'birth-date-recorded': z.object({
    /** On the day of receipt. The date itself is in the vault. */
    years: z.int().min(0).max(30),
    /** Why it is another than was recorded before; absent in a first one. */
    reason: textId.optional(),
  }),
  'home-state-notified': z.object({ at: instant, method: z.enum(noticeMethods), personReached: textId }),
  'police-notified': z.object({
    covers: z.array(z.enum(policeNotices)).min(1),
    agencyId: id,
    personReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
    agencyReference: textId,
    /** As of `ncmec-notified`. */
    episode: z.int().optional(),
  }),
  'ncmec-notified': z.object({
    at: instant,
    method: z.enum(noticeMethods),
    caseReference: textId,
    /** Of which absence alone; absent where it was of all that had begun. */
    episode: z.int().optional(),
  }),
  'response-started': z.object({ at: instant }),
  'safety-plan-recorded': z.object({
    at: instant,
    placement: z.enum(['safe-at-home', 'placed', 'relative']),
    /** Whether the caregiver who is alleged is out of the home. Absent where nobody had to say, and in older events. */
    caregiverOut: z.enum(answers).optional(),
    plan: textId,
  }),
  /** `reason`: why the word came so long before the report. */
  'child-missing': z.object({ informedAt: instant, reason: textId.optional() }),
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
    /** Of a no, and who or what discipline may sit there instead. */
    because: z.enum(seatNoReasons).optional(),
    suggested: id.optional(),
    suggestedDiscipline: z.enum(everyDiscipline).optional(),
    /** Who takes the seat in the place of whoever says no. */
    delegatedTo: id.optional(),
    /** When the meeting should be instead. */
    proposes: instant.optional(),
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
    /** Required disciplines that sat at it with nobody who had signed the notice, was free of conflict and had not declined. */
    unsigned: z.array(z.enum(everyDiscipline)).optional(),
    /** Required disciplines that sat at it with nobody but somebody who completes another one. Absent in older events. */
    shared: z.array(z.enum(everyDiscipline)).optional(),
  }),
  /** The time of the meeting ahead, or a change of it or of who comes. */
  'meeting-set': z.object({
    /** 1 for the first meeting of the referral; the same for every change of one meeting. */
    number: z.number(),
    /** 0, and one more with each change. */
    sequence: z.number(),
    startsAt: instant,
    minutes: z.number(),
    place: z.enum(meetingPlaces),
    invited: z.array(id),
  }),
  'meeting-called-off': z.object({ number: z.number(), sequence: z.number(), because: z.enum(meetingEnds) }),
  recommended: z.object({
    services: z.array(z.enum(services)),
    /** Who sees to it that the child is referred to a service, and by which New York day. Absent in older events. */
    owners: z
      .array(z.object({ service: z.enum(services), owner: z.enum(roles), personId: id.optional(), by: z.iso.date() }))
      .optional(),
  }),
  'services-opened': z.object({ services: z.array(z.enum(services)) }),
  'linkage-offered': z.object({ service: z.enum(services), providerId: id, contactId: id, at: instant }),
  'linkage-accepted': z.object({ service: z.enum(services), at: instant }),
  'linkage-contacted': z.object({ service: z.enum(services), at: instant, policeAgreed }),
  'linkage-started': z.object({ service: z.enum(services), at: instant, policeAgreed }),
  'linkage-declined': z.object({
    service: z.enum(services),
    reasonCode: z.enum(declineReasons),
    reason: textId.optional(),
    /** Who said no. A provider's no leaves the child's need as it was. */
    by: z.enum(['staff', 'provider']).default('staff'),
    /** How long the waiting list is, in days. */
    waitDays: z.number().optional(),
  }),
  /** Who consented to what and when, and never what is in the record. */
  'consent-recorded': z.object({
    service: z.enum(services),
    kind: z.enum(consentKinds),
    answer: z.enum(consentAnswers),
    at: instant,
    /** Said where a caregiver is alleged: it is not that one's. */
    guardian: z.enum(consentingGuardians).optional(),
    /** True where the service lacks the consent it needs from then on, and so stands still. Absent in older events. */
    suspends: z.literal(true).optional(),
  }),
  'apart-recorded': z.object({ service: z.enum(services), apartRecord: textId }),
  /** What became of a service, some months after its start. */
  'service-outcome-recorded': z.object({
    service: z.enum(services),
    months: z.enum(followUpMonths),
    outcome: z.enum(serviceOutcomes),
    at: instant,
  }),
  'duplicate-answered': z.object({
    answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
    of: id.optional(),
    /** Absent in older events. */
    reason: textId.optional(),
  }),
  attached: z.object({ to: id }),
  /** Another referral is being attached to this one, which must stay open for it; and is no more. */
  'attachment-claimed': z.object({ from: id }),
  'attachment-released': z.object({ from: id }),
  /** The deadlines that the attaching had ended are open again, as they were. */
  'attachment-undone': z.object({ reason: textId, reopened: z.array(id) }),
  'pathway-opened': z.object({ screening: z.number() }),
  /** `reason`: of a second hold, what is new since the first. */
  'hold-invoked': z.object({ at: instant, reason: textId.optional() }),
  'hold-ended': z.object({ at: instant, how: z.enum(holdEnds) }),
  /** `episode`: the number of the absence whose return it was about; absent in older rows, which were about the last one. */
  'return-debriefed': z.object({ at: instant, learned: textId, episode: z.int().optional() }),
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
  /** Reasonable cause to believe that sexual abuse or serious physical abuse occurred (C.G.S. 17a-101j(a)). */
  'reasonable-cause-said': z.object({ reasonableCause: z.enum(answers), at: instant }),
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
  /** Somebody outside was told who reported. */
  'reporter-disclosed': z.object({
    recipient: z.enum(disclosureRecipients),
    legalBasis: z.enum(disclosureBases),
    receivedBy: textId,
    purpose: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  ...parentsNoticeEvents,
  ...outreachPauseEvents,
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
  'policy-migrated': z.object({
    /** Versions of the policy. */
    from: z.string(),
    to: z.string(),
    reason: textId,
    /** Whether the steps of the pathway are gone through again. */
    reopens: z.boolean(),
    /** Whether eligibility is proposed again. */
    proposes: z.boolean(),
  }),
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
