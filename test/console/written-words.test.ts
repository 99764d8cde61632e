/** What people wrote in their acts is read again by those who may, and by no one else. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindPages, type PageSlug, pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import { mayRead } from '../../shared/application/access/visitor.ts';
import { readIdentities } from '../../shared/application/read/read-identities.ts';
import { writtenFor } from '../../shared/application/read/written-texts.ts';
import { type CommandName, commandNamed } from '../../shared/domain/commands.ts';
import { staff, teamLeaders } from '../../shared/domain/core/role-groups.ts';
import { textFieldsIn } from '../../shared/domain/core/text-fields.ts';
import { type TextKind, textKinds } from '../../shared/domain/core/text-kinds.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { fieldRules } from '../../shared/policy/identity-fields.ts';
import { type Desk, startDesk, visitor } from '../support/desk.ts';
import { versionOf, versions } from '../support/second-version.ts';
import { playText, textCommands } from '../support/text-scenes.ts';
import { type Browser, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
const browsers = new Map<string, Promise<Browser>>();
beforeAll(async () => {
  desk = await startDesk({ policyOf: versionOf, released: versions });
  careline = openConsole(desk, { parts: { now: () => desk.now, policyOf: versionOf } });
});
afterAll(() => desk.stop());

/** A page of the referral as this person reads it, who says what for where the page asks. */
async function pageFor(who: string, path: string, id: string): Promise<string> {
  const open = async () => {
    browsers.set(who, signedInAs(careline, who));
    return browsers.get(who);
  };
  let browser = (await browsers.get(who)) ?? (await open());
  // The session of an earlier scene may have ended.
  if ((await browser?.get('/'))?.location.includes('sign-in')) browser = await open();
  if (!browser) throw new Error(`${who} did not sign in.`);
  const first = await browser.get(path);
  if (!first.html.includes(`/referrals/${id}/purpose`)) return first.html;
  const [, purpose = 'work-on-referral'] = /name="purpose" value="([a-z-]+)"[^>]*checked/.exec(first.html) ?? [];
  await browser.post(`/referrals/${id}/purpose`, { purpose });
  return (await browser.get(path)).html;
}

/** The words that this person reads in the vault. */
async function readBy(who: string, id: string): Promise<readonly string[]> {
  const found = await desk.ledger.referral(id);
  const reader = { ...visitor(who), at: desk.now };
  if (!found || !mayRead(found.state, reader)) return [];
  const texts = writtenFor(reader, { ...found, policy: versionOf(found.policy) });
  const read = await readIdentities(desk.parts(), reader, found.state, 'work-on-referral', [], { who: false, texts });
  return (read?.texts ?? []).flatMap(({ words }) => words ?? []);
}

/** The role of the person who takes each report here. */
const taken = 'careline-worker';
const maySee = (kind: TextKind, role: Role): boolean => {
  if (kind === 'part2Records') return role === 'caseworker' || role === 'hart-liaison';
  // By a seat alone, which its author names.
  if (kind === 'recoveryPlan') return false;
  const { staff: meant, seats, taker } = fieldRules[kind];
  if (teamLeaders.includes(role)) return seats === 'all' || seats.includes('team-lead');
  return staff.includes(role) && (meant === 'all' || meant.includes(role) || (taker === true && role === taken));
};

test('each kind of text has a page, and readers other than a provider', () => {
  expect(Object.keys(kindPages).toSorted()).toEqual([...textKinds].toSorted());
  const forProviders = textKinds.filter((kind) => kind !== 'part2Records' && fieldRules[kind].providers);
  // A person who goes there, or calls there, must know these three.
  expect(forProviders).toEqual(['safeContact', 'cardWords', 'safetyWords']);
});

describe.each(textCommands)('each free text of %s', (name: CommandName) => {
  const fields = textFieldsIn(commandNamed(name).input);
  let id: string;
  let texts: Readonly<Record<string, string>>;
  const reads = new Map<Role, readonly string[]>();
  beforeAll(async () => {
    ({ id, texts } = await playText(desk, name));
    // One after the other: the reads of a child are one chain.
    for (const role of roles) reads.set(role, await readBy(role, id));
  });

  test('is read back by the roles of its row, and by no other', async () => {
    const { state } = (await desk.ledger.referral(id)) ?? {};
    for (const role of roles) {
      const isOpen = state !== undefined && mayRead(state, { ...visitor(role), at: desk.now });
      const expected = fields.flatMap(({ field, kind }) => (isOpen && maySee(kind, role) ? texts[field] : []));
      const seen = (reads.get(role) ?? []).filter((words) => Object.values(texts).includes(words));
      expect([role, seen.toSorted()]).toEqual([role, expected.toSorted()]);
    }
  });

  test('stands in the history for a person who may read it, and for no one else', async () => {
    const all = Object.values(texts);
    const shows = async (who: string) => {
      const html = await pageFor(who, pagePath(id, 'history'), id);
      return all.filter((words) => html.includes(words));
    };
    const mayAll = (role: Role) => all.every((words) => reads.get(role)?.includes(words));
    // The author of the plan for the next time missing names the seats that read it.
    const first = name === 'write-recovery-plan' ? 'seat:medical' : roles.find(mayAll);
    if (first === 'seat:medical') await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, first);
    expect(first).toBeDefined();
    expect(await shows(first ?? '')).toEqual(all);
    const mayNone = (role: Role) => !all.some((words) => reads.get(role)?.includes(words));
    const not = ['administrator', 'auditor', 'contact:PV-1', ...staff.filter(mayNone)];
    for (const who of not) expect([who, await shows(who)]).toEqual([who, []]);
  });
});

