import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rowsOn } from '../../functions/console/queue/queue-page.tsx';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { event } from '../../shared/domain/events.ts';
import { referralChain } from '../../shared/store/chains.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import {
  type Browser,
  monday,
  openConsole,
  queueIn,
  report,
  startConsole,
  type Window,
  withoutRandom,
} from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let id: string;
const seatHolder = 'P-MDT-MEDICAL-NEW-HAVEN-1';
const signedDeputy = 'P-MDT-MEDICAL-NEW-HAVEN-2';

beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
  id = await report(worker, {
    'children[0].name': 'Wren Example',
    'children[0].safeContact': 'Only by text, after four.',
    'reporter.name': 'Teal Example',
  });
  // The clocks start with the first act of a person.
  await worker.get(`/referrals/${id}`);
  await worker.post(`/referrals/${id}/do/classify-report`, { track: 'investigation', key: 'classified' });
  await tables.ledger.changeReferral(
    id,
    { now: monday, actor: { kind: 'function', id: 'draw-roster' }, cause: { kind: 'task', run: `${id}-g1` } },
    () => [
      event('roster-drawn', {
        screening: 1,
        team: 'MDT-NEW-HAVEN',
        seats: [{ discipline: 'medical', personId: seatHolder, deputyId: signedDeputy, required: true }],
        vacant: ['dcf'],
      }),
      event('confidentiality-signed', { personId: signedDeputy, notice: '2026.1', conflict: 'no' }),
      event('alert-requested', {
        alertId: `${id}.A9`,
        kind: 'mdt-invited',
        to: ['seats'],
        people: [],
        deputies: false,
      }),
    ],
  );
  const referral = await tables.ledger.referral(id);
  for (const row of referral ? boardRows(referral.state, connecticutPolicy) : []) await tables.board.put(row);
});
afterAll(() => tables.stop());

/** One visitor of each kind, and the answer of each page. */
const kinds = {
  'a Careline worker': 'P-CARELINE-WORKER-1',
  'a caseworker': 'P-CASEWORKER-NEW-HAVEN-1',
  'a lawyer': 'P-LEGAL-1',
  'the holder of a seat, who has not signed': seatHolder,
  'the deputy of a seat, who has signed': signedDeputy,
  'a member of another team': 'P-MDT-MEDICAL-DANBURY-1',
  'a provider without a referral': 'P-PROVIDER-EDUCATION-1',
  'an auditor': 'P-AUDITOR-1',
} as const;
type Kind = keyof typeof kinds;

const may: Readonly<
  Record<
    Kind,
    { report: boolean; referral: boolean; child: boolean; reporter: boolean; audit: boolean; queue: boolean }
  >
> = {
  'a Careline worker': { report: true, referral: true, child: true, reporter: true, audit: false, queue: true },
  'a caseworker': { report: false, referral: true, child: true, reporter: false, audit: false, queue: true },
  'a lawyer': { report: false, referral: true, child: true, reporter: false, audit: false, queue: true },
  'the holder of a seat, who has not signed': {
    report: false,
    referral: true,
    child: false,
    reporter: false,
    audit: false,
    queue: false,
  },
  'the deputy of a seat, who has signed': {
    report: false,
    referral: true,
    child: true,
    reporter: false,
    audit: false,
    queue: false,
  },
  'a member of another team': {
    report: false,
    referral: false,
    child: false,
    reporter: false,
    audit: false,
    queue: false,
  },
  'a provider without a referral': {
    report: false,
    referral: false,
    child: false,
    reporter: false,
    audit: false,
    queue: false,
  },
  'an auditor': { report: false, referral: true, child: false, reporter: false, audit: true, queue: true },
};

