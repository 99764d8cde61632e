/** The home page: what is wrong today by role, one's own next steps, and the queue that keeps itself fresh. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { openConsole, queueIn, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let [danger, calm, closed] = ['', '', ''];

beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk);
  danger = await desk.opened({ danger: 'yes' });
  desk.at('2026-11-09T15:05:00Z');
  calm = await desk.opened({ danger: 'no', missingNow: 'no' });
  closed = await desk.opened({ danger: 'no', missingNow: 'no' });
  await reactTo(desk, danger, calm, closed);
  // A referral that ended and still owes a duty of law.
  const state = await desk.state(closed);
  const ended = { ...state, seq: state.seq + 1, stage: 'closed' as const };
  for (const row of boardRows(ended, connecticutPolicy)) await desk.board.put(row);
});
afterAll(() => desk.stop());

const signedIn = (as: string) => signedInAs(careline, as);
/** Those of the boxes, and those of the line of what was counted as none. */
const figuresIn = (html: string) => {
  const today = html.split('id="today"')[1]?.split('</section>')[0] ?? '';
  return new Map(
    [...today.matchAll(/<a href="([^"]+)">(?:<strong>(\d+\+?)<\/strong> )?<span>([^<]+)</g)].map(
      ([, href, count = 'none', label]) => [label, { href, count }],
    ),
  );
};

describe('open referrals', () => {
  test('have no closed one. A closed one that owes a duty of law stands under them', async () => {
    const browser = await signedIn('careline-supervisor');
    expect(await browser.get('/').then(({ html }) => html)).toContain(
      '<a href="/?order=harm#ended">1 ended, with a duty of law still open</a>',
    );
    const { html } = await browser.get('/?order=harm');
    expect(queueIn(html)).toContain(danger);
    expect(queueIn(html)).not.toContain(closed);
    const [, ended = ''] = html.split('<caption>Ended, with a duty of law still open</caption>');
    expect(ended).toContain(closed);
    expect(ended).not.toContain(calm);
  });

  test('are those of one concern, or the newest first, where the reader asks so', async () => {
    const browser = await signedIn('careline-supervisor');
    await desk.do(calm, 'classify-report', { track: 'investigation' }, 'careline-supervisor');
    await reactTo(desk, calm);
    const unclassified = queueIn((await browser.get('/?concern=unclassified')).html);
    expect([unclassified.includes(danger), unclassified.includes(calm)]).toEqual([true, false]);
    const { html } = await browser.get('/?order=newest');
    expect(html).toContain('Open referrals, newest report first');
    expect(queueIn(html).indexOf(calm)).toBeLessThan(queueIn(html).indexOf(danger));
    const byHarm = queueIn((await browser.get('/')).html);
    expect(byHarm.indexOf(danger)).toBeLessThan(byHarm.indexOf(calm));
  });

  test('tell an auditor nothing of a concern, also where the address asks for one', async () => {
    const browser = await signedIn('auditor');
    const { html } = await browser.get('/?concern=unclassified');
    expect(queueIn(html)).not.toContain(danger);
    expect(queueIn((await browser.get('/')).html)).toContain(danger);
    expect(html).not.toContain('In danger');
    // Some words of a duty say that the child is back, which an auditor may not know.
    expect(html).not.toContain('child is back');
    expect(html).not.toContain('<select class="usa-select" id="filter-concern"');
  });
});

describe('what is wrong today', () => {
  test('has for a supervisor each figure with its list, also where it is none', async () => {
    const browser = await signedIn('careline-supervisor');
    const figures = figuresIn((await browser.get('/')).html);
    expect([...figures.keys()].toSorted()).toEqual([
      'Alerts that reached no one',
      'Children not seen yet',
      'New, not accepted yet',
      'No safe place or plan yet',
      'Referrals overdue by law',
      'Referrals that need a call now',
      'Returns without interview or screening',
      'Service needs not met today',
      'Shifts empty or overlapping',
      'Teams with an empty seat',
    ]);
    expect(figures.get('New, not accepted yet')).toEqual({ href: '/?concern=unclassified#open', count: '1' });
    expect(figures.get('Returns without interview or screening')?.count).toBe('none');
    for (const { href = '' } of figures.values()) {
      expect((await browser.get(href.split('#')[0] ?? '')).status, href).toBe(200);
    }
  });

  test.each([
    ['administrator', ['Findings of the watchdog today', 'Runs that were started again']],
    ['mdt-coordinator', ['Empty team seats', 'Your tasks overdue']],
    ['hart-liaison', ['No HART liaison yet', 'Not screened yet']],
    ['seat:medical', ['Invitations to answer']],
    ['contact:PV-1', ['Offers to answer']],
    ['area-director', ['Children not seen yet', 'Service needs not met today']],
  ])('has the figures of a %s', async (as, labels) => {
    const browser = await signedIn(as);
    const figures = figuresIn((await browser.get('/')).html);
    for (const label of labels) expect([...figures.keys()]).toContain(label);
    for (const { href = '' } of figures.values()) {
      expect((await browser.get(href.split('#')[0] ?? '')).status, href).toBe(200);
    }
  });
});

