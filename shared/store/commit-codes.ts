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
  readonly codeOf: (hash: string) => Promise<Code>;
  /** Undefined where no key of this product made the code of this hash, or where there is no code. */
  readonly holderOf: (hash: string, code: Partial<Code>) => Promise<KeyHolder | undefined>;
}

/** What a code is made of. Its beginning keeps the code of a commit from being the code of anything else. */
export const messageOf = (hash: string): string => `careline commit\n${hash}`;

/**
 * Whether this holder may write this commit. What a person does comes through a door. The other functions write only the
 * events that the table gives them.
 */
export const mayWrite = (
  holder: KeyHolder | undefined,
  commit: {
    readonly chain: string;
    readonly actor: { readonly kind: 'person' | 'function' };
    readonly events: readonly unknown[];
  },
): boolean =>
  holder === 'door' ||
  (holder === 'task' &&
    commit.actor.kind === 'function' &&
    commit.events.every((event) => isOfFunctions(commit.chain, event)));

/** How many codes are remembered as right. */
const mostRemembered = 20_000;

/**
 * Remembers the codes that were right or that this process made, so that one is asked about once. A wrong or missing code is
 * asked about anew.
 */
export function rememberCodes({ writesAs, codeOf, holderOf }: CommitCodes): CommitCodes {
  const right = new Map<string, KeyHolder>();
  const remember = (hash: string, { mac = '', keyId = '' }: Partial<Code>, holder: KeyHolder) => {
    right.set(`${hash} ${mac} ${keyId}`, holder);
    const [oldest] = right.size > mostRemembered ? right.keys() : [];
    if (oldest !== undefined) right.delete(oldest);
  };
  return {
    writesAs,
    async codeOf(hash) {
      const code = await codeOf(hash);
      remember(hash, code, writesAs);
      return code;
    },
    async holderOf(hash, code) {
      const known = right.get(`${hash} ${code.mac ?? ''} ${code.keyId ?? ''}`);
      if (known !== undefined) return known;
      const holder = await holderOf(hash, code);
      if (holder !== undefined) remember(hash, code, holder);
      return holder;
    },
  };
}

/** Codes of keys in this process, for work without a key service: tests, the simulator and the bench. */
export function codesInProcess(
  writesAs: KeyHolder,
  keys: Readonly<Record<KeyHolder, string>> = { door: 'key of the doors', task: 'key of the tasks' },
): CommitCodes {
  const macBy = (holder: KeyHolder, hash: string) =>
    createHmac('sha256', keys[holder]).update(messageOf(hash)).digest('base64');
  return {
    writesAs,
    codeOf: async (hash) => ({ mac: macBy(writesAs, hash), keyId: writesAs }),
    holderOf: async (hash, { mac, keyId }) =>
      (keyId === 'door' || keyId === 'task') && mac === macBy(keyId, hash) ? keyId : undefined,
  };
}
