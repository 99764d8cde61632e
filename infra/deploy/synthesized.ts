/** What the deployment needs to know of the template that it is about to deploy. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stackName } from './account.ts';

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

export type Resources = Readonly<Record<string, Resource>>;

/** The resources of the template in this assembly, by logical id. */
export function readResources(assembly: string): Resources {
  const file = join(assembly, `${stackName}.template.json`);
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly Resources: Resources }).Resources;
}

/** How many places of the account's concurrency the functions reserve together. */
export const reservedIn = (resources: Resources): number =>
  Object.values(resources)
    .map(({ Properties = {} }) => Properties.ReservedConcurrentExecutions)
    .filter((places) => typeof places === 'number')
    .reduce((sum, places) => sum + places, 0);

/** The logical ids that stay in the account when the stack is destroyed, by type; tables and keys among them. */
export function staying(resources: Resources): Readonly<Record<string, readonly string[]>> {
  const kept = Object.entries(resources).filter(([, { DeletionPolicy }]) => DeletionPolicy?.startsWith('Retain'));
  const types = [...new Set(kept.map(([, { Type }]) => Type))].sort();
  return Object.fromEntries(types.map((type) => [type, kept.flatMap(([id, { Type }]) => (Type === type ? [id] : []))]));
}
