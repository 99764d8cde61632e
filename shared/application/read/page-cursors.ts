/**
 * Encrypts the cursors of pages for clients. A cursor of the board names a row. That row may be of a referral that the caller may
 * not see.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Board, Reading } from '../../store/board.ts';
import { createDigests, type Hmac } from '../matching/secret.ts';
import { isLogPlace, readLog } from './log.ts';

const cipher = 'aes-256-gcm';
const [nonceLength, tagLength] = [12, 16];

/** Equal cursors give equal text, so that a repeated request gets the same answer. */
function close(digests: Hmac, mark: string): string {
  const nonce = digests.bytes('nonce of a page mark', mark).subarray(0, nonceLength);
  const sealing = createCipheriv(cipher, digests.bytes('seal of page marks'), nonce);
  const sealed = [sealing.update(mark, 'base64url'), sealing.final()];
  return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]).toString('base64url');
}

/** Undefined for text that was not encrypted with this secret. */
function open(digests: Hmac, text: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= nonceLength + tagLength || bytes.toString('base64url') !== text) return undefined;
  const opening = createDecipheriv(cipher, digests.bytes('seal of page marks'), bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  opening.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  try {
    const mark = opening.update(bytes.subarray(nonceLength + tagLength));
    return Buffer.concat([mark, opening.final()]).toString('base64url');
  } catch {
    return undefined;
  }
}

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next?: string;
}

export type Lists = Pick<
  Board,
  'queue' | 'queues' | 'ownedBy' | 'ownedByAny' | 'isPageCursor' | 'isListCursor' | 'drafts'
>;
export type EncryptedLists = ReturnType<typeof encryptCursors>;

/** The lists of the board with cursors encrypted under the vault's secret. They throw what the board throws. */
export function encryptCursors(board: Lists, secretKey: () => Promise<string>) {
  const digests = async () => createDigests(await secretKey());
  const sealed =
    <List, Row>(read: (list: List, reading: Reading) => Promise<Page<Row>>) =>
    async (list: List, { after, ...reading }: Reading): Promise<Page<Row>> => {
      const key = await digests();
      const { rows, next } = await read(list, { ...reading, after: after && (open(key, after) ?? '') });
      return { rows, ...(next !== undefined && { next: close(key, next) }) };
    };
  const isMark = (isKnown: (mark: string) => boolean) => async (text: string) => {
    const mark = open(await digests(), text);
    return mark !== undefined && isKnown(mark);
  };
  return {
    queue: sealed(board.queue),
    queues: sealed(board.queues),
    ownedBy: sealed(board.ownedBy),
    ownedByAny: sealed(board.ownedByAny),
    isPageCursor: isMark(board.isPageCursor),
    isListCursor: isMark(board.isListCursor),
    drafts: sealed(board.drafts),
    isLogCursor: isMark(isLogPlace),
    /** The log, with its cursors encrypted too. An act at the end of a page may be of any referral. */
    async log(...[parts, asked, { limit, after }, visitor]: Parameters<typeof readLog>) {
      const key = await digests();
      const { next, ...page } = await readLog(parts, asked, { limit, after: after && open(key, after) }, visitor);
      return { ...page, ...(next !== undefined && { next: close(key, next) }) };
    },
  };
}
