/** Signs anchors with an asymmetric key of KMS. Its private half never leaves KMS. */
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { answerOf } from './key-service.ts';

export type AnchorSigner = ReturnType<typeof createAnchorSigner>;

const SigningAlgorithm = 'ECDSA_SHA_256';

const base64 = (bytes: Uint8Array | undefined): string => {
  if (!bytes) throw new Error('The key service gave no answer.');
  return Buffer.from(bytes).toString('base64');
};

/** `keyArn`: of a key for signing on the curve P-256. */
export function createAnchorSigner({ client, keyArn }: { readonly client: KMSClient; readonly keyArn: string }) {
  let publicKey: string | undefined;
  /** In base64 of its DER form (SPKI). It is asked for once. */
  async function publicKeyOf(): Promise<string> {
    publicKey ??= base64((await answerOf(client.send(new GetPublicKeyCommand({ KeyId: keyArn })))).PublicKey);
    return publicKey;
  }
  return {
    publicKey: publicKeyOf,
    /** `text`: at most 4,096 bytes of UTF-8. */
    async sign(text: string) {
      const asked = { KeyId: keyArn, SigningAlgorithm, MessageType: 'RAW', Message: Buffer.from(text) } as const;
      const { Signature } = await answerOf(client.send(new SignCommand(asked)));
      return {
        signature: base64(Signature),
        keyId: keyArn.slice(keyArn.lastIndexOf('/') + 1),
        publicKey: await publicKeyOf(),
      };
    },
  };
}
