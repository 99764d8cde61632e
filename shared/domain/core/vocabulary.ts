/** The program's codes. Each list is the single place where a code is spelled. */

export const outcomes = ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'] as const;
export type Outcome = (typeof outcomes)[number];

/** The outcomes for which services and the team begin now (C.G.S. 17a-106f(a)). */
export const served: readonly Outcome[] = ['confirmed', 'high-risk'];

export const roles = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'caseworker',
  'area-supervisor',
  'area-director',
  'area-oncall',
  'director-oncall',
  'program-manager',
  'hart-liaison',
  'hart-lead',
  'hart-director',
  'legal',
  'aag-liaison',
  'mdt-coordinator',
  'mdt-chair',
  'mdt-member',
  'provider',
  'administrator',
  'auditor',
  'evaluator',
  'trainer',
  'forum-member',
] as const;
export type Role = (typeof roles)[number];

/** Roles that see no referral. They are told of nothing, and have no work on one that could be handed on. */
export const rolesWithoutReferrals: readonly Role[] = ['evaluator', 'trainer', 'forum-member'];

/** The roles that a stored event can name. */
export const rolesOfWork: readonly Role[] = roles.filter((role) => !rolesWithoutReferrals.includes(role));

/** The seats of a team. The first seven are required by C.G.S. 17a-106a(c); the youth service bureau sits "where appropriate". */
export const disciplines = [
  'states-attorney',
  'dcf',
  'law-enforcement',
  'medical',
  'mental-health',
  'forensic-interviewer',
  'victim-advocate',
  'youth-service-bureau',
] as const;

/**
 * Disciplines that may be invited beside them, where that serves the child: policy, not law
 * (docs/domain.md#team-seats).
 */
export const invitedDisciplines = [
  'hart-liaison',
  'team-lead',
  'love146',
  'assistant-attorney-general',
  'juvenile-probation',
  'school',
  'childs-attorney',
  'federal-law-enforcement',
  'survivor-mentor',
  'substance-use-provider',
] as const;
/** Proposals that a second person must agree to, or decline. */
export const proposals = ['withdrawal', 'downgrade', 'clearance', 'lowering', 'erasure'] as const;
export type Proposed = (typeof proposals)[number];

/** Questions whose answer is recorded with its instant. */
export const questions = [...proposals, 'routing', 'team', 'vacancy', 'seat'] as const;
export type Question = (typeof questions)[number];

export const everyDiscipline = [...disciplines, ...invitedDisciplines] as const;
export type Discipline = (typeof everyDiscipline)[number];

/** Roles that may hold a seat of a team. Staff of the Careline and the offices work with the child in other ways. */
export const seatRoles: readonly Role[] = [
  'mdt-member',
  'mdt-coordinator',
  'mdt-chair',
  'hart-liaison',
  'hart-lead',
  'aag-liaison',
  'provider',
];

/** The service catalogue (docs/domain.md#service-catalogue). */
export const services = [
  'medical-acute-forensic',
  'medical-nonacute',
  'forensic-interview',
  'safe-placement',
  'victim-advocacy',
  'long-term-survivor-care',
  'mental-health',
  'substance-use',
  'education',
  'legal',
  'victim-compensation',
  'basic-needs',
  'caregiver-support',
  'transition-services',
  'prevention',
] as const;
export type Service = (typeof services)[number];

/** Unknown is an answer of its own: it never counts as "no". */
export const answers = ['yes', 'no', 'unknown'] as const;
export type Answer = (typeof answers)[number];

/**
 * The relation of an alleged trafficker to the child. It decides D4 and the overlays B and C
 * (docs/domain.md#third-party, docs/domain.md#overlays).
 */
export const perpetrators = [
  'caregiver',
  'entrusted',
  'given-access',
  'third-party',
  'none-alleged',
  'unknown',
] as const;

export const legalStatuses = ['none', 'open-in-home', 'order-of-temporary-custody', 'committed', 'unknown'] as const;

export const placements = [
  'parent-or-guardian',
  'relative',
  'foster-home',
  'congregate-care',
  'shelter',
  'detention',
  'independent',
  'other',
  'unknown',
] as const;

export const dcfHistories = ['none', 'prior-report', 'prior-open-case', 'open-case', 'unknown'] as const;

