/**
 * An act that takes the place of something has what stands in its form. A judgment starts unset, with what stands above it.
 * The test does each act of the ledger's lives. Then the same person opens its form again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newYorkWall } from '../../functions/console/forms/form-values.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { words } from '../../shared/domain/words/code-words.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import * as lives from '../support/ledger-lives.ts';
import { meetTogether } from '../support/meet-together.ts';
import { versionOf, versions } from '../support/second-version.ts';
import { playText, textCommands } from '../support/text-scenes.ts';
import { type Browser, formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
const browsers = new Map<string, Browser>();
beforeAll(async () => {
  desk = await startDesk({ policyOf: versionOf, released: versions });
  careline = openConsole(desk, { parts: { now: () => desk.now, policyOf: versionOf } });
});
afterAll(() => desk.stop());

async function browserOf(who: string): Promise<Browser> {
  const known = browsers.get(who);
  // The session of an earlier scene may have ended.
  if (known && !(await known.get('/')).location.includes('sign-in')) return known;
  const fresh = await signedInAs(careline, who);
  browsers.set(who, fresh);
  return fresh;
}

/** The page of an act, by a person who says what for where the page asks. */
async function pageOf(who: string, id: string, name: CommandName): Promise<string> {
  const browser = await browserOf(who);
  const path = `/referrals/${id}/do/${name}`;
  const { html } = await browser.get(path);
  if (!html.includes(`/referrals/${id}/purpose`)) return html;
  const [, purpose = 'work-on-referral'] = /name="purpose" value="([a-z-]+)"[^>]*checked/.exec(html) ?? [];
  await browser.post(`/referrals/${id}/purpose`, { purpose });
  return (await browser.get(path)).html;
}

const plain = (html: string) =>
  html.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&amp;', '&');

/** What the control of this name holds: the text, the value, or what is chosen. */
function heldIn(form: string, name: string): readonly string[] {
  const own = `name="${name.replaceAll('.', '\\.')}"`;
  const area = new RegExp(`<textarea[^>]*${own}[^>]*>([^<]*)</textarea>`).exec(form)?.[1];
  if (area !== undefined) return [plain(area)];
  const lists = [...form.matchAll(new RegExp(`<select[^>]*${own}[^>]*>(.*?)</select>`, 'gs'))];
  const chosen = lists.flatMap(([, options = '']) =>
    [...options.matchAll(/<option value="([^"]*)" selected/g)].map(([, value = '']) => value),
  );
  const inputs = [...form.matchAll(/<input[^>]*>/g)]
    .map(([input]) => input)
    .filter((input) => input.includes(`name="${name}"`));
  const values = inputs
    .filter((input) => !/type="(radio|checkbox)"/.test(input) || / checked/.test(input))
    .map((input) => plain(/ value="([^"]*)"/.exec(input)?.[1] ?? ''));
  return [...chosen, ...values].filter((value) => value !== '');
}

/** The fields of each act that stand until the same act replaces them. A reason and the time of an act belong to it alone. */
const stands: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  'add-to-report': ['hurt', 'overdose', 'suicidal', 'weapon', 'dangerToWorkers', 'otherChildren'],
  'answer-checklist': ['answers'],
  'confirm-routing': ['office', 'team', 'responseOffice'],
  'correct-ex-parte-order': ['at'],
  'correct-identity': ['childName', 'phone', 'priorIds'],
  'correct-reporter': ['reporterName', 'reporterPhone', 'reporterEmail', 'reporterRelation'],
  'note-card': ['cardLanguage', 'interviewer', 'askFirst', 'onPaper', 'goodTimes', 'mustNotKnow', 'supportPerson'],
  'note-safe-contact': ['safeContact'],
  'note-worker-safety': ['concerns', 'safetyWords'],
  'record-birth-date': ['birthDate'],
  'record-facts': Object.keys(commands['record-facts'].input.shape).filter(
    (field) => !['ageClass', 'missingNow', 'knownAt', 'caregiverNamed'].includes(field),
  ),
  'record-safety-plan': ['placement', 'plan', 'notToTell', 'whereExactly', 'withWhom', 'until'],
  'schedule-meeting': ['startsAt', 'minutes', 'way', 'directions'],
  'seal-referral': ['forPeople'],
  'settle-interview': ['scheduledFor', 'way', 'directions'],
  'write-recovery-plan': ['readers', 'lookFirst', 'callFirst', 'safeWords'],
};

