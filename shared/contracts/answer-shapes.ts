/**
 * The answers of the API, as its description tells clients. Objects are loose: a later release may add a field, and clients must
 * not fail over it. Tests of the API check that the answers have these shapes.
 */
import * as z from 'zod';
import { ways } from '../domain/audit/act-log.ts';
import { type RunState, runStates } from '../domain/audit/run-states.ts';
import { boardRow } from '../domain/board/board-row.ts';
import { cardAnswers } from '../domain/card/card-events.ts';
import { ageBands } from '../domain/core/age-bands.ts';
import { textKinds } from '../domain/core/text-kinds.ts';
import {
  advocateAnswers,
  agreedTasks,
  aloneAnswers,
  answers,
  bedNeeds,
  bookable,
  bookingReasons,
  bookingStates,
  cardAudiences,
  cardMakers,
  consentAnswers,
  consentKinds,
  courtOrders,
  declineReasons,
  eligibilityOutcomes,
  everyDiscipline,
  followUpMonths,
  handoffWays,
  hearingKinds,
  hearingOutcomes,
  identityPurposes,
  instrumentGivers,
  interpreterNeeds,
  meetingEnds,
  meetingPlaces,
  meetingWays,
  needEnds,
  needMeters,
  needStates,
  outcomes,
  overlayFlags,
  placeAnswers,
  places,
  placing,
  practicalNeeds,
  proposals,
  reviewDecisions,
  roles,
  seatNoReasons,
  secondInterviewReasons,
  serviceOutcomes,
  services,
  taskEnds,
  visitConcerns,
} from '../domain/core/vocabulary.ts';
import { profileFacts } from '../domain/facts/profile-events.ts';
import { callCodes, sceneCodes } from '../domain/intake/call-answers.ts';
import { routing } from '../domain/intake/intake-events.ts';
import { childFacts, reportCodes } from '../domain/intake/report-facts.ts';
import { returnLine } from '../domain/missing/return-rows.ts';
import { alarmClasses } from '../domain/policy/policy.ts';
import { matterStatuses } from '../domain/review/open-matters.ts';
import { listing, providerPlace } from '../domain/services/providers.ts';
import { alert, callAnswer, checkpoint } from './alert-answers.ts';
import { contactWithFamily, doNotContactBefore } from './contact-answers.ts';
import { runLine, searchLine } from './lists.ts';
import { dutyGroup, nextStepsAnswer } from './next-step-answers.ts';
import { screeningOfReferral } from './screening-answers.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });
const disciplines = z.array(z.enum(everyDiscipline));
const available = z.looseObject({ name: z.string(), title: z.string() });

export const problemAnswer = z
  .looseObject({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('A sentence that a person can act on. It repeats nothing of what was sent.'),
    code: z.string().describe("The domain's word for a refusal, for programs.").optional(),
    revision: z.int().describe('Of a draft that moved: the one that counts now.').optional(),
    problems: z
      .array(
        z.looseObject({
          path: z.string().describe('The field, such as children[0].danger; empty for the body as a whole.'),
          sentence: z.string(),
        }),
      )
      .describe('Each field that needs another answer.')
      .optional(),
  })
  .describe('RFC 9457.');

const deadline = z.looseObject({
  id,
  rule: z.string(),
  group: dutyGroup.optional(),
  obligation: z.string(),
  kind: z.enum(['statute', 'policy']),
  source: z.string(),
  confidence: z.string(),
  awaitsLegalSignOff: z.boolean(),
  start: instant,
  due: instant,
  why: z.string().describe('Why it is due then, in one sentence. Absent for administrators and auditors.').optional(),
  status: z.enum(['open', 'kept', 'missed-closed', 'not-applicable', 'ended']),
  missed: z.boolean(),
  late: z.boolean(),
  keptAt: instant.optional(),
  subject: z.string().optional(),
  extension: z.looseObject({ by: z.array(z.enum(roles)), until: instant }).optional(),
  class: z
    .enum(alarmClasses)
    .describe('How loudly it calls: people are called about a duty of class now until one answers.'),
  alarm: z
    .looseObject({
      ringing: z.boolean().describe('People are being called, and no one has answered.'),
      since: instant.describe('When this round of calls began.'),
      rangAt: instant.describe('When people were last called.'),
      answeredBy: id.optional().describe('Who said that they have the child.'),
      answeredAt: instant.optional(),
      nextCallAt: instant.optional().describe('When the next person is called, where no one answers before.'),
    })
    .optional(),
  waitsOn: z.array(z.string()),
  owesExplanation: z.boolean(),
  explanation: z.looseObject({ reasonCode: z.string(), willBeKept: z.boolean(), by: id }).optional(),
  countersignedBy: id.optional(),
  next: checkpoint.optional(),
});

const linkage = z.looseObject({
  service: z.enum(services),
  status: z.enum(['needed', 'offered', 'accepted', 'started', 'declined']),
  providerId: id.optional(),
  contactId: id.optional(),
  turnedDown: z.boolean().optional(),
  suspended: z.boolean().describe('True while the consent that it needs does not stand.').optional(),
  startsOn: z.iso
    .date()
    .describe('The first day on which the provider that accepted can start, in New York.')
    .optional(),
  startedAt: instant.optional(),
  seenAlone: z.enum(aloneAnswers).describe('Of an exam or interview, as said with its start.').optional(),
  outcomes: z.partialRecord(z.enum(followUpMonths), z.enum(serviceOutcomes)).optional(),
});