/** The three populations of the source document. */
export const populations = ['in-dcf-care', 'left-dcf-care', 'living-at-home', 'unknown'] as const;

export const genders = ['girl', 'boy', 'transgender-girl', 'transgender-boy', 'nonbinary', 'other', 'unknown'] as const;

export const races = [
  'american-indian',
  'asian',
  'black',
  'hispanic',
  'pacific-islander',
  'white',
  'other',
  'unknown',
] as const;

export const venues = ['online', 'hotel', 'residence', 'street', 'other', 'unknown'] as const;

export const exploitationTypes = [
  'commercial-sex',
  'explicit-images',
  'survival-sex',
  'familial',
  'gang-controlled',
  'other',
  'unknown',
] as const;

/**
 * What the child was exploited for, as a person answered. `labor` says that it was not for sex: a list of kinds cannot
 * say that.
 */
export const exploitationPurposes = ['sex', 'labor', 'sex-and-labor', 'unknown'] as const;
export type ExploitationPurpose = (typeof exploitationPurposes)[number];

export const reporterTypes = [
  'school',
  'police',
  'medical',
  'mental-health',
  'emergency-medical',
  'probation-officer',
  'sexual-assault-counselor',
  'domestic-violence-counselor',
  'drug-counselor',
  'foster-parent',
  'provider',
  'dcf-staff',
  'court',
  'family',
  'child',
  'community',
  'hotel',
  'other',
  'unknown',
] as const;

/** Where the caller stands to the child while the call lasts. */
export const callers = ['the-child', 'with-the-child', 'elsewhere', 'unknown'] as const;

/** Who knows that the Careline was called. */
export const knowingPeople = ['no-one-else', 'the-child', 'caregiver', 'suspect', 'others', 'unknown'] as const;

/** Languages of callers. `other` needs an interpreter who asks which. */
export const callLanguages = [
  'english',
  'spanish',
  'portuguese',
  'haitian-creole',
  'polish',
  'mandarin',
  'arabic',
  'sign-language',
  'other',
  'unknown',
] as const;

/** When the exploitation happened, relative to the care of the department. Federal reports ask for both. */
export const careTimings = [
  'before-care',
  'during-care',
  'before-and-during-care',
  'never-in-care',
  'unknown',
] as const;

/** How the child was recruited: the list of the Human Trafficking Case Data Standard 2.0 (`vic_MethodOfRecruitment`). */
export const recruitmentMethods = [
  'abduction',
  'educational-facility',
  'familial',
  'internet',
  'marriage-broker',
  'intimate-partner',
  'job-offer',
  'posing-as-benefactor',
  'public-area',
  'offer-of-accommodation',
  'shelter',
  'smuggling',
  'workplace',
  'other',
  'unknown',
] as const;

/** How the child was controlled: the list of the Human Trafficking Case Data Standard 2.0 (`vic_MethodsOfControl`). */
export const controlMethods = [
  'debt-bondage',
  'takes-earnings',
  'restricts-money',
  'threats',
  'psychological-abuse',
  'physical-abuse',
  'sexual-abuse',
  'false-promises',
  'drugs-or-alcohol',
  'restricts-movement',
  'restricts-medical-care',
  'excessive-work',
  'uses-children',
  'threat-of-police',
  'withholds-necessities',
  'withholds-documents',
  'other',
  'unknown',
] as const;

/** Why a child moved to another placement. */
export const moveReasons = [
  'planned-move',
  'safety-of-placement',
  'returned-from-missing',
  'court-order',
  'placement-ended',
  'other',
] as const;

/** The steps of the prosecution of a trafficker, never of the child. */
export const prosecutionSteps = [
  'arrested',
  'charged',
  'convicted',
  'acquitted',
  'charges-dismissed',
  'not-prosecuted',
] as const;

/** How charges of a child for acts done while exploited end. Their list is an assumption of this project. */
export const chargeEnds = ['not-charged', 'withdrawn', 'diverted', 'adjudicated', 'vacated'] as const;

