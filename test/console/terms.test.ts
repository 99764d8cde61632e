/** Terms of the field are explained where a partner meets them, once a page, in the words of the glossary. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { terms } from '../../functions/console/app/help/help-words.ts';
import { pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import { disciplines, indicatorTopics, services } from '../../shared/domain/core/vocabulary.ts';
import type { Desk } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { readers, startConfirmed } from './confirmed.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);

/** The terms that a page explains, in its order. */
const explainedOn = (html: string): readonly string[] =>
  [...html.matchAll(/<a class="term" href="\/help\/words#([a-z0-9-]+)" title="[^"]+">/g)].map(([, name = '']) => name);

test('a meaning is that of the glossary', () => {
  const glossary = readFileSync('docs/glossary.md', 'utf8');
  for (const name of [
    'area-office',
    'hart',
    'mdt',
    'dcf-136',
    'uncared-for',
    'states-attorney',
    'safe-contact',
    'quorum',
    'linkage',
  ] as const) {
    expect(glossary).toContain(`| ${terms[name].meaning}`);
  }
});

test('a partner reads each term explained once a page, where it stands', async () => {
  const member = await as('seat:medical');
  const pagesOf = {
    '': ['safe-contact'],
    clocks: ['uncared-for'],
    team: ['states-attorney'],
    decisions: ['uncared-for'],
    child: ['area-office', 'hart'],
  } as const;
  for (const [slug, expected] of Object.entries(pagesOf)) {
    const { html } = await member.get(pagePath(id, slug as keyof typeof pagesOf));
    const explained = explainedOn(html);
    expect([slug, explained]).toEqual([slug, expect.arrayContaining([...expected])]);
    expect([slug, explained.length]).toEqual([slug, new Set(explained).size]);
  }
  const invited = await as('seat:mental-health');
  expect(explainedOn((await invited.get(pagePath(id))).html)).toContain('mdt');
});

test('a quorum is explained beside the meeting that had one', async () => {
  const attended = connecticutPolicy.requiredDisciplines;
  await desk.do(id, 'record-meeting', { attended }, 'mdt-coordinator');
  const member = await as('seat:medical');
  expect(explainedOn((await member.get(pagePath(id, 'team'))).html)).toContain('quorum');
});

test('each term leads to its meaning on the page of the words', async () => {
  const provider = await as('contact:PV-1');
  const { html } = await provider.get('/help/words');
  for (const [name, { words }] of Object.entries(terms)) {
    expect(html).toMatch(new RegExp(`<div id="${name}"><dt>${words.replace("'", '&#39;')}</dt>`));
  }
});

test('staff, who know the terms, read the words alone', async () => {
  const caseworker = await as('caseworker');
  for (const slug of ['', 'team', 'decisions', 'child'] as const) {
    expect(explainedOn((await caseworker.get(pagePath(id, slug))).html)).toEqual([]);
  }
});

const { 'an administrator': _, 'an auditor': __, ...workers } = readers;

const codes = [...indicatorTopics, ...disciplines, ...services].filter((code) => code.includes('-'));
/** Codes of rules that stand alone, stored codes, and words of the machine or of an older policy. */
const notTheirs = new RegExp(
  String.raw`(?<!rule )\bD\d{1,2}[a-z]?\b|\b(?:[Cc]ommenced?|[Cc]heckpoint|[Gg]eneration)\b|(?<!House of )\b(?:${codes.join('|')})\b`,
  'g',
);

test.each(Object.entries(workers))('%s reads no code of a rule and no word of the machine', async (_who, role) => {
  const browser = await as(role);
  const found: (readonly [string, string])[] = [];
  for (const path of [
    '/',
    '/deadlines',
    '/calls',
    '/referrals',
    '/help',
    ...pages.map(({ slug }) => pagePath(id, slug)),
  ]) {
    const { html } = await browser.get(path);
    const shown = html.replaceAll(/<(script|style)[^>]*>.*?<\/\1>|<[^>]+>/gs, ' ');
    found.push(...[...shown.matchAll(notTheirs)].map(([word]) => [path, word] as const));
  }
  expect(found).toEqual([]);
});
