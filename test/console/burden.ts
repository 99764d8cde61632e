/**
 * What a page asks of its reader: words to read, questions to answer, screens to scroll. The bar holds for every page but those
 * that show what is stored, and the page of the policy.
 */
import { appendFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const laptop = { width: 1366, height: 900 };

export interface Burden {
  /** Words that are seen, outside pictures. What is folded counts half. */
  readonly words: number;
  /** A group of radios is one, and so is a group of boxes with one legend. Search fields are none. What is folded counts half. */
  readonly questions: number;
  /** Height of the page in screens of a laptop of 1366 × 900. */
  readonly screens: number;
  /** Pixels from the top to the first task or main button. */
  readonly next: number | undefined;
}

export const bar = { words: 700, questions: 25, screens: 3 } as const;

/** Pages that show what is stored, field by field. */
export const showsStored = (kind: string): boolean => /\/audit|^\/(log|runs|findings|proof|records)/.test(kind);

/** Counts in the page: words outside pictures and closed lists, and questions outside searches. */
const countShown = `(() => {
  const isShown = (each) => each.checkVisibility({ visibilityProperty: true });
  const unseen = 'svg, script, style, template, datalist, textarea, noscript, select, .usa-sr-only';
  let words = 0;
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, data } = walker.currentNode;
    if (data.trim() !== '' && !parentElement.closest(unseen) && isShown(parentElement)) words += data.trim().split(/\\s+/).length;
  }
  const questions = new Set();
  for (const each of document.querySelectorAll('main :is(input, select, textarea)')) {
    if (['hidden', 'search', 'submit', 'button'].includes(each.type) || each.closest('search, form[method=get]')) continue;
    const whole = each.closest('.usa-combo-box, .usa-date-picker, .usa-file-input');
    if (!isShown(whole ?? each)) continue;
    const legend = each.closest('fieldset');
    const group = each.type === 'radio' ? (each.form?.id ?? '') + each.name : each.type === 'checkbox' && legend?.querySelector(':scope > legend') ? legend : undefined;
    questions.add(group ?? whole ?? each);
  }
  return { words, questions: questions.size };
})()`;

const setFolds = (open: string): string =>
  `{ const folds = [...document.querySelectorAll('main details')]; window.foldsAsFound ??= new Map(folds.map((each) => [each, each.open]));
    for (const fold of folds) fold.open = ${open}; }`;

/** What the page asks as it stands. Its size and its folds are as before afterwards. */
export async function burdenOf(page: Page): Promise<Burden> {
  const before = page.viewportSize();
  await page.setViewportSize(laptop);
  const height = await page.evaluate<number>('document.documentElement.scrollHeight');
  const next = await page.evaluate<number | null>(`(() => {
    const first = [...document.querySelectorAll('main :is(li.next, .usa-button:not(.usa-button--outline, .usa-button--unstyled))')]
      .find((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('search') && each.getBoundingClientRect().width > 1);
    return first ? Math.round(first.getBoundingClientRect().top + scrollY) : null;
  })()`);
  const shown = await page.evaluate<{ words: number; questions: number }>(countShown);
  await page.evaluate(setFolds('true'));
  const unfolded = await page.evaluate<{ words: number; questions: number }>(countShown);
  await page.evaluate(`${setFolds('window.foldsAsFound.get(fold)')} delete window.foldsAsFound;`);
  if (before) await page.setViewportSize(before);
  const half = (seen: number, all: number) => seen + (all - seen) / 2;
  return {
    words: half(shown.words, unfolded.words),
    questions: half(shown.questions, unfolded.questions),
    screens: Math.round((height / laptop.height) * 100) / 100,
    next: next ?? undefined,
  };
}

/** Where a page of this kind asks more than the bar, one sentence each. */
export const overBar = (kind: string, { words, questions, screens }: Burden): readonly string[] =>
  showsStored(kind) || kind === '/policy'
    ? []
    : [
        ...(words > bar.words ? [`has ${words} words`] : []),
        ...(questions > bar.questions ? [`asks ${questions} questions`] : []),
        ...(screens > bar.screens ? [`is ${screens} screens tall`] : []),
      ];

/** Writes what was measured to the file that `PAGES_TO` names, for a table of before and after. */
export function tellBurden(reader: string, kind: string, burden: Burden): void {
  if (process.env.PAGES_TO) appendFileSync(process.env.PAGES_TO, `${JSON.stringify({ reader, kind, ...burden })}\n`);
}
