/** A form as data: its fields, made from the schema that will parse the input. */

import * as z from 'zod';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';

/** The values that a form starts with, by field. */
export type Presets = Readonly<Record<string, readonly string[]>>;

export interface Option {
  readonly value: string;
  readonly words: string;
  /** Options of one group stand together under this heading. */
  readonly group?: string;
  /** It stands in the fold below the others, in a list of ticks or of rows. */
  readonly folded?: boolean;
}

interface Common {
  /** Where the value belongs in the input. It is also the control's name: `children[0].danger`. */
  readonly path: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly required: boolean;
}

export type Field = Common &
  (
    | {
        readonly kind: 'choice';
        readonly options: readonly Option[];
        /** A long list of towns, people or providers is searched by typing. `headed`: the headings of the options are searched too. */
        readonly searched?: 'plain' | 'headed' | undefined;
        /** All options are shown, also where none must be chosen. */
        readonly radios?: true | undefined;
      }
    | { readonly kind: 'choices'; readonly options: readonly Option[] }
    /** A professional by id. One who is not among the options is named by e-mail address. `several`: a list of ids. */
    | { readonly kind: 'person'; readonly options: readonly Option[]; readonly several?: true }
    | {
        readonly kind:
          | 'line'
          | 'text'
          | 'instant'
          | 'date'
          | 'birth-date'
          | 'number'
          | 'yes-no'
          | 'town'
          | 'age'
          | 'assault'
          /** Now, or an earlier time. Neither is chosen at first, because a clock may start with it. */
          | 'known';
      }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    /** One row for each of `rows`, each with a choice: a list of `{ [rowKey]: row, [answerKey]: option }`. */
    | {
        readonly kind: 'each';
        readonly rowKey: string;
        readonly answerKey: string;
        readonly rows: readonly Option[];
        readonly options: readonly Option[];
      }
  );

/** What a schema does not say about its field. */
interface Known {
  readonly kind?:
    | 'line'
    | 'text'
    | 'birth-date'
    | 'town'
    | 'age'
    | 'assault'
    | 'known'
    | 'number'
    | 'person'
    | 'people';
  readonly hint?: string;
  readonly radios?: true;
  /** The words of the box "unknown", for a list where "unknown" can stand beside other codes. */
  readonly unknown?: string;
}

const known: Readonly<Record<string, Known>> = {
  agencyReference: { kind: 'line' },
  approximateAge: {
    kind: 'age',
    hint: 'Such as 15, 13-15, or 16+ for 16 or older. It may be off by two years either way.',
  },
  birthDate: { kind: 'birth-date' },
  caseReference: { kind: 'line' },
  contactId: { kind: 'person' },
  delegateId: { kind: 'person' },
  directions: { hint: 'It is kept in the vault. No e-mail and no calendar shows it.' },
  forPeople: { kind: 'people' },
  personId: { kind: 'person' },
  danger: { hint: 'Unknown runs the two-hour clock until a person says no.' },
  consultedId: { hint: 'Needed where counsel was consulted.' },
  covers: { hint: 'One call may cover several: tick each that it was.' },
  answers: {
    hint: 'This project’s own checklist; it has not been validated. Unknown is an answer, and is never read as no.',
  },
  exploitedFor: { radios: true },
  heldAt: { kind: 'line' },
  heldBy: { kind: 'line', hint: 'An office or a desk. Never the person who reported.' },
  indicators: { hint: 'This project’s own checklist; it has not been validated.' },
  knownAt: { kind: 'known', hint: 'Clocks that it starts count from then, and not from when you type it.' },
  screenedAt: { kind: 'known', hint: 'The clocks of the outcome count from then, and not from when you type it.' },
  lastAssaultAt: { kind: 'assault', hint: 'It decides how long an acute medical examination is of use.' },
  meetingNotes: { hint: 'They are kept in the vault. People on the team read them with the agenda.' },
  tasksBy: { hint: 'For all tasks chosen above. Leave empty for two weeks.' },
  learned: { hint: 'Ask about each. Then screen for trafficking: each return needs a screening too.' },
  minutes: { hint: 'A number. Leave empty for an hour.' },
  missingEpisodes: { kind: 'number', hint: 'A number. Leave empty if not known.' },
  narrative: { hint: 'In the words of the caller. Only people who may open this referral can read it.' },
  occurrenceTown: { kind: 'town' },
  perpetrators: {
    hint: 'Tick everyone: a caregiver who sells a child, and those who buy. Leave all empty if no one knows.',
    unknown: 'Others, not known who',
  },
  paperNumber: { kind: 'line' },
  personReached: { kind: 'line' },
  personTold: { kind: 'line' },
  receivedBy: { kind: 'line' },
  presentTown: { kind: 'town' },
  priorIds: { hint: 'Of this or another system, with commas between them.' },
  receivedAt: { hint: 'New York time. Leave empty if it is now.' },
  lateReason: { hint: 'Only for a report that was heard an hour ago or earlier, such as one from the paper form.' },
  residenceTown: { kind: 'town' },
  waitDays: { kind: 'number', hint: 'For a waiting list alone: a number, or the word unknown.' },
  part2Record: {
    kind: 'text',
    hint: 'Only the provider of the service, the caseworker and the liaison can read it, while the consent stands.',
  },
  seenAlone: { hint: 'Needed where the child was seen. "Not known" is an answer.' },
  startsOn: { hint: 'Month, day and year. Leave empty if you do not know yet.' },
  proposedTime: { hint: 'New York time. Leave empty if the time of the meeting suits you.' },
};

