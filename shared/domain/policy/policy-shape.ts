/**
 * The shape of a policy from outside, such as a candidate policy in a file. Every field is read, and unknown fields are
 * refused. The compiler and a test check shipped policies, so no Lambda carries this.
 */
import * as z from 'zod';
import {
  alertKinds,
  answers,
  consentKinds,
  dutyGroups,
  eligibilityOutcomes,
  everyDiscipline,
  exploitationPurposes,
  followUpMonths,
  indicatorTopics,
  outcomes,
  overlayFlags,
  roles,
  services,
} from '../core/vocabulary.ts';
import type { CatalogueEntry } from '../services/catalogue-entry.ts';
import type { Confidence } from './confidence.ts';
import type { Calendar, Duration } from './due.ts';
import { isStart } from './in-force.ts';
import {
  type AlarmRule,
  alarmClasses,
  type CourtHours,
  clockStarts,
  type DeadlineRule,
  type EarlierStop,
  type EligibilityInputs,
  type EligibilityRule,
  type Extension,
  type HardStop,
  lawGrounds,
  type Milestone,
  type OverlayInputs,
  type OverlayRule,
  type Policy,
  plainMilestones,
  type Recipient,
  type Ringing,
  type ScreeningPolicy,
  type ScreeningRule,
  type SeatRule,
  type When,
} from './policy.ts';

/** The schema of an interface. The compiler asks for each field and its type. */
const of = <Shape>(
  fields: {
    readonly [Field in keyof Shape]-?: z.ZodType<Shape[Field] | undefined>;
  },
): z.ZodType<Shape> => z.strictObject(fields) as unknown as z.ZodType<Shape>;

const code = <const Code extends string>(codes: readonly Code[]) => z.enum(codes as readonly [Code, ...Code[]]);
const list = <Item>(item: z.ZodType<Item>) => z.array(item).min(1);
const text = z.string().regex(/\S/, 'is empty');
const callable = <Call extends (...given: never[]) => unknown>() =>
  z.custom<Call>((value) => typeof value === 'function', 'is no function');
const yes = z.literal(true).optional();

const confidence = code<Confidence>(['verified', 'summary', 'believed', 'doubtful', 'assumed']);
const sourced = { source: text, confidence };
const outcome = code(outcomes);
const role = code(roles);
const service = code(services);
const discipline = code(everyDiscipline);
const recipient = code<Recipient>([...roles, 'seats', ...everyDiscipline.map((each): Recipient => `seat:${each}`)]);
const fact = code<Milestone>([
  ...plainMilestones,
  ...followUpMonths.map((each): Milestone => `outcome-after-${each}-months`),
  ...everyDiscipline.map((each): Milestone => `consulted-${each}`),
  ...services.flatMap((each): readonly Milestone[] => [`offered-${each}`, `contacted-${each}`, `started-${each}`]),
]);

/** More than any clock runs, and little enough that every result is an instant. */
const mostTime = 100_000;
/** The longest least time of a duty that is due on the same day. */
const mostHoursPastDay = 12;
const isAmount = (amount: unknown, most: number): boolean =>
  Number.isInteger(amount) && Number(amount) > 0 && Number(amount) <= most;
const isTime = (value: unknown): boolean => {
  const { unit, amount, atLeastHours, ...rest } = Object(value) as Record<string, unknown>;
  if (Object.keys(rest).length > 0) return false;
  if (unit === 'same-day')
    return amount === undefined && (atLeastHours === undefined || isAmount(atLeastHours, mostHoursPastDay));
  if (atLeastHours !== undefined) return false;
  const isUnit = ['minutes', 'hours', 'calendar-days', 'business-days'].includes(String(unit));
  return isUnit && isAmount(amount, mostTime);
};
const time = z.custom<Duration>(isTime, 'is no whole time above zero');

/** A call is passed on by the clock, at any hour: it has no business days. */
const elapsed = z.custom<Duration>(
  (value) => isTime(value) && ['minutes', 'hours'].includes(String((value as Duration).unit)),
  'is no whole number of minutes or hours above zero',
);

const extension = of<Extension>({ by: list(role), atMost: time, ...sourced });

const alarmClass = code(alarmClasses);
const alarm = of<AlarmRule>({
  class: alarmClass,
  inDanger: alarmClass.optional(),
  onReturn: alarmClass.optional(),
  forSubject: z.partialRecord(service, alarmClass).optional(),
  rings: code(['at-opening', 'at-part']).optional(),
  ...sourced,
});

