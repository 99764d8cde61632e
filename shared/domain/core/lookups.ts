/** What the door looks up for a command before the domain decides, by the name under which the command declares it. */
import type { Duty } from '../directory/scopes.ts';
import type { PlaceFound } from '../intake/places.ts';
import type { Referral } from '../referral.ts';
import type { MergedReferral } from '../same-child/same-child-state.ts';
import type { Person } from './person.ts';
import type { Role } from './vocabulary.ts';

/** Whether the directory has who or what the input names. */
interface Known {
  readonly isKnown: boolean;
}

export interface Lookups {
  /** What the `townId` given for a `place` is. */
  readonly place: PlaceFound;
  /** The contact of the provider `providerId` of `service`; undefined where the directory has none. */
  readonly provider: { readonly contactId: string | undefined };
  /** Ids of the listed providers of `service` that fit the child. */
  readonly listing: { readonly fitting: readonly string[] };
  /** The agency `agencyId`. */
  readonly agency: Known;
  /**
   * Of a call, the agency `agencyId` or the person `personId`. `isListed`: the call task of this duty lists them now. `roles`: those of a
   * person that cover this referral.
   */
  readonly callee: Known & { readonly isListed: boolean; readonly roles: readonly Role[] };
  /** Whether `personId` holds the role hart-liaison. */
  readonly liaison: Known;
  /** Whether `consultedId` is a lawyer's. */
  readonly counsel: Known;
  /**
   * Whether `personId` holds a role that may sit on a team and, of a seat that is passed on, whether the directory has this person for
   * its discipline, on any team.
   */
  readonly member: Known & { readonly isOfDiscipline?: boolean };
  /** Those of `forPeople` that the directory has. */
  readonly named: readonly Person[];
  /** Of the person who acts: whether they may read the referral anyway, their duties as staff, and who supervises them. */
  readonly supervisor: {
    readonly hasAccess: boolean;
    readonly supervisorId: string | undefined;
    readonly duties: readonly Duty[];
  };
  /** Each emergency access that this person may review, by a duty of their own or of the person they act for. */
  readonly supervision: { readonly reviews: readonly { readonly use: number; readonly personId: string }[] };
  /**
   * The referral `of`, where there is one that this person may read; and what is attached to this referral, as the other side says.
   * Without word of the other side, `resting` is undefined.
   */
  readonly otherReferral: {
    readonly other: Referral | undefined;
    readonly merged?: readonly MergedReferral[] | undefined;
  };
  /** What is attached to this referral, as the other side says. */
  readonly merged: { readonly merged?: readonly MergedReferral[] | undefined };
  /** Of the referral that this one is attached to: whether a legal hold stands on it, and whether this person may read it. */
  readonly mergeTarget: { readonly heldThere: boolean; readonly isReadThere: boolean };
  /** The words of the alert `alertId` that the mail to this person was written under. */
  readonly writtenAs: readonly string[];
  /** Whether the vault has anything of who reported. */
  readonly reporter: { readonly hasReporter: boolean };
}

/** What a command may declare that it looks up. */
export type Need = keyof Lookups;
