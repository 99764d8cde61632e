/** What the stories of the ledger's fixtures share: the child, acts of people, and the day in November 2026. */
import type { Desk } from './desk.ts';

export const aspen = { name: 'Aspen Example', birthDate: '2011-03-03', residenceTown: 'Hartford', danger: 'yes' };

export const act = (desk: Desk, id: string) => (name: Parameters<Desk['do']>[1], input: object, as: string) =>
  desk.do(id, name, input, as);
export const at = (desk: Desk, day: number, hour: number) =>
  desk.at(`2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);
