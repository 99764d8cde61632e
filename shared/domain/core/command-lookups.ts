/** What the application looks up for a command before the domain decides, by the name that the command declares. */
import type { Duty } from '../directory/scopes.ts';
import type { PlaceFound } from '../intake/places.ts';
import type { Referral } from '../referral.ts';
import type { MergedReferral } from '../same-child/same-child-state.ts';
import type { Person } from './person.ts';
import type { Role } from './vocabulary.ts';

/** Whether the directory has the person or agency that the input names. */
interface Known {
  readonly isKnown: boolean;
}

export interface Lookups {
  /** What the `townId` given for a `place` is. */
  readonly place: PlaceFound;
  /** The contact of the provider `providerId` of `service`. Undefined where the directory has none. */
  readonly provider: { readonly contactId: string | undefined };
  /** The same contact, and the number of the next question to a provider. It leads to no referral. */
  readonly placeAsk: { readonly contactId: string | undefined; readonly ask: string };
  /** Ids of the listed providers of `service` that fit the child. */
  readonly listing: { readonly fitting: readonly string[] };
  /** The agency `agencyId`. */
  readonly agency: Known;
  /**
   * The callee: the agency `agencyId` or the person `personId`. `isListed`: the call task of this duty lists them now.
   * `roles`: the person's roles that cover this referral.
   */
  readonly callee: Known & { readonly isListed: boolean; readonly roles: readonly Role[] };
  /** Whether `personId` holds the role hart-liaison. */
  readonly liaison: Known;
  /** Whether `consultedId` is a lawyer's id. */
  readonly counsel: Known;
  /**
   * Whether `personId` holds a role that may sit on a team. For a delegated seat: whether the directory has the person
   * for its discipline, on any team.
   */
  readonly member: Known & { readonly isOfDiscipline?: boolean };
  /** The people of `forPeople` that the directory has. */
  readonly named: readonly Person[];
  /** Of the acting person: whether they may read the referral anyway, their duties as staff, and their supervisors. */
  readonly supervisor: {
    readonly hasAccess: boolean;
    readonly supervisorId: string | undefined;
    readonly duties: readonly Duty[];
  };
  /** Each emergency access that this person may review, by an own duty or one of the person they act for. */
  readonly supervision: { readonly reviews: readonly { readonly use: number; readonly personId: string }[] };
  /**
   * The referral `of`, if this person may read it. Also the referrals merged into this one, by their own state. Where
   * that is not known, `merged` is undefined.
   */
  readonly otherReferral: {
    readonly other: Referral | undefined;
    readonly merged?: readonly MergedReferral[] | undefined;
  };
  /** The referrals merged into this one, by their own state. */
  readonly merged: { readonly merged?: readonly MergedReferral[] | undefined };
  /** Of the referral that this one is merged into: whether it has a legal hold, and this person's access. */
  readonly mergeTarget: { readonly heldThere: boolean; readonly isReadThere: boolean };
  /** The recipient groups under which this person got the mail of the alert `alertId`. */
  readonly writtenAs: readonly string[];
  /** When the plan before eighteen is due by the given `birthDate`: a UTC instant. Undefined more than a year before. */
  readonly plan: { readonly day: string | undefined };
  /** Whether the vault has anything about the reporter. */
  readonly reporter: { readonly hasReporter: boolean };
}

/** What a command may declare as its lookup. */
export type Need = keyof Lookups;
