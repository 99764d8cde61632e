/**
 * Entries of the directory: people with their roles, duties, seats, agencies, and providers that no one changed here. An entry
 * counts with its code alone. A person who can write into the table and may not use the key can make none.
 */
import { createHmac, hash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonical } from './canonical.ts';
import type { Mac } from './commit-codes.ts';

/** An item as DynamoDB has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Says whether a key of the directory made a code. Rejects where the keys do not answer. */
export interface EntryCheck {
  readonly isRight: (digest: string, code: Mac) => Promise<boolean>;
}

/** Also makes codes. No function holds it: only the command that writes entries. */
export interface EntryCodes extends EntryCheck {
  readonly codeOf: (digest: string) => Promise<Mac>;
}

/** Who wrote an entry, and when: a UTC instant with milliseconds. Each writing of one entry has a later instant. */
export interface Writing {
  readonly writtenBy: string;
  readonly writtenAt: string;
}

/** The code itself, and the mark of failing mail, which `record-delivery` sets and removes. */
const notCoded: ReadonlySet<string> = new Set(['mac', 'keyId', 'mailFailsSince']);

/** What the code of an entry is made of: all that the item says, its key too. */
export const digestOf = (item: Item): string =>
  hash('sha256', canonical(Object.fromEntries(Object.entries(item).filter(([name]) => !notCoded.has(name)))), 'hex');

/** What a key makes a code of. Its beginning keeps the code of an entry from being the code of anything else. */
export const entryMessage = (digest: string): string => `careline entry of the directory\n${digest}`;

/** The code that an item carries. Undefined where it carries none. */
export const codeIn = ({ mac, keyId }: Item): Mac | undefined =>
  mac?.S === undefined || keyId?.S === undefined ? undefined : { mac: mac.S, keyId: keyId.S };

const bytesFrom = (parts: readonly (string | undefined)[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);

/** All that an item says, its code too, in 128 bits of base64url. So another code of the same content shows. */
export const bytesOf = (item: Item): string => bytesFrom([digestOf(item), item.mac?.S, item.keyId?.S]);

/** The same of this item once its code is taken off. */
export const bytesWithout = ({ digest, keyId }: { readonly digest: string; readonly keyId: string }): string =>
  bytesFrom([digest, undefined, keyId]);

/** Whether the command wrote this item. */
export async function isAsEntered({ isRight }: EntryCheck, item: Item): Promise<boolean> {
  const code = codeIn(item);
  return code !== undefined && (await isRight(digestOf(item), code));
}

/** Rows of delegations only name whose chain is read, so they carry no code. */
export const namesDelegation = ({ pk }: Item): boolean => /^(delegations$|delegation#|delegate#)/.test(pk?.S ?? '');

/** An entry that was removed keeps its key, so that its loss shows. */
export const isRemoved = ({ removed }: Item): boolean => removed?.BOOL === true;

/** The item of an entry with its code. `item`: marshalled, with its key. */
export async function withCode(
  { codeOf }: Pick<EntryCodes, 'codeOf'>,
  item: Item,
  { writtenBy, writtenAt }: Writing,
): Promise<Item> {
  const { mac: _mac, keyId: _keyId, ...rest } = item;
  const content = { ...rest, writtenBy: { S: writtenBy }, writtenAt: { S: writtenAt } };
  const code = await codeOf(digestOf(content));
  return { ...content, mac: { S: code.mac }, keyId: { S: code.keyId } };
}

/** How many answers are remembered. */
const mostRemembered = 20_000;

/**
 * Asks about the code of the same bytes once. The bytes of an item never become another answer, right or wrong. What an item
 * says is read anew each time.
 */
export function rememberEntries({ isRight }: EntryCheck): EntryCheck {
  const answers = new Map<string, boolean>();
  return {
    async isRight(digest, code) {
      const name = `${digest} ${code.mac} ${code.keyId}`;
      const known = answers.get(name);
      if (known !== undefined) return known;
      const answer = await isRight(digest, code);
      answers.set(name, answer);
      const [oldest] = answers.size > mostRemembered ? answers.keys() : [];
      if (oldest !== undefined) answers.delete(oldest);
      return answer;
    },
  };
}

/** Codes of a key in this process, for work without a key service: tests, the simulator and the bench. */
export function entryCodesInProcess(key = 'key of the directory'): EntryCodes {
  const macOf = (digest: string) => createHmac('sha256', key).update(entryMessage(digest)).digest('base64');
  return {
    codeOf: async (digest) => ({ mac: macOf(digest), keyId: 'directory' }),
    isRight: async (digest, { mac, keyId }) => keyId === 'directory' && mac === macOf(digest),
  };
}
