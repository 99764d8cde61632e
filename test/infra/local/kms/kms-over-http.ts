/** A KMS behind the real endpoint with the keys of a small template. */
import { KMSClient } from '@aws-sdk/client-kms';
import { partsOver, type Resources, serveOver } from '../endpoint/over-http.ts';

export const keyArn = (id: string) => `arn:aws:kms:us-east-1:000000000000:key/${id}`;
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A key of the template, such as `key('HMAC_256', 'GENERATE_VERIFY_MAC')`. */
export const key = (KeySpec = 'SYMMETRIC_DEFAULT', KeyUsage = 'ENCRYPT_DECRYPT', more: object = {}) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeySpec, KeyUsage, ...more },
});

export async function startKms(resources: Resources, options: { readonly folder?: string } = {}) {
  const { kms } = partsOver(resources, options);
  return { ...kms, ...(await serveOver([kms.service], KMSClient)) };
}