const evaluated = {
  inputs: z.record(z.string(), z.string()).describe('What the table was asked, in codes.').optional(),
  overlays: z.array(z.enum(overlayFlags)).optional(),
  ruleSet: z.string().describe('The version of the rules.').optional(),
};

const booking = z
  .looseObject({
    id: z.string().describe('Its id in the referral, such as `B1`.'),
    service: z.enum(bookable),
    providerId: z.string(),
    contactId: z.string(),
    status: z.enum(bookingStates),
    startsAt: instant.optional(),
    minutes: z.number(),
    interpreter: z.enum(interpreterNeeds),
    advocate: z.enum(advocateAnswers),
    secondReason: z.enum(secondInterviewReasons).describe('Why one interview was not enough.').optional(),
    moved: z.number().describe('How often its time was moved.'),
    bookingReason: z.enum(bookingReasons).optional(),
    seenAlone: z.enum(aloneAnswers).describe('Whether the child was seen alone.').optional(),
    endedAt: instant.optional(),
  })
  .describe('An appointment for an exam or an interview.');

const needs = z
  .looseObject({
    asked: z.array(
      z.looseObject({
        id: z.string().describe('Its id in the referral, such as `N1`.'),
        practicalNeed: z.enum(practicalNeeds),
        neededBy: instant,
        askedBy: id.optional(),
        askedAt: instant,
        owner: z
          .enum(everyDiscipline)
          .describe('The seat that sees to it. Without one, the person who asked does.')
          .optional(),
        status: z.enum([...needEnds, ...needStates]),
        ended: z
          .looseObject({ needEnd: z.enum(needEnds), metBy: z.enum(needMeters).optional(), at: instant })
          .optional(),
      }),
    ),
    places: z.array(
      z.looseObject({
        ask: z.string().describe('The number of the question. It leads to no referral.'),
        service: z.enum(placing),
        providerId: z.string(),
        ageBand: z.enum(ageBands),
        placeFrom: z.iso.date(),
        placeUntil: z.iso.date().optional(),
        bedNeeds: z.array(z.enum(bedNeeds)),
        askedAt: instant,
        answered: z.looseObject({ placeAnswer: z.enum(placeAnswers), at: instant }).optional(),
      }),
    ),
  })
  .describe('What the child needs now, and which providers were asked for a place.');

const handoff = z
  .looseObject({
    service: z.enum(services),
    providerId: z.string(),
    handedBy: z.enum(everyDiscipline),
    handoffWay: z.enum(handoffWays).describe('Whether the child was there, and met the person.'),
    at: instant,
  })
  .describe('A warm handoff: who introduced the child to the provider.');

const hearing = z
  .looseObject({
    id: z.string().describe('Its id in the referral, such as `H1`.'),
    hearingKind: z.enum(hearingKinds),
    court: z.string(),
    courtName: z.string(),
    startsAt: instant,
    minutes: z.number(),
    status: z.enum(['scheduled', 'held', 'called-off']),
    continued: z.number().describe('How often it was given another time.'),
    heldAt: instant.optional(),
    outcome: z.enum(hearingOutcomes).optional(),
    orders: z.array(z.looseObject({ order: z.enum(courtOrders), settledAt: instant.optional() })),
    prompts: z.array(z.string()).describe('What the team does before it. Empty once it is over.'),
    waitsForTribe: z
      .string()
      .describe('Why it should not be held at this time, for the tribe. Counsel decides.')
      .optional(),
  })
  .describe('A hearing of a court. Docket number and notes are among the identities.');
const lastReview = z.looseObject({
  at: instant,
  decision: z.enum(reviewDecisions).optional(),
  hasMinutes: z.boolean().describe('Their words are in the vault.'),
});
const agreedTask = z.looseObject({
  task: z.enum(agreedTasks),
  owner: z.enum(everyDiscipline).describe('The seat that does it.'),
  agreedAt: instant,
  by: z.iso.date().describe('A day in New York.'),
  ended: z.looseObject({ end: z.enum(taskEnds), at: instant }).optional(),
});
const review = z
  .looseObject({
    frozen: z.looseObject({ number: z.int(), at: instant }).describe('The last agenda that was frozen.').optional(),
    last: lastReview.optional(),
    tasks: z.array(agreedTask),
  })
  .describe('The case reviews of the team: what it decided, and what it agreed on.');

const card = z
  .looseObject({
    ...cardAnswers.shape,
    madeBy: z.enum(cardMakers),
    at: instant,
    hasWords: z.boolean().describe('Whether it holds words of the child. The identities have them.'),
    someMustNotKnow: z
      .boolean()
      .describe('Whether the child named people who must not know. The words are with the identities.'),
    mayReadWords: z.array(
      z.looseObject({
        audience: z.enum(cardAudiences),
        answer: z.enum(['yes', 'no', 'not-asked']).describe('A yes that has ended counts as not asked.'),
        until: instant.optional(),
      }),
    ),
    parentMayRead: z.enum(['yes', 'no']).describe('What counsel said, since the last change.').optional(),
  })
  .describe("The child's card: what the child asks of the people around. Read it before you act.");

