/**
 * Entries of the directory: people with their roles, duties, seats, agencies, and providers that no one changed here. An entry
 * counts with its code alone. A person who can write into the table and may not use the key can make none.
 */
import { hash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { canonical } from './canonical.ts';
import {
  type Code,
  createProcessKeys,
  dayOfKey,
  type KeyService,
  keysInProcess,
  type ProcessKeys,
} from './process-keys.ts';

/** An item as DynamoDB has it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** Says whether a key of the directory made a code. Rejects where the keys do not answer. */
export interface EntryCheck {
  readonly isRight: (digest: string, code: Code) => Promise<boolean>;
}

/** Also makes codes. No function holds it: only the command that writes entries. */
export interface EntryCodes extends EntryCheck {
  /** `writtenAt`: the UTC instant that the entry says. */
  readonly codeOf: (digest: string, writtenAt: string) => Promise<Code>;
}

/** Who wrote an entry, and when: a UTC instant with milliseconds. Each writing of one entry has a later instant. */
export interface Writing {
  readonly writtenBy: string;
  readonly writtenAt: string;
}

/** The code itself, and the mark of failing mail, which `record-delivery` sets and removes. */
const notCoded: ReadonlySet<string> = new Set(['signature', 'signedBy', 'mailFailsSince']);

/** What the code of an entry is made of: all that the item says, its key too. */
export const digestOf = (item: Item): string =>
  hash('sha256', canonical(Object.fromEntries(Object.entries(item).filter(([name]) => !notCoded.has(name)))), 'hex');

/** What a key signs. Its beginning keeps the code of an entry from being the code of anything else. */
const entryMessage = (digest: string): string => `careline entry of the directory\n${digest}`;

/** The code that an item carries. Undefined where it carries none. */
export const codeIn = ({ signature, signedBy }: Item): Code | undefined =>
  signature?.S === undefined || signedBy?.S === undefined
    ? undefined
    : { signature: signature.S, signedBy: signedBy.S };

const bytesFrom = (parts: readonly (string | undefined)[]): string =>
  hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);

/** All that an item says, its code too, in 128 bits of base64url. So another code of the same content shows. */
export const bytesOf = (item: Item): string => bytesFrom([digestOf(item), item.signature?.S, item.signedBy?.S]);

/** The same of this item once its code is taken off. */
export const bytesWithout = ({ digest, signedBy }: { readonly digest: string; readonly signedBy: string }): string =>
  bytesFrom([digest, undefined, signedBy]);

/**
 * Whether the command wrote an entry of this digest and code, at this instant. The key of its process is good for the day of that
 * instant alone. So a key that was taken from a process writes nothing later.
 */
export const isRightEntry = async (
  { isRight }: EntryCheck,
  { digest, writtenAt, ...code }: Code & { readonly digest: string; readonly writtenAt: string },
): Promise<boolean> => dayOfKey(code) === writtenAt.slice(0, 10) && isRight(digest, code);

/** Whether the command wrote this item. */
export async function isAsEntered(check: EntryCheck, item: Item): Promise<boolean> {
  const code = codeIn(item);
  if (code === undefined) return false;
  return isRightEntry(check, { ...code, digest: digestOf(item), writtenAt: item.writtenAt?.S ?? '' });
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
  const { signature: _signature, signedBy: _signedBy, ...rest } = item;
  const content = { ...rest, writtenBy: { S: writtenBy }, writtenAt: { S: writtenAt } };
  const { signature, signedBy } = await codeOf(digestOf(content), writtenAt);
  return { ...content, signature: { S: signature }, signedBy: { S: signedBy } };
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
      const name = `${digest} ${code.signature} ${code.signedBy}`;
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

const codesBy = ({ sign, signerOf }: ProcessKeys<'directory'>): EntryCodes => ({
  codeOf: (digest, writtenAt) => sign(entryMessage(digest), Date.parse(writtenAt)),
  isRight: async (digest, code) => (await signerOf(entryMessage(digest), code)) !== undefined,
});

/** The codes of a process that writes entries, or only reads them. */
export const createEntryCodes = (service: KeyService<'directory'>): EntryCodes =>
  codesBy(createProcessKeys({ holder: 'directory', service }));

/** Codes of a key in this process, for work without a key service: tests, the simulator and the bench. */
export const entryCodesInProcess = (word = 'key of the directory'): EntryCodes =>
  codesBy(keysInProcess('directory', { directory: word }));
