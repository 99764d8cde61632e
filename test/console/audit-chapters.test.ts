/** The chapters of a referral's audit: none is long, repeats are folded, and all of it is reached. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chapterPath, chapters } from '../../functions/console/audit/chapter.tsx';
import { foldReads } from '../../functions/console/audit/reads-chapter.tsx';
import { runState } from '../../functions/console/audit/runs-chapter.tsx';
import { showAudit } from '../../shared/application/read/shown-audit.ts';
import { describe as describeEvent } from '../../shared/domain/audit/event-sentences.ts';
import { event } from '../../shared/domain/events.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { wordsOf } from '../support/plain-language.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, openConsole } from './window.ts';

let desk: Desk;
let id: string;
let auditor: Browser;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  for (let time = 0; time < 14; time += 1) {
    const cause = { kind: 'command', name: 'read-identities', id: `READ-${time}`, purpose: 'referral-work' } as const;
    const actor = { kind: 'person', id: personOf('caseworker').id } as const;
    await desk.ledger.recordAccess(id, { now: desk.now, actor, cause }, ['childName', 'phone']);
  }
  auditor = openConsole(desk, { parts: { now: () => desk.now } }).browser();
  await auditor.get('/sign-in');
  await auditor.comesBack({ sub: `sub-${personOf('auditor').id}`, factor: 'verified' });
});
afterAll(() => desk.stop());

const shownText = (html: string) =>
  (/<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '')
    // A closed fold shows its summary alone, and a picture is told by its label.
    .replaceAll(/<svg.*?<\/svg>/gs, ' ')
    .replaceAll(/<details[^>]*>\s*(<summary.*?<\/summary>).*?<\/details>/gs, '$1')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');

async function pagesOf(path: string): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, html } = await auditor.get(next);
    expect([next, status]).toEqual([next, 200]);
    pages.push(html);
    next = /<a href="([^"]+)" rel="next">/.exec(html)?.[1];
  }
  return pages;
}

describe.each(chapters)('the chapter %s', (chapter) => {
  test('has at most 700 words on each page, and nothing of the vault', async () => {
    for (const html of await pagesOf(chapterPath(id, chapter))) {
      expect(wordsOf(shownText(html)).length).toBeLessThanOrEqual(700);
      expect(html).not.toMatch(/Wren|Teal|203-555-0199|Only by text/);
      for (const [other] of chapters) expect(html).toContain(`href="${chapterPath(id, other)}"`);
    }
  });
});

test('the summary tells the overdue clocks from those that ended after a miss', async () => {
  const audit = await showAudit(desk.parts(), id, { id: personOf('auditor').id });
  const deadlines = audit?.deadlines ?? [];
  const open = deadlines.filter(({ status }) => status === 'open');
  const overdue = open.filter(({ due }) => Date.parse(due) <= Date.parse(desk.now));
  const missed = deadlines.filter(({ status, missed: isMissed }) => status !== 'open' && isMissed);
  expect(overdue.length).toBeGreaterThan(0);
  const { html } = await auditor.get(chapterPath(id));
  expect(shownText(html)).toContain(
    `${deadlines.length}: ${open.length} open, ${overdue.length} of them overdue, and ${missed.length} ended after a miss`,
  );
});

test('the picture tells clocks of one name apart by their ids, and names no service', async () => {
  const { html } = await auditor.get(chapterPath(id));
  const names = [...html.matchAll(/<text class="clock-name"[^>]*>([^<]+)<\/text>/g)].map(([, name]) => name ?? '');
  expect(new Set(names).size).toBe(names.length);
  expect(
    names.filter((name) => /^Refer the child to the service \(rule D\w+[.]\d+\)$/.test(name)).length,
  ).toBeGreaterThan(1);
});

test('every commit is on one page of its chapter, once', async () => {
  const pages = await pagesOf(chapterPath(id, 'commits'));
  const seen = pages.flatMap((html) =>
    [...html.matchAll(/<th scope="row">(\d+)<\/th>/g)].map(([, seq]) => Number(seq)),
  );
  const { seq } = await desk.state(id);
  expect(seen).toEqual(Array.from({ length: seq }, (_, index) => seq - index));
});

test('the runs say who is waited for, and the mail says in words what it told of', async () => {
  const audit = await showAudit(desk.parts(), id, { id: personOf('auditor').id });
  const run = audit?.runs.find(({ run: name, waitsFor }) => name.includes('.D') && waitsFor === 'people');
  if (!audit || !run) throw new Error('No run waits.');
  const wait = { run: run.run, generation: 1, since: desk.now, tries: 1, on: ['caseworker'] as const };
  expect(runState(run, { ...audit, waits: [wait] })).toMatch(/^Waits for the caseworker since \w{3} /);
  const mail = (await pagesOf(chapterPath(id, 'mail'))).map(shownText).join(' ');
  expect(mail).toMatch(/Deadline opened: |Referral opened: /);
  expect(mail).not.toMatch(/Checkpoint,|1 more duties/);
});

test('a checkpoint is told by its name and its duty', async () => {
  const state = await desk.state(id);
  const [deadline] = Object.values(state.deadlines);
  if (!deadline) throw new Error('No deadline.');
  const raised = event('checkpoint-raised', { deadlineId: deadline.id, kind: 'ring', at: desk.now });
  expect(describeEvent(raised, state, connecticutPolicy)).toMatch(/^Call: [A-Z].+ \(rule D\d/);
});

test('the same read by the same person is one entry with its times', async () => {
  const audit = await showAudit({ ...desk, policyOf: desk.policyOf }, id, { id: 'P-AUDITOR' });
  const folded = foldReads(audit?.accesses ?? []);
  expect(folded.map(({ times }) => times.length)).toContain(14);
  expect(folded.flatMap(({ times }) => times).length).toBe(audit?.accesses.length);
  const [html = ''] = await pagesOf(chapterPath(id, 'reads'));
  expect(shownText(html)).toMatch(/14 times, from .+ to /);
});

test('the summary has one picture of the whole life, with the reads in it', async () => {
  const [html = ''] = await pagesOf(chapterPath(id));
  expect(html.match(/<figure class="clocks"/g)).toHaveLength(1);
  expect(html).toContain('Reads of facts and identity');
});
