/** The pages of forums, agreements and concerns about venues, as people of each role use them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { roles } from '../../shared/domain/core/vocabulary.ts';
import { addDays, formatDate, newYorkDate } from '../../shared/domain/policy/due.ts';
import { isoWeekOf } from '../../shared/domain/venues/venues.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, openConsole, signedInAs } from './window.ts';

let desk: Desk;
let id: string;
let console: ReturnType<typeof openConsole>;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  console = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const signedIn = (as: string): Promise<Browser> => signedInAs(console, as);
const mainIn = (html: string) => /<main[^>]*>(.*)<\/main>/s.exec(html)?.[1] ?? '';
const textIn = (html: string) => mainIn(html).replaceAll(/<[^>]+>/g, '\n');
const plain = (html: string) => {
  const blocks = textIn(html).split(/\n+/);
  expect(blocks.flatMap(riddleWords)).toEqual([]);
  expect(blocks.flatMap(sentencesOf).filter((each) => wordsOf(each).length > 20)).toEqual([]);
};
const today = () => newYorkDate(desk.now);

describe('forums', () => {
  test('a coordinator opens one, records a meeting with two actions, and ends one', async () => {
    const browser = await signedIn('mdt-coordinator');
    plain((await browser.get('/forums')).html);
    const wrong = await browser.post('/forums', { kind: '', name: 'team-leaders' });
    expect([wrong.status, textIn(wrong.html)]).toEqual([400, expect.stringContaining('Kind: ')]);
    await browser.get('/forums');
    const { location = '' } = await browser.post('/forums', { kind: 'within-agency', name: 'team-leaders' });
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    expect(path).toMatch(/^\/forums\/FO-\d+$/);
    plain((await browser.get(path)).html);

    const held = { heldOn: today(), decisions: 'One form for all towns\nTwo people call' };
    const hostile = await browser.post(path, {
      ...held,
      decisions: `One form\nWe spoke of ${id}`,
      'actions[2].what': 'Ask Ms. Wren',
      'actions[2].owner': 'dcf',
      'actions[2].dueOn': today(),
    });
    expect(hostile.status).toBe(400);
    expect(textIn(hostile.html)).toContain('Decisions: This looks like the reference of a referral,');
    // The sentence stands at the row that was typed, though two rows before it are empty.
    expect(hostile.html).toContain('href="#meeting-actions-2-what"');
    await browser.get(path);
    const done = await browser.post(path, {
      ...held,
      'actions[0].what': 'Send the form',
      'actions[0].owner': 'dcf',
      'actions[0].dueOn': addDays(today(), 10),
      'actions[3].what': 'Train the desk',
      'actions[3].owner': 'local-police',
      'actions[3].dueOn': addDays(today(), 3),
    });
    expect(done.status).toBe(303);
    const { html } = await browser.get(path);
    plain(html);
    expect(textIn(html)).toMatch(
      /One form for all towns[\s\S]*Two people call[\s\S]*Send the form[\s\S]*Train the desk/,
    );
    const action = /action="[^"]*(\/forums\/FO-\d+\/actions\/[^"]+)"/.exec(html)?.[1] ?? '';
    expect((await browser.post(action, { how: 'action-done' })).status).toBe(303);
    expect(textIn((await browser.get('/forums')).html)).toContain('Open actions: 1, of them 0 overdue');
  });

  test('a coordinator withdraws a meeting for a reason, and records it anew', async () => {
    const browser = await signedIn('mdt-coordinator');
    await browser.get('/forums');
    const { location = '' } = await browser.post('/forums', { kind: 'within-agency', name: 'hart-committee' });
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    await browser.get(path);
    await browser.post(path, { heldOn: today(), decisions: 'Qzwords of a wrong meeting' });
    const before = (await browser.get(path)).html;
    const address = /action="[^"]*(\/forums\/FO-\d+\/meetings\/[^"]+\/withdrawal)"/.exec(before)?.[1] ?? '';
    const empty = await browser.post(address, { why: '' });
    expect([empty.status, textIn(empty.html)]).toEqual([400, expect.stringContaining('Why it is withdrawn: ')]);
    await browser.get(path);
    expect((await browser.post(address, { why: 'wrong-forum' })).status).toBe(303);
    const { html } = await browser.get(path);
    plain(html);
    expect(html).not.toContain('Qzwords');
    expect(textIn(html)).toMatch(/withdrew it on [^.]+\. Why: recorded in the wrong forum/);
    const again = await browser.post(address, { why: 'wrong-forum' });
    expect([again.status, textIn(again.html)]).toEqual([409, expect.stringContaining('or it is withdrawn')]);
    await browser.get(path);
    expect((await browser.post(path, { heldOn: today(), decisions: 'The right words' })).status).toBe(303);
    expect(textIn((await browser.get(path)).html)).toContain('The right words');
  });

  test('a forum member reads them and keeps none', async () => {
    const browser = await signedIn('forum-member');
    const { html } = await browser.get('/forums');
    plain(html);
    expect(textIn(html)).toContain('Train the desk');
    expect(html).not.toContain('Open a forum');
    expect((await browser.post('/forums', { kind: 'within-agency', name: 'team-leaders' })).status).toBe(403);
  });
});

describe('a forum member', () => {
  const lists = [
    ...['/deadlines', '/providers', '/delegations', '/policy', '/help', '/forums'],
    ...['/referrals', '/search', '/log', '/runs', '/teams', '/returns', '/unmet-needs', '/noise', '/on-call'],
    ...['/drafts', '/reports/new', '/numbers', '/agreements', '/venue-concerns', '/unhandled', '/find?reference='],
  ];

  test('sees no referral on any page, and begins with forums', async () => {
    const browser = await signedIn('forum-member');
    const home = await browser.get('/');
    expect(home.location ?? home.html).toContain('/forums');
    for (const path of [...lists, `/referrals/${id}`, `/referrals/${id}/audit`, `/find?reference=${id}`]) {
      const { html } = await browser.get(path);
      // The example of a reference is none of a referral.
      const shown = textIn(html).replaceAll('CR-7F3KD-9QXMTQ', '');
      expect([path, /CR-[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(shown)]).toEqual([path, null]);
    }
  });

  test.each(['forum-member', 'trainer', 'evaluator'])('or a %s reads no provider', async (role) => {
    const listed = (await desk.directory.providers('safe-placement')).map(({ name }) => name);
    expect(listed.length).toBeGreaterThan(0);
    const browser = await signedIn(role);
    for (const path of ['/providers', '/providers?service=safe-placement']) {
      const { status, html } = await browser.get(path);
      expect([path, status]).toEqual([path, 403]);
      expect(textIn(html)).toContain('Providers are for people who work with referrals. Your role sees none.');
      for (const name of listed) expect(html).not.toContain(name);
    }
    expect((await browser.get('/help')).html).not.toContain('href="/providers"');
    const { ask } = openApi(desk);
    for (const path of ['/providers', '/providers/safe-placement']) {
      const { status, text } = await ask(path, { as: personOf(role).id });
      expect([path, status, listed.some((name) => text.includes(name))]).toEqual([path, 403, false]);
    }
  });

  test('sees no referral by any address of the API', async () => {
    const { ask } = openApi(desk);
    const as = personOf('forum-member').id;
    for (const path of [
      '/queue',
      '/deadlines',
      '/tasks',
      '/referrals',
      '/audit/runs',
      '/audit/log',
      '/returns',
      '/drafts',
    ]) {
      const { text } = await ask(path, { as });
      expect([path, /CR-[0-9A-Z]{5}-[0-9A-Z]{6}/.exec(text)]).toEqual([path, null]);
    }
    for (const path of ['', '/identities?purpose=answer-alert', '/agenda', '/people', '/calls', '/audit']) {
      const { status } = await ask(`/referrals/${id}${path}`, { as });
      expect([path, [403, 404].includes(status)]).toEqual([path, true]);
    }
    expect((await ask('/forums', { as })).status).toBe(200);
    expect((await ask('/forums', { as, body: { kind: 'within-agency', name: 'team-leaders' } })).status).toBe(403);
  });
});

describe('agreements', () => {
  const terms = () => ({
    kind: 'data-sharing',
    agencies: ['hospital'],
    purpose: 'team-work',
    data: ['case-facts'],
    basis: 'cgs-17a-106a',
    signedOn: '2026-01-02',
    expiresOn: addDays(today(), 100),
    keeperId: personOf('program-manager').id,
  });

  test('one that ends before it begins is a sentence, and what was typed stays', async () => {
    const browser = await signedIn('program-manager');
    plain((await browser.get('/agreements')).html);
    const wrong = await browser.post('/agreements', { ...terms(), expiresOn: '2025-12-31' });
    expect(wrong.status).toBe(400);
    expect(textIn(wrong.html)).toContain('Last day: The agreement would end before it begins.');
    expect(wrong.html).toContain('2025-12-31');
    expect(await desk.ledger.agreements()).toEqual([]);
  });

  test('bite on the team until one is in force, and again when it has ended', async () => {
    const browser = await signedIn('hart-liaison');
    const lacks = async () =>
      /No data agreement is in force for: ([^<]+)</.exec((await browser.get(`/referrals/${id}/team`)).html)?.[1] ?? '';
    expect(await lacks()).toContain('medical');
    const keeper = await signedIn('program-manager');
    await keeper.get('/agreements');
    const { location = '' } = await keeper.post('/agreements', terms());
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    expect(await lacks()).not.toContain('medical');
    expect(await lacks()).toContain('law enforcement');
    const page = await keeper.get(path);
    plain(page.html);
    expect(page.html).toContain(`value="${terms().expiresOn}"`);
    expect(textIn(page.html)).toMatch(/Teams that it is for\s+The whole state/);
    expect(textIn(page.html)).toMatch(/In force from\s+Fri Jan 2, 2026/);
    const ended = await keeper.post(path, { ...terms(), endedOn: today(), revision: '1' });
    expect(ended.status).toBe(303);
    const stale = await keeper.post(path, { ...terms(), revision: '1' });
    expect([stale.status, textIn(stale.html)]).toEqual([409, expect.stringContaining('Another person changed')]);
    const team = (await browser.get(`/referrals/${id}/team`)).html;
    expect(team).toMatch(/The data agreement ended on [^:]+: medical\./);
    expect(await lacks()).not.toContain('medical');
    // A member is not told which agency lacks one.
    const member = await signedIn('seat:medical');
    expect((await member.get(`/referrals/${id}/team`)).html).not.toContain('No data agreement');
  });

  test('bite at a provider of substance use services and at the offer, and block neither', async () => {
    const browser = await signedIn('hart-liaison');
    const provider = (await desk.directory.providers('substance-use'))[0];
    if (!provider) throw new Error('The desk lists no such provider.');
    const shown = async () => (await browser.get('/providers?service=substance-use')).html;
    expect(await shown()).toContain('No qualified service organization agreement is in force with');
    /** The names in the list under that sentence. */
    const lackingNow = async () => {
      const [, list = ''] = /in force with these providers[\s\S]*?<ul[^>]*>([\s\S]*?)<\/ul>/.exec(await shown()) ?? [];
      return [...list.matchAll(/<li>([^<:]*): none recorded<\/li>/g)].map(([, name]) => name);
    };
    const before = await lackingNow();
    expect(before).toContain(provider.name);
    expect((await browser.get(`/referrals/${id}/do/offer-linkage`)).html).toContain(
      'no qualified service agreement in force: none recorded',
    );
    const keeper = await signedIn('hart-director');
    await keeper.get('/agreements');
    const { status } = await keeper.post('/agreements', {
      ...terms(),
      kind: 'qualified-service-organization',
      providers: [provider.id],
      purpose: 'substance-use-services',
      basis: 'part-2-organization',
      keeperId: personOf('hart-director').id,
    });
    expect(status).toBe(303);
    const lacking = await lackingNow();
    expect(lacking.filter((name) => name === provider.name)).toHaveLength(
      before.filter((name) => name === provider.name).length - 1,
    );
  });
});

