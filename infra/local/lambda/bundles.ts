/**
 * The code of the functions, shared between their instances. Each bundle is read once. The engine's compiled code is
 * kept on disk, so that no instance compiles what an earlier one has run.
 */
import { createHash, hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';

export interface Bundle {
  /** UTF-8. Undefined where the file cannot be read. */
  readonly source: Uint8Array<SharedArrayBuffer> | undefined;
  /** What the engine compiled of it in an earlier instance; the engine itself refuses what is not of this source. */
  readonly compiled: Uint8Array<SharedArrayBuffer> | undefined;
  /** Takes what an instance has compiled, for those after it. */
  keep(compiled: Uint8Array): void;
}

const digestLength = 32;
const mostKept = 100;

/** Gives the bundle of a file. Compiled code is found again in `folder`; without it, or where it cannot be written, in memory alone. */
export function openBundles(folder: string | undefined): (file: string) => Bundle {
  const known = new Map<string, Bundle>();
  return (file) => {
    const bundle = known.get(file) ?? open(file);
    if (bundle.source) known.set(file, bundle);
    return bundle;
  };

  function open(file: string): Bundle {
    const source = readShared(file);
    if (!source) return { source, compiled: undefined, keep: () => undefined };
    // The tag stands for the engine's version and flags, with which compiled code changes.
    const name = createHash('sha256').update(source).update(String(cachedDataVersionTag())).digest('hex');
    const place = folder && join(folder, name);
    let compiled = place === undefined ? undefined : readWhole(place);
    return {
      source,
      get compiled() {
        return compiled;
      },
      keep(code) {
        compiled = shared(code);
        if (folder !== undefined && place !== undefined) writeWhole(folder, place, code);
      },
    };
  }
}

function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

function readShared(file: string): Uint8Array<SharedArrayBuffer> | undefined {
  try {
    return shared(readFileSync(file));
  } catch {
    return undefined;
  }
}

/** The digest stands first: the engine would run a damaged file as it is. */
function readWhole(place: string): Uint8Array<SharedArrayBuffer> | undefined {
  const bytes = readShared(place);
  const code = bytes?.subarray(digestLength);
  return bytes && code && digestOf(code).equals(bytes.subarray(0, digestLength)) ? code : undefined;
}

/** What cannot be kept is compiled again. */
function writeWhole(folder: string, place: string, code: Uint8Array): void {
  try {
    mkdirSync(folder, { recursive: true });
    const unfinished = `${place}.${process.pid}`;
    writeFileSync(unfinished, Buffer.concat([digestOf(code), code]), { mode: 0o600 });
    renameSync(unfinished, place);
    removeOldest(folder);
  } catch {
    // A folder that this process may not write to.
  }
}

/** Those of bundles that have changed since; a file is about 1 MB. */
function removeOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length <= mostKept) return;
  const aged = names.map((name) => ({ place: join(folder, name), at: statSync(join(folder, name)).mtimeMs }));
  for (const { place } of aged.toSorted((one, other) => other.at - one.at).slice(mostKept))
    rmSync(place, { force: true });
}

const digestOf = (code: Uint8Array) => hash('sha256', code, 'buffer');
