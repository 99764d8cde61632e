/** Exports of the audit by the API, and by the pages: asked, approved by another administrator, downloaded. */
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startConfirmed } from '../console/confirmed.ts';
import { type Browser, openConsole, signedInAs } from '../console/window.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';

let desk: Desk;
let id: string;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
});
afterAll(() => desk.stop());

const [auditor, administrator, second] = ['auditor', 'administrator', 'administrator/2'].map((as) => personOf(as).id);
const zipIn = (base64: string) => unzipSync(new Uint8Array(Buffer.from(base64, 'base64')));

describe('by the API', () => {
  test('an auditor asks, an administrator approves, and the auditor downloads', async () => {
    const { ask } = openApi(desk);
    const wrong = await ask('/audit/exports', { as: auditor, body: { purpose: '=1+1', referrals: [id] } });
    expect([wrong.status, wrong.body.problems]).toEqual([400, [{ path: 'purpose', sentence: expect.any(String) }]]);
    expect(wrong.text).not.toContain('=1+1');
    const body = { purpose: 'federal-review', referrals: [id] };
    const asked = await ask('/audit/exports', { as: auditor, body, headers: { 'idempotency-key': 'one' } });
    expect([asked.status, asked.body.state]).toEqual([201, 'waits']);
    const again = await ask('/audit/exports', { as: auditor, body, headers: { 'idempotency-key': 'one' } });
    expect(again.body.id).toBe(asked.body.id);
    const path = `/audit/exports/${asked.body.id}`;
    const early = await ask(`${path}/download`, { as: auditor, method: 'POST' });
    expect([early.status, early.body.code]).toEqual([409, 'export-not-approved']);
    expect((await ask(`${path}/answer`, { as: auditor, body: { answer: 'approve' } })).status).toBe(403);
    const approved = await ask(`${path}/answer`, { as: administrator, body: { answer: 'approve' } });
    expect([approved.status, approved.body.state]).toEqual([200, 'approved']);
    expect((await ask(`${path}/download`, { as: administrator, method: 'POST' })).status).toBe(403);
    const { status, body: file } = await ask(`${path}/download`, { as: auditor, method: 'POST' });
    expect([status, file.referrals]).toEqual([200, 1]);
    const manifest = JSON.parse(strFromU8(zipIn(String(file.zip))['manifest.json'] ?? new Uint8Array()));
    expect(manifest.request).toMatchObject({ askedBy: auditor, approvedBy: administrator, purpose: 'federal-review' });
    const { body: list } = await ask('/audit/exports', { as: second });
    expect(list.exports).toMatchObject([{ id: asked.body.id, downloads: [{ digest: file.digest }] }]);
    const { body: audit } = await ask(`/referrals/${id}/audit`, { as: auditor });
    expect(audit.accesses).toMatchObject([
      { read: ['export'], personId: auditor, purpose: 'federal-review', approvedBy: administrator },
    ]);
  });

  test('an export that is not there is unknown', async () => {
    const { ask } = openApi(desk);
    for (const name of ['EX-2026-11-99', 'none']) {
      const answer = await ask(`/audit/exports/${name}/download`, { as: auditor, method: 'POST' });
      expect(answer.status).toBe(404);
    }
  });
});

describe('by the pages', () => {
  // One console: two would draw the same ids of sessions.
  let console: ReturnType<typeof openConsole>;
  beforeAll(() => {
    console = openConsole(desk, { parts: { now: () => desk.now } });
  });
  const signedIn = async (as: string): Promise<Browser> => {
    const browser = await signedInAs(console, as);
    return browser;
  };
  const mainIn = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
  const textIn = (html: string) => mainIn(html).replaceAll(/<[^>]+>/g, '\n');
  const plain = (html: string) => {
    const blocks = textIn(html).split(/\n+/);
    expect(blocks.flatMap(riddleWords)).toEqual([]);
    expect(blocks.flatMap(sentencesOf).filter((each) => wordsOf(each).length > 20)).toEqual([]);
    expect(textIn(html).split(/\s+/).length).toBeLessThan(700);
  };

  test('are plain, say each wrong field, and give the file once the download is recorded', async () => {
    const mine = await signedIn('administrator');
    const form = await mine.get('/export');
    plain(form.html);
    expect(form.html).toContain('Another administrator approves.');
    const wrong = await mine.post('/export', { purpose: '', referrals: 'CR-00000-000000', from: '2026-11-01', to: '' });
    expect(wrong.status).toBe(400);
    expect(textIn(wrong.html)).toContain('What the export is for: Choose what the export is for.');
    expect(wrong.html).toContain('2026-11-01');
    await mine.get('/export');
    const { status, location } = await mine.post('/export', {
      purpose: 'court-order',
      referrals: `${id.toLowerCase()}\n`,
      from: '',
      to: '',
    });
    expect(status).toBe(303);
    const path = new URL(location).pathname;
    const waiting = await mine.get(path);
    plain(waiting.html);
    expect(waiting.html).not.toContain('Approve this export');
    const own = await mine.post(`${path}/approve`, {});
    expect(own.status).toBe(409);
    expect(textIn(own.html)).toContain('You asked for this export, so another administrator must approve it.');

    const theirs = await signedIn('administrator/2');
    expect((await theirs.get(path)).html).toContain('Approve this export');
    expect((await theirs.post(`${path}/approve`, {})).status).toBe(303);
    expect((await theirs.post(`${path}/download`, {})).status).toBe(403);

    const ready = await mine.get(path);
    expect(ready.html).toContain('Record the download and make the file');
    expect(ready.html).not.toContain('application/zip');
    const file = await mine.post(`${path}/download`, {});
    plain(file.html);
    const [, base64 = ''] = /href="data:application\/zip;base64,([^"]+)"/.exec(file.html) ?? [];
    expect(strFromU8(zipIn(base64)['referrals.csv'] ?? new Uint8Array())).toContain(id);
    const audit = textIn((await mine.get(`/referrals/${id}/audit/reads`)).html);
    expect(audit).toContain('Audit exported to a file');
    expect(audit).toContain('Court order, approved by Invented P-ADMINISTRATOR.2, Title of administrator');
  });

  test('are for administrators and auditors', async () => {
    const worker = await signedIn('careline-supervisor');
    expect((await worker.get('/export')).status).toBe(403);
    expect((await worker.post('/export', { purpose: 'court-order', referrals: id })).status).toBe(403);
    expect((await worker.get('/export/EX-2026-11-1')).status).toBe(404);
    const reader = await signedIn('auditor');
    expect((await reader.get('/export')).html).toContain('Ask for the export');
    expect((await reader.get('/export/EX-2026-11-99')).status).toBe(404);
  });
});