const head = {
  id,
  seq: z.int().describe('How many commits its chain holds: the value of its ETag.'),
  stage: z.enum(['open', 'closed', 'withdrawn', 'merged']),
  hasSafeContact: z
    .boolean()
    .describe(
      'Read the identities before you contact the family: they say how. The note may be from a referral merged with this one.',
    ),
  mayContactFamily: z
    .enum(['not-the-caregiver', 'ask-first', 'as-usual'])
    .describe(
      'Whether a caregiver may be told. Never a caregiver who is said to have a part in it; none while that is unknown.',
    ),
  card: card.optional(),
  hearings: z.array(hearing).optional(),
  review: review.optional(),
  bookings: z.array(booking).optional(),
  needs: needs.optional(),
  handoffs: z.array(handoff).optional(),
  shiftNotes: z
    .array(z.looseObject({ at: instant, by: id, readBy: z.array(z.looseObject({ by: id, at: instant })) }))
    .describe('The notes for the next shift, the newest first. Their words are among the written texts.')
    .optional(),
  recoveryReaders: z
    .looseObject({ readers: z.array(z.enum(everyDiscipline)), writtenAt: instant })
    .describe('That there is a plan for the next time missing, and the seats that read it.')
    .optional(),
  workerSafety: z
    .looseObject({ concerns: z.array(z.enum(visitConcerns)), hasWords: z.boolean(), notedAt: instant })
    .describe('Read it before anyone goes there.')
    .optional(),
  doNotContactBefore,
  linkages: z.partialRecord(z.enum(services), linkage),
  deadlines: z.array(deadline).describe('The one due first at the top.'),
  alerts: z.array(alert),
  commands: z
    .array(available)
    .describe("What the caller's roles allow in this stage; the domain may still refuse one with a sentence."),
  nextSteps: nextStepsAnswer,
};

