/**
 * The code of a commit: a signature by the key of a process. The key service has coded that key as one of a door or of a task. A
 * person who can write into the table has no such key. So a commit that no function of this product wrote shows.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash as hashOf,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { isOfFunctions } from '../domain/event-rules.ts';
import { sizedCache } from './keep-latest.ts';

/** Whose key made a code: that of the doors, through which people act, or that of all other functions. */
export type KeyHolder = 'door' | 'task';

export interface Code {
  /** By Ed25519, in base64url. */
  readonly signature: string;
  /** The key of the process: its day, its public half, and the key service's code of both (`keyNamed`). */
  readonly signedBy: string;
}

/** A message authentication code of the key service, in base64, and the id of its key. */
export interface Mac {
  readonly mac: string;
  readonly keyId: string;
}

/** The keys of the key service, which no process holds. Both reject where it does not answer. */
export interface KeyService {
  /** The code of a text by the current key of this holder. */
  readonly macOf: (holder: KeyHolder, text: string) => Promise<Mac>;
  /** Whose key made the code of this text. Undefined where none of this product did. */
  readonly holderOf: (text: string, mac: Mac) => Promise<KeyHolder | undefined>;
}

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

/** The key of a process as a commit names it. Undefined where the text names none. */
interface NamedKey extends Mac {
  /** The UTC date on which its process made it. */
  readonly day: string;
  /** In base64url. */
  readonly publicKey: string;
}

const namedKey = /^(\d{4}-\d{2}-\d{2}) ([\w-]{43}) ([\w-]{1,64}) ([A-Za-z0-9+/]{43}=)$/;

function keyNamed(signedBy: string): NamedKey | undefined {
  const [, day, publicKey, keyId, mac] = namedKey.exec(signedBy) ?? [];
  return day && publicKey && keyId && mac ? { day, publicKey, keyId, mac } : undefined;
}

/** What the key service makes its code of. Its beginning keeps it from being the code of anything else. */
const textOf = ({ day, publicKey }: Pick<NamedKey, 'day' | 'publicKey'>): string =>
  `careline key of a process\n${day}\n${publicKey}`;

const hour = 3_600_000;

/**
 * Whether a commit with this code came on the day of its key, or within an hour after. `arrivedAt`: epoch milliseconds. So a key
 * that was taken from a process, or coded ahead, shows on every other day.
 */
export function isOfItsDay({ signedBy = '' }: Partial<Code>, arrivedAt: number): boolean {
  const day = Date.parse(keyNamed(signedBy)?.day ?? '');
  return arrivedAt >= day && arrivedAt < day + 25 * hour;
}

interface KnownKey {
  readonly holder: KeyHolder;
  readonly publicKey: KeyObject;
}

const jwkOf = ({ publicKey }: Pick<NamedKey, 'publicKey'>) => ({ kty: 'OKP', crv: 'Ed25519', x: publicKey });

/** Of so many keys of processes a process knows whose they are. Each asks the key service once. */
const mostKeys = 5000;

/**
 * The codes of a process. It makes a pair of keys each day, and the key service codes the public half once. `now`: the clock of
 * the process, in epoch milliseconds. `privateKeyOf`: the private key of a day.
 */
export function createCommitCodes({
  writesAs,
  service,
  now,
  privateKeyOf = () => generateKeyPairSync('ed25519').privateKey,
}: {
  readonly writesAs: KeyHolder;
  readonly service: KeyService;
  readonly now: () => number;
  readonly privateKeyOf?: (day: string) => KeyObject;
}): CommitCodes {
  const known = sizedCache<KnownKey>(mostKeys, () => 1);
  const asking = new Map<string, Promise<KnownKey | undefined>>();
  let own:
    | { readonly day: string; readonly key: Promise<{ readonly privateKey: KeyObject; readonly signedBy: string }> }
    | undefined;

  async function makeKey(day: string) {
    const privateKey = privateKeyOf(day);
    const publicKey = createPublicKey(privateKey);
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const { mac, keyId } = await service.macOf(writesAs, textOf({ day, publicKey: x }));
    const signedBy = `${day} ${x} ${keyId} ${mac}`;
    known.keep(signedBy, { holder: writesAs, publicKey });
    return { privateKey, signedBy };
  }

  function ownKey() {
    const day = new Date(now()).toISOString().slice(0, 10);
    if (own?.day === day) return own.key;
    const key = makeKey(day);
    own = { day, key };
    // Where the key service does not answer, the next commit asks anew.
    key.catch(() => {
      if (own?.key === key) own = undefined;
    });
    return key;
  }

  async function askAbout(signedBy: string) {
    const named = keyNamed(signedBy);
    if (!named) return undefined;
    const holder = await service.holderOf(textOf(named), named);
    if (holder === undefined) return undefined;
    const found = { holder, publicKey: createPublicKey({ key: jwkOf(named), format: 'jwk' }) };
    known.keep(signedBy, found);
    return found;
  }

  /** A chain names one key many times at once. A key that is wrong is asked about anew each time. */
  async function keyOf(signedBy: string) {
    const before = known.get(signedBy) ?? asking.get(signedBy);
    if (before) return before;
    const question = askAbout(signedBy).finally(() => asking.delete(signedBy));
    asking.set(signedBy, question);
    return question;
  }

  return {
    writesAs,
    async codeOf(hash, form) {
      const { privateKey, signedBy } = await ownKey();
      const signature = sign(null, Buffer.from(messageOf(hash, form)), privateKey).toString('base64url');
      return { signature, signedBy };
    },
    async holderOf(hash, { signature = '', signedBy = '' }, form) {
      const key = await keyOf(signedBy);
      const isRight =
        key && verify(null, Buffer.from(messageOf(hash, form)), key.publicKey, Buffer.from(signature, 'base64url'));
      return isRight ? key.holder : undefined;
    },
  };
}

const someKeys = { door: 'key of the doors', task: 'key of the tasks' };

/** A key service in this process. */
export function keysInProcess(keys: Readonly<Record<KeyHolder, string>> = someKeys): KeyService {
  const macBy = (holder: KeyHolder, text: string) => createHmac('sha256', keys[holder]).update(text).digest('base64');
  return {
    macOf: async (holder, text) => ({ mac: macBy(holder, text), keyId: holder }),
    holderOf: async (text, { mac, keyId }) =>
      (keyId === 'door' || keyId === 'task') && mac === macBy(keyId, text) ? keyId : undefined,
  };
}

/** What comes before the 32 bytes of a private key of Ed25519 in PKCS #8. */
const beforeSeed = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Codes by keys of this process alone, for work without a key service: tests, the simulator and the bench. The same words give
 * the same bytes.
 */
export function codesInProcess(
  writesAs: KeyHolder,
  now: () => number = () => 0,
  keys: Readonly<Record<KeyHolder, string>> = someKeys,
): CommitCodes {
  return createCommitCodes({
    writesAs,
    now,
    privateKeyOf: (day) =>
      createPrivateKey({
        key: Buffer.concat([beforeSeed, hashOf('sha256', `${keys[writesAs]} ${day}`, 'buffer')]),
        format: 'der',
        type: 'pkcs8',
      }),
    service: keysInProcess(keys),
  });
}
