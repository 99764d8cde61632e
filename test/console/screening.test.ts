/** The checklist, its proposal and the register of returns, as people see them in the console. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { indicatorTopics } from '../../shared/domain/core/vocabulary.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, does, formFor, report, startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;
let worker: Browser;
let liaison: Browser;
beforeAll(async () => {
  ({ tables, careline } = await startConsole());
  worker = await careline.person('P-CARELINE-WORKER-1');
  liaison = await careline.person('P-HART-LIAISON-SOUTH-CENTRAL-1');
});
afterAll(() => tables.stop());

const sectionOf = (html: string) => html.split('id="screening"')[1]?.split('<h2>')[0] ?? '';

/** The answer to a topic that the form starts with. */
const chosenIn = (form: string, topic: string): string | undefined =>
  new RegExp(`name="answers\\.${topic}" value="([a-z]+)" checked`).exec(form)?.[1];

describe('the screening of a child', () => {
  test('begins with the checklist: each topic a question, unset, with a yes where the report named it and since when', async () => {
    const id = await report(worker, { 'children[0].indicators': ['branding'] });
    const form = await formFor(liaison, id, 'answer-checklist');
    for (const topic of indicatorTopics) {
      expect(form).toContain(connecticutPolicy.screening.topics[topic].question);
      expect(chosenIn(form, topic), topic).toBe(topic === 'branding' ? 'yes' : undefined);
    }
    expect(form).toContain('it has not been validated');
    expect(form).toMatch(/Filled in: what the report of Mon Nov 9, 2026, 10:\d\d AM EST says\. Change what is wrong\./);
  });

  test('starts with a yes for a child who is recorded as missing, until a person answers otherwise', async () => {
    const id = await report(worker, { 'children[0].missingNow': 'yes' });
    const chosen = async () => chosenIn(await formFor(liaison, id, 'answer-checklist'), 'missing-episodes');
    expect(await chosen()).toBe('yes');
    await does(liaison, id, 'answer-checklist', { 'answers.missing-episodes': 'no' });
    expect(await chosen()).toBe('no');
  });

  test('shows the proposal of the rules and its facts before the outcome is recorded, and keeps it afterwards', async () => {
    const id = await report(worker);
    const answers = { 'answers.branding': 'yes', 'answers.hotel-keys': 'yes', 'answers.homelessness': 'no' };
    const answered = await does(liaison, id, 'answer-checklist', answers);
    expect(answered.status).toBe(303);
    expect((await liaison.get(answered.location)).html).toContain(
      'The rules, which are not validated, propose: high risk.',
    );
    expect((await liaison.get(`/referrals/${id}/do/screen`)).html).toContain(
      'The rules propose now: <strong>High risk</strong>',
    );
    const before = (await liaison.get(`/referrals/${id}/decisions`)).html;
    expect(sectionOf(before)).toMatch(
      /The rules propose now: <strong>High risk<\/strong> · Two strong indicators · hotel keys, branding: yes/,
    );
    expect(sectionOf(before)).toContain('A trained person records the outcome');
    expect(await formFor(liaison, id, 'answer-checklist')).toMatch(/value="no" checked/);
    await does(liaison, id, 'screen', { outcome: 'high-risk', rationale: 'Words.', screenedAt: 'now' });
    const after = sectionOf((await liaison.get(`/referrals/${id}/decisions`)).html);
    expect(after).toContain('High risk · hotel keys, branding: yes · rule 2');
    expect(after).toContain('2 yes, 1 no, 11 unknown · answered by');
    expect(after).toContain('Every answer of screening 1');
    expect(after).not.toContain('The rules propose now');
  });

  test('asks what the child was exploited for, unset, and says what is recorded to those alone who may know', async () => {
    const id = await report(worker, { 'children[0].exploitedFor': 'labor' });
    const form = await formFor(liaison, id, 'screen');
    expect(form.match(/type="radio" name="exploitedFor" value="[a-z-]+"/g)).toHaveLength(4);
    expect(form).not.toMatch(/name="exploitedFor"[^>]* checked/);
    expect(form).toContain('Recorded now: forced labor, not sex. Choose none to keep it.');
    const told = { outcome: 'confirmed', definitionBasis: '46a-170', rationale: 'Words.', screenedAt: 'now' };
    expect((await does(liaison, id, 'screen', told)).status).toBe(303);
    const shown = async (browser: Browser) =>
      (await browser.get(`/referrals/${id}/child`)).html.match(/<dt[^>]*>Exploited for<\/dt>\s*<dd[^>]*>([^<]*)</)?.[1];
    expect(await shown(liaison)).toBe('Forced labor, not sex');
    expect((await does(liaison, id, 'screen', { ...told, exploitedFor: 'sex-and-labor' })).status).toBe(303);
    expect(await shown(liaison)).toBe('Both sex and forced labor');
    const paths = ['', '/tasks', '/decisions', '/clocks', '/history', '/audit', '/mail'];
    for (const person of ['P-ADMINISTRATOR-1', 'P-AUDITOR-1']) {
      const browser = await careline.person(person);
      for (const path of paths)
        expect((await browser.get(`/referrals/${id}${path}`)).html).not.toMatch(/forced labor|sex-and-labor/i);
    }
  });

  test('shows the results of instruments, and asks for missing ones', async () => {
    const id = await report(worker);
    const half = await does(liaison, id, 'record-instrument', { tool: 'cse-it', version: '2.0' });
    expect(half.status).toBe(400);
    expect(half.html).toContain('href="#record-instrument-administeredBy"');
    const whole = {
      tool: 'cse-it',
      version: '2.0',
      score: '9.5',
      band: 'clear',
      administeredBy: 'medical',
      on: '2026-11-08',
    };
    expect((await does(liaison, id, 'record-instrument', whole)).status).toBe(303);
    expect((await does(liaison, id, 'record-instrument', { ...whole, tool: 'tvit', band: 'low' })).status).toBe(303);
    const section = sectionOf((await liaison.get(`/referrals/${id}/decisions`)).html);
    for (const cell of ['CSE-IT', 'TVIT', '9.5', 'Clear', 'Low', 'Medical', 'Sun Nov 8, 2026'])
      expect(section).toContain(cell);
  });
});

