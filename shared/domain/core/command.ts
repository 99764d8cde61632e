/** The shape of one row of the command table, and what rows of every kind need. */
import type * as z from 'zod';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import type { Lookups } from './command-lookups.ts';
import type { Decision } from './decision.ts';
import type { Person } from './person.ts';
import type { Refusal } from './refusal.ts';
import type { Role } from './vocabulary.ts';

/** For commands that stay possible after the end of a referral. A written report, for one, is owed after closing. */
export const anyStage = ['open', 'closed', 'withdrawn', 'merged'] as const;
/** For duties of law, which are still owed after a withdrawal. */
export const stillOwed = ['open', 'withdrawn', 'merged'] as const;

/**
 * Whether a person with emergency access may use the command. Allowed are acts that protect the child now. Refused are
 * acts that lower, end, close, merge or disclose. So are corrections of who the child is, approvals as the second
 * person, and giving access. `unless`: allowed, except with such an input.
 */
type InEmergency<Input> = 'allowed' | 'refused' | { readonly unless: (input: Input) => boolean };

/** The living referral that takes the clocks of one that ends. `isSameReport`: that one is the same report, entered twice. */
interface MergeTarget {
  readonly to: string;
  readonly isSameReport?: true;
}

/** The properties of every command, and the effects it has besides its events. */
interface Row<Shape extends z.ZodRawShape, Need extends keyof Lookups> {
  readonly title: string;
  /** What the person should know first: shown at its form and in the API's description. */
  readonly note?: string;
  /** Any one of these roles is enough. */
  readonly roles: readonly Role[];
  readonly input: z.ZodObject<Shape>;
  /** The stages in which it works. Without it: open. */
  readonly stages?: readonly Referral['stage'][];
  /** What the application looks up before it calls the domain. */
  readonly needs?: Need;
  /** True where it changes who the child is, by which other referrals are found, or which people answer about those. */
  readonly reindexes?: true;
  /** True where the vault's data of the referral is removed after it. */
  readonly erases?: true;
  /** The referral whose reservation ends after it. */
  readonly endsMergeInto?: (state: Referral) => string | undefined;
}

/**
 * A row as its subject writes it. `decide` gets the input that its schema reads, and exactly the lookups that the row
 * declares.
 */
interface Declared<Shape extends z.ZodRawShape, Need extends keyof Lookups> extends Row<Shape, Need> {
  readonly inEmergency: InEmergency<z.infer<z.ZodObject<Shape>>>;
  /** The field with a case number of the police, by which people find the referral. */
  readonly caseNumber?: keyof Shape & string;
  /** The referral that takes the clocks of this one. The application reserves it first (`merges.ts`). */
  readonly mergesInto?: (
    input: z.infer<z.ZodObject<Shape>>,
    state: Referral,
    lookups: Partial<Lookups>,
  ) => MergeTarget | undefined;
  /**
   * What stands that the act takes the place of, or agrees to. Undefined where nothing stands yet. Only a person who
   * read it as it is now may do the act (`decide` in commands.ts). A row without it replaces nothing.
   */
  readonly restsOn?: (state: Referral, input: z.infer<z.ZodObject<Shape>>, person: Person) => unknown;
  /**
   * Adds events to the decision, or refuses. Where it adds nothing, the act had been done before, which is an answer
   * too.
   */
  readonly decide: (
    decision: Decision,
    input: z.infer<z.ZodObject<Shape>>,
    person: Person,
    lookups: Pick<Lookups, Need>,
  ) => Refusal | undefined;
}

/**
 * A row of the table, the same for every command. `coded` was read by its schema and then coded: each free text by its
 * id.
 */
export interface Command<Shape extends z.ZodRawShape = z.ZodRawShape> extends Row<Shape, keyof Lookups> {
  readonly inEmergency: InEmergency<unknown>;
  readonly caseNumber?: string;
  readonly mergesInto?: (coded: unknown, state: Referral, lookups: Partial<Lookups>) => MergeTarget | undefined;
  readonly restsOn?: (state: Referral, coded: unknown, person: Person) => unknown;
  readonly decide: (
    decision: Decision,
    coded: unknown,
    person: Person,
    lookups: Partial<Lookups>,
  ) => Refusal | undefined;
}

const wasLookedUp = <Need extends keyof Lookups>(
  lookups: Partial<Lookups>,
  needs: Need | undefined,
): lookups is Pick<Lookups, Need> => needs === undefined || lookups[needs] !== undefined;

/**
 * Makes a row of the table. Its `decide` throws where a declared lookup is missing, which is the caller's fault, never
 * a person's.
 */
export function command<Shape extends z.ZodRawShape, Need extends keyof Lookups = never>(
  row: Declared<Shape, Need>,
): Command<Shape> {
  const { mergesInto, restsOn, decide, inEmergency, ...rest } = row;
  const read = (coded: unknown) => coded as z.infer<z.ZodObject<Shape>>;
  return {
    ...rest,
    inEmergency:
      typeof inEmergency === 'string' ? inEmergency : { unless: (coded: unknown) => inEmergency.unless(read(coded)) },
    ...(mergesInto && { mergesInto: (coded, state, lookups) => mergesInto(read(coded), state, lookups) }),
    ...(restsOn && { restsOn: (state, coded, person) => restsOn(state, read(coded), person) }),
    decide(decision, coded, person, lookups) {
      if (!wasLookedUp(lookups, row.needs))
        throw new Error(`"${row.title}" was decided without what it looks up: ${row.needs}.`);
      return decide(decision, read(coded), person, lookups);
    },
  };
}

/**
 * The instant of an act, to the minute that forms give. It is refused in the future and before the report was received.
 * Up to five minutes ahead count as now, because clocks differ. An act that begins in the future would lie after its
 * own consequences. `earlierToo` allows acts that may have been known before the report.
 */
export function actAt(decision: Decision, given: string | undefined, earlierToo = false): string | Refusal {
  const { now } = decision.context;
  if (given === undefined || given === now) return now;
  if (Date.parse(given) - Date.parse(now) > 300_000) {
    return refuse('in-the-future/act');
  }
  const {
    report: { receivedAt },
  } = decision.state();
  if (!earlierToo && Date.parse(receivedAt) - Date.parse(given) >= 60_000) {
    return refuse('before-the-report', { receivedAt: formatInstant(receivedAt) });
  }
  return Date.parse(given) > Date.parse(now) ? now : given;
}

/** Police that the directory lacks, such as those of another state. */
const otherAgency = 'A-OTHER';

/** A refusal where the directory lacks this agency, by the lookup. */
export const unknownAgency = (agencyId: string, { isKnown }: Lookups['agency']): Refusal | undefined =>
  isKnown || agencyId === otherAgency ? undefined : refuse('no-such-agency', { otherAgency });

export const actorOf = (person: Person) => ({ kind: 'person', id: person.id }) as const;

/** Shown wherever a person writes about a meeting or about the advice of a discipline. */
export const privilegeNote =
  'What the child told an advocate, a therapist or a treatment provider in confidence is privileged. Never ask for it, and never write it down.';
