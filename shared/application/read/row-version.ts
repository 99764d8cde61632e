/** Names of what a page shows, so that it can ask whether anything changed. They tell nothing of it. */
import { createHash } from 'node:crypto';
import type { BoardRow } from '../../domain/board/board-row.ts';

const nameOf = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** Changes with what the row says. Time that passes, and a commit that leaves the row alone, do not change it. */
export const versionOf = ({ seq: _, ...row }: BoardRow): string => nameOf(JSON.stringify(row));

/** The value of the HTTP header `ETag` for this content. */
export const etagOf = (content: string): string => `"${nameOf(content)}"`;
