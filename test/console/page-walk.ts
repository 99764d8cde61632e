/** What the walks over all pages share: which pages are of one kind, and where a page leads. */
import type { Page } from 'playwright-core';

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
