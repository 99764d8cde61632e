/** What a policy says of each service, and whether its consent is there. */

import type { Refusal } from '../core/refusal.ts';
import type { ConsentKind, Service } from '../core/vocabulary.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

export const consentWords: Readonly<Record<ConsentKind, string>> = {
  child: 'consent of the child',
  'parent-or-guardian': 'consent of a parent or guardian, or of the person who has custody',
  'written-part-2': 'written consent of the patient under 42 CFR Part 2 (who signs for a minor: ask counsel)',
};

/**
 * The last answer about a consent: given, refused or withdrawn. Undefined where the question was not asked, which never
 * counts as given.
 */
export const consentOf = (
  { services: { consents } }: { readonly services: Pick<Referral['services'], 'consents'> },
  service: Service,
  kind: ConsentKind,
) => consents.findLast((each) => each.service === service && each.kind === kind)?.answer;

/**
 * Whether a person gave it who may give it. A caregiver who is alleged to have had a part consents to nothing for the
 * child.
 */
const isGiven = (state: Referral, service: Service, kind: ConsentKind): boolean => {
  const last = state.services.consents.findLast((each) => each.service === service && each.kind === kind);
  if (last?.answer !== 'given') return false;
  return kind !== 'parent-or-guardian' || last.guardian !== undefined || mayContact(state) !== 'not-the-caregiver';
};

/**
 * A refusal where the policy asks for a consent to this service, and no sufficient consent is given. `act`: whether the
 * department refers the child, or the provider answers or adds to its records.
 */
export function consentMissing(
  state: Referral,
  service: Service,
  policy: Policy,
  act: 'refers' | 'answers' = 'answers',
): Refusal | undefined {
  const { consent, consentFor, urgent, source } = policy.catalogue[service];
  if (act === 'refers' && consentFor !== undefined) return undefined;
  if (urgent || consent.length === 0) return undefined;
  if (consent.some((kind) => isGiven(state, service, kind))) return undefined;
  const wanted = consent.map((kind) => consentWords[kind]).join(' or ');
  return refuse('consent-missing/service', { service, wanted, source });
}
