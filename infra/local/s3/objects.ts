/** The versions of all objects, in a journal and in memory. Bodies are files of the data folder, or in memory without one. */
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openJournal } from '../data-folder/journal.ts';

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

export interface ObjectVersion extends Place {
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  readonly contentType: string;
  /** Base64 of the CRC32. */
  readonly checksum: string;
  /** The ARN of the KMS key, where it is encrypted with one. */
  readonly keyArn?: string;
  /** The name of the file with the body. */
  readonly file: string;
}

export type Objects = ReturnType<typeof openObjects>;

const newVersionId = () => randomBytes(24).toString('base64url').replaceAll('-', '.');

interface Bodies {
  write(file: string, body: Buffer): void;
  /** A body that was written. */
  read(file: string): Buffer;
}

function keepInMemory(): Bodies {
  const bodies = new Map<string, Buffer>();
  return { write: (file, body) => void bodies.set(file, body), read: (file) => bodies.get(file) as Buffer };
}

/** Removes the body of a put that was cut off. Throws a sentence where a body of the `known` files is missing. */
function keepInFiles(bodies: string, known: ReadonlySet<string>): Bodies {
  for (const file of readdirSync(bodies)) if (!known.has(file)) rmSync(join(bodies, file));
  const missing = [...known].find((file) => !existsSync(join(bodies, file)));
  if (missing !== undefined) {
    throw new Error(
      `${join(bodies, missing)} is missing: an object has no body. Move the data folder aside to start anew.`,
    );
  }
  return {
    write(file, body) {
      writeFileSync(join(bodies, `${file}.new`), body, { mode: 0o600 });
      renameSync(join(bodies, `${file}.new`), join(bodies, file));
    },
    read: (file) => readFileSync(join(bodies, file)),
  };
}

/** Opens the objects under `folder`, or in memory without one. Throws a sentence where the body of a version is missing. */
export function openObjects(folder?: string) {
  if (folder !== undefined) mkdirSync(join(folder, 'bodies'), { recursive: true, mode: 0o700 });
  const journal = openJournal<ObjectVersion>(folder && join(folder, 'objects.jsonl'));
  const known = new Set(journal.replayed.map(({ file }) => file));
  const bodies = folder === undefined ? keepInMemory() : keepInFiles(join(folder, 'bodies'), known);
  /** By bucket, then key: oldest first. */
  const stored = new Map<string, Map<string, ObjectVersion[]>>();
  const sorted = new Map<string, readonly string[]>();

  const take = (version: ObjectVersion) => {
    const inBucket = stored.get(version.bucket) ?? new Map<string, ObjectVersion[]>();
    stored.set(version.bucket, inBucket);
    const versions = inBucket.get(version.key);
    if (versions) versions.push(version);
    else {
      inBucket.set(version.key, [version]);
      sorted.delete(version.bucket);
    }
  };

  for (const version of journal.replayed) take(version);

  return {
    /** Every key of the bucket, in the order of its UTF-8 bytes. */
    keys(bucket: string): readonly string[] {
      const found = sorted.get(bucket) ?? [...(stored.get(bucket)?.keys() ?? [])].sort(byBytes);
      sorted.set(bucket, found);
      return found;
    },
    /** Newest first. */
    versions: ({ bucket, key }: Place): readonly ObjectVersion[] => (stored.get(bucket)?.get(key) ?? []).toReversed(),
    /** Writes the body, then the version. */
    put(given: Omit<ObjectVersion, 'file' | 'versionId'>, body: Buffer): ObjectVersion {
      const file = randomUUID();
      bodies.write(file, body);
      const version: ObjectVersion = { ...given, versionId: newVersionId(), file };
      journal.append(version);
      take(version);
      return version;
    },
    read: ({ file }: ObjectVersion): Buffer => bodies.read(file),
    close: () => journal.close(),
  };
}

const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
