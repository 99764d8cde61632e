/** What the chapters of an audit share: their list, their pages, and the names in them. */

import type { Child } from 'hono/jsx';
import type { ShownAudit } from '../../../shared/application/read/shown-audit.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { Pager } from '../app/components/pager.tsx';
import type { Frame } from '../app/frame.tsx';
import { dutyTitleIn } from '../app/page-words.ts';

/** The chapters of an audit. The first has the address of the audit itself. */
export const chapters = [
  ['summary', 'Summary'],
  ['people', 'People'],
  ['clocks', 'Clocks'],
  ['runs', 'Runs and waits'],
  ['mail', 'Mail'],
  ['reads', 'Reads'],
  ['commits', 'Commits'],
] as const;
export type Chapter = (typeof chapters)[number][0];

export const chapterPath = (referralId: string, chapter: Chapter = 'summary'): string =>
  `/referrals/${referralId}/audit${chapter === 'summary' ? '' : `/${chapter}`}`;

export interface ChapterProps {
  readonly frame: Frame;
  readonly audit: ShownAudit;
  readonly policy: Policy;
  readonly chapter: Chapter;
  /** Of a long chapter, from 1. */
  readonly page: number;
  readonly nameOf: NameOf;
  /** Whether emergency access was used here. */
  readonly hasEmergencyAccess: boolean;
}

/** The name of a person in the place of the id. */
export type NameOf = (personId: string) => string;

/** So many rows of a chapter stand on a page, by how long one is. */
const rowsOf = { people: 20, clocks: 12, runs: 14, mail: 8, reads: 14, commits: 10 } as const;

/** The rows of this page, and links to its neighbors. */
export function paged<Row>(
  all: readonly Row[],
  { frame, audit, page, chapter }: ChapterProps,
): { readonly rows: readonly Row[]; readonly Pages: () => Child } {
  const size = chapter === 'summary' ? all.length : rowsOf[chapter];
  const pages = Math.max(1, Math.ceil(all.length / Math.max(1, size)));
  const at = Math.min(page, pages);
  const to = (number: number) => `${frame.base}${chapterPath(audit.referralId, chapter)}?page=${number}`;
  return {
    rows: all.slice((at - 1) * size, at * size),
    Pages: () => <Pager page={at} pages={pages} at={to} />,
  };
}

export const latestFirst = <Row extends { readonly at: string }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));

/** The words of a duty in the place of its id. */
export const dutyIn =
  ({ audit, policy }: Pick<ChapterProps, 'audit' | 'policy'>) =>
  (id: string): string => {
    const deadline = audit.deadlines.find((each) => each.id === id);
    return deadline ? dutyTitleIn(policy, deadline) : id;
  };

/** Both names, where a person acted for a colleague on leave. */
export const withPrincipal = (actor: string, onBehalfOf: string | undefined, nameOf: NameOf): string =>
  onBehalfOf === undefined ? actor : `${actor} (on behalf of ${nameOf(onBehalfOf)})`;
