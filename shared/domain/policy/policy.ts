import { taskClocks } from '../../policy/review-rules.ts';
import type {
  AlertKind,
  Answer,
  Discipline,
  DutyGroup,
  EligibilityOutcome,
  ExploitationPurpose,
  FollowUpMonths,
  IndicatorTopic,
  Language,
  Outcome,
  OverlayFlag,
  Role,
  Service,
} from '../core/vocabulary.ts';
import type { CatalogueEntry } from '../services/catalogue-entry.ts';
import type { Confidence } from './confidence.ts';
import type { Calendar, Duration } from './due.ts';

/** Facts that open or keep a deadline. Each is the type of an event, or one case of it. */
export const plainMilestones = [
  'report-classified',
  'written-report-received',
  'police-notified-state',
  'police-notified-local',
  'police-notified-missing',
  'police-notified-identified',
  'ncmec-notified',
  'search-renewed',
  'response-started',
  'child-seen',
  'liaison-assigned',
  'screened',
  'screening-signed-off',
  'eligibility-decided',
  'safety-plan-recorded',
  'parents-told',
  'parents-notified',
  'parents-notice-withheld',
  'substantiation-notified',
  'substantiation-notice-withheld',
  'finding-notified',
  'finding-safety-answered',
  'licensing-agency-notified',
  'licensing-records-sent',
  'tribe-notified',
  'custodian-notified',
  'education-notified',
  'education-results-sent',
  'institution-notified',
  'mdt-met',
  'duplicate-answered',
  'closed',
  'hold-petition-filed',
  'hold-child-released',
  'preliminary-hearing-held',
  'return-debriefed',
  'case-reviewed',
  'agreed-task-done',
  'interview-settled',
  'investigation-disposed',
  'reasonable-cause-said',
  'disposition-notified',
  'evaluation-held',
  'hhs-notified',
  'handover-made',
  'handover-refused',
  'adulthood-planned',
  'age-recorded',
  'home-state-notified',
  'need-referred',
  'service-started',
  'exam-offered',
  'exam-declined-by-child',
  'downgrade-answered',
  'withdrawal-answered',
  'clearance-answered',
  'lowering-answered',
  'erasure-answered',
  'routing-said',
  'team-known',
  'seats-filled',
  'emergency-access-reviewed',
] as const;
/** Milestones that belong to no single discipline or service. */
export type GeneralMilestone = (typeof plainMilestones)[number] | `outcome-after-${FollowUpMonths}-months`;
export type Milestone =
  | GeneralMilestone
  | `consulted-${Discipline}`
  | `offered-${Service}`
  | `contacted-${Service}`
  | `started-${Service}`;

/**
 * A recipient group of an alert. It is a role in its scope (`provider`: of the deadline's service), or a seat of the
 * referral's team.
 */
export type Recipient = Role | `seat:${Discipline}` | 'seats';

/** Whether a recipient is a role, and not a seat of a team. */
export const isRole = (recipient: Recipient): recipient is Role =>
  recipient !== 'seats' && !recipient.startsWith('seat:');

/** The start of a deadline's clock, in the words of its explanation. */
export const clockStarts = [
  'receipt of the report',
  'the screening outcome',
  'the notice to the team',
  'the referral to the provider',
  'the information that the child is missing',
  'the news that the child is missing, or the last renewed search',
  'the return of the child',
  'the identification as a victim',
  'the invocation of the hold',
  'the ex parte order',
  'the last meeting or review of the team',
  'the agreement of the team',
  'the meeting without the discipline',
  'the classification as an investigation',
  'the reasonable cause to believe that abuse occurred',
  'the acceptance for assessment',
  'the finding of the investigation',
  'the proceeding about a member of a tribe, or the word of membership during it',
  'the word that an employee of a facility is alleged',
  'the word that a school employee is alleged',
  'the first entry to care',
  'the discovery that a foreign national may be a victim',
  'the word that the person is of age',
  'the last business day before the month that holds the 90th day before the eighteenth birthday',
  'the first of the month after the one that holds the 90th day before the eighteenth birthday',
  'the candidates found',
  'the conditions of closure met',
  'the proposal for a child of another state',
  'the need for the service',
  'the first start of a service',
  'the proposal',
  'the corrected place',
  'the word that no team is known',
  'the word that a required seat is vacant',
  'the emergency access',
  'the question of safety',
] as const;
export type ClockStart = (typeof clockStarts)[number];

