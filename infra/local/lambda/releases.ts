/**
 * The published versions of the functions, and the aliases that name them. A start with a changed template is a
 * deployment. Each function that changed gets a version, and the template's alias names it. As in AWS, a version keeps
 * its code and settings. An alias that an operator moved stays until its function changes again.
 */
import { existsSync } from 'node:fs';
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';

const version = z.object({
  number: z.int().min(1),
  /** Epoch milliseconds. */
  publishedAt: z.number(),
  /** Where its bundle lies. */
  code: z.string(),
  /** The function's properties of the template, as they were. */
  properties: z.record(z.string(), z.unknown()),
});
const published = z.object({
  versions: z.array(version),
  /** The numbers of the versions that the aliases name. */
  aliases: z.record(z.string(), z.int().min(1)),
  /** The highest number so far: a number is never given twice. */
  last: z.int().min(0),
});

export type Version = z.infer<typeof version>;
type Published = z.infer<typeof published>;

export type Releases = ReturnType<typeof openReleases>;

/** Strict: traffic that is split, or instances kept ready, would be accepted and ignored. */
const aliasProperties = z.strictObject({
  Name: z.string(),
  FunctionName: z.string(),
  FunctionVersion: z.string(),
  Description: z.string().optional(),
});
const versionProperties = z.strictObject({ FunctionName: z.string() });

/** `folder`: where versions and aliases are found again; in memory without it. `now` in epoch milliseconds. */
export function openReleases(options: {
  readonly template: Template;
  readonly codeOf: (functionResource: Resource) => string;
  readonly now: () => number;
  readonly folder?: string | undefined;
}) {
  const { template, folder } = options;
  // The settings of a function name keys and tables, and no person's data.
  const kept = openKept(folder, 'releases.json', z.record(z.string(), published), { isSecret: true });
  const known = new Map<string, Published>(
    Object.entries(kept.found ?? {}).map(([name, { versions, ...rest }]) => {
      // An assembly is removed after some more syntheses. A version without code is no version.
      const left = versions.filter(({ code }) => existsSync(code));
      return [name, { ...rest, versions: left }];
    }),
  );
  const write = () => kept.keep(Object.fromEntries(known));
  const of = (name: string): Published => known.get(name) ?? { versions: [], aliases: {}, last: 0 };

  let changed = false;
  for (const resource of template.ofType('AWS::Lambda::Version')) {
    const { FunctionName: name } = readProperties(resource, versionProperties);
    const owner = template.ofType('AWS::Lambda::Function').find((each) => each.name === name);
    if (!owner) throw new Error(`${resource.logicalId} is a version of ${name}, which is no function of the template.`);
    const found = of(name);
    const latest = found.versions.at(-1);
    const code = options.codeOf(owner);
    const isSame = latest && JSON.stringify(latest.properties) === JSON.stringify(owner.properties);
    if (isSame && latest.number === found.last) {
      if (latest.code === code) continue;
      // The same code in a newer assembly, which is kept for longer.
      known.set(name, { ...found, versions: [...found.versions.slice(0, -1), { ...latest, code }] });
    } else {
      const number = found.last + 1;
      const added = { number, publishedAt: options.now(), code, properties: { ...owner.properties } };
      // The template's aliases are moved below.
      known.set(name, { versions: [...found.versions, added], aliases: {}, last: number });
    }
    changed = true;
  }
  for (const resource of template.ofType('AWS::Lambda::Alias')) {
    const { Name, FunctionName: name } = readProperties(resource, aliasProperties);
    const found = of(name);
    const named = found.aliases[Name];
    if (found.versions.some(({ number }) => number === named)) continue;
    const latest = found.versions.at(-1);
    if (!latest) throw new Error(`The alias ${resource.logicalId} names a version that is not in the template.`);
    known.set(name, { ...found, aliases: { ...found.aliases, [Name]: latest.number } });
    changed = true;
  }
  if (changed) write();

  return {
    /** Oldest first. */
    versions: (name: string): readonly Version[] => of(name).versions,
    /** The numbers of the versions that they name, by the name of the alias. */
    aliases: (name: string): Readonly<Record<string, number>> => of(name).aliases,
    /** Names another version, which must exist. */
    move(name: string, aliasName: string, number: number) {
      const found = of(name);
      known.set(name, { ...found, aliases: { ...found.aliases, [aliasName]: number } });
      write();
    },
    /** Forgets a version that no alias names. */
    remove(name: string, number: number) {
      const found = of(name);
      known.set(name, { ...found, versions: found.versions.filter((each) => each.number !== number) });
      write();
    },
  };
}
