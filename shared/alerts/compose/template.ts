/**
 * The form of a mail's template. It is data: two languages, lines with placeholders, a version. A placeholder outside the list
 * below does not compile and does not load. So this list decides what a mail can say.
 */
import * as z from 'zod';
import { languages } from '../../domain/core/vocabulary.ts';

/** All that a mail may say of a referral: nothing of the child, the reporter or the place. */
export const placeholders = [
  'reference',
  'obligation',
  'rule',
  'when',
  /** The drafts that no one has changed, and those that ended, each with its times. */
  'left',
  'expired',
  /** `due …`, or `was due …` after that time. */
  'due',
  /** The hard stop, after which the act is of no use. */
  'stop',
  /** The tasks of the reader, each with its time. */
  'asked',
  /** The tasks of a call that is over, without a time. */
  'ended',
  'others',
  'count',
  /** The subject of the first of several alerts. */
  'first',
  'owed',
  /** How many duties of a summary are overdue. */
  'missed',
  'otherReference',
  'team',
  'gaps',
  /** The findings of the audit. */
  'findings',
  'declined',
  'seat',
  'minutes',
  'place',
  'why',
  'link',
  'oncall',
  /** The time at which the next person is called. */
  'nextCall',
  /** The on-call number, for a clock of four hours or less. */
  'urgentCall',
  /** The end of the pause in which police ask for no contact with the child or family. */
  'noContactBefore',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** The conditions of lines. */
export const flags = [
  'noOffice',
  'noTown',
  /** All first deadlines of a new referral are open. */
  'clocksRun',
  /** Some could not be computed yet. */
  'clocksMissing',
  'overtaken',
  'draftsExpired',
  'decision',
  'answersSeat',
  /** A seat is asked for by name. */
  'seatAsked',
  'answersLinkage',
  'answersElsewhere',
  'timeProposed',
  'turnedDown',
  'conflict',
  'conflictUnknown',
  'anyQuestion',
  'nothingOwed',
  'urgentWithoutNumber',
  /** The mail calls a person. Without an answer the next person is called. */
  'calls',
  /** The call is about several duties. */
  'several',
  /** An earlier copy of the mail may have arrived. */
  'repeat',
  /** The mail says that a call is over. The reader has nothing to do. */
  'nothingToDo',
  /** Every other mail asks its reader to act. */
  'toAct',
] as const;
export type Flag = (typeof flags)[number];

/** A line is left out where a placeholder has no value. It comes once for each value where a placeholder has several. */
const line = z.union([z.string(), z.strictObject({ when: z.enum(flags), say: z.string() })]);
type Line = z.infer<typeof line>;
const said = z.strictObject({
  subject: z.string(),
  /** The subject where a placeholder of `subject` has no value. */
  plainSubject: z.string().optional(),
  lines: z.array(line).min(1),
});
const template = z.strictObject({
  id: z.string().regex(/^[a-z][a-z-]*$/),
  version: z.int().min(1),
  en: said,
  es: said,
});
type Said = z.infer<typeof said>;
export type Template = z.infer<typeof template>;

/** The text around every mail, and parts of lines. */
const framePart = z.strictObject({
  heading: z.string(),
  /** The heading of a mail about a team and no referral. */
  teamHeading: z.string(),
  open: z.string(),
  overdue: z.string(),
  /** For equal lines about several deadlines. */
  several: z.string(),
  due: z.string(),
  wasDue: z.string(),
  /** For a deadline that has passed, while the act is still of use. */
  ends: z.string(),
  /** After the time of the first duties: the rules of those with another time. */
  also: z.string(),
  /** Lines before all others. */
  before: z.array(line),
  after: z.array(line),
  button: z.string(),
  footer: z.array(z.string()),
});
const frame = z.strictObject({ version: z.int().min(1), en: framePart, es: framePart });
export type MailFrame = z.infer<typeof frame>;

type NamedIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamedIn<Rest> : never;
/** The same shape, with `never` for each text that names an unknown placeholder. */
type Checked<Part> = Part extends string
  ? Exclude<NamedIn<Part>, Placeholder> extends never
    ? Part
    : never
  : Part extends number
    ? Part
    : { readonly [Key in keyof Part]: Checked<Part[Key]> };

type Frozen<Part> = Part extends string | number ? Part : { readonly [Key in keyof Part]: Frozen<Part[Key]> };

/** Types a template, so that a placeholder outside the list does not compile. */
export const writeTemplate = <const Given extends Frozen<Template>>(given: Given & Checked<Given>): unknown => given;
export const writeFrame = <const Given extends Frozen<MailFrame>>(given: Given & Checked<Given>): unknown => given;

const named = new Map<string, readonly string[]>();
/** More than the lines of all templates, so that each line is parsed once. */
const mostNamed = 5000;

function namesIn(text: string): readonly string[] {
  let names = named.get(text);
  if (!names) {
    names = [...text.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name);
    if (named.size >= mostNamed) named.clear();
    named.set(text, names);
  }
  return names;
}

const textOf = (one: Line): string => (typeof one === 'string' ? one : one.say);

function checkNames(where: string, texts: readonly string[]): void {
  const unknown = texts.flatMap(namesIn).find((name) => !placeholders.includes(name as Placeholder));
  if (unknown !== undefined) {
    throw new Error(
      `The template ${where} has the placeholder {${unknown}}, which no mail may hold: use one of ${placeholders.join(', ')}.`,
    );
  }
}

/** Throws where the languages differ: each line must have the same condition and placeholders in both. */
function checkAlike(where: string, one: Said, other: Said): void {
  const shape = ({ subject, lines }: Said) =>
    [subject, ...lines].map((each) => {
      const condition = typeof each === 'string' ? '' : each.when;
      return `${condition}:${namesIn(textOf(each)).toSorted().join()}`;
    });
  if (shape(one).join('\n') !== shape(other).join('\n')) {
    throw new Error(`The template ${where} does not say the same in both languages: compare its placeholders.`);
  }
}

/**
 * Checks templates at loading. Throws an Error with the template's name for a wrong shape, an unknown placeholder, different
 * languages, or a second copy.
 */
export function loadTemplates(given: readonly unknown[]): readonly Template[] {
  const loaded = given.map((each, index) => {
    const parsed = template.safeParse(each);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Error(`The template at place ${index + 1} is wrong at ${issue?.path.join('.')}: ${issue?.message}.`);
    }
    const { id, version } = parsed.data;
    for (const language of languages) {
      const { subject, plainSubject = '', lines } = parsed.data[language];
      checkNames(id, [subject, plainSubject, ...lines.map(textOf)]);
    }
    checkAlike(id, parsed.data.en, parsed.data.es);
    return { key: `${id} in version ${version}`, template: parsed.data };
  });
  const twice = loaded.find(({ key }, index) => loaded.findIndex((each) => each.key === key) !== index);
  if (twice) throw new Error(`The template ${twice.key} is there twice.`);
  return loaded.map((each) => each.template);
}

