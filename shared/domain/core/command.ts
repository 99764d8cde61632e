/** The shape of one row of the command table, and what rows of every kind need. */
import type * as z from 'zod';
import type { Duty } from '../directory/scopes.ts';
import type { PlaceFound } from '../intake/places.ts';
import { formatInstant } from '../policy/due.ts';
import type { ForWhom, Referral } from '../referral.ts';
import type { Resting } from '../same-child/attachments.ts';
import type { Draft } from './draft.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Role } from './vocabulary.ts';

/** A person as the door knows them: the id of the directory and the roles they hold. */
export interface Person extends ForWhom {
  readonly id: string;
  readonly roles: readonly Role[];
}

/** What a command's input names, and the door looks up before it asks the domain. */
export type Need =
  | 'place'
  | 'provider'
  | 'listing'
  | 'agency'
  | 'callee'
  | 'liaison'
  | 'counsel'
  | 'member'
  | 'named'
  | 'supervisor'
  | 'supervision'
  | 'other-referral'
  | 'rested-on'
  | 'written-as'
  | 'reporter'
  | 'resting';

/** What the door found. */
export interface Found {
  /** What the `townId` given for a `place` is. */
  readonly place?: PlaceFound;
  /** The contact of the provider `providerId` of `service`; undefined where the directory has none. */
  readonly contactId?: string | undefined;
  /** Ids of the listed providers of `service` that fit the child. */
  readonly fitting?: readonly string[];
  /**
   * Whether the directory has the agency `agencyId`, `consultedId` is a lawyer's, or `personId` holds the role hart-liaison
   * or, for a member, one that may sit on a team.
   */
  readonly isKnown?: boolean;
  /** Of a call: the roles of the person `personId`; undefined where the directory has no one of this id. */
  readonly callee?: { readonly roles: readonly Role[] } | undefined;
  /** Of a seat that is passed on: whether the directory has `personId` for its discipline, on any team. */
  readonly isOfDiscipline?: boolean;
  /** Those of `forPeople` that the directory has. */
  readonly named?: readonly Person[];
  /** Whether this person may read the referral anyway. */
  readonly hasAccess?: boolean;
  /** Who answers for this person's work; undefined where the directory has nobody. */
  readonly supervisorId?: string | undefined;
  /** The duties of this person as staff. */
  readonly duties?: readonly Duty[];
  /** Each emergency access that this person may review, by a duty of their own or of the person they act for. */
  readonly reviews?: readonly { readonly use: number; readonly personId: string }[];
  /** The referral `of`, where there is one that this person may read. */
  readonly other?: Referral | undefined;
  /** Whether a legal hold stands on the referral that this one is attached to, whoever may read that. */
  readonly heldThere?: boolean;
  /** Whether this person may read that referral. */
  readonly isReadThere?: boolean;
  /** The words of the alert `alertId` that the mail to this person was written under. */
  readonly writtenAs?: readonly string[];
  /** Whether the vault has anything of who reported. */
  readonly hasReporter?: boolean;
  /** What is attached to this referral, as the other side says. */
  readonly resting?: readonly Resting[] | undefined;
}

/** What is settled or said of a referral also after its end: a written report, for one, is owed after closing. */
export const anyStage = ['open', 'closed', 'withdrawn', 'attached'] as const;
/** What the law asks for is still owed after a withdrawal. */
export const stillOwed = ['open', 'withdrawn', 'attached'] as const;

export interface Command<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly title: string;
  /** What whoever does it should know first: said at its form and in the API's description. */
  readonly note?: string;
  /** Any one of these roles is enough. */
  readonly roles: readonly Role[];
  readonly input: z.ZodObject<Shape>;
  /** Which stages it works in; without: open. */
  readonly stages?: readonly Referral['stage'][];
  /** What the door looks up in the directory before it asks the domain. */
  readonly needs?: Need;
  /** The referral that this one is attached to by this input: the door claims it first (`attachments.ts`). */
  readonly attaches?: (input: z.infer<z.ZodObject<Shape>>) => string | undefined;
  /** True where it changes who the child is, by which other referrals are found, or who is asked about those. */
  readonly reindexes?: true;
  /** True where it says who gets at the referral: nothing for whoever is there by the broken glass alone. */
  readonly confersAccess?: true;
  /** True where what the vault holds of the referral is removed after it. */
  readonly erases?: true;
  /** The referral whose claim is given back after it. */
  readonly detaches?: (state: Referral) => string | undefined;
  /** Adds events to the draft, or refuses; with nothing added the act had been done before, and that is an answer too. */
  readonly decide: (
    draft: Draft,
    input: z.infer<z.ZodObject<Shape>>,
    person: Person,
    found: Found,
  ) => Refusal | undefined;
}

/** Infers the input's type for `decide`. */
export const command = <Shape extends z.ZodRawShape>(row: Command<Shape>): Command<Shape> => row;

/**
 * The instant of an act, or a refusal where it lies ahead or before the Careline heard of the report, to the minute that forms
 * give. Up to five minutes ahead are a clock that differs, and mean now: an act that began in the future would leave what
 * is done about it before it. `earlierToo` allows what may have been known before the report.
 */
export function actAt(draft: Draft, given: string | undefined, earlierToo = false): string | Refusal {
  const { now } = draft.context;
  if (given === undefined || given === now) return now;
  if (Date.parse(given) - Date.parse(now) > 300_000) {
    return refuse('in-the-future', 'The act is dated at an instant that has not come yet: give when it took place.');
  }
  const { receivedAt } = draft.state();
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

/** A refusal where the directory has no such agency; `isKnown` is what the door found. */
export const unknownAgency = (agencyId: string, { isKnown }: Found): Refusal | undefined =>
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
