/** The versions of all objects: what is known of each in a journal and in memory, the bodies in files. */
import { randomBytes, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../data-folder/journal.ts';
import type { ChecksumAlgorithm } from './checksums.ts';
import type { Retention } from './object-lock.ts';

export interface Place {
  readonly bucket: string;
  readonly key: string;
}

interface Stored extends Place {
  /** `null` in a bucket without versions. */
  readonly versionId: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

export interface ObjectVersion extends Stored {
  readonly isDeleteMarker?: never;
  readonly size: number;
  /** Without quotes. */
  readonly etag: string;
  /** What the caller gave with it, such as `content-type`. Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  /** The ARN of the KMS key, where it is encrypted with one. */
  readonly keyArn?: string;
  readonly retention?: Retention;
  /** The name of the file with the body. */
  readonly file: string;
}

export interface DeleteMarker extends Stored {
  readonly isDeleteMarker: true;
}

export type Version = ObjectVersion | DeleteMarker;

type Entry =
  | { readonly made: string; readonly at: number }
  | { readonly put: Version }
  | { readonly removed: Place & { readonly versionId: string } };

export interface Objects {
  /** When the bucket came to be, in epoch milliseconds. */
  createdAt(bucket: string): number;
  /** Every key of the bucket that has a version, in the order of its UTF-8 bytes. */
  keys(bucket: string): readonly string[];
  /** Newest first. */
  versions(place: Place): readonly Version[];
  /** Writes the body to the disk, then the version. In a bucket without versions it replaces the object. */
  put(version: Omit<ObjectVersion, 'file' | 'versionId'>, body: Buffer, isVersioned: boolean): ObjectVersion;
  mark(place: Place, at: number): DeleteMarker;
  setRetention(version: ObjectVersion, retention: Retention | undefined): void;
  /** For good, with its body. */
  remove(version: Version): void;
  read(version: ObjectVersion): Buffer;
  close(): void;
}

const newVersionId = () => randomBytes(24).toString('base64url').replaceAll('-', '.');

/**
 * Opens the objects under `folder`, or in a folder of the system that goes with `close`. The body of a put that was cut
 * off is removed. Throws a sentence where the body of a version is missing.
 */
export function openObjects(buckets: Iterable<string>, now: number, folder?: string): Objects {
  const home = folder ?? mkdtempSync(join(tmpdir(), 'careline-s3-'));
  const bodies = join(home, 'bodies');
  mkdirSync(bodies, { recursive: true, mode: 0o700 });
  const journal = openJournal<Entry>(join(home, 'objects.jsonl'));
  const made = new Map<string, number>();
  /** By bucket, then key: oldest first. */
  const stored = new Map<string, Map<string, Version[]>>();
  const sorted = new Map<string, readonly string[]>();

  const listOf = ({ bucket, key }: Place): Version[] => {
    const inBucket = stored.get(bucket) ?? new Map<string, Version[]>();
    stored.set(bucket, inBucket);
    const versions = inBucket.get(key) ?? [];
    if (!inBucket.has(key)) sorted.delete(bucket);
    inBucket.set(key, versions);
    return versions;
  };
  const take = (version: Version) => {
    const versions = listOf(version);
    const at = versions.findIndex(({ versionId }) => versionId === version.versionId);
    if (at === -1) versions.push(version);
    else versions[at] = version;
  };
  const forget = (place: Place & { readonly versionId: string }) => {
    const rest = listOf(place).filter(({ versionId }) => versionId !== place.versionId);
    if (rest.length > 0) stored.get(place.bucket)?.set(place.key, rest);
    else {
      stored.get(place.bucket)?.delete(place.key);
      sorted.delete(place.bucket);
    }
  };
  const all = () => [...stored.values()].flatMap((inBucket) => [...inBucket.values()].flat());

  for (const entry of journal.replayed) {
    if ('made' in entry) made.set(entry.made, entry.at);
    else if ('put' in entry) take(entry.put);
    else forget(entry.removed);
  }
  for (const bucket of buckets) {
    if (made.has(bucket)) continue;
    made.set(bucket, now);
    journal.append({ made: bucket, at: now });
  }
  const known = new Set(all().flatMap((version) => (version.isDeleteMarker ? [] : [version.file])));
  for (const file of readdirSync(bodies)) if (!known.has(file)) rmSync(join(bodies, file));
  const missing = [...known].find((file) => !existsSync(join(bodies, file)));
  if (missing !== undefined) {
    throw new Error(
      `${join(bodies, missing)} is missing: an object has no body. Move the data folder aside to start anew.`,
    );
  }

  const drop = (version: Version) => {
    if (!version.isDeleteMarker) rmSync(join(bodies, version.file), { force: true });
  };

  return {
    createdAt: (bucket) => made.get(bucket) ?? now,
    keys(bucket) {
      const found = sorted.get(bucket) ?? [...(stored.get(bucket)?.keys() ?? [])].sort(byBytes);
      sorted.set(bucket, found);
      return found;
    },
    versions: ({ bucket, key }) => (stored.get(bucket)?.get(key) ?? []).toReversed(),
    put(given, body, isVersioned) {
      const file = randomUUID();
      writeFileSync(join(bodies, `${file}.new`), body, { mode: 0o600 });
      renameSync(join(bodies, `${file}.new`), join(bodies, file));
      const version: ObjectVersion = { ...given, versionId: isVersioned ? newVersionId() : 'null', file };
      const replaced = isVersioned ? [] : listOf(version).filter(({ versionId }) => versionId === 'null');
      journal.append({ put: version });
      take(version);
      for (const each of replaced) drop(each);
      return version;
    },
    mark(place, at) {
      const marker: DeleteMarker = { ...place, at, versionId: newVersionId(), isDeleteMarker: true };
      journal.append({ put: marker });
      take(marker);
      return marker;
    },
    setRetention({ retention: _before, ...version }, retention) {
      const changed: ObjectVersion = { ...version, ...(retention && { retention }) };
      journal.append({ put: changed });
      take(changed);
    },
    remove(version) {
      const { bucket, key, versionId } = version;
      journal.append({ removed: { bucket, key, versionId } });
      forget(version);
      drop(version);
    },
    read: ({ file }) => readFileSync(join(bodies, file)),
    close() {
      journal.close();
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}

const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));
