/** The row of facts is written at most hourly and when the referral ends, where it says something new. The highest commit wins. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { keepFacts } from '../../../shared/application/use-cases/keep-facts.ts';
import { event } from '../../../shared/domain/events.ts';
import { factRow } from '../../../shared/domain/facts/fact-row.ts';
import { factLayout } from '../../../shared/domain/facts/fact-row-shape.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import { type Desk, personOf, startDesk } from '../../support/desk.ts';

let desk: Desk;
let id: string;
beforeEach(async () => {
  await desk?.stop();
  desk = await startDesk();
  id = await desk.opened();
});
afterAll(() => desk.stop());

const later = (minutes: number) => desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
const parts = () => ({ facts: desk.facts, cursors: desk.cursors, policyOf });
const read = async (): Promise<NonNullable<Awaited<ReturnType<Ledger['referral']>>>> => {
  const found = await desk.ledger.referral(id);
  if (!found) throw new Error('There is no such referral.');
  return found;
};
/** As `react` and the watchdog do: the cursor first, then the chain. */
async function keep() {
  const progress = await desk.cursors.facts(id);
  return keepFacts(parts(), await read(), progress, desk.now);
}
const learn = () => desk.do(id, 'record-facts', { gender: 'girl', identifiedBy: 'school' }, 'caseworker');
const rows = () => desk.facts.ofMonth('2026-11');

describe('the row of facts', () => {
  test('is written when the referral opens, in the month of its receipt', async () => {
    expect(await keep()).toBe('written');
    const { state, commits, policy } = await read();
    expect(await rows()).toEqual([factRow({ state, commits }, policyOf(policy))]);
    expect(await desk.facts.ofMonth('2026-12')).toEqual([]);
  });

  test('waits for the hour where it was written, and says all then', async () => {
    await keep();
    later(30);
    await learn();
    expect(await keep()).toBeUndefined();
    expect((await rows())[0]?.identifiedBy).toBe('unknown');
    later(30);
    expect(await keep()).toBe('written');
    expect((await rows())[0]?.identifiedBy).toBe('school');
    later(90);
    expect(await keep()).toBeUndefined();
  });

  test('is not written again where it would say the same', async () => {
    await keep();
    later(90);
    const frame = { now: desk.now, actor: { kind: 'function', id: 'SWEEP' }, cause: { kind: 'sweep' } } as const;
    await desk.ledger.changeReferral(id, frame, () => [event('swept', { found: 'cursor-behind' })]);
    const before = desk.units().write;
    expect(await keep()).toBe('same');
    // The cursor alone.
    expect(desk.units().write - before).toBe(1);
    expect((await desk.cursors.facts(id)).seq).toBe((await read()).commits.length);
    later(90);
    await learn();
    expect(await keep()).toBe('written');
    expect((await rows())[0]?.identifiedBy).toBe('school');
  });

  test('is written at once where the referral is sealed, and where the seal is lifted', async () => {
    await keep();
    later(5);
    const forPeople = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
    const why = { because: 'colleague-involved', forPeople, reason: 'W.' };
    await desk.do(id, 'seal-referral', why, 'careline-manager');
    expect(await keep()).toBe('written');
    expect((await rows())[0]?.sealed).toBe(true);
    later(5);
    await desk.do(id, 'unseal-referral', { reason: 'W.' }, 'careline-supervisor');
    expect(await keep()).toBe('written');
    expect((await rows())[0]?.sealed).toBe(false);
  });

  test('is written at once where the referral ends', async () => {
    await keep();
    later(5);
    const why = { because: 'made-in-error', reason: 'A wrong number.' };
    await desk.do(id, 'propose-withdrawal', why, 'careline-supervisor');
    await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    expect(await keep()).toBe('written');
    expect((await rows())[0]).toMatchObject({ stage: 'withdrawn', withdrawnBecause: 'made-in-error' });
  });

  test('is that of the highest commit where a slower writer comes last', async () => {
    const before = await read();
    const progress = await desk.cursors.facts(id);
    await learn();
    later(61);
    await keep();
    await keepFacts(parts(), before, progress, desk.now);
    expect((await rows())[0]?.identifiedBy).toBe('school');
    expect((await desk.cursors.facts(id)).seq).toBe((await read()).commits.length);
  });

  test('is written again where the writer ended between the row and its cursor', async () => {
    const cursors = { putFacts: () => Promise.reject(new Error('It ended.')) };
    await expect(
      keepFacts({ ...parts(), cursors }, await read(), await desk.cursors.facts(id), desk.now),
    ).rejects.toThrow();
    expect(await keep()).toBe('written');
    expect(await rows()).toHaveLength(1);
  });

  test('of an earlier layout is written anew at once, beside the live writer', async () => {
    const { commits } = await read();
    const head = commits.at(-1)?.stored.hash ?? '';
    const old = { seq: commits.length, head, layout: factLayout - 1, at: desk.now };
    await desk.cursors.putFacts(id, old, await desk.cursors.facts(id));
    expect(await keep()).toBe('written');
    expect((await desk.cursors.facts(id)).layout).toBe(factLayout);
  });

  test('is written anew where a person wrote its cursor', async () => {
    await keep();
    const { commits } = await read();
    const forged = { seq: commits.length + 9, head: 'none', layout: factLayout, at: desk.now };
    await desk.cursors.putFacts(id, forged, await desk.cursors.facts(id));
    expect(await keep()).toBe('written');
    expect((await desk.cursors.facts(id)).seq).toBe(commits.length);
  });
});
