/** Reads stored events by the schemas of their subjects, older versions of them included. */
import * as z from 'zod';

/** Makes of an event of one version that event of the next version. Pure, and never removed. */
export type Upcaster = (older: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * By type of event: how its first version becomes its second, the second its third, and so on. A type without upcasters
 * is in its first version.
 */
export type Upcasters<Type extends string> = Readonly<Partial<Record<Type, readonly Upcaster[]>>>;

/**
 * Returns the function that reads a stored event and gives it in the present version of its type. It throws a ZodError
 * naming the field where the event has another shape. It throws an Error where the event is of a newer version.
 */
export function eventReader<Type extends string>(
  schemas: Readonly<Record<Type, z.ZodType>>,
  upcasters?: Upcasters<Type>,
) {
  const head = z.object({ type: z.enum(Object.keys(schemas) as [Type, ...Type[]]), v: z.int().min(1) });
  return (stored: unknown) => {
    const { type, v } = head.parse(stored);
    const steps = upcasters?.[type as Type] ?? [];
    const present = steps.length + 1;
    if (v > present) throw new Error(`This release reads ${type} up to version ${present}, not version ${v}.`);
    const upcast = steps.slice(v - 1).reduce((event, step) => step(event), stored as Parameters<Upcaster>[0]);
    return { type, v: present, ...(schemas[type as Type].parse(upcast) as object) };
  };
}
