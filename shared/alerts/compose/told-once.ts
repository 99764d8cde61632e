/** One mail tells of a duty once, however many of its alerts are in the mail. */
import { deadlineIdsOf, withoutDeadlines } from '../../domain/alerts/alert-duties.ts';
import type { Alert } from '../../domain/alerts/alert-state.ts';

/** How bad the state of a duty is that an alert tells of, from opened to escalated. Undefined for news of another kind. */
function stateTold({ kind, checkpoint }: Alert): number | undefined {
  if (kind === 'deadline-opened') return 0;
  const place = ['remind', 'warn', 'due', 'escalate'].indexOf(checkpoint ?? '');
  return kind === 'checkpoint' && place !== -1 ? place + 1 : undefined;
}

interface Told<About> {
  /** The alerts as the mail tells of them, in their order. One whose duties others tell of is left out. */
  readonly shown: readonly About[];
  /** Of each alert, the place in `shown` of the alert that tells of its first duty. */
  readonly places: readonly number[];
}

/**
 * Leaves each duty to the alert with its worst state. Of two with the same state, the first tells of it. `all` are the
 * alerts of one mail.
 */
export function tellOnce<About extends { readonly alert: Alert }>(all: readonly About[]): Told<About> {
  const teller = new Map<string, { readonly index: number; readonly state: number }>();
  for (const [index, { alert }] of all.entries()) {
    const state = stateTold(alert);
    if (state === undefined) continue;
    for (const id of deadlineIdsOf(alert)) {
      if (state > (teller.get(id)?.state ?? -1)) teller.set(id, { index, state });
    }
  }
  const told = all.flatMap((about, index) => {
    const isTheirs = (id: string) => stateTold(about.alert) === undefined || teller.get(id)?.index === index;
    const alert = withoutDeadlines(about.alert, (id) => !isTheirs(id));
    return alert ? [{ index, about: { ...about, alert } }] : [];
  });
  const placeOf = ({ alert }: About, index: number): number => {
    const own = told.findIndex((each) => each.index === index);
    const [first = ''] = deadlineIdsOf(alert);
    return own === -1 ? told.findIndex((each) => each.index === teller.get(first)?.index) : own;
  };
  return { shown: told.map(({ about }) => about), places: all.map(placeOf) };
}
