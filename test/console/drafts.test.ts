/** A report's form that is kept while a person types, and that another person goes on with. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listDraft } from '../../functions/react/list-draft.ts';
import { spanOfHour } from '../../shared/domain/core/spans.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { hidden, leastReport, openConsole, referenceIn, type Window } from './window.ts';

let tables: Desk;
let window: Window;
let api: ReturnType<typeof openApi>;
beforeAll(async () => {
  tables = await startDesk();
  await tables.seedDirectory();
  window = openConsole(tables, { parts: { secretKey: async () => 'the key of these tests' } });
  api = openApi(tables);
});
afterAll(() => tables.stop());

test('a worker’s form is saved, a supervisor goes on with it, and the report counts from its first word', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  const page = await worker.get('/reports/new');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self'; connect-src 'self'");
  expect(page.html).toContain('/assets/careline.0123456789.js');
  const script = await worker.get('/assets/careline.0123456789.js');
  expect(script.headers.get('content-type')).toContain('javascript');
  await worker.get('/reports/new');
  const key = hidden(page.html, 'key');
  const words = { ...leastReport, key, narrative: 'A girl that' };
  expect((await worker.post('/drafts/save', { ...words, revision: '1' })).status).toBe(200);
  const id = (await tables.ledger.draftsIn(spanOfHour('2026-11-09T15')))[0] ?? '';
  await listDraft(tables, id);
  window.passes(600);

  const supervisor = await window.person('P-CARELINE-SUPERVISOR-1');
  const list = await supervisor.get('/drafts');
  expect(list.html).toContain(id);
  expect(list.html).not.toContain('A girl that');
  const opened = await supervisor.post('/drafts/open', { id });
  expect(opened.html).toContain('A girl that');
  expect(hidden(opened.html, 'key')).toBe(id);
  expect(opened.html).toMatch(/id="draft-state"[^>]*>\s*Kept as a draft, 10:\d\d AM\./);
  // The clocks of the page go on from the first word.
  expect(Date.parse(hidden(opened.html, 'begun'))).toBe(Date.parse((await tables.ledger.draft(id))?.since ?? ''));
  const more = { ...words, key: id, narrative: 'A girl that a teacher knows.' };
  expect((await supervisor.post('/drafts/save', { ...more, revision: '2' })).status).toBe(200);
  await supervisor.get('/drafts');
  const taken = await supervisor.post('/reports', more);
  expect(taken.status).toBe(201);
  const state = (await tables.ledger.referral(referenceIn(taken.html)))?.state;
  expect(state?.report.receivedAt).toBe((await tables.ledger.draft(id))?.since);
  expect(await tables.ledger.draft(id)).toMatchObject({ status: 'submitted' });
  await listDraft(tables, id);
  expect((await supervisor.get('/drafts')).html).not.toContain(id);
  // The writer's form is still open. It sends the same report, or none.
  await worker.get('/reports/new');
  const late = await worker.post('/reports', { ...more, key });
  expect(referenceIn(late.html)).toBe(referenceIn(taken.html));
  await worker.get('/reports/new');
  const other = await worker.post('/reports', { ...more, key, narrative: 'Other words.' });
  expect(other.html).toContain('This report was sent already. Nothing new is stored.');
});

test('only a form of the session saves a draft, and a draft ends with a reason', async () => {
  const worker = await window.person('P-CARELINE-WORKER-1');
  await worker.get('/reports/new');
  const words = { ...leastReport, key: 'another', revision: '1' };
  expect((await worker.post('/drafts/save', { ...words, token: 'x' })).status).toBe(403);
  expect((await worker.post('/drafts/save', words)).status).toBe(200);
  const ids = await tables.ledger.draftsIn(spanOfHour('2026-11-09T15'));
  for (const id of ids) await listDraft(tables, id);
  const [id = ''] = (
    await tables.board.drafts({ list: 'open', ownerId: 'P-CARELINE-WORKER-1', all: true }, { limit: 1 })
  ).rows;
  await worker.get('/drafts');
  expect((await worker.post('/drafts/discard', { id, because: 'entered-otherwise' })).status).toBe(303);
  expect(await tables.ledger.draft(id)).toMatchObject({ status: 'discarded' });
});

test('two windows with one draft: the second reads that its words are not kept, and neither loses a word', async () => {
  const id = await begunElsewhere('in two windows', { narrative: 'A girl.', children: [{ danger: 'yes' }] });
  const [one, other] = [await window.person('P-CARELINE-SUPERVISOR-1'), await window.person('P-CARELINE-WORKER-1')];
  const [shown = {}, seen = {}] = await Promise.all(
    [one, other].map(async (browser) => {
      await browser.get('/drafts');
      return formIn((await browser.post('/drafts/open', { id })).html);
    }),
  );
  const next = { after: '3', revision: '4' };
  const first = await one.post('/drafts/save', { ...shown, ...next, narrative: 'A girl. Call the aunt.' });
  expect([first.status, first.html]).toEqual([200, expect.stringContaining('Kept as a draft')]);
  const typed = { ...seen, narrative: 'A girl. Never the stepfather.', 'children[0].name': 'Aspen Example' };
  const second = await other.post('/drafts/save', { ...typed, ...next });
  expect([second.status, second.html]).toEqual([409, expect.stringMatching(/^Not kept: .*on this page alone/)]);

  const both = await other.post('/drafts/both', { ...typed, ...next });
  expect(both.html).toContain('the words of the other page');
  expect(formIn(both.html)).toMatchObject({
    narrative: ['A girl. Never the stepfather.'],
    'children[0].name': ['Aspen Example'],
    unplaced: ['narrative: A girl. Call the aunt.'],
    revision: ['5'],
  });
  expect(await readElsewhere(id)).toMatchObject({
    revision: 5,
    content: { narrative: 'A girl. Never the stepfather.', unplaced: ['narrative: A girl. Call the aunt.'] },
  });
  const late = await one.post('/drafts/save', { ...shown, after: '4', revision: '5', narrative: 'More.' });
  expect(late.status).toBe(409);
});

test('words for a draft that was ended elsewhere stay on the page, which says that they are not kept', async () => {
  const id = await begunElsewhere('ended elsewhere', { narrative: 'A girl.' });
  const worker = await window.person('P-CARELINE-WORKER-1');
  await worker.get('/drafts');
  const typed = { ...formIn((await worker.post('/drafts/open', { id })).html), narrative: 'A girl. More.' };
  const as = 'P-CARELINE-SUPERVISOR-1';
  await api.ask(`/drafts/${id}/discard`, { as, body: { because: 'no-report' } });
  const save = await worker.post('/drafts/save', { ...typed, after: '3', revision: '4' });
  expect([save.status, save.html]).toEqual([410, expect.stringContaining('Not kept')]);
  const both = await worker.post('/drafts/both', typed);
  expect([both.status, formIn(both.html).narrative]).toEqual([409, ['A girl. More.']]);
  expect(both.html).toContain('Not kept');
  // How it ended is told to its writers and to supervisors alone.
  const fateFor = async (personId: string) => {
    const { status, html } = await (await window.person(personId)).get(`/drafts/fate?key=${id}`);
    return [status, JSON.parse(html)];
  };
  expect(await fateFor('P-CARELINE-WORKER-1')).toEqual([200, { ended: 'discarded' }]);
  expect(await fateFor('P-CARELINE-SUPERVISOR-1')).toEqual([200, { ended: 'discarded' }]);
  expect(await fateFor('P-CARELINE-WORKER-2')).toEqual([200, {}]);
  expect(await fateFor('P-PROVIDER-VICTIM-ADVOCACY-1')).toEqual([403, {}]);
  // Words that are opened again become another draft.
  const reopened = await worker.post('/reports', { ...typed, action: 'reopen' });
  expect(formIn(reopened.html).key).not.toEqual([id]);
  expect(formIn(reopened.html).narrative).toEqual(['A girl. More.']);
});

/** What a browser would send of the report's form as the page shows it, without the buttons. */
function formIn(html: string): Record<string, string[]> {
  const page = html.slice(html.indexOf('data-draft'), html.indexOf('</form>', html.indexOf('data-draft')));
  const plain = (text = '') =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  const sent: Record<string, string[]> = {};
  const controls = /<input [^>]*>|<select [^>]*>.*?<\/select>|<textarea [^>]*>.*?<\/textarea>/gs;
  for (const [control] of page.matchAll(controls)) {
    const [tag = ''] = /^<[^>]*>/.exec(control) ?? [];
    const isLeftOut = /type="(radio|checkbox)"/.test(tag) && !/ checked/.test(tag);
    const options = [...control.matchAll(/<option [^>]*>/g)].map(([option]) => option);
    const chosen = options.find((option) => / selected/.test(option)) ?? options[0];
    const text = /^<textarea/.test(tag)
      ? /^<[^>]*>(.*)<\/textarea>$/s.exec(control)?.[1]?.replace(/^\n/, '')
      : undefined;
    const value = chosen === undefined ? (text ?? attribute(tag, 'value')) : attribute(chosen, 'value');
    const name = plain(attribute(tag, 'name'));
    if (!isLeftOut) sent[name] = [...(sent[name] ?? []), plain(value)];
  }
  return sent;
}