const stay = z.looseObject({
  number: z.int(),
  by: z.string().describe('The type of the event that told it.'),
  at: instant,
  recordedBy: id,
  isSafePlace: z.boolean().describe('Fewer people read where a safe place is.'),
});
const proposer = { proposedBy: id, onBehalfOf: id.optional() };
export const referralAnswer = z.looseObject({
  ...head,
  shows: z.literal('facts').describe('The facts about the child are here, and this read is recorded.'),
  policy: z.string(),
  offices: z
    .looseObject({ office: z.string(), region: z.int(), responseOffice: z.string().optional() })
    .describe('The offices that work on it.')
    .optional(),
  missingNow: z.enum(answers).describe('Whether the child is missing. Unknown is not no.'),
  ageBand: z.enum(ageBands).describe('The age of the child in broad bands.'),
  presentPlace: z
    .looseObject({
      unknownSince: instant.describe('The child is missing.').optional(),
      now: stay.optional(),
      last: stay.optional(),
    })
    .describe(
      'Where the child is now, by the act that told it. Its words are in the identities, under the same `of` and `number`. `of` is the referral that told it: where a merged one told newer, it is that one. `last` is the last place in words, where the present one is in none.',
    ),
  reportId: id,
  siblings: z.array(id),
  receivedAt: instant,
  recordedAt: instant,
  lateReason: z
    .string()
    .describe('Why it was recorded an hour or more after it was received; not-said where the reason was left out.')
    .optional(),
  takenBy: id.describe('Who took the report.').optional(),
  report: z.looseObject(reportCodes.shape),
  call: z
    .looseObject(callCodes.shape)
    .describe('What the call told of itself. An answer left out was not asked.')
    .optional(),
  scene: z
    .looseObject(sceneCodes.shape)
    .describe('What workers must know before they go there. Of answers in several reports the more dangerous one.')
    .optional(),
  child: z.looseObject(childFacts.shape).describe('Codes only: who the child is comes from the identities.'),
  profile: z
    .looseObject({ reported: z.looseObject({}), known: z.looseObject(profileFacts.partial().shape) })
    .describe('The facts completed for numbers. Of facts that became known otherwise, what the report had said.')
    .optional(),
  routing: z.looseObject(routing.shape).optional(),
  danger: z.enum(answers),
  calls: z.array(callAnswer).describe('Telephone calls about urgent duties, oldest first.').optional(),
  missing: z.boolean(),
  candidates: z.array(id),
  candidateScores: z
    .record(id, z.number())
    .describe('How far each candidate is alike, 0 to 1, where that was compared.')
    .optional(),
  mergedInto: id.optional(),
  merges: z
    .array(z.looseObject({ from: id, at: instant }))
    .describe('Referrals about the same child that are merged into this one, or are being merged now.'),
  ...screeningOfReferral,
  instruments: z.array(
    z.looseObject({
      tool: z.string(),
      version: z.string(),
      score: z.number().optional(),
      band: z.string().optional(),
      administeredBy: z.enum(instrumentGivers),
      on: z.iso.date().describe('A day in New York.').optional(),
      recordedAt: instant,
      recordedBy: id,
    }),
  ),
  lowering: z
    .looseObject({ danger: z.enum(['no', 'unknown']), ...proposer })
    .describe('That there is no danger now, or that it is unknown; a second person must agree.')
    .optional(),
  downgrade: z.looseObject({ outcome: z.enum(outcomes), ...proposer }).optional(),
  proposal: z
    .looseObject({
      screening: z.int(),
      outcome: z.enum(eligibilityOutcomes),
      basis: z.string(),
      at: instant,
      ...evaluated,
    })
    .describe('What the table proposes. It is no decision.')
    .optional(),
  overlays: z
    .array(
      z.looseObject({
        letter: z.string(),
        flags: z.array(z.enum(overlayFlags)),
        says: z.string(),
        basis: z.string(),
        confidence: z.string(),
      }),
    )
    .describe('What holds beside the decision, whatever its outcome.'),
  openQuestions: z.array(z.string()).describe('Inputs of the proposal that are unknown and would change it.'),
  decision: z
    .looseObject({
      outcome: z.enum(eligibilityOutcomes),
      proposed: z.enum(eligibilityOutcomes),
      by: id,
      at: instant,
      consultedId: id.optional(),
      ...evaluated,
    })
    .describe('A basis to allege, as a person decided it. It is never an adjudication.')
    .optional(),
  definitionGap: z
    .string()
    .optional()
    .describe('The basis rests on another definition than C.G.S. 46a-170, and no lawyer was consulted.'),
  decisionIsOld: z.boolean().describe('The decision rests on facts that have changed since.'),
  decisionOvertaken: z.boolean().describe('The proposal is now another one than what was decided.'),
  ...contactWithFamily,
  liaison: id.optional(),
  liaisonAcceptedAt: instant
    .describe('When the HART liaison accepted. Until then the Careline supervisor keeps the exam.')
    .optional(),
  team: id.optional(),
  seats: z.array(
    z.looseObject({
      discipline: z.enum(everyDiscipline),
      personId: id,
      deputyId: id.optional(),
      required: z.boolean(),
      invited: z.literal(true).describe('The holder was named for this referral alone.').optional(),
      informedAt: instant.optional(),
      informedHow: z
        .enum(['mail-delivered', 'phone', 'answered'])
        .describe('A call, a delivered mail, or the answer.')
        .optional(),
      answer: z.enum(['accepted', 'declined']).optional(),
      because: z.enum(seatNoReasons).describe('Why the last answer was a no.').optional(),
      suggested: id.describe('The person that the declining member suggests for the seat.').optional(),
      suggestedDiscipline: z.enum(everyDiscipline).optional(),
      proposes: instant.describe('When the meeting should be instead; until a time is set.').optional(),
      delegatedBy: id.describe('Who had the seat by the roster, and passed it on.').optional(),
      invitedAt: instant.optional(),
      deputyAskedAt: instant.describe('The seat was silent, and the deputy was asked as well.').optional(),
    }),
  ),
  confidentialityAgreements: z
    .record(id, z.looseObject({ notice: z.string(), conflict: z.enum(answers), at: instant }))
    .describe('By person: who signed the notice, and said whether they have a conflict of interest.'),
  vacant: disciplines,
  meetings: z.array(
    z.looseObject({
      at: instant,
      attended: disciplines,
      quorum: z.boolean(),
      held: z
        .enum(['with-quorum', 'under-waiver', 'below-quorum'])
        .describe('Whether it counts as held. A waiver lets it be held; it completes no composition.'),
      composition: z
        .enum(['complete', 'incomplete'])
        .describe('Whether every discipline that the law requires sat at it, by a person of its own who had signed.'),
      missing: disciplines,
      unsigned: disciplines.describe(
        'Sat at it without a holder who had signed, had no conflict and had not declined.',
      ),
      shared: disciplines.describe('Their holder sat for another discipline: one person completes one discipline.'),
      team: id.describe('The team that met.').optional(),
    }),
  ),
  meeting: z
    .looseObject({
      number: z.int(),
      sequence: z.int().describe('One more with each change: that of the calendar object.'),
      startsAt: instant,
      minutes: z.int(),
      place: z.enum(meetingPlaces),
      way: z.enum(meetingWays).optional(),
      directions: id
        .describe('The text with the address, link or number. Its words are on the page of the team.')
        .optional(),
      invited: z.array(id),
      status: z.enum(['scheduled', 'called-off', 'held']),
      because: z.enum(meetingEnds).describe('Why it was called off.').optional(),
    })
    .describe('The latest meeting of the team that was set.')
    .optional(),
  nearestTowns: z.partialRecord(z.enum(places), z.array(z.string())),
  recommended: z.array(z.enum(services)),
  consents: z.array(
    z.looseObject({
      service: z.enum(services),
      kind: z.enum(consentKinds),
      answer: z.enum(consentAnswers),
      at: instant,
    }),
  ),
  unmetNeeds: z.array(
    z.looseObject({
      service: z.enum(services),
      reason: z.enum(declineReasons),
      by: z.enum(['staff', 'provider']),
      at: instant,
      waitDays: z.int().optional(),
    }),
  ),
  legalHold: z.looseObject({ by: id, at: instant }).optional(),
  erasure: z.looseObject({ ground: z.string(), ...proposer, at: instant }).optional(),
  erased: z.looseObject({ ground: z.string(), proposedBy: id, agreedBy: id, at: instant }).optional(),
  withdrawal: z.looseObject({ because: z.enum(['made-in-error', 'duplicate']), ...proposer, at: instant }).optional(),
  inTheWayOfClosing: z.array(z.string()).describe('What is left to do before it can be closed.'),
});

