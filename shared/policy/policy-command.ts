/**
 * `npm run policy -- due|list|screening|diff|preview|check|document|noise|map`: prints the answer. Where it cannot, it prints
 * one sentence to stderr and exits with status 2.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isRefusal, type Refusal, refuser } from '../domain/core/refusal.ts';
import { hoursBack, isIn } from '../domain/core/spans.ts';
import { trainedToScreen } from '../domain/core/vocabulary.ts';
import { fold } from '../domain/fold.ts';
import type { Policy } from '../domain/policy/policy.ts';
import {
  type AskedHistory,
  answerAbout,
  type Library,
  type Played,
  type Running,
} from '../domain/policy/policy-answers.ts';
import { differences } from '../domain/policy/policy-diff.ts';
import { readFolder } from '../reports/read-folder.ts';

/** The commands whose answer is a file of the repository, where they stand alone. */
const files: Readonly<Record<string, string>> = { document: 'docs/policy.md', map: 'docs/pathway.svg' };

/** What only this command line refuses. */
const refuse = refuser({
  'not-played': 'The history could not be played: {fault}',
  'no-such-file': 'There is no file {file}.',
  'not-loaded': 'The file {file} could not be loaded: {error}',
  'no-policy/several': 'The file {file} exports {size} policies: give each its own.',
  'no-policy/none': 'The file {file} exports no policy.',
  'no-such-policy': 'There is no policy "{name}"; this release holds {versions}.',
});

const isPolicy = (value: unknown): value is Policy => isMeant(value) && 'deadlines' in value && 'calendar' in value;

/** Whether an export is meant as a policy, even an incomplete one: it has a version, or deadlines. */
const isMeant = (value: unknown): value is Policy =>
  typeof value === 'object' && value !== null && ('version' in value || 'deadlines' in value);

/** The open referrals of a data folder. */
async function runningIn(folder: string, policyOf: (version: string) => Policy): Promise<Running> {
  const found = await readFolder(folder);
  const referrals = found.referrals.flatMap(({ id, commits }) => {
    const state = fold(id, commits);
    return state?.stage === 'open' ? [{ state, policy: policyOf(state.policy ?? commits[0]?.policy ?? '') }] : [];
  });
  return { now: found.now, referrals };
}

/** The mail of the last days of a data folder. It comes from the index that the page of the mail load reads. */
async function recordedIn(folder: string, days: number): Promise<Played> {
  const { now, referrals, sent } = await readFolder(folder);
  const span = hoursBack(now, 0, days * 24);
  return { referrals: referrals.length, sent: sent.filter(({ at }) => isIn(span, at)) };
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

const playNoise = fileURLToPath(new URL('../../test/simulate/noise-command.ts', import.meta.url));

/** A history that the simulator plays in a process of its own. It has the people, and the product must not import it. */
async function playedBy({ act, days, reports }: AskedHistory): Promise<Played | Refusal> {
  const player = spawn(process.execPath, [playNoise, act, String(days), String(reports)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, fault, [status]] = await Promise.all([
    textOf(player.stdout),
    textOf(player.stderr),
    once(player, 'close') as Promise<[number | null]>,
  ]);
  if (status === 0) return JSON.parse(out) as Played;
  const line = fault.split('\n').find((each) => /Error: /.test(each)) ?? `it ended with status ${status}.`;
  return refuse('not-played', { fault: line.trim() });
}

/** Imports the rules only on use. So a policy that is refused at loading gives a sentence, not a stack trace. */
async function openLibrary(): Promise<Library> {
  const { policyOf, released } = await import('./policies.ts');
  const { holidayRules } = await import('./calendar.ts');
  const { connecticutLaw } = await import('./law/connecticut-law.ts');
  const { appliesTo, notes } = await import('./connecticut-2026-1/document-notes.ts');
  const { retiredClocks: retired } = await import('./connecticut-2026-1/retired-clocks.ts');
  const { loaded, releasable } = await import('./law/law.ts');
  const { problemsOfDraft, withCalendarGuarded } = await import('./law/candidate-policy.ts');
  loaded(released, connecticutLaw);
  /** Checks a candidate in a file against the law and the version before it, as a released version is checked. */
  async function draftIn(file: string): Promise<Policy | Refusal> {
    if (!existsSync(file)) return refuse('no-such-file', { file });
    let exported: readonly unknown[];
    try {
      exported = Object.values(await import(pathToFileURL(resolve(file)).href));
    } catch (error) {
      return refuse('not-loaded', { file, error: sentenceOf(error) });
    }
    const whole = new Set(exported.filter(isPolicy));
    if (whole.size > 1) return refuse('no-policy/several', { file, size: whole.size });
    const draft = [...whole, ...exported.filter(isMeant)][0];
    if (!draft) return refuse('no-policy/none', { file });
    const namesake = released.find(({ version }) => version === draft.version);
    if (namesake && problemsOfDraft(draft, connecticutLaw).length === 0 && differences(namesake, draft).length === 0)
      return namesake;
    loaded([...released, draft], connecticutLaw, problemsOfDraft);
    return withCalendarGuarded(draft);
  }
  return {
    released,
    refusedRelease: (versions) => thrownBy(() => releasable(versions, connecticutLaw, problemsOfDraft)),
    running: (folder) => runningIn(folder, policyOf),
    played: playedBy,
    recorded: recordedIn,
    sources: {
      holidays: holidayRules,
      limits: connecticutLaw.limits,
      trained: trainedToScreen,
      appliesTo,
      notes,
      retired,
    },
    async find(name) {
      if (name.endsWith('.ts')) return draftIn(name);
      const versions = released.map(({ version }) => version).join(', ');
      const known = released.find(({ version }) => version === name);
      return known ?? refuse('no-such-policy', { name, versions });
    },
  };
}

/** The sentence of what it throws. Undefined where it throws nothing. */
function thrownBy(check: () => unknown): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return sentenceOf(error);
  }
}

/** The first line of a thrown value, as a sentence. */
function sentenceOf(thrown: unknown): string {
  const line =
    String(thrown instanceof Error ? thrown.message : thrown)
      .split('\n')[0]
      ?.trim() || 'it threw nothing that says why';
  return /[.!?]$/.test(line) ? line : `${line}.`;
}

/** The text for each stream and the exit status: 0, or 2 where `err` says what was wrong. */
export interface Printed {
  readonly status: 0 | 2;
  readonly out: string;
  readonly err: string;
}

/** Answers the words after `npm run policy --`. `document` and `map` alone write their file. Never rejects. */
export async function policyCommand(args: readonly string[]): Promise<Printed> {
  const refused = (sentence: string): Printed => ({ status: 2, out: '', err: `${sentence}\n` });
  try {
    const said = await answerAbout(args, await openLibrary());
    if (isRefusal(said)) return refused(said.sentence);
    const file = args.length === 1 ? files[args[0] ?? ''] : undefined;
    if (file === undefined) return { status: 0, out: `${said}\n`, err: '' };
    writeFileSync(new URL(`../../${file}`, import.meta.url), said);
    return { status: 0, out: `${file}\n`, err: '' };
  } catch (error) {
    return refused(sentenceOf(error));
  }
}

if (import.meta.main) {
  const { status, out, err } = await policyCommand(process.argv.slice(2));
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = status;
}
