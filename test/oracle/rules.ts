/**
 * Every rule of docs/domain.md and of the table of times it was made from, read a second time.
 * Nothing here imports the product.
 */
import { dayOf, endOf, firstOfMonth, instantOf, lastBusinessDayBefore, type Span } from './calendar.ts';

/** What the time of a rule can depend on. Danger that is not ruled out is `unknown`. */
export type Variant = {
  readonly danger?: 'yes' | 'no' | 'unknown';
  readonly outcome?: string;
  readonly service?: string;
  /** The last assault, where the window of evidence counts. */
  readonly assaultAt?: number;
};

/** One rule as the texts have it. */
export type OracleRule = {
  readonly title: string;
  readonly from: string;
  readonly span: Span;
  /** Whether a law asks for the duty. Its number may still be the product's own. */
  readonly kind: 'law' | 'policy';
  /** The time in danger, which also holds while danger is unknown. */
  readonly inDanger?: Span;
  readonly byOutcome?: Readonly<Record<string, Span>>;
  readonly byService?: Readonly<Record<string, Span>>;
  /** What the law allows at most. */
  readonly ceiling?: Span;
  /** Hours after the last assault at which the rule ends at the latest. */
  readonly windowHours?: number;
  /** Hours after the last assault at which a part of the act ends. The rule ends then at the latest while that lies ahead. */
  readonly partHours?: number;
  readonly keptBy: string;
  readonly alarm?: 'now' | 'today' | 'routine';
  readonly source: string;
};

const hours = (count: number): Span => ({ hours: count });
const business = (count: number): Span => ({ businessDays: count });
const calendar = (count: number): Span => ({ calendarDays: count });
const TODAY: Span = { sameDayAtLeastHours: 4 };
const SAME_DAY_SERVICES = ['safe-placement', 'basic-needs', 'medical-nonacute'] as const;
const each = (services: readonly string[], span: Span) =>
  Object.fromEntries(services.map((service) => [service, span]));