describe.each(Object.keys(kinds) as Kind[])('%s', (kind) => {
  const expected = may[kind];
  let browser: Browser;
  beforeAll(async () => {
    browser = await careline.person(kinds[kind]);
    if (kind !== 'a lawyer') return;
    // Counsel has no task in it, and says what the facts are for.
    await browser.get(`/referrals/${id}`);
    await browser.post(`/referrals/${id}/purpose`, { purpose: 'legal-advice' });
  });

  test(`${expected.report ? 'enters' : 'does not enter'} reports`, async () => {
    const { status } = await browser.get('/reports/new');
    expect(status).toBe(expected.report ? 200 : 403);
    expect((await browser.get('/')).html.includes('>New report<')).toBe(expected.report);
    expect((await browser.post('/reports', {})).status).toBe(expected.report ? 400 : 403);
  });

  test(`${expected.referral ? 'reads' : 'does not even learn of'} the referral and its alert`, async () => {
    for (const path of [`/referrals/${id}`, `/alerts/${id}.A9`]) {
      const { status, html } = await browser.get(path);
      expect(status).toBe(expected.referral ? 200 : 404);
      expect(html.includes('Only by text, after four.')).toBe(expected.child);
      expect(html.includes('There is a note on how the child may be contacted')).toBe(false);
      const invited = kind === 'the holder of a seat, who has not signed';
      expect(html.includes('The invitation')).toBe(invited);
    }
    expect((await browser.get(`/referrals/${id}`)).html.includes('Wren Example')).toBe(expected.child);
  });

  test(`${expected.child ? 'reads' : 'does not read'} who the child is`, async () => {
    const { status, html } = await browser.get(`/referrals/${id}/child`);
    expect(status).toBe(expected.child ? 200 : expected.referral ? 302 : 404);
    expect(html.includes('Wren Example')).toBe(expected.child);
    expect(html.includes('Only by text, after four.')).toBe(expected.child);
    // An auditor reads the pathway alone.
    expect(html.includes('Lives in')).toBe(expected.child);
    expect(html.includes('Teal Example')).toBe(expected.reporter);
  });

  test('cannot do a command there by knowing its address, unless the role allows it', async () => {
    await browser.get('/');
    const { status } = await browser.post(`/referrals/${id}/do/decide-eligibility`, { key: 'x' });
    expect(status).toBe(expected.referral ? 403 : 404);
  });

  test(`${expected.audit ? 'reads' : 'does not read'} the audit`, async () => {
    expect((await browser.get(`/referrals/${id}/audit`)).status).toBe(expected.audit ? 200 : 403);
  });

  test(`${expected.queue ? 'sees' : 'does not see'} the queue`, async () => {
    const { html } = await browser.get('/');
    expect(html.includes('Open referrals')).toBe(expected.queue);
    expect(queueIn(html).includes('>In danger</span>')).toBe(expected.queue && kind !== 'an auditor');
  });
});

test('a missing referral and one that the reader may not see look the same', async () => {
  const stranger = await careline.person('P-PROVIDER-EDUCATION-1');
  const there = await stranger.get(`/referrals/${id}`);
  const absent = await stranger.get('/referrals/CR-7F3KD-9QXMT2');
  expect(withoutRandom(there.html)).toBe(withoutRandom(absent.html));
  expect(withoutRandom((await stranger.get('/alerts/nonsense')).html)).toBe(withoutRandom(absent.html));
});

test('a read of who the child is leaves a record, and a forbidden read leaves none', async () => {
  const records = async () => (await tables.items('Ledger')).filter(({ pk }) => pk === `access#${id}`).length;
  const before = await records();
  await worker.get(`/referrals/${id}`);
  expect(await records()).toBe(before + 1);
  const auditor = await careline.person('P-AUDITOR-1');
  await auditor.get(`/referrals/${id}`);
  expect(await records()).toBe(before + 1);
});