/** They end what stands, or agree to it: they write nothing in its place. */
const ends: readonly CommandName[] = [
  'agree-lowering',
  'agree-downgrade',
  'agree-clearance',
  'agree-withdrawal',
  'agree-erasure',
  'sign-off-screening',
];

const valuesOf = (given: unknown): readonly string[] =>
  [given]
    .flat()
    .map((each) => (typeof each === 'string' && /T.*Z$/.test(each) ? (newYorkWall(each) ?? '') : String(each)));

const seen = new Set<CommandName>();
const closed = new Set<CommandName>();
const wrong: string[] = [];

async function look(id: string, name: CommandName, input: Readonly<Record<string, unknown>>, as: string) {
  if (commandNamed(name).restsOn === undefined || ends.includes(name)) return;
  const html = await pageOf(as, id, name);
  const form = formIn(html, name);
  if (form === '') {
    // A page without the form takes the place of nothing.
    if (html.includes('There is nothing to record here now')) closed.add(name);
    return;
  }
  const fields = stands[name];
  if (name === 'correct-place') {
    seen.add(name);
    // Which place it is, is chosen. Each has its town beside it.
    const { child } = await desk.state(id);
    const place = String(input.place) as 'presentTown';
    if (!form.includes(`: ${words(child[place])}<`)) wrong.push(`${name}: the town that stands is not there`);
    return;
  }
  // Only the seats that the author names read the plan.
  if (name === 'write-recovery-plan' && !as.startsWith('seat:')) return;
  seen.add(name);
  if (!fields) {
    const [, section = ''] = /id="recorded-before">(.*?)<\/section>/s.exec(html) ?? [];
    if (!section.includes('<li>')) wrong.push(`${name}: the page does not say what was recorded before`);
    return;
  }
  for (const field of fields) {
    const given = input[field];
    if (given === undefined) continue;
    const pairs =
      field === 'answers'
        ? Object.entries(Object(given)).map(([topic, answer]) => [`answers.${topic}`, answer] as const)
        : [[field, given] as const];
    for (const [path, value] of pairs) {
      const held = heldIn(form, path);
      for (const each of valuesOf(value))
        if (!held.includes(each)) wrong.push(`${name}.${path}: ${each} is not in [${held}]`);
    }
  }
}

test('each form of what stands is filled with it, and each new judgment has it above', async () => {
  const on: Desk = Object.assign(Object.create(desk), {
    async do(id: string, name: CommandName, input: Readonly<Record<string, unknown>>, as: string) {
      await desk.do(id, name, input, as);
      await look(id, name, input, as);
    },
  });
  for (const live of Object.values(lives)) {
    if (typeof live === 'function' && live.length === 1) await (live as (desk: Desk) => Promise<unknown>)(on);
  }
  for (const name of textCommands) {
    if (commandNamed(name).restsOn) await playText(on, name);
  }
  const { id } = await playText(on, 'write-recovery-plan');
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:medical');
  const plan = { readers: ['medical'], lookFirst: 'The bus station.', callFirst: 'The aunt.', safeWords: 'Blue.' };
  await on.do(id, 'write-recovery-plan', plan, 'seat:medical');
  expect([...new Set(wrong)]).toEqual([]);
  const sealing = {
    because: 'workers-family',
    forPeople: ['careline-manager', 'careline-supervisor', 'careline-supervisor/2'].map((who) => personOf(who).id),
    reason: 'Invented words.',
  };
  await on.do(await desk.opened({}), 'seal-referral', sealing, 'careline-manager');
  await meetTogether(on);
  const all = (Object.keys(commands) as CommandName[]).filter(
    (name) => commandNamed(name).restsOn && !ends.includes(name),
  );
  expect(all.filter((name) => !seen.has(name) && !closed.has(name))).toEqual([]);
  expect(Object.keys(stands).filter((name) => !seen.has(name as CommandName))).toEqual([]);
}, 300_000);