describe('an agreement that expired', () => {
  test('says so at the provider, at the offer, and in the next steps of its keeper', async () => {
    const provider = (await desk.directory.providers('substance-use'))[1];
    if (!provider) throw new Error('The desk lists no second provider.');
    const keeper = await signedIn('program-manager');
    await keeper.get('/agreements');
    const { location = '' } = await keeper.post('/agreements', {
      kind: 'qualified-service-organization',
      providers: [provider.id],
      teams: ['MDT-HARTFORD'],
      purpose: 'substance-use-services',
      basis: 'part-2-organization',
      signedOn: '2025-01-02',
      expiresOn: '2025-12-31',
      reviewOn: addDays(today(), 5),
      keeperId: personOf('program-manager').id,
    });
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    const page = await keeper.get(path);
    plain(page.html);
    expect(textIn(page.html)).toMatch(/State\s+Expired on Wed Dec 31, 2025/);
    expect(textIn(page.html)).toMatch(/Teams that it is for\s+Hartford/);
    const liaison = await signedIn('hart-liaison');
    const listed = (await liaison.get('/providers?service=substance-use')).html;
    expect(listed).toContain(`${provider.name}: expired on Wed Dec 31, 2025`);
    expect((await liaison.get(`/referrals/${id}/do/offer-linkage`)).html).toContain(
      'no qualified service agreement in force: expired on Wed Dec 31, 2025',
    );
    for (const where of ['/', '/deadlines']) {
      const { html } = await keeper.get(where);
      plain(html);
      expect(html).toContain(`href="${path}"`);
      expect(textIn(html)).toMatch(/Expired on Wed Dec 31, 2025\. Renew it, or record that it ended\./);
      expect(textIn(html)).toContain('Review it by');
      expect(textIn(html)).not.toContain('Nothing waits for you');
    }
    expect((await liaison.get('/deadlines')).html).not.toContain('Agreements to see to');
  });

  test('and a day that is none is told as the page writes days', async () => {
    const keeper = await signedIn('program-manager');
    await keeper.get('/agreements');
    const wrong = await keeper.post('/agreements', { ...{ kind: 'data-sharing', signedOn: '2026-02-30' } });
    expect(textIn(wrong.html)).toContain('Give a day as month, day and year, such as 11/25/2026.');
    expect(textIn(wrong.html)).not.toContain('YYYY');
  });
});

