import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childInput, reportInput } from '../../shared/domain/intake/report.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, hidden, leastReport, referenceIn, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
});
afterAll(() => tables.stop());

const referrals = async () => (await tables.items('Ledger')).filter(({ foundAs }) => foundAs === 'referral').length;

/** What the bar of the form says about the draft. */
const stateIn = (html: string) => /id="draft-state"[^>]*>([^<]*)</.exec(html)?.[1]?.trim();

describe('the report form', () => {
  /** Its three parts, each as its page. */
  const parts = async (fields: Parameters<Browser['post']>[1] = {}): Promise<readonly string[]> => {
    await worker.get('/reports/new');
    const pages: string[] = [];
    for (const part of ['call', 'more', 'later'])
      pages.push((await worker.post('/reports', { children: '1', ...fields, action: `part-${part}` })).html);
    return pages;
  };

  test('has every field of a report in one of its three parts, and danger, town and story in each', async () => {
    const pages = await parts();
    for (const html of pages)
      for (const name of ['narrative', 'children[0].danger', 'children[0].presentTown'])
        expect(html).toContain(`name="${name}"`);
    const html = pages.join('');
    const missing = [
      ...Object.keys(reportInput.shape).filter((name) => !new RegExp(`name="${name}["[.]`).test(html)),
      ...Object.keys(childInput.shape).filter((name) => !new RegExp(`name="children\\[0\\]\\.${name}["[.]`).test(html)),
    ];
    expect(missing).toEqual([]);
  });

  test('takes the answers of each part along to the others, and sends them from any', async () => {
    const typed = {
      ...leastReport,
      narrative: 'First line.\r\nSecond line.',
      'reporter.safeNumber': '203-555-0123',
      'children[0].whereExactly': 'Room 12',
      'children[0].hurt': 'yes',
      'children[0].indicators': ['hotel-keys', 'branding'],
      'children[0].suspect': 'A gray car,\r\nno plate.',
      'children[0].race': 'black',
    };
    const [call = '', more = '', later = ''] = await parts(typed);
    const has = (html: string, name: string, value: string) =>
      html.includes(`<input type="hidden" name="${name}" value="${value}" data-carried=""`);
    expect(call).toContain('>Room 12</textarea>');
    expect(has(call, 'children[0].race', 'black')).toBe(true);
    for (const html of [more, later]) {
      expect(html).toMatch(/First line\.\s+Second line\.<\/textarea>/);
      expect(has(html, 'children[0].whereExactly', 'Room 12')).toBe(true);
      expect(has(html, 'children[0].hurt', 'yes')).toBe(true);
      expect(has(html, 'reporter.safeNumber', '203-555-0123')).toBe(true);
    }
    expect(more).toMatch(/value="branding" checked/);
    expect(has(later, 'children[0].indicators', 'hotel-keys')).toBe(true);
    expect(has(later, 'children[0].indicators', 'branding')).toBe(true);
    expect(/name="children\[0\]\.suspect" value="([^"]*)"/.exec(later)?.[1]).toBe('A gray car,\r\nno plate.');
    expect((await worker.post('/reports', { ...typed, key: 'from-later', part: 'later' })).status).toBe(201);
  });

  test('starts without an answer to any question', async () => {
    const form = (await parts())
      .map((html) => html.slice(html.indexOf('id="call-screen"'), html.indexOf('</main>')))
      .join('');
    expect(form.match(/ type="radio"/g)?.length).toBeGreaterThan(60);
    expect(form).not.toMatch(/<input[^>]* checked/);
    expect(form).not.toMatch(/<option value="[^"]+" selected/);
  });

  test('without any value lists the missing fields, each with a link to its control, and stores nothing', async () => {
    const before = await referrals();
    await worker.get('/reports/new');
    const { status, html } = await worker.post('/reports', { children: '1' });
    expect(status).toBe(400);
    for (const id of ['report-narrative', 'report-children-0-danger']) {
      expect(html).toContain(`<a href="#${id}">`);
      expect(html).toContain(`id="${id}"`);
    }
    expect(await referrals()).toBe(before);
  });

  test('has the focus on the error summary, and each of its links leads to a control', async () => {
    await worker.get('/reports/new');
    const { html } = await worker.post('/reports', {
      children: '1',
      receivedAt: '2027-01-01T10:00',
      'reporter.name': 'x'.repeat(201),
      'children[0].approximateAge': '10-45',
      'children[0].missingEpisodes': '-1',
      'children[0].lastAssaultAt.at': '2027-01-01T10:00',
    });
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    const links = [...html.matchAll(/<a href="#(report-[^"]+)">/g)].map(([, link]) => link);
    expect(links).toHaveLength(7);
    expect(links).toContain('report-children-0-approximateAge');
    for (const link of links) expect(html).toContain(`id="${link}"`);
    const places = links.map((link) => html.indexOf(`id="${link}"`));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  test('keeps all typed values', async () => {
    await worker.get('/reports/new');
    const { html } = await worker.post('/reports', {
      children: '1',
      key: 'kept',
      narrative: 'She said "<b>help</b>" & ran.',
      reporterType: 'school',
      receivedAt: '2026-11-09T08:00',
      'reporter.name': "Pat O'Example",
      'children[0].indicators': ['hotel-keys', 'branding'],
      'children[0].residenceTown': 'New Haven',
      'children[0].approximateAge': '14',
      'children[0].lastAssaultAt': 'none-known',
    });
    const [, more = ''] = await parts({
      reporterType: 'school',
      receivedAt: '2026-11-09T08:00',
      'reporter.name': "Pat O'Example",
      'children[0].indicators': ['hotel-keys', 'branding'],
    });
    expect(html).toContain('She said &quot;&lt;b&gt;help&lt;/b&gt;&quot; &amp; ran.</textarea>');
    expect(more).toMatch(/<option value="school" selected/);
    expect(more).toContain('value="2026-11-09T08:00"');
    expect(more).toContain('value="Pat O&#39;Example"');
    expect(more).toMatch(/value="hotel-keys" checked/);
    expect(more).toMatch(/value="branding" checked/);
    expect(html).toContain('value="New Haven"');
    expect(html).toContain('value="14"');
    expect(html).toMatch(/<option value="none-known" selected/);
    expect(html).toContain('<input type="hidden" name="key" value="kept"');
  });

  test('gets another child with fields of its own, and the first stays as typed', async () => {
    await worker.get('/reports/new');
    const { status, html } = await worker.post('/reports', { ...leastReport, action: 'add' });
    expect(status).toBe(200);
    expect(html).toContain('<input type="hidden" name="children" value="2"');
    expect(html).toContain('What the teacher said.</textarea>');
    expect(html).toMatch(/name="children\[0\]\.danger" value="yes" checked/);
    expect(html).toContain('name="children[1].danger"');
    expect(html.split('name="children[1].lastAssaultAt"')[1]?.split('</select>')[0]).not.toContain(' selected');
    expect((await worker.post('/reports', { ...leastReport, children: '2', action: 'remove-1' })).html).not.toContain(
      'children[1]',
    );
  });

  test('is kept as a draft and not sent when a person presses Enter in it without a script', async () => {
    const { html } = await worker.get('/reports/new');
    const form = html.slice(html.indexOf('action="/reports"'));
    // Enter presses the first button of a form.
    expect(/<button[^>]*name="action" value="(\w+)"/.exec(form)?.[1]).toBe('keep');
    const before = await referrals();
    const kept = await worker.post('/reports', { ...leastReport, key: 'entered', revision: '0', action: 'keep' });
    expect(kept.html).toContain('Kept, and not sent yet');
    expect(kept.html).toContain('What the teacher said.</textarea>');
    expect(stateIn(html)).toBe('Nothing is written yet.');
    expect(stateIn(kept.html)).toMatch(/^Kept as a draft, 10:\d\d AM\.$/);
    expect(await referrals()).toBe(before);
    // The words go on from what was kept, and are sent as one report.
    const revision = hidden(kept.html, 'revision');
    expect(revision).toBe('1');
    expect((await worker.post('/reports', { ...leastReport, key: 'entered', revision })).status).toBe(201);
  });

  test('the bar above words that no draft has says that they are not kept', async () => {
    await worker.get('/reports/new');
    const typed = { ...leastReport, key: 'bar', revision: '0' };
    await worker.post('/reports', { ...typed, action: 'keep' });
    // A second window wrote under the same revision, so its words are not kept.
    const refused = await worker.post('/reports', {
      ...typed,
      narrative: 'Other words.',
      writer: 'two',
      action: 'keep',
    });
    expect(refused.html).toContain('Not kept and not sent');
    expect(stateIn(refused.html)).toBe('On this page only so far. Write on, and it is kept as a draft.');
    const reopened = await worker.post('/reports', { ...leastReport, key: 'sealed', revision: '0', action: 'reopen' });
    expect(reopened.html).toContain('What the teacher said.</textarea>');
    expect(stateIn(reopened.html)).toMatch(/^Kept as a draft, /);
  });

  test.each([
    ['came back with an error', { 'children[0].danger': '' }, 400],
    ['turned to another part', { action: 'part-more' }, 200],
    ['got another child', { action: 'add' }, 200],
  ] as const)('is kept as a draft when the form %s, and says so', async (_, more, status) => {
    const { html } = await worker.get('/reports/new');
    const key = hidden(html, 'key');
    const shown = await worker.post('/reports', { ...leastReport, key, revision: '0', ...more });
    expect(shown.status).toBe(status);
    expect(stateIn(shown.html)).toMatch(/^Kept as a draft, /);
    await worker.get('/drafts');
    const opened = await worker.post('/drafts/open', { id: key });
    expect(opened.html).toContain('What the teacher said.</textarea>');
    expect(hidden(opened.html, 'revision')).toBe('1');
    const wordless = await worker.post('/reports', { ...leastReport, narrative: '', key: 'no word', ...more });
    expect(stateIn(wordless.html)).toBe('On this page only so far. Write on, and it is kept as a draft.');
    await worker.get('/drafts');
    expect((await worker.post('/drafts/open', { id: 'no word' })).html).not.toContain('id="draft-state"');
    // The next save goes on from that one.
    const saved = { ...leastReport, key, writer: hidden(opened.html, 'writer'), revision: '2', after: '1' };
    expect((await worker.post('/drafts/save', saved)).status).toBe(200);
  });

  test('copies what the children of one call share to a second child, and asks danger anew', async () => {
    await worker.get('/reports/new');
    const { html } = await worker.post('/reports', {
      ...leastReport,
      action: 'add',
      'children[0].whereExactly': 'Room 12',
      'children[0].weapon': 'yes',
      'children[0].name': 'Juniper Example',
    });
    const value = (name: string) => html.split(`name="${name}"`)[1]?.split('>')[1]?.split('<')[0];
    expect(value('children[1].whereExactly')).toBe('Room 12');
    expect(html).toContain('name="children[1].weapon" value="yes" checked');
    expect(html).toContain('name="children[1].residenceTown"');
    expect(html).not.toMatch(/name="children\[1\]\.danger" value="\w+" checked/);
    expect(html.match(/value="Juniper Example"/g)).toHaveLength(1);
  });

  test('shows the numbers on call with the page, and the number for an emergency', async () => {
    const { html } = await worker.get('/reports/new');
    expect(html).toContain('href="tel:911"');
    for (const office of ['NEW-HAVEN', 'HARTFORD', 'careline-supervisor'])
      expect(html).toMatch(new RegExp(`data-office="${office}"><h4>[^<]+</h4><p><a [^>]*href="tel:\\+1203555\\d{4}"`));
  });

  test.each([
    ['children[0].phone', 'abc', 'Give a telephone number in digits, or leave it empty.'],
    ['reporter.phone', 'ask the desk', 'Give a telephone number in digits, or leave it empty.'],
    ['reporter.safeNumber', '0142', 'Give the whole number, with area code, or leave it empty.'],
  ])('takes no words as %s: %s', async (field, typed, sentence) => {
    await worker.get('/reports/new');
    const { status, html } = await worker.post('/reports', { ...leastReport, key: `no ${field}`, [field]: typed });
    expect(status).toBe(400);
    expect(html).toContain(sentence);
    expect(html).toContain(`value="${typed}"`);
  });

  test('says 911 again on its receipt where help comes first, and names the answer', async () => {
    await worker.get('/reports/new');
    const armed = await worker.post('/reports', { ...leastReport, key: 'armed', 'children[0].weapon': 'yes' });
    expect(armed.status).toBe(201);
    expect(armed.html).toMatch(
      /Dial 911 first, if no one has.*<a href="tel:911">911<\/a>: you wrote yes for “[^”]*weapon[^”]*”/i,
    );
    const other = await worker.post('/reports', { ...leastReport, key: 'unarmed', 'children[0].weapon': 'no' });
    expect(other.html).not.toContain('Dial 911 first');
  });

  test('sent again leads to the report that was made, and other words make no second one unasked', async () => {
    await worker.get('/reports/new');
    const sent = { ...leastReport, key: 'sent-once' };
    const made = await worker.post('/reports', sent);
    const id = referenceIn(made.html);
    const before = await referrals();
    expect(referenceIn((await worker.post('/reports', sent)).html)).toBe(id);
    const again = await worker.get('/reports/sent/sent-once?writer=window');
    expect([again.status, referenceIn(again.html)]).toEqual([200, id]);
    expect(again.html).toContain('<h1>Report received. Call now:</h1>');
    expect((await worker.get('/reports/sent/never-sent')).location).toMatch(/\/drafts$/);

    const other = await worker.post('/reports', { ...sent, narrative: 'What the teacher said, and more.' });
    expect(other.status).toBe(409);
    expect(other.html).toContain(`<a href="/referrals/${id}">${id}</a>`);
    expect(other.html).toContain(`href="/referrals/${id}/do/add-to-report"`);
    expect(other.html).toContain('What the teacher said, and more.</textarea>');
    expect(hidden(other.html, 'key')).toBe('sent-once');
    expect(await referrals()).toBe(before);
    const anew = await worker.post('/reports', { ...sent, narrative: 'Another child.', action: 'anew' });
    expect(anew.status).toBe(201);
    expect(await referrals()).toBe(before + 1);
  });

  test('says which field to fill in, in place of "required"', async () => {
    await worker.get('/reports/new');
    const { html } = await worker.post('/reports', { ...leastReport, key: 'no story', narrative: '' });
    expect(html).toMatch(/Fill in “[^”]+”\./);
    expect(html).not.toContain('This field is required');
  });

  test('is taken without a story and without an answer about danger where the child is calling', async () => {
    await worker.get('/reports/new');
    const child = { children: '1', callerIs: 'the-child', mayCallBack: 'no', 'reporter.safeNumber': '203-555-0188' };
    const { status, html } = await worker.post('/reports', { ...child, key: 'a child calls' });
    expect(status).toBe(201);
    const state = (await tables.ledger.referral(referenceIn(html)))?.state;
    expect([state?.child.danger, state?.report.call]).toEqual([
      'unknown',
      { callerIs: 'the-child', mayCallBack: 'no' },
    ]);
    // An adult owes both.
    expect((await worker.post('/reports', { ...child, key: 'an adult calls', callerIs: 'elsewhere' })).status).toBe(
      400,
    );
  });
});

describe('a sent report', () => {
  test.each([{ mandated: 'yes' }, { mandated: 'no' }, {}])(
    'reads out a receipt and no reference, with %j',
    async (said) => {
      await worker.get('/reports/new');
      const sent = { ...leastReport, key: `read out ${JSON.stringify(said)}`, ...said };
      const { html } = await worker.post('/reports', sent);
      const readOut = [...html.matchAll(/<strong class="reference">([^<]*)</g)].map(([, number]) => number);
      expect(readOut).toEqual([expect.stringMatching(/^RC-/)]);
      expect(html).not.toContain('Give the caller');
    },
  );

  test('about two children opens two referrals and gives both references', async () => {
    const before = await referrals();
    await worker.get('/reports/new');
    const { status, html } = await worker.post('/reports', {
      ...leastReport,
      key: 'two',
      children: '2',
      'children[1].danger': 'no',
      'children[0].approximateAge': '13',
      'children[1].approximateAge': '4-5',
      'children[1].gender': 'boy',
    });
    expect(status).toBe(201);
    // The receipt says who is who.
    expect(html).toMatch(/<dt>Child 1, 12 to 14<\/dt><dd><a href="\/referrals\/CR-/);
    expect(html).toMatch(/<dt>Child 2, under 12, boy<\/dt>/);
    expect(new Set(html.match(/\/referrals\/CR-[0-9A-Z-]+/g))).toHaveLength(2);
    expect(await referrals()).toBe(before + 2);
  });

  test('about a child already known names the other referral, with a link to the answer', async () => {
    const known = { ...leastReport, 'children[0].name': 'Juniper Example', 'children[0].birthDate': '2011-05-06' };
    await worker.get('/reports/new');
    const first = referenceIn((await worker.post('/reports', { ...known, key: 'known' })).html);
    await worker.get('/reports/new');
    const { html } = await worker.post('/reports', { ...known, key: 'known again' });
    expect(html).toContain('May be the same child as');
    expect(html).toContain('Only you see this. Do not tell the caller.');
    expect(html).toContain(`/referrals/${first}"`);
    expect(html).toContain('/do/answer-duplicate');
  });

  test('that is sent twice is one referral', async () => {
    await worker.get('/reports/new');
    const first = await worker.post('/reports', { ...leastReport, key: 'twice' });
    await worker.get('/reports/new');
    const second = await worker.post('/reports', { ...leastReport, key: 'twice' });
    expect(referenceIn(second.html)).toBe(referenceIn(first.html));
  });

  test('puts no data of a person into the ledger', async () => {
    const id = await report(worker, {
      narrative: 'NARRATIVE-TEXT',
      'reporter.name': 'REPORTER-NAME',
      'children[0].name': 'CHILD-NAME',
      'children[0].safeContact': 'SAFE-CONTACT-TEXT',
    });
    expect(JSON.stringify(await tables.items('Ledger'))).not.toMatch(
      /NARRATIVE-TEXT|REPORTER-NAME|CHILD-NAME|SAFE-CONTACT-TEXT/,
    );
    const { html } = await worker.get(`/referrals/${id}/child`);
    for (const text of ['NARRATIVE-TEXT', 'REPORTER-NAME', 'CHILD-NAME', 'SAFE-CONTACT-TEXT'])
      expect(html).toContain(text);
  });
});

test.each([
  [{ mayCallBack: 'no' }, 'Do not call the caller back.'],
  [{ callerIs: 'the-child', mayCallBack: 'unknown' }, 'The child called, and has not agreed to a call back.'],
  [{ overheard: 'yes' }, 'Someone could hear the caller.'],
  [{ callerIs: 'the-child', mayCallBack: 'yes', overheard: 'no' }, undefined],
])('whether a call back is safe stands above all else on the page of the referral: %j', async (said, warning) => {
  await worker.get('/reports/new');
  const { html } = await worker.post('/reports', { ...leastReport, key: `called ${JSON.stringify(said)}`, ...said });
  const [above] = (await worker.get(`/referrals/${referenceIn(html)}`)).html.split('<h1>');
  expect(above?.includes('Before you call back')).toBe(warning !== undefined);
  expect(above).toContain(warning ?? '');
});

test('a report that comes back with an error goes on with the clock of its call', async () => {
  const first = (await worker.get('/reports/new')).html;
  const begun = new Date(Date.parse(hidden(first, 'begun')) - 90_000).toISOString();
  const again = (await worker.post('/reports', { ...leastReport, narrative: '', key: 'of one call', begun })).html;
  expect(hidden(again, 'begun')).toBe(begun);
  expect(again).toContain(`data-begun="${begun}"`);
  const later = '2999-01-01T00:00:00.000Z';
  const made = (await worker.post('/reports', { ...leastReport, narrative: '', key: 'made up', begun: later })).html;
  expect(hidden(made, 'begun')).not.toBe(later);
});

test('what workers must know before they go stands above all else on the page of the referral', async () => {
  await worker.get('/reports/new');
  const { html } = await worker.post('/reports', {
    ...leastReport,
    key: 'a weapon',
    'children[0].weapon': 'yes',
    'children[0].dangerToWorkers': 'unknown',
    'children[0].whereExactly': 'Room 12 of a motel',
    'children[0].workerSafety': 'Two dogs',
    knowOfCall: ['no-one-else'],
  });
  const page = (await worker.get(`/referrals/${referenceIn(html)}`)).html;
  const warning = page.indexOf('There is a weapon.');
  expect(warning).toBeGreaterThan(0);
  expect(warning).toBeLessThan(page.indexOf('<h1>'));
  expect(page).toContain('Asked, and not known: Is there a danger to workers there?');
  expect(page).toContain(
    'Where exactly is the child? Room 12 of a motel\nWhat must workers know before they go? Two dogs',
  );
  const ofChild = (await worker.get(`/referrals/${referenceIn(html)}/child`)).html;
  expect(ofChild).toContain('<dt>Who knows of this call?</dt><dd>No one else</dd>');
});
