/**
 * The frame of every command: how its words and flags are read, its help, what it prints, and its status. What it cannot
 * answer is a sentence on stderr and status 2.
 */
import { parseArgs } from 'node:util';
import { isRefusal, type Refusal } from '../domain/core/refusal.ts';

/** The text for each stream, and the exit status: 0, 2 where `err` says what was wrong, 1 where what was checked is wrong. */
export interface Printed {
  readonly status: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

/** Why there is no answer, in sentences for the person who typed. */
export class CannotAnswer extends Error {}

/** What is no refusal. The sentence of a refusal is thrown as `CannotAnswer`. */
export function unlessRefused<Said>(said: Said): Exclude<Said, Refusal> {
  if (isRefusal(said)) throw new CannotAnswer(said.sentence);
  return said as Exclude<Said, Refusal>;
}

export interface Flag {
  /** What stands for its value in the help, such as `DIR`. A flag without one takes no value. */
  readonly value?: string;
  /** What it does, for the help. */
  readonly says: string;
  /** Its value where it is not given. */
  readonly otherwise?: string;
  /** It may be given more than once. */
  readonly isList?: true;
}
type Flags = Readonly<Record<string, Flag>>;

/** The values of flags: a text, a list of texts, or for a flag without a value whether it was given. */
export type Given<Table extends Flags> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly value: string }
    ? Table[Name] extends { readonly isList: true }
      ? readonly string[] | undefined
      : Table[Name] extends { readonly otherwise: string }
        ? string
        : string | undefined
    : boolean;
};

export interface Act<Table extends Flags, Parts> {
  /** What follows its name, as a person writes it: `ID [--json]`. */
  readonly usage: string;
  /** How many words follow its name: exactly, or from the first number to the second. None where it is absent. */
  readonly words?: number | readonly [least: number, most: number];
  /** The flags that it takes. */
  readonly takes: readonly (keyof Table & string)[];
  /** The text to print. Throws `CannotAnswer` where there is none. */
  readonly answer: (
    asked: { readonly words: readonly string[]; readonly flags: Given<Table> },
    parts: Parts,
  ) => string | Printed | Promise<string | Printed>;
}

export interface Command<Table extends Flags, Parts> {
  /** How it is run: `npm run audit --`. */
  readonly run: string;
  readonly flags: Table;
  /** By the first word. A command with one act alone has it under no name. */
  readonly acts: Readonly<Record<string, Act<Table, Parts>>>;
}

/** Flags that several commands have. */
export const dataFlag = {
  value: 'DIR',
  says: 'The data folder of npm start. Stop the server first.',
  otherwise: '.data',
} as const satisfies Flag;
export const jsonFlag = { says: 'The answer as JSON.' } as const satisfies Flag;

export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Answers the words after the name of the command. It never rejects for what a person typed. */
export async function answerTo<Table extends Flags, Parts>(
  command: Command<Table, Parts>,
  args: readonly string[],
  parts: Parts,
): Promise<Printed> {
  try {
    if (args[0] === 'help' || args.includes('--help')) return { status: 0, out: helpOf(command), err: '' };
    const { act, words, flags } = read(command, args);
    const said = await act.answer({ words, flags }, parts);
    return typeof said === 'string' ? { status: 0, out: said.replace(/[^\n]$/, '$&\n'), err: '' } : said;
  } catch (error) {
    if (error instanceof CannotAnswer) return { status: 2, out: '', err: `${error.message}\n` };
    throw error;
  }
}

/** Prints an answer from this process, and sets its status. */
export async function print(answer: Promise<Printed>): Promise<void> {
  const { status, out, err } = await answer;
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
}

function read<Table extends Flags, Parts>(command: Command<Table, Parts>, args: readonly string[]) {
  const { positionals, tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries<Flag>(command.flags).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string' },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const [name = '', ...words] = Object.hasOwn(command.acts, '') ? ['', ...positionals] : positionals;
  const act = Object.hasOwn(command.acts, name) ? command.acts[name] : undefined;
  if (!act) {
    const what = name === '' ? 'Say what to do' : `There is no command "${name}". There are`;
    throw new CannotAnswer(`${what}: ${Object.keys(command.acts).join(', ')}. See ${command.run} help.`);
  }
  const how = howOf(command, name, act);
  const given: Record<string, string | boolean | string[] | undefined> = {};
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const flag = act.takes.includes(token.name) ? command.flags[token.name] : undefined;
    const typed = `The flag "${token.rawName}"`;
    if (!flag || !token.rawName.startsWith('--'))
      throw new CannotAnswer(`There is no flag "${token.rawName}" here: ${how}.`);
    const known = given[token.name];
    if (known !== undefined && !Array.isArray(known)) throw new CannotAnswer(`${typed} is there twice.`);
    const { value } = token;
    if (flag.value === undefined) {
      if (value !== undefined) throw new CannotAnswer(`${typed} takes no value.`);
      given[token.name] = true;
    } else if (value === undefined || value === '' || (value.startsWith('--') && !token.inlineValue)) {
      throw new CannotAnswer(`${typed} needs a value.`);
    } else given[token.name] = flag.isList ? [...(known ?? []), value] : value;
  }
  const [least, most] = typeof act.words === 'object' ? act.words : [act.words ?? 0, act.words ?? 0];
  if (words.length < least || words.length > most) throw new CannotAnswer(`This is not understood; write ${how}.`);
  const flags = Object.entries<Flag>(command.flags).map(([flag, { value, otherwise }]) => [
    flag,
    given[flag] ?? (value === undefined ? false : otherwise),
  ]);
  return { act, words, flags: Object.fromEntries(flags) as Given<Table> };
}

const howOf = ({ run }: { readonly run: string }, name: string, { usage }: { readonly usage: string }): string =>
  [run, name, usage].filter((part) => part !== '').join(' ');

/** Each act as a person writes it, and each flag with what it does. */
function helpOf<Table extends Flags, Parts>(command: Command<Table, Parts>): string {
  const flags = Object.entries<Flag>(command.flags).map(([name, { value, says, otherwise }]) => [
    `--${name}${value === undefined ? '' : ` ${value}`}`,
    `${says}${otherwise === undefined ? '' : ` Otherwise ${otherwise}.`}`,
  ]);
  const width = Math.max(0, ...flags.map(([flag = '']) => flag.length));
  return [
    ...Object.entries(command.acts).map(([name, act]) => howOf(command, name, act)),
    ...flags.map(([flag = '', says = '']) => `  ${flag.padEnd(width)}  ${says}`),
    '',
  ].join('\n');
}