/** A referral without the facts about the child. */
export const limitedReferralAnswer = z.looseObject({
  shows: z
    .enum(['pathway', 'working'])
    .describe(
      '"pathway": administrators and auditors see the codes of the pathway alone. "working": say a purpose to read the facts.',
    ),
  suggestedPurpose: z.enum(identityPurposes).describe('The usual purpose for the role of the caller.').optional(),
  ...referralAnswer.pick({
    id: true,
    seq: true,
    stage: true,
    policy: true,
    offices: true,
    reportId: true,
    siblings: true,
    receivedAt: true,
    recordedAt: true,
    lateReason: true,
    takenBy: true,
    deadlines: true,
    alerts: true,
    commands: true,
    nextSteps: true,
    candidates: true,
    mergedInto: true,
    merges: true,
    legalHold: true,
    erasure: true,
    erased: true,
    withdrawal: true,
  }).shape,
  ...referralAnswer
    .pick({
      danger: true,
      missing: true,
      missingNow: true,
      ageBand: true,
      lowering: true,
      calls: true,
      hasSafeContact: true,
      mayContactFamily: true,
      scene: true,
      doNotContactBefore: true,
      liaison: true,
      liaisonAcceptedAt: true,
      team: true,
      seats: true,
      vacant: true,
      confidentialityAgreements: true,
      meeting: true,
      meetings: true,
    })
    .partial().shape,
});

export const providersReferralAnswer = z.looseObject({
  ...head,
  ageBand: referralAnswer.shape.ageBand,
  residenceTown: z.string().describe('Where the child lives. The name comes once the provider accepts.'),
  responsible: z
    .array(z.looseObject({ role: z.enum(roles), scope: z.string() }))
    .describe('The roles that the provider may call: the people are at …/people.'),
});

/** What a member sees of a referral until they have signed. */
export const invitationAnswer = z.looseObject({
  id,
  seq: head.seq,
  stage: head.stage,
  doNotContactBefore,
  invitation: z
    .looseObject({
      team: id,
      seats: z.array(
        z.looseObject({
          discipline: z.enum(everyDiscipline),
          as: z.enum(['holder', 'deputy']),
          answer: z.enum(['accepted', 'declined']).optional(),
        }),
      ),
      invitedBy: z.array(z.looseObject({ role: z.enum(roles), scope: z.string() })),
      answerBy: instant.optional(),
      conflict: z.enum(answers).optional(),
      notice: z.looseObject({ version: z.string(), sentences: z.array(z.string()), question: z.string() }),
    })
    .describe('All that a member sees before they sign the notice and say that they have no conflict of interest.'),
  alerts: z.array(alert),
  commands: head.commands,
  nextSteps: head.nextSteps,
});

/** The answer to a command after which the caller may no longer read the referral. */
export const outOfSightAnswer = z.looseObject({ id });

export const reportAnswer = z.looseObject({
  reportId: id,
  referralIds: z.array(id).describe('One referral for each child, in the order of the report.'),
  receipt: z
    .string()
    .describe('The number to read out to the caller. It shows nothing of the child, and is no reference.'),
  unclear: z
    .array(z.looseObject({ referralId: id, place: z.enum(places), nearest: z.array(z.string()) }))
    .describe('Places that are no town of the state, with the nearest names: say which is meant by correct-place.'),
  candidates: z
    .array(z.looseObject({ referralId: id, of: id, stage: head.stage, score: z.number().optional() }))
    .describe('Referrals that may be about the same child, the likest first: answer by answer-duplicate.'),
});

export const identitiesAnswer = z.looseObject({
  erased: z
    .looseObject({ at: instant, ground: z.string() })
    .describe('Who the child is was erased, and nothing else is here.')
    .optional(),
  childName: z.string().optional(),
  birthDate: z.iso.date().optional(),
  phone: z.string().describe("The child's own.").optional(),
  priorIds: z.string().describe('References of older records.').optional(),
  asReported: z
    .looseObject({
      childName: z.string().optional(),
      birthDate: z.iso.date().optional(),
      phone: z.string().optional(),
      priorIds: z.string().optional(),
    })
    .describe('What the report said, of the parts that were corrected since.')
    .optional(),
  safeContact: z
    .string()
    .describe(
      'Whose telephone, and who must not be told. Read it before anything else. A paragraph for each note: the one of this referral, then those of the referrals it is merged with.',
    )
    .optional(),
  courtWords: z
    .array(z.looseObject({ hearing: z.string(), docket: z.string().optional(), notes: z.array(z.string()) }))
    .describe('The docket number and the notes of each hearing.')
    .optional(),
  recoveryPlan: z
    .looseObject({
      lookFirst: z.string().optional(),
      callFirst: z.string().optional(),
      safeWords: z.string().optional(),
    })
    .describe('The plan for the next time the child is missing. Only the seats that its author named get it.')
    .optional(),
  safetyWords: z.string().describe('What workers must know before they go there.').optional(),
  cardWords: z
    .looseObject({
      goodTimes: z.string().optional(),
      mustNotKnow: z.string().optional(),
      supportPerson: z.string().optional(),
    })
    .describe("The child's own words on the card. Members and providers get them where the child said yes to them.")
    .optional(),
  safeContactHere: z
    .string()
    .describe(
      'Of these notes the own one of this referral, where merged ones have notes as well. Empty where it has none.',
    )
    .optional(),
  safeContactWithheld: z
    .string()
    .describe('What to do before any contact, where there is a note that the caller may not see.')
    .optional(),
  unreadable: z
    .array(z.string())
    .describe(
      'Fields with words that cannot be read, because their key is lost or they were changed. With safeContact here, call no one before you know them.',
    )
    .optional(),
  places: z.string().optional(),
  narrative: z.string().optional(),
  callNotes: z
    .array(z.object({ at: instant, words: z.string() }))
    .describe('What the caller said of the place and the people, and what was added later. The oldest is first.')
    .optional(),
  whereabouts: z
    .array(
      z.object({
        of: id,
        number: z.int(),
        at: instant,
        whereExactly: z.string().optional(),
        withWhom: z.string().optional(),
      }),
    )
    .describe('Where the child was and who was there, of the places that the caller may read. The latest is last.')
    .optional(),
  childsNumber: z.string().describe('The safe number of a child who called.').optional(),
  callersWarning: z.string().describe('What the caller said that workers must know before they go.').optional(),
  reporter: z
    .looseObject({
      name: z.string().optional(),
      phone: z.string().optional(),
      email: z.string().optional(),
      relation: z.string().optional(),
      safeNumber: z.string().describe('To call back where the line is cut off.').optional(),
    })
    .optional(),
  withdrawalReason: z.string().optional(),
  proposalReasons: z
    .array(z.object({ proposal: z.enum(proposals), reason: z.string() }))
    .describe('Why something else is proposed that waits for a second person.')
    .optional(),
  part2Records: z
    .array(z.string())
    .describe(
      'Records of substance use, for the people who work on that service. 42 CFR Part 2 forbids passing them on.',
    )
    .optional(),
  texts: z
    .array(
      z.looseObject({
        command: z.string(),
        field: z.string(),
        kind: z.enum(textKinds).describe('What it is about, which says who reads it (docs/access.md).'),
        seq: z.int().describe('The commit of the act.'),
        at: instant,
        by: id,
        deadlineIds: z.array(z.string()).describe('The deadlines that the act kept, extended, explained or ended.'),
        words: z.string().describe('Absent where it cannot be read, because its row or its key is lost.').optional(),
      }),
    )
    .describe('What people wrote in their acts, of what the caller may read, in the order of the acts.')
    .optional(),
});

