/** Answers `npm run policy`: a command line in, a text out, or one sentence that says what was wrong with it. */

import { noiseOf, noiseText, type SentNoise } from '../alerts/noise.ts';
import { isAfter } from '../core/instants.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { screeningText } from '../screening/screening-words.ts';
import { dueUnder, readInstant } from './due-under.ts';
import { instantOf, policyInForce, startWords } from './in-force.ts';
import { mapOf } from './pathway-map.ts';
import { pictureOf } from './pathway-picture.ts';

import type { DeadlineRule, Policy } from './policy.ts';
import { differences } from './policy-diff.ts';
import { type DocumentSources, policyDocument } from './policy-document.ts';
import { forNewReferrals, previewOf, previewText } from './policy-preview.ts';
import { codeWords, recipientWords, standingWithSignOff, timeWords } from './rule-words.ts';

/** The sources of an answer. */
export interface Library {
  /** Every released version, oldest first. */
  readonly released: readonly [Policy, ...Policy[]];
  /**
   * Why these versions cannot be released together, oldest first, as one sentence with each clause. Undefined where they
   * can.
   */
  readonly refusedRelease: (versions: readonly Policy[]) => string | undefined;
  /**
   * The policy that the typed name means: a version, or the file of a candidate policy. A refusal says why there is
   * none.
   */
  readonly find: (name: string) => Promise<Policy | Refusal>;
  readonly sources: DocumentSources;
  /** Plays a history of a year, in which all people act in one manner. A refusal says why it could not be played. */
  readonly played: (asked: AskedHistory) => Promise<Played | Refusal>;
  /** The mail that a data folder recorded in its last days. */
  readonly recorded: (folder: string, days: number) => Promise<Played | Refusal>;
  /** The running referrals of a data folder, each with its policy. Also the instant of the folder's clock (UTC). */
  readonly running: (folder: string) => Promise<Running | Refusal>;
}

/** How the people of a played history keep their duties. */
const manners = ['on-time', 'late', 'never'] as const;

export interface AskedHistory {
  readonly act: (typeof manners)[number];
  /** How many days of each referral are played. */
  readonly days: number;
  /** Reports, spread over a year. One may be about two children. */
  readonly reports: number;
}

export interface Played {
  readonly referrals: number;
  readonly sent: readonly SentNoise[];
}

export interface Running {
  readonly now: string;
  readonly referrals: readonly { readonly state: Referral; readonly policy: Policy }[];
}

interface Asked {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
}

interface PolicyCommand {
  readonly usage: string;
  /** How many words it takes: exactly, or from the first number to the second. */
  readonly words: number | readonly [number, number];
  /** Flags that take a value. `json` takes none. */
  readonly flags: readonly string[];
  readonly answer: (asked: Asked, library: Library) => Promise<string | Refusal>;
}

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