const begunElsewhere = async (key: string, content: object) => {
  const { body } = await api.ask('/drafts', {
    as: 'P-CARELINE-WORKER-1',
    body: { revision: 3, content },
    headers: { 'Idempotency-Key': key },
  });
  return String(body.id);
};
const readElsewhere = async (id: string) => (await api.ask(`/drafts/${id}`, { as: 'P-CARELINE-WORKER-1' })).body;

test('a draft from another system is continued in the console, kept there for both, and becomes one report', async () => {
  const said = {
    narrative: 'A girl, "so young" & alone.',
    receivedAt: '2026-11-09T14:30:00.000Z',
    channel: 'phone',
    reporter: { name: 'Rowan Example', phone: '203-555-0111' },
    children: [
      {
        name: 'Aspen Example',
        birthDate: '2011-03-03',
        danger: 'yes',
        race: ['black', 'white'],
        residenceTown: 'Hartford',
        missingEpisodes: 2,
        lastAssaultAt: '2026-11-08T03:00:00.000Z',
      },
      { approximateAge: { from: 12, to: 14 }, indicators: ['hotel-keys'] },
    ],
  };
  const id = await begunElsewhere('of another system', said);
  const worker = await window.person('P-CARELINE-WORKER-1');
  await worker.get('/drafts');
  const { status, html } = await worker.post('/drafts/open', { id });
  expect(status).toBe(200);
  expect(html).not.toContain('without a place in this form');
  const shown = formIn(html);
  expect(shown).toMatchObject({
    key: [id],
    revision: ['3'],
    children: ['2'],
    narrative: [said.narrative],
    receivedAt: ['2026-11-09T09:30'],
    'children[0].race': ['black', 'white'],
    'children[1].approximateAge': ['12-14'],
  });
  // The field has no answer, and gets none.
  expect(shown.mandated).toBeUndefined();
  expect(shown['children[1].danger']).toBeUndefined();

  expect((await worker.post('/drafts/save', { ...shown, revision: '4' })).status).toBe(200);
  expect(await readElsewhere(id)).toMatchObject({ revision: 4, key: id, content: said });

  const fields = { ...shown, 'children[1].danger': 'no' };
  const taken = await worker.post('/reports', fields);
  expect(taken.status).toBe(201);
  expect(await tables.ledger.draft(id)).toMatchObject({ status: 'submitted' });
  const { body } = await api.ask('/reports', {
    as: 'P-CARELINE-WORKER-1',
    body: { ...said, narrative: 'Sent from there too.', children: [{ danger: 'yes' }, { danger: 'no' }] },
    headers: { 'Idempotency-Key': 'of another system' },
  });
  // The same key, so no second report of the same call.
  expect(body.status).toBe(422);
});

