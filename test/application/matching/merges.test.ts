import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookUp } from '../../../shared/application/matching/look-up.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { claim } from '../../../shared/application/use-cases/reserve-merge.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const trees = ['', 'Aspen', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper'];
let children = 0;
/** Two referrals of one child, each a candidate of the other. */
async function twice(): Promise<readonly [string, string]> {
  children += 1;
  const child = {
    name: `${trees[children]} Example`,
    birthDate: `${2008 + children}-${String(children).padStart(2, '0')}-${10 + children}`,
  };
  const pair = [await desk.opened(child), await desk.opened(child)] as const;
  for (const id of [...pair, ...pair]) await desk.step(id, 'AskSameChild');
  return pair;
}
const same = (of: string) => ({ answer: 'same-child-open', of, reason: 'The same school.' });
const worker = { as: 'careline-worker' };
const mergedOf = async (id: string) => {
  const {
    stage,
    sameChild: { mergedInto, merges },
  } = await desk.state(id);
  return { stage, mergedInto, merges: merges.map(({ from }) => from) };
};

/** Runs `between` right before the commit that merges. */
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

describe('a merge', () => {
  test('stands in both histories', async () => {
    const [one, other] = await twice();
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(await mergedOf(other)).toMatchObject({ stage: 'merged', mergedInto: one });
    expect(await mergedOf(one)).toEqual({ stage: 'open', mergedInto: undefined, merges: [other] });
  });

  test('answers for one of the referrals found, and leaves the clock open for the others', async () => {
    const [one, other] = await twice();
    const child = {
      name: `${trees[children]} Example`,
      birthDate: `${2008 + children}-${String(children).padStart(2, '0')}-${10 + children}`,
    };
    const third = await desk.opened(child);
    await desk.step(third, 'AskSameChild');
    const clock = async () => Object.values((await desk.state(third)).deadlines).find(({ rule }) => rule === 'D31');
    const no = (of: string) => ({ answer: 'not-a-duplicate', of, reason: 'Another child.' });
    const closed = await desk.command(third, 'answer-duplicate', { ...no(one), answer: 'earlier-closed' }, worker);
    expect(closed).toMatchObject({ kind: 'refused', refusal: { refused: 'other-open' } });
    await desk.do(third, 'answer-duplicate', no(one), 'careline-worker');
    expect((await clock())?.status).toBe('open');
    await desk.do(third, 'answer-duplicate', no(other), 'careline-worker');
    expect((await clock())?.status).toBe('kept');
  });

  test('of two referrals into each other in the same second ends one alone', async () => {
    const [one, other] = await twice();
    let second: object = {};
    const parts = crossed(async () => {
      second = await desk.command(other, 'answer-duplicate', same(one), worker);
    });
    const order = { referralId: one, name: 'answer-duplicate', input: same(other), key: 'crossing' } as const;
    expect(await performCommand(parts, visitor('careline-worker'), order)).toMatchObject({ kind: 'done' });
    expect(second).toMatchObject({ kind: 'refused', refusal: { refused: 'others-merged-into-it' } });
    expect(await mergedOf(other)).toEqual({ stage: 'open', mergedInto: undefined, merges: [one] });
  });

  test('is refused where the other one claimed this one first, and its own claim is undone', async () => {
    const [one, other] = await twice();
    const chains = { ledger: desk.ledger, now: desk.now, personId: 'P-OTHER', commandId: 'CROSSING' };
    const parts = crossed(async () => claim(chains, { from: await desk.state(other), to: one }));
    const order = { referralId: one, name: 'answer-duplicate', input: same(other), key: 'second' } as const;
    const answer = await performCommand(parts, visitor('careline-worker'), order);
    expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'others-merged-into-it' } });
    expect([await mergedOf(one), await mergedOf(other)]).toMatchObject([
      { stage: 'open', merges: [other] },
      { stage: 'open', merges: [] },
    ]);
  });

  /** The instants by which the duties of law of these rules are due, each once for each report. */
  const dueOf = async (id: string, rules: readonly string[]) =>
    Object.values((await desk.state(id)).deadlines)
      .filter(({ rule, status }) => rules.includes(rule) && status === 'open')
      .map(({ rule, due }) => `${rule} ${due}`)
      .toSorted();

  test('as a duplicate, which two people withdraw, gives its duties of law to the living one', async () => {
    const [one, other] = await twice();
    const rules = ['D1', 'D3', 'D4', 'D6'];
    const before = await dueOf(one, rules);
    const input = { because: 'duplicate', of: one, reason: 'Invented.' };
    await desk.do(other, 'propose-withdrawal', input, 'careline-supervisor');
    await desk.do(other, 'agree-withdrawal', {}, 'careline-supervisor/2');
    expect((await desk.state(other)).stage).toBe('withdrawn');
    expect(await dueOf(other, rules)).toEqual([]);
    // The same report has each of them once.
    expect(await dueOf(one, rules)).toEqual(before);
  });

  test('gives its duties of law to the other one, which alone owes them', async () => {
    const [one, other] = await twice();
    const rules = ['D1', 'D3', 'D4', 'D6'];
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(new Set((await dueOf(one, rules)).map((each) => each.split(' ')[0]))).toEqual(new Set(rules));
    expect(
      await lookUp(
        { ...desk.parts(), policy: connecticutPolicy },
        visitor('caseworker'),
        'merged',
        await desk.state(one),
        {},
      ),
    ).toEqual({
      merged: { merged: [{ id: other, owes: [] }] },
    });
  });

  test('from both sides at once leaves one of the two open, in any order', async () => {
    const [one, other] = await twice();
    await Promise.all([
      desk.command(one, 'answer-duplicate', same(other), worker),
      desk.command(other, 'answer-duplicate', same(one), worker),
    ]);
    const stages = [(await desk.state(one)).stage, (await desk.state(other)).stage];
    expect(stages).toContain('open');
  });

  test('into a referral that is withdrawn in the same second is refused', async () => {
    const [one, other] = await twice();
    await desk.do(one, 'propose-withdrawal', { because: 'made-in-error', reason: 'Invented.' }, 'careline-supervisor');
    let withdrawing: object = {};
    const parts = crossed(async () => {
      withdrawing = await desk.command(one, 'agree-withdrawal', {}, { as: 'careline-manager' });
    });
    const order = { referralId: other, name: 'answer-duplicate', input: same(one), key: 'withdrawing' } as const;
    expect(await performCommand(parts, visitor('careline-worker'), order)).toMatchObject({ kind: 'done' });
    expect(withdrawing).toMatchObject({ kind: 'refused', refusal: { refused: 'others-merged-into-it' } });
    expect((await desk.state(one)).stage).toBe('open');
  });

  test('that stopped after its claim is completed by the same key, and blocks no work for longer than an hour', async () => {
    const [one, other] = await twice();
    const order = { referralId: other, name: 'answer-duplicate', input: same(one), key: 'stopped' } as const;
    const stopping = crossed(() => Promise.reject(new Error('The process ended.')));
    await expect(performCommand(stopping, visitor('careline-worker'), order)).rejects.toThrow('The process ended.');
    expect(await mergedOf(one)).toMatchObject({ merges: [other] });
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
    expect(await mergedOf(one)).toMatchObject({ merges: [other] });
  });
});

