/**
 * Every page that people can reach from the start, in the states that the tests before have left. It looks at the words, at
 * what the page asks, and at accessibility in light and dark. It looks at the smallest phone, at 400 % zoom, and at text of twice the size.
 */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { notice } from '../../shared/policy/connecticut-2026-1/team-seats.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';
import { browser, cloud } from './browser-stage.ts';
import { burdenOf, overBar, showsStored, tellBurden } from './burden.ts';
import { type Visit, violationsOn, visitAs } from './chromium.ts';
import { isPage, kindOf as kindOfPage, linksOn } from './page-walk.ts';
import { faultsAt400, faultsWithLargeText } from './zoom.ts';

/** Each with the least number of kinds of pages that they reach. */
const people = [
  ['careline.supervisor@dcf.example', 12],
  ['caseworker.new-haven@dcf.example', 12],
  ['administrator@dcf.example', 9],
  ['mdt.coordinator.new-haven@team.example', 6],
  ['mdt.medical.new-haven@team.example', 5],
  ['mdt.youth-service-bureau.new-haven@team.example', 4],
  ['provider.victim-advocacy@provider.example', 4],
  ['trainer@dcf.example', 5],
  ['forum.member@dcf.example', 2],
] as const;

const { deadlines } = connecticut20261;

/** Enough for one page of each kind. */
const mostPages = 34;

/** The forms of all acts are one kind here. */
const kindOf = (path: string): string => kindOfPage(path).replace(/\/do\/[a-z-]+$/, '/do/:act');

/** The most words of a sentence. */
const longest = 20;

/** Sentences that may be longer, each with its reason. */
const mayBeLong: readonly { readonly why: string; readonly holds: (kind: string, sentence: string) => boolean }[] = [
  {
    why: 'Audit and log list what commits and records of reads hold, field by field, as it was stored.',
    holds: (kind, sentence) =>
      kind.startsWith('/referrals/:id/audit') || (kind === '/log' && sentence.startsWith('Read: ')),
  },
  {
    why: 'The notice of confidentiality is a part of a released policy, which never changes.',
    holds: (_, sentence) => [...notice.sentences, notice.question].some((text) => text.includes(sentence)),
  },
  {
    why: 'A duty is told as a released policy words it, which never changes, with the code of its rule.',
    holds: (_, sentence) => deadlines.some(({ obligation }) => sentence.startsWith(obligation)),
  },
  {
    why: 'So are the sources of a duty, and what starts its clock.',
    holds: (_, sentence) =>
      deadlines.some(({ source, clockStart }) =>
        [...source.split('; '), clockStart].some((text) => sentence.includes(text)),
      ),
  },
];

/** Codes of files and of the API: a day or week of ISO 8601, and the id of a person. */
const codes = /\b\d{4}-\d{2}-\d{2}\b|\b\d{4}-W\d{2}\b|\bP-[A-Z][A-Z0-9-]+|YYYY/;

/** The kinds of pages that a person before has seen. */
const seen = new Set<string>();

interface Fault {
  readonly kind: string;
  readonly what: string;
}

/** What stands on the page, block by block, with every fold open. Fields for text are left out. */
const blocksOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
    for (const typed of document.querySelectorAll('textarea, datalist')) typed.remove();
    return document.body.innerText.split(/[\\n\\t]+| · /).map((block) => block.trim()).filter(Boolean);
  })()`);

/** The codes in the text of a page, without samples of files. */
const codesOn = async (page: Page): Promise<readonly string[]> => {
  const text = await page.evaluate<string>(`(() => {
    const shown = document.querySelector('main')?.cloneNode(true) ?? document.createElement('main');
    for (const sample of shown.querySelectorAll('pre, code, textarea, option, datalist, script')) sample.remove();
    return shown.textContent;
  })()`);
  return [...text.matchAll(new RegExp(codes, 'g'))].map(([code]) => code);
};

async function faultsOf({ page }: Visit, kind: string): Promise<readonly Fault[]> {
  const burden = await burdenOf(page);
  tellBurden(page.url(), kind, burden);
  const faults = [...overBar(kind, burden)];
  // Colors and sizes are the same for all people: one look in the dark and at large sizes is enough. Dark pages differ in
  // nothing but colors.
  const isFirst = !seen.has(kind);
  seen.add(kind);
  for (const colorScheme of isFirst ? (['light', 'dark'] as const) : (['light'] as const)) {
    await page.emulateMedia({ colorScheme });
    faults.push(
      ...(await violationsOn(page, { colorsAlone: colorScheme === 'dark' })).map(
        (violation) => `${colorScheme}: ${violation}`,
      ),
    );
  }
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  if (overflow !== 0) faults.push(`is ${overflow} pixels wider than a phone`);
  const broken = await page.evaluate(
    `[...document.querySelectorAll('.reference')].filter((each) => each.getClientRects().length > 1).map((each) => each.textContent)`,
  );
  faults.push(...(broken as string[]).map((reference) => `breaks ${reference}`));
  faults.push(...(await faultsAt400(page, isFirst)));
  await page.setViewportSize({ width, height: 800 });
  faults.push(...(await faultsWithLargeText(page, isFirst)));
  if (!showsStored(kind)) faults.push(...(await codesOn(page)).map((code) => `shows the code ${code}`));
  const blocks = await blocksOn(page);
  faults.push(...blocks.flatMap(riddleWords).map((word) => `says "${word}"`));
  const long = blocks.flatMap(sentencesOf).filter((sentence) => wordsOf(sentence).length > longest);
  const faulty = long.filter((sentence) => mayBeLong.every(({ holds }) => !holds(kind, sentence)));
  faults.push(...faulty.map((sentence) => `long: ${sentence}`));
  return faults.map((what) => ({ kind, what }));
}

test.each(people)(
  'every page that %s can reach is plain, accessible, and fits a phone',
  { timeout: 400_000 },
  async (email, least) => {
    const visit = await visitAs(browser, cloud, email, '/', { viewport: { width: 1280, height: 800 } });
    const visited = new Set<string>();
    const waiting = ['/'];
    const faults: Fault[] = [];
    while (waiting.length > 0 && visited.size < mostPages) {
      const path = waiting.shift() ?? '/';
      const kind = kindOf(path);
      if (visited.has(kind)) continue;
      visited.add(kind);
      await visit.page.goto(`${cloud.webUrl}${path}`);
      waiting.push(...(await linksOn(visit.page)).filter(isPage));
      faults.push(...(await faultsOf(visit, kind)));
    }
    await visit.close();
    expect(faults).toEqual([]);
    expect(visited.size).toBeGreaterThanOrEqual(least);
  },
);