/** As `loadTemplates`, for the frame. */
export function loadFrame(given: unknown): MailFrame {
  const parsed = frame.parse(given);
  for (const language of languages) {
    const { before, after, footer, ...texts } = parsed[language];
    checkNames('frame', [...Object.values(texts), ...[...before, ...after].map(textOf), ...footer]);
  }
  return parsed;
}

export interface Facts {
  readonly values: Readonly<Partial<Record<Placeholder, string | readonly string[]>>>;
  readonly flags: readonly Flag[];
}

/** The sentences of a line for these facts: none, one, or one for each value of a placeholder with several. */
export function fill(one: Line, facts: Facts): readonly string[] {
  if (typeof one !== 'string' && !facts.flags.includes(one.when)) return [];
  const text = textOf(one);
  if (!text.includes('{')) return [text];
  const lists = namesIn(text).map((name) => ({ name, values: [facts.values[name as Placeholder] ?? []].flat() }));
  if (lists.some(({ values }) => values.length === 0)) return [];
  const times = Math.max(1, ...lists.map(({ values }) => values.length));
  return Array.from({ length: times }, (_, index) =>
    text.replaceAll(/\{([^}]*)\}/g, (__, name: string) => {
      const { values = [] } = lists.find((list) => list.name === name) ?? {};
      return values[index] ?? values[0] ?? '';
    }),
  );
}

/** The first of these texts whose placeholders all have a value. Throws where none is. */
export function fillFirst(texts: readonly (string | undefined)[], facts: Facts): string {
  for (const text of texts) {
    const [sentence] = text === undefined ? [] : fill(text, facts);
    if (sentence !== undefined) return sentence;
  }
  throw new Error('A text of a mail has a placeholder without a value.');
}
