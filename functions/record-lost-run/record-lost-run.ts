import { readExecutionName } from '../../shared/contracts/tasks.ts';
import { event } from '../../shared/domain/events.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** Losses of one run within an hour. What fails more often fails for a reason that trying again at once does not mend. */
const mostAnHour = 3;
const hour = 3_600_000;

/**
 * A run ended without its work being done: the next generation takes over. `now` is a UTC instant. A name that is not
 * ours, an older generation and a run recorded as lost before change nothing. A run that was lost three times within the
 * hour is left to the sweep, which asks for the runs of every open referral in turn: the alarm of failed executions has
 * told of it meanwhile.
 */
export async function recordLostRun(
  { ledger, now }: { readonly ledger: Pick<Ledger, 'changeReferral' | 'referral'>; readonly now: string },
  name: string,
): Promise<void> {
  const run = readExecutionName(name);
  if (!run) return;
  const lately = ((await ledger.referral(run.referralId))?.commits ?? []).filter(
    ({ at, events }) =>
      Date.parse(at) > Date.parse(now) - hour &&
      events.some((each) => each.type === 'run-lost' && each.run === run.runId),
  );
  if (lately.length >= mostAnHour) return;
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
