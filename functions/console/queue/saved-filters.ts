/**
 * The filters that a person keeps, in a cookie of their browser. A filter is codes of the program alone, and its name
 * follows from them. So no word that a person types is kept.
 */
import { getCookie, setCookie } from 'hono/cookie';
import { pageFilters } from '../../../shared/application/read/queue.ts';
import type { Request } from '../app/parts.ts';
import type { Chosen } from './filter-words.ts';

const mostKept = 6;
const yearSeconds = 365 * 24 * 3600;

/** Each person of a shared computer has a cookie of their own. */
const cookieFor = (tag: string): string => `careline-filters-${tag}`;

/** The filters of an address. Undefined where there are none, or one of them is not known. */
export function filtersIn(query: string): Chosen | undefined {
  const given = Object.fromEntries([...new URLSearchParams(query)].filter(([, value]) => value !== ''));
  const { success, data } = pageFilters.safeParse(given);
  return success && Object.keys(data).length > 0 ? data : undefined;
}

const queryOf = (chosen: Chosen): string => String(new URLSearchParams(chosen as Record<string, string>));

/** The kept filters. Text that is no filter of this release is left out. */
export function savedFilters(context: Request): readonly Chosen[] {
  const { tag } = context.get('session') ?? {};
  const text = tag === undefined ? undefined : getCookie(context, cookieFor(tag));
  const queries = (text ?? '').split('|').slice(0, mostKept);
  return queries.map(filtersIn).filter((chosen) => chosen !== undefined);
}

/** Keeps these filters. The latest comes first, and the oldest goes where there are too many. */
export function saveFilters(context: Request, kept: readonly Chosen[], secure: boolean): void {
  const { tag } = context.get('session') ?? {};
  if (tag === undefined) return;
  const queries = [...new Set(kept.map(queryOf))].slice(0, mostKept);
  setCookie(context, cookieFor(tag), queries.join('|'), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: queries.length === 0 ? 0 : yearSeconds,
  });
}

/** The kept filters after this person keeps or removes one. */
export const withFilter = (kept: readonly Chosen[], chosen: Chosen, act: 'keep' | 'remove'): readonly Chosen[] => {
  const others = kept.filter((each) => queryOf(each) !== queryOf(chosen));
  return act === 'keep' ? [chosen, ...others] : others;
};