/** What a court hears. Their list is an assumption of this project. */
export const hearingKinds = [
  'preliminary-hearing',
  'petition-hearing',
  'custody-review',
  'delinquency-hearing',
  'vacatur-hearing',
  'protective-order-hearing',
  'criminal-hearing',
  'other-hearing',
] as const;
export type HearingKind = (typeof hearingKinds)[number];

export const hearingResults = ['hearing-held', 'hearing-continued', 'hearing-canceled'] as const;

/** What a court decided. Which of them a kind of hearing has is in `shared/policy/hearing-rules.ts`. */
export const hearingOutcomes = [
  'custody-order-sustained',
  'custody-order-ended',
  'found-uncared-for',
  'found-on-other-ground',
  'committed-to-dcf',
  'protective-supervision',
  'petition-withdrawn',
  'petition-dismissed',
  'transferred-to-tribe',
  'charges-diverted',
  'charges-withdrawn',
  'found-delinquent',
  'finding-vacated',
  'finding-stands',
  'order-issued',
  'order-denied',
  'plea-entered',
  'convicted',
  'acquitted',
  'charges-dismissed',
  'no-decision-yet',
] as const;
export type HearingOutcome = (typeof hearingOutcomes)[number];

/** What a court ordered. Each asks for something, until a person records that it is done. */
export const courtOrders = [
  'order-placement',
  'order-services',
  'order-evaluation',
  'order-no-contact',
  'order-tribe-notice',
  'order-records',
  'order-interpreter',
  'order-closed-testimony',
  'order-other',
] as const;
export type CourtOrder = (typeof courtOrders)[number];

/** The services with an appointment at a hospital or an advocacy center. */
export const bookable = ['medical-acute-forensic', 'medical-nonacute', 'forensic-interview'] as const;
export type Bookable = (typeof bookable)[number];

export const bookingStates = ['asked', 'booked', 'kept', 'missed', 'canceled'] as const;

export const bookingEnds = ['booking-kept', 'booking-missed', 'booking-canceled'] as const;

/** Why an appointment was not kept. Their list is an assumption of this project. */
export const bookingReasons = [
  'child-did-not-come',
  'child-declined',
  'no-transport',
  'no-interpreter',
  'center-canceled',
  'child-not-located',
  'other',
] as const;

/** In which language an interpreter comes. */
export const interpreterNeeds = [
  'none-needed',
  'center-speaks-it',
  'spanish',
  'portuguese',
  'haitian-creole',
  'polish',
  'mandarin',
  'arabic',
  'sign-language',
  'other',
] as const;

export const advocateAnswers = ['advocate-comes', 'no-advocate-yet', 'child-wants-none'] as const;

/** Why one forensic interview was not enough (C.G.S. 17a-101h). Their list is an assumption of this project. */
export const secondInterviewReasons = [
  'new-disclosure',
  'new-suspect',
  'recording-failed',
  'child-asked',
  'court-order',
] as const;

/** What a child needs in hand. Their list is an assumption of this project. */
export const practicalNeeds = [
  'bed',
  'ride',
  'interpreter-now',
  'replacement-phone',
  'clothes',
  'food',
  'hygiene',
  'medicine',
  'papers',
  'other-need',
] as const;
export type PracticalNeed = (typeof practicalNeeds)[number];

export const needEnds = ['need-met', 'need-not-met', 'need-dropped'] as const;
/** How an open need stands. */
export const needStates = ['need-open', 'need-overdue'] as const;

/** Who met a need: a seat, with `dcf` for the department, or someone beside the team. */
export const needMeters = [...everyDiscipline, 'provider', 'another-person'] as const;

/** The services with a place to stay. */
export const placing = ['safe-placement', 'transition-services'] as const;
export type Placing = (typeof placing)[number];

/** What a place must have, as a provider is asked. Their list is an assumption of this project. */
export const bedNeeds = [
  'address-kept-secret',
  'speaks-the-language',
  'step-free',
  'medical-care',
  'pregnant-or-parenting',
  'with-sibling',
  'with-pet',
  'affirms-gender',
] as const;

/** What a provider said on the telephone. Their list is an assumption of this project. */
export const placeAnswers = [
  'can-take',
  'full-now',
  'ages-do-not-fit',
  'needs-do-not-fit',
  'days-do-not-fit',
  'did-not-answer',
] as const;

