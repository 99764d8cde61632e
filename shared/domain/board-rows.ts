/** The rows of the lists people work from, made of a referral's state. */
import { isAfter } from './deadlines.ts';
import { type Policy, ruleIn } from './policy.ts';
import { currentScreening, openDeadlineOf, openDeadlines, type Referral } from './referral.ts';

export interface Row {
  readonly kind: 'referral' | 'seat' | 'linkage';
  readonly id: string;
  readonly referralId: string;
  readonly seq: number;
  readonly queue?: string;
  readonly owner?: string;
  readonly due: string;
  readonly deadlineId?: string;
  readonly rule?: string;
  readonly outcome?: string;
  readonly stage: string;
  readonly office?: string;
  readonly missed: number;
  readonly open: number;
  readonly subject?: string;
}

/** A row that waits for nothing is sorted behind all that do. */
const farAway = '9999-12-31T23:59:59Z';

/**
 * One row for the referral in the queue `open` until it is closed, withdrawn or attached and nothing of law is left;
 * one for each seat and each linkage that waits for its holder. Rows that have left their list come without it.
 */
export function boardRows(state: Referral, policy: Policy): readonly Row[] {
  const open = openDeadlines(state).toSorted((one, other) => (isAfter(one.due, other.due) ? 1 : -1));
  const next = open[0];
  const outcome = currentScreening(state)?.outcome;
  const common = {
    referralId: state.id,
    seq: state.seq,
    stage: state.stage,
    missed: open.filter(({ missed }) => missed).length,
    open: open.length,
    ...(outcome && { outcome }),
    ...(state.routing && { office: state.routing.office }),
  };
  const working = state.stage === 'open' || open.some(({ rule }) => ruleIn(policy, rule).kind === 'statute');
  const rows: Row[] = [
    {
      ...common,
      kind: 'referral',
      id: state.id,
      due: next?.due ?? farAway,
      ...(working && { queue: 'open' }),
      ...(next && { deadlineId: next.id, rule: next.rule }),
    },
  ];
  const meeting = openDeadlineOf(state, 'D14') ?? openDeadlineOf(state, 'D15');
  for (const seat of state.seats) {
    const waiting = state.stage === 'open' && seat.answer === undefined && meeting !== undefined;
    rows.push({
      ...common,
      kind: 'seat',
      id: `${state.id}#${seat.discipline}`,
      due: meeting?.due ?? farAway,
      subject: seat.discipline,
      ...(waiting && { owner: seat.personId }),
    });
  }
  for (const { service, status, contactId } of Object.values(state.linkages)) {
    const waiting = state.stage === 'open' && (status === 'offered' || status === 'accepted');
    const due = openDeadlineOf(state, 'D19b', service) ?? openDeadlineOf(state, 'D22b', service);
    rows.push({
      ...common,
      kind: 'linkage',
      id: `${state.id}#${service}`,
      due: due?.due ?? farAway,
      subject: service,
      ...(waiting && contactId !== undefined && { owner: contactId }),
    });
  }
  return rows;
}
