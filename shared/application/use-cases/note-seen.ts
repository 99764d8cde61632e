/** Notes that a recipient opened an alert, signed in. It is no answer, and settles nothing. */
import type { Ledger } from '../../store/ledger.ts';

/**
 * Notes it once for each person. Returns when this person saw it first, or undefined where no mail of it went to them. `now` is a
 * UTC instant.
 */
export async function noteSeen(
  ledger: Pick<Ledger, 'alert' | 'changeAlert'>,
  alertId: string,
  personId: string,
  now: string,
): Promise<string | undefined> {
  const isNew = ({ deliveries, seen }: Awaited<ReturnType<Ledger['alert']>>['life']) =>
    seen[personId] === undefined && deliveries.some((delivery) => delivery.personId === personId);
  const { life } = await ledger.alert(alertId);
  if (!isNew(life)) return life.seen[personId];
  const frame = { now, actor: { kind: 'person', id: personId }, cause: { kind: 'delivery' } } as const;
  const after = await ledger.changeAlert(alertId, frame, (current) =>
    isNew(current) ? [{ type: 'alert-seen', v: 1, personId }] : [],
  );
  return after.seen[personId];
}