test('values of another system that have no place in the form are shown as they are, and kept', async () => {
  const id = await begunElsewhere('with odd words', {
    narrative: 'Words.',
    narator: 'A typing slip',
    receivedAt: 'this morning',
    reporter: 'the aunt',
    children: [{ gender: 'young lady', birthDate: 'May 2011', danger: 'yes', nickname: 'Aspi' }, 'a brother'],
  });
  const worker = await window.person('P-CARELINE-WORKER-1');
  await worker.get('/drafts');
  const { html } = await worker.post('/drafts/open', { id });
  const lines = [
    'receivedAt: this morning',
    'reporter: the aunt',
    'narator: A typing slip',
    'children[0].birthDate: May 2011',
    'children[0].gender: young lady',
    'children[0].nickname: Aspi',
    'children[1]: a brother',
  ];
  for (const line of lines) expect(html).toContain(`<li>${line}</li>`);
  expect(formIn(html).unplaced).toEqual(lines);
  const more = await worker.post('/reports', { ...formIn(html), action: 'add' });
  expect(formIn(more.html).unplaced).toEqual(lines);
  await worker.post('/drafts/save', { ...formIn(more.html), revision: '4' });
  expect((await readElsewhere(id)).content).toMatchObject({
    narrative: 'Words.',
    unplaced: lines,
    children: [{ danger: 'yes' }, {}, {}],
  });
  await worker.get('/drafts');
  expect(formIn((await worker.post('/drafts/open', { id })).html).unplaced).toEqual(lines);
});

