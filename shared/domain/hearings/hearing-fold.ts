/** The fold of hearings. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Hearing } from './hearing-state.ts';

const change = (hearings: readonly Hearing[], id: string, changed: (hearing: Hearing) => Hearing) =>
  hearings.map((hearing) => (hearing.id === id ? changed(hearing) : hearing));

const withNotes = (before: readonly string[], notes: string | undefined) =>
  notes === undefined ? before : [...before, notes];

export const hearingFold: PartFold<'hearings'> = {
  'hearing-set': (hearings = [], { type: _, v: __, hearing: id, docket, notes, reason, ...set }, { at }) => {
    const before = hearings.find((each) => each.id === id);
    const next: Hearing = {
      id,
      ...set,
      status: 'scheduled',
      setAt: at,
      continued: before ? before.continued + 1 : 0,
      ...whereKnown({ docket: docket ?? before?.docket, reason: reason ?? before?.reason }),
      notes: withNotes(before?.notes ?? [], notes),
      orders: [],
    };
    return before ? change(hearings, id, () => next) : [...hearings, next];
  },
  'hearing-recorded': (hearings = [], { hearing, sequence, hearingResult, at, outcome, orders, notes, reason }) =>
    change(hearings, hearing, (before) => ({
      ...before,
      sequence,
      ...(hearingResult === 'hearing-held'
        ? { status: 'held' as const, heldAt: at }
        : { status: 'called-off' as const }),
      ...whereKnown({ outcome, reason: reason ?? before.reason }),
      notes: withNotes(before.notes, notes),
      orders: orders.map((order) => ({ order })),
    })),
  'order-settled': (hearings = [], { hearing, order: settled, at }) =>
    change(hearings, hearing, (before) => ({
      ...before,
      orders: before.orders.map((each) => (each.order === settled ? { ...each, settledAt: at } : each)),
    })),
  // The same hearing, recorded by its own act.
  'preliminary-hearing-held': (hearings, { at }) =>
    hearings?.map((hearing) =>
      hearing.hearingKind === 'preliminary-hearing' && hearing.status === 'scheduled'
        ? { ...hearing, status: 'held', heldAt: at }
        : hearing,
    ),
};
