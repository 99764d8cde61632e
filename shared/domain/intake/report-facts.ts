/**
 * The coded facts of a report and of each child: the trend fields (docs/domain.md#trend-fields). Each has unknown as an
 * answer.
 */
import * as z from 'zod';
import { someOf } from '../core/fields.ts';
import {
  type Answer,
  answers,
  dcfHistories,
  exploitationPurposes,
  exploitationTypes,
  genders,
  indicatorTopics,
  legalStatuses,
  perpetrators,
  placements,
  populations,
  races,
  reporterTypes,
  venues,
} from '../core/vocabulary.ts';

const answer = z.enum(answers).default('unknown');
/**
 * In a report, what people write. In the ledger, a town of the policy, `unknown`, or `other` with the words in the
 * vault.
 */
const town = z.string().trim().min(1).max(40).default('unknown');
const count = z.union([z.int().min(0).max(999), z.literal('unknown')]).default('unknown');

/** The known age without the birth date, which stays in the vault. Years at the time of the report. */
export const ageFacts = z.discriminatedUnion('known', [
  z.object({ known: z.literal('exact'), years: z.int().min(0).max(30) }),
  z.object({
    known: z.literal('range'),
    from: z.int().min(0).max(30),
    to: z.int().min(0).max(30),
    /** A guess of the reporter, which may be off by `estimateMargin`. Absent in certain ages. */
    estimated: z.literal(true).optional(),
  }),
  z.object({ known: z.literal('unknown') }),
]);
export type AgeFacts = z.infer<typeof ageFacts>;

/**
 * By how many years a guessed age may be off, either way. Assumed by this project: no eighteenth birthday is guessed.
 */
export const estimateMargin = 2;

const marginOf = (age: { readonly estimated?: true | undefined }) => (age.estimated ? estimateMargin : 0);

/** The least age that may be meant, in years; 0 where the age is not known. */
export function youngestPossible(age: AgeFacts): number {
  if (age.known === 'exact') return age.years;
  return age.known === 'range' ? Math.max(0, age.from - marginOf(age)) : 0;
}

/** The greatest age that may be meant, in years; undefined where the age is not known. */
export function mostYears(age: AgeFacts): number | undefined {
  if (age.known === 'exact') return age.years;
  return age.known === 'range' ? age.to + marginOf(age) : undefined;
}

/** True where the earlier answer about the age rules out a person of these years. */
export const contradictsAge = (age: AgeFacts, years: number): boolean =>
  age.known === 'range' && (years < youngestPossible(age) || years > (mostYears(age) ?? years));

/** True where every age that may be meant is under 18. */
export function isMinorSure(age: AgeFacts): boolean {
  const most = mostYears(age);
  return most !== undefined && most < 18;
}

/** The codes of a report that are the same in the input and in the ledger. */
export const reportCodes = z.object({
  channel: z.enum(['phone', 'form', 'unknown']).default('unknown'),
  reporterType: z.enum(reporterTypes).default('unknown'),
  mandated: answer,
  anonymous: answer,
});

/**
 * Every alleged person, by relation to the child. A caregiver who sells a child is one, and so is each buyer. `unknown`
 * stands for a person whose relation is not known. Alone it means that no one was named yet. Beside others it means
 * that there are more. `none-alleged` stands alone.
 */
const alleged = someOf(perpetrators)
  .min(1, 'Choose at least one; "unknown" is one.')
  .refine(
    (chosen) => chosen.length === 1 || !chosen.includes('none-alleged'),
    'No one is alleged, or someone is: choose "none-alleged" alone, or leave it out.',
  );

export const childCodes = z.object({
  /** Whether the child is in danger now. Unknown runs the two-hour clock until a person answers "no". */
  danger: z.enum(answers),
  gender: z.enum(genders).default('unknown'),
  race: someOf(races).min(1).default(['unknown']),
  /** Four separate places. The responsible office is the routing's. */
  residenceTown: town,
  occurrenceTown: town,
  presentTown: town,
  connecticutResident: answer,
  population: z.enum(populations).default('unknown'),
  legalStatus: z.enum(legalStatuses).default('unknown'),
  placement: z.enum(placements).default('unknown'),
  dcfHistory: z.enum(dcfHistories).default('unknown'),
  dcfClient: answer,
  emancipated: answer,
  homeless: answer,
  homeMeetsNeeds: answer,
  missingNow: answer,
  missingEpisodes: count,
  indicators: someOf(indicatorTopics).default([]),
  exploitation: someOf(exploitationTypes).min(1).default(['unknown']),
  exploitedFor: z.enum(exploitationPurposes).default('unknown'),
  venue: someOf(venues).min(1).default(['unknown']),
  perpetrators: alleged.default(['unknown']),
  foreignNational: answer,
  /**
   * A member of an Indian tribe, or eligible to be one. A tribe then has a say about custody (25 U.S.C. 1901 and
   * following).
   */
  tribalMember: answer,
  /** Whether it is alleged to have happened in a licensed facility (C.G.S. 17a-101j(b)). */
  inFacility: answer,
  /** Whether an alleged person works for a licensed facility (C.G.S. 17a-101g(a)). */
  facilityEmployee: answer,
  /** Whether an alleged person is a school employee (C.G.S. 17a-101g(a), 17a-101i(a)). */
  schoolEmployee: answer,
  /** The last known assault, for the evidence window: an instant, none known, or unknown. */
  lastAssaultAt: z
    .union([z.iso.datetime({ offset: false }), z.literal('none-known'), z.literal('unknown')])
    .default('unknown'),
});
export const childFacts = childCodes.extend({ age: ageFacts, indicatorChecklist: z.string() });
export type ChildFacts = z.infer<typeof childFacts>;

