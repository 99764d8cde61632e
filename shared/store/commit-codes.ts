/**
 * The code of a commit is a signature by the key of a process. The key service has coded that key as one of a door, or of a task.
 * So a commit that no function of this product wrote shows.
 */
import { isOfFunctions } from '../domain/event-rules.ts';
import { type Code, dayOfKey, keysInProcess, type ProcessKeys } from './process-keys.ts';

/** Whose key made a code: that of the doors, through which people act, or that of all other functions. */
export type KeyHolder = 'door' | 'task';

/** Makes codes with the key of this process, and says whose key made a code. Both reject where the keys do not answer. */
export interface CommitCodes {
  /** Whose codes this process makes. */
  readonly writesAs: KeyHolder;
  /** The code of a commit with this hash. */
  readonly codeOf: (hash: string, form?: CodeForm) => Promise<Code>;
  /** Undefined where no key of this product made the code of this hash, or where there is no code. */
  readonly holderOf: (hash: string, code: Partial<Code>, form?: CodeForm) => Promise<KeyHolder | undefined>;
}

/**
 * What a code says of a commit. `commit`: its holder wrote it. `vouching`: its holder also found all commits before it as they
 * were written.
 */
export type CodeForm = 'commit' | 'vouching';

/** What a code is made of. Its beginning keeps the code of a commit from being the code of anything else. */
export const messageOf = (hash: string, form: CodeForm = 'commit'): string =>
  form === 'commit' ? `careline commit\n${hash}` : `careline commit after a checked chain\n${hash}`;

/** Whose key made the code of a stored commit, in the form that the commit claims. */
export const writerOf = (
  { holderOf }: Pick<CommitCodes, 'holderOf'>,
  commit: Partial<Code> & { readonly hash: string; readonly vouches?: true },
): Promise<KeyHolder | undefined> => holderOf(commit.hash, commit, commit.vouches ? 'vouching' : 'commit');

/** Only a person reads for a purpose, or by a command that reads. */
const isReadOfPerson = ({
  chain,
  cause,
}: {
  readonly chain: string;
  readonly cause?: { readonly name?: string; readonly purpose?: string | undefined };
}): boolean =>
  chain.startsWith('access#') && (cause?.purpose !== undefined || cause?.name?.startsWith('read-') === true);

/**
 * Whether this holder may write this commit. What a person does comes through a door. The other functions write only the
 * events that the table gives them.
 */
export const mayWrite = (
  holder: KeyHolder | undefined,
  commit: {
    readonly chain: string;
    readonly actor: { readonly kind: 'person' | 'function' };
    readonly cause?: { readonly kind: string; readonly name?: string; readonly purpose?: string | undefined };
    readonly events: readonly unknown[];
  },
): boolean =>
  holder === 'door' ||
  (holder === 'task' &&
    commit.actor.kind === 'function' &&
    !isReadOfPerson(commit) &&
    commit.events.every((event) => isOfFunctions(commit.chain, event)));

const hour = 3_600_000;

/**
 * Whether a commit with this code came on the day of its key, or within an hour after. `arrivedAt`: epoch milliseconds. So a key
 * that was taken from a process, or coded ahead, shows on every other day.
 */
export function isOfItsDay(code: Partial<Code>, arrivedAt: number): boolean {
  const day = Date.parse(dayOfKey(code) ?? '');
  return arrivedAt >= day && arrivedAt < day + 25 * hour;
}

/** The codes of a process. `now`: its clock, in epoch milliseconds. */
export const createCommitCodes = (
  writesAs: KeyHolder,
  { sign, signerOf }: ProcessKeys<KeyHolder>,
  now: () => number,
): CommitCodes => ({
  writesAs,
  codeOf: (hash, form) => sign(messageOf(hash, form), now()),
  holderOf: (hash, code, form) => signerOf(messageOf(hash, form), code),
});

/** Words in place of the keys of the key service. */
export const someKeys: Readonly<Record<KeyHolder, string>> = { door: 'key of the doors', task: 'key of the tasks' };

/** Codes by keys of this process alone, for work without a key service: tests, the simulator and the bench. */
export const codesInProcess = (writesAs: KeyHolder, now: () => number = () => 0): CommitCodes =>
  createCommitCodes(writesAs, keysInProcess(writesAs, someKeys), now);
