/** What the stories of the ledger's fixtures are made of: an invented child, a notice, and acts at a given hour of November 2026. */
import type { AlertEvent } from '../../shared/domain/alerts.ts';
import type { Event } from '../../shared/domain/events.ts';
import type { Frame } from '../../shared/store/ledger.ts';
import { type Desk, personOf } from './desk.ts';

export const aspen = { name: 'Aspen Example', birthDate: '2011-03-03', residenceTown: 'Hartford', danger: 'yes' };
export const notice = {
  agencyId: 'PD-1',
  method: 'phone',
  personReached: 'Sergeant',
  agencyReference: '26-1',
} as const;
export const pathway = ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const;

export const act = (desk: Desk, id: string) => (name: Parameters<Desk['do']>[1], input: object, as: string) =>
  desk.do(id, name, input, as);
export const at = (desk: Desk, day: number, hour: number) =>
  desk.at(`2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);
export const byFunction = (desk: Desk, name: string, cause: Frame['cause']): Frame => ({
  now: desk.now,
  actor: { kind: 'function', id: name },
  cause,
});
export const commit = (desk: Desk, id: string, name: string, cause: Frame['cause'], ...events: readonly Event[]) =>
  desk.ledger.changeReferral(id, byFunction(desk, name, cause), () => events);

/** The first alert of a referral: two people are written to, one mail bounces, and a third line has no one left. Its id. */
export async function alertLife(desk: Desk, id: string): Promise<string> {
  const frame = byFunction(desk, 'send-alerts', { kind: 'delivery' });
  const sent = (personId: string, order: number): AlertEvent => {
    return { type: 'alert-sent', v: 1, personId, as: 'careline-supervisor', order, messageId: `M-${order}` };
  };
  const [first, second] = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
  for (const events of [
    [sent(first, 1)],
    [{ type: 'alert-failed', v: 1, personId: first, because: 'bounce' }],
    [sent(second, 2)],
    [{ type: 'alert-delivered', v: 1, personId: second }],
    [{ type: 'alert-exhausted', v: 1, as: 'legal' }],
  ] as const satisfies readonly (readonly AlertEvent[])[]) {
    await desk.ledger.changeAlert(`${id}.A1`, frame, () => events);
  }
  return `${id}.A1`;
}