/**
 * Who may give a policy deadline more time, and up to how long after its due instant by rule. Each extension needs a
 * reason in words.
 */
export interface Extension {
  readonly by: readonly Role[];
  readonly atMost: Duration;
  readonly source: string;
  readonly confidence: Confidence;
}

/** An instant after which a deadline's act is of no use, whatever its duration gives. */
export interface HardStop {
  readonly from: 'the last known assault';
  readonly after: Duration;
  /** How long before the stop each warning goes out, the longest first. */
  readonly warnBefore: readonly Duration[];
  /** Who gets these warnings, because each of them can still act. */
  readonly warns: readonly Recipient[];
  /** Why there is a stop, in words for people. */
  readonly because: string;
  readonly source: string;
  readonly confidence: Confidence;
  /** The parts of the act that end earlier within the same time. */
  readonly earlierStops?: readonly EarlierStop[];
}

/** A part of an act that is of no use earlier than the hard stop, counted from the same instant. */
export interface EarlierStop {
  readonly what: string;
  readonly after: Duration;
  readonly warnBefore: readonly Duration[];
  readonly source: string;
  readonly confidence: Confidence;
  readonly awaitsLegalSignOff: boolean;
}

/** When courts sit, on business days of the calendar. Hours of the day in New York, 0 to 23. */
export interface CourtHours {
  readonly from: number;
  readonly to: number;
  /** How long before the end of the last sitting each warning goes out, the longest first. None is before it begins. */
  readonly warnBefore: readonly Duration[];
  readonly source: string;
  readonly confidence: Confidence;
  readonly awaitsLegalSignOff: boolean;
}

/**
 * How loudly something calls. `now`: a person answers at any hour, or the next is called. `today`: mail of its own in
 * waking hours. `routine`: in one mail a day.
 */
export const alarmClasses = ['now', 'today', 'routine'] as const;
export type AlarmClass = (typeof alarmClasses)[number];

export interface AlarmRule {
  readonly class: AlarmClass;
  /** The class instead, while the child is in danger or danger is not ruled out. */
  readonly inDanger?: AlarmClass;
  /** The class instead, once the child is back: for a duty that finds a child who is missing. */
  readonly onReturn?: AlarmClass;
  /** The class instead, where the duty is about this service. */
  readonly forSubject?: Readonly<Partial<Record<Service, AlarmClass>>>;
  /**
   * `at-opening`: it rings when the duty opens. `at-part`: only after the part of its time that `Ringing` gives, however
   * little is left then. Without it, a duty of class `now` rings as `Ringing` says.
   */
  readonly rings?: 'at-opening' | 'at-part';
  readonly source: string;
  readonly confidence: Confidence;
}

/** When a duty of class `now` rings, and who is called until a person says "I'm handling this". */
export interface Ringing {
  /** It rings after this part of its time, or earlier where less than `atLeastLeft` would be left. */
  readonly fromPart: number;
  readonly atLeastLeft: Duration;
  /** How long after the first the next on shift is called. */
  readonly nextPersonAfter: Duration;
  /** How long after the first the director on call is called. */
  readonly directorAfter: Duration;
  readonly director: Role;
  /** How often calls repeat after that, until a person answers. Each calls the next in line. */
  readonly againEvery: Duration;
  /** A duty whose call comes within this time is called about with the others of its referral, in one call. */
  readonly togetherWithin: Duration;
  /** After this time, with all in line called, calls become less and less frequent. Each then calls the first in line too. */
  readonly steadyFor: Duration;
  /** Calls are never less frequent than this. A page and a number stay, and the mail goes on. */
  readonly slowestEvery: Duration;
  /** From the last warning before a hard stop on, an unanswered alarm is never silent for longer than this. */
  readonly beforeStopEvery: Duration;
  /** A duty of class `now` that is due within this time is red on pages. */
  readonly redWithin: Duration;
  /** How long mail stays unanswered before a text message follows, to a person who gave a number for it. */
  readonly textAfter: Duration;
  readonly source: string;
  readonly confidence: Confidence;
}

