import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';

type Alerts = Referral['alerts'];

const changeAlert = (alerts: Alerts, id: string, change: Partial<Alert>): Alerts => {
  const alert = alerts[id];
  return alert ? { ...alerts, [id]: { ...alert, ...change } } : alerts;
};

export const alertFold: PartFold<'alerts'> = {
  'alert-requested': (
    alerts,
    { type: _, v: __, alertId, ...alert },
    { at, actor, isUnproved },
    { team: { meeting } },
  ) => ({
    ...alerts,
    // An unproved request replaces no other.
    [alertId]: (isUnproved && alerts[alertId]) || {
      id: alertId,
      ...alert,
      ...(alert.kind.startsWith('meeting-') && meeting && { meeting: meeting.number }),
      requestedAt: at,
      ...(actor.kind === 'person' && { requestedBy: actor.id }),
      unreachable: false,
      ...(isUnproved && { isUnproved }),
    },
  }),
  'appointment-told': (alerts, { alertId, appointment, notBefore }) => {
    const { [alertId]: alert, ...others } = alerts;
    if (!alert) return alerts;
    const { meeting: _, ...told } = alert;
    return { ...others, [alertId]: { ...told, appointment, ...whereKnown({ notBefore }) } };
  },
  'alert-acknowledged': (alerts, { alertId, groups }, { actor }) => {
    const { acknowledgedBy = actor.id, acknowledgements = [] } = alerts[alertId] ?? {};
    return changeAlert(alerts, alertId, {
      acknowledgedBy,
      acknowledgements: [...acknowledgements, { by: actor.id, groups }],
    });
  },
  'alert-unreachable': (alerts, { alertId, groups }) => {
    const { unreachedGroups = [] } = alerts[alertId] ?? {};
    return changeAlert(alerts, alertId, {
      unreachable: true,
      unreachedGroups: [...new Set([...unreachedGroups, ...groups])],
    });
  },
};
