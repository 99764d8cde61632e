/**
 * Signatures by the key of a process. The process makes a pair of keys for a day, and the key service codes the public half. A
 * reader asks the key service once about each key. A person who can write into a table has no such key.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { sizedCache } from './keep-latest.ts';

export interface Code {
  /** By Ed25519, in base64url. */
  readonly signature: string;
  /** The key of the process: its day and its public half. Then the id of a key of the key service, and its code of both. */
  readonly signedBy: string;
}

/** A message authentication code of the key service, in base64, and the id of its key. */
export interface Mac {
  readonly mac: string;
  readonly keyId: string;
}

/** The keys of the key service, which no process holds. Both reject where it does not answer. */
export interface KeyService<Holder extends string> {
  /** The code of a text by the current key of this holder. */
  readonly macOf: (holder: Holder, text: string) => Promise<Mac>;
  /** Whose key made the code of this text. Undefined where none of this product did. */
  readonly holderOf: (text: string, mac: Mac) => Promise<Holder | undefined>;
}

interface NamedKey extends Mac {
  /** The UTC date for which its process made it. */
  readonly day: string;
  /** In base64url. */
  readonly publicKey: string;
}

const namedKey = /^(\d{4}-\d{2}-\d{2}) ([\w-]{43}) ([\w-]{1,64}) ([A-Za-z0-9+/]{43}=)$/;

function keyNamed(signedBy: string): NamedKey | undefined {
  const [, day, publicKey, keyId, mac] = namedKey.exec(signedBy) ?? [];
  return day && publicKey && keyId && mac ? { day, publicKey, keyId, mac } : undefined;
}

/** The UTC date of the key of a code. Undefined where it names no key. */
export const dayOfKey = ({ signedBy = '' }: Partial<Code>): string | undefined => keyNamed(signedBy)?.day;

/** What the key service makes its code of. Its beginning keeps it from being the code of anything else. */
const textOf = ({ day, publicKey }: Pick<NamedKey, 'day' | 'publicKey'>): string =>
  `careline key of a process\n${day}\n${publicKey}`;

interface KnownKey<Holder> {
  readonly holder: Holder;
  readonly publicKey: KeyObject;
}

const jwkOf = ({ publicKey }: Pick<NamedKey, 'publicKey'>) => ({ kty: 'OKP', crv: 'Ed25519', x: publicKey });

/** Of so many keys of processes a process knows whose they are. */
const mostKeys = 5000;

export interface ProcessKeys<Holder extends string> {
  /** Signs a text on the UTC day of `at`, in epoch milliseconds. */
  readonly sign: (text: string, at: number) => Promise<Code>;
  /** Whose process signed this text. Undefined where none of this product did, or where there is no code. */
  readonly signerOf: (text: string, code: Partial<Code>) => Promise<Holder | undefined>;
}

/** The keys of this process, which signs as `holder`. Both rejects of the key service are passed on. */
export function createProcessKeys<Holder extends string>({
  holder: ownHolder,
  service,
  privateKeyOf = () => generateKeyPairSync('ed25519').privateKey,
}: {
  readonly holder: Holder;
  readonly service: KeyService<Holder>;
  /** The private key of a day. */
  readonly privateKeyOf?: (day: string) => KeyObject;
}): ProcessKeys<Holder> {
  const known = sizedCache<KnownKey<Holder>>(mostKeys, () => 1);
  const asking = new Map<string, Promise<KnownKey<Holder> | undefined>>();
  let own:
    | { readonly day: string; readonly key: Promise<{ readonly privateKey: KeyObject; readonly signedBy: string }> }
    | undefined;

  async function makeKey(day: string) {
    const privateKey = privateKeyOf(day);
    const publicKey = createPublicKey(privateKey);
    const { x = '' } = publicKey.export({ format: 'jwk' });
    const { mac, keyId } = await service.macOf(ownHolder, textOf({ day, publicKey: x }));
    const signedBy = `${day} ${x} ${keyId} ${mac}`;
    known.keep(signedBy, { holder: ownHolder, publicKey });
    return { privateKey, signedBy };
  }

  function ownKey(at: number) {
    const day = new Date(at).toISOString().slice(0, 10);
    if (own?.day === day) return own.key;
    const key = makeKey(day);
    own = { day, key };
    // Where the key service does not answer, the next signature asks anew.
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
    async sign(text, at) {
      const { privateKey, signedBy } = await ownKey(at);
      return { signature: sign(null, Buffer.from(text), privateKey).toString('base64url'), signedBy };
    },
    async signerOf(text, { signature = '', signedBy = '' }) {
      const key = await keyOf(signedBy);
      const isRight = key && verify(null, Buffer.from(text), key.publicKey, Buffer.from(signature, 'base64url'));
      return isRight ? key.holder : undefined;
    },
  };
}

/** A key service in this process, with a word as the key of each holder. */
export function serviceInProcess<Holder extends string>(words: Readonly<Record<Holder, string>>): KeyService<Holder> {
  const macBy = (holder: Holder, text: string) => createHmac('sha256', words[holder]).update(text).digest('base64');
  const isHolder = (keyId: string): keyId is Holder => Object.hasOwn(words, keyId);
  return {
    macOf: async (holder, text) => ({ mac: macBy(holder, text), keyId: holder }),
    holderOf: async (text, { mac, keyId }) => (isHolder(keyId) && mac === macBy(keyId, text) ? keyId : undefined),
  };
}

/** What comes before the 32 bytes of a private key of Ed25519 in PKCS #8. */
const beforeSeed = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Keys that follow from words, for work without a key service. The same words give the same bytes. */
export const keysInProcess = <Holder extends string>(
  holder: Holder,
  words: Readonly<Record<Holder, string>>,
): ProcessKeys<Holder> =>
  createProcessKeys({
    holder,
    service: serviceInProcess(words),
    privateKeyOf: (day) =>
      createPrivateKey({
        key: Buffer.concat([beforeSeed, hash('sha256', `${words[holder]} ${day}`, 'buffer')]),
        format: 'der',
        type: 'pkcs8',
      }),
  });