export const RULES: Readonly<Record<string, OracleRule>> = {
  D1: {
    title: 'classify the report',
    from: 'receipt',
    span: { minutes: 30 },
    kind: 'law',
    keptBy: 'classification',
    source: '#response-times',
  },
  D2: {
    title: 'written report',
    from: 'receipt',
    span: hours(48),
    ceiling: hours(48),
    kind: 'law',
    keptBy: 'written report received',
    source: '#written-report',
  },
  D3: {
    title: 'tell the police',
    from: 'receipt',
    span: hours(12),
    ceiling: hours(12),
    kind: 'law',
    keptBy: 'police notice with agency, person, method, instant and reference',
    source: '#police-notice',
  },
  D4: {
    title: 'refer to local police',
    from: 'receipt',
    span: hours(12),
    kind: 'law',
    keptBy: 'local police notice',
    source: '#third-party',
  },
  D5: {
    title: 'federal report to police',
    from: 'identified',
    span: hours(24),
    ceiling: hours(24),
    kind: 'law',
    keptBy: 'police notice',
    source: '#federal-police-notice',
  },
  D6: {
    title: 'respond to danger',
    from: 'receipt',
    span: hours(2),
    ceiling: hours(2),
    kind: 'law',
    keptBy: 'response begun',
    source: '#response-times',
  },
  D7: {
    title: 'respond',
    from: 'receipt',
    span: hours(24),
    ceiling: hours(72),
    kind: 'law',
    keptBy: 'response begun',
    source: '#response-24',
  },
  D8: {
    title: 'liaison assigned',
    from: 'receipt',
    span: hours(4),
    kind: 'policy',
    keptBy: 'liaison assigned',
    source: '#configurable',
  },
  D9: {
    title: 'screening',
    from: 'receipt',
    span: hours(24),
    kind: 'policy',
    keptBy: 'screening outcome',
    source: '#configurable',
  },
  D10: {
    title: 'decision',
    from: 'screening',
    span: hours(24),
    inDanger: hours(4),
    kind: 'policy',
    keptBy: 'decision recorded',
    source: '#configurable',
  },
  D10a: {
    title: 'age',
    from: 'screening',
    span: hours(24),
    inDanger: hours(4),
    kind: 'policy',
    keptBy: 'an age that settles the question',
    source: '#own-rules',
  },
  D10b: {
    title: 'home state told',
    from: 'proposal of row 7',
    span: business(1),
    kind: 'policy',
    keptBy: 'notice to the home state',
    source: '#own-rules',
  },
  D11: {
    title: 'order and petition',
    from: 'hold',
    span: hours(96),
    ceiling: hours(96),
    kind: 'law',
    keptBy: 'order and petition filed',
    source: '#hold, #order-and-petition',
  },
  D12a: {
    title: 'missing: police',
    from: 'missing',
    span: hours(1),
    ceiling: hours(24),
    kind: 'law',
    keptBy: 'police told for the NCIC entry',
    alarm: 'now',
    source: '#missing-child',
  },
  D12b: {
    title: 'missing: NCMEC',
    from: 'missing',
    span: hours(1),
    ceiling: hours(24),
    kind: 'law',
    keptBy: 'NCMEC told',
    alarm: 'now',
    source: '#missing-child',
  },
  D45: {
    title: 'missing: the search is renewed',
    from: 'missing, or the last search',
    span: calendar(7),
    kind: 'policy',
    keptBy: 'search recorded',
    alarm: 'routine',
    source: '#missing-child',
  },
  D13: {
    title: 'screen on return',
    from: 'return',
    span: hours(24),
    kind: 'law',
    keptBy: 'debrief and screening',
    source: '#return-interview',
  },
  D15: {
    title: 'team meets',
    from: 'invitation of the team',
    span: business(5),
    byOutcome: { confirmed: hours(48), 'high-risk': business(5) },
    kind: 'policy',
    keptBy: 'meeting held',
    source: '#configurable',
  },
  D16: {
    title: 'team review',
    from: 'last review',
    span: calendar(30),
    kind: 'policy',
    keptBy: 'review held',
    source: '#configurable',
  },
  D17: {
    title: 'exam in the window',
    from: 'receipt',
    span: hours(4),
    windowHours: 120,
    partHours: 72,
    kind: 'policy',
    keptBy: "exam started, or the child's own no",
    source: '#evidence-window',
  },
  D17b: {
    title: 'exam outside the window',
    from: 'receipt, or the end of the window',
    span: hours(24),
    kind: 'policy',
    keptBy: "exam offered or started, or the child's own no",
    source: '#own-rules',
  },
  D18: {
    title: 'medical exam',
    from: 'investigation start',
    span: calendar(5),
    inDanger: hours(24),
    kind: 'policy',
    keptBy: 'exam started',
    source: '#medical-exam',
  },
  D19a: {
    title: 'advocacy referral',
    from: 'screening',
    span: hours(24),
    kind: 'policy',
    keptBy: 'referral made',
    source: '#configurable',
  },
  D19b: {
    title: 'advocate attempts contact',
    from: 'advocacy referral',
    span: hours(72),
    kind: 'policy',
    keptBy: 'contact attempted',
    source: '#configurable',
  },
  D20: {
    title: 'forensic interview scheduled',
    from: 'invitation of the team',
    span: business(5),
    kind: 'policy',
    keptBy: 'interview scheduled',
    source: '#configurable',
  },
  D21: {
    title: 'safe placement or plan',
    from: 'receipt',
    span: hours(24),
    inDanger: TODAY,
    kind: 'policy',
    keptBy: 'placement or plan in place',
    source: '#safety-time',
  },
  D22a: {
    title: 'mental-health referral',
    from: 'screening',
    span: business(3),
    kind: 'policy',
    keptBy: 'referral made',
    source: '#configurable',
  },
  D22b: {
    title: 'first appointment',
    from: 'mental-health referral',
    span: calendar(14),
    kind: 'policy',
    keptBy: 'appointment held',
    source: '#configurable',
  },
  D23: {
    title: 'other linkage',
    from: 'case open',
    span: business(10),
    kind: 'policy',
    keptBy: 'referral made',
    source: '#configurable',
  },
  D24: {
    title: 'disposition',
    from: 'receipt',
    span: calendar(45),
    kind: 'law',
    keptBy: 'disposition',
    source: '#disposition-time',
  },
  D24a: {
    title: 'reasonable cause',
    from: 'receipt',
    span: calendar(45),
    kind: 'policy',
    keptBy: 'yes or no',
    source: '#own-rules',
  },
  D25: {
    title: "State's Attorney and police",
    from: 'reasonable cause',
    span: business(1),
    kind: 'law',
    keptBy: 'both told, with the report',
    source: '#reasonable-cause',
  },
  D26: {
    title: 'evaluation on entry',
    from: 'first entry to care',
    span: calendar(30),
    kind: 'policy',
    keptBy: 'evaluation done',
    source: '#evaluation-on-entry',
  },
  D27: {
    title: 'HHS told',
    from: 'discovery',
    span: hours(24),
    ceiling: hours(24),
    kind: 'law',
    keptBy: 'HHS told',
    source: '#foreign-national',
  },
  D28: {
    title: 'screen again',
    from: 'screening',
    span: hours(72),
    byOutcome: { 'insufficient-info': hours(72), 'at-risk': calendar(30) },
    kind: 'policy',
    keptBy: 'screening outcome',
    source: '#screening-outcomes',
  },
  D29: {
    title: 'sign-off',
    from: 'screening',
    span: hours(24),
    kind: 'policy',
    keptBy: "supervisor's sign-off",
    source: '#configurable',
  },
  D30: {
    title: 'adult services',
    from: 'age of 18 or over known',
    span: business(5),
    kind: 'policy',
    keptBy: 'handed over',
    source: '#configurable',
  },
  D31: {
    title: 'duplicate question',
    from: 'candidates found',
    span: { minutes: 30 },
    kind: 'policy',
    keptBy: 'answer',
    source: '#configurable',
  },
  D32: {
    title: 'absent discipline',
    from: 'meeting under a waiver',
    span: business(2),
    kind: 'policy',
    keptBy: 'discipline consulted',
    source: '#configurable',
  },
  D33: {
    title: 'final review',
    from: 'conditions of closure met',
    span: business(10),
    kind: 'policy',
    keptBy: 'closed',
    source: '#configurable',
  },
  D34: {
    title: 'plan before eighteen',
    from: 'notice day',
    span: { sameDayAtLeastHours: 0 },
    kind: 'policy',
    keptBy: 'plan',
    source: '#own-rules',
  },
  D35a: {
    title: 'service plan',
    from: 'need',
    span: business(3),
    inDanger: hours(24),
    byService: { ...each(SAME_DAY_SERVICES, TODAY), 'victim-advocacy': hours(24) },
    kind: 'policy',
    keptBy: 'referral to a provider, or a decline',
    source: '#own-rules',
  },
  D35b: {
    title: 'service in place',
    from: 'referral to the provider',
    span: business(10),
    inDanger: business(5),
    byService: each(SAME_DAY_SERVICES, hours(24)),
    kind: 'policy',
    keptBy: 'start of the service, or a decline',
    source: '#own-rules',
  },
  D36a: {
    title: 'outcomes, 3 months',
    from: 'first start',
    span: calendar(91),
    kind: 'policy',
    keptBy: 'outcomes',
    source: '#own-rules',
  },
  D36b: {
    title: 'outcomes, 6 months',
    from: 'first start',
    span: calendar(182),
    kind: 'policy',
    keptBy: 'outcomes',
    source: '#own-rules',
  },
  D36c: {
    title: 'outcomes, 12 months',
    from: 'first start',
    span: calendar(365),
    kind: 'policy',
    keptBy: 'outcomes',
    source: '#own-rules',
  },
  D37a: {
    title: 'lower outcome',
    from: 'proposal',
    span: business(2),
    kind: 'policy',
    keptBy: 'second reviewer',
    source: '#own-rules',
  },
  D37b: {
    title: 'withdrawal',
    from: 'proposal',
    span: business(2),
    kind: 'policy',
    keptBy: 'second person',
    source: '#own-rules',
  },
  D37c: {
    title: 'no caregiver',
    from: 'proposal',
    span: business(2),
    kind: 'policy',
    keptBy: 'second person',
    source: '#own-rules',
  },
  D37d: {
    title: 'erasure',
    from: 'proposal',
    span: business(10),
    kind: 'policy',
    keptBy: 'second person',
    source: '#own-rules',
  },
  D37e: {
    title: 'responsible office',
    from: 'correction',
    span: hours(4),
    kind: 'policy',
    keptBy: 'office confirmed',
    source: '#own-rules',
  },
  D37f: {
    title: 'responsible team',
    from: 'no team known',
    span: hours(4),
    kind: 'policy',
    keptBy: 'team and roster',
    source: '#own-rules',
  },
  D37g: {
    title: 'vacant seat',
    from: 'vacancy',
    span: business(1),
    kind: 'policy',
    keptBy: 'person in each seat',
    source: '#own-rules',
  },
  D37h: {
    title: 'lowered danger',
    from: 'proposal',
    span: hours(4),
    kind: 'policy',
    keptBy: 'second person',
    source: '#own-rules',
  },
  D37i: {
    title: 'emergency access',
    from: 'access',
    span: business(2),
    kind: 'policy',
    keptBy: 'finding',
    source: '#own-rules',
  },
  D37j: {
    title: 'safety of the letter',
    from: 'question',
    span: business(1),
    kind: 'policy',
    keptBy: "counsel's answer",
    source: '#own-rules',
  },
  D38: {
    title: 'written notice to parents',
    from: 'opening of an investigation',
    span: business(5),
    ceiling: business(5),
    kind: 'law',
    keptBy: 'letter, or one of the three grounds',
    source: '#notice-to-parents',
  },
  D38a: {
    title: 'spoken notice to parents',
    from: 'opening of an investigation',
    span: business(1),
    kind: 'law',
    keptBy: 'speech, or one of the three grounds',
    source: '#notice-to-parents',
  },
  D38b: {
    title: 'second notice to parents',
    from: 'substantiation',
    span: calendar(10),
    ceiling: calendar(10),
    kind: 'law',
    keptBy: 'notice, or the interests of the child',
    source: '#notice-to-parents',
  },
  D38c: {
    title: 'notice to parents in an assessment',
    from: 'acceptance',
    span: business(5),
    kind: 'policy',
    keptBy: 'decision to give or withhold',
    source: '#notice-to-parents',
  },
  D39: {
    title: 'child seen',
    from: 'receipt, or the return of a child not seen before',
    span: hours(24),
    inDanger: hours(2),
    kind: 'policy',
    keptBy: 'child seen',
    source: '#child-seen',
  },
  D40: {
    title: 'notice of a finding',
    from: 'disposition',
    span: business(5),
    ceiling: business(5),
    kind: 'law',
    keptBy: 'first-class letter',
    source: '#notice-of-finding',
  },
  D41a: {
    title: 'licensing agency, of the report',
    from: 'known',
    span: hours(24),
    kind: 'law',
    keptBy: 'agency told',
    source: '#facility-notice',
  },
  D41b: {
    title: 'Education',
    from: 'known',
    span: hours(24),
    kind: 'law',
    keptBy: 'Education told',
    source: '#facility-notice',
  },
  D41c: {
    title: 'licensing agency, with the records',
    from: 'disposition',
    span: hours(24),
    kind: 'law',
    keptBy: 'agency told, with the records',
    source: '#facility-notice',
  },
  D41d: {
    title: 'superintendent and Commissioner of Education',
    from: 'disposition',
    span: business(5),
    ceiling: business(5),
    kind: 'law',
    keptBy: 'results and records sent',
    source: '#facility-notice',
  },
  D41e: {
    title: 'person in charge',
    from: 'known',
    span: hours(24),
    kind: 'law',
    keptBy: 'person in charge told',
    source: '#facility-notice',
  },
  D42a: {
    title: 'parent or Indian custodian',
    from: 'proceeding',
    span: business(2),
    kind: 'law',
    keptBy: 'notice with number and receipt',
    source: '#icwa',
  },
  D42: {
    title: 'tribe',
    from: 'proceeding',
    span: business(2),
    kind: 'law',
    keptBy: 'notice with number and receipt',
    source: '#icwa',
  },
  D43: {
    title: 'preliminary hearing',
    from: 'ex parte order',
    span: calendar(10),
    ceiling: calendar(10),
    kind: 'law',
    keptBy: 'hearing held',
    source: '#preliminary-hearing',
  },
  D44: {
    title: 'transition plan of a child in care',
    from: 'month of the plan',
    span: calendar(59),
    ceiling: calendar(59),
    kind: 'law',
    keptBy: 'plan',
    source: '#transition-plan',
  },
};