/** How a child was handed over. */
export const handoffWays = [
  'met-in-person',
  'by-telephone-with-child',
  'in-person-without-child',
  'by-telephone-without-child',
] as const;

/** What a worker must know before a visit. Their list is an assumption of this project. */
export const visitConcerns = ['weapon-there', 'dog-there', 'danger-to-workers', 'go-by-two', 'police-first'] as const;
export type VisitConcern = (typeof visitConcerns)[number];

/** From the nearest on. The table of towns has no distances, so the town, its office and its region stand for them. */
export const nearness = ['same-town', 'same-office', 'same-region', 'farther', 'distance-not-known'] as const;
export type Nearness = (typeof nearness)[number];

/** The kinds of places that give exams and interviews. */
export const placeKinds = ['hospital', 'advocacy-center', 'other-place'] as const;

/** Who changes the child's card. Never someone alone. */
export const cardMakers = ['child-wrote', 'written-together'] as const;

/** Who should interview or examine, as the child wants it. */
export const interviewers = ['a-woman', 'a-man', 'no-preference'] as const;

/** The child is asked about each: may they read the words of the card? Their list is an assumption of this project. */
export const cardAudiences = [
  'police',
  'prosecutor',
  'medical',
  'mental-health',
  'forensic-interviewer',
  'victim-advocate',
  'youth-service-bureau',
  'court',
  'school',
  'childs-attorney',
  'provider',
  'parent-or-guardian',
] as const;
export type CardAudience = (typeof cardAudiences)[number];

/** Topics of the project's own generic checklist (docs/domain.md#indicator-checklist), labeled not validated. */
export const indicatorTopics = [
  'missing-episodes',
  'older-controlling-companion',
  'unexplained-money-or-gifts',
  'hotel-keys',
  'online-ads-or-images',
  'sti-pregnancy-or-injury',
  'branding',
  'disclosure',
  'third-party-or-police-evidence',
  'substance-use',
  'homelessness',
  'prior-abuse',
  'caregiver-facilitation',
  'recruiter-contacts',
] as const;
export type IndicatorTopic = (typeof indicatorTopics)[number];
export const indicatorChecklist = 'generic-2026.1';

/** Roles that count as trained to screen. They answer the checklist and record the outcome, at any time and again. */
export const trainedToScreen: readonly Role[] = ['hart-liaison', 'hart-lead'];

/** Instruments whose result may be recorded, never their text (docs/domain.md#instruments). */
export const instruments = ['cse-it', 'htst', 'htst-sf', 'short-screen', 'tvit', 'qyit', 'other'] as const;
export const instrumentBands = ['none', 'possible', 'clear', 'low', 'medium', 'high'] as const;
/** The profession in which an instrument was administered. It is a code, because a name would identify a person. */
export const instrumentGivers = [
  'hart-liaison',
  'caseworker',
  'medical',
  'mental-health',
  'school',
  'provider',
  'detention',
  'other',
  'unknown',
] as const;

/** Which definition of trafficking a determination rests on: they can diverge (docs/domain.md#definition-basis). */
export const definitionBases = ['46a-170', '53a-192a', 'tvpa', 'none'] as const;

export const eligibilityOutcomes = [
  'basis-trafficking',
  'basis-other-ground',
  'basis-noted',
  'services-only',
  'prevention-services',
  'legal-review',
  'not-uncared-for',
  'not-eligible-age',
  'pending',
  'no-basis',
] as const;
export type EligibilityOutcome = (typeof eligibilityOutcomes)[number];

/** What the overlays ask for, beside any outcome of the decision (docs/domain.md#overlays). */
export const overlayFlags = [
  'removal-review',
  'police-referral',
  'abuse-neglect-allegation',
  'do-not-alert-caregiver',
  'caregiver-not-cleared',
  'treat-as-minor-and-ask',
] as const;
export type OverlayFlag = (typeof overlayFlags)[number];

export const missReasons = [
  'no-answer-from-agency',
  'child-not-located',
  'staffing',
  'not-alerted',
  'report-entered-late',
  'information-missing',
  'other',
] as const;

export const declineReasons = [
  'child-declined',
  'family-declined',
  'not-eligible',
  'waiting-list',
  'no-provider',
  'no-capacity',
  'no-longer-needed',
  'served-elsewhere',
] as const;

