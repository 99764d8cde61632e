/** The page of all runs: states, counts, filters, sentences, and what it does not show. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { executionInAws } from '../../functions/console/audit/run-pages.tsx';
import { runSentences } from '../../shared/domain/audit/run-states.ts';
import { event } from '../../shared/domain/events.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed } from './confirmed.ts';
import { openConsole, signedInAs } from './window.ts';

let desk: Desk;
let id: string;
let other: string;
const lose = (run: string, generation: number) =>
  desk.ledger.changeReferral(
    run.slice(0, 15),
    { now: desk.now, actor: { kind: 'function', id: 'test' }, cause: { kind: 'task', run: 'a test' } },
    () => [event('run-lost', { run, generation })],
  );

beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  other = await desk.opened({ name: 'Robin Example' });
  await lose(`${other}.D1.1`, 1);
  await reactTo(desk, id, other);
});
afterAll(() => desk.stop());

const signedIn = (as: string, now = desk.now) => signedInAs(openConsole(desk, { parts: { now: () => now } }), as);
const textOf = (html: string) =>
  (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
const rowsIn = (html: string) =>
  (/<tbody>(.*?)<\/tbody>/s.exec(html)?.[1] ?? '').split('</tr>').slice(0, -1).map(textIn);
const textIn = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('the page of runs', () => {
  test('shows the least healthy first, and says what each waits for and who is told next', async () => {
    const browser = await signedIn('auditor');
    const rows = rowsIn((await browser.get('/runs')).html);
    // No clock of the desk raised its checkpoints, so these runs are late.
    expect(rows[0]).toMatch(/Failed Waits for .+ It should have acted/);
    expect(rows.every((row) => !row.includes('Ended'))).toBe(true);
    const [lost = ''] = rowsIn((await browser.get(`/runs?text=${other}`)).html);
    expect(lost).toContain('Lost and restarted Lost 11:00 AM. The watchdog started it again as generation 2.');
    expect(lost).toMatch(/Waits for the .+ since 11:00 AM\. .+/);
    const own = rowsIn((await browser.get(`/runs?text=pathway&office=HARTFORD&state=waiting`)).html).join(' ');
    expect(own).toMatch(
      /Waits for a new screening, a recommendation or the end of the work since Tue, Nov 10, .+ AM\./,
    );
  });

  test('says of an overdue duty that it was missed, and when it was due', () => {
    const instants = {
      since: '2026-11-29T05:48:00Z',
      due: '2026-11-29T06:18:00Z',
      at: '2026-11-29T13:38:00Z',
    } as const;
    const stands = { is: 'alive', on: 'careline-supervisor', next: 'ring', missed: true } as const;
    const run = { id: 'D1.1', generation: 1, rule: 'D1', ...stands, ...instants };
    expect(runSentences(run, desk.policyOf('connecticut-2026.1'), '2026-11-29T13:11:00Z').join(' ')).toBe(
      'Waits for the Careline supervisor since 12:48 AM. Missed: it was due 1:18 AM. Next call 8:38 AM.',
    );
  });

  test('tells runs of one duty apart by small print, and explains its own words', async () => {
    const { html } = await (await signedIn('administrator')).get('/runs');
    const rows = (/<tbody>(.*?)<\/tbody>/s.exec(html)?.[1] ?? '').split('</tr>').slice(0, -1);
    const names = rows.map((row) => `${/CR-\w+-\w+/.exec(row)?.[0]} ${textIn(row.split('</th>')[0] ?? '')}`);
    expect(names.length).toBeGreaterThan(5);
    expect(new Set(names).size).toBe(names.length);
    expect(html).toMatch(/<\/a> <small class="code">D\w+\.\d+<\/small>/);
    expect(textOf(html)).toContain('Each start of a run is one generation, from 1.');
  });

  test('counts by state, and each count leads to as many rows', async () => {
    const browser = await signedIn('administrator');
    const { html } = await browser.get('/runs');
    const counts = [...html.matchAll(/href="(\/runs\?state=[a-z-]+)"[^>]*>([^<:]+): (\d+)/g)];
    expect(counts.map(([, , words]) => words)).toEqual([
      'Failed',
      'Lost and restarted',
      'Handed over',
      'Running',
      'Waiting',
      'Ended',
    ]);
    expect(counts.filter(([, , , count]) => Number(count) > 0).length).toBeGreaterThan(2);
    for (const [, path = '', , count] of counts) {
      const list = textOf((await browser.get(path)).html);
      expect(list).toContain(count === '0' ? 'No run is in this list.' : `${count} run`);
    }
  });

  test('keeps its filters in its address: duty, office, words, time, age', async () => {
    const browser = await signedIn('auditor');
    const only = async (query: string) => rowsIn((await browser.get(`/runs?${query}`)).html);
    expect(await only(`text=${other}&rule=D1`)).toHaveLength(1);
    expect((await only('time=lost-day')).every((row) => row.includes(other))).toBe(true);
    expect(await only('office=NOWHERE')).toEqual([]);
    expect(await only(`text=${id}&age=month`)).toEqual([]);
    expect((await only(`text=${id}&age=day`)).length).toBeGreaterThan(0);
    expect((await browser.get('/runs?state=nonsense')).location).toBe('http://127.0.0.1:3000/runs');
    expect((await browser.get('/runs?state=&rule=&text=')).status).toBe(200);
  });

  test('calls a run failed whose checkpoint passed without a sign of life', async () => {
    const later = new Date(Date.parse(desk.now) + 90 * 86_400_000).toISOString();
    const { html } = await (await signedIn('auditor', later)).get('/runs');
    expect(rowsIn(html)[0]).toMatch(/Failed .*It should have acted .+\. The watchdog looks at it every five minutes\./);
  });

  test('says it in short plain sentences, on at most 700 words, and names no child', async () => {
    const { html } = await (await signedIn('auditor')).get('/runs');
    const text = textOf(html.replaceAll(/<details.*?<\/details>/gs, ''));
    expect(wordsOf(text).length).toBeLessThanOrEqual(700);
    const said = rowsIn(html).flatMap((row) => sentencesOf(row));
    expect(said.filter((sentence) => riddleWords(sentence).length > 0)).toEqual([]);
    expect(html).not.toMatch(/Wren|Robin|Teal|203-555-0199/);
  });

  test('leads to a page of each run, with its way, what comes next and its generations', async () => {
    const browser = await signedIn('auditor');
    const lost = await browser.get(`/runs/${other}.D1.1`);
    expect(lost.status).toBe(200);
    const text = textOf(lost.html);
    expect(text).toContain('Accept or decline the report');
    expect(text).toMatch(/What happens next if no one acts .*11:10 AM/);
    expect(text).toContain('The duty counts as missed.');
    expect(text).toMatch(/Generations that ended before their time .*It was lost, and the next one went on/);
    expect(lost.html).toContain('aria-label="Now: Waits for a person.');
    expect(text).toContain('No wait is saved now. Those of other steps are not recorded here.');
    expect(text).toContain(
      'Resumed by Not recorded. The last act of a person in it stands below, as entry 1 of the referral.',
    );
    const own = textOf((await browser.get(`/runs/${id}`)).html);
    expect(own).toContain('▶ Waits for the work');
    expect(own).toContain('✓ Names the team');
    expect(own).not.toContain('✓ Asks for the sign-off');
    for (const page of [lost.html, own]) expect(page).not.toMatch(/Wren|Robin|Teal|203-555-0199|console\.aws/);
    expect(wordsOf(textOf(lost.html)).length).toBeLessThanOrEqual(700);
  });

  test('its page says how often its wait was tried, and what resumes it', async () => {
    const wait = { referralId: id, runId: id, run: 'referral', waitsFor: 'resolution', token: 'A token.' } as const;
    const times = { enteredAt: desk.now, startedAt: desk.now };
    await desk.waits.save({ ...wait, ...times, generation: 1, retryCount: 2 });
    const text = textOf((await (await signedIn('auditor')).get(`/runs/${id}`)).html);
    expect(text).toContain('Its wait was saved at try 3.');
    expect(text).toContain('Resumed by Not yet. An act of a person resumes it, or its time.');
    expect(text).not.toContain('A token.');
  });

  test('every run of the list opens, and an unknown one is not there', async () => {
    const browser = await signedIn('administrator');
    const { html } = await browser.get('/runs?state=ended');
    const paths = [...html.matchAll(/href="(\/runs\/[^"?]+)"/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(3);
    for (const path of paths) expect((await browser.get(path)).status).toBe(200);
    for (const path of ['/runs/CR-NOPE', `/runs/${id}.D99.1`, '/runs/CR-00000-000000'])
      expect((await browser.get(path)).status).toBe(404);
    expect((await (await signedIn('careline-supervisor')).get(`/runs/${id}`)).status).toBe(403);
  });

  test('and the page of the watchdog say what is stuck, what repaired itself and what to do', async () => {
    const frame = {
      now: desk.now,
      actor: { kind: 'function', id: 'sweep' },
      cause: { kind: 'sweep' },
    } as const;
    await desk.ledger.noteFindings(desk.now.slice(0, 10), frame, [
      { what: 'run-keeps-failing', about: other },
      { what: 'role-vacant', about: 'hart-lead' },
    ]);
    const { html } = await (await signedIn('administrator')).get('/findings');
    const text = textOf(html);
    expect(text).toMatch(/What is stuck now A lost run starts again within 15 minutes/);
    expect(text).toMatch(/What repaired itself in the last day .*started it again as generation 2/);
    expect(text).toMatch(/failed several times in a day.* Open the run and note its execution\./);
    expect(text).toMatch(/Name a person for the role, and ask an operator/);
    expect(wordsOf(text).length).toBeLessThanOrEqual(700);
    expect((await (await signedIn('caseworker')).get('/findings')).status).toBe(403);
  });

  test('an administrator starts it again from its page, an auditor cannot, and the page says who ordered it', async () => {
    const link = /href="(\/referrals\/[^"]+\/do\/restart-run\?for=[^"]+)"/;
    const page = async (as: string) => (await (await signedIn(as)).get(`/runs/${id}`)).html;
    expect(await page('auditor')).not.toMatch(link);
    const [, path = ''] = link.exec(await page('administrator')) ?? [];
    const browser = await signedIn('administrator');
    const form = await browser.get(path);
    expect(form.html).toMatch(new RegExp(`<option value="${id}"[^>]* selected`));
    expect(textOf(form.html)).toContain('No duty changes and no mail goes out twice.');
    const sent = await browser.post(path.split('?')[0] ?? '', {
      key: 'restart-1',
      run: `${id}`,
      because: 'stands-still',
    });
    expect(sent.status).toBe(303);
    await reactTo(desk, id);
    expect(textOf(await page('auditor'))).toContain('An administrator ordered it');
    expect(textOf((await (await signedIn('auditor')).get(`/log?referral=${id}`)).html)).toContain('Start a run again');
  });

  test('is for administrators and auditors, and has no run of a sealed referral', async () => {
    expect((await (await signedIn('careline-supervisor')).get('/runs')).status).toBe(403);
    const forPeople = [personOf('careline-supervisor').id, personOf('careline-supervisor/2').id];
    const reason = 'An invented reason.';
    await desk.do(other, 'seal-referral', { because: 'colleague-involved', forPeople, reason }, 'careline-manager');
    await reactTo(desk, other);
    const { html } = await (await signedIn('auditor')).get(`/runs?text=${other}`);
    expect(textOf(html)).toContain('No run is in this list.');
    expect((await (await signedIn('auditor')).get(`/runs/${other}.D1.1`)).status).toBe(404);
  });
});

test('an execution has its address in AWS, and none in the embedded cloud', () => {
  const arn = (account: string) => `arn:aws:states:us-east-1:${account}:stateMachine:Deadline`;
  expect(executionInAws(arn('000000000000'), `${id}-g1`)).toBeUndefined();
  expect(executionInAws(arn('210987654321'), 'CR-1-g2')).toBe(
    'https://us-east-1.console.aws.amazon.com/states/home?region=us-east-1#/v2/executions/details/arn:aws:states:us-east-1:210987654321:execution:Deadline:CR-1-g2',
  );
});
