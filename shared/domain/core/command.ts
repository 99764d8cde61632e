/** The shape of one row of the command table, and what rows of every kind need. */
import type * as z from 'zod';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import type { Decision } from './decision.ts';
import type { Lookups } from './lookups.ts';
import type { Person } from './person.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Role } from './vocabulary.ts';

/** What is settled or said of a referral also after its end: a written report, for one, is owed after closing. */
export const anyStage = ['open', 'closed', 'withdrawn', 'merged'] as const;
/** What the law asks for is still owed after a withdrawal. */
export const stillOwed = ['open', 'withdrawn', 'merged'] as const;

/**
 * Whether a person who has the referral by emergency access may do it. Allowed is what protects the child now. Refused is what lowers,
 * ends, closes, merges, discloses, corrects who the child is, approves as the second person, or gives access. `unless`: allowed but
 * for such an input.
 */
type InEmergency<Input> = 'allowed' | 'refused' | { readonly unless: (input: Input) => boolean };

/** What every command says of itself, and what becomes of it besides its events. */
interface Row<Shape extends z.ZodRawShape, Need extends keyof Lookups> {
  readonly title: string;
  /** What whoever does it should know first: said at its form and in the API's description. */
  readonly note?: string;
  /** Any one of these roles is enough. */
  readonly roles: readonly Role[];
  readonly input: z.ZodObject<Shape>;
  /** Which stages it works in; without: open. */
  readonly stages?: readonly Referral['stage'][];
  /** What the door looks up before it asks the domain. */
  readonly needs?: Need;
  /** True where it changes who the child is, by which other referrals are found, or who is asked about those. */
  readonly reindexes?: true;
  /** True where what the vault holds of the referral is removed after it. */
  readonly erases?: true;
  /** The referral whose claim is given back after it. */
  readonly endsMergeInto?: (state: Referral) => string | undefined;
}

/** A row as its subject writes it: `decide` gets the input that its schema reads, and exactly what the row declares that it looks up. */
interface Declared<Shape extends z.ZodRawShape, Need extends keyof Lookups> extends Row<Shape, Need> {
  readonly inEmergency: InEmergency<z.infer<z.ZodObject<Shape>>>;
  /** The referral that this one is attached to by this input: the door claims it first (`merges.ts`). */
  readonly mergesInto?: (input: z.infer<z.ZodObject<Shape>>) => string | undefined;
  /** Adds events to the draft, or refuses; with nothing added the act had been done before, and that is an answer too. */
  readonly decide: (
    decision: Decision,
    input: z.infer<z.ZodObject<Shape>>,
    person: Person,
    lookups: Pick<Lookups, Need>,
  ) => Refusal | undefined;
}

/** A row of the table, the same for every command. `coded` was read by its schema and then coded: each free text by its id. */
export interface Command<Shape extends z.ZodRawShape = z.ZodRawShape> extends Row<Shape, keyof Lookups> {
  readonly inEmergency: InEmergency<unknown>;
  readonly mergesInto?: (coded: unknown) => string | undefined;
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
 * Makes a row of the table. Its `decide` throws where the door has not looked up what the row declares, which is a fault of the door and
 * never of a person.
 */
export function command<Shape extends z.ZodRawShape, Need extends keyof Lookups = never>(
  row: Declared<Shape, Need>,
): Command<Shape> {
  const { mergesInto, decide, inEmergency, ...rest } = row;
  const read = (coded: unknown) => coded as z.infer<z.ZodObject<Shape>>;
  return {
    ...rest,
    inEmergency:
      typeof inEmergency === 'string' ? inEmergency : { unless: (coded: unknown) => inEmergency.unless(read(coded)) },
    ...(mergesInto && { mergesInto: (coded: unknown) => mergesInto(read(coded)) }),
    decide(decision, coded, person, lookups) {
      if (!wasLookedUp(lookups, row.needs))
        throw new Error(`"${row.title}" was decided without what it looks up: ${row.needs}.`);
      return decide(decision, read(coded), person, lookups);
    },
  };
}

/**
 * The instant of an act, or a refusal where it lies ahead or before the Careline heard of the report, to the minute that forms
 * give. Up to five minutes ahead are a clock that differs, and mean now: an act that began in the future would leave what
 * is done about it before it. `earlierToo` allows what may have been known before the report.
 */
export function actAt(decision: Decision, given: string | undefined, earlierToo = false): string | Refusal {
  const { now } = decision.context;
  if (given === undefined || given === now) return now;
  if (Date.parse(given) - Date.parse(now) > 300_000) {
    return refuse('in-the-future', 'The act is dated at an instant that has not come yet: give when it took place.');
  }
  const {
    report: { receivedAt },
  } = decision.state();
  if (!earlierToo && Date.parse(receivedAt) - Date.parse(given) >= 60_000) {
    return refuse(
      'before-the-report',
      `The act is dated before the Careline heard of the report (${formatInstant(receivedAt)}): give when it took place.`,
    );
  }
  return Date.parse(given) > Date.parse(now) ? now : given;
}

/** Police that the directory does not have, such as those of another state. */
const otherAgency = 'A-OTHER';

/** A refusal where the directory has no such agency, by what the door looked up. */
export const unknownAgency = (agencyId: string, { isKnown }: Lookups['agency']): Refusal | undefined =>
  isKnown || agencyId === otherAgency
    ? undefined
    : refuse(
        'no-such-agency',
        `The directory has no agency of this id. For one it does not have, give ${otherAgency} and say in "personReached" who it is.`,
      );

export const actorOf = (person: Person) => ({ kind: 'person', id: person.id }) as const;

/** Said wherever a person writes of a meeting or of what a discipline advised. */
export const privilegeNote =
  'Never ask for what the child told the advocate, the therapist or the treatment provider in confidence, and never write it down: it is privileged, and nothing here has a place for it.';
