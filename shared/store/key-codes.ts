import { GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { type CommitCodes, type KeyHolder, messageOf } from './commit-codes.ts';
import { answerOf, keyService } from './key-service.ts';

const MacAlgorithm = 'HMAC_SHA_256';

/** `arn:aws:kms:<region>:<account>:key/<id>`. A commit keeps the id alone. */
const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** Errors of the key service that say: this code is wrong. Any other is passed on, for it says nothing of the code. */
const isWrongCode = (error: unknown): boolean => error instanceof Error && error.name === 'KMSInvalidMacException';

/**
 * The codes of commits by keys of KMS. `keys`: the ARNs of each holder's keys, the current one first. `writesAs`: whose
 * key this function may use to make codes.
 */
export function createKeyCodes({
  writesAs,
  keys,
}: {
  readonly writesAs: KeyHolder;
  readonly keys: Readonly<Record<KeyHolder, readonly string[]>>;
}): CommitCodes {
  const client = new KMSClient(keyService);
  const holders = new Map(
    (['door', 'task'] as const).flatMap((holder) => keys[holder].map((arn) => [idOf(arn), { holder, arn }] as const)),
  );
  return {
    writesAs,
    async codeOf(hash, form) {
      const [KeyId] = keys[writesAs];
      if (KeyId === undefined) throw new Error(`No key is set for the codes of a ${writesAs}.`);
      const { Mac } = await answerOf(
        client.send(new GenerateMacCommand({ KeyId, MacAlgorithm, Message: Buffer.from(messageOf(hash, form)) })),
      );
      if (!Mac) throw new Error('The key service gave no code.');
      return { mac: Buffer.from(Mac).toString('base64'), keyId: idOf(KeyId) };
    },
    async holderOf(hash, { mac = '', keyId = '' }, form) {
      const key = holders.get(keyId);
      const Mac = Buffer.from(mac, 'base64');
      // Any other length is refused as a request, and is no code of ours.
      if (!key || Mac.length !== 32) return undefined;
      try {
        const { MacValid } = await answerOf(
          client.send(
            new VerifyMacCommand({ KeyId: key.arn, MacAlgorithm, Message: Buffer.from(messageOf(hash, form)), Mac }),
          ),
        );
        return MacValid ? key.holder : undefined;
      } catch (error) {
        if (isWrongCode(error)) return undefined;
        throw error;
      }
    },
  };
}
