/** The keys of the template with their material and their state. Kept in the data folder, readable by its owner alone. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { keep, readKept } from '../data-folder/kept-file.ts';
import { localAccount, localRegion } from '../endpoint/service.ts';
import type { Resource, Template } from '../template/template.ts';
import { KmsError } from './failure.ts';
import { isKeySpec, type KeySpecName, type KeyUsage, keySpecs } from './key-specs.ts';

export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface Key {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpecName;
  readonly usage: KeyUsage;
  readonly description: string;
  readonly rotates: boolean;
  /** The key's own policy, as the template writes it. Undefined where it has none. */
  readonly policy: unknown;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly state: KeyState;
  /** Epoch milliseconds at which the material of a key that is pending deletion is erased. */
  readonly deletionAt?: number;
  readonly material: Buffer;
}

export interface Alias {
  readonly name: string;
  readonly arn: string;
  readonly keyId: string;
}

export interface Keys {
  /** In the template's order, without keys that are erased. */
  all(): readonly Key[];
  aliases: readonly Alias[];
  /** By id, ARN, alias or alias ARN. Throws KmsError `NotFoundException`. */
  find(name: string): Key;
  enable(key: Key, enabled: boolean): void;
  /** Undefined cancels the deletion and leaves the key disabled. */
  scheduleDeletion(key: Key, at: number | undefined): void;
}

const storedKey = z.strictObject({
  spec: z.string(),
  createdAt: z.number(),
  enabled: z.boolean(),
  deletionAt: z.number().optional(),
  /** Base64. Absent once the key is erased. */
  material: z.base64().optional(),
});
type StoredKey = z.infer<typeof storedKey>;

/** Strict: what is not here would be accepted and ignored. */
const properties = z.strictObject({
  Description: z.string().default(''),
  Enabled: z.boolean().default(true),
  EnableKeyRotation: z.boolean().default(false),
  RotationPeriodInDays: z.number().optional(),
  KeyPolicy: z.unknown().optional(),
  KeySpec: z.string().refine(isKeySpec, 'the embedded KMS does not make this kind of key').default('SYMMETRIC_DEFAULT'),
  KeyUsage: z.string().default('ENCRYPT_DECRYPT'),
  Origin: z.literal('AWS_KMS').optional(),
  PendingWindowInDays: z.number().optional(),
  Tags: z.unknown().optional(),
});