describe('the queue', () => {
  test('gives for each referral the next step, its due time in New York, the time left, and missed duties', async () => {
    const { html } = await worker.get('/');
    const table = queueIn(html);
    const row = table.slice(table.indexOf(`/referrals/${id}`)).split('</tr>')[0];
    expect(row).toContain('Start the response: go to the child');
    expect(row).toContain('title="Mon, Nov 9, 12:00 PM">in 1 h 59 min</time>');
    // What is due next, of its other duties.
    expect(row).toMatch(/<td data-label="Due next">Meet the child face to face</);
    expect(row).toContain('<td data-label="Waits for">Area office on call</td>');
    expect(row).toContain('New Haven');
    expect(row).toContain('Not screened yet');
    expect(row).not.toContain('missed');
    expect(html).toContain('href="/referrals">All referrals, also closed</a>');
  });

  test('names the clocks for which the limit of e-mails to one person is reached', async () => {
    const state = (await tables.ledger.referral(id))?.state;
    const [row] = state ? boardRows(state, connecticutPolicy) : [];
    if (!row) throw new Error('The referral has no row.');
    await tables.board.put({ ...row, seq: row.seq + 1, atCap: ['D9'] });
    expect((await worker.get('/')).html).toContain('The limit of e-mails to one person is reached: screen the child');
  });

  test('has the deadlines that wait for the holder of a seat as theirs', async () => {
    const state = (await tables.ledger.referral(id))?.state;
    await tables.board.put({
      ...common,
      id: `${id}#medical`,
      referralId: id,
      seq: (state?.seq ?? 0) + 1,
      owner: seatHolder,
    });
    const holder = await careline.person(seatHolder);
    expect((await holder.get('/')).html).toContain('Accept or decline your seat on the team: medical');
  });

  test('goes on to a next page', async () => {
    for (let index = 0; index < 30; index += 1) {
      const kind = 'referral' as const;
      await tables.board.put({
        ...common,
        kind,
        id: `MANY-${index}`,
        referralId: `MANY-${index}`,
        seq: 1,
        queue: 'open',
      });
    }
    expect((await worker.get('/')).html).toContain('<a href="/?order=harm#open">See all open referrals</a>');
    const first = (await worker.get('/?order=harm')).html;
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const second = (await worker.get(next)).html;
    const references = (html: string) => new Set(queueIn(html).match(/\/referrals\/[\w-]+/g));
    expect(references(first)).toHaveLength(rowsOn.queue);
    expect(references(second)).toHaveLength(rowsOn.queue);
    expect(references(first).isDisjointFrom(references(second))).toBe(true);
  });

  test('starts again at the first page where the address was damaged', async () => {
    expect((await worker.get('/?after=damaged')).location).toBe('http://127.0.0.1:3000/');
  });

  const common = {
    kind: 'seat' as const,
    due: '2027-01-01T00:00:00Z',
    stage: 'open',
    missed: 0,
    open: 1,
    subject: 'medical',
  };
});

describe('an alert', () => {
  test('names who acknowledged it, and when', async () => {
    const holder = await careline.person(seatHolder);
    await holder.get(`/alerts/${id}.A9`);
    await holder.post(`/referrals/${id}/do/acknowledge-alert`, { alertId: `${id}.A9`, alert: `${id}.A9` });
    const { html } = await holder.get(`/alerts/${id}.A9`);
    expect(html.replaceAll('\n', ' ')).toMatch(
      /Acknowledged by [\w ]+, Medical, New Haven MDT, Mon Nov 9, 2026, 10:0\d AM EST\./,
    );
  });

  test('stays unacknowledged after a GET of its link, however often a scanner follows it, signed in or not', async () => {
    const holder = await careline.person(seatHolder);
    const before = await tables.ledger.readAfresh(referralChain(id));
    const scanner = careline.browser();
    for (const reader of [scanner, scanner, scanner, holder, holder, holder]) {
      await reader.get(`/alerts/${id}.A9`);
      await reader.get(`/alerts/${id}.A9?answer=accepted&acknowledge=yes`);
    }
    expect(await tables.ledger.readAfresh(referralChain(id))).toEqual(before);
  });

  test('names its recipients in words', async () => {
    expect((await worker.get(`/alerts/${id}.A9`)).html).toContain('to seats of the team.');
  });
});

