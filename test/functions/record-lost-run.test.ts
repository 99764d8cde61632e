import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordLostRun } from '../../functions/record-lost-run/record-lost-run.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const lose = (name: string) => recordLostRun(desk.parts(), name);
async function underWay(): Promise<string> {
  const id = await desk.opened({ missingNow: 'yes' });
  return id;
}

describe('a lost run', () => {
  test('of a referral gets its next generation, once', async () => {
    const id = await underWay();
    await lose(`${id}-g1`);
    await lose(`${id}-g1`);
    const { state, commits } = (await desk.ledger.referral(id)) ?? {};
    expect([state?.generation, commits?.length]).toEqual([2, 2]);
    expect(commits?.at(-1)).toMatchObject({
      actor: { kind: 'function', id: 'record-lost-run' },
      cause: { kind: 'lost-run' },
      events: [{ type: 'run-lost', run: id, generation: 1 }],
    });
    await lose(`${id}-g2`);
    expect((await desk.state(id)).generation).toBe(3);
  });

  test('of a deadline gets its next generation, and no other run does', async () => {
    const id = await underWay();
    await lose(`${id}.D8.1-g1`);
    const { generation, runs } = await desk.state(id);
    const generations = Object.values(runs).filter((each) => each.generation > 1);
    expect([generation, generations.map((each) => each.id)]).toEqual([1, [`${id}.D8.1`]]);
  });

  test('again and again gets three generations an hour, and the next when the hour is over', async () => {
    const id = await underWay();
    for (const generation of [1, 2, 3, 4]) await lose(`${id}-g${generation}`);
    expect((await desk.state(id)).generation).toBe(4);
    desk.at(new Date(Date.parse(desk.now) + 60 * 60_000).toISOString());
    await lose(`${id}-g4`);
    expect((await desk.state(id)).generation).toBe(5);
  });

  test('of an older or a later generation than the present changes nothing', async () => {
    const id = await underWay();
    await lose(`${id}-g1`);
    const { seq } = await desk.state(id);
    for (const name of [`${id}-g1`, `${id}-g3`, `${id}.G1-g2`, `${id}.D99.1-g1`]) await lose(name);
    expect((await desk.state(id)).seq).toBe(seq);
  });

  test('without work left changes nothing', async () => {
    const id = await desk.opened();
    await desk.do(id, 'start-response', {}, 'caseworker');
    await desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    const { seq } = await desk.state(id);
    for (const name of [`${id}-g1`, `${id}.D6.1-g1`]) await lose(name);
    expect((await desk.state(id)).seq).toBe(seq);
  });

  test.each(['', 'somebody-elses-run', 'CR-00000-000000', 'CR-00000-000000-g1'])(
    'of the name %j changes nothing',
    async (name) => {
      const before = await desk.items('Ledger');
      await lose(name);
      expect(await desk.items('Ledger')).toHaveLength(before.length);
    },
  );
});