/** In care by the known facts: committed, under an order, or placed by the department. */
export const isInCare = ({ population, legalStatus }: Pick<ChildFacts, 'population' | 'legalStatus'>): boolean =>
  population === 'in-dcf-care' || legalStatus === 'order-of-temporary-custody' || legalStatus === 'committed';

/**
 * Whether a third party is alleged. That is neither a caregiver, nor a person who was given access to the child or
 * charge of the child.
 */
export function thirdPartyAlleged({ perpetrators: alleged }: Pick<ChildFacts, 'perpetrators'>): Answer {
  if (alleged.includes('third-party')) return 'yes';
  return alleged.includes('unknown') ? 'unknown' : 'no';
}

/** Whether a caregiver is among those alleged. */
export const caregiverAlleged = ({ perpetrators: alleged }: Pick<ChildFacts, 'perpetrators'>): boolean =>
  alleged.includes('caregiver');

/** Whether two sets name the same relations, in any order. */
export const sameAlleged = (one: ChildFacts['perpetrators'], other: ChildFacts['perpetrators']): boolean =>
  one.length === other.length && one.every((code) => other.includes(code));

/** The kinds that are sex. Others, as by a gang, may be of sex or of labor. */
const ofSex: ChildFacts['exploitation'] = ['commercial-sex', 'explicit-images', 'survival-sex'];

/** What the child was exploited for, as answered. "Not sex" never stands over a kind of sex that was named. */
export const exploitedFor = ({
  exploitedFor: said,
  exploitation,
}: Pick<ChildFacts, 'exploitedFor' | 'exploitation'>): ChildFacts['exploitedFor'] =>
  said === 'labor' && exploitation.some((kind) => ofSex.includes(kind)) ? 'sex-and-labor' : said;

/**
 * Whether the child is a client of the department. Every child in its care is one, whatever the answer was
 * (docs/domain.md#clients-under-21).
 */
export const isClient = (child: Pick<ChildFacts, 'population' | 'legalStatus' | 'dcfClient'>): Answer =>
  isInCare(child) ? 'yes' : child.dcfClient;

const learned = z.enum(['yes', 'no']).optional();
/** These codes without unknown, which is never learned. */
const learnedOf = <const Codes extends readonly string[]>(codes: Codes) =>
  z.enum(codes.filter((code): code is Exclude<Codes[number], 'unknown'> => code !== 'unknown')).optional();
/** Facts that may become known after the report and start a clock or an alert, or change the proposal. */
export const learnedFacts = z.object({
  ageClass: z.enum(['under-18', '18-and-over']).optional(),
  foreignNational: learned,
  tribalMember: learned,
  inFacility: learned,
  facilityEmployee: learned,
  schoolEmployee: learned,
  connecticutResident: learned,
  population: learnedOf(populations),
  legalStatus: learnedOf(legalStatuses),
  dcfClient: learned,
  emancipated: learned,
  homeless: learned,
  homeMeetsNeeds: learned,
  /** A screening may find that what the report said is not known. */
  exploitedFor: z.enum(exploitationPurposes).optional(),
  /**
   * A missing child is reported missing instead, which starts the clocks of the notices. Unknown: someone asked, and could not
   * find out, so the question stays.
   */
  missingNow: z.enum(['no', 'unknown']).optional(),
  /** All alleged relations as known now. They replace those recorded before. */
  perpetrators: alleged
    .refine(
      (chosen) => chosen.some((code) => code !== 'unknown'),
      'Choose at least one whose relation is known: "unknown" alone says nothing new.',
    )
    .optional(),
  /** A caregiver had a part in it, whatever other person is alleged. */
  caregiverNamed: z.enum(['yes']).optional(),
  /** The last assault, where it becomes known or another happened. It sets the end of the evidence window. */
  lastAssaultAt: z.iso.datetime({ offset: false }).optional(),
});
export type ReportFacts = z.infer<typeof reportCodes>;