const police = {
  covers: ['state'],
  agencyId: 'PD-1',
  method: 'phone',
  personReached: 'The desk',
  agencyReference: 'H-1',
};
const decision = {
  outcome: 'services-only',
  definitionBasis: 'tvpa',
  legalConsulted: 'no',
  reason: 'Invented reasons.',
};
const pause = { agencyId: 'PD-1', until: '2026-11-10T15:00:00Z', personReached: 'The desk' };
const meeting = {
  attended: ['medical', 'dcf', 'law-enforcement', 'states-attorney'],
  absent: ['mental-health', 'forensic-interviewer', 'victim-advocate'].map((discipline) => ({
    discipline,
    reason: 'no-answer',
  })),
};
const declined = { service: 'education', reasonCode: 'no-provider' };

/** Typed in one night: who types it, the act, and one phrase for each text. */
const night: readonly (readonly [phrase: string, as: string, act: CommandName, input: object])[] = [
  ['The grandmother keeps the door locked', 'caseworker', 'record-safety-plan', { placement: 'relative', plan: '*' }],
  ['HPD 26-1188 heron', 'careline-worker', 'notify-police', { ...police, agencyReference: '*' }],
  ['Sergeant Larkspur', 'careline-worker', 'notify-police', { ...police, covers: ['local'], personReached: '*' }],
  ['Two hotel keys and a new phone', 'hart-liaison', 'screen', { outcome: 'high-risk', rationale: '*' }],
  ['No adult keeps this child safe', 'area-supervisor', 'decide-eligibility', { ...decision, rationale: '*' }],
  ['Wait for the search of the motel', 'caseworker', 'pause-outreach', { ...pause, reason: '*' }],
  ['The child is with the aunt now', 'caseworker', 'assess-danger', { danger: 'no', reason: '*' }],
  [
    'The mother would call the buyer',
    'caseworker',
    'withhold-parents-notice',
    { ground: 'endangers-a-person', reason: '*' },
  ],
  ['Six of seven agreed by telephone', 'mdt-chair', 'record-meeting', { ...meeting, waiver: '*' }],
  ['NCMEC 445190 wren', 'caseworker', 'notify-ncmec', { method: 'phone', caseReference: '*' }],
  ['The brother left marks on the arm', 'area-director', 'invoke-hold', { reason: '*' }],
  ['The bed is in another state', 'hart-liaison', 'decline-linkage', { ...declined, reason: '*' }],
];

/** The address of the entries before those of a page of the history. */
const earlierIn = (html: string): string | undefined => /href="([^"]*\/history\?before=\d+)"/.exec(html)?.[1];

test('of twelve phrases typed in a night, those who may find twelve, and those who may not find none', async () => {
  desk.at('2026-11-09T15:00:00Z');
  const id = await desk.opened({ perpetrators: ['third-party'], missingNow: 'no' });
  await desk.do(id, 'classify-report', { track: 'investigation' }, 'careline-worker');
  for (const [phrase, as, act, input] of night) {
    const typed = Object.fromEntries(
      Object.entries(input).map(([field, value]) => [field, value === '*' ? phrase : value]),
    );
    await desk.do(id, act, typed, as);
    if (act !== 'screen') continue;
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(id, step);
    await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:medical');
  }
  const phrases = night.map(([phrase]) => phrase);
  const foundBy = async (who: string, slugs: readonly PageSlug[]) => {
    const html = await Promise.all(slugs.map((slug) => pageFor(who, pagePath(id, slug), id)));
    for (let earlier = earlierIn(html.join('')); earlier !== undefined; earlier = earlierIn(html.at(-1) ?? ''))
      html.push(await pageFor(who, earlier, id));
    return phrases.filter((phrase) => html.join('').includes(phrase));
  };
  // Beside its act, and on the page of its subject.
  expect(await foundBy('caseworker', ['history'])).toEqual(phrases);
  const subjects = pages.map(({ slug }) => slug).filter((slug) => slug !== 'history');
  expect(await foundBy('caseworker', subjects)).toEqual(phrases);
  for (const who of ['seat:medical', 'mdt-member', 'contact:PV-1', 'administrator', 'auditor', 'evaluator'])
    expect([
      who,
      await foundBy(
        who,
        pages.map(({ slug }) => slug),
      ),
    ]).toEqual([who, []]);
  const police = 'seat:law-enforcement';
  await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, police);
  expect(await foundBy(police, ['history'])).toEqual(['HPD 26-1188 heron', 'Sergeant Larkspur', 'NCMEC 445190 wren']);
});

test('the safety plan leads with until when the child is safe, and who must not be told', async () => {
  desk.at('2026-11-09T15:00:00Z');
  const id = await desk.opened({ danger: 'yes' });
  const plan = {
    placement: 'relative',
    until: '2026-11-10T15:00:00Z',
    plan: 'She sleeps there.',
    notToTell: 'Her uncle.',
  };
  await desk.do(id, 'record-safety-plan', plan, 'caseworker');
  const shown = async () =>
    /id="safety-plan"(.*?)<\/section>/s
      .exec(await pageFor('careline-supervisor', pagePath(id), id))?.[1]
      ?.replaceAll(/<[^>]+>/g, '');
  expect(await shown()).toMatch(/Safe with a relative, until .*10.*\. *Not to be told: Her uncle\.She sleeps there\./);
  desk.at('2026-11-10T15:00:00Z');
  expect(await shown()).toContain('The time of this plan is over. Make a new one.');
  await desk.do(id, 'report-missing', {}, 'caseworker');
  expect(await shown()).toContain('The child is missing since this plan was made.');
});
