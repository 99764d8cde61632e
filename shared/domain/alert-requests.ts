/** Asking for alerts: who is to be written to, about what. What becomes of each is in its own chain, `alerts.ts`. */
import type { Draft } from './draft.ts';
import { type Recipient, ruleIn } from './policy.ts';
import { type Alert, type Checkpoint, openDeadlines, type Referral } from './referral.ts';
import { scopeOf } from './scopes.ts';
import type { Role } from './vocabulary.ts';

interface AlertRequest {
  readonly kind: Alert['kind'];
  readonly to: readonly Recipient[];
  readonly people?: readonly string[];
  readonly deadlineId?: string;
  readonly checkpoint?: Checkpoint['kind'];
}

/** Asks for one alert. Where an earlier checkpoint of the same deadline was never acknowledged, the deputy is written to as well. */
export function requestAlert(draft: Draft, request: AlertRequest): void {
  const { id, alerts } = draft.state();
  const unanswered = Object.values(alerts).some(
    (alert) =>
      request.deadlineId !== undefined &&
      alert.kind === 'checkpoint' &&
      alert.deadlineId === request.deadlineId &&
      alert.acknowledgedBy === undefined,
  );
  draft.add('alert-requested', {
    alertId: `${id}.A${Object.keys(alerts).length + 1}`,
    kind: request.kind,
    to: [...request.to],
    people: [...(request.people ?? [])],
    ...(request.deadlineId !== undefined && { deadlineId: request.deadlineId }),
    ...(request.checkpoint !== undefined && { checkpoint: request.checkpoint }),
    deputies: unanswered,
  });
}

const isRole = (word: Recipient): word is Role => word !== 'seats' && !word.startsWith('seat:');

/** After a correction of office or team: whoever became responsible by it hears of the referral as if it were new. */
export function tellThoseNowResponsible(draft: Draft, before: Referral): void {
  const state = draft.state();
  const asked = openDeadlines(state).flatMap(({ rule }) => ruleIn(draft.context.policy, rule).alert);
  const to = [...new Set(asked)].filter((word) => isRole(word) && scopeOf(word, before) !== scopeOf(word, state));
  if (to.length > 0) requestAlert(draft, { kind: 'referral-opened', to });
}

/** After a withdrawal or an attachment: everybody who was working on it, inside the department and outside. */
export function tellThatItEnded(draft: Draft): void {
  const { invitedTeam, linkages } = draft.state();
  requestAlert(draft, {
    kind: 'referral-ended',
    to: [
      'careline-supervisor',
      'caseworker',
      'hart-liaison',
      ...(invitedTeam === undefined ? [] : (['mdt-coordinator', 'seats'] as const)),
    ],
    people: Object.values(linkages).flatMap(({ status, contactId }) =>
      contactId !== undefined && status !== 'declined' ? [contactId] : [],
    ),
  });
}