/** A provider speaks for itself alone. Whether another one offers the service, the department says. */
export const reasonsOfProviders = declineReasons.filter((reason) => reason !== 'no-provider');

/** Who consents to a service, and how. */
export const consentKinds = ['child', 'parent-or-guardian', 'written-part-2'] as const;
export type ConsentKind = (typeof consentKinds)[number];
/** Whose consent it is where a caregiver is alleged to have had a part: explicitly another guardian's. */
export const consentingGuardians = ['another-guardian'] as const;
export const consentAnswers = ['given', 'refused', 'withdrawn'] as const;

/** Months after its start at which the outcome of a service is asked for. */
export const followUpMonths = ['3', '6', '12'] as const;
export type FollowUpMonths = (typeof followUpMonths)[number];

export const serviceOutcomes = [
  'still-served',
  'completed',
  'stopped-by-child',
  'stopped-by-family',
  'stopped-by-provider',
  'served-elsewhere',
  'contact-lost',
  'unknown',
] as const;

/** What the report was accepted as (C.G.S. 17a-101g): the first two open the decision on the notice to the parents. */
export const tracks = ['investigation', 'assessment', 'information-only', 'other-agency'] as const;

/** How a person gives the notice to the parents: the product never mails it. */
export const parentsNoticeMethods = ['in-person', 'phone', 'letter'] as const;
/** Why the notice that an investigation opened is withheld: the grounds of C.G.S. 17a-103b(a), and no other. */
export const withholdingGrounds = ['best-interests', 'criminal-investigation', 'endangers-a-person'] as const;

/** How a notice to a tribe is sent, with a return receipt (C.G.S. 46b-116 and following). */
export const tribeMails = ['registered', 'certified'] as const;
/** Who is notified of a proceeding about an Indian child (C.G.S. 46b-116d, 25 U.S.C. 1912(a)). */
export const tribeRecipients = ['tribe', 'parent', 'indian-custodian'] as const;

/** The two notices about a facility or a school (C.G.S. 17a-101g(a); 17a-101j(b) and 17a-101i(a)). */
export const noticeOccasions = ['at-the-report', 'after-the-investigation'] as const;

/** The state agencies that license places for children. Their list is an assumption of this project. */
export const licensingAgencies = [
  'dcf',
  'early-childhood',
  'public-health',
  'developmental-services',
  'addiction-services',
  'other',
] as const;

export const noticeMethods = ['phone', 'in-person', 'secure-message', 'fax'] as const;

/** A gap in supply settles nothing: the need stays, and its clocks run on. */
export const supplyGaps: readonly (typeof declineReasons)[number][] = ['waiting-list', 'no-provider', 'no-capacity'];

/** The places of a child, by the field that holds the town. */
export const places = ['residenceTown', 'occurrenceTown', 'presentTown'] as const;

/** The people outside who may be told the reporter's identity, and the grounds (C.G.S. 17a-28, 17a-101k). */
export const disclosureRecipients = ['police', 'prosecutor'] as const;
export const disclosureBases = [
  'cgs-17a-28-police',
  'cgs-17a-28-prosecutor',
  'court-order',
  'consent-of-reporter',
] as const;

/** The purpose for which a person reads who a child is. It is recorded before the read. */
export const identityPurposes = [
  'work-on-referral',
  'answer-alert',
  'compare-duplicates',
  'contact-family',
  'provide-service',
  'team-review',
  'legal-advice',
  'quality-review',
] as const;

/**
 * Subjects of one notice to the police. They are the report, a trafficker who is no caregiver, a missing child, an
 * identified victim.
 */
export const policeNotices = ['state', 'local', 'missing', 'identified'] as const;

/**
 * What came of going to the child, and who went. A role, because a name would identify a person. `not-seen` takes back a
 * wrong `seen`.
 */
export const sightings = ['seen', 'attempted', 'not-seen'] as const;
/** Whether the child was seen alone, and if not, why. Their list is an assumption of this project. */
export const aloneAnswers = [
  'seen-alone',
  'child-wanted-someone',
  'caregiver-stayed',
  'other-adult-stayed',
  'no-private-place',
  'not-alone-other',
  'alone-not-known',
] as const;
export type AloneAnswer = (typeof aloneAnswers)[number];

