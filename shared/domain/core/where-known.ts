/**
 * Optional fields. What is not known is left out of a record, and never stored as `undefined`.
 */

/** The same fields. One that may be undefined may be absent instead. */
type WhereKnown<Fields> = {
  [Name in keyof Fields as undefined extends Fields[Name] ? never : Name]: Fields[Name];
} & {
  [Name in keyof Fields as undefined extends Fields[Name] ? Name : never]?: Exclude<Fields[Name], undefined>;
};

/** The fields that have a value: `{ id, ...whereKnown({ phone }) }` has a `phone` only where it is known. */
export function whereKnown<const Fields extends object>(fields: Fields): WhereKnown<Fields> {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) known[name] = value;
  return known as WhereKnown<Fields>;
}