const HOUR = 3_600_000;

/** The time that holds for a variant, before any limit of law. */
export const spanOf = (rule: OracleRule, variant: Variant): Span => {
  const byService = variant.service === undefined ? undefined : rule.byService?.[variant.service];
  if (byService !== undefined) return byService;
  if (rule.inDanger !== undefined && variant.danger !== 'no') return rule.inDanger;
  return (variant.outcome === undefined ? undefined : rule.byOutcome?.[variant.outcome]) ?? rule.span;
};

/** The due instant: the time of the variant, never past what law allows, never past the window of evidence. */
export const oracleDue = (rule: OracleRule, start: number, variant: Variant): number =>
  Math.min(
    endOf(start, spanOf(rule, variant)),
    rule.ceiling === undefined ? Number.POSITIVE_INFINITY : endOf(start, rule.ceiling),
    rule.windowHours === undefined || variant.assaultAt === undefined
      ? Number.POSITIVE_INFINITY
      : variant.assaultAt + rule.windowHours * HOUR,
    // A part of the act that is over at the start no longer hurries it.
    rule.partHours === undefined ||
      variant.assaultAt === undefined ||
      variant.assaultAt + rule.partHours * HOUR <= start
      ? Number.POSITIVE_INFINITY
      : variant.assaultAt + rule.partHours * HOUR,
  );

const NOTICE_DAYS = 90;

/** The start of D34: the last business day before the month of the 90th day before the eighteenth birthday. */
export const noticeDay = (year: number, month: number, date: number): number => {
  const ninetieth = dayOf(year + 18, month, date) - NOTICE_DAYS;
  return instantOf(lastBusinessDayBefore(firstOfMonth(ninetieth)), 0);
};

/** The start of D44: the first of the month after the one of that 90th day. */
export const monthOfPlan = (year: number, month: number, date: number): number => {
  const ninetieth = dayOf(year + 18, month, date) - NOTICE_DAYS;
  // The first of a month and 31 days fall into the next month.
  return instantOf(firstOfMonth(firstOfMonth(ninetieth) + 31), 0);
};
