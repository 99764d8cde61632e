// @ts-nocheck
import { readExecutionName } from '../../shared/contracts/tasks.ts';
import { event } from '../../shared/domain/events.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/**
 * A run ended without its work being done: the next generation takes over. `now` is a UTC instant. A name that is not
 * ours, an older generation and a run recorded as lost before change nothing.
 */
export async function recordLostRun(
  { ledger, now }: { readonly ledger: Pick<Ledger, 'changeReferral'>; readonly now: string },
  name: string,
): Promise<void> {
  const run = readExecutionName(name);
  if (!run) return;
  await ledger.changeReferral(
    run.referralId,
    { now, actor: { kind: 'function', id: 'record-lost-run' }, cause: { kind: 'lost-run' } },
    (state) => {
      const deadline = state?.deadlines[run.runId];
      const generation = run.runId === run.referralId ? state?.generation : deadline?.generation;
      const over = run.runId === run.referralId ? state?.stage !== 'open' : deadline?.status !== 'open';
      if (generation !== run.generation || over) return [];
      return [event('run-lost', { run: run.runId, generation: run.generation })];
    },
  );
}