test('a page repeats a choice in the words of the form', async () => {
  const holder = await careline.person(seatHolder);
  await holder.get(`/referrals/${id}`);
  await holder.post(`/referrals/${id}/do/answer-seat`, { discipline: 'medical', answer: 'accepted', key: 's' });
  const { html } = await holder.get(`/referrals/${id}?done=answer-seat`);
  expect(html).toContain('The seat is accepted: medical.');
  // Read from the ledger, so no other person's page says it of them.
  expect((await worker.get(`/referrals/${id}?done=answer-seat`)).html).not.toContain('You accepted');
});

describe('the search for a reference', () => {
  test('accepts small letters and spaces', async () => {
    const typed = id.toLowerCase().replaceAll('-', ' ');
    expect((await worker.get(`/find?reference=${encodeURIComponent(typed)}`)).location).toBe(
      `http://127.0.0.1:3000/referrals/${id}`,
    );
  });

  test('says so where one character is wrong', async () => {
    const wrong = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`;
    const { status, html } = await worker.get(`/find?reference=${wrong}`);
    expect(status).toBe(404);
    expect(html).toContain('Check each character with what you were told');
  });
});

describe('the audit', () => {
  /** Every page of one chapter, one after the other. */
  async function chapter(name: string): Promise<string> {
    const auditor = await careline.person('P-AUDITOR-1');
    let html = '';
    for (let path: string | undefined = `/referrals/${id}/audit${name}`; path !== undefined; ) {
      const page = await auditor.get(path);
      expect(page.status).toBe(200);
      html += page.html;
      path = /<a href="([^"]+)" rel="next">/.exec(page.html)?.[1];
    }
    return html;
  }

  test('says who did what and that the chain is intact, and nothing from the vault', async () => {
    const summary = await chapter('');
    expect(summary).toContain('The chain is intact');
    const commits = await chapter('/commits');
    expect(commits).toContain('Avocet Agate, Careline worker');
    expect(commits).toContain('Command: accept or decline the report');
    expect(commits).toContain('The function draw-roster');
    expect(await chapter('/people')).toContain('Avocet Agate, Careline worker');
    expect(await chapter('/mail')).toContain('Invitation to the team');
    for (const name of ['', '/people', '/clocks', '/runs', '/mail', '/reads', '/commits'])
      expect(await chapter(name)).not.toMatch(/Wren Example|Teal Example|Only by text|What the teacher said/);
  });

  test('has names and words in the place of ids and codes', async () => {
    const commits = await chapter('/commits');
    expect(commits).toContain('New Haven MDT');
    expect(commits).not.toMatch(/MDT-NEW-HAVEN|P-MDT-MEDICAL/);
    expect(await chapter('/clocks')).toContain('Notify law enforcement (D3.1)');
  });

  test('says that a settled deadline waits on no one, and a run without a wait on nothing', async () => {
    const clocks = await chapter('/clocks');
    const row = (name: string) => clocks.split(` (${name})</th>`)[1]?.split('</tr>')[0] ?? '';
    expect(row('D1.1')).toMatch(/<td [^>]*>–<\/td>$/);
    expect(row('D8.1')).toMatch(/<td [^>]*>HART lead<\/td>$/);
    expect(await chapter('/runs')).toContain('No run waits for anything now.');
  });

  test('has no chapter of another name', async () => {
    const auditor = await careline.person('P-AUDITOR-1');
    expect((await auditor.get(`/referrals/${id}/audit/secrets`)).status).toBe(404);
    expect((await auditor.get(`/referrals/${id}/audit/commits?page=999999`)).status).toBe(200);
  });

  test('says plainly which commit was changed', async () => {
    const tampered = await report(worker);
    const [first] = (await tables.items('Ledger')).filter(({ pk }) => pk === referralChain(tampered));
    await tables.put('Ledger', [{ ...first, body: String(first?.body).replace('"danger":"yes"', '"danger":"no"') }]);
    const elsewhere = openConsole(tables, { parts: { ledger: tables.openLedger() } });
    const auditor = await elsewhere.person('P-AUDITOR-1');
    const { html } = await auditor.get(`/referrals/${tampered}/audit`);
    expect(html).toContain('The chain is broken');
    expect(html).toContain('The content of commit 1 is not what was sealed.');
  });
});
