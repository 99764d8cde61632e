import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim } from '../../shared/doors/claim-referral.ts';
import { look } from '../../shared/doors/look.ts';
import { performCommand } from '../../shared/doors/perform-command.ts';
import { type Desk, startDesk, visitor } from '../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const trees = ['', 'Aspen', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy'];
let children = 0;
/** Two referrals of one child, each a candidate of the other. */
async function twice(): Promise<readonly [string, string]> {
  children += 1;
  const child = { name: `${trees[children]} Example`, birthDate: `${2008 + children}-0${children}-1${children}` };
  const pair = [await desk.opened(child), await desk.opened(child)] as const;
  for (const id of [...pair, ...pair]) await desk.step(id, 'OpenIntakeDeadlines');
  return pair;
}
const same = (of: string) => ({ answer: 'same-child-open', of, reason: 'The same school.' });
const worker = { as: 'careline-worker' };
const attachedOf = async (id: string) => {
  const { stage, attachedTo, attachments } = await desk.state(id);
  return { stage, attachedTo, attachments: attachments.map(({ from }) => from) };
};

/** Does `between` right before the commit that attaches. */
const crossed = (between: () => Promise<unknown>) => ({
  ...desk.parts(),
  ledger: {
    ...desk.ledger,
    changeReferral: async (...given: Parameters<Desk['ledger']['changeReferral']>) => {
      const { cause } = given[1];
      if (cause.kind === 'command' && cause.name === 'answer-duplicate') await between();
      return desk.ledger.changeReferral(...given);
    },
  },
});

describe('attaching', () => {
  test('stands in both histories', async () => {
    const [one, other] = await twice();
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(await attachedOf(other)).toMatchObject({ stage: 'attached', attachedTo: one });
    expect(await attachedOf(one)).toEqual({ stage: 'open', attachedTo: undefined, attachments: [other] });
  });

  test('is asked of each referral that was found: one answer leaves the clock open for the others', async () => {
    const [one, other] = await twice();
    const child = { name: `${trees[children]} Example`, birthDate: `${2008 + children}-0${children}-1${children}` };
    const third = await desk.opened(child);
    await desk.step(third, 'OpenIntakeDeadlines');
    const clock = async () => Object.values((await desk.state(third)).deadlines).find(({ rule }) => rule === 'D31');
    const no = (of: string) => ({ answer: 'not-a-duplicate', of, reason: 'Another child.' });
    const closed = await desk.command(third, 'answer-duplicate', { ...no(one), answer: 'earlier-closed' }, worker);
    expect(closed).toMatchObject({ kind: 'refused', refusal: { refused: 'other-open' } });
    await desk.do(third, 'answer-duplicate', no(one), 'careline-worker');
    expect((await clock())?.status).toBe('open');
    await desk.do(third, 'answer-duplicate', no(other), 'careline-worker');
    expect((await clock())?.status).toBe('kept');
  });

  test('two of them, each to the other in the same second, ends one alone', async () => {
    const [one, other] = await twice();
    let second: object = {};
    const parts = crossed(async () => {
      second = await desk.command(other, 'answer-duplicate', same(one), worker);
    });
    const order = { referralId: one, name: 'answer-duplicate', input: same(other), key: 'crossing' } as const;
    expect(await performCommand(parts, visitor('careline-worker'), order)).toMatchObject({ kind: 'done' });
    expect(second).toMatchObject({ kind: 'refused', refusal: { refused: 'others-rest-on-it' } });
    expect(await attachedOf(other)).toEqual({ stage: 'open', attachedTo: undefined, attachments: [one] });
  });

  test('is refused where the other one claimed this one first, and its own claim is given back', async () => {
    const [one, other] = await twice();
    const chains = { ledger: desk.ledger, now: desk.now, personId: 'P-OTHER', commandId: 'CROSSING' };
    const parts = crossed(() => claim(chains, { from: other, to: one }));
    const order = { referralId: one, name: 'answer-duplicate', input: same(other), key: 'second' } as const;
    const answer = await performCommand(parts, visitor('careline-worker'), order);
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'others-rest-on-it' } });
    expect([await attachedOf(one), await attachedOf(other)]).toMatchObject([
      { stage: 'open', attachments: [other] },
      { stage: 'open', attachments: [] },
    ]);
  });

  test('leaves the other one to be closed only once what the law asks for of this report is done', async () => {
    const [one, other] = await twice();
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(await look(desk.parts(), visitor('caseworker'), 'resting', await desk.state(one), {})).toEqual({
      resting: [{ id: other, owes: ['D1', 'D3', 'D4', 'D6'] }],
    });
  });

  test('at once from both sides leaves one of the two open, whatever the order', async () => {
    const [one, other] = await twice();
    await Promise.all([
      desk.command(one, 'answer-duplicate', same(other), worker),
      desk.command(other, 'answer-duplicate', same(one), worker),
    ]);
    const stages = [(await desk.state(one)).stage, (await desk.state(other)).stage];
    expect(stages).toContain('open');
  });

  test('to a referral that is withdrawn in the same second is refused', async () => {
    const [one, other] = await twice();
    await desk.do(one, 'propose-withdrawal', { because: 'made-in-error', reason: 'Invented.' }, 'careline-supervisor');
    let withdrawing: object = {};
    const parts = crossed(async () => {
      withdrawing = await desk.command(one, 'agree-withdrawal', {}, { as: 'careline-manager' });
    });
    const order = { referralId: other, name: 'answer-duplicate', input: same(one), key: 'withdrawing' } as const;
    expect(await performCommand(parts, visitor('careline-worker'), order)).toMatchObject({ kind: 'done' });
    expect(withdrawing).toMatchObject({ kind: 'refused', refusal: { refused: 'others-rest-on-it' } });
    expect((await desk.state(one)).stage).toBe('open');
  });

  test('that stopped after its claim is completed by the same key, and holds nothing up for longer than an hour', async () => {
    const [one, other] = await twice();
    const order = { referralId: other, name: 'answer-duplicate', input: same(one), key: 'stopped' } as const;
    const stopping = crossed(() => Promise.reject(new Error('The process ended.')));
    await expect(performCommand(stopping, visitor('careline-worker'), order)).rejects.toThrow('The process ended.');
    expect(await attachedOf(one)).toMatchObject({ attachments: [other] });
    const propose = () =>
      desk.command(
        one,
        'propose-withdrawal',
        { because: 'made-in-error', reason: 'Invented.' },
        { as: 'careline-supervisor' },
      );
    expect(await propose()).toMatchObject({ kind: 'refused' });
    desk.at('2026-11-09T16:30:00Z');
    expect(await propose()).toMatchObject({ kind: 'done' });
    expect(await performCommand(desk.parts(), visitor('careline-worker'), order)).toMatchObject({ kind: 'done' });
    expect(await attachedOf(one)).toMatchObject({ attachments: [other] });
  });
});

describe('taking it back', () => {
  test('frees the other one, and both histories say so', async () => {
    const [one, other] = await twice();
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    await desk.do(other, 'undo-attachment', { reason: 'A cousin of the same name.' }, 'careline-supervisor');
    expect([await attachedOf(one), await attachedOf(other)]).toMatchObject([
      { stage: 'open', attachments: [] },
      { stage: 'open', attachedTo: undefined },
    ]);
    const events = (await desk.ledger.referral(one))?.commits.flatMap((commit) => commit.events) ?? [];
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['attachment-claimed', 'attachment-released']),
    );
  });
});
