/** The fold of the events about alerts. */
import type { Evolvers } from '../core/event-shape.ts';
import type { Referral } from '../referral.ts';
import type { alertEvents } from './alert-events.ts';
import type { Alert } from './alert-state.ts';

type Evolver<Type extends keyof typeof alertEvents> = Evolvers<Referral, typeof alertEvents>[Type];

const changeAlert = (state: Referral, id: string, change: Partial<Alert>): Referral => {
  const alert = state.alerts[id];
  return alert ? { ...state, alerts: { ...state.alerts, [id]: { ...alert, ...change } } } : state;
};

const alertRequested: Evolver<'alert-requested'> = (state, { type: _, v: __, alertId, ...alert }, { at, actor }) => ({
  ...state,
  alerts: {
    ...state.alerts,
    [alertId]: {
      id: alertId,
      ...alert,
      ...(alert.kind.startsWith('meeting-') && state.meeting && { meeting: state.meeting.number }),
      requestedAt: at,
      ...(actor.kind === 'person' && { requestedBy: actor.id }),
      unreachable: false,
    },
  },
});

const alertAcknowledged: Evolver<'alert-acknowledged'> = (state, { alertId, lines }, { actor }) => {
  const { acknowledgedBy = actor.id, acknowledgements = [] } = state.alerts[alertId] ?? {};
  return changeAlert(state, alertId, {
    acknowledgedBy,
    ...(lines && { acknowledgements: [...acknowledgements, { by: actor.id, lines }] }),
  });
};

const alertUnreachable: Evolver<'alert-unreachable'> = (state, { alertId, lines }) => {
  const { unreachedLines = [] } = state.alerts[alertId] ?? {};
  return changeAlert(state, alertId, {
    unreachable: true,
    ...(lines && { unreachedLines: [...new Set([...unreachedLines, ...lines])] }),
  });
};

export const alertEvolvers: Evolvers<Referral, typeof alertEvents> = {
  'alert-requested': alertRequested,
  'alert-acknowledged': alertAcknowledged,
  'alert-unreachable': alertUnreachable,
};
