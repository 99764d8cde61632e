/** `npm run policy -- due|list|screening|diff|document`: prints, or says in one sentence on stderr what was wrong (exit status 2). */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../domain/policy.ts';
import { answerAbout, type Library } from '../domain/policy-answers.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import { trainedToScreen } from '../domain/vocabulary.ts';

const documentFile = 'docs/policy.md';

const isPolicy = (value: unknown): value is Policy =>
  typeof value === 'object' && value !== null && 'version' in value && 'deadlines' in value && 'calendar' in value;

/** Reads the rules only when they are asked for: a policy that is refused at loading is then a sentence, and no stack of calls. */
async function openLibrary(): Promise<Library> {
  const { currentPolicy, released } = await import('./policies.ts');
  const { holidayRules } = await import('./calendar.ts');
  const { connecticutLaw } = await import('./connecticut-law.ts');
  const { loaded } = await import('./law.ts');
  /** The draft in a file is held against the law as a released version is. */
  async function draftIn(file: string): Promise<Policy | Refusal> {
    if (!existsSync(file)) return refuse('no-such-file', `There is no file ${file}.`);
    const draft = Object.values(await import(pathToFileURL(resolve(file)).href)).find(isPolicy);
    if (!draft) return refuse('no-policy', `The file ${file} exports no policy.`);
    loaded([draft], connecticutLaw);
    return draft;
  }
  return {
    current: currentPolicy,
    sources: { holidays: holidayRules, limits: connecticutLaw.limits, trained: trainedToScreen },
    async find(name) {
      if (name.endsWith('.ts')) return draftIn(name);
      const versions = released.map(({ version }) => version).join(', ');
      const known = released.find(({ version }) => version === name);
      return known ?? refuse('no-such-policy', `There is no policy "${name}"; this release holds ${versions}.`);
    },
  };
}

function refused(sentence: string): void {
  console.error(sentence);
  process.exitCode = 2;
}

const args = process.argv.slice(2);
try {
  const said = await answerAbout(args, await openLibrary());
  if (isRefusal(said)) refused(said.sentence);
  else if (args[0] === 'document') {
    writeFileSync(new URL(`../../${documentFile}`, import.meta.url), said);
    console.log(documentFile);
  } else console.log(said);
} catch (error) {
  refused(String(error instanceof Error ? error.message : error).split('\n')[0] ?? '');
}
