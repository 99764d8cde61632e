import type { Desk } from './desk.ts';

/** What no life of the ledger does: two children who meet at once, and a call about an alert. */
export async function meetTogether(on: Desk): Promise<void> {
  const ids = await on.openedTogether([{ name: 'Fern Example' }, { name: 'Hazel Example' }]);
  for (const id of ids) {
    await on.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await on.step(id, step);
  }
  const [one = '', other = ''] = ids;
  const startsAt = new Date(Date.parse(on.now) + 5 * 86_400_000).toISOString();
  await on.do(one, 'schedule-meeting', { startsAt, place: 'office' }, 'mdt-coordinator');
  await on.do(other, 'share-meeting', { of: one }, 'mdt-coordinator');
  const alertId = await on.alertId(one);
  await on.do(one, 'record-alert-call', { alertId, group: 'hart-liaison' }, 'careline-supervisor');
}