export const auditAnswer = z.looseObject({
  referralId: id,
  policy: z.string(),
  stage: head.stage,
  chain: z.looseObject({
    intact: z.boolean(),
    length: z.int(),
    head: z.string().optional(),
    brokenAt: z.int().optional(),
    sentence: z.string().optional(),
  }),
  alertChainsIntact: z.boolean(),
  doubt: z
    .looseObject({
      open: z.array(z.looseObject({ chain: z.string(), cause: z.string(), at: z.string(), place: z.int().optional() })),
      words: z.array(z.looseObject({ ground: z.string(), by: z.string(), at: z.string() })),
    })
    .describe('What was found since a supervisor last confirmed the record, and each confirmation.'),
  accessChainIntact: z.boolean().describe('Whether the records of reads of identities are as they were written.'),
  accesses: z
    .array(
      z.looseObject({
        at: instant,
        personId: id,
        who: z.string().describe('The title of the person.'),
        onBehalfOf: id.describe('The person on leave, where a delegate read it for them.').optional(),
        read: z.array(z.string()),
        purpose: z.string().describe('Absent where the product read it by itself, as for a comparison.').optional(),
        requestId: z.string().optional(),
      }),
    )
    .describe('Each read of who the child is, the latest first: it was written down before it happened.'),
  commits: z.array(
    z.looseObject({
      seq: z.int(),
      at: instant,
      actor: z.looseObject({ kind: z.enum(['person', 'function']), id }),
      who: z.string().describe('The title of the person, or the name of the function.'),
      onBehalfOf: id.describe('The person on leave, where the actor is their delegate.').optional(),
      cause: z.looseObject({
        kind: z.string(),
        requestId: z.string().describe('The x-request-id of the answer to the command.').optional(),
      }),
      events: z.array(z.looseObject({ type: z.string() })),
      says: z.array(z.string()),
      hash: z.string(),
    }),
  ),
  runs: z.array(
    z.looseObject({
      run: id,
      execution: z.string(),
      waitsFor: z.string(),
      group: z.string().describe('The kind of the group of deadlines that it keeps.').optional(),
      deadlineIds: z.array(id).describe('The deadlines of the group.').optional(),
    }),
  ),
  waits: z.array(
    z.looseObject({
      run: id,
      generation: z.int(),
      since: instant,
      tries: z.int().describe('How often the step that saved the wait was tried.'),
      on: z.array(z.string()),
      next: checkpoint.optional(),
    }),
  ),
  deadlines: z.array(deadline),
  alerts: z.array(
    alert.extend({
      deliveries: z.array(
        z.looseObject({ personId: id, addressedAs: z.string(), order: z.int(), at: instant, status: z.string() }),
      ),
      texts: z
        .array(z.looseObject({ personId: id, at: instant, status: z.string(), because: z.string().optional() }))
        .describe('Text messages that followed unanswered mail, without the number. "leased" may have been sent.'),
    }),
  ),
});

export const pageAnswer = z.looseObject({
  rows: z.array(z.looseObject(boardRow.shape)),
  next: z.string().describe('Give it back as "after" for the next page. Absent on the last.').optional(),
});

export const foundAnswer = z.looseObject({
  referrals: z.array(z.looseObject(searchLine.shape)),
  next: pageAnswer.shape.next,
});