test('a draft that ended by the rule says what became of it and what to do, to its writers and supervisors alone', async () => {
  const id = await begunElsewhere('left for a month', { narrative: 'Wren Canary.' });
  const frame = {
    now: '2026-12-10T15:00:00.000Z',
    actor: { kind: 'function', id: 'sweep' },
    cause: { kind: 'sweep' },
  } as const;
  await tables.ledger.changeDraft(id, frame, () => [{ type: 'draft-expired', v: 1, days: 30 }]);
  await tables.identities.removeDraft(id);
  await listDraft(tables, id);
  const supervisor = await window.person('P-CARELINE-SUPERVISOR-1');
  const list = await supervisor.get('/drafts?status=expired');
  expect(list.html).toContain(id);
  expect((await supervisor.get('/drafts')).html).not.toContain(id);
  const writer = await window.person('P-CARELINE-WORKER-1');
  for (const reader of [writer, supervisor]) {
    const { status, html } = await reader.get(`/drafts/${id}`);
    expect(status).toBe(200);
    for (const said of ['no report came of it', 'removed for good', 'enter the report again', 'Telephone'])
      expect(html).toContain(said);
    expect(html).not.toContain('Canary');
  }
  // A page that was open meanwhile leads there too.
  await writer.get('/drafts');
  const opened = await writer.post('/drafts/open', { id });
  expect([opened.status, opened.headers.get('location')]).toEqual([303, expect.stringContaining(`/drafts/${id}`)]);
  for (const other of ['P-LEGAL-1', 'P-ADMINISTRATOR-1']) {
    const person = await window.person(other);
    const answers = await Promise.all([id, 'DR-7F3KD-9QXMTQ'].map((each) => person.get(`/drafts/${each}`)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
  }
});

test('the secret that seals unsent words is the same in each session of a person, and no one else gets it', async () => {
  const secretFor = async (personId: string) => {
    const { status, html, headers } = await (await window.person(personId)).get('/drafts/secret');
    return [status, headers.get('cache-control'), JSON.parse(html).secret];
  };
  const first = await secretFor('P-CARELINE-WORKER-1');
  expect(first).toEqual([200, 'no-store', expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
  expect(await secretFor('P-CARELINE-WORKER-1')).toEqual(first);
  expect((await secretFor('P-CARELINE-WORKER-2'))[2]).not.toBe(first[2]);
  expect(await secretFor('P-ADMINISTRATOR-1')).toEqual([403, 'no-store', undefined]);
  expect((await window.browser().get('/drafts/secret')).status).toBe(302);
});
