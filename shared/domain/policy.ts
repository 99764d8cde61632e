import type { Calendar, Duration } from './due.ts';
import type { Answer, Discipline, EligibilityOutcome, Outcome, Role, Service } from './vocabulary.ts';

/** How sure the project is of a rule: seen in the source, seen in an official summary, believed, shaky, or our assumption. */
export type Confidence = 'verified' | 'summary' | 'believed' | 'shaky' | 'assumed';

/** Facts that open or keep a deadline; each is the type of an event or one case of it. */
export type Fact =
  | 'report-classified'
  | 'written-report-received'
  | 'police-notified-state'
  | 'police-notified-local'
  | 'police-notified-missing'
  | 'police-notified-identified'
  | 'ncmec-notified'
  | 'response-started'
  | 'liaison-assigned'
  | 'screened'
  | 'screening-signed-off'
  | 'eligibility-decided'
  | 'safety-plan-recorded'
  | 'mdt-notified'
  | 'mdt-met'
  | 'duplicate-answered'
  | 'closed'
  | 'hold-petition-filed'
  | 'hold-child-released'
  | 'return-debriefed'
  | 'case-reviewed'
  | 'interview-settled'
  | 'investigation-disposed'
  | 'disposition-notified'
  | 'evaluation-held'
  | 'hhs-notified'
  | 'handover-made'
  | 'handover-refused'
  | 'adulthood-planned'
  | `consulted-${Discipline}`
  | `offered-${Service}`
  | `contacted-${Service}`
  | `started-${Service}`;

/** Whom an alert goes to: a role in its scope (`provider`: of the service the deadline is about), or a seat of the referral's team. */
export type Recipient = Role | `seat:${Discipline}` | 'seats';

/** Whether a recipient is a role, and no seat of a team. */
export const isRole = (recipient: Recipient): recipient is Role =>
  recipient !== 'seats' && !recipient.startsWith('seat:');

/** What sets a deadline's clock, in words that the explanation of the deadline uses. */
export type ClockStart =
  | 'receipt of the report'
  | 'the screening outcome'
  | 'the notice to the team'
  | 'the referral to the provider'
  | 'the information that the child is missing'
  | 'the return of the child'
  | 'the identification as a victim'
  | 'the invocation of the hold'
  | 'the last meeting or review of the team'
  | 'the meeting under a waiver'
  | 'the classification as an investigation'
  | 'the substantiated disposition'
  | 'the first entry to care'
  | 'the discovery that a foreign national may be a victim'
  | 'the word that the person is of age'
  | 'the last business day before the month of the notice'
  | 'the candidates found'
  | 'the conditions of closure met'
  | 'the answer that there is no danger';

/** Who may give a policy deadline more time, up to how long after it was due by its rule. Each time needs a reason in words. */
export interface Extension {
  readonly by: readonly Role[];
  readonly atMost: Duration;
  readonly source: string;
  readonly confidence: Confidence;
}

/** One row of the deadline table (DOMAIN 7a). */
export interface DeadlineRule {
  readonly id: string;
  readonly obligation: string;
  readonly kind: 'statute' | 'policy';
  readonly source: string;
  readonly confidence: Confidence;
  /** True where a clause or a number still waits for DCF Legal or the Attorney General. */
  readonly awaitsLegalSignOff: boolean;
  readonly clockStart: ClockStart;
  readonly duration: Duration;
  /** The duration when the child is in danger now, or nobody has said no. */
  readonly durationInDanger?: Duration;
  readonly durationFor?: Readonly<Partial<Record<Outcome, Duration>>>;
  /** Where the law sets the duty and no number: the time is policy, the duty is not. */
  readonly timeByPolicy?: true;
  /** A limit in law above a tightened default: shown, never used to loosen. */
  readonly statutoryMaximum?: Duration;
  readonly keptBy: readonly Fact[];
  readonly alert: readonly Recipient[];
  readonly escalate: readonly Recipient[];
  /** When the escalation begins: with the due checkpoint, or this long after it (without: a quarter of the span). */
  readonly escalateFrom?: 'due' | Duration;
  /** Instead of the policy's own, for a rule of kind `policy`. */
  readonly extension?: Extension;
  /** What several deadlines of this rule are about, one each; each is kept by the facts about its own subject. */
  readonly subjects?: readonly Service[];
  /** Instead of the policy's reminder and warning: a warning this long after the start, each. Ascending, before the due instant. */
  readonly warnAfter?: readonly Duration[];
  /**
   * Whether closing the referral waits for it, ends it, or leaves it to run on (`outlives`: a duty of somebody outside the
   * department, which is tracked and holds up nothing).
   */
  readonly closing: 'waits' | 'ends' | 'outlives';
  /** Ends when a new screening leads to another pathway. */
  readonly ofPathway?: readonly Outcome[];
}

