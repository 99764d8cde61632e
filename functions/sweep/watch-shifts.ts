import { allShifts } from '../../shared/domain/directory/on-call-shifts.ts';
import { faultsAhead, lookedAhead } from '../../shared/domain/directory/shift-alarms.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface ShiftWatchParts {
  readonly ledger: Pick<Ledger, 'shifts' | 'changeShifts'>;
}

/**
 * Notes faults of the shifts a day ahead and four hours ahead. The note makes the mail to the keepers of the shifts,
 * once for each warning. Gives how many are new.
 */
export async function watchShifts(
  { ledger }: ShiftWatchParts,
  policy: Pick<Policy, 'shifts' | 'geography'>,
  context: CommitContext,
): Promise<number> {
  const { schedule } = await ledger.shifts();
  const found = faultsAhead(schedule.shifts, policy, context.now);
  // Without a new fault, nothing is read a second time.
  if (lookedAhead(schedule.alarms, found).length === 0) return 0;
  let raised = 0;
  await ledger.changeShifts(allShifts, context, ({ shifts, alarms }) => {
    const events = lookedAhead(alarms, faultsAhead(shifts, policy, context.now));
    raised = events.filter(({ type }) => type === 'shift-alarm-raised').length;
    return events;
  });
  return raised;
}