test('the seat that the home page shows is among the next steps too', async () => {
  const medical = personOf('seat:medical').id;
  const common = { stage: 'open', missed: 0, open: 1, due: '2026-11-12T15:00:00Z', seq: 1, referralId: danger };
  await desk.board.put({ ...common, kind: 'seat', id: `${danger}#medical`, subject: 'medical', owner: medical });
  const browser = await signedIn('seat:medical');
  for (const path of ['/', '/deadlines']) {
    expect((await browser.get(path)).html).toContain('Accept or decline your seat on the team: medical');
  }
  expect((await browser.get('/deadlines?overdue=yes')).html).not.toContain('Accept or decline');
});

describe('the head of a column', () => {
  const headsIn = (html: string) =>
    [...html.matchAll(/<th scope="col"(?: aria-sort="(\w+)")?>(?:<a href="([^"]+)">)?([^<]+)/g)].map(
      ([, sorted, href, label]) => ({ label, sorted, href: href?.replaceAll('&amp;', '&') }),
    );

  test('sorts the queue without a script, says how it is sorted, and keeps the filters', async () => {
    const browser = await signedIn('careline-supervisor');
    expect(headsIn((await browser.get('/')).html)).toEqual([
      { label: 'Referral and child', sorted: undefined, href: undefined },
      { label: 'Do first', sorted: 'other', href: '/?order=harm#open' },
      { label: 'Due next', sorted: undefined, href: '/?order=due#open' },
      { label: 'Waits for', sorted: undefined, href: '/?order=waits-on#open' },
      { label: 'Office', sorted: undefined, href: '/?order=office#open' },
      { label: 'Received', sorted: undefined, href: '/?order=newest#open' },
    ]);
    const newest = headsIn((await browser.get('/?region=4&order=newest')).html);
    expect(newest.at(-1)).toEqual({ label: 'Received', sorted: 'descending', href: '/?region=4&order=oldest#open' });
    expect(newest[1]).toEqual({ label: 'Do first', sorted: undefined, href: '/?region=4#open' });
    const { html } = await browser.get('/?region=4&order=oldest');
    expect(headsIn(html).at(-1)).toMatchObject({ sorted: 'ascending', href: '/?region=4&order=newest#open' });
    expect(queueIn(html).indexOf(danger)).toBeLessThan(queueIn(html).indexOf(calm));
  });

  test('is kept with the filters of a person', async () => {
    const browser = await signedIn('careline-worker');
    await browser.get('/?order=office&region=4');
    await browser.post('/queue/filters', { filters: 'order=office&region=4', act: 'keep' });
    const { html } = await browser.get('/');
    expect(html).toMatch(/<a href="\/\?(order=office&amp;region=4|region=4&amp;order=office)#open">/);
    expect(html).toContain('by office');
  });

  test('offers an auditor the order of the report alone', async () => {
    const heads = headsIn((await (await signedIn('auditor')).get('/')).html);
    expect(heads.filter(({ href }) => href !== undefined)).toEqual([
      { label: 'Received', sorted: 'descending', href: '/?order=oldest#open' },
    ]);
  });
});

describe('a filter', () => {
  test('is kept for this person in this browser, by the codes of the program alone, and removed again', async () => {
    const browser = await signedIn('careline-worker');
    const filters = 'region=4&overdue=yes';
    await browser.get(`/?${filters}`);
    const { status, location } = await browser.post('/queue/filters', { filters, act: 'keep' });
    expect([status, location]).toEqual([303, `http://127.0.0.1:3000/?${filters}#open`]);
    const { html } = await browser.get('/');
    expect(html).toContain(
      `<a href="/?${filters.replace('&', '&amp;')}#open">Region 4 North Central, overdue only</a>`,
    );
    await browser.get(`/?${filters}`);
    await browser.post('/queue/filters', { filters, act: 'remove' });
    expect((await browser.get('/')).html).not.toContain('aria-label="Your filters"');
  });

  test('that the program does not know is not kept', async () => {
    const browser = await signedIn('careline-worker');
    await browser.get('/');
    const { headers } = await browser.post('/queue/filters', { filters: 'region=Aspen', act: 'keep' });
    expect(headers.getSetCookie().join()).not.toContain('careline-filters');
  });
});

