/**
 * The headings of HTCDS files. The standard's field list, its spreadsheet and its form spell four of them differently, and the
 * spreadsheet leaves one empty. All are read; each can be written.
 */
import { type HtcdsField, htcdsFields } from './htcds-fields.ts';

export const dialects = ['standard', 'spreadsheet', 'form'] as const;
export type Dialect = (typeof dialects)[number];

/** What the standard has no field for, or says with loss. */
export const extensionNames = [
  'ct_Reference',
  'ct_ReceivedAt',
  'ct_ReporterType',
  'ct_ChildName',
  'ct_Gender',
  'ct_Race',
  'ct_AgeBand',
  'ct_Region',
  'ct_Population',
  'ct_LegalStatus',
  'ct_Placement',
  'ct_Language',
  'ct_CareTiming',
  'ct_Exploitation',
  'ct_ExploitedFor',
  'ct_Venue',
  'ct_Perpetrators',
  'ct_Recruitment',
  'ct_Control',
  'ct_Outcome',
  'ct_DecisionPath',
  'ct_ServicesOffered',
] as const;
export type ExtensionName = (typeof extensionNames)[number];

const byName = new Map(htcdsFields.map((field) => [field.name, field]));
export const fieldNamed = (name: string): HtcdsField | undefined => byName.get(name);
export const isExtension = (name: string): name is ExtensionName =>
  (extensionNames as readonly string[]).includes(name);

/** The core fields in the order of the field list, without the deprecated. */
const core = htcdsFields.filter((field) => field.core && !field.deprecated).map(({ name }) => name);

/** The field whose heading is empty in the spreadsheet, and the one that stands before it. */
const unnamed = 'cas_ReasonForOutgoingReferral';
const beforeUnnamed = 'cas_ReferredPrimaryCaseWorker';

/** How a dialect spells a field, where it differs from the field list. */
const spellings: Readonly<Record<Dialect, Readonly<Record<string, string>>>> = {
  standard: {},
  spreadsheet: { vic_TraffickingStatusDecisionMakingOrg: 'vic_TraffickinStatusDecisionMakingOrg', [unnamed]: '' },
  form: {
    prs_FirstName: 'prs_First_Name',
    prs_SecondName: 'prs_Second_Name',
    vic_MethodsOfControl: 'vic_Methods_of_Control',
  },
};

/** The form has no place for the case's end and its outgoing referral. */
const notInForm: readonly string[] = core.slice(core.indexOf('cas_IncomingReferralDetails') + 1);
const without = (names: readonly string[]): readonly string[] =>
  core.filter((name) => !names.includes(name) || name === 'con_Consent');

/** The columns of a dialect: its core fields, then the extensions. */
export const columnsOf = (dialect: Dialect): readonly string[] => [
  ...(dialect === 'form' ? without([...notInForm, 'cas_ReasonForCaseClosure', 'cas_CaseOwner']) : core),
  ...extensionNames,
];

/** The heading rows of a dialect. The spreadsheet has its labels below its names. */
export function headingsOf(dialect: Dialect): readonly (readonly string[])[] {
  const columns = columnsOf(dialect);
  const names = columns.map((name) => spellings[dialect][name] ?? name);
  return dialect === 'spreadsheet' ? [names, columns.map((name) => fieldNamed(name)?.label ?? name)] : [names];
}

const aliases = new Map(
  Object.values(spellings).flatMap((spelled) =>
    Object.entries(spelled).flatMap(([name, spelling]) => (spelling === '' ? [] : [[spelling, name] as const])),
  ),
);

const labels = new Map<string, string | undefined>();
// A label that several fields have names none of them.
for (const { name, label } of htcdsFields) labels.set(label, labels.has(label) ? undefined : name);

/** The field of each column, by the first row of a file. Undefined for a heading that is none. */
export function fieldsIn(headings: readonly string[]): readonly (string | undefined)[] {
  return headings.map((heading, index) => {
    if (heading === '') return headings[index - 1] === beforeUnnamed ? unnamed : undefined;
    if (fieldNamed(heading) || isExtension(heading)) return heading;
    return aliases.get(heading) ?? labels.get(heading);
  });
}

/** Whether a row is the labels of these columns, as the spreadsheet has them in its second row. */
export const isLabels = (cells: readonly string[]): boolean => {
  const known = new Set(htcdsFields.map(({ label }) => label));
  const given = cells.filter((cell) => cell !== '' && !isExtension(cell));
  return given.length > 2 && given.every((cell) => known.has(cell));
};
