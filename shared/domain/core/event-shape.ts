/** The shape of one stored event, made of the schemas of its subject. */
import type * as z from 'zod';

/** An event of this type among these schemas, in the present version. */
export type EventIn<Schemas extends Record<string, z.ZodType>, Type extends keyof Schemas> = {
  readonly type: Type;
  readonly v: 1;
} & z.infer<Schemas[Type]>;
