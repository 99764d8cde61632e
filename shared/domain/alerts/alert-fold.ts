/** The fold of the events about alerts and alarms. */

import { changeDeadline } from '../deadlines/change-deadline.ts';
import type { EventOf, EventType } from '../events.ts';
import type { Alert, CommitFrame, Referral } from '../referral.ts';
import { answered, rung } from './alarms.ts';

type Evolver<Type extends EventType> = (state: Referral, event: EventOf<Type>, frame: CommitFrame) => Referral;

const changeAlert = (state: Referral, id: string, change: Partial<Alert>): Referral => {
  const alert = state.alerts[id];
  return alert ? { ...state, alerts: { ...state.alerts, [id]: { ...alert, ...change } } } : state;
};

const checkpointRaised: Evolver<'checkpoint-raised'> = (state, { deadlineId, kind, at }) =>
  changeDeadline(state, deadlineId, (deadline) => ({
    raised: [...deadline.raised, { kind, at }],
    ...(kind === 'ring' && { ring: rung(deadline, at) }),
  }));

const alarmAnswered: Evolver<'alarm-answered'> = (state, { deadlineId, personId }, { at, actor }) =>
  changeDeadline(state, deadlineId, ({ ring }) => (ring ? { ring: answered(ring, personId ?? actor.id, at) } : {}));

const alarmStopped: Evolver<'alarm-stopped'> = (state, { deadlineId }) =>
  changeDeadline(state, deadlineId, () => ({ ring: undefined }));

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

/** By event, what `fold.ts` does with it. */
export const alertEvolvers = {
  'checkpoint-raised': checkpointRaised,
  'alarm-answered': alarmAnswered,
  'alarm-stopped': alarmStopped,
  'alert-requested': alertRequested,
  'alert-acknowledged': alertAcknowledged,
  'alert-unreachable': alertUnreachable,
} as const;
