import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';

/** The alerts that say what was told. An unproved request is sent, and keeps no other from being sent. */
export const provedAlerts = ({ alerts }: Pick<Referral, 'alerts'>): readonly Alert[] =>
  Object.values(alerts).filter(({ isUnproved }) => !isUnproved);