/** One row of the deadline table (docs/domain.md#deadlines). */
export interface DeadlineRule {
  readonly id: string;
  readonly obligation: string;
  /** The same for a partner outside DCF who reads mail in Spanish. */
  readonly obligationInSpanish: string;
  /** The words in mail instead, where those of the page would tell a mailbox something of the child. */
  readonly mailedAs?: Readonly<Record<Language, string>>;
  readonly kind: 'statute' | 'policy';
  readonly source: string;
  readonly confidence: Confidence;
  /** True where DCF Legal or the Attorney General has yet to confirm a clause or a number. */
  readonly awaitsLegalSignOff: boolean;
  readonly clockStart: ClockStart;
  /** The group of duties that one task answers with this one. All rules of a group tell the same people. */
  readonly group?: DutyGroup;
  readonly duration: Duration;
  /** The duration when the child is in danger now, or danger is not ruled out. */
  readonly durationInDanger?: Duration;
  readonly durationFor?: Readonly<Partial<Record<Outcome, Duration>>>;
  /** The time for these services instead, in danger or not. */
  readonly durationForService?: Readonly<Partial<Record<Service, Duration>>>;
  /** The only children whose duty is law. For every other child it is policy, and of the same alarm class. */
  readonly lawFor?: (typeof lawGrounds)[number];
  /** Where the law sets the duty and no number: the duty is law, and its time is policy. */
  readonly timeByPolicy?: true;
  /** A limit in law above a tightened default. It is shown, and never used to loosen. */
  readonly statutoryMaximum?: Duration;
  readonly keptBy: readonly Milestone[];
  readonly alert: readonly Recipient[];
  /** The recipients instead of `alert`, until a HART liaison has accepted. */
  readonly alertUntilAccepted?: readonly Recipient[];
  readonly escalate: readonly Recipient[];
  /**
   * When the escalation begins: with the due checkpoint, or this long after it. Without it, after a quarter of the
   * span.
   */
  readonly escalateFrom?: 'due' | Duration;
  /** The extension instead of the policy's own, for a rule of kind `policy`. */
  readonly extension?: Extension;
  /** The subjects of this rule's deadlines, one each. The milestones of a subject keep its deadline. */
  readonly subjects?: readonly Service[];
  readonly hardStop?: HardStop;
  /** A court does the act. So people are warned before its last sitting ahead of the due instant. */
  readonly courtHours?: CourtHours;
  /**
   * Warnings this long after the start, instead of the policy's reminder and warning. Ascending, before the due
   * instant.
   */
  readonly warnAfter?: readonly Duration[];
  /**
   * The reminder goes out after this part of the span, instead of the policy's. It asks a provider for the answer to the
   * referral. One that has answered gets none.
   */
  readonly answerAt?: number;
  /**
   * More reminders, so many days before the New York day on which the clock starts. The duty is known ahead. One that
   * opens later raises them at once.
   */
  readonly remindBefore?: readonly number[];
  /**
   * Whether closing the referral waits for it or ends it. `outlives`: it runs on and alerts after closing, and holds up
   * nothing.
   */
  readonly closing: 'waits' | 'ends' | 'outlives';
  /** Ends when a new screening leads to another pathway. */
  readonly ofPathway?: readonly Outcome[];
  readonly alarm: AlarmRule;
}

/**
 * The coded inputs of the eligibility decision. An age that is unknown or may be under 18 is `under-18`
 * (docs/domain.md#unknown-age).
 */
