/** Pages for people who see little: at 400 % zoom, and with text of twice the size (WCAG 1.4.4, 1.4.10, 2.4.11). */
import type { Page } from 'playwright-core';
import { violationsOn } from './chromium.ts';

const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

/** What a part that stays in view covers when the focus comes to it from below (WCAG 2.4.11). */
const hiddenInFocus = (page: Page): Promise<readonly string[]> =>
  page.evaluate(`[...document.querySelectorAll('a[href], button, input, select, textarea, summary')].reverse().flatMap((each) => {
    each.focus();
    if (document.activeElement !== each || each.matches('.usa-skipnav')) return [];
    const { left, top, right, bottom } = each.getBoundingClientRect();
    // The link to the content slides in. The design system draws its own boxes over inputs that stand outside the page.
    if (right <= 0 || left >= innerWidth) return [];
    const places = [[left + 2, top + 2], [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
    const isSeen = places.some(([x, y]) => {
      const found = document.elementFromPoint(x, y);
      return found !== null && (each.contains(found) || found.contains(each));
    });
    return isSeen ? [] : [each.textContent.trim() || each.name];
  })`);

/**
 * What is wrong on a laptop of 1280 × 1024 pixels at 400 %, which shows 320 × 256 of the page. `looksClosely`: axe looks too.
 * The size of the page is set anew afterwards.
 */
export async function faultsAt400(page: Page, looksClosely: boolean): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const zoomed = { width: 320, height: 256, deviceScaleFactor: 4, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', zoomed);
  const faults: string[] = [];
  const overflow = await overflowOf(page);
  if (overflow > 0) faults.push(`at 400 %: is ${overflow} pixels too wide`);
  const hidden = await hiddenInFocus(page);
  faults.push(...hidden.map((what) => `at 400 %: hides the focus at "${what}"`));
  if (looksClosely) faults.push(...(await violationsOn(page)).map((violation) => `at 400 %: ${violation}`));
  await session.detach();
  return faults;
}

/** The first parts that stand out of the page to the right, outside of those that scroll by themselves. */
const standingOut = `[...document.querySelectorAll('body *:not(.scroll *)')]
  .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .slice(0, 3).map(({ tagName, className, textContent }) => tagName + '.' + className + ' "' + textContent.trim().slice(0, 40) + '"').join(', ')`;

/** The size of each text. A picture's table says the same, and hidden text is for readers aloud alone. */
const textSizes = `[...document.querySelectorAll('body *:not(svg *):not(.usa-sr-only)')]
  .filter((each) => [...each.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim() !== ''))
  .map((each) => Number.parseFloat(getComputedStyle(each).fontSize))`;

/** With text of twice the size on a screen of the same width. */
export async function faultsWithLargeText(page: Page, looksClosely: boolean): Promise<readonly string[]> {
  const before = await page.evaluate<number[]>(textSizes);
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  const after = await page.evaluate<number[]>(textSizes);
  const faults: string[] = [];
  const same = before.filter((size, index) => Math.abs((after[index] ?? 0) - 2 * size) > 1).length;
  if (same > 0) faults.push(`with large text: ${same} texts keep their size`);
  const overflow = await overflowOf(page);
  if (overflow > 0)
    faults.push(`with large text: is ${overflow} pixels too wide at ${await page.evaluate(standingOut)}`);
  if (looksClosely) faults.push(...(await violationsOn(page)).map((violation) => `with large text: ${violation}`));
  await page.evaluate("document.documentElement.style.fontSize = ''");
  return faults;
}
