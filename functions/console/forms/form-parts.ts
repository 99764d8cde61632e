/** Long forms in parts, one page each. What one page has goes along to the others, and any page records all of it. */
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Field, Presets } from './form-fields.ts';

export interface FormPart {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly string[];
}

/** A field that no part names stands on every page. */
const parts: Readonly<Partial<Record<CommandName, readonly FormPart[]>>> = {
  'record-facts': [
    {
      id: 'child',
      title: 'The child',
      fields: [
        'ageClass',
        'missingNow',
        'gender',
        'race',
        'childLanguage',
        'foreignNational',
        'tribalMember',
        'connecticutResident',
        'emancipated',
      ],
    },
    {
      id: 'care',
      title: 'Home and care',
      fields: ['population', 'legalStatus', 'placement', 'dcfClient', 'homeless', 'homeMeetsNeeds'],
    },
    {
      id: 'done',
      title: 'What was done',
      fields: [
        'lastAssaultAt',
        'exploitedFor',
        'exploitation',
        'venue',
        'careTiming',
        'identifiedBy',
        'recruitment',
        'control',
      ],
    },
    {
      id: 'alleged',
      title: 'Who is alleged',
      fields: ['perpetrators', 'caregiverNamed', 'inFacility', 'facilityEmployee', 'schoolEmployee'],
    },
  ],
  'record-meeting': [
    { id: 'came', title: 'Who came', fields: ['at', 'attended', 'absent', 'waiver'] },
    { id: 'services', title: 'Services', fields: ['services', 'linkages', 'linkagesBy', 'reviewDecision'] },
    { id: 'tasks', title: 'Tasks and minutes', fields: ['tasks', 'tasksBy', 'meetingNotes'] },
  ],
};

export const partsOf = (name: CommandName): readonly FormPart[] => parts[name] ?? [];

/** Whether a path is that of the field, or inside it. */
export const isAt = (path: string, field: string): boolean => path === field || path.startsWith(`${field}.`);

/** The part with the first problem, the one that was turned to, or the one that the task asks for. A task's field stands first. */
export function partShown(
  name: CommandName,
  fields: readonly Field[],
  { turnedTo, problems }: { readonly turnedTo: string | undefined; readonly problems: readonly Problem[] },
): FormPart | undefined {
  const own = partsOf(name);
  const withPath = (path: string | undefined) =>
    own.find((part) => part.fields.some((field) => path !== undefined && isAt(path, field)));
  return (
    problems.map(({ path }) => withPath(path)).find((part) => part !== undefined) ??
    own.find(({ id }) => id === turnedTo) ??
    withPath(fields[0]?.path) ??
    own[0]
  );
}

/** The fields of a page: those of its part, those of none, and each that is wrong. */
export const fieldsOfPart = (
  name: CommandName,
  fields: readonly Field[],
  shown: FormPart | undefined,
  problems: readonly Problem[],
): readonly Field[] =>
  fields.filter(
    ({ path }) =>
      shown?.fields.includes(path) ||
      partsOf(name).every((part) => !part.fields.includes(path)) ||
      problems.some((problem) => isAt(problem.path, path)),
  );

/** The values of the fields that stand on other pages, by the names of their controls. */
export const carriedOf = (
  fields: readonly Field[],
  shown: readonly Field[],
  { typed, presets }: { readonly typed: URLSearchParams | undefined; readonly presets: Presets },
): readonly (readonly [name: string, value: string])[] => {
  const away = fields.filter((field) => !shown.includes(field));
  const values = typed
    ? [...typed]
    : Object.entries(presets).flatMap(([name, all]) => all.map((value) => [name, value] as const));
  return values.filter(([name, value]) => value !== '' && away.some(({ path }) => isAt(name, path)));
};