export interface EligibilityInputs {
  readonly outcome: Outcome;
  readonly age: 'under-18' | '18-to-20' | '21-and-over';
  readonly emancipated: Answer;
  readonly resident: Answer;
  readonly dcfClient: Answer;
  /** Already in care: committed, under an order of temporary custody, or placed by the department. */
  readonly inCustody: Answer;
  /** Homeless, or a home that cannot give the specialized care that the child needs (46b-120, grounds A and B). */
  readonly otherGround: Answer;
  /** What the child was exploited for. `unknown` also where no one asked. */
  readonly exploitedFor: ExploitationPurpose;
}

/** The coded inputs of the overlays. Only the age is an input of the decision's rows as well. */
export interface OverlayInputs {
  readonly age: EligibilityInputs['age'];
  /** Whether the known age says on which side of eighteen the child is. */
  readonly ageCertain: 'yes' | 'no';
  /** Imminent risk of physical harm. */
  readonly danger: Answer;
  /** Whether a 96-hour hold is running. */
  readonly hold: 'yes' | 'no';
  /** Whether a third party is alleged, alone or beside a caregiver (C.G.S. 17a-101g(a)). */
  readonly thirdParty: Answer;
  /** Whether a parent or caregiver facilitated the exploitation. */
  readonly facilitated: Answer;
}

/** The condition of a row: each named input has one of the listed values. */
export type When<Inputs> = { readonly [Input in keyof Inputs]?: readonly Inputs[Input][] };

/** A rule that holds beside the decision, whatever its outcome (docs/domain.md#overlays). Every matching row counts. */
export interface OverlayRule {
  readonly letter: string;
  readonly when: When<OverlayInputs>;
  readonly flags: readonly OverlayFlag[];
  /** Deadlines that begin with the proposal beside it. */
  readonly opens?: readonly string[];
  /** What it asks, in a sentence for people who work with the child. */
  readonly says: string;
  readonly basis: string;
  readonly confidence: Confidence;
}

/**
 * One row of the decision table. It matches where each named input has one of the listed values. The first match wins.
 */
export interface EligibilityRule {
  readonly number: number;
  readonly when: When<EligibilityInputs>;
  readonly outcome: EligibilityOutcome;
  readonly basis: string;
  readonly confidence: Confidence;
  /** Deadlines that begin with the proposal of this row. */
  readonly opens?: readonly string[];
}

/** The weight of a "yes" to a topic of the checklist. It confirms, is a strong sign, or adds to others. */
export type Weight = 'confirming' | 'strong' | 'contributing';

/** The level of the instruments' results, each in its own words. The highest counts. */
export type InstrumentLevel = 'not-given' | 'none' | 'possible' | 'clear';

/**
 * The coded inputs of the proposed screening outcome. None tells who the child is. Sex and gender are not among them.
 */
export interface ScreeningInputs {
  readonly answers: Readonly<Record<IndicatorTopic, Answer>>;
  readonly instruments: InstrumentLevel;
  /** Whether a score has no recorded band. The rules read bands, so the result is unknown and never a "no". */
  readonly scoreWithoutBand: boolean;
  /** Whether the child has gone missing more often than the policy's `oftenMissing`. */
  readonly oftenMissing: Answer;
}

