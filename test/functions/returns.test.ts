/** The register of returns at the API, over rows that the reaction to the ledger put on the board. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ReactParts, react } from '../../functions/react/react.ts';
import { returnsAnswer } from '../../shared/contracts/answer-shapes.ts';
import { noProgress } from '../../shared/domain/core/progress.ts';
import { roles } from '../../shared/domain/core/vocabulary.ts';
import { returnReaders } from '../../shared/domain/missing/return-rows.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
const ids: string[] = [];
const machines = { referral: 'arn:referral', deadline: 'arn:deadline' };
const runs = { start: async () => undefined, resume: async () => undefined };
const reacts = (id: string, { board, cursors }: Pick<ReactParts, 'board' | 'cursors'> = desk) =>
  react({ ...desk, board, cursors, runs, machines, onUncompared: () => undefined }, id);

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
  // Three children have returned. The second referral is withdrawn, the last return was followed up. One child is
  // still missing.
  for (const hour of [10, 11, 12, 13]) {
    desk.at(`2026-11-09T${hour}:00:00Z`);
    const id = await desk.opened({ missingNow: 'yes' });
    ids.push(id);
    if (hour === 11 || hour === 13) continue;
    desk.at(`2026-11-09T${hour}:30:00Z`);
    await desk.do(id, 'record-return', {}, 'caseworker');
  }
  const [, second = '', followed = '', away] = ids;
  const duplicate = { because: 'duplicate', of: away, reason: 'R.' };
  await desk.do(second, 'propose-withdrawal', duplicate, 'careline-supervisor');
  await desk.do(second, 'agree-withdrawal', {}, 'careline-manager');
  await desk.do(second, 'record-return', {}, 'caseworker');
  await desk.do(followed, 'record-debrief', { learned: 'Where she was.', seenAlone: 'seen-alone' }, 'caseworker');
  await desk.do(followed, 'screen', { outcome: 'at-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const id of ids) await reacts(id);
  desk.at('2026-11-10T11:00:00Z');
});
afterAll(() => desk.stop());

const supervisor = personOf('careline-supervisor').id;
const ask = (query = '', as = supervisor) => api.ask(`/returns${query}`, { as });
const rowsIn = ({ body }: Awaited<ReturnType<typeof ask>>) => returnsAnswer.parse(body).rows;

describe('the register of returns', () => {
  test('has every absence of every referral, due first at the top, withdrawn or not', async () => {
    const rows = rowsIn(await ask());
    expect(rows).toMatchObject([
      { referralId: ids[3], status: 'away' },
      { referralId: ids[0], status: 'undone', undone: ['debrief', 'screening'], late: true },
      { referralId: ids[2], status: 'done', undone: [], outcome: 'at-risk', late: false },
      { referralId: ids[1], status: 'undone', stage: 'withdrawn', late: false },
    ]);
  });

  test('can be the undone ones alone, page by page', async () => {
    const first = await ask('?undone=yes&limit=1');
    expect(rowsIn(first).map(({ referralId }) => referralId)).toEqual([ids[0]]);
    const second = await ask(`?undone=yes&limit=1&after=${first.body.next}`);
    expect(rowsIn(second).map(({ referralId }) => referralId)).toEqual([ids[1]]);
    expect(rowsIn(await ask('?undone=yes')).map(({ referralId }) => referralId)).toEqual([ids[0], ids[1]]);
  });

  test('is for supervisors and auditors, and 403 for the rest', async () => {
    const answers = await Promise.all(
      roles.map(async (role) => [role, (await ask('', personOf(role).id)).status] as const),
    );
    for (const [role, status] of answers) expect(status, role).toBe(returnReaders.includes(role) ? 200 : 403);
  });

  test.each(['?undone=no', '?limit=0', '?after=nonsense'])('answers 400 to %s', async (query) => {
    expect((await ask(query)).status).toBe(400);
  });

  test('is rebuilt from the ledger alone, once the cursors are deleted', async () => {
    const before = (await desk.board.queue('returns', { limit: 100 })).rows;
    const rebuilt: unknown[] = [];
    const board = {
      put: async (row: { queue?: string | undefined }) => void (row.queue === 'returns' && rebuilt.push(row)),
    };
    for (const id of ids) await reacts(id, { board, cursors: desk.cursors });
    expect(rebuilt).toEqual([]);
    const cursors = { ...desk.cursors, progress: async () => noProgress, advance: async () => undefined };
    for (const id of ids) await reacts(id, { board, cursors });
    expect(rebuilt).toHaveLength(4);
    expect(rebuilt).toEqual(expect.arrayContaining([...before]));
  });
});

test('the checklist is answered and its proposal read before an outcome is recorded', async () => {
  const id = await desk.opened();
  const as = personOf('hart-liaison').id;
  const path = `/referrals/${id}/commands`;
  const answered = await api.ask(`${path}/answer-checklist`, { as, body: { answers: { disclosure: 'yes' } } });
  expect(answered).toMatchObject({
    status: 200,
    body: {
      screenings: [],
      checklist: { answers: { disclosure: 'yes', branding: 'unknown' } },
      screeningProposal: {
        outcome: 'confirmed',
        rule: 1,
        facts: [{ fact: 'disclosure', said: 'yes' }],
        validated: false,
      },
    },
  });
  const maybe = await api.ask(`${path}/answer-checklist`, {
    as,
    body: { answers: { disclosure: 'maybe', magic: 'no' } },
  });
  expect(maybe.status).toBe(400);
  const score = { tool: 'tvit', version: '1', score: 3, administeredBy: 'provider', on: '2026-11-09' };
  const scored = await api.ask(`${path}/record-instrument`, { as, body: score });
  expect(scored.body).toMatchObject({ instruments: [score] });
  const outcome = { outcome: 'confirmed', definitionBasis: 'tvpa', rationale: 'What she told.' };
  // The outcome rests on the checklist, so the answers must have been read.
  expect((await api.ask(`${path}/screen`, { as, body: outcome })).status).toBe(428);
  const headers = { 'If-Match': scored.headers.get('etag') ?? '' };
  expect((await api.ask(`${path}/screen`, { as, body: outcome, headers })).body).toMatchObject({
    screenings: [
      { outcome: 'confirmed', answeredBy: as, indicators: ['disclosure'], proposed: { outcome: 'confirmed' } },
    ],
  });
});