export const seers = ['caseworker', 'area-oncall', 'hart-liaison', 'police', 'medical', 'other'] as const;

export const holdEnds = ['petition-filed', 'child-released'] as const;

/** One interview is enough (C.G.S. 17a-101h), and a child may decline it. */
export const interviewAnswers = ['scheduled', 'held-already', 'not-appropriate', 'child-declined'] as const;

export const dispositions = ['substantiated', 'not-substantiated'] as const;

/** Where a team meets, as a code. The room or line is a text of the vault, never in a mail. */
export const meetingPlaces = ['virtual', 'office'] as const;
export type MeetingPlace = (typeof meetingPlaces)[number];

/** How people come together for a meeting or an interview. The address, link or number is a text of the vault. */
export const meetingWays = ['in-person', 'by-phone', 'by-video'] as const;

/** Why a meeting of the team does not take place. */
export const meetingEnds = ['no-quorum', 'convener-unavailable', 'held-earlier', 'referral-ended', 'other'] as const;
export type MeetingEnd = (typeof meetingEnds)[number];

/** What a team decides at the review of a case. Their list is an assumption of this project. */
export const reviewDecisions = ['go-on-as-planned', 'change-the-plan', 'learn-more-first', 'prepare-closing'] as const;

/** What a team agrees that a seat does. Their list is an assumption of this project. */
export const agreedTasks = [
  'contact-child',
  'talk-with-family',
  'renew-safety-plan',
  'settle-placement',
  'contact-school',
  'get-records',
  'secure-evidence',
  'prepare-court',
  'get-papers',
  'task-in-minutes',
] as const;
export type AgreedTask = (typeof agreedTasks)[number];

/** How an agreed task ended. */
export const taskEnds = ['task-done', 'task-dropped'] as const;

/** Why a person does not take a seat on a team. A conflict of interest has a command of its own. */
export const seatNoReasons = ['on-leave', 'workload', 'not-my-district', 'other'] as const;

/** Why a referral is open to named people alone. */
export const sealReasons = ['workers-family', 'colleague-involved', 'known-to-staff', 'safety-of-child'] as const;

/** Why an administrator ends a person's access. */
export const accessEndReasons = ['left-work', 'device-lost'] as const;
export type AccessEndReason = (typeof accessEndReasons)[number];

/** Why a supervisor lets people change a record in doubt again. They are codes, because the ledger holds no free text. */
export const confirmGrounds = ['restored', 'compared', 'damage-accepted'] as const;

/** The parts of who a child is that can be corrected, beside the date of birth. */
export const correctable = ['childName', 'phone', 'priorIds'] as const;
/** The parts of the reporter's identity that can be corrected. */
export const reporterFields = ['reporterName', 'reporterPhone', 'reporterEmail', 'reporterRelation'] as const;

/** Why a report is entered long after the time of call. */
export const lateReasons = ['system-outage', 'connection-lost', 'paper-form', 'heard-elsewhere', 'other'] as const;

export const erasureGrounds = ['retention', 'court-order'] as const;

/** Why a person without access opens a referral. */
export const emergencyReasons = ['danger-now', 'covering-for-colleague', 'child-found-elsewhere', 'other'] as const;
/** Why no one has the child after all. */
export const releaseReasons = ['wrong-tap', 'cannot-do-it', 'does-not-answer'] as const;
/** Why people are called again. `access-ended`: an administrator ended the access of the person who had it. */
export const callAgainReasons = [...releaseReasons, 'access-ended'] as const;
/** The result of a supervisor's review of an emergency access. */
export const accessFindings = ['justified', 'not-justified'] as const;

/** The languages that mail is written in. */
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** Why a duty that is law for other children is only policy for this one. */
export const policyReasons = ['not-responsible', 'third-parties', 'of-age'] as const;
export type PolicyReason = (typeof policyReasons)[number];

/** The checkpoints of a deadline: before it is due, then, and after. `ring`: people are called until one answers. */
export const checkpointKinds = ['remind', 'warn', 'ring', 'due', 'escalate'] as const;