const arnOf = (resource: string) => `arn:aws:kms:${localRegion}:${localAccount}:${resource}`;
const universal = /^(mrk-)?[0-9a-f]{8}-?([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Reads the template's keys, and makes the material of new ones. Throws a sentence for a property that is not
 * reproduced. Also for a usage that does not fit the kind of key. Also where a kept key is of another kind.
 */
export function openKeys(options: { template: Template; clock: Pick<Clock, 'now'>; folder?: string }): Keys {
  const { template, clock, folder } = options;
  const described = template.ofType('AWS::KMS::Key').map((resource) => ({ resource, ...readProperties(resource) }));
  const aliases = template.ofType('AWS::KMS::Alias').map((resource) => readAlias(resource, described));
  const file = folder === undefined ? undefined : join(folder, 'keys.json');
  const found = (file !== undefined && readKept(file, z.record(z.string(), storedKey))) || {};
  const stored = new Map<string, StoredKey>(Object.entries(found));

  const save = () => {
    if (file === undefined || folder === undefined) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    keep(file, Object.fromEntries(stored), 0o600);
  };
  for (const { resource, KeySpec, Enabled } of described) {
    const known = stored.get(resource.logicalId);
    if (known === undefined) {
      const material = keySpecs[KeySpec].generate().toString('base64');
      stored.set(resource.logicalId, { spec: KeySpec, createdAt: clock.now(), enabled: Enabled, material });
    } else if (known.spec !== KeySpec) {
      throw new Error(
        `The key ${resource.logicalId} is kept as ${known.spec} and the template has ${KeySpec}: AWS makes another key for that. Give the new one a name of its own.`,
      );
    }
  }
  if (stored.size > Object.keys(found).length) save();

  /** Undefined where the key is erased. The material goes for good at the first look after its day. */
  const look = ({ resource, KeySpec, ...given }: (typeof described)[number]): Key | undefined => {
    const { logicalId: id, arn } = resource;
    const kept = stored.get(id);
    if (kept?.material === undefined) return undefined;
    if (kept.deletionAt !== undefined && kept.deletionAt <= clock.now()) {
      const { material: _erased, ...rest } = kept;
      stored.set(id, rest);
      save();
      return undefined;
    }
    return {
      id,
      arn,
      spec: KeySpec,
      usage: keySpecs[KeySpec].usage,
      description: given.Description,
      rotates: given.EnableKeyRotation,
      policy: given.KeyPolicy,
      createdAt: kept.createdAt,
      state: kept.deletionAt !== undefined ? 'PendingDeletion' : kept.enabled ? 'Enabled' : 'Disabled',
      ...(kept.deletionAt !== undefined && { deletionAt: kept.deletionAt }),
      // Not before it is used: each call to an encrypted table looks at its key.
      get material() {
        return Buffer.from(stored.get(id)?.material ?? '', 'base64');
      },
    };
  };
  const change = (id: string, changed: (kept: StoredKey) => StoredKey) => {
    const kept = stored.get(id);
    if (kept) stored.set(id, changed(kept));
    save();
  };

  const byId = (id: string): Key => {
    const one = described.find(({ resource }) => resource.logicalId === id);
    const key = one && look(one);
    if (key) return key;
    const named = one !== undefined || universal.test(id);
    throw new KmsError(
      'NotFoundException',
      named ? `Key '${arnOf(`key/${id}`)}' does not exist` : `Invalid keyId '${id}'`,
    );
  };

  return {
    aliases,
    all: () => described.map(look).filter((key) => key !== undefined),
    find(name) {
      const [, , , region, , ...rest] = name.startsWith('arn:') ? name.split(':') : ['', '', '', localRegion, '', name];
      const resource = rest.join(':');
      if (region !== localRegion) throw new KmsError('NotFoundException', `Invalid arn ${region}`);
      if (!resource.startsWith('alias/')) return byId(resource.replace(/^key\//, ''));
      const alias = aliases.find((candidate) => candidate.name === resource);
      if (!alias) throw new KmsError('NotFoundException', `Alias ${arnOf(resource)} is not found.`);
      return byId(alias.keyId);
    },
    enable: ({ id }, enabled) => change(id, (kept) => ({ ...kept, enabled })),
    scheduleDeletion: ({ id }, deletionAt) =>
      change(id, ({ deletionAt: _before, ...kept }) =>
        deletionAt === undefined ? { ...kept, enabled: false } : { ...kept, deletionAt },
      ),
  };
}

function readProperties(resource: Resource) {
  const parsed = properties.safeParse(resource.properties);
  if (!parsed.success) {
    throw new Error(`The key ${resource.logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
  }
  const { KeySpec, KeyUsage } = parsed.data;
  if (keySpecs[KeySpec].usage !== KeyUsage) {
    throw new Error(
      `The key ${resource.logicalId} has the usage ${KeyUsage}: a key of the kind ${KeySpec} is for ${keySpecs[KeySpec].usage} here.`,
    );
  }
  return parsed.data;
}

function readAlias(
  { logicalId, name, properties: given }: Resource,
  described: readonly { readonly resource: Resource }[],
): Alias {
  const target = String(given.TargetKeyId);
  const key = described.find(({ resource }) => target === resource.logicalId || target === resource.arn);
  if (!key) throw new Error(`The alias ${logicalId} is of the key ${target}, which is not in the stack.`);
  return { name, arn: arnOf(name), keyId: key.resource.logicalId };
}