describe('the register of returns', () => {
  test('shows supervisors what was done and not done on each return, with a link from every page', async () => {
    const id = await report(worker, { 'children[0].missingNow': 'yes' });
    await does(worker, id, 'record-return', {});
    const state = (await tables.ledger.referral(id))?.state;
    for (const row of state ? boardRows(state, connecticutPolicy) : []) await tables.board.put(row);
    const supervisor = await careline.person('P-CARELINE-SUPERVISOR-1');
    expect((await supervisor.get('/')).html).toContain('href="/returns"');
    for (const path of ['/returns', '/returns?undone=yes']) {
      const { html, status } = await supervisor.get(path);
      expect(status).toBe(200);
      const line = html.slice(html.indexOf(`/referrals/${id}`)).split('</tr>')[0];
      expect(line).toMatch(/<strong>Return interview, screening<.*in \d+ h.*Since .*Back .*Not done.*Not done/s);
    }
    await does(liaison, id, 'record-debrief', { learned: 'Where she was.', seenAlone: 'seen-alone' });
    await does(liaison, id, 'screen', { outcome: 'at-risk', rationale: 'Words.', screenedAt: 'now' });
    const later = (await tables.ledger.referral(id))?.state;
    for (const row of later ? boardRows(later, connecticutPolicy) : []) await tables.board.put(row);
    expect((await supervisor.get('/returns?undone=yes')).html).toContain('Everything is done.');
    expect((await supervisor.get('/returns')).html).toContain('Done in time');
    expect((await liaison.get(`/referrals/${id}/child`)).html).toContain('Missing, and what was done on the return');
  });

  test('is not for workers, and starts at the first page where a cursor is damaged', async () => {
    expect((await worker.get('/')).html).not.toContain('href="/returns"');
    expect((await worker.get('/returns')).status).toBe(403);
    expect((await (await careline.person('P-AUDITOR-1')).get('/returns')).status).toBe(403);
    const supervisor = await careline.person('P-CARELINE-SUPERVISOR-1');
    expect(await supervisor.get('/returns?after=nonsense')).toMatchObject({ status: 302 });
  });
});
