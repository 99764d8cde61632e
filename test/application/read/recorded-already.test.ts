/** A person who sends the same again from a second tab, or after going back, stores it once. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

let keys = 0;
/** A form under a key of its own, as each tab has one. */
const send = (referralId: string, name: CommandName, input: object, as: string, shown: number, more: object = {}) => {
  keys += 1;
  const order = { referralId, name, input, key: `tab ${keys}`, seen: { shown }, ...more };
  return performCommand(desk.parts(), visitor(as), order);
};
const police = { covers: ['state'], agencyId: 'PD-1', personReached: 'A.', method: 'phone', agencyReference: '1' };
const passes = (milliseconds: number) => desk.at(new Date(Date.parse(desk.now) + milliseconds).toISOString());
const seqOf = async (id: string) => (await desk.state(id)).seq;
const worker = 'careline-worker';

test('the form of a second tab stores nothing, and names the act that it would repeat', async () => {
  const id = await desk.opened();
  const shown = await seqOf(id);
  expect(await send(id, 'notify-police', police, worker, shown)).toMatchObject({ kind: 'done' });
  const seq = await seqOf(id);
  passes(5 * 3_600_000);
  const second = await send(id, 'notify-police', police, worker, shown);
  expect(second).toMatchObject({ kind: 'recorded-already', act: { seq, cause: { name: 'notify-police' } } });
  expect(await seqOf(id)).toBe(seq);
});

test('the same is stored where the person says that it is another', async () => {
  const id = await desk.opened();
  const shown = await seqOf(id);
  await send(id, 'notify-police', police, worker, shown);
  const seq = await seqOf(id);
  expect(await send(id, 'notify-police', police, worker, shown, { isAnother: true })).toMatchObject({ kind: 'done' });
  expect(await seqOf(id)).toBe(seq + 1);
});

test('other values are another act, from the same old page too', async () => {
  const id = await desk.opened();
  const shown = await seqOf(id);
  await send(id, 'notify-police', police, worker, shown);
  const other = { ...police, personReached: 'B.' };
  expect(await send(id, 'notify-police', other, worker, shown)).toMatchObject({ kind: 'done' });
});

test('the same of two people is two acts', async () => {
  const id = await desk.opened();
  await send(id, 'notify-police', police, worker, await seqOf(id));
  const theirs = await send(id, 'notify-police', police, 'careline-supervisor', await seqOf(id));
  expect(theirs).toMatchObject({ kind: 'done' });
});

test('a fresh form with the same values is asked about for ten minutes, and only where nothing came between', async () => {
  const id = await desk.opened();
  await send(id, 'notify-police', police, worker, await seqOf(id));
  expect(await send(id, 'notify-police', police, worker, await seqOf(id))).toMatchObject({ kind: 'recorded-already' });
  passes(10 * 60_000);
  expect(await send(id, 'notify-police', police, worker, await seqOf(id))).toMatchObject({ kind: 'done' });
  await desk.do(id, 'report-missing', {}, 'caseworker');
  expect(await send(id, 'notify-police', police, worker, await seqOf(id))).toMatchObject({ kind: 'done' });
});

test('an act without any field is known again, and not refused by the domain', async () => {
  const id = await desk.opened();
  const shown = await seqOf(id);
  expect(await send(id, 'report-missing', {}, worker, shown)).toMatchObject({ kind: 'done' });
  expect(await send(id, 'report-missing', {}, worker, shown)).toMatchObject({ kind: 'recorded-already' });
});

test('two attempts to reach a child at other times are two', async () => {
  const id = await desk.opened();
  await desk.do(id, 'screen', { outcome: 'confirmed', definitionBasis: '53a-192a', rationale: 'x' }, 'hart-liaison');
  await desk.step(id, 'OpenServices');
  await desk.do(id, 'offer-linkage', { service: 'victim-advocacy', providerId: 'PV-1' }, 'hart-liaison');
  const shown = await seqOf(id);
  const at = desk.now;
  const attempt = (time: string) =>
    send(id, 'record-contact', { service: 'victim-advocacy', reached: 'no', at: time }, 'contact:PV-1', shown);
  passes(60_000);
  expect(await attempt(at)).toMatchObject({ kind: 'done' });
  expect(await attempt(desk.now)).toMatchObject({ kind: 'done' });
  expect(await attempt(at)).toMatchObject({ kind: 'recorded-already' });
});

test('two tabs that send at the same moment store it once', async () => {
  const id = await desk.opened();
  const shown = await seqOf(id);
  const answers = await Promise.all([0, 1].map(() => send(id, 'notify-police', police, worker, shown)));
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'recorded-already']);
});