/**
 * The groups of duties that one task answers: one line with a tick for each duty, one run, one mail. A rule of the
 * policy names its group.
 */
export const dutyGroups = ['police-notice', 'missing-notice', 'service-plan'] as const;
export type DutyGroup = (typeof dutyGroups)[number];

/** What an alert tells of or asks for. */
export const alertKinds = [
  'referral-opened',
  'deadline-opened',
  'mdt-invited',
  'linkage-offered',
  'answer-needed',
  'checkpoint',
  'referral-ended',
  'report-merged',
  'charges-faced',
  'tribal-membership',
  'removal-review',
  'do-not-alert-caregiver',
  'outreach-paused',
  'outreach-resumed',
  'meeting-scheduled',
  'meeting-moved',
  'meeting-cancelled',
  'meeting-left',
  'seat-removed',
  'seat-not-reached',
  'referral-sealed',
  'emergency-access-taken',
  'sealed-match',
  'alarm-over',
  'holder-changed',
  'danger-raised',
  'danger-lifted',
  'child-missing',
  'child-returned',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Why an administrator orders that a run starts again, or that what was left undone is taken up. */
export const upkeepReasons = ['stands-still', 'fault-mended', 'row-wrong', 'after-restore'] as const;

/** The agencies that forums and agreements name. A provider is named by its listing. Their list is this project's. */
export const agencies = [
  'dcf',
  'judicial-branch',
  'chief-states-attorney',
  'probation-service',
  'state-police',
  'local-police',
  'hospital',
  'advocacy-center',
  'mental-health-agency',
  'victim-services',
  'youth-service-bureau',
  'school-district',
  'consumer-protection',
  'tribal-government',
  'federal-agency',
  'other-agency',
] as const;
export type Agency = (typeof agencies)[number];

export const agreementKinds = ['memorandum', 'data-sharing', 'qualified-service-organization'] as const;

export const agreementPurposes = [
  'team-work',
  'referral-to-services',
  'data-exchange',
  'training-together',
  'program-evaluation',
  'substance-use-services',
] as const;

/** What is shared under an agreement. */
export const sharedData = [
  'figures-alone',
  'case-facts',
  'identities',
  'health-records',
  'education-records',
  'substance-use-records',
] as const;

/** On which ground an agreement says that it shares. Counsel judges whether it holds. */
export const sharingBases = [
  'cgs-17a-28',
  'cgs-17a-106a',
  'part-2-organization',
  'hipaa-required-by-law',
  'ferpa-studies',
  'written-consent',
  'other-basis',
] as const;

export const forumKinds = ['within-agency', 'between-agencies'] as const;

/** What a forum is. Names are codes, so that none can name a person. Their list is this project's. */
export const forumNames = [
  'trafficking-council',
  'governors-task-force',
  'hart-committee',
  'hart-and-careline',
  'hart-and-area-offices',
  'team-leaders',
  'police-and-department',
  'hospitals-and-centers',
  'courts-and-department',
  'schools-and-department',
  'tribes-and-department',
  'service-providers',
  'data-coordination',
  'training-committee',
  'survivors-council',
  'other-forum',
] as const;

export const forumActionEnds = ['action-done', 'action-dropped'] as const;

/** Why a meeting of a forum is withdrawn. */
export const meetingWithdrawals = ['recorded-twice', 'wrong-forum', 'held-details', 'never-held'] as const;

/** Kinds of venues, after the list of NIEM. */
export const venueKinds = [
  'casino',
  'massage-establishment',
  'hotel-or-motel',
  'bar-or-club',
  'adult-entertainment',
  'nail-or-beauty-salon',
  'restaurant',
  'truck-stop',
  'short-term-rental',
  'other-venue',
] as const;

/** What the concern about a venue is. None of them tells of a child. */
export const venueConcerns = [
  'no-license-shown',
  'license-not-in-force',
  'service-beyond-license',
  'locked-or-guarded',
  'people-live-there',
  'posting-missing',
  'staff-not-trained',
  'advertised-for-sex',
] as const;

/** What was done with a concern about a venue. */
export const policeSteps = ['police-clear', 'police-hold'] as const;
export const approvalSteps = ['approved', 'declined'] as const;
export const venueSteps = [...policeSteps, ...approvalSteps] as const;
