/** What the walks over all pages share: which pages are of one kind, and where a page leads. */
import type { Page } from 'playwright-core';

/** The kind of a page: its path without what differs between two pages of one kind. The form of each act is a kind. */
export const kindOf = (path: string): string =>
  path
    .replace(/[?#].*$/, '')
    .replaceAll(/(CR|DR|RP)-[A-Z0-9-]+(\.[A-Z0-9.-]+)?/g, ':id')
    .replaceAll(/\/[A-Z0-9][A-Z0-9.-]{3,}(?=\/|$)/g, '/:id');

/** Whether a link leads to a page to look at. A file to save is none, nor is a step of signing in or out. */
export const isPage = (path: string) =>
  !/[.]csv$|[.]ics$|[/](csv|json)([?]|$)|^\/(assets|session|sign-out|signed-out|sign-in|signed-in)/.test(path);

/** The links of a page to others of the console, as paths. */
export const linksOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    `[...document.querySelectorAll('a[href]')].filter(({ origin }) => origin === location.origin).map(({ pathname, search }) => pathname + search)`,
  );
