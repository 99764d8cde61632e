/** The providers and the counts of unmet needs, as people see and keep them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listProvider } from '../../functions/react/list-provider.ts';
import type { Tables } from '../support/tables.ts';
import { hidden, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

const supervisor = 'P-CARELINE-SUPERVISOR-1';
const worker = 'P-CARELINE-WORKER-1';
const administrator = 'P-ADMINISTRATOR-1';
const edit = '/providers/edit?service=education&id=PR-EDUCATION-3';

describe('the page of providers', () => {
  test('is for all staff and partners, with filters by service, region, age and language', async () => {
    const browser = await careline.person(worker);
    const all = (await browser.get('/providers')).html;
    expect(all).toContain('30 listed. Choose a service:');
    expect(all).not.toContain('<table');
    const services = [...all.matchAll(/href="([^"]*service=[^"]*)">[^<]*<\/a>: (\d+)/g)];
    expect(services.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(30);
    for (const [, address = '', count] of services)
      expect((await browser.get(address)).html).toContain(`${count} listed`);
    const found = (await browser.get('/providers?service=education&region=5&age=15&language=portuguese')).html;
    expect(found).toContain('Hickory House West');
    expect(found).toContain('1 listed');
    expect(found).not.toContain('/providers/edit');
    expect((await browser.get('/providers?service=education&age=99')).html).toContain('No provider is listed for this');
  });

  test('is changed by a supervisor, in a form that keeps the typed words and names each problem', async () => {
    const browser = await careline.person(supervisor);
    const page = await browser.get(edit);
    const { personId = '' } = (await tables.directory.providers('education'))[0] ?? {};
    const typed = {
      service: 'education',
      id: 'PR-EDUCATION-3',
      revision: hidden(page.html, 'revision'),
      name: 'Oak House (invented)',
      regions: '1, 2',
      ageFrom: '10',
      ageTo: '',
      languages: 'English, Polish',
      phone: '203-555-0133',
      contactId: personId,
      token: hidden(page.html, 'token'),
    };
    const wrong = await browser.post('/providers/edit', typed);
    expect(wrong.status).toBe(400);
    expect(wrong.html).toContain('Oak House (invented)');
    const right = await browser.post('/providers/edit', { ...typed, ageTo: '18' });
    expect(right).toMatchObject({ status: 303 });
    await listProvider(tables, 'PR-EDUCATION-3');
    expect((await browser.get('/providers?service=education&language=polish')).html).toContain('Oak House (invented)');
    const history = (await browser.get(edit)).html;
    expect(history).toContain('Who changed it');
    expect(history).toContain('value="1"');
    const stale = await browser.post('/providers/edit', { ...typed, ageTo: '19', revision: '0' });
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('Another person has changed this provider since');
  });

  test('takes the days of a place in the form of its hints', async () => {
    const browser = await careline.person(supervisor);
    const at = 'service=forensic-interview&id=PR-DAYS-1';
    const page = await browser.get(`/providers/edit?${at}`);
    expect(page.html).toContain('Month, day and year, such as 12/31/2026.');
    const { personId = '' } = (await tables.directory.providers('education'))[0] ?? {};
    const typed = {
      ...{ service: 'forensic-interview', id: 'PR-DAYS-1', revision: hidden(page.html, 'revision') },
      ...{ name: 'Elm Center (invented)', regions: '1', ageFrom: '0', ageTo: '17', languages: 'english' },
      ...{ phone: '203-555-0144', contactId: personId, token: hidden(page.html, 'token') },
      ...{ 'place.kind': 'advocacy-center', 'place.town': 'Hartford', 'place.openings': '2' },
    };
    const wrong = await browser.post('/providers/edit', { ...typed, 'place.openUntil': 'soon' });
    expect([wrong.status, wrong.html]).toEqual([400, expect.stringContaining('as month, day and year')]);
    expect(wrong.html).not.toContain('YYYY');
    const right = await browser.post('/providers/edit', {
      ...typed,
      ...{ 'place.openUntil': '12/31/2027', 'place.protocolUntil': '6/30/2028' },
    });
    expect(right.status).toBe(303);
  });

  test('cannot be changed by any other role', async () => {
    const browser = await careline.person(worker);
    const token = hidden((await browser.get('/reports/new')).html, 'token');
    expect((await browser.get(edit)).status).toBe(403);
    const answer = await browser.post('/providers/edit', { service: 'education', id: 'PR-EDUCATION-4', token });
    expect(answer.status).toBe(403);
  });

  test('refuses a service that there is not and an id that cannot be one', async () => {
    const browser = await careline.person(supervisor);
    expect((await browser.get('/providers/edit?service=magic&id=X')).status).toBe(404);
    expect((await browser.get('/providers/edit?service=education&id=a%20b')).status).toBe(404);
  });
});

describe('the counts of unmet needs', () => {
  test('are for people who plan services', async () => {
    expect((await (await careline.person(administrator)).get('/unmet-needs')).html).toContain(
      'There is no line to show',
    );
    expect((await (await careline.person(worker)).get('/unmet-needs')).status).toBe(403);
  });
});