export const runsAnswer = z.looseObject({
  runs: z.array(z.looseObject(runLine.shape)),
  counts: z
    .object(Object.fromEntries(runStates.map((state) => [state, z.number()])) as Record<RunState, z.ZodNumber>)
    .describe('Of all runs that the other filters find, by state.'),
  total: z.number(),
  page: z.number(),
  pages: z.number(),
  isAtLeast: z.boolean().describe('Whether there are more referrals than were read.'),
});

export const logAnswer = z.looseObject({
  acts: z.array(
    z.looseObject({
      referralId: z
        .string()
        .describe(
          'The referral. Of a read, it may be a draft, or a day of searches by name, of figures or of saved files.',
        ),
      seq: z.int().describe('The place of the commit in its chain, or of the record among those of reads.'),
      at: instant,
      by: id.describe('The person or the function.'),
      isPerson: z.boolean(),
      onBehalfOf: id.describe('The person on leave, where a delegate acted for them.').optional(),
      kind: z
        .string()
        .describe(
          'The command, "read", or what the system does by itself, such as "sweep". It is "facts-recorded" where the name of the command would tell of the child.',
        ),
      door: z.enum(ways).describe('How it came about. Acts before the log began do not name their door.'),
      run: z.string().describe('Of a step of the workflow: its execution.').optional(),
      requestId: z.string().describe('The x-request-id of the answer.').optional(),
      purpose: z.string().describe('Of a read.').optional(),
      alertId: z.string().describe('The alert that the act answered.').optional(),
      read: z.array(z.string()).describe('The fields that were read.').optional(),
      found: z.int().describe('Of a search: how many referrals it found that the caller may see.').optional(),
      isDoubtful: z.boolean().describe('True where no function wrote it as it stands.').optional(),
    }),
  ),
  next: pageAnswer.shape.next,
  lookedTo: z
    .string()
    .describe('How far back was looked for this page, where it is not full. "next" looks further back.')
    .optional(),
});

export const returnsAnswer = z.looseObject({
  rows: z.array(z.looseObject(returnLine.shape)),
  next: pageAnswer.shape.next,
});

export const reviewsAnswer = z.looseObject({
  reviews: z.array(
    z.looseObject({
      referralId: id,
      startsAt: instant.describe('When the team meets.'),
      isOver: z.boolean().describe('It has begun, and is not recorded yet.'),
      frozen: z.boolean().describe('The agenda is frozen.'),
      seats: z.number().describe('How many seats the team has.'),
      unanswered: z.number().describe('How many of them have not answered.'),
    }),
  ),
  next: pageAnswer.shape.next,
});

export const teamGapsAnswer = z.looseObject({
  gaps: z
    .array(
      z.looseObject({
        team: id,
        discipline: z.enum(everyDiscipline),
        gap: z.string(),
        since: instant.describe('When it was found.'),
        told: z.array(id).describe('Who was written to about it.'),
        says: z.string().describe('The gap in one sentence.'),
      }),
    )
    .describe(
      'Gaps in the required seats of teams, until they are filled. Each team is looked at about every hour and a half.',
    ),
});

export const providersAnswer = z.looseObject({
  providers: z.array(
    z.looseObject({
      id,
      name: z.string(),
      service: z.enum(services),
      regions: z.array(z.string()),
      ageFrom: z.int(),
      ageTo: z.int(),
      languages: z.array(z.string()),
      phone: z.string(),
      personId: id,
      revision: z.int().describe('Give it back with a change.'),
      place: providerPlace.describe('What a hospital or advocacy center says of itself.').optional(),
    }),
  ),
});

const listed = z.looseObject(listing.shape);
export const listingAnswer = z.looseObject({ service: z.enum(services), id, revision: z.int(), listing: listed });

export const listingHistoryAnswer = z.looseObject({
  changes: z.array(
    z.looseObject({
      revision: z.int(),
      at: instant,
      by: id,
      events: z.array(z.looseObject({ type: z.string(), service: z.enum(services), listing: listed })),
    }),
  ),
});

export const unmetAnswer = z.looseObject({
  cells: z.array(
    z.looseObject({
      service: z.enum(services),
      region: z.string(),
      month: z.string(),
      reason: z.enum(declineReasons),
      by: z.enum(['staff', 'provider']),
      count: z.int().describe('Never below 6: a smaller cell is left out.'),
      waitDays: z.int().describe('The middle one of the waiting lists named, where 6 or more were.').optional(),
    }),
  ),
});

const count = z.int().nonnegative();
const spread = z
  .looseObject({ p50: count, p95: count, max: count })
  .describe('Over the shifts of eight hours in which a person got mail: the half, 95 %, and the most.');
const byClass = z.looseObject({ now: count, today: count, routine: count });

export const mailLoadAnswer = z.looseObject({
  since: instant.describe('The start of the week. It ends now.'),
  mails: count,
  interruptions: count.describe('Mails of class now or today.'),
  people: count,
  shifts: count.describe('Shifts in which a person got at least one mail.'),
  mailsOfShift: spread,
  interruptionsOfShift: spread,
  mostOfOnePerson: count,
  mostOfOneReferral: count.describe('A mail about several referrals counts for each.'),
  byClass,
  byRule: z.array(
    z.looseObject({
      about: z.string().describe('A rule such as D3, the kind of news without a deadline, or notice.'),
      mails: count,
      interruptions: count,
      byClass,
    }),
  ),
  rare: z
    .looseObject({ mails: count, interruptions: count, byClass })
    .describe(
      'All rules and news together that were about fewer than 6 referrals each: a rare one could lead to a child.',
    )
    .optional(),
});

