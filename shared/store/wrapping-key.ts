/** The key of KMS that wraps the data keys of the vault. No function ever holds it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, InvalidCiphertextException, KMSClient } from '@aws-sdk/client-kms';
import { answerOf, keyService } from './key-service.ts';
import { DamagedContent } from './sealed-content.ts';

export interface DataKey {
  /** 32 bytes. */
  readonly plain: Uint8Array;
  /** Opens only with the wrapping key, for the same owner. */
  readonly wrapped: Uint8Array;
}

/** `owner`: the reference of a referral or draft. Both reject with `DependencyUnavailable` where the keys do not answer. `unwrap` rejects with `DamagedContent` where these bytes are no data key of the owner. */
export interface KeyWrapping {
  readonly generate: (owner: string) => Promise<DataKey>;
  readonly unwrap: (owner: string, wrapped: Uint8Array) => Promise<Uint8Array>;
}

/** `arn`: of the wrapping key. Undefined for a function that may not use it. */
export function createWrappingKey({
  arn,
  client = new KMSClient(keyService),
}: {
  readonly arn: string | undefined;
  readonly client?: KMSClient;
}): KeyWrapping {
  const key = () => {
    if (arn === undefined) throw new Error('No key is set for the content of the vault.');
    return arn;
  };
  const contextOf = (owner: string) => ({ EncryptionContext: { of: owner } });
  return {
    async generate(owner) {
      const command = new GenerateDataKeyCommand({ KeyId: key(), KeySpec: 'AES_256', ...contextOf(owner) });
      const { Plaintext, CiphertextBlob } = await answerOf(client.send(command));
      if (!Plaintext || !CiphertextBlob) throw new Error('The key service gave no data key.');
      return { plain: Plaintext, wrapped: CiphertextBlob };
    },
    async unwrap(owner, wrapped) {
      const command = new DecryptCommand({ KeyId: key(), CiphertextBlob: wrapped, ...contextOf(owner) });
      try {
        const { Plaintext } = await answerOf(client.send(command));
        if (!Plaintext) throw new Error('The key service gave no data key.');
        return Plaintext;
      } catch (error) {
        // These bytes are no data key of this owner, and no later try helps.
        throw error instanceof InvalidCiphertextException ? new DamagedContent() : error;
      }
    },
  };
}

/** Wraps with a key of this process, for work without a key service: tests, the simulator and the bench. */
export function wrapInProcess(key: Uint8Array = randomBytes(32)): KeyWrapping {
  return {
    async generate(owner) {
      const plain = randomBytes(32);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
      return { plain, wrapped: Buffer.concat([nonce, cipher.getAuthTag(), encrypted]) };
    },
    async unwrap(owner, wrapped) {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, wrapped.subarray(0, 12), { authTagLength: 16 })
          .setAAD(Buffer.from(owner))
          .setAuthTag(wrapped.subarray(12, 28));
        return Buffer.concat([decipher.update(wrapped.subarray(28)), decipher.final()]);
      } catch {
        throw new DamagedContent();
      }
    },
  };
}
