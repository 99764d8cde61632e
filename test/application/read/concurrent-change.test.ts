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

const armed = { concerns: ['weapon-there'] };
const card = { limitsSaid: 'yes', madeBy: 'written-together', mustNotKnow: 'Words.' };
const no = { audience: 'police', mayReadWords: 'no' };
const yes = { ...no, mayReadWords: 'yes', until: '2026-12-01T12:00:00Z' };

/** Each act takes the place of something. Between the page and the act, another person changed that. */
test.each<[name: CommandName, mine: object, before: CommandName[], theirs: CommandName, input: object, as: string]>([
  ['note-worker-safety', armed, [], 'note-worker-safety', { concerns: ['police-first'] }, 'caseworker'],
  ['note-card', card, ['note-card'], 'note-card', { ...card, mustNotKnow: 'Other words.' }, 'caseworker'],
  ['record-card-consent', yes, ['note-card'], 'record-card-consent', no, 'caseworker'],
  ['review-card', { parentMayRead: 'yes', reason: 'An invented reason.' }, ['note-card'], 'note-card', card, 'legal'],
  [
    'review-card',
    { parentMayRead: 'yes', reason: 'An invented reason.' },
    ['note-card'],
    'note-safe-contact',
    { safeContact: 'W.' },
    'legal',
  ],
  ['note-safe-contact', { safeContact: 'Words.' }, [], 'note-safe-contact', { safeContact: 'Others.' }, 'caseworker'],
])('%s takes the place of nothing that its sender has not seen', async (name, mine, before, theirs, input, as) => {
  const id = await desk.opened();
  for (const each of before) await desk.do(id, each, card, 'caseworker');
  const { seq } = await desk.state(id);
  await desk.do(id, theirs, input, 'careline-worker');
  const now = await desk.state(id);
  expect(await send(id, name, mine, as, seq)).toMatchObject({ kind: 'changed-meanwhile' });
  expect((await desk.state(id)).seq).toBe(now.seq);
  expect(await send(id, name, mine, as, now.seq)).toMatchObject({ kind: 'done' });
});

test('what a colleague changed beside it stops no act that replaces something else', async () => {
  const id = await desk.opened();
  await desk.do(id, 'note-card', card, 'caseworker');
  const { seq } = await desk.state(id);
  await desk.do(id, 'record-card-consent', no, 'careline-worker');
  expect(await send(id, 'note-worker-safety', armed, 'caseworker', seq)).toMatchObject({ kind: 'done' });
  expect(await send(id, 'record-card-consent', { ...no, audience: 'school' }, 'caseworker', seq)).toMatchObject({
    kind: 'done',
  });
});
