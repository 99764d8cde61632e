import * as z from 'zod';
import type { Resource } from './template.ts';

/**
 * The resource's properties in the given shape. A strict shape names all that is reproduced here: what it lacks would be
 * accepted and ignored. Throws a sentence that names the resource.
 */
export function readProperties<Shape extends z.ZodType>(
  { logicalId, properties }: Pick<Resource, 'logicalId' | 'properties'>,
  shape: Shape,
): z.infer<Shape> {
  const parsed = shape.safeParse(properties);
  if (parsed.success) return parsed.data;
  throw new Error(`${logicalId} cannot run here: ${z.prettifyError(parsed.error)}`);
}
