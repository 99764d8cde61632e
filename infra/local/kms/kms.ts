/** KMS: the keys of the template, for callers over the wire and for the services that encrypt with them. */
import { createJsonService } from '../endpoint/json.ts';
import { AccessDenied, type Authorize, localRegion, type Principal, Refusal } from '../endpoint/service.ts';
import type { Template } from '../template/template.ts';
import type { EncryptionContext } from './ciphertext.ts';
import { openKeys } from './keys.ts';
import { contextKeys, operationsFor, requireUsable } from './operations.ts';

/** How another service uses a key for a caller of its own. */
export interface KeyUse {
  /** By ARN or id. */
  readonly key: string;
  readonly actions: readonly ('Decrypt' | 'DescribeKey' | 'Encrypt' | 'GenerateDataKey')[];
  /** The service in between, such as `dynamodb`: the condition key `kms:ViaService`. */
  readonly via: string;
  readonly context: EncryptionContext;
}

/**
 * Throws AccessDenied unless the caller may use the key through that service. Also where the key is disabled. A
 * key that is not in the template is judged by the caller's identity policies alone.
 */
export type UseKey = (principal: Principal, use: KeyUse) => void;

/** Throws AccessDenied unless policies allow the caller this use. `key` is the ARN. */
export function authorizeUse(authorize: Authorize, principal: Principal, { key, actions, via, context }: KeyUse): void {
  const keys = { 'kms:ViaService': [`${via}.${localRegion}.amazonaws.com`], ...contextKeys(context) };
  for (const action of actions) authorize(principal, `kms:${action}`, key, keys);
}

/** A key that policies allow, and that is not there or disabled. Most services deny access then. */
export class KeyUnusable extends AccessDenied {
  /** KMS's own name of it, such as `DisabledException`. */
  readonly reason: string;
  constructor({ name, message }: Refusal) {
    super(`${name}: ${message}`);
    this.reason = name;
  }
}

/** The keys are kept under `<folder>/keys.json`; without a folder, in memory. Throws as `openKeys` does. */
export function createKms(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly folder?: string;
}) {
  const { authorize } = options;
  const keys = openKeys(options);
  const ofTheTemplate = new Set(
    options.template.ofType('AWS::KMS::Key').flatMap(({ logicalId, arn }) => [logicalId, arn]),
  );
  const useKey: UseKey = (principal, use) => {
    const key = ofTheTemplate.has(use.key) ? keys.find(use.key) : undefined;
    authorizeUse(authorize, principal, { ...use, key: key?.arn ?? use.key });
    try {
      if (key) requireUsable(key, 'ENCRYPT_DECRYPT', use.actions.join(' and '));
    } catch (error) {
      throw error instanceof Refusal ? new KeyUnusable(error) : error;
    }
  };
  const service = createJsonService({
    client: 'kms',
    prefix: 'kms',
    title: 'KMS',
    target: 'TrentService.',
    authorize,
    actions: operationsFor(keys),
  });
  return { service, useKey };
}