const commands: Readonly<Record<string, PolicyCommand>> = {
  due: {
    usage:
      'due ID --from INSTANT [--received INSTANT] [--outcome OUTCOME] [--danger yes|no|unknown] [--policy VERSION | --with FILE] [--json] (received: when the report was received, else as --from; a clock that starts with the receipt needs only one of them)',
    words: 1,
    flags: ['from', 'received', 'outcome', 'danger', 'policy', 'with', 'json'],
    async answer({ words: [id = ''], flags }, library) {
      const policy = await policyIn(flags, library);
      if (isRefusal(policy)) return policy;
      const { from, received, outcome, danger } = flags;
      const answer = dueUnder(policy, { id, from, received, outcome, danger });
      if (isRefusal(answer)) return answer;
      if (flags.json !== undefined) return json({ ...answer, policy: policy.version, inForceFrom: policy.inForceFrom });
      const { dueAt, explanation, source, confidence } = answer;
      const under = `Policy: ${policy.version}, in force from ${startWords(policy)}.`;
      return [dueAt, `${explanation}.`, `Source: ${source} (${confidence}).`, under].join('\n');
    },
  },
  list: {
    usage: 'list [--policy VERSION | --received INSTANT] [--json]',
    words: 0,
    flags: ['policy', 'received', 'json'],
    async answer({ flags }, library) {
      const policy = await policyIn(flags, library);
      if (isRefusal(policy)) return policy;
      return flags.json === undefined ? listOf(policy) : json(policy.deadlines);
    },
  },
  screening: {
    usage: 'screening [--policy VERSION | --received INSTANT] [--json]',
    words: 0,
    flags: ['policy', 'received', 'json'],
    async answer({ flags }, library) {
      const policy = await policyIn(flags, library);
      if (isRefusal(policy)) return policy;
      return flags.json === undefined
        ? screeningText(policy, library.sources.trained ?? [])
        : json({ ...policy.screening, trained: library.sources.trained ?? [] });
    },
  },
  diff: {
    usage: 'diff OLD NEW (each a version, or the file of a candidate policy)',
    words: 2,
    flags: [],
    async answer({ words: [one = '', other = ''] }, { find }) {
      const before = await find(one);
      if (isRefusal(before)) return before;
      const after = await find(other);
      if (isRefusal(after)) return after;
      const found = differences(before, after);
      return found.length === 0 ? `${one} and ${other} have the same rules.` : found.join('\n');
    },
  },
  preview: {
    usage:
      'preview NEW --data DIR [--json] (NEW is a version, or the file of a candidate policy; DIR a data folder of npm start)',
    words: 1,
    flags: ['data', 'json'],
    async answer({ words: [name = ''], flags }, { released, find, running }) {
      if (flags.data === undefined) return refuse('no-data');
      const to = await find(name);
      if (isRefusal(to)) return to;
      const there = await running(flags.data);
      if (isRefusal(there)) return there;
      const { now, referrals } = there;
      const found = referrals.flatMap(({ state, policy }) => previewOf(state, policy, to, now) ?? []);
      const anew = forNewReferrals(newestOf(released), to);
      if (flags.json === undefined) return previewText(found, referrals.length, to.version, anew);
      return json({ policy: to.version, now, running: referrals.length, differing: found, newReferrals: anew });
    },
  },
  check: {
    usage: 'check [FILE] (the released versions against the law, and the candidate policy of a file after them)',
    words: [0, 1],
    flags: [],
    async answer({ words: [file] }, { released, find, refusedRelease }) {
      const candidate = file === undefined ? undefined : await find(file);
      if (isRefusal(candidate)) return candidate;
      const versions = candidate && !released.includes(candidate) ? [...released, candidate] : released;
      const refused = refusedRelease(versions);
      if (refused !== undefined) return refuse('not-releasable', { why: refused });
      const lines = versions.map((policy) => `${policy.version}: in force from ${startWords(policy)}, within the law.`);
      return lines.join('\n');
    },
  },
  document: {
    usage: 'document',
    words: 0,
    flags: [],
    answer: async (_, { released, sources }) => policyDocument(newestOf(released), sources, released.at(-2)),
  },
  noise: {
    usage: `noise [--act ${manners.join('|')}] [--days N] [--reports N] [--json], or noise --data DIR [--days N] [--json]`,
    words: 0,
    flags: ['act', 'days', 'reports', 'data', 'json'],
    async answer({ flags }, { played, recorded, released }) {
      if (flags.data !== undefined) {
        if (flags.act !== undefined || flags.reports !== undefined) return refuse('recorded-not-played');
        const last = countIn(flags, 'days', 7, 365);
        if (isRefusal(last)) return last;
        const found = await recorded(flags.data, last);
        if (isRefusal(found)) return found;
        const counted = noiseOf(found.sent);
        if (flags.json !== undefined) return json({ days: last, referrals: found.referrals, ...counted });
        const history = `The last ${last} days as recorded, ${found.referrals} referrals in all.`;
        return noiseText(counted, history, newestOf(released));
      }
      const given = flags.act ?? 'on-time';
      const act = manners.find((each) => each === given);
      if (!act) return refuse('no-such-manner', { acts: manners.join(', '), act: given });
      const days = countIn(flags, 'days', 45, 365);
      if (isRefusal(days)) return days;
      const reports = countIn(flags, 'reports', 40, 1000);
      if (isRefusal(reports)) return reports;
      const history = await played({ act, days, reports });
      if (isRefusal(history)) return history;
      const { referrals, sent } = history;
      const noise = noiseOf(sent);
      if (flags.json !== undefined) return json({ act, days, reports, referrals, ...noise });
      const manner = { 'on-time': 'keep each duty on time', late: 'are late with each duty', never: 'do nothing' }[act];
      return noiseText(
        noise,
        `${reports} reports in a year, ${referrals} referrals, ${days} days of each. All people ${manner}.`,
        newestOf(released),
      );
    },
  },
  map: {
    usage: 'map [--json]',
    words: 0,
    flags: ['json'],
    async answer({ flags }, { released }) {
      const map = mapOf(newestOf(released));
      return flags.json === undefined ? pictureOf(map) : json(map);
    },
  },
};

