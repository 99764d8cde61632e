/**
 * Coordinate first: police may ask to pause outreach, notices to parents and contact by partners. The pause stops no
 * clock. It never stops acts for danger, a missing child or the acute medical examination.
 */

import type { Decision } from '../core/decision.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Service } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { formatInstant } from '../policy/due.ts';
import type { Milestone, Policy } from '../policy/policy.ts';
import { refuse } from '../refusals.ts';
import { tellsFamily } from './family-notices.ts';
import { pausedUntil } from './paused-until.ts';

/** Whether a pause stops contact for this service: never for acute medical care and a safe place. */
export const isPausable = (service: Service, { outreachPause }: Pick<Policy, 'outreachPause'>): boolean =>
  !outreachPause.never.includes(service);

/** The sentence of pages and mail, without any detail. */
export const doNotContact = (until: string): string =>
  `Do not contact the child or family before ${formatInstant(until)}: police coordination.`;

/**
 * Why contact must not be recorded, or undefined. `at`: when it took place; before the pause began it was free.
 * `policeAgreed`: the police consented to it. `isStaff`: whether the recorder is staff. A provider cannot lift the
 * pause for itself.
 */
export function heldByPolice(
  decision: Decision,
  at: string,
  { policeAgreed, isStaff }: { readonly policeAgreed?: 'yes' | undefined; readonly isStaff: boolean },
): Refusal | undefined {
  const state = decision.state();
  const until = pausedUntil(state, decision.context.now);
  if (until === undefined || (policeAgreed === 'yes' && isStaff)) return undefined;
  if (policeAgreed === 'yes') {
    return refuse('police-agreed-by-staff', { pause: doNotContact(until) });
  }
  if (Date.parse(at) < Date.parse(state.response.outreachPause?.from ?? at)) return undefined;
  if (!isStaff) return refuse('outreach-paused/partner', { pause: doNotContact(until) });
  return refuse('outreach-paused/staff', { pause: doNotContact(until) });
}

/** The field of contact during a pause: the police agreed to it. */
export const agreedByPolice = (decision: Decision, policeAgreed: 'yes' | undefined) =>
  policeAgreed && pausedUntil(decision.state(), decision.context.now) !== undefined ? { policeAgreed } : {};

/** Whether a deadline is kept by contact that a pause stops: a partner's, or a notice to the family. */
export function isHeldUp(
  { subject }: Pick<Deadline, 'subject'>,
  keptBy: readonly Milestone[],
  policy: Policy,
): boolean {
  return keptBy.some((fact) => {
    if (tellsFamily(fact)) return true;
    const [, own = fact === 'service-started' ? subject : undefined] = /^(?:contacted|started)-(.+)$/.exec(fact) ?? [];
    return own !== undefined && isPausable(own as Service, policy);
  });
}
