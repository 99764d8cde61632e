/** That somebody who was written to has opened the page of their alert, signed in. It is no answer and settles nothing. */
import type { Ledger } from '../../shared/store/ledger.ts';

/** Writes it down once for each person. `now` is a UTC instant. */
export async function noteSeen(
  ledger: Pick<Ledger, 'alert' | 'changeAlert'>,
  alertId: string,
  personId: string,
  now: string,
): Promise<void> {
  const isNew = ({ deliveries, seen }: Awaited<ReturnType<Ledger['alert']>>['life']) =>
    seen[personId] === undefined && deliveries.some((delivery) => delivery.personId === personId);
  if (!isNew((await ledger.alert(alertId)).life)) return;
  const frame = { now, actor: { kind: 'person', id: personId }, cause: { kind: 'delivery' } } as const;
  await ledger
    .changeAlert(alertId, frame, (life) => (isNew(life) ? [{ type: 'alert-seen', v: 1, personId }] : []))
    // Whoever opens an alert must see it, whether that can be written down now or not.
    .catch(() => undefined);
}
