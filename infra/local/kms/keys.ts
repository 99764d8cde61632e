/** The keys of the template with their material and their state. Kept in the data folder, readable by its owner alone. */
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';
import { localAccount, localRegion, Refusal } from '../endpoint/service.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';
import { type KeySpecName, type KeyUsage, keySpecs } from './key-specs.ts';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly isEnabled: boolean;
  readonly material: Buffer;
}

export type Keys = ReturnType<typeof openKeys>;

const specNames = Object.keys(keySpecs) as [KeySpecName, ...KeySpecName[]];

/** `material` in Base64. */
const storedKey = z.strictObject({ spec: z.enum(specNames), enabled: z.boolean(), material: z.base64() });
type StoredKey = z.infer<typeof storedKey>;

/** Strict: what is not here would be accepted and ignored. Rotation changes nothing that a caller sees. */
export const keyProperties = z.strictObject({
  Description: z.string().optional(),
  EnableKeyRotation: z.boolean().optional(),
  KeyPolicy: z.unknown().optional(),
  KeySpec: z.enum(specNames, 'the embedded KMS does not make this kind of key').default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
});

/**
 * Reads the template's keys, and makes the material of new ones. Throws a sentence for a property that is not
 * reproduced. Also for a usage that does not fit the kind of key. Also where a kept key is of another kind.
 */
export function openKeys({ template, folder }: { template: Template; folder?: string }) {
  const described = template.ofType('AWS::KMS::Key').map((resource) => ({ resource, spec: specOf(resource) }));
  const file = openKept(folder, 'keys.json', z.record(z.string(), storedKey), { isSecret: true });
  const stored = new Map<string, StoredKey>(Object.entries(file.found ?? {}));
  const known = stored.size;

  const save = () => file.keep(Object.fromEntries(stored));
  for (const { resource, spec } of described) {
    const before = stored.get(resource.logicalId);
    if (before === undefined) {
      const material = keySpecs[spec].generate().toString('base64');
      stored.set(resource.logicalId, { spec, enabled: true, material });
    } else if (before.spec !== spec) {
      throw new Error(
        `The key ${resource.logicalId} is kept as ${before.spec} and the template has ${spec}: AWS makes another key for that. Give the new one a name of its own.`,
      );
    }
  }
  if (stored.size > known) save();

  return {
    /** By id or ARN. Throws the refusal `NotFoundException`. */
    find(name: string): Key {
      const one = described.find(({ resource }) => [resource.logicalId, resource.arn].includes(name));
      const kept = one && stored.get(one.resource.logicalId);
      if (!one || !kept) {
        const arn = name.startsWith('arn:') ? name : `arn:aws:kms:${localRegion}:${localAccount}:key/${name}`;
        throw new Refusal('NotFoundException', `Key '${arn}' does not exist`);
      }
      const { resource, spec } = one;
      return {
        id: resource.logicalId,
        arn: resource.arn,
        spec,
        usage: keySpecs[spec].usage,
        isEnabled: kept.enabled,
        // Not before it is used: each call to an encrypted table looks at its key.
        get material() {
          return Buffer.from(kept.material, 'base64');
        },
      };
    },
    enable({ id }: Key, enabled: boolean): void {
      const kept = stored.get(id);
      if (kept) stored.set(id, { ...kept, enabled });
      save();
    },
  };
}

function specOf(resource: Resource): KeySpecName {
  const { KeySpec, KeyUsage } = readProperties(resource, keyProperties);
  if (keySpecs[KeySpec].usage === KeyUsage) return KeySpec;
  throw new Error(
    `The key ${resource.logicalId} has the usage ${KeyUsage}: a key of the kind ${KeySpec} is for ${keySpecs[KeySpec].usage} here.`,
  );
}