/** The whole number of a flag, or `otherwise` where it is not given. */
function countIn(flags: Asked['flags'], flag: string, otherwise: number, most: number): number | Refusal {
  const given = flags[flag];
  if (given === undefined) return otherwise;
  const count = /^\d+$/.test(given) ? Number(given) : 0;
  return count >= 1 && count <= most ? count : refuse('no-count', { flag, most, given });
}

const usage = (between: string): string =>
  Object.values(commands)
    .map((each) => `npm run policy -- ${each.usage}`)
    .join(between);

const newestOf = (released: Library['released']): Policy => released.at(-1) ?? released[0];

/**
 * The version that was named, else the one in force when the report was received. Where neither is said, the newest.
 * `with` counts a candidate policy among the released versions, if it could be released after them.
 */
async function policyIn(flags: Asked['flags'], { released, find, refusedRelease }: Library): Promise<Policy | Refusal> {
  if (flags.policy !== undefined) {
    return flags.received === undefined && flags.with === undefined ? find(flags.policy) : refuse('two-policies');
  }
  const received = flags.received ?? flags.from;
  if (received !== undefined && readInstant(received) === undefined) {
    return flags.received === undefined ? newestOf(released) : refuse('no-instant', { from: received });
  }
  const candidate = flags.with === undefined ? undefined : await find(flags.with);
  if (isRefusal(candidate)) return candidate;
  const refused = candidate && !released.includes(candidate) ? refusedRelease([...released, candidate]) : undefined;
  if (refused !== undefined) return refuse('not-releasable', { why: refused });
  const [first, ...later] = released;
  const versions = [...later, ...(candidate ? [candidate] : [])].toSorted((one, other) =>
    isAfter(instantOf(one.inForceFrom), instantOf(other.inForceFrom)) ? 1 : -1,
  );
  return received === undefined ? newestOf([first, ...versions]) : policyInForce([first, ...versions], received);
}

const heads = ['Id', 'Obligation', 'Group', 'Time', 'Clock starts with', 'It is', 'Confidence', 'Told', 'Next'];

function listOf({ version, jurisdiction, deadlines }: Policy): string {
  const cells = [heads, ...deadlines.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [`${jurisdiction}, ${version}`, '', ...lines].join('\n');
}

function cellsOf(rule: DeadlineRule): readonly string[] {
  const { id, clockStart, obligation, group, confidence, alert, escalate } = rule;
  const people = (recipients: DeadlineRule['alert']) => recipients.map(recipientWords).join(', ');
  return [
    id,
    obligation,
    group ? codeWords(group) : '',
    timeWords(rule),
    clockStart,
    standingWithSignOff(rule),
    confidence,
    people(alert),
    people(escalate),
  ];
}

/** Splits `--flag value` and `--flag=value`. */
function read(args: readonly string[], { words: wanted, flags: known, usage: how }: PolicyCommand): Asked | Refusal {
  const words: string[] = [];
  const flags: Record<string, string> = {};
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at] ?? '';
    const [, flag, given] = /^--([^=]*)(?:=(.*))?$/s.exec(argument) ?? [];
    if (flag === undefined) {
      words.push(argument);
      continue;
    }
    if (!known.includes(flag)) return refuse('no-such-flag', { flag, how });
    if (Object.hasOwn(flags, flag)) return refuse('flag-twice', { flag });
    if (flag === 'json') {
      if (given !== undefined) return refuse('flag-value/json');
      flags.json = '';
      continue;
    }
    if (given === undefined) at += 1;
    const value = given ?? args[at];
    if (value === undefined || value === '' || value.startsWith('--')) {
      return refuse('flag-value/needed', { flag });
    }
    flags[flag] = value;
  }
  const [least, most] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  return least <= words.length && words.length <= most ? { words, flags } : refuse('words', { how });
}

/** Answers a command line without the name of the program. */
export async function answerAbout(args: readonly string[], library: Library): Promise<string | Refusal> {
  const [name = '', ...rest] = args;
  if (name === 'help' || args.includes('--help')) return usage('\n');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const what = name === '' ? 'Say what to do' : `There is no command "${name}"`;
    return refuse('no-such-command', { what, usage: usage('; ') });
  }
  const asked = read(rest, command);
  return isRefusal(asked) ? asked : command.answer(asked, library);
}
