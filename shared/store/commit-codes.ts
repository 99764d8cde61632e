/**
 * Message authentication codes of commits. A person who can write into the table and holds no key can make none. So a
 * commit that no function of this product wrote shows.
 */
import { createHmac } from 'node:crypto';
import { isOfFunctions } from '../domain/event-rules.ts';

/** Whose key made a code: that of the doors, through which people act, or that of all other functions. */
export type KeyHolder = 'door' | 'task';

export interface Code {
  /** In base64. */
  readonly mac: string;
  readonly keyId: string;
}

/** Makes codes with the key of this function, and says whose key made a code. Both reject where the keys do not answer. */
export interface CommitCodes {
  /** Whose key this function makes codes with. */
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

/** How many codes are remembered as right. */
const mostRemembered = 20_000;

/**
 * Remembers the codes that were right or that this process made, so that one is asked about once. A wrong or missing code is
 * asked about anew.
 */
export function rememberCodes({ writesAs, codeOf, holderOf }: CommitCodes): CommitCodes {
  const right = new Map<string, KeyHolder>();
  const nameOf = (hash: string, { mac = '', keyId = '' }: Partial<Code>, form: CodeForm) =>
    `${form} ${hash} ${mac} ${keyId}`;
  const remember = (name: string, holder: KeyHolder) => {
    right.set(name, holder);
    const [oldest] = right.size > mostRemembered ? right.keys() : [];
    if (oldest !== undefined) right.delete(oldest);
  };
  return {
    writesAs,
    async codeOf(hash, form = 'commit') {
      const code = await codeOf(hash, form);
      remember(nameOf(hash, code, form), writesAs);
      return code;
    },
    async holderOf(hash, code, form = 'commit') {
      const name = nameOf(hash, code, form);
      const known = right.get(name);
      if (known !== undefined) return known;
      const holder = await holderOf(hash, code, form);
      if (holder !== undefined) remember(name, holder);
      return holder;
    },
  };
}

/** Codes of keys in this process, for work without a key service: tests, the simulator and the bench. */
export function codesInProcess(
  writesAs: KeyHolder,
  keys: Readonly<Record<KeyHolder, string>> = { door: 'key of the doors', task: 'key of the tasks' },
): CommitCodes {
  const macBy = (holder: KeyHolder, hash: string, form?: CodeForm) =>
    createHmac('sha256', keys[holder]).update(messageOf(hash, form)).digest('base64');
  return {
    writesAs,
    codeOf: async (hash, form) => ({ mac: macBy(writesAs, hash, form), keyId: writesAs }),
    holderOf: async (hash, { mac, keyId }, form) =>
      (keyId === 'door' || keyId === 'task') && mac === macBy(keyId, hash, form) ? keyId : undefined,
  };
}
