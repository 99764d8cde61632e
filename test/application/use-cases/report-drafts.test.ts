/** A draft of a report: from its first word to the report, or to the supervisor who asks about it. */

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { listDraft } from '../../../functions/react/list-draft.ts';
import { referenceFrom } from '../../../shared/domain/core/ids.ts';
import { spanOfHour } from '../../../shared/domain/core/spans.ts';
import { openApi } from '../../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../../support/desk.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
});
afterAll(() => desk.stop());
let keys = 0;
let key = '';
beforeEach(() => {
  keys += 1;
  key = `form ${keys}`;
  desk.at('2026-11-09T15:00:00Z');
});

const worker = 'P-CARELINE-WORKER';
const save = async (revision: number, content: object, as = worker) => {
  const answer = await api.ask('/drafts', { as, body: { revision, content }, headers: { 'Idempotency-Key': key } });
  if (answer.status < 300) await listDraft(desk, String(answer.body.id));
  return answer;
};
const send = (body: object = reportOf({ name: 'Wren Example' }), as = worker) =>
  api.ask('/reports', { as, body, headers: { 'Idempotency-Key': key } });
const listed = async (as: string) =>
  ((await api.ask('/drafts', { as })).body.drafts as { id: string }[]).map(({ id }) => id);
describe('a draft of a report', () => {
  test('begins with the first word, whose instant becomes the time of call', async () => {
    const begun = await save(1, { narrative: 'A' });
    expect([begun.status, begun.headers.get('location')]).toEqual([201, `drafts/${begun.body.id}`]);
    expect(begun.body).toMatchObject({ ownerId: worker, since: '2026-11-09T15:00:00.000Z', status: 'open' });
    desk.at('2026-11-09T15:09:00Z');
    const more = await save(2, { narrative: 'A girl' });
    expect([more.status, more.headers.get('location')]).toEqual([200, null]);
    const sent = await send();
    expect(sent.status).toBe(201);
    const {
      report: { receivedAt, recordedAt },
    } = await desk.state((sent.body.referralIds as string[])[0] ?? '');
    expect([receivedAt, recordedAt]).toEqual(['2026-11-09T15:00:00.000Z', '2026-11-09T15:09:00.000Z']);
    const id = String(begun.body.id);
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'submitted', reportId: sent.body.reportId });
    expect((await desk.identities.draftText(id)).text).toBe('');
    // Sent again, it is the same report, and the draft takes no more words.
    expect((await send()).body.referralIds).toEqual(sent.body.referralIds);
    expect((await save(3, { narrative: 'More' })).body.code).toBe('draft-ended');
  });

  test('whose chain is damaged loses no report, takes more words, and hides no other draft', async () => {
    const own = key;
    const other = await save(1, { narrative: 'Another' });
    key = `${own} damaged`;
    const { body } = await save(1, { narrative: 'A girl' });
    const id = String(body.id);
    const row = { seq: 99, at: desk.now, body: '{}', hash: 'x', prev: 'x' };
    await desk.put('Ledger', [{ pk: `draft#${id}`, ...row }]);
    const ask = (revision: number) =>
      api.ask('/drafts', { as: worker, body: { revision, content: {} }, headers: { 'Idempotency-Key': key } });
    expect((await ask(2)).status).toBe(200);
    const shown = await listed(worker);
    expect(shown).toContain(other.body.id);
    expect(shown).not.toContain(id);
    const sent = await send();
    expect(sent.status).toBe(201);
    expect((await send()).body).toEqual(sent.body);
    expect((await desk.identities.draftText(id)).text).toBe('');
    // Under its id, of which the writers are not known, the report is the sender's own.
    key = id;
    expect((await send()).status).toBe(201);
  });

  test('takes an earlier time of call if one is given, and no later one', async () => {
    await save(1, {});
    desk.at('2026-11-09T15:20:00Z');
    const later = await send(reportOf({}, { receivedAt: '2026-11-09T15:10:00Z' }));
    expect((await desk.state((later.body.referralIds as string[])[0] ?? '')).report.receivedAt).toBe(
      '2026-11-09T15:00:00.000Z',
    );
    key = 'another form';
    await save(1, {});
    const earlier = await send(reportOf({}, { receivedAt: '2026-11-09T14:00:00Z' }));
    expect((await desk.state((earlier.body.referralIds as string[])[0] ?? '')).report.receivedAt).toBe(
      '2026-11-09T14:00:00.000Z',
    );
  });

  const supervisor = 'P-CARELINE-SUPERVISOR';
  const sendUnder = (sent: string, as: string, body = reportOf({ name: 'Wren Example' })) =>
    api.ask('/reports', { as, body, headers: { 'Idempotency-Key': sent } });
  const opened = async () =>
    (await desk.items('Ledger')).filter(({ seq, pk }) => seq === 1 && /^referral#/.test(String(pk)));

  test.each([
    ['the supervisor who took it over', supervisor, worker],
    ['its writer', worker, supervisor],
  ])('becomes one report though it is sent twice, by %s first, and keeps its first contact', async (_, one, other) => {
    const { id } = (await save(1, { narrative: 'A' })).body as { id: string };
    desk.at('2026-11-09T15:09:00Z');
    const taken = (await api.ask(`/drafts/${id}`, { as: supervisor })).body.key as string;
    const more = { as: supervisor, body: { revision: 2, content: {} }, headers: { 'Idempotency-Key': taken } };
    expect((await api.ask('/drafts', more)).body).toMatchObject({ id, ownerId: worker });
    const keyOf = (as: string) => (as === worker ? key : taken);
    const before = (await opened()).length;
    const sent = await sendUnder(keyOf(one), one);
    expect(sent.status).toBe(201);
    expect((await sendUnder(keyOf(other), other)).body.referralIds).toEqual(sent.body.referralIds);
    expect((await sendUnder(keyOf(other), other, reportOf({ name: 'Robin Example' }))).status).toBe(422);
    expect((await opened()).length).toBe(before + 1);
    const {
      report: { receivedAt },
    } = await desk.state((sent.body.referralIds as string[])[0] ?? '');
    expect(receivedAt).toBe('2026-11-09T15:00:00.000Z');
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'submitted', reportId: sent.body.reportId });
  });

  test('that begins after its report, by a late word, becomes no second report', async () => {
    const sent = await send();
    const { id } = (await save(1, { narrative: 'Late' })).body as { id: string };
    expect((await sendUnder(id, supervisor)).body.referralIds).toEqual(sent.body.referralIds);
    expect((await sendUnder(id, supervisor, reportOf({ name: 'Robin Example' }))).status).toBe(422);
  });

  test('of another person is as unknown by its id as one that does not exist', async () => {
    const { id } = (await save(1, { narrative: 'A' })).body as { id: string };
    const before = (await opened()).length;
    const answers = await Promise.all(
      [id, referenceFrom('DR', Uint8Array.from({ length: 32 }))].map(async (each) => {
        const sent = await sendUnder(each, `${worker}.2`);
        const headers = { 'Idempotency-Key': each };
        const kept = await api.ask('/drafts', { as: `${worker}.2`, body: { revision: 1, content: {} }, headers });
        return [sent.status, sent.body, kept.status, kept.body];
      }),
    );
    expect(answers[0]).toMatchObject([400, { problems: [{ path: 'Idempotency-Key' }] }, 404, {}]);
    expect(answers[1]).toEqual(answers[0]);
    expect((await opened()).length).toBe(before);
    expect(await listed(`${worker}.2`)).toEqual([]);
    expect(await desk.ledger.draft(id)).toMatchObject({ status: 'open' });
  });

  test('keeps its latest words in the vault alone, and each reader is recorded', async () => {
    const { body } = await save(5, { narrative: 'Wren Canary is in danger' });
    await save(4, { narrative: 'Late' });
    const id = String(body.id);
    expect(JSON.stringify([await desk.items('Ledger'), await desk.items('Board')])).not.toContain('Canary');
    const read = await api.ask(`/drafts/${id}`, { as: 'P-CARELINE-SUPERVISOR' });
    expect(read.body).toMatchObject({ revision: 5, content: { narrative: 'Wren Canary is in danger' } });
    expect((await desk.ledger.readAfresh(`access#${id}`))[0]?.text).toContain('P-CARELINE-SUPERVISOR');
    expect((await api.ask(`/drafts/${id}`, { as: `${worker}.2` })).status).toBe(404);
    expect((await api.ask(`/drafts/${id}`, { as: 'P-CASEWORKER' })).status).toBe(403);
    expect((await api.ask('/drafts/DR-00000-000000', { as: worker })).status).toBe(404);
  });

  test('that is saved late, or from a second window, is refused with the revision that counts', async () => {
    const first = await save(5, { narrative: 'Wren, and the aunt' });
    expect(first.body).toMatchObject({ revision: 5 });
    for (const revision of [4, 5]) {
      const { status, headers, body } = await save(revision, { narrative: 'Other words' });
      expect([status, headers.get('content-type')]).toEqual([409, 'application/problem+json']);
      expect(body).toMatchObject({
        code: 'draft-moved',
        revision: 5,
        detail: expect.stringMatching(/not kept.*"after": 5/),
      });
    }
    // The answer to the same save was lost. The save was kept, and the answer says so.
    expect(await save(5, { narrative: 'Wren, and the aunt' })).toMatchObject({ status: 200, body: { revision: 5 } });
    const id = String(first.body.id);
    expect((await desk.identities.draftText(id)).text).toBe('{"narrative":"Wren, and the aunt"}');
  });

  const saveAs = (writer: string, [after, revision]: readonly [number, number], narrative: string) =>
    api.ask('/drafts', {
      as: worker,
      body: { revision, after, writer, content: { narrative } },
      headers: { 'Idempotency-Key': key },
    });

  test('is not overwritten by a window that has not seen the last words, whatever its number', async () => {
    const { body } = await saveAs('W1', [0, 1], 'A');
    expect((await saveAs('W2', [0, 9], 'B')).body).toMatchObject({ code: 'draft-moved', revision: 1 });
    expect((await saveAs('W2', [1, 9], 'A and B')).status).toBe(200);
    expect((await saveAs('W1', [1, 10], 'A again')).body).toMatchObject({ code: 'draft-moved', revision: 9 });
    expect((await desk.identities.draftText(String(body.id))).text).toContain('A and B');
  });

  test('takes more words from a window that missed the answer to its own save', async () => {
    await saveAs('W1', [0, 1], 'A');
    await saveAs('W1', [1, 2], 'A girl');
    expect((await saveAs('W1', [1, 3], 'A girl that')).status).toBe(200);
  });

  test('is audited by the hour: who began, read and ended it, and none of its words', async () => {
    const id = String((await save(1, { narrative: 'Wren Canary' })).body.id);
    await api.ask(`/drafts/${id}`, { as: 'P-CARELINE-SUPERVISOR' });
    desk.at('2026-11-09T17:00:00Z');
    await api.ask(`/drafts/${id}/discard`, { as: worker, body: { because: 'no-report' } });
    const audit = (as: string, hour = '?hour=2026-11-09T15') => api.ask(`/drafts/audit${hour}`, { as });
    const { body, text } = await audit('P-ADMINISTRATOR');
    expect((body.drafts as { id: string }[]).find((each) => each.id === id)).toMatchObject({
      isIntact: true,
      acts: [
        { by: worker, at: '2026-11-09T15:00:00.000Z', events: [{ type: 'draft-begun' }] },
        { by: worker, at: '2026-11-09T17:00:00.000Z', events: [{ type: 'draft-discarded', because: 'no-report' }] },
      ],
      accesses: [{ personId: 'P-CARELINE-SUPERVISOR', read: ['draft'], purpose: 'work-on-referral' }],
    });
    expect(text).not.toContain('Canary');
    expect((await audit('P-AUDITOR', '?hour=2026-11-08T15')).body).toEqual({ drafts: [] });
    expect((await audit('P-AUDITOR', '')).status).toBe(200);
    for (const as of [worker, 'P-CARELINE-SUPERVISOR', 'P-MDT-CHAIR']) expect((await audit(as)).status).toBe(403);
    for (const hour of ['now', '2026-11-09', '2026-11-09T24', "2026-11-09T15'"]) {
      expect((await audit('P-AUDITOR', `?hour=${hour}`)).status).toBe(400);
    }
  });

  test("that another person takes over says so at their first word, and stays that person's report", async () => {
    const boss = 'P-CARELINE-SUPERVISOR';
    const { id } = (await save(1, { narrative: 'A' })).body as { id: string };
    for (const [revision, as] of [
      [2, boss],
      [3, boss],
      [4, worker],
    ] as const) {
      const headers = { 'Idempotency-Key': id };
      const kept = await api.ask('/drafts', { as, body: { revision, content: {} }, headers });
      expect(kept.body).toMatchObject({ ownerId: worker, writers: [worker, boss] });
    }
    const audited = (await api.ask('/drafts/audit?hour=2026-11-09T15', { as: 'P-ADMINISTRATOR' })).body.drafts;
    expect((audited as { id: string }[]).find((each) => each.id === id)).toMatchObject({
      acts: [
        { by: worker, events: [{ type: 'draft-begun' }] },
        { by: boss, events: [{ type: 'draft-touched' }] },
      ],
    });
    const body = { ...reportOf({ name: 'Wren Example' }), reporter: { name: 'Rowan Canary' } };
    const sent = await api.ask('/reports', { as: boss, body, headers: { 'Idempotency-Key': id } });
    const [referralId = ''] = sent.body.referralIds as string[];
    expect((await desk.state(referralId)).report.takenBy).toBe(worker);
    const read = await api.ask(`/referrals/${referralId}/identities?purpose=work-on-referral`, { as: worker });
    expect(read.body).toMatchObject({ reporter: { name: 'Rowan Canary' } });
  });

  test('takes milliseconds since 1970 as revisions', async () => {
    const at = Date.parse(desk.now);
    expect((await save(at, { narrative: 'A' })).status).toBe(201);
    expect((await save(at + 1, { narrative: 'A girl' })).body).toMatchObject({ revision: at + 1 });
    expect((await save(Number.MAX_SAFE_INTEGER, {})).status).toBe(200);
    expect((await save(Number.MAX_SAFE_INTEGER + 1, {})).status).toBe(400);
  });

  test('is on the lists of its writer and of supervisors, without its words, until it ends', async () => {
    const id = String((await save(1, { narrative: 'Canary' })).body.id);
    expect(await listed(worker)).toContain(id);
    expect(await listed('P-CARELINE-SUPERVISOR')).toContain(id);
    expect(await listed(`${worker}.2`)).not.toContain(id);
    expect((await api.ask('/drafts', { as: 'P-CARELINE-SUPERVISOR' })).text).not.toContain('Canary');
    expect((await api.ask('/drafts', { as: 'P-LEGAL' })).status).toBe(403);
    const discard = (as: string) => api.ask(`/drafts/${id}/discard`, { as, body: { because: 'no-report' } });
    expect((await discard(`${worker}.2`)).status).toBe(404);
    expect((await discard(worker)).body.status).toBe('discarded');
    await listDraft(desk, id);
    expect(await listed('P-CARELINE-SUPERVISOR')).not.toContain(id);
    expect((await desk.identities.draftText(id)).text).toBe('');
  });

  test('is found by the minute of its last change, which is recorded at most once a minute', async () => {
    const id = String((await save(1, {})).body.id);
    for (let second = 1; second < 60; second += 10) {
      desk.at(`2026-11-09T15:00:${String(second).padStart(2, '0')}Z`);
      await save(second + 1, {});
    }
    expect((await desk.ledger.draft(id))?.seq).toBe(1);
    desk.at('2026-11-09T16:00:00Z');
    await save(99, {});
    expect(await desk.ledger.draftsIn(spanOfHour('2026-11-09T16'))).toContain(id);
  });

  test.each([
    ['without the key of its report', {}, { body: { revision: 1, content: {} } }, 400],
    ['with an unknown field', { 'Idempotency-Key': 'x' }, { body: { revision: 1, content: {}, more: 1 } }, 400],
  ])('is refused %s', async (_, headers, asked, status) => {
    expect((await api.ask('/drafts', { as: worker, headers, ...asked })).status).toBe(status);
  });
});
