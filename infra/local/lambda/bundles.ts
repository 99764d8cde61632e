/** The code of the functions, shared between their instances: no instance compiles what an earlier one has run. */
import { readFileSync } from 'node:fs';

export interface Bundle {
  /** UTF-8. Undefined where the file cannot be read. */
  readonly source: Uint8Array<SharedArrayBuffer> | undefined;
  /** What the engine compiled of it in an earlier instance; the engine itself refuses what is not of this source. */
  compiled: Uint8Array<SharedArrayBuffer> | undefined;
}

/** Gives the bundle of a file, which is read once. */
export function openBundles(): (file: string) => Bundle {
  const known = new Map<string, Bundle>();
  return (file) => {
    const bundle = known.get(file) ?? { source: readShared(file), compiled: undefined };
    if (bundle.source) known.set(file, bundle);
    return bundle;
  };
}

export function shared(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
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
