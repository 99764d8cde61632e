/** KMS as the key service of processes: message authentication codes by its keys. */
import { GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { createSemaphore } from './in-turns.ts';
import { answerOf, keyService } from './key-service.ts';
import type { KeyService, Mac } from './process-keys.ts';

const MacAlgorithm = 'HMAC_SHA_256';

/** `arn:aws:kms:<region>:<account>:key/<id>`. A code keeps the id alone. */
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Errors of the key service that say: this code is wrong. Any other is passed on, for it says nothing of the code. */
const isWrongCode = (error: unknown): boolean => error instanceof Error && error.name === 'KMSInvalidMacException';

/**
 * The client has fifty connections. A question that waits for one counts as unanswered after a second. So thousands of rows
 * that a person writes under one key would keep each reader from any answer.
 */
const inTurn = createSemaphore(40);

/** Whether a key is disabled, to be deleted, or gone. */
const isOfNoUse = (error: unknown): boolean =>
  error instanceof Error &&
  (/^(Disabled|KMSInvalidState|NotFound)Exception$/.test(error.name) || isOfNoUse(error.cause));

let kept: KMSClient | undefined;
/** One client for all codes of a function. */
const keyClient = (): KMSClient => {
  kept ??= new KMSClient(keyService);
  return kept;
};

async function makeCode(client: KMSClient, KeyId: string, message: string): Promise<Mac> {
  const { Mac } = await answerOf(
    client.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message: Buffer.from(message) })),
  );
  if (!Mac) throw new Error('The key service gave no code.');
  return { mac: Buffer.from(Mac).toString('base64'), keyId: idOf(KeyId) };
}

async function isRightCode(client: KMSClient, KeyId: string, message: string, mac: string): Promise<boolean> {
  const Mac = Buffer.from(mac, 'base64');
  // Any other length is refused as a request, and is no code of ours.
  if (Mac.length !== 32) return false;
  try {
    const question = new VerifyMacCommand({ KeyId, MacAlgorithm, Message: Buffer.from(message), Mac });
    const { MacValid } = await inTurn(() => answerOf(client.send(question)));
    return MacValid === true;
  } catch (error) {
    if (isWrongCode(error)) return false;
    throw error;
  }
}

/**
 * `keys`: the ARNs of each holder's keys, the current one first. `skipsFormer`: a former key that is disabled or gone made no code.
 * Otherwise the question rejects.
 */
export function createKeyService<Holder extends string>(
  keys: Readonly<Record<Holder, readonly string[]>>,
  { client = keyClient(), skipsFormer = false }: { readonly client?: KMSClient; readonly skipsFormer?: boolean } = {},
): KeyService<Holder> {
  const holders = new Map(
    (Object.keys(keys) as Holder[]).flatMap((holder) =>
      keys[holder].map((arn, at) => [idOf(arn), { holder, arn, isFormer: at > 0 }] as const),
    ),
  );
  return {
    async macOf(holder, text) {
      const [KeyId] = keys[holder];
      if (KeyId === undefined) throw new Error(`No key is set for the codes of a ${holder}.`);
      return makeCode(client, KeyId, text);
    },
    async holderOf(text, { mac, keyId }) {
      const key = holders.get(keyId);
      if (!key) return undefined;
      try {
        return (await isRightCode(client, key.arn, text, mac)) ? key.holder : undefined;
      } catch (error) {
        // A row that names a former key, which someone has disabled, must not keep the others from any answer.
        if (skipsFormer && key.isFormer && isOfNoUse(error)) return undefined;
        throw error;
      }
    },
  };
}