/** The coded inputs of the eligibility decision. An age that is unknown or may be under 18 is `under-18` (DOMAIN 7c, overlay D). */
export interface EligibilityInputs {
  readonly outcome: Outcome;
  readonly age: 'under-18' | '18-to-20' | '21-and-over';
  readonly emancipated: Answer;
  readonly resident: Answer;
  readonly dcfClient: Answer;
  /** Already committed, or under an order of temporary custody. */
  readonly inCustody: 'yes' | 'no';
  /** Homeless, or a home that cannot give the specialised care the child needs (46b-120, grounds A and B). */
  readonly otherGround: 'yes' | 'no';
}

/** One row of the decision table: it matches where each named input is one of the listed values. The first match wins. */
export interface EligibilityRule {
  readonly number: number;
  readonly when: { readonly [Input in keyof EligibilityInputs]?: readonly EligibilityInputs[Input][] };
  readonly outcome: EligibilityOutcome;
  readonly basis: string;
  readonly confidence: Confidence;
}

/** One discipline of a team: whether the law requires its seat, or a coordinator invites it to a referral (DOMAIN 7d). */
export interface SeatRule {
  readonly discipline: Discipline;
  readonly seat: 'required' | 'conditional' | 'invited';
  readonly source: string;
  readonly confidence: Confidence;
  /** Where the law asks for the child's written consent before the discipline hears of the child at all. */
  readonly consentFirst?: { readonly source: string; readonly confidence: Confidence };
  /** Where what the child told it in confidence is privileged: nobody asks for it, and no field holds it. */
  readonly privileged?: { readonly source: string; readonly confidence: Confidence };
}

/** What a member signs before they see more of a referral than the invitation. */
export interface ConfidentialityNotice {
  readonly version: string;
  readonly sentences: readonly string[];
  readonly question: string;
  readonly source: string;
  readonly confidence: Confidence;
}

/** One jurisdiction's rules under one version. A released one never changes. */
export interface Policy {
  readonly version: string;
  readonly jurisdiction: string;
  readonly deadlines: readonly DeadlineRule[];
  readonly eligibility: readonly EligibilityRule[];
  readonly calendar: Calendar;
  /** What a routing may name, and what follows from it. */
  readonly geography: {
    readonly offices: readonly { readonly id: string; readonly region: number }[];
    readonly teams: readonly { readonly id: string; readonly judicialDistrict: string }[];
  };
  readonly team: { readonly seats: readonly SeatRule[]; readonly notice: ConfidentialityNotice };
  /** Those of `team.seats` whose seat is required. */
  readonly requiredDisciplines: readonly Discipline[];
  /** Each group needs one present (DOMAIN 7d). */
  readonly quorum: readonly (readonly Discipline[])[];
  readonly servicesFor: Readonly<Record<Outcome, readonly Service[]>>;
  /** For every deadline of kind `policy` whose row has none of its own. What the law sets is never extended. */
  readonly extension: Extension;
  /** Checkpoints before the due instant, as fractions of the span. */
  readonly remindAt: number;
  readonly warnAt: number;
  readonly overdueAt: number;
  readonly repeatOverdueEvery: Duration;
}

/** The rule of this id. Throws where the policy does not hold it: a deadline under a policy always names one of its rules. */
export function ruleIn(policy: Policy, id: string): DeadlineRule {
  const rule = policy.deadlines.find((candidate) => candidate.id === id);
  if (!rule) throw new Error(`The policy ${policy.version} has no deadline ${id}.`);
  return rule;
}

/** The seat of a discipline under this policy; undefined where its teams have none. */
export const seatRuleOf = ({ team }: Policy, discipline: Discipline): SeatRule | undefined =>
  team.seats.find((rule) => rule.discipline === discipline);

/** Who may extend a deadline under this rule, and up to where. Undefined for what the law sets. */
export const extensionOf = (rule: DeadlineRule, policy: Policy): Extension | undefined =>
  rule.kind === 'policy' ? (rule.extension ?? policy.extension) : undefined;
