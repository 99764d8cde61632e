/** The simulator's people in the full embedded cloud, over HTTP: what its invariants say there. No faults are injected here. */
import { expect, it } from 'vitest';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { type CommitCodes, codesInProcess } from '../../shared/store/commit-codes.ts';
import { canary, leftUndone, reportBy, somethingElse } from '../simulate/acts.ts';
import { directory } from '../simulate/directory.ts';
import { personBy } from '../simulate/people.ts';
import { type Dice, dice } from '../support/dice.ts';
import { type Stage, stageCloud } from '../support/stage-cloud.ts';

const days = 20;

/** The key service answers functions alone. The audit, which a function makes, says below whether each code is right. */
const believing: CommitCodes = { ...codesInProcess('task'), holderOf: async () => 'door' };

/** From the ledger itself: an audit leaves out what stands apart (42 CFR Part 2). */
async function stateOf({ dynamodb, table }: Stage, id: string): Promise<Referral> {
  const read = await openLedger(dynamodb, table('Ledger'), Math.random, believing).referral(id);
  if (!read) throw new Error(`There is no referral ${id}.`);
  return read.state;
}

async function act(stage: Stage, thrown: Dice, id: string): Promise<void> {
  const state = await stateOf(stage, id);
  const acts = thrown.chance(0.5) ? leftUndone(thrown, state, stage.now()) : [somethingElse(thrown, state)];
  for (const { by, command, input } of acts) {
    const visitor = await personBy(by, state, 0);
    const person = visitor && (await directory.person(visitor.id));
    if (person) await stage.tries(person.email, id, command, input);
  }
}

it.each(Array.from({ length: 20 }, (_, index) => index))(
  'a whole referral through the embedded cloud keeps the invariants: cloud/%i',
  async (index) => {
    const thrown = dice(`cloud/${index}`);
    const stage = await stageCloud();
    try {
      const { body } = await stage.reports(reportBy(thrown, false));
      const ids = (body.referralIds ?? []) as string[];
      expect(ids.length).toBeGreaterThan(0);
      for (let passed = 0; passed < days * 24; ) {
        const wait = Math.ceil(thrown.between(1, 120));
        await stage.hours(wait);
        passed += wait;
        for (const id of ids) await act(stage, thrown, id);
      }
      for (const id of ids) {
        const audit = await stage.audit(id);
        const state = await stateOf(stage, id);
        const living = (await stage.executions(id))
          .filter(({ status }) => status === 'RUNNING')
          .map(({ name }) => name);
        const wanted = [
          ...(state.stage === 'open' ? [`${id}-g${state.generation}`] : []),
          ...openRuns(state).map((run) => `${run.id}-g${run.generation}`),
        ];
        expect(living.toSorted()).toEqual(wanted.toSorted());
        expect([audit.chain.intact, audit.alertChainsIntact]).toEqual([true, true]);
        const commands = audit.commits.flatMap(({ cause }) =>
          cause.kind === 'command' ? [`${cause.name} ${cause.id}`] : [],
        );
        expect(new Set(commands).size).toBe(commands.length);
        const sent = audit.alerts.flatMap(({ id: alert, deliveries }) =>
          deliveries.map(({ personId }) => `${alert} ${personId}`),
        );
        expect(new Set(sent).size).toBe(sent.length);
        expect(JSON.stringify(audit)).not.toContain(canary);
      }
      expect(JSON.stringify(stage.cloud.sent())).not.toContain(canary);
      expect(stage.faults).toEqual([]);
    } finally {
      await stage.stop();
    }
  },
);
