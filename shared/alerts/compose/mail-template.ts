/**
 * The form of a mail's template. It is data: two languages, lines with placeholders, a version. A placeholder outside the list
 * below does not compile and does not load. So this list decides what a mail can say.
 */
import * as z from 'zod';
import { languages } from '../../domain/core/vocabulary.ts';

/** All that a mail may say of a referral: nothing of the child, the reporter or the place. */
export const placeholders = [
  'reference',
  /** The act for a subject: `notify police`. */
  'act',
  /** The act within the mail, such as `screen the child`. */
  'task',
  /** The words of the button that leads to the act. */
  'button',
  /** The time of the act for a subject: `Mon 10:00 PM`. */
  'by',
  /** The same, whole: `Mon, Nov 9, 10:00 PM`. */
  'when',
  /** The time between the writing and the due instant, where it is short. */
  'timeLeft',
  'timeOver',
  /** The tasks of the reader, each with its time, where there are several. */
  'tasks',
  /** How many tasks there are beside the first. */
  'more',
  'count',
  /** The number of open tasks of other people. */
  'others',
  /** The hard stop, after which the act is of no use. */
  'stop',
  /** The tasks of a call that is over, without a time. */
  'ended',
  /** The tasks that stay open after the end of a referral, each with its time. */
  'owed',
  /** The subject of the first of several alerts, without its reference. */
  'lead',
  /** How many tasks of a summary are overdue. */
  'missed',
  'otherReference',
  /** The drafts that no one has changed, and those that ended, each with its times. */
  'left',
  'expired',
  'team',
  'gaps',
  /** The agreements that end or are to be reviewed. */
  'agreements',
  /** The findings of the audit. */
  'findings',
  'declined',
  'seat',
  'minutes',
  'place',
  'why',
  'oncall',
  /** The time at which the next person is called. */
  'nextCall',
  /** The end of the pause in which police ask for no contact with the child or family. */
  'noContactBefore',
] as const;
export type Placeholder = (typeof placeholders)[number];

/** The conditions of lines. */
export const flags = [
  /** The most urgent duty of the mail is overdue. */
  'overdue',
  /** The mail asks for several tasks. */
  'several',
  /** A mail may be read too late for a clock of the mail: the reader should call. */
  'hurry',
  'noOffice',
  'noTown',
  /** Some first deadlines of a new referral could not be computed yet. */
  'clocksMissing',
  'overtaken',
  'draftsExpired',
  'decision',
  'declinedSeat',
  'answersSeat',
  /** A seat is asked for by name. */
  'seatAsked',
  'answersLinkage',
  /** A person asks again for an answer that has not come. */
  'again',
  'timeProposed',
  'turnedDown',
  'assigned',
  'conflict',
  'conflictUnknown',
  'nothingOwed',
  /** The reader decides about the access, and is not only told of it. */
  'reviews',
  /** An earlier copy of the mail may have arrived. */
  'repeat',
  /** The reader has nothing to do. */
  'nothingToDo',
] as const;
export type Flag = (typeof flags)[number];

/**
 * A line is left out where a placeholder has no value. It comes once for each value where a placeholder has several. A
 * line that begins with `- ` is an item of a list.
 */
const line = z.union([z.string(), z.strictObject({ when: z.enum(flags), say: z.string() })]);
type Line = z.infer<typeof line>;
/** Texts of which a mail shows one: the first whose placeholders have values, and that fits. */
const choice = z.array(line).min(1);
const said = z.strictObject({
  /** What to do and by when, and the reference last. */
  subject: choice,
  /** The same as the largest words of the mail. The subject without its reference, where it is left out. */
  heading: choice.optional(),
  lines: z.array(line),
  /** What the button does: a verb and what it is about. */
  button: choice,
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
  /** Why the reader gets the mail: its first line, which a lock screen shows below the subject. */
  why: z.string(),
  reference: z.string(),
  /** The same where a list tells of a new one. */
  newReference: z.string(),
  /** One task within a list. */
  open: z.string(),
  overdue: z.string(),
  escalated: z.string(),
  /** For equal lines about several deadlines. */
  several: z.string(),
  /** Lines before all others. */
  before: z.array(line),
  /** The person to call, after the button. */
  call: choice,
  after: z.array(line),
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
  const shape = ({ subject, heading = [], lines, button }: Said) =>
    [subject, heading, lines, button].map((each) =>
      each.map((text) => {
        const condition = typeof text === 'string' ? '' : text.when;
        return `${condition}:${namesIn(textOf(text)).toSorted().join()}`;
      }),
    );
  if (JSON.stringify(shape(one)) !== JSON.stringify(shape(other))) {
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
      const { subject, heading = [], lines, button } = parsed.data[language];
      checkNames(id, [...subject, ...heading, ...lines, ...button].map(textOf));
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
    const { before, call, after, footer, ...texts } = parsed[language];
    checkNames('frame', [...Object.values(texts), ...[...before, ...call, ...after].map(textOf), ...footer]);
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

/** With a capital, as a sentence begins. */
export const capital = (text: string): string => text.replace(/^(?:- )?\p{Ll}/u, (start) => start.toUpperCase());

/** All of these texts that hold for these facts, each as a sentence. */
export const fillAll = (texts: readonly Line[], facts: Facts): readonly string[] =>
  texts.flatMap((text) => fill(text, facts)).map((text) => capital(text));

/**
 * The first of these texts that holds and is not longer than `most` characters. Where none is that short, the last that
 * holds. Throws where none holds.
 */
export function fillFirst(texts: readonly Line[], facts: Facts, most = Number.POSITIVE_INFINITY): string {
  const filled = texts.flatMap((text) => fillAll([text], facts).slice(0, 1));
  const sentence = filled.find(({ length }) => length <= most) ?? filled.at(-1);
  if (sentence === undefined) throw new Error('A text of a mail has a placeholder without a value.');
  return sentence;
}