const deadline = of<DeadlineRule>({
  id: text,
  obligation: text,
  obligationInSpanish: text,
  mailedAs: of({ en: text, es: text }).optional(),
  kind: code(['statute', 'policy']),
  ...sourced,
  awaitsLegalSignOff: z.boolean(),
  clockStart: code(clockStarts),
  group: code(dutyGroups).optional(),
  duration: time,
  durationInDanger: time.optional(),
  durationFor: z.partialRecord(outcome, time).optional(),
  durationForService: z.partialRecord(service, time).optional(),
  lawFor: code(lawGrounds).optional(),
  timeByPolicy: yes,
  statutoryMaximum: time.optional(),
  keptBy: list(fact),
  alert: list(recipient),
  alertUntilAccepted: list(recipient).optional(),
  escalate: list(recipient),
  escalateFrom: z.literal('due').or(time).optional(),
  extension: extension.optional(),
  subjects: list(service).optional(),
  courtHours: of<CourtHours>({
    from: z.int().min(0).max(23),
    to: z.int().min(0).max(23),
    warnBefore: list(elapsed),
    ...sourced,
    awaitsLegalSignOff: z.boolean(),
  }).optional(),
  hardStop: of<HardStop>({
    from: z.literal('the last known assault'),
    after: time,
    warnBefore: list(time),
    warns: list(recipient),
    because: text,
    ...sourced,
    earlierStops: list(
      of<EarlierStop>({
        what: text,
        after: time,
        warnBefore: list(time),
        ...sourced,
        awaitsLegalSignOff: z.boolean(),
      }),
    ).optional(),
  }).optional(),
  warnAfter: list(time).optional(),
  remindBefore: list(z.number().int().positive()).optional(),
  answerAt: z.number().positive().lt(1).optional(),
  closing: code(['waits', 'ends', 'outlives']),
  ofPathway: list(outcome).optional(),
  alarm,
});

const ages = code(['under-18', '18-to-20', '21-and-over']);
const answered = list(code(answers)).optional();
const yesOrNo = list(code(['yes', 'no'])).optional();
const opens = list(text).optional();

const decision = of<EligibilityRule>({
  number: z.int(),
  when: of<When<EligibilityInputs>>({
    outcome: list(outcome).optional(),
    age: list(ages).optional(),
    emancipated: answered,
    resident: answered,
    dcfClient: answered,
    inCustody: answered,
    otherGround: answered,
    exploitedFor: list(code(exploitationPurposes)).optional(),
  }),
  outcome: code(eligibilityOutcomes),
  basis: text,
  confidence,
  opens,
});

const overlay = of<OverlayRule>({
  letter: text,
  when: of<When<OverlayInputs>>({
    age: list(ages).optional(),
    ageCertain: yesOrNo,
    danger: answered,
    hold: yesOrNo,
    thirdParty: answered,
    facilitated: answered,
  }),
  flags: list(code(overlayFlags)),
  opens,
  says: text,
  basis: text,
  confidence,
});

const fullHour = z.int().min(0).max(23);
const atLeastOne = z.int().min(1);
const screening = of<ScreeningPolicy>({
  topics: z.record(
    code(indicatorTopics),
    of({ weight: code(['confirming', 'strong', 'contributing']), question: text }),
  ),
  oftenMissing: z.int().min(0),
  rules: list(
    of<ScreeningRule>({
      number: z.int(),
      when: of<ScreeningRule['when']>({
        confirming: atLeastOne.optional(),
        strong: atLeastOne.optional(),
        contributing: atLeastOne.optional(),
        instruments: code(['not-given', 'none', 'possible', 'clear']).optional(),
        oftenMissing: z.literal('yes').optional(),
        unknown: atLeastOne.optional(),
      }),
      outcome,
      basis: text,
      ...sourced,
    }),
  ),
});

const seat = of<SeatRule>({
  discipline,
  seat: code(['required', 'conditional', 'invited']),
  ...sourced,
  consentFirst: of(sourced).optional(),
  privileged: of(sourced).optional(),
});

const entry = of<CatalogueEntry>({
  isFor: text,
  ages: of({ from: z.int().min(0), to: z.int().min(0) }),
  clocks: z.array(text),
  consent: z.array(code(consentKinds)),
  consentFor: code(['disclosures-of-the-program']).optional(),
  urgent: yes,
  part2: yes,
  unreviewed: yes,
  ...sourced,
  awaitsLegalSignOff: z.boolean(),
});

