/** What the operations of KMS have in common: an operation is a checked input and what is done with it. */
import type * as z from 'zod';
import type { Authorize, Principal } from '../endpoint/service.ts';
import { type Context, encryptionContextKey } from '../iam/conditions.ts';
import type { EncryptionContext } from './ciphertext.ts';
import { KmsError } from './failure.ts';
import type { KeyUsage } from './key-specs.ts';
import type { Key, Keys } from './keys.ts';
import { readInput } from './parameters.ts';

export interface Caller {
  readonly principal: Principal;
  readonly keys: Keys;
  readonly authorize: Authorize;
}

export type Operation = (caller: Caller, body: Buffer) => object;

/** An operation of KMS: its input as a schema, and what it does. It gives the answer's fields. */
export const operation =
  <Schema extends z.ZodType>(schema: Schema, run: (input: z.output<Schema>, caller: Caller) => object): Operation =>
  (caller, body) =>
    run(readInput(schema, body), caller);

/** Throws AccessDenied unless the caller may do `action` on the key. `name` is how the call named it, where it did. */
export function allow(
  { principal, authorize }: Caller,
  action: string,
  key: Key,
  { name, context = {} }: { readonly name?: string | undefined; readonly context?: Context } = {},
): void {
  const isAlias = name?.includes('alias/') === true;
  authorize(principal, `kms:${action}`, key.arn, {
    'kms:KeySpec': [key.spec],
    'kms:KeyUsage': [key.usage],
    ...(isAlias && { 'kms:RequestAlias': [name.slice(name.indexOf('alias/'))] }),
    ...context,
  });
}

/** Throws KmsError unless the key is enabled and for this usage. `action` is named in the sentence. */
export function requireUsable(key: Key, usage: KeyUsage, action: string): void {
  requireEnabled(key);
  if (key.usage !== usage) {
    const sentence = `${key.arn} key usage is ${key.usage} which is not valid for ${action}.`;
    throw new KmsError('InvalidKeyUsageException', sentence);
  }
}

/** Throws KmsError where the key is disabled or pending deletion. */
export function requireEnabled({ arn, state }: Key): void {
  if (state === 'Disabled') throw new KmsError('DisabledException', `${arn} is disabled.`);
  if (state === 'PendingDeletion') throw new KmsError('KMSInvalidStateException', `${arn} is pending deletion.`);
}

/** The condition keys of an encryption context. */
export const contextKeys = (context: EncryptionContext): Context => ({
  'kms:EncryptionContextKeys': Object.keys(context),
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [encryptionContextKey(name), [value]])),
});

/** Epoch seconds, as KMS gives instants. */
export const seconds = (milliseconds: number) => milliseconds / 1000;
