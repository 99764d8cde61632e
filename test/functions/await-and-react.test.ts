/**
 * The token protocol. The wait and the commit that ends it may come in any order. The run wakes, and a repetition does
 * no harm.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { awaitPerson } from '../../functions/await-person/await-person.ts';
import { tellOfDoubt } from '../../functions/react/note-doubt.ts';
import { react } from '../../functions/react/react.ts';
import type { WaitInput } from '../../shared/contracts/tasks.ts';
import { boardLayout } from '../../shared/domain/board/board-rows.ts';
import { openDeadlines } from '../../shared/domain/deadlines/open-deadlines.ts';
import { event } from '../../shared/domain/events.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
let id: string;
const started: string[] = [];
const resumed: (readonly [string, unknown])[] = [];
beforeEach(async () => {
  desk = await startDesk();
  started.length = 0;
  resumed.length = 0;
  id = await desk.opened();
});
afterEach(() => desk.stop());

const runs = {
  start: async (_machine: string, name: string) => void started.push(name),
  resume: async ({ token }: { readonly token: string }, output: object) => void resumed.push([token, output]),
};
let uncompared = 0;
const reactParts = () => ({
  ...desk,
  runs,
  machines: { referral: 'arn:referral', deadline: 'arn:deadline' },
  onUncompared: () => {
    uncompared += 1;
  },
});
const enter = (wait: WaitInput, parts: object = {}) =>
  awaitPerson(
    {
      ...desk.parts(),
      resume: async ({ token }: { readonly token: string }, output: object) => void resumed.push([token, output]),
      ...parts,
    },
    wait,
  );
const screening = (more: object = {}): WaitInput => ({
  run: 'referral',
  waitsFor: 'screening',
  referralId: id,
  generation: 1,
  token: 'token 1',
  enteredAt: desk.now,
  retryCount: 0,
  startedAt: desk.now,
  ...more,
});
const screen = () => desk.do(id, 'screen', { outcome: 'at-risk', rationale: 'Words.' }, 'hart-liaison');

test('a reaction counts each comparison that failed, once', async () => {
  const context = { now: desk.now, actor: { kind: 'function', id: 'test' }, cause: { kind: 'sweep' } } as const;
  uncompared = 0;
  await react(reactParts(), id);
  await desk.ledger.changeReferral(id, context, () => [event('names-not-compared', {})]);
  await react(reactParts(), id);
  await desk.ledger.changeReferral(id, context, () => [event('names-compared', {})]);
  await react(reactParts(), id);
  expect(uncompared).toBe(1);
});

test('a reaction publishes the figures of a commit once, also where its progress has no right code any more', async () => {
  let published = 0;
  const parts = () => ({
    ...reactParts(),
    publish(figures: ReadonlyMap<string, number>) {
      published += figures.size;
    },
  });
  await react(parts(), id);
  const before = published;
  expect(before).toBeGreaterThan(0);
  const row = (await desk.items('Cursors')).find(({ pk, sk }) => pk === id && sk === 'react');
  await desk.put('Cursors', [{ ...row, signature: 'AAAA' }]);
  await react(parts(), id);
  expect(published).toBe(before);
});

describe('a wait and the commit that ends it', () => {
  test('past a wait that cannot be read, the others are resumed and the rows are written', async () => {
    await enter(screening());
    await desk.put('Waits', [{ pk: id, sk: 'A-JUNK' }]);
    await screen();
    await react(reactParts(), id);
    expect(resumed).toEqual([['token 1', { outcome: 'screened' }]]);
    expect((await desk.items('Board')).filter(({ referralId }) => referralId === id).length).toBeGreaterThan(0);
  });

  test('first the wait, then the commit: the reaction to the commit resumes the run', async () => {
    await enter(screening());
    expect(resumed).toEqual([]);
    await screen();
    await react(reactParts(), id);
    expect(resumed).toEqual([['token 1', { outcome: 'screened' }]]);
    expect(await desk.waits.of(id)).toEqual([]);
  });

  test('a commit that no code proves resumes nothing, until the word of a supervisor: then the run goes on', async () => {
    await enter(screening());
    await screen();
    const row = (await desk.items('Ledger')).findLast(
      ({ pk, body }) => pk === `referral#${id}` && /"screened"/.test(`${body}`),
    );
    await desk.put('Ledger', [{ ...row, signature: 'AAAA' }]);
    const ledger = desk.openLedger();
    const follow = (of: string) => react({ ...reactParts(), ledger }, of);
    await follow(id);
    expect(resumed).toEqual([]);
    const frame = { now: desk.now, actor: { kind: 'function', id: 'react' }, cause: { kind: 'delivery' } } as const;
    await ledger.noteDoubts(id, frame, [{ chain: `referral#${id}`, cause: 'not-as-written' }]);
    const silent = () => undefined;
    const told = () =>
      tellOfDoubt({ ledger, onDoubt: silent, onRecord: silent, onFault: silent }, id, desk.now, follow);
    await told();
    expect(resumed).toEqual([]);
    const { seen } = await ledger.lookAtDoubt(id);
    const word = { ...frame, actor: { kind: 'person', id: 'P-CARELINE-SUPERVISOR' } } as const;
    await desk.openLedger().confirmRecord(id, word, { seen, ground: 'compared' });
    await told();
    expect(resumed).toEqual([['token 1', { outcome: 'screened' }]]);
  });

  test('first the commit, then the wait: the wait answers itself', async () => {
    await screen();
    await react(reactParts(), id);
    await enter(screening());
    expect(resumed).toEqual([['token 1', { outcome: 'screened' }]]);
  });

  test('the commit and its reaction between saving and reading: the wait still wakes, with the same answer twice', async () => {
    const waits = {
      save: async (wait: Parameters<Desk['waits']['save']>[0]) => {
        const saved = await desk.waits.save(wait);
        await screen();
        await react(reactParts(), id);
        return saved;
      },
    };
    await enter(screening(), { waits });
    expect(resumed).toEqual([
      ['token 1', { outcome: 'screened' }],
      ['token 1', { outcome: 'screened' }],
    ]);
  });

  test('the token is saved before the ledger is read', async () => {
    const order: string[] = [];
    const waits = { save: async () => order.push('saved') };
    const ledger = {
      ...desk.ledger,
      referral: (given: string) => {
        order.push('read');
        return desk.ledger.referral(given);
      },
    };
    await enter(screening(), { waits, ledger });
    expect(order).toEqual(['saved', 'read']);
  });
});

describe('a wait', () => {
  test('of an unknown referral is a fault', async () => {
    await expect(enter(screening({ referralId: 'CR-00000-000000' }))).rejects.toThrow('There is no referral');
  });

  test('of a run that has lived for 300 days hands over to the next generation, which the reaction starts', async () => {
    const startedAt = desk.now;
    desk.at('2027-09-05T15:00:00Z');
    await enter(screening({ startedAt, token: 'token 300' }));
    expect(resumed.filter(([token]) => token === 'token 300')).toEqual([]);
    desk.at('2027-09-05T15:00:01Z');
    await enter(screening({ startedAt, token: 'token 301' }));
    expect(resumed).toEqual([['token 301', { outcome: 'handed-over' }]]);
    const { commits, state } = (await desk.ledger.referral(id)) ?? {};
    expect(state?.generation).toBe(2);
    expect(commits?.at(-1)?.cause).toEqual({ kind: 'task', run: `${id}-g1` });
    await react(reactParts(), id);
    expect(started).toContain(`${id}-g2`);
  });

  test('that an older try enters late does not replace the newer one', async () => {
    await enter(screening({ retryCount: 1, token: 'newer' }));
    await enter(screening({ token: 'older' }));
    await screen();
    await react(reactParts(), id);
    expect(resumed).toEqual([['newer', { outcome: 'screened' }]]);
  });
});

describe('the reaction to commits', () => {
  test('starts the run of the referral and of each deadline, and commits nothing', async () => {
    await react(reactParts(), id);
    const { runs: due, seq } = await desk.state(id);
    expect(started).toEqual([`${id}-g1`, ...Object.keys(due).map((run) => `${run}-g1`)]);
    expect(seq).toBe(1);
    expect((await desk.cursors.progress(id, 'react')).seq).toBe(1);
  });

  test('to a commit that was handled already starts nothing again', async () => {
    await react(reactParts(), id);
    const once = [...started];
    await react(reactParts(), id);
    expect(started).toEqual(once);
  });

  test('writes all rows of the board anew where they were written in an earlier layout', async () => {
    const written: string[] = [];
    const board = { put: async ({ kind }: { kind: string }) => void written.push(kind) };
    await react({ ...reactParts(), board }, id);
    const all = [...written];
    expect(all).toContain('deadline');

    const completed = await desk.cursors.progress(id, 'react');
    const earlier = { ...desk.cursors, progress: async () => ({ ...completed, layout: boardLayout - 1 }) };
    written.length = 0;
    await react({ ...reactParts(), board, cursors: earlier }, id);
    expect(written).toEqual(all);

    written.length = 0;
    await react({ ...reactParts(), board }, id);
    expect(written).toEqual([]);
  });

  test('replaces a row of an earlier layout, which has the number of the same commit', async () => {
    await react(reactParts(), id);
    const row = (await desk.board.stored([{ kind: 'referral', id }]))[0]?.row;
    if (!row) throw new Error('The referral has no row.');
    const { concerns: _, ...early } = row;
    const [stored] = await desk.board.stored([row]);
    await desk.board.replace({ ...early, order: '1#2026-11-09T15:30:00Z' }, stored);
    const completed = await desk.cursors.progress(id, 'react');
    const earlier = { ...desk.cursors, progress: async () => ({ ...completed, layout: boardLayout - 1 }) };
    await react({ ...reactParts(), cursors: earlier }, id);
    expect((await desk.board.stored([row]))[0]?.row).toEqual(row);
  });

  test('that failed half-way starts from the same commit again', async () => {
    const failing = { ...runs, start: () => Promise.reject(new Error('Not now.')) };
    await expect(react({ ...reactParts(), runs: failing }, id)).rejects.toThrow('Not now.');
    expect((await desk.cursors.progress(id, 'react')).seq).toBe(0);
    await react(reactParts(), id);
    expect(started).toContain(`${id}-g1`);
  });

  test('to several commits at once gives the same as for each', async () => {
    await screen();
    await desk.step(id, 'ProposeEligibility');
    await desk.step(id, 'OpenPreventionServices');
    await react(reactParts(), id);
    expect(started).toContain(`${id}.D28.1-g1`);
    expect(started).not.toContain(`${id}.D9.1-g2`);
    expect((await desk.cursors.progress(id, 'react')).seq).toBe((await desk.state(id)).seq);
  });

  test('puts the referral into the queue, due first, and takes it out when nothing is left', async () => {
    await react(reactParts(), id);
    const rows = async () => (await desk.board.queue('open', { limit: 10 })).rows;
    expect(await rows()).toMatchObject([{ id, rule: 'D1', stage: 'open' }]);
    for (const rule of ['D1', 'D3', 'D4'])
      await desk.do(id, 'find-not-applicable', { deadlineId: `${id}.${rule}.1`, reason: 'Invented words.' }, 'legal');
    await desk.do(id, 'propose-withdrawal', { because: 'made-in-error', reason: 'Words.' }, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    const open = async () => openDeadlines(await desk.state(id))[0]?.id;
    for (let deadlineId = await open(); deadlineId !== undefined; deadlineId = await open())
      await desk.do(id, 'find-not-applicable', { deadlineId, reason: 'Invented words.' }, 'legal');
    await react(reactParts(), id);
    expect(await rows()).toEqual([]);
  });

  test('to a chain that is no referral does nothing', async () => {
    await react(reactParts(), 'CR-00000-000000');
    expect([started, await desk.items('Cursors')]).toEqual([[], []]);
  });
});