/** One row of the screening table. It matches where all its conditions hold. The first match wins. */
export interface ScreeningRule {
  readonly number: number;
  readonly when: {
    /** At least this many topics of this weight are answered "yes". */
    readonly [OfWeight in Weight]?: number;
  } & {
    readonly instruments?: InstrumentLevel;
    readonly oftenMissing?: 'yes';
    /** At least this many facts are unknown: topics, and the band of a score. */
    readonly unknown?: number;
  };
  readonly outcome: Outcome;
  readonly basis: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** How answers to the checklist become a proposal. Not validated: a trained person records the outcome. */
export interface ScreeningPolicy {
  readonly topics: Readonly<Record<IndicatorTopic, { readonly weight: Weight; readonly question: string }>>;
  readonly oftenMissing: number;
  readonly rules: readonly ScreeningRule[];
}

/**
 * One discipline of a team. Its seat is required by law, or a coordinator invites it to a referral
 * (docs/domain.md#team-seats).
 */
export interface SeatRule {
  readonly discipline: Discipline;
  readonly seat: 'required' | 'conditional' | 'invited';
  readonly source: string;
  readonly confidence: Confidence;
  /** Where the law requires the child's written consent before the discipline may learn of the child. */
  readonly consentFirst?: { readonly source: string; readonly confidence: Confidence };
  /**
   * Where the child's confidences to the discipline are privileged: people may not ask for them, and no field holds
   * them.
   */
  readonly privileged?: { readonly source: string; readonly confidence: Confidence };
}

/** The notice that a member signs before seeing more of a referral than the invitation. */
export interface ConfidentialityNotice {
  readonly version: string;
  readonly sentences: readonly string[];
  readonly question: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** The roles that need a person on call at every hour. Also when a time without one, or with two, alarms. */
export interface ShiftPolicy {
  readonly covered: readonly { readonly role: Role; readonly source: string; readonly confidence: Confidence }[];
  /** How long ahead it alarms, the earliest first. Hours or minutes. */
  readonly warnings: readonly Duration[];
  readonly source: string;
  readonly confidence: Confidence;
}

/** A tribe of the jurisdiction, and which government recognizes it. */
export interface Tribe {
  readonly id: string;
  readonly name: string;
  readonly recognizedBy: 'federal' | 'state';
}

/** One jurisdiction's rules in one version. A released version never changes. */
export interface Policy {
  readonly version: string;
  /**
   * It holds for reports received from then on, until the next version does. An instant, or a day: its midnight in New
   * York.
   */
  readonly inForceFrom: string;
  readonly jurisdiction: string;
  readonly deadlines: readonly DeadlineRule[];
  readonly screening: ScreeningPolicy;
  readonly eligibility: readonly EligibilityRule[];
  readonly overlays: readonly OverlayRule[];
  readonly calendar: Calendar;
  /** The places that a routing may name, and what follows from each. */
  readonly geography: {
    readonly offices: readonly { readonly id: string; readonly region: number }[];
    readonly teams: readonly { readonly id: string; readonly judicialDistrict: string }[];
  };
  /** The tribes of the jurisdiction, and how many whole days after receipt no proceeding about custody is held. */
  readonly tribes: {
    readonly list: readonly Tribe[];
    readonly daysAfterReceipt: number;
    /** Where no tribe is known, and the regional director gets the notice. */
    readonly daysWhereUnknown: number;
    readonly moreDaysOnRequest: number;
    readonly source: string;
    readonly confidence: Confidence;
    readonly awaitsLegalSignOff: boolean;
  };
  readonly team: {
    readonly seats: readonly SeatRule[];
    readonly notice: ConfidentialityNotice;
    /** How long a seat may be silent before its deputy is asked as well. */
    readonly deputyAfter: { readonly silence: Duration; readonly source: string; readonly confidence: Confidence };
    /** How long after its invitation the coordinator is told of a seat that nothing shows as reached. */
    readonly notReachedAfter: { readonly time: Duration; readonly source: string; readonly confidence: Confidence };
  };
  /** The disciplines of `team.seats` whose seat is required. */
  readonly requiredDisciplines: readonly Discipline[];
  /** Each group needs one person present (docs/domain.md#quorum). */
  readonly quorum: readonly (readonly Discipline[])[];
  readonly servicesFor: Readonly<Record<Outcome, readonly Service[]>>;
  /** Each service: who it is for, its clocks, the consent it needs. */
  readonly catalogue: Readonly<Record<Service, CatalogueEntry>>;
  /** How long police may have outreach paused at a time, and for which services never. */
  readonly outreachPause: {
    readonly atMost: Duration;
    readonly never: readonly Service[];
    readonly source: string;
    readonly confidence: Confidence;
  };
  /** The extension of `policy` deadlines whose row has none of its own. A duty of law is never extended. */
  readonly extension: Extension;
  /** Checkpoints before the due instant, as fractions of the span. */
  readonly remindAt: number;
  readonly warnAt: number;
  readonly overdueAt: number;
  readonly repeatOverdueEvery: Duration;
  /** A person alerted of one deadline this often gets no more alerts about it. The next are told instead. */
  readonly mostAlerts: number;
  /**
   * The roles after a rule's own escalation, in order. The last is told whatever the cap, so there is never silence.
   */
  readonly afterEscalation: readonly [Role, ...Role[]];
  readonly ringing: Ringing;
  /** The class of news that has no deadline. */
  readonly news: Readonly<Partial<Record<AlertKind, AlarmRule>>>;
  /** When routine mail goes out: once a day, at a full hour of New York. */
  readonly digest: {
    readonly hour: number;
    /** False: on weekends and holidays as well. */
    readonly businessDaysOnly: boolean;
    readonly source: string;
    readonly confidence: Confidence;
  };
  /**
   * The hours without mail that is not urgent: from one full hour of New York to the next `to`. None where the two are
   * equal.
   */
  readonly quiet: {
    readonly from: number;
    readonly to: number;
    readonly source: string;
    readonly confidence: Confidence;
  };
  readonly shifts: ShiftPolicy;
  /** Every version that this release holds, including this one, oldest first. A candidate policy has none. */
  readonly released?: () => readonly Policy[];
}

/** The children for which a duty is law: 42 U.S.C. 671(a)(35), and C.G.S. 17a-101g(a). */
export const lawGrounds = [
  'a child in the responsibility of the department',
  'a child under 18, unless every alleged person is a third party',
] as const;

/** The rules that hold beside every version: those of tasks whose day a team names (`review-rules.ts`). */
const standing: readonly DeadlineRule[] = taskClocks;

/** The rule of this id. Undefined where the policy lacks it: a version may have clocks that an older one lacks. */
export const findRule = ({ deadlines }: Policy, id: string): DeadlineRule | undefined =>
  deadlines.find((rule) => rule.id === id) ?? standing.find((rule) => rule.id === id);

/**
 * The rule of this id. Throws where the policy lacks it: an open deadline under a policy always names one of its rules.
 */
export function ruleIn(policy: Policy, id: string): DeadlineRule {
  const rule = findRule(policy, id);
  if (!rule) throw new Error(`The policy ${policy.version} has no deadline ${id}.`);
  return rule;
}

/** The released version of this name, where this release holds it. */
export const releaseOf = (policy: Policy, version: string): Policy | undefined =>
  policy.released?.().find((each) => each.version === version);

/** The rule that a deadline runs under. A deadline settled before a migration stays under the old version. */
export const ruleOf = (
  policy: Policy,
  { rule, settledUnder }: { readonly rule: string; readonly settledUnder?: string },
): DeadlineRule => ruleIn((settledUnder === undefined ? undefined : releaseOf(policy, settledUnder)) ?? policy, rule);

/** The recipients that a deadline of this rule waits on now. Until a HART liaison has accepted it may be another role. */
export const waitsOn = (
  rule: DeadlineRule,
  { response: { liaisonAcceptedAt } }: { readonly response: { readonly liaisonAcceptedAt?: string | undefined } },
) => (liaisonAcceptedAt === undefined ? rule.alertUntilAccepted : undefined) ?? rule.alert;

/** The rule with a hard stop that asks for the start of a service. For the acute exam it is D17. */
export const windowRuleOf = ({ deadlines }: Policy, service: string | undefined): DeadlineRule | undefined =>
  deadlines.find(
    ({ hardStop, keptBy }) => hardStop !== undefined && keptBy.includes(`started-${service}` as Milestone),
  );

/** The seat of a discipline under this policy; undefined where its teams have none. */
export const seatRuleOf = ({ team }: Policy, discipline: Discipline): SeatRule | undefined =>
  team.seats.find((rule) => rule.discipline === discipline);

/** Who may extend a deadline under this rule, and up to when. Undefined for a duty of law. */
export const extensionOf = (rule: DeadlineRule, policy: Policy): Extension | undefined =>
  rule.kind === 'policy' ? (rule.extension ?? policy.extension) : undefined;