describe('the rows that the page asks for by itself', () => {
  test('are the same as on the page, and nothing is sent while nothing changed', async () => {
    const steady = openConsole(desk, { parts: { now: () => '2026-11-09T15:20:00.000Z' } });
    const browser = await signedInAs(steady, 'careline-worker');
    const { html } = await browser.get('/');
    const rows = await browser.get('/queue/rows');
    expect(rows.html).toBe(queueIn(html));
    const etag = rows.headers.get('etag') ?? '';
    expect(html).toContain(`data-etag="${etag.replaceAll('"', '&quot;')}"`);
    const again = await browser.get('/queue/rows', { 'if-none-match': etag });
    expect([again.status, again.html]).toEqual([304, '']);
    const versions = [...rows.html.matchAll(/data-version="([^"]+)"/g)].map(([, version]) => version);
    await desk.do(danger, 'classify-report', { track: 'investigation' }, 'careline-supervisor');
    await reactTo(desk, danger);
    const changed = await browser.get('/queue/rows', { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    const later = [...changed.html.matchAll(/data-version="([^"]+)"/g)].map(([, version]) => version);
    expect(later.filter((version) => versions.includes(version))).toHaveLength(versions.length - 1);
  });

  test('are not for people without the queue, and do not extend a session', async () => {
    expect((await (await signedIn('seat:medical')).get('/queue/rows')).status).toBe(404);
    const browser = await signedIn('careline-worker');
    careline.passes(20 * 60);
    await browser.get('/queue/rows');
    careline.passes(11 * 60);
    expect((await browser.get('/')).status).toBe(302);
  });
});

describe('the calls', () => {
  test('have one whole card on the home page, a line for each other referral, and all cards on their own page', async () => {
    const browser = await signedIn('careline-supervisor');
    const { html } = await browser.get('/');
    expect(html.match(/<section class="calls-child"/g)).toHaveLength(1);
    const lines = html.match(/<section class="calls-line"/g) ?? [];
    expect(lines.length).toBeGreaterThan(0);
    const all = (await browser.get('/calls')).html;
    expect(all.match(/<section class="calls-child"/g)).toHaveLength(lines.length + 1);
    expect(all).toContain('data-calls="/calls/panel?from=list"');
    expect((await browser.get('/calls/panel?from=list')).html).not.toContain('calls-line');
    // The whole queue has lines alone, and so has what its script asks for.
    const queue = (await browser.get('/?order=harm')).html;
    expect(queue).toContain('data-calls="/calls/panel?from=lines"');
    for (const lined of [queue, (await browser.get('/calls/panel?from=lines')).html]) {
      expect(lined).toContain('<section class="calls-line"');
      expect(lined).not.toContain('class="calls-child"');
    }
  });

  test('begin with the child in danger, though a duty for another child has less time left', async () => {
    const other = await startDesk();
    const before = await other.opened({ danger: 'no', missingNow: 'no' });
    other.at('2026-11-09T15:05:00Z');
    const first = await other.opened({ danger: 'yes' });
    await reactTo(other, before, first);
    const worker = await signedInAs(openConsole(other, { parts: { now: () => other.now } }), 'careline-worker');
    const shown = (await worker.get('/calls')).html.matchAll(/aria-label="Calls for (CR-[^"]+)"/g);
    expect([...shown].map(([, id]) => id)).toEqual([first, before]);
    await other.stop();
  });

  test('say to a member of a team who they are for', async () => {
    const { html } = await (await signedIn('seat:medical')).get('/calls');
    expect(html).toContain('This page is for staff of the department, who call people on duty.');
    expect(html).toContain(
      'You have no call to make. <a href="http://127.0.0.1:3000/deadlines">See your next steps</a>',
    );
  });

  test('say to staff without one that they have none, and what to do', async () => {
    const { html } = await (await signedIn('legal')).get('/calls');
    expect(html).toContain('You have no call to make now. <a');
    expect(html).toContain('See your next steps</a>');
    expect(html).not.toContain('class="calls-child"');
  });

  test('stand on pages, the worst on the first, and each page updates by itself', async () => {
    const browser = await signedIn('careline-supervisor');
    const all = (await browser.get('/calls')).html;
    const shown = [...all.matchAll(/aria-label="Calls for (CR-[^"]+)"/g)].map(([, id]) => id);
    const later = (await browser.get('/calls?skip=1')).html;
    expect([...later.matchAll(/aria-label="Calls for (CR-[^"]+)"/g)].map(([, id]) => id)).toEqual(shown.slice(1));
    expect(later).toContain('data-calls="/calls/panel?from=list&amp;skip=1"');
    expect(later).toContain('Back to the worst</a>');
    const none = (await browser.get(`/calls?skip=${shown.length}`)).html;
    expect(none).toContain('No other referral needs a call.');
  });
});
