/** Invented examples made from a JSON schema, so that a new field has an example at once. */

export type Schema = { readonly [keyword: string]: unknown };

/** Examples of fields whose schema does not say what a value looks like. All are invented. */
const byField: Readonly<Record<string, unknown>> = {
  id: 'CR-7F3KD-9QXMTQ',
  referralId: 'CR-7F3KD-9QXMTQ',
  referralIds: ['CR-7F3KD-9QXMTQ'],
  siblings: [],
  candidates: [],
  reportId: 'RP-2M8XA-0C4WZS',
  of: 'CR-4T9PB-6HNJWK',
  mergedInto: 'CR-4T9PB-6HNJWK',
  deadlineId: 'CR-7F3KD-9QXMTQ.D15.1',
  run: 'CR-7F3KD-9QXMTQ.D15.1',
  shiftId: 'SH-1-1',
  importId: 'TI-3',
  materialId: 'TM-4',
  withId: 'SH-1-2',
  alertId: 'CR-7F3KD-9QXMTQ.A1',
  personId: 'P-EXAMPLE-1',
  insteadOf: 'P-EXAMPLE-2',
  group: 'hart-lead',
  consultedId: 'P-EXAMPLE-2',
  forPeople: ['P-EXAMPLE-1', 'P-EXAMPLE-2'],
  agencyId: 'A-HARTFORD',
  providerId: 'PR-EXAMPLE-1',
  office: 'HARTFORD',
  responseOffice: 'NORWICH',
  townId: 'NEW-HAVEN',
  tribe: 'MOHEGAN',
  notice: 'N1',
  court: 'JUVENILE.HARTFORD',
  hearing: 'H1',
  booking: 'B1',
  need: 'N1',
  ask: 'PQ-3F7KD-9QXMTQ',
  appointment: 'H1',
  contactId: 'P-EXAMPLE-2',
  holderId: 'P-EXAMPLE-1',
  delegateId: 'P-EXAMPLE-3',
  regions: ['4'],
  languages: ['english', 'spanish'],
  team: 'MDT-HARTFORD',
  version: '2.0',
  name: 'Aspen Example',
  policy: 'connecticut-2026.1',
  phone: '203-555-0100',
  reporterPhone: '203-555-0100',
  safeNumber: '203-555-0101',
  phone24h: '203-555-0102',
  email: 'aspen@school.example',
  relation: 'teacher',
  town: 'Hartford',
  residenceTown: 'Hartford',
  occurrenceTown: 'Hartford',
  presentTown: 'Hartford',
};

const byFormat: Readonly<Record<string, string>> = {
  date: '2011-05-17',
  'date-time': '2026-11-25T20:00:00Z',
};

/**
 * An invented value that the schema accepts: its own example where it names one. A union gives its first member, an enum its
 * first code, an object all its fields.
 */
export function exampleOf(schema: Schema, field = ''): unknown {
  // A group of duties has the name of a recipient group, and is an object.
  const given = byField[field];
  // A number or a code may have the name of a field of words.
  const isOther =
    (typeof given === 'string' && schema.type === 'number') ||
    (Array.isArray(schema.enum) && !schema.enum.includes(given));
  if (given !== undefined && schema.type !== 'object' && !isOther) return given;
  if (schema.example !== undefined) return schema.example;
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const [way] = (schema.anyOf ?? schema.oneOf ?? []) as readonly Schema[];
  if (way) return exampleOf(way, field);
  switch (schema.type) {
    case 'string':
      return byFormat[String(schema.format)] ?? 'Invented words.';
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 1));
    case 'array':
      return schema.items ? [exampleOf(schema.items as Schema)] : [];
    case 'object': {
      const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      return Object.fromEntries(fields.map(([name, member]) => [name, exampleOf(member, name)]));
    }
    default:
      return {};
  }
}
