/** When the stack of a data folder was first deployed, and last. A start with another template is a deployment. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';

/** Instants in epoch milliseconds. */
const deployment = z.object({
  template: z.string(),
  createdAt: z.number(),
  /** Absent where there was only one deployment. */
  updatedAt: z.number().optional(),
});
export type Deployment = z.infer<typeof deployment>;

/** Notes the template of this assembly as deployed at `now`, unless it is the one that was deployed before. */
export function noteDeployment(
  assembly: string,
  now: number,
  { folder }: { readonly folder?: string | undefined },
): Deployment {
  const template = createHash('sha256')
    .update(readFileSync(join(assembly, 'Careline.template.json')))
    .digest('hex');
  const { found: before, keep } = openKept(folder, 'stack.json', deployment);
  if (before?.template === template) return before;
  const noted = before ? { ...before, template, updatedAt: now } : { template, createdAt: now };
  keep(noted);
  return noted;
}