const part = z.number().positive();
const policy = of<Policy>({
  version: text,
  inForceFrom: text.refine(isStart, 'is no day and no instant'),
  jurisdiction: text,
  deadlines: list(deadline),
  screening,
  eligibility: list(decision),
  overlays: list(overlay),
  calendar: z.object({ isBusinessDay: callable<Calendar['isBusinessDay']>(), why: callable<Calendar['why']>() }),
  // A place may have more fields, for the pages that show it.
  geography: of({
    offices: list(z.object({ id: text, region: z.int() })),
    teams: list(z.object({ id: text, judicialDistrict: text })),
  }),
  tribes: of({
    list: z.array(z.object({ id: text, name: text, recognizedBy: code(['federal', 'state']) })),
    daysAfterReceipt: atLeastOne,
    daysWhereUnknown: atLeastOne,
    moreDaysOnRequest: atLeastOne,
    ...sourced,
    awaitsLegalSignOff: z.boolean(),
  }),
  team: of({
    seats: list(seat),
    notice: of({ version: text, sentences: list(text), question: text, ...sourced }),
    deputyAfter: of({ silence: time, ...sourced }),
    notReachedAfter: of({ time, ...sourced }),
  }),
  requiredDisciplines: list(discipline),
  quorum: list(list(discipline)),
  servicesFor: z.record(outcome, z.array(service)),
  catalogue: z.record(service, entry),
  outreachPause: of({ atMost: time, never: list(service), ...sourced }),
  extension,
  remindAt: part,
  warnAt: part,
  overdueAt: part,
  repeatOverdueEvery: time,
  mostAlerts: atLeastOne,
  afterEscalation: z.tuple([role], role),
  ringing: of<Ringing>({
    fromPart: part,
    atLeastLeft: elapsed,
    nextPersonAfter: elapsed,
    directorAfter: elapsed,
    director: role,
    againEvery: elapsed,
    togetherWithin: elapsed,
    steadyFor: elapsed,
    slowestEvery: elapsed,
    beforeStopEvery: elapsed,
    redWithin: elapsed,
    textAfter: elapsed,
    ...sourced,
  }),
  news: z.partialRecord(code(alertKinds), alarm),
  digest: of({ hour: fullHour, businessDaysOnly: z.boolean(), ...sourced }),
  quiet: of({ from: fullHour, to: fullHour, ...sourced }),
  shifts: of({ covered: list(of({ role, ...sourced })), warnings: list(time), ...sourced }),
  released: callable<() => readonly Policy[]>().optional(),
});

const kinds: Readonly<Record<string, string>> = { int: 'whole number', array: 'list', string: 'text' };

function wordsOf({ code: what, input, ...issue }: z.core.$ZodRawIssue): string {
  if (what === 'unrecognized_keys')
    return `has what no policy has there: ${(issue.keys as readonly string[]).join(', ')}`;
  if (input === undefined) return 'is missing';
  if (what === 'invalid_type') return `is no ${kinds[String(issue.expected)] ?? issue.expected}`;
  if (what === 'invalid_value') return 'is none of the codes that there are';
  if (what === 'too_small') return Array.isArray(input) ? 'is empty' : `is less than ${issue.minimum}`;
  if (what === 'too_big') return `is more than ${issue.maximum}`;
  return 'is not what a policy has there';
}

/** The fields by which the rows of a list are named. */
const names = ['id', 'letter', 'number', 'discipline'] as const;

/** `deadlines.D3.duration`, `team.seats.medical.confidence`, `screening.oftenMissing`. */
function fieldOf(draft: unknown, path: readonly PropertyKey[]): string {
  let at: unknown = draft;
  const words = path.map((key) => {
    at = Object(at)[key];
    const row = Object(at) as Readonly<Record<string, unknown>>;
    const name = names.map((each) => row[each]).find((each) => typeof each === 'string' || typeof each === 'number');
    return String(typeof key === 'number' ? (name ?? key) : key);
  });
  return words.length === 0 ? 'The draft' : `The field ${words.join('.')}`;
}

/**
 * Why a candidate policy lacks the shape of a policy: one sentence for each wrong field, with its name. Empty where the
 * shape is right.
 */
export function misshapen(draft: unknown): readonly string[] {
  const read = policy.safeParse(draft, { error: wordsOf });
  const issues = read.success ? [] : read.error.issues;
  return [...new Set(issues.map(({ path, message }) => `${fieldOf(draft, path)} ${message}.`))];
}
