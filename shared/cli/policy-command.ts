/** `npm run policy`: the sources of its answers. Its acts are in `policy-acts.ts`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { hoursBack, isIn } from '../domain/core/spans.ts';
import { trainedToScreen } from '../domain/core/vocabulary.ts';
import { fold } from '../domain/fold.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { differences } from '../domain/policy/policy-diff.ts';
import { answerTo, CannotAnswer, type Printed, print } from './command-line.ts';
import { type AskedHistory, type Library, type Played, policy, type Running } from './policy-acts.ts';
import { readFolder } from './read-folder.ts';

const isPolicy = (value: unknown): value is Policy =>
  typeof value === 'object' && value !== null && 'version' in value && 'deadlines' in value;

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
async function playedBy({ act, days, reports }: AskedHistory): Promise<Played> {
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
  throw new CannotAnswer(`The history could not be played: ${line.trim()}`);
}

/** Imports the rules only on use. So a policy that is refused at loading gives a sentence, not a stack trace. */
async function openLibrary(): Promise<Library> {
  const { policyOf, released } = await import('../policy/policies.ts');
  const { holidayRules } = await import('../policy/calendar.ts');
  const { connecticutLaw } = await import('../policy/law/connecticut-law.ts');
  const { appliesTo, notes } = await import('../policy/connecticut-2026-1/document-notes.ts');
  const { retiredClocks: retired } = await import('../policy/connecticut-2026-1/retired-clocks.ts');
  const { loaded, problemsOf, releasable } = await import('../policy/law/law.ts');
  loaded(released, connecticutLaw);
  /** Checks a candidate in a file against the law and the version before it, as a released version is checked. */
  async function draftIn(file: string): Promise<Policy> {
    if (!existsSync(file)) throw new CannotAnswer(`There is no file ${file}.`);
    let exported: readonly unknown[];
    try {
      exported = Object.values(await import(pathToFileURL(resolve(file)).href));
    } catch (error) {
      throw new CannotAnswer(`The file ${file} could not be loaded: ${sentenceOf(error)}`);
    }
    const whole = new Set(exported.filter(isPolicy));
    if (whole.size > 1) throw new CannotAnswer(`The file ${file} exports ${whole.size} policies: give each its own.`);
    const [draft] = whole;
    if (!draft) throw new CannotAnswer(`The file ${file} exports no policy.`);
    try {
      const namesake = released.find(({ version }) => version === draft.version);
      if (namesake && problemsOf(draft, connecticutLaw).length === 0 && differences(namesake, draft).length === 0)
        return namesake;
      loaded([...released, draft], connecticutLaw);
      return draft;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      // Only the compiler checks the shape of a policy. A part that is missing fails here.
      throw new CannotAnswer(
        `The file ${file} could not be checked: ${sentenceOf(error)} Check its types with npx tsc.`,
      );
    }
  }
  return {
    released,
    refusedRelease: (versions) => thrownBy(() => releasable(versions, connecticutLaw)),
    running: (folder) => runningIn(folder, policyOf),
    played: playedBy,
    recorded: recordedIn,
    write: (file, text) => writeFileSync(new URL(`../../${file}`, import.meta.url), text),
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
      const known = released.find(({ version }) => version === name);
      if (known) return known;
      const versions = released.map(({ version }) => version).join(', ');
      throw new CannotAnswer(`There is no policy "${name}"; this release holds ${versions}.`);
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

/** Answers the words after `npm run policy --`. Never rejects: a candidate policy is code, and may throw anything. */
export async function policyCommand(args: readonly string[]): Promise<Printed> {
  try {
    return await answerTo(policy, args, await openLibrary());
  } catch (error) {
    return { status: 2, out: '', err: `${sentenceOf(error)}\n` };
  }
}

if (import.meta.main) await print(policyCommand(process.argv.slice(2)));
