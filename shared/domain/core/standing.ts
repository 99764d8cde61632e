/** What stands in a state, compared with what a person read of it. */

/** Those of the fields given that a person answered before, with what they said. Undefined where none was. */
export function standingIn(known: object, given: object): object | undefined {
  const fields = Object.entries(given).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  const stands = Object.entries(known).filter(
    ([field, said]) => fields.includes(field) && said !== undefined && said !== 'unknown' && !isSame(said, ['unknown']),
  );
  return stands.length > 0 ? Object.fromEntries(stands) : undefined;
}

/** Whether two values of a state have the same content. A field that is undefined counts as absent. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [these, those] = [one, other] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) => isSame(these?.[key], those?.[key]));
}