export const optionsOf = (codes: readonly string[]): readonly Option[] =>
  codes.map((value) => ({ value, words: words(value) }));

/** Whether a value is required, and the schema beneath. A form shows no default: an answer is a person's. */
function peel(schema: unknown): { readonly inner: unknown; readonly required: boolean } {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return { ...peel(schema.unwrap()), required: false };
  if (schema instanceof z.ZodPipe) return peel(schema.in);
  return { inner: schema, required: true };
}

/** The fields of a schema, in its order. `path` is the place of its object in the input. */
export function fieldsOf(schema: z.ZodObject, path = ''): readonly Field[] {
  return Object.entries(schema.shape).map(([name, field]) =>
    fieldOf(name, field, path === '' ? name : `${path}.${name}`),
  );
}

function fieldOf(name: string, schema: unknown, path: string): Field {
  const { inner, required } = peel(schema);
  const { kind, hint, unknown, radios } = known[name] ?? {};
  const common = { path, label: labelOf(name), required, ...whereKnown({ hint }) };
  if (kind === 'person') return { ...common, kind, options: [] };
  if (kind === 'people') return { ...common, kind: 'person', options: [], several: true };
  if (kind === 'known') return { ...common, kind, required: true };
  if (kind !== undefined) return { ...common, kind };
  if (inner instanceof z.ZodEnum) {
    const options = optionsOf(inner.options.map(String));
    return { ...common, kind: 'choice', options, ...whereKnown({ radios }) };
  }
  if (inner instanceof z.ZodArray) return listOf(common, inner.element, unknown);
  if (inner instanceof z.ZodObject) {
    const fields = fieldsOf(inner, path);
    return { ...common, kind: 'group', fields: required ? fields : fields.map(onlyWithTheOthers) };
  }
  if (inner instanceof z.ZodBoolean) return { ...common, kind: 'yes-no' };
  if (inner instanceof z.ZodNumber) return { ...common, kind: 'number' };
  if (inner instanceof z.ZodISODateTime) {
    // An act without its time takes place now. Another time left empty, such as one proposed, is none.
    const late = name === 'at' && !required ? ' Leave empty if it is now.' : '';
    return { hint: `New York time.${late}`, ...common, kind: 'instant' };
  }
  if (inner instanceof z.ZodISODate)
    return { hint: 'Month, day and year, such as 11/25/2026.', ...common, kind: 'date' };
  if (!(inner instanceof z.ZodString) || inner.meta()?.vault !== true) return { ...common, kind: 'line' };
  // A reason that another person judges has a least length.
  const least = (inner.minLength ?? 0) > 1 ? { hint: `At least ${inner.minLength} letters or digits.` } : {};
  return { ...least, ...common, kind: 'text' };
}

/** A required field of an optional group is required only where the group is filled in. */
const onlyWithTheOthers = (field: Field): Field =>
  field.required ? { ...field, required: false, hint: 'Needed where any of these is filled in.' } : field;

/** A list of codes, or of rows that each give one code an answer. */
function listOf(common: Common, element: unknown, unknownBox?: string): Field {
  if (element instanceof z.ZodObject) {
    const [[rowKey, rows], [answerKey, answers]] = Object.entries(element.shape) as [
      [string, z.ZodEnum],
      [string, z.ZodEnum],
    ];
    const [rowOptions, options] = [rows, answers].map((list) => optionsOf(list.options.map(String)));
    return { ...common, kind: 'each', rowKey, answerKey, rows: rowOptions ?? [], options: options ?? [] };
  }
  const codes = element instanceof z.ZodEnum ? element.options.map(String) : [];
  // A list that means "unknown" when nothing is ticked needs no box for it.
  const unknowable = codes.includes('unknown');
  const options = optionsOf(codes.filter((code) => code !== 'unknown'));
  const withUnknown = unknownBox === undefined ? options : [...options, { value: 'unknown', words: unknownBox }];
  return {
    ...(unknowable && { hint: 'Tick all that apply; none if not known.' }),
    ...common,
    kind: 'choices',
    options: withUnknown,
  };
}