describe('a concern about a venue', () => {
  test('goes from one person by the word of police and another person to a file', async () => {
    const liaison = await signedIn('hart-liaison');
    plain((await liaison.get('/venue-concerns')).html);
    const concern = { kind: 'hotel-or-motel', town: 'Meriden', concern: 'posting-missing', week: isoWeekOf(today()) };
    const wrong = await liaison.post('/venue-concerns', { ...concern, license: 'Amanda Wren' });
    expect([wrong.status, textIn(wrong.html)]).toEqual([400, expect.stringContaining('License: Give the license')]);
    await liaison.get('/venue-concerns');
    const { location = '' } = await liaison.post('/venue-concerns', { ...concern, license: 'hot.0001234' });
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    const page = await liaison.get(path);
    plain(page.html);
    expect(page.html).toContain('Record what police answered');
    expect(page.html).not.toContain('Approve the handover');
    // An empty answer is told by field, and nothing is stored.
    const empty = await liaison.post(path, { agency: '', answeredOn: '', step: '' });
    plain(empty.html);
    expect([empty.status, textIn(empty.html)]).toEqual([400, expect.stringContaining('What police answered: Choose')]);
    expect(textIn(empty.html)).toContain('Fill in “Agency”.');
    expect(textIn(empty.html)).toContain('Day of the answer: Give a day');
    const held = { agency: 'A-STATE-POLICE', answeredOn: addDays(today(), -2), step: 'police-hold' };
    const early = await liaison.post(path, { ...held, until: addDays(today(), -1) });
    expect([early.status, textIn(early.html)]).toEqual([400, expect.stringContaining('Hold until: Give a day')]);
    // What was typed stays.
    expect(early.html).toMatch(/value="A-STATE-POLICE"[^>]*selected/);
    expect((await liaison.post(path, { ...held, until: addDays(today(), 20) })).status).toBe(303);
    const waits = await liaison.get(path);
    plain(waits.html);
    expect(textIn(waits.html).replaceAll(/\n+/g, ' ')).toContain(
      `Hold: do not send yet ${formatDate(addDays(today(), -2))} ${formatDate(addDays(today(), 20))}`,
    );
    const clear = { agency: 'A-STATE-POLICE', answeredOn: today(), step: 'police-clear' };
    expect((await liaison.post(path, clear)).status).toBe(303);
    expect((await liaison.post(`${path}/file`, {})).status).toBe(409);
    const director = await signedIn('hart-director');
    expect((await director.get(path)).html).toContain('Approve the handover');
    expect((await director.post(path, { step: 'approved' })).status).toBe(303);
    await liaison.get(path);
    const file = await liaison.post(`${path}/file`, {});
    plain(file.html);
    const saved = /href="data:text\/csv;base64,([^"]+)"/.exec(file.html)?.[1] ?? '';
    expect(Buffer.from(saved, 'base64').toString()).toContain('Hotel or motel,HOT.0001234,Meriden');
    const after = await liaison.get(path);
    plain(after.html);
    expect(textIn(after.html).replaceAll(/\n+/g, ' ')).toMatch(
      /State Handed over .*Handed over by [^,]+, [^,]+, \w{3} /,
    );
    expect(after.html).toContain('Record that you take the same file again');
    expect(after.html).not.toContain('File taken again by');
    expect(textIn((await liaison.post(`${path}/file`, {})).html)).toContain('the same file was taken again');
    expect(textIn((await liaison.get(path)).html)).toContain('Same file taken again by');
  });

  test('shows each word of police, and a hold after the approval hands nothing over', async () => {
    const liaison = await signedIn('hart-liaison');
    const concern = { kind: 'casino', town: 'Hartford', concern: 'posting-missing', week: isoWeekOf(today()) };
    await liaison.get('/venue-concerns');
    const { location = '' } = await liaison.post('/venue-concerns', concern);
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    const say = async (agency: string, step: string, more: object = {}) => {
      const page = await liaison.get(path);
      expect(page.html).toContain('Record what police answered');
      const { status } = await liaison.post(path, { agency, answeredOn: today(), step, ...more });
      expect(status).toBe(303);
    };
    const flat = async (as = liaison) => {
      const { html } = await as.get(path);
      plain(html);
      return textIn(html).replaceAll(/\n+/g, ' ');
    };
    const until = addDays(today(), 2);
    await say('PD-1', 'police-hold', { until });
    await say('A-STATE-POLICE', 'police-clear');
    const director = await signedIn('hart-director');
    const held = await flat(director);
    expect(held).toMatch(/State Held by police Waits for [^;]*Hartford[^;]* Venue Casino/);
    expect(held).toMatch(new RegExp(`Clear to send .*Hartford.* Hold: do not send yet .*${formatDate(until)}`));
    expect(held).toContain('Each agency that asks to wait must say clear to send.');
    expect(held).not.toContain('Approve the handover');
    expect((await director.post(path, { step: 'approved' })).status).toBe(409);
    await say('PD-1', 'police-clear');
    await director.get(path);
    expect((await director.post(path, { step: 'approved' })).status).toBe(303);
    await say('A-STATE-POLICE', 'police-hold');
    const canceled = await flat();
    expect(canceled).toMatch(/State Held by police .*Approval that a hold canceled /);
    expect(canceled).toContain('It no longer stands.');
    expect(canceled).not.toContain('Record the handover');
    const refused = await liaison.post(`${path}/file`, {});
    expect([refused.status, textIn(refused.html)]).toEqual([409, expect.stringContaining('asks to wait')]);
  });

  test('stands in the next steps of those who can act on it, and not of the one who raised it', async () => {
    const [lead, liaison] = [await signedIn('hart-lead'), await signedIn('hart-liaison')];
    const [director, manager] = [await signedIn('hart-director'), await signedIn('program-manager')];
    const concern = { kind: 'bar-or-club', town: 'Bristol', concern: 'posting-missing', week: isoWeekOf(today()) };
    await lead.get('/venue-concerns');
    const { location = '' } = await lead.post('/venue-concerns', concern);
    const path = location.replace(/^https?:\/\/[^/]+/, '').replace('?done=yes', '');
    /** What each reads about it, on both pages. */
    const told = () =>
      Promise.all(
        [lead, liaison, director, manager].map(async (browser) => {
          const both = await Promise.all(['/', '/deadlines'].map((where) => browser.get(where)));
          for (const { html } of both) plain(html);
          const lines = both.map(
            ({ html }) => new RegExp(`href="${path}">[^<]*</a>\\s*: ([^<]*)`).exec(html)?.[1]?.trim() ?? 'nothing',
          );
          expect(lines[0]).toBe(lines[1]);
          return lines[0];
        }),
      );
    const askPolice = 'Ask police, and record what they answered.';
    expect(await told()).toEqual(['nothing', askPolice, 'nothing', 'nothing']);
    await liaison.get(path);
    await liaison.post(path, { agency: 'A-STATE-POLICE', answeredOn: today(), step: 'police-hold' });
    expect(await told()).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
    await liaison.get(path);
    await liaison.post(path, { agency: 'A-STATE-POLICE', answeredOn: today(), step: 'police-clear' });
    const approve = 'Read it. Then approve or decline it.';
    expect(await told()).toEqual(['nothing', 'nothing', approve, approve]);
    expect(textIn((await director.get('/deadlines')).html)).not.toContain('Nothing waits for you');
    await director.get(path);
    await director.post(path, { step: 'approved' });
    expect(await told()).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
  });

  test('that may be another one is told before it is stored, with a link to it', async () => {
    const liaison = await signedIn('hart-liaison');
    const concern = { kind: 'casino', town: 'Meriden', concern: 'posting-missing', week: isoWeekOf(today()) };
    await liaison.get('/venue-concerns');
    const { location: first = '' } = await liaison.post('/venue-concerns', concern);
    const id = /VC-\d+/.exec(first)?.[0] ?? '';
    await liaison.get('/venue-concerns');
    const told = await liaison.post('/venue-concerns', { ...concern, concern: 'staff-not-trained' });
    plain(told.html);
    expect([told.status, told.html]).toEqual([409, expect.stringContaining(`/venue-concerns/${id}"`)]);
    expect(told.html).toContain('Raise it as another concern');
    const another = { ...concern, concern: 'staff-not-trained', besides: id };
    const { location: second = '' } = await liaison.post('/venue-concerns', another);
    expect(second).toMatch(/VC-\d+\?done=yes$/);
    const page = await liaison.get(first.replace(/^https?:\/\/[^/]+/, ''));
    plain(page.html);
    expect(page.html).toContain(`${/VC-\d+/.exec(second)?.[0]}</a>`);
  });

  test('is told by its week in words, never by the number of a week', async () => {
    const liaison = await signedIn('hart-liaison');
    const { html } = await liaison.get('/venue-concerns');
    expect(textIn(html)).toMatch(/Week of Mon \w{3} \d/);
    expect(textIn(html)).not.toMatch(/\d{4}-W\d/);
  });

  test('is no page for other roles', async () => {
    for (const role of roles.filter((each) => ['caseworker', 'provider', 'mdt-member', 'legal'].includes(each))) {
      const as = { provider: 'contact:PV-1', 'mdt-member': 'seat:medical' }[role as string] ?? role;
      expect((await (await signedIn(as)).get('/venue-concerns')).status).toBe(403);
    }
  });
});
