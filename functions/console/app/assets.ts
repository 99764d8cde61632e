/** The files that pages load. A name changes with its content, so browsers keep each for a year. */

/** As the stack makes it: `careline.3f2a9c01de.css`. */
export interface Asset {
  readonly file: string;
  readonly content: string;
}

const types = {
  'careline.css': 'text/css; charset=utf-8',
  'careline.js': 'text/javascript; charset=utf-8',
  'careline.svg': 'image/svg+xml',
} as const;
export type AssetName = keyof typeof types;

/** `careline.3f2a9c01de.css` → `careline.css`. */
const nameOf = (file: string): string => file.replace(/\.[0-9a-f]{10}(?=\.)/, '');
const isAsset = (name: string): name is AssetName => name in types;

export interface Assets {
  /** The path of a file of this release, without the site's base. Throws where the file is missing. */
  pathOf(name: AssetName): string;
  /**
   * The file at this name. A page may be older than the function that answers. So a name of another release gives the file of
   * this one, with `isCurrent` false.
   */
  find(file: string): { readonly content: string; readonly type: string; readonly isCurrent: boolean } | undefined;
}

export function createAssets(all: readonly Asset[]): Assets {
  const byName = new Map(all.map((asset) => [nameOf(asset.file), asset]));
  return {
    pathOf(name) {
      const asset = byName.get(name);
      if (!asset) throw new Error(`The asset ${name} is missing.`);
      return `/assets/${asset.file}`;
    },
    find(file) {
      const name = nameOf(file);
      const asset = byName.get(name);
      if (!asset || !isAsset(name)) return undefined;
      return { content: asset.content, type: types[name], isCurrent: asset.file === file };
    },
  };
}
