/** What the walks over all pages share: which pages are of one kind, and where a page leads. */
import type { Page } from 'playwright-core';
import { withoutRandom } from './window.ts';

/** The kind of a page: its path without what differs between two pages of one kind. The form of each act is a kind. */
export const kindOf = (path: string): string =>
  path
    .replace(/[?#].*$/, '')
    .replaceAll(/(CR|DR|RP)-[A-Z0-9-]+(\.[A-Z0-9.-]+)?/g, ':id')
    .replaceAll(/\/[A-Z0-9][A-Z0-9.-]{3,}(?=\/|$)/g, '/:id');

/** The links of a page to others of the console, as paths. */
export const linksOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('a[href]')].filter(({ origin }) => origin === location.origin).map(({ pathname, search }) => pathname + search)`,
  );

/** The same, of a page that no browser has opened. */
export const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/<a\b[^>]* href="(\/[^"#]*)/g)].map(([, path = '']) => path.replaceAll('&amp;', '&'));

/** What a page holds for its reader, without what is random in it. Two pages of the same content look the same. */
export const contentOf = (html: string): string => withoutRandom(/<main\b.*<\/main>/s.exec(html)?.[0] ?? '');
