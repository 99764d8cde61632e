/** A page's state against the referral now. Only a change that matters to the act stops the act. */
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
const send = (referralId: string, name: CommandName, input: object, as: string, shown: number) => {
  keys += 1;
  const order = { referralId, name, input, key: `shown ${keys}`, seen: { shown } };
  return performCommand(desk.parts(), visitor(as), order);
};
const police = { covers: ['state'], agencyId: 'PD-1', personReached: 'A.', method: 'phone', agencyReference: '1' };

test('a notice that a colleague has recorded meanwhile is not recorded again unseen', async () => {
  const id = await desk.opened();
  const { seq } = await desk.state(id);
  await desk.do(id, 'notify-police', police, 'careline-supervisor');
  const answer = await send(id, 'notify-police', police, 'careline-worker', seq);
  expect(answer).toMatchObject({
    kind: 'changed-meanwhile',
    since: [{ type: 'police-notified' }, { type: 'deadline-kept' }],
  });
  expect((await desk.state(id)).seq).toBe(seq + 1);
  // A person who has seen it may still record another.
  expect(await send(id, 'notify-police', police, 'careline-worker', seq + 1)).toMatchObject({ kind: 'done' });
});

test('a second screening is not recorded by a person who has not seen the first', async () => {
  const id = await desk.opened();
  const { seq } = await desk.state(id);
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  const second = { outcome: 'at-risk', rationale: 'Other words.' };
  expect(await send(id, 'screen', second, 'hart-lead', seq)).toMatchObject({ kind: 'changed-meanwhile' });
  expect((await desk.state(id)).proposals.downgrade).toBeUndefined();
});

test('an unrelated change does not stop the act', async () => {
  const id = await desk.opened();
  const { seq } = await desk.state(id);
  await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  await desk.do(id, 'assign-liaison', { personId: 'P-HART-LIAISON' }, 'hart-lead');
  await desk.do(id, 'report-missing', {}, 'caseworker');
  expect(await send(id, 'notify-police', police, 'careline-worker', seq)).toMatchObject({ kind: 'done' });
});

test('a refusal of the domain comes as it is, because it can overwrite nothing', async () => {
  const id = await desk.opened();
  await desk.do(id, 'report-missing', {}, 'caseworker');
  const answer = await send(id, 'report-missing', {}, 'careline-worker', 1);
  expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'already-missing' } });
});

test('a number that the referral never had, or does not have yet, is refused too', async () => {
  const id = await desk.opened();
  expect(await send(id, 'report-missing', {}, 'caseworker', 0)).toMatchObject({ kind: 'changed-meanwhile' });
  expect(await send(id, 'report-missing', {}, 'caseworker', 99)).toMatchObject({ kind: 'done' });
});

test('the second of two people who send at once reads of the first', async () => {
  const id = await desk.opened();
  const { seq } = await desk.state(id);
  const input = { definitionBasis: 'tvpa', rationale: 'W.' };
  const answers = await Promise.all([
    send(id, 'screen', { ...input, outcome: 'high-risk' }, 'hart-lead', seq),
    send(id, 'screen', { ...input, outcome: 'confirmed' }, 'hart-liaison', seq),
  ]);
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['changed-meanwhile', 'done']);
  expect((await desk.state(id)).screening.list).toHaveLength(1);
});
