/** What `npm run policy` answers: its flags, its acts, and the sources that they answer from. */
import { noiseOf, noiseText, type SentNoise } from '../domain/alerts/noise.ts';
import { isAfter } from '../domain/core/instants.ts';
import { dueUnder, readInstant } from '../domain/policy/due-under.ts';
import { instantOf, policyInForce, startWords } from '../domain/policy/in-force.ts';
import { mapOf } from '../domain/policy/pathway-map.ts';
import { pictureOf } from '../domain/policy/pathway-picture.ts';
import type { DeadlineRule, Policy } from '../domain/policy/policy.ts';
import { differences } from '../domain/policy/policy-diff.ts';
import { type DocumentSources, policyDocument } from '../domain/policy/policy-document.ts';
import { forNewReferrals, previewOf, previewText } from '../domain/policy/policy-preview.ts';
import { codeWords, recipientWords, standingWithSignOff, timeWords } from '../domain/policy/rule-words.ts';
import type { Referral } from '../domain/referral.ts';
import { refuse } from '../domain/refusals.ts';
import { screeningText } from '../domain/screening/screening-words.ts';
import { CannotAnswer, type Command, type Given, jsonFlag, jsonText, unlessRefused } from './command-line.ts';

/** The sources of an answer. Each throws `CannotAnswer` where it has none. */
export interface Library {
  /** Every released version, oldest first. */
  readonly released: readonly [Policy, ...Policy[]];
  /** Why these versions cannot be released together, oldest first, as one sentence. Undefined where they can. */
  readonly refusedRelease: (versions: readonly Policy[]) => string | undefined;
  /** The policy that the typed name means: a version, or the file of a candidate policy. */
  readonly find: (name: string) => Promise<Policy>;
  readonly sources: DocumentSources;
  /** Plays a history of a year, in which all people act in one manner. */
  readonly played: (asked: AskedHistory) => Promise<Played>;
  /** The mail that a data folder recorded in its last days. */
  readonly recorded: (folder: string, days: number) => Promise<Played>;
  /** The running referrals of a data folder, each with its policy. Also the instant of the folder's clock (UTC). */
  readonly running: (folder: string) => Promise<Running>;
  /** Writes a file of the repository. */
  readonly write: (file: string, text: string) => void;
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

const flags = {
  from: { value: 'INSTANT', says: 'When the clock starts.' },
  received: { value: 'INSTANT', says: 'When the report was received. The policy in force then counts.' },
  outcome: { value: 'OUTCOME', says: 'The outcome of the screening.' },
  danger: { value: 'ANSWER', says: 'Whether there is immediate danger: yes, no or unknown.' },
  policy: { value: 'VERSION', says: 'A version, or the file of a candidate policy.' },
  with: { value: 'FILE', says: 'A candidate policy that counts beside the released ones.' },
  data: { value: 'DIR', says: 'A data folder of npm start. Stop the server first.' },
  act: { value: 'MANNER', says: `How the people of a played history act: ${manners.join(', ')}.` },
  days: { value: 'N', says: 'How many days are played, or counted.' },
  reports: { value: 'N', says: 'How many reports of a year are played.' },
  json: jsonFlag,
} as const;
type Values = Given<typeof flags>;

export const policy: Command<typeof flags, Library> = {
  run: 'npm run policy --',
  flags,
  acts: {
    due: {
      usage:
        'ID --from INSTANT [--received INSTANT] [--outcome OUTCOME] [--danger yes|no|unknown] [--policy VERSION | --with FILE] [--json] (received: when the report was received, else as --from; a clock that starts with the receipt needs only one of them)',
      words: 1,
      takes: ['from', 'received', 'outcome', 'danger', 'policy', 'with', 'json'],
      async answer({ words: [id = ''], flags: asked }, library) {
        const under = await policyIn(asked, library);
        const { from, received, outcome, danger } = asked;
        const answer = unlessRefused(dueUnder(under, { id, from, received, outcome, danger }));
        if (asked.json) return jsonText({ ...answer, policy: under.version, inForceFrom: under.inForceFrom });
        const { dueAt, explanation, source, confidence } = answer;
        const inForce = `Policy: ${under.version}, in force from ${startWords(under)}.`;
        return [dueAt, `${explanation}.`, `Source: ${source} (${confidence}).`, inForce].join('\n');
      },
    },
    list: {
      usage: '[--policy VERSION | --received INSTANT] [--json]',
      takes: ['policy', 'received', 'json'],
      async answer({ flags: asked }, library) {
        const its = await policyIn(asked, library);
        return asked.json ? jsonText(its.deadlines) : listOf(its);
      },
    },
    screening: {
      usage: '[--policy VERSION | --received INSTANT] [--json]',
      takes: ['policy', 'received', 'json'],
      async answer({ flags: asked }, library) {
        const its = await policyIn(asked, library);
        const trained = library.sources.trained ?? [];
        return asked.json ? jsonText({ ...its.screening, trained }) : screeningText(its, trained);
      },
    },
    diff: {
      usage: 'OLD NEW (each a version, or the file of a candidate policy)',
      words: 2,
      takes: [],
      async answer({ words: [one = '', other = ''] }, { find }) {
        const found = differences(await find(one), await find(other));
        return found.length === 0 ? `${one} and ${other} have the same rules.` : found.join('\n');
      },
    },
    preview: {
      usage:
        'NEW --data DIR [--json] (NEW is a version, or the file of a candidate policy; DIR a data folder of npm start)',
      words: 1,
      takes: ['data', 'json'],
      async answer({ words: [name = ''], flags: asked }, { released, find, running }) {
        if (asked.data === undefined) throw new CannotAnswer('Name the data folder of npm start with --data DIR.');
        const to = await find(name);
        const { now, referrals } = await running(asked.data);
        const found = referrals.flatMap(({ state, policy: own }) => previewOf(state, own, to, now) ?? []);
        const anew = forNewReferrals(newestOf(released), to);
        if (!asked.json) return previewText(found, referrals.length, to.version, anew);
        return jsonText({
          policy: to.version,
          now,
          running: referrals.length,
          differing: found,
          newReferrals: anew,
        });
      },
    },
    check: {
      usage: '[FILE] (the released versions against the law, and the candidate policy of a file after them)',
      words: [0, 1],
      takes: [],
      async answer({ words: [file] }, { released, find, refusedRelease }) {
        const candidate = file === undefined ? undefined : await find(file);
        const versions = candidate && !released.includes(candidate) ? [...released, candidate] : released;
        const refused = refusedRelease(versions);
        if (refused !== undefined) throw new CannotAnswer(refused);
        return versions.map((each) => `${each.version}: in force from ${startWords(each)}, within the law.`).join('\n');
      },
    },
    document: {
      usage: '',
      takes: [],
      answer(_, { released, sources, write }) {
        write('docs/policy.md', policyDocument(newestOf(released), sources, released.at(-2)));
        return 'docs/policy.md';
      },
    },
    noise: {
      usage: `[--act ${manners.join('|')}] [--days N] [--reports N] [--json], or noise --data DIR [--days N] [--json]`,
      takes: ['act', 'days', 'reports', 'data', 'json'],
      answer: ({ flags: asked }, library) =>
        asked.data === undefined ? noisePlayed(asked, library) : noiseRecorded(asked.data, asked, library),
    },
    map: {
      usage: '[--json]',
      takes: ['json'],
      answer({ flags: { json } }, { released, write }) {
        const map = mapOf(newestOf(released));
        if (json) return jsonText(map);
        write('docs/pathway.svg', pictureOf(map));
        return 'docs/pathway.svg';
      },
    },
  },
};

async function noiseRecorded(folder: string, asked: Values, { recorded, released }: Library): Promise<string> {
  if (asked.act !== undefined || asked.reports !== undefined)
    throw new CannotAnswer('A data folder shows what was recorded: leave out --act and --reports.');
  const days = countIn(asked, 'days', 7, 365);
  const { referrals, sent } = await recorded(folder, days);
  const noise = noiseOf(sent);
  if (asked.json) return jsonText({ days, referrals, ...noise });
  return noiseText(noise, `The last ${days} days as recorded, ${referrals} referrals in all.`, newestOf(released));
}

async function noisePlayed(asked: Values, { played, released }: Library): Promise<string> {
  const given = asked.act ?? 'on-time';
  const act = manners.find((each) => each === given);
  if (!act) throw new CannotAnswer(`--act is one of ${manners.join(', ')}, not "${given}".`);
  const days = countIn(asked, 'days', 45, 365);
  const reports = countIn(asked, 'reports', 40, 1000);
  const { referrals, sent } = await played({ act, days, reports });
  const noise = noiseOf(sent);
  if (asked.json) return jsonText({ act, days, reports, referrals, ...noise });
  const manner = { 'on-time': 'keep each duty on time', late: 'are late with each duty', never: 'do nothing' }[act];
  return noiseText(
    noise,
    `${reports} reports in a year, ${referrals} referrals, ${days} days of each. All people ${manner}.`,
    newestOf(released),
  );
}

/** The whole number of a flag, or `otherwise` where it is not given. */
function countIn(asked: Values, flag: 'days' | 'reports', otherwise: number, most: number): number {
  const given = asked[flag];
  if (given === undefined) return otherwise;
  const count = /^\d+$/.test(given) ? Number(given) : 0;
  if (count < 1 || count > most)
    throw new CannotAnswer(`--${flag} is a whole number from 1 to ${most}, not "${given}".`);
  return count;
}

const newestOf = (released: Library['released']): Policy => released.at(-1) ?? released[0];

/**
 * The version that was named, else the one in force when the report was received. Where neither is said, the newest.
 * `with` counts a candidate policy among the released versions, if it could be released after them.
 */
async function policyIn(asked: Values, { released, find, refusedRelease }: Library): Promise<Policy> {
  if (asked.policy !== undefined) {
    if (asked.received === undefined && asked.with === undefined) return find(asked.policy);
    throw new CannotAnswer('Give either --policy, or --received and --with: each says which policy counts.');
  }
  const received = asked.received ?? asked.from;
  if (received !== undefined && readInstant(received) === undefined)
    return unlessRefused(asked.received === undefined ? newestOf(released) : refuse('no-instant', { from: received }));
  const candidate = asked.with === undefined ? undefined : await find(asked.with);
  const refused = candidate && !released.includes(candidate) ? refusedRelease([...released, candidate]) : undefined;
  if (refused !== undefined) throw new CannotAnswer(refused);
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
