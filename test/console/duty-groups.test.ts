/** A task with several duties is one line on each page, with a tick for each duty. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardRows, rowsToPut } from '../../shared/domain/board/board-rows.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, formIn, report, startConsole } from './window.ts';

let tables: Tables;
let worker: Browser;
let id: string;

beforeAll(async () => {
  const { tables: all, careline } = await startConsole();
  tables = all;
  worker = await careline.person('P-CARELINE-WORKER-1');
  id = await report(worker, { 'children[0].name': 'Wren Example' });
});
afterAll(() => tables.stop());

/** The words of a part of a page, without its tags. */
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

async function page() {
  const { html } = await worker.get(`/referrals/${id}`);
  const steps = html.split('Do this next')[1]?.split('</section>')[0] ?? '';
  const clocks = await worker.get(`/referrals/${id}/clocks`);
  const table = clocks.html.split('<caption>Deadlines</caption>')[1]?.split('</table>')[0] ?? '';
  const lines = table.split('<tr>').filter((row) => row.includes('Notify law enforcement'));
  return { steps, lines };
}

/** The rows of the board as they are now. */
async function fillBoard(): Promise<void> {
  const referral = await tables.ledger.referral(id);
  const states = (referral?.commits ?? []).flatMap(
    (_, index) => tables.ledger.stateAfter(id, referral?.commits ?? [], index + 1) ?? [],
  );
  for (const row of rowsToPut([[], ...states.map((state) => boardRows(state, connecticutPolicy))]))
    await tables.board.put(row);
}

const notify = (covers: string, key: string) =>
  worker.post(`/referrals/${id}/do/notify-police`, {
    covers,
    agencyId: 'A-NEW-HAVEN',
    personReached: 'The desk',
    method: 'phone',
    agencyReference: 'H-1',
    key,
  });

test('both notices to the police are one call of the next steps, with a tick for each in one form', async () => {
  const { steps } = await page();
  const [, href = '', task = ''] = /<a href="([^"]*)">Notify the police<\/a>(.*)/s.exec(steps) ?? [];
  expect(textOf(task)).toMatch(/^ ?in .* Notify law enforcement .*Notify the local police /);
  expect(href).toMatch(/\/do\/notify-police$/);
  const form = formIn((await worker.get(href)).html, 'notify-police');
  for (const notice of ['state', 'local']) expect(form).toContain(`name="covers" value="${notice}"`);
});

test('the page that answers a report has one line for them, and both answers to a question', async () => {
  const { html } = await worker.get('/reports/new');
  const key = /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const sent = await worker.post('/reports', {
    narrative: 'A second.',
    key,
    'children[0].residenceTown': 'New Haven',
    'children[0].danger': 'unknown',
  });
  const steps = sent.html.split('Your next steps').at(-1)?.split('</ol>')[0] ?? '';
  expect(textOf(steps)).toContain(
    'Notify the police, one call and a tick for each: Notify law enforcement; Notify the local police (call above): Record the notice to police',
  );
  expect(steps.match(/\/do\/notify-police/g)).toHaveLength(1);
  expect(textOf(steps)).toMatch(
    /whether the child is missing: no answer is recorded yet: Record that the child is missing , Record not missing, or not known yet/,
  );
});

test('the table of deadlines has one line for them, with the state of each', async () => {
  const { lines } = await page();
  expect(lines).toHaveLength(1);
  expect(textOf(lines[0] ?? '')).toMatch(
    /^Notify the police Notify law enforcement Notify the local police Notify law enforcement: Open: .* Notify the local police: Open: /,
  );
});

test('Your next steps have one line for them, with one link to the form that has both ticks', async () => {
  await fillBoard();
  const { html } = await worker.get('/deadlines');
  const list = html.split('<ol class="task-list">')[1] ?? '';
  const rows = list.split('<div class="task-what">').filter((row) => row.includes('Notify the police'));
  expect(rows).toHaveLength(1);
  expect(textOf(rows[0] ?? '')).toMatch(/^Notify the police law Notify law enforcement Notify the local police in /);
  expect(rows[0]?.match(/<a [^>]*>Notify/g)).toHaveLength(1);
  const [link] = /href="[^"]*(\/referrals\/[^"]+)">Notify the police/.exec(rows[0] ?? '')?.slice(1) ?? [];
  const { location } = await worker.get(link ?? '');
  expect(location).toMatch(new RegExp(`/referrals/${id}/do/notify-police$`));
  const form = formIn((await worker.get(location)).html, 'notify-police');
  expect(form.match(/name="covers"/g), 'no tick of a duty that is not open').toHaveLength(2);
});

test('a task with several acts, and one that is done or of another referral, leads to the referral', async () => {
  for (const duty of [`${id}.D2.1`, `${id}.D99.1`, 'CR-7F3KD-9QXMTQ.D3.1'])
    expect((await worker.get(`/referrals/${id}/do?for=${duty}`)).location).toMatch(new RegExp(`/referrals/${id}$`));
});

test('a tick of one leaves the other, alone in the next steps and open in the table', async () => {
  expect((await notify('state', 'first')).status).toBeLessThan(400);
  const { steps, lines } = await page();
  expect(steps).not.toContain('<strong>Notify the police</strong>');
  expect(steps).toContain('Notify the local police');
  expect(steps).not.toContain('Notify law enforcement');
  expect(textOf(lines[0] ?? '')).toMatch(/ Notify law enforcement: Kept .* Notify the local police: Open: /);
  await fillBoard();
  const { html } = await worker.get('/deadlines');
  expect(html).not.toContain('Notify the police');
  expect(html).toContain('>Notify the local police</a>');
});