/** The open clocks of a rule: the start, the due instant and the cause of each. */
const clocksOf = async (id: string, rule: string) =>
  openDeadlines(await desk.state(id))
    .filter((each) => each.rule === rule)
    .map(({ start, due, startedBy }) => ({ start, due, startedBy }));

describe('the duties of the merged report', () => {
  let known = 0;
  const child = () => {
    known += 1;
    return { name: `Sample ${trees[known]}`, birthDate: `2010-1${known % 3}-2${known}`, danger: 'no' };
  };
  /** The first report about a child, already worked on: a liaison, a started exam, a plan, a screening. */
  async function workedOn(of: object): Promise<string> {
    desk.at('2026-11-10T15:00:00Z');
    const one = await desk.opened(of);
    await desk.step(one, 'AskSameChild');
    const liaison = visitor('hart-liaison').id;
    await desk.do(one, 'assign-liaison', { personId: liaison }, 'hart-lead');
    await desk.do(one, 'offer-linkage', { service: 'medical-acute-forensic', providerId: 'PV-1' }, 'hart-liaison');
    await desk.do(one, 'start-linkage', { service: 'medical-acute-forensic' }, 'hart-liaison');
    await desk.do(one, 'record-safety-plan', { placement: 'relative', plan: 'With her aunt.' }, 'caseworker');
    await desk.do(one, 'screen', { outcome: 'insufficient-info', rationale: 'Words.' }, 'hart-liaison');
    return one;
  }
  const receivedAt = '2026-11-12T15:00:00.000Z';
  async function reportedAgain(of: object, more: object = {}): Promise<string> {
    desk.at(receivedAt);
    const other = await desk.opened({ ...of, ...more });
    await desk.step(other, 'AskSameChild');
    return other;
  }

  test('are first recorded as facts that the other one lacks, and then open there, so none is lost', async () => {
    const of = child();
    const one = await workedOn({ ...of, lastAssaultAt: '2026-11-09T14:00:00Z' });
    const news = { danger: 'yes', perpetrators: ['caregiver'], lastAssaultAt: '2026-11-12T14:00:00Z' };
    const other = await reportedAgain(of, news);
    const before = openDeadlines(await desk.state(other));
    expect(await desk.command(other, 'answer-duplicate', same(one), worker)).toMatchObject({
      kind: 'refused',
      refusal: {
        sentence: expect.stringContaining(
          'danger yes (assess-danger); caregiverNamed yes, lastAssaultAt (record-facts)',
        ),
      },
    });
    expect((await mergedOf(one)).merges).toEqual([]);
    await desk.do(one, 'assess-danger', { danger: 'yes' }, 'careline-worker');
    const { lastAssaultAt } = news;
    await desk.do(one, 'record-facts', { caregiverNamed: 'yes', lastAssaultAt }, 'careline-worker');
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    const alerts = Object.values((await desk.state(one)).alerts);
    expect(alerts.map(({ kind }) => kind)).toContain('do-not-alert-caregiver');
    const open = [...openDeadlines(await desk.state(other)), ...openDeadlines(await desk.state(one))];
    const lost = before.filter(({ rule }) => !open.some((each) => each.rule === rule));
    // The question is answered, and the liaison is assigned.
    expect(lost.map(({ rule }) => rule)).toEqual(['D8', 'D31']);
  });

  test('open there from their own receipt where the facts agree and all was done before that receipt', async () => {
    const of = { ...child(), lastAssaultAt: 'unknown' };
    const one = await workedOn(of);
    const other = await reportedAgain(of);
    expect(await Promise.all(['D9', 'D17', 'D21'].map((rule) => clocksOf(one, rule)))).toEqual([[], [], []]);
    const due = async (rule: string) => (await clocksOf(other, rule))[0]?.due;
    const dues = await Promise.all(['D9', 'D17', 'D21'].map(due));
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(await Promise.all(['D8', 'D9', 'D17', 'D21'].map((rule) => clocksOf(one, rule)))).toEqual([
      [],
      ...dues.map((each) => [{ start: receivedAt, due: each, startedBy: 'report-merged' }]),
    ]);
  });

  test('are done already where the exam started after the assault that both referrals know', async () => {
    const of = { ...child(), lastAssaultAt: '2026-11-09T14:00:00Z' };
    const one = await workedOn(of);
    await desk.do(await reportedAgain(of), 'answer-duplicate', same(one), 'careline-worker');
    expect(await clocksOf(one, 'D17')).toEqual([]);
    expect(await clocksOf(one, 'D21')).toHaveLength(1);
  });

  test('open nothing that already runs there', async () => {
    const of = child();
    const one = await reportedAgain(of);
    const other = await reportedAgain(of);
    const before = openDeadlines(await desk.state(one));
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(openDeadlines(await desk.state(one))).toEqual(before);
  });

  test('open there also where a person acted before the runs of both', async () => {
    const of = { ...child(), lastAssaultAt: 'unknown' };
    const [one, other] = [await desk.opened(of), await desk.opened(of)];
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    expect(await clocksOf(one, 'D17')).toEqual([{ start: desk.now, due: expect.any(String), startedBy: undefined }]);
  });

  test('are withdrawn there once the merge is undone', async () => {
    const of = { ...child(), lastAssaultAt: 'unknown' };
    const one = await workedOn(of);
    const other = await reportedAgain(of);
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    await desk.do(other, 'undo-merge', { reason: 'A cousin.' }, 'careline-supervisor');
    expect(await Promise.all(['D9', 'D17', 'D21'].map((rule) => clocksOf(one, rule)))).toEqual([[], [], []]);
    expect(await clocksOf(other, 'D17')).toHaveLength(1);
  });
});

describe('an undone merge', () => {
  test('frees the other one, and both histories say so', async () => {
    const [one, other] = await twice();
    await desk.do(other, 'answer-duplicate', same(one), 'careline-worker');
    await desk.do(other, 'undo-merge', { reason: 'A cousin of the same name.' }, 'careline-supervisor');
    expect([await mergedOf(one), await mergedOf(other)]).toMatchObject([
      { stage: 'open', merges: [] },
      { stage: 'open', mergedInto: undefined },
    ]);
    const events = (await desk.ledger.referral(one))?.commits.flatMap((commit) => commit.events) ?? [];
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['merge-reserved', 'merge-reservation-ended']),
    );
  });
});