export const searchAnswer = z.looseObject({
  referrals: z
    .array(
      z.looseObject({
        referralId: id,
        score: z.number().describe('How far alike, 0 to 1.'),
        same: z
          .enum(['name', 'name-and-birth-date'])
          .describe('What is the same, letter for letter. Absent where the name differs.')
          .optional(),
        stage: head.stage,
        receivedAt: instant,
        office: z.string().optional(),
        takenBy: id.describe('The worker who took the report.').optional(),
        child: z
          .looseObject({
            ageBand: z.enum(ageBands),
            town: z.string().describe('Where the child lives.'),
            danger: z.enum(answers),
            missing: z.boolean(),
            outcome: z.enum(outcomes).optional(),
            liaison: id.describe('The HART liaison.').optional(),
          })
          .describe('For people who work on the referral.')
          .optional(),
      }),
    )
    .describe('The likest first, at most twenty, of those that the caller may see.'),
});

export const proofFileAnswer = z.object({
  name: z.string().describe('The name of the file.'),
  fingerprint: z.string().optional().describe('The SHA-256 of the public key, to compare with the mail of a witness.'),
  zip: z.string().describe('The proof file, a zip in base64.'),
  problems: z.array(z.string()).describe('What it does not prove. Empty where all of it is proved.'),
  facts: z.array(z.string()).describe('What it proves, in sentences.'),
  unanchored: z.int().describe('How many commits no anchor has yet. The next hour has them.'),
});

export const searchesAnswer = z.looseObject({ searches: auditAnswer.shape.accesses });

const delegation = z.looseObject({
  id,
  personId: id.describe('On whose behalf.'),
  delegateId: id,
  work: z.array(z.enum(roles)),
  from: instant,
  until: instant.describe('The first instant at which it holds no more.'),
  givenAt: instant,
});
export const delegationsAnswer = z.looseObject({
  given: z.array(delegation),
  received: z.array(delegation),
  everybody: z.array(delegation).describe('For administrators and auditors.').optional(),
});
export const delegationChangedAnswer = z.looseObject({
  delegations: z.array(delegation).describe('What this person has handed on and what is not over.'),
});

export const tribesAnswer = z.looseObject({
  tribes: z.array(
    z.looseObject({
      id,
      name: z.string(),
      recognizedBy: z.enum(['federal', 'state']),
      notice: z.string().describe('Which law asks for the notice.'),
      office: z.string().describe('The office that takes calls. Absent where none is entered.').optional(),
      phone: z.string().optional(),
      services: z.array(z.enum(services)),
      police: z.string().optional(),
      policePhone: z.string().optional(),
    }),
  ),
});

export const agenciesAnswer = z.looseObject({
  agencies: z.array(z.looseObject({ id, name: z.string(), phone24h: z.string(), town: z.string() })),
});

/** The agenda of a case review. */
export const agendaAnswer = z
  .looseObject({
    id,
    meeting: z
      .looseObject({
        number: z.int(),
        startsAt: instant,
        minutes: z.int(),
        place: z.enum(meetingPlaces),
        freezesAt: instant.describe('When the agenda is frozen.'),
      })
      .optional(),
    frozenAt: instant.describe('Absent while the agenda still changes.').optional(),
    due: z.array(
      z.looseObject({
        id,
        rule: z.string(),
        obligation: z.string(),
        subject: z.string().optional(),
        due: instant,
        missed: z.boolean(),
        status: z.enum(['open', 'kept', 'missed-closed', 'not-applicable', 'ended']),
        added: z.boolean().describe('True where it came after the agenda was frozen.'),
      }),
    ),
    services: z.array(
      z.looseObject({
        service: z.enum(services),
        status: linkage.shape.status.optional(),
        was: z.string().describe('Its status on the frozen agenda, where that differs.').optional(),
        owner: z.looseObject({ owner: z.enum(roles), personId: id.optional(), by: z.iso.date() }).optional(),
      }),
    ),
    matters: z
      .array(
        z.looseObject({
          id,
          about: z.enum([...bookable, ...practicalNeeds, ...placing, ...hearingKinds, ...courtOrders]),
          status: z.enum(matterStatuses),
          at: instant.describe('When it takes place, or by when it is needed.').optional(),
          from: z.iso.date().describe('The day from which a place is needed.').optional(),
          isOpen: z.boolean(),
          added: z.boolean().describe('True where it came after the agenda was frozen.'),
        }),
      )
      .describe('Appointments, practical needs, a search for a place, hearings and orders of a court.'),
    tasks: z.array(agreedTask.extend({ isLate: z.boolean(), added: z.boolean() })),
    last: lastReview.optional(),
    prompts: z
      .partialRecord(z.enum(everyDiscipline), z.looseObject({ en: z.array(z.string()), es: z.array(z.string()) }))
      .describe('What each seat of the team is asked to bring.'),
    linked: z
      .array(z.looseObject({ id, startsAt: instant.optional(), together: z.boolean() }))
      .describe('The other children of the report that the caller may read.'),
  })
  .describe('It tells what is due, each service, what was agreed, and what changed since it was frozen.');
