import { consentAt, mayReadWords, noCard } from '../../domain/card/card-state.ts';
import { staff } from '../../domain/core/role-groups.ts';
import type { Discipline } from '../../domain/core/vocabulary.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasSignedAgreement } from '../../domain/team/seats.ts';
import { fieldRules, type VaultField } from '../../policy/identity-fields.ts';
import {
  isOneOf,
  isServed,
  leadsTeam,
  linkagesOf,
  mayReadChild,
  seatsOf,
  type Visitor,
  within,
} from '../access/visitor.ts';

const vaultFields = Object.keys(fieldRules) as VaultField[];

/** The vault's fields of this referral that the person may read. Empty for a person who does not work with the child. */
export function fieldsFor(state: Referral, visitor: Visitor): ReadonlySet<VaultField> {
  if (!mayReadChild(state, visitor)) return new Set();
  const isOpen = state.stage === 'open';
  const seats: readonly Discipline[] = [
    ...(isOpen && hasSignedAgreement(state, visitor.id)
      ? seatsOf(state, visitor)
          .filter(({ declinedBy = [] }) => !declinedBy.includes(visitor.id))
          .map(({ discipline }) => discipline)
      : []),
    ...(isOpen && leadsTeam(state, visitor) ? (['team-lead'] as const) : []),
  ];
  const serves = isOpen && linkagesOf(state, visitor).some(isServed);
  const card = state.card ?? noCard;
  /** The child says who reads the words of the card. Without an instant no yes counts. */
  const agreed = {
    seats: seats.filter((seat) => mayReadWords(card, seat, visitor.at)),
    serves: serves && visitor.at !== undefined && consentAt(card, 'provider', visitor.at) === 'yes',
  };
  /** The author of the plan names the seats that read it. */
  const named = { seats: seats.filter((seat) => state.recovery?.plan?.readers.includes(seat)), serves: false };
  return new Set(
    vaultFields.filter((field) => {
      const rule = fieldRules[field];
      const partner = field === 'cardWords' ? agreed : field === 'recoveryPlan' ? named : { seats, serves };
      return (
        isOneOf(within(state, visitor), rule.staff === 'all' ? staff : rule.staff) ||
        (rule.taker === true && state.report.takenBy === visitor.id) ||
        partner.seats.some((seat) => rule.seats === 'all' || rule.seats.includes(seat)) ||
        (partner.serves && rule.providers)
      );
    }),
  );
}
