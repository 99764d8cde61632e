/** What a page was shown at, held against what the referral has become: only a move that matters stops an act. */
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

test('a notice that a colleague has given meanwhile is not recorded a second time unseen', async () => {
  const id = await desk.opened();
  await desk.step(id, 'OpenIntakeDeadlines');
  const { seq } = await desk.state(id);
  await desk.do(id, 'notify-police', police, 'careline-supervisor');
  const answer = await send(id, 'notify-police', police, 'careline-worker', seq);
  expect(answer).toMatchObject({
    kind: 'changed-meanwhile',
    since: [{ type: 'police-notified' }, { type: 'deadline-kept' }],
  });
  expect((await desk.state(id)).seq).toBe(seq + 1);
  // Whoever has seen it and still wants to, may.
  expect(await send(id, 'notify-police', police, 'careline-worker', seq + 1)).toMatchObject({ kind: 'done' });
});

test('a screening on a screening that the person has not seen is not recorded', async () => {
  const id = await desk.opened();
  await desk.step(id, 'OpenIntakeDeadlines');
  const { seq } = await desk.state(id);
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  const second = { outcome: 'at-risk', rationale: 'Other words.' };
  expect(await send(id, 'screen', second, 'hart-lead', seq)).toMatchObject({ kind: 'changed-meanwhile' });
  expect((await desk.state(id)).proposals.downgrade).toBeUndefined();
});

test('what has nothing to do with the act does not stop it', async () => {
  const id = await desk.opened();
  await desk.step(id, 'OpenIntakeDeadlines');
  const { seq } = await desk.state(id);
  await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  await desk.do(id, 'assign-liaison', { personId: 'P-HART-LIAISON' }, 'hart-lead');
  await desk.do(id, 'report-missing', {}, 'caseworker');
  expect(await send(id, 'notify-police', police, 'careline-worker', seq)).toMatchObject({ kind: 'done' });
});

test('a no of the domain is given as it is: nothing can be overwritten', async () => {
  const id = await desk.opened();
  await desk.do(id, 'report-missing', {}, 'caseworker');
  const answer = await send(id, 'report-missing', {}, 'careline-worker', 1);
  expect(answer).toMatchObject({ kind: 'refused', refusal: { refused: 'already-missing' } });
});

test('a number that the referral never had, or has not yet, is no way round', async () => {
  const id = await desk.opened();
  expect(await send(id, 'report-missing', {}, 'caseworker', 0)).toMatchObject({ kind: 'changed-meanwhile' });
  expect(await send(id, 'report-missing', {}, 'caseworker', 99)).toMatchObject({ kind: 'done' });
});

test('of two people who send at once, the one who comes second is told', async () => {
  const id = await desk.opened();
  await desk.step(id, 'OpenIntakeDeadlines');
  const { seq } = await desk.state(id);
  const input = { definitionBasis: 'tvpa', rationale: 'W.' };
  const answers = await Promise.all([
    send(id, 'screen', { ...input, outcome: 'high-risk' }, 'hart-lead', seq),
    send(id, 'screen', { ...input, outcome: 'confirmed' }, 'hart-liaison', seq),
  ]);
  expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['changed-meanwhile', 'done']);
  expect((await desk.state(id)).screening.list).toHaveLength(1);
});
