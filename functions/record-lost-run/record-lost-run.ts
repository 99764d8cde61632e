import { readExecutionName } from '../../shared/contracts/tasks.ts';
import { event } from '../../shared/domain/events.ts';
import { generationDue } from '../../shared/domain/pathway/runs.ts';
import type { Ledger } from '../../shared/store/ledger.ts';

/** The most restarts of one run in an hour. A run that fails more often needs a repair, not another try. */
const mostAnHour = 3;
const hour = 3_600_000;

/**
 * Records that a run ended without finishing, so that the next generation takes over. `now` is a UTC instant. An unknown name, an
 * older generation and a run already recorded change nothing.
 *
 * After three losses in an hour the sweep takes over, which looks at every open referral in turn. By then, the alarm of failed
 * executions has fired.
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
      if (!state || generationDue(state, run.runId) !== run.generation) return [];
      return [event('run-lost', { run: run.runId, generation: run.generation })];
    },
  );
}
