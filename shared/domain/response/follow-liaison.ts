/** What follows where a liaison is assigned, accepts, or is lost to another region. */

import { directorStep, isRinging } from '../alerts/alarms.ts';
import { ring } from '../alerts/calling.ts';
import type { Decision } from '../core/decision.ts';
import { isBefore } from '../core/instants.ts';
import { openAgain, tellOfDue } from '../deadlines/deadlines.ts';
import { hasStopped } from '../deadlines/hard-stop.ts';
import type { Referral } from '../referral.ts';
import { dutiesOnAcceptance } from './liaison.ts';

/**
 * After an act that may assign a liaison, accept or move the referral, with the referral as it was before. Where no
 * liaison is left, one is to be assigned anew. Those who keep the exam from now on are told. Where it rings, they are
 * called at once.
 */
export function followLiaison(decision: Decision, before: Referral): void {
  const state = decision.state();
  const { policy, now } = decision.context;
  if (before.response.liaison !== undefined && state.response.liaison === undefined) {
    openAgain(decision, 'D8', { start: now, quiet: true });
  }
  const hasAccepted = ({ response }: Referral) => response.liaisonAcceptedAt !== undefined;
  if (hasAccepted(before) === hasAccepted(state)) return;
  for (const open of dutiesOnAcceptance(state, policy)) {
    tellOfDue(decision, open);
    if (isRinging(open) && !hasStopped(open, now)) ring(decision, open.id, isBefore(now, open.due) ? 0 : directorStep);
  }
}
