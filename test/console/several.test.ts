/** Several acts at once: what the check says, and that one press does each once. Nothing is half done unsaid. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ledger } from '../../shared/store/ledger.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, openConsole, plain, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
let id: string;
/** The number of the next act that the ledger fails to store. 0: it fails none. */
let failsAt = 0;
beforeEach(async () => {
  ({ desk, id } = await startConfirmed());
  failsAt = 0;
  const changeReferral: Ledger['changeReferral'] = (...given) => {
    failsAt -= 1;
    return failsAt === 0 ? Promise.reject(new Error('The store is away.')) : desk.ledger.changeReferral(...given);
  };
  const ledger = { ...desk.ledger, changeReferral };
  careline = openConsole(desk, { parts: { ledger, now: () => desk.now } });
});
afterEach(() => desk.stop());

type Pairs = Readonly<Record<string, string | readonly string[]>>;

/** What the form of several acts sends as the page shows it. */
function sentBy(html: string): Record<string, string[]> {
  const form = html.split(/<form[^>]* id="several-/)[1]?.split('</form>')[0] ?? '';
  const sent: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    sent[name] = [...(sent[name] ?? []), value];
  return sent;
}
const path = (kind: string, of = id) => `/referrals/${of}/several/${kind}`;
const seqNow = async () => (await desk.state(id)).seq;
const linkages = async () => (await desk.state(id)).services.linkages;
const commitsOf = async (name: string) =>
  ((await desk.ledger.referral(id))?.commits ?? []).filter(
    ({ cause }) => cause.kind === 'command' && cause.name === name,
  );

async function opens(as: string, page: string): Promise<Browser> {
  const browser = await signedInAs(careline, as);
  await browser.get(`/referrals/${id}/${page}`);
  return browser;
}
const twoReferred = { 'medical-acute-forensic.act': 'refer PV-1', 'mental-health.act': 'refer PV-2' };
async function checked(browser: Browser, chosen: Pairs, kind = 'services') {
  const shown = await browser.post(path(kind), chosen);
  expect(shown.status).toBe(200);
  return shown.html;
}

describe('the services of a referral', () => {
  test('each row has its providers, a reminder where one is silent, and the reasons to decline', async () => {
    const browser = await opens('caseworker', 'services');
    const { html } = await browser.get(`/referrals/${id}/services`);
    const row = (service: string) => html.split(`name="${service}.act"`)[1]?.split('</select>')[0] ?? '';
    expect(row('mental-health')).toContain('House of mental-health (invented)');
    expect(row('mental-health')).not.toContain('Remind the provider');
    expect(row('victim-advocacy')).toContain('Remind the provider');
    expect(row('victim-advocacy')).toContain('label="Refer to another provider"');
    expect(row('mental-health')).toContain('value="decline no-capacity"');
  });

  test('each service that a clock asks for has a row: whose it is, by when, and what can be said', async () => {
    const browser = await opens('caseworker', 'services');
    const { html } = await browser.get(`/referrals/${id}/services`);
    const rows = new Map(
      [...html.matchAll(/<th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)].map(([, name = '', row = '']) => [name, row]),
    );
    const told = (name: string) => plain(rows.get(name)?.split('<select')[0] ?? '');
    expect(told('Medical exam, not acute')).toContain('Needed Caseworker: overdue by 1 d');
    expect(told('Safe placement')).toContain('Caseworker: overdue by 1 d');
    expect(told('Education')).toContain('Caseworker: in');
    expect(told('Victim advocacy')).toContain('Provider, HART liaison: in 1 d');
    expect(rows.get('Education')).toContain('value="decline no-provider"');
    // A service that only a clock asks for is referred from its row too.
    expect(rows.get('Education')).toContain('label="Refer to"');
    expect(rows.get('Medical exam, not acute')).toContain('House of medical-nonacute (invented)');
    // The rows remind, so no link below does it again.
    expect(html).not.toContain('/do/remind-providers');
    expect(html.match(/>Services<\/(h2|caption)>/g)).toHaveLength(1);
  });

  test('the check says who gets e-mail, which clocks open and what is left out, and stores nothing', async () => {
    const before = await seqNow();
    const browser = await opens('caseworker', 'services');
    const page = plain(await checked(browser, twoReferred));
    expect(page).toContain('Refer: mental health, to House of mental-health (invented)');
    expect(page).toContain(personOf('contact:PV-2').name);
    expect(page).toMatch(/Opens: .*, due Wed Nov 25, 2026/);
    expect(page).toContain('Victim advocacy: nothing was chosen in its row');
    expect(await seqNow()).toBe(before);
  });

  test('one press stores each as a commit of its own, and the same press again stores nothing', async () => {
    const browser = await opens('caseworker', 'services');
    const sent = sentBy(await checked(browser, twoReferred));
    const done = await browser.post(path('services'), sent);
    expect(done.status).toBe(303);
    const after = await seqNow();
    const page = plain((await browser.get(done.location.replace(/^https?:\/\/[^/]+/, ''))).html);
    expect(page).toContain(
      'You referred to a provider: acute forensic medical exam. You referred to a provider: mental health.',
    );
    expect((await linkages())['mental-health']).toMatchObject({ status: 'offered', providerId: 'PV-2' });
    const again = await browser.post(path('services'), sent);
    expect(again.location).toContain('before=offer-linkage');
    expect(await seqNow()).toBe(after);
  });

  test('two presses at the same moment store each once', async () => {
    const browser = await opens('caseworker', 'services');
    const sent = sentBy(await checked(browser, twoReferred));
    const before = (await commitsOf('offer-linkage')).length;
    await Promise.all([browser.post(path('services'), sent), browser.post(path('services'), sent)]);
    expect(await commitsOf('offer-linkage')).toHaveLength(before + 2);
  });

  test('a page from before another person referred is refused in a sentence, and does not even do the rest', async () => {
    const browser = await opens('caseworker', 'services');
    const sent = sentBy(await checked(browser, twoReferred));
    await desk.do(id, 'offer-linkage', { service: 'mental-health', providerId: 'PV-1' }, 'hart-liaison');
    const before = await seqNow();
    const refused = await browser.post(path('services'), sent);
    expect(refused.status).toBe(409);
    expect(plain(refused.html)).toContain('The referral has changed since you opened this page');
    expect(await seqNow()).toBe(before);
    expect((await linkages())['medical-acute-forensic']?.status).toBe('needed');
  });

  test('a form without the number of the page is refused', async () => {
    const browser = await opens('caseworker', 'services');
    const { seq: _, ...sent } = sentBy(await checked(browser, twoReferred));
    const before = await seqNow();
    expect((await browser.post(path('services'), sent)).status).toBe(409);
    expect(await seqNow()).toBe(before);
  });

  test('where the store fails half-way, the page says what is done and what not, and the same press does the rest', async () => {
    const browser = await opens('caseworker', 'services');
    const sent = sentBy(await checked(browser, twoReferred));
    failsAt = 2;
    const half = await browser.post(path('services'), sent);
    expect(half.status).toBe(409);
    const page = plain(half.html);
    expect(page).toContain('Not all is done: 1 of 2 are missing');
    expect(page).toContain('Refer: mental health, to House of mental-health (invented): a store did not answer');
    expect(page).toMatch(/Done Refer: acute forensic medical exam/);
    const again = sentBy(half.html);
    expect(again.key).toEqual(sent.key);
    const before = (await commitsOf('offer-linkage')).length;
    expect((await browser.post(path('services'), again)).status).toBe(303);
    expect(await commitsOf('offer-linkage')).toHaveLength(before + 1);
    expect((await linkages())['mental-health']?.status).toBe('offered');
  });

  test("a child's no asks for its words on the page of the check, and keeps what was typed", async () => {
    const browser = await opens('caseworker', 'services');
    const html = await checked(browser, {
      'mental-health.act': 'decline child-declined',
      'victim-advocacy.act': 'decline waiting-list',
    });
    expect(plain(html)).toContain('At least ten characters.');
    const sent = { ...sentBy(html), 'victim-advocacy.waitDays': '30' };
    const short = await browser.post(path('services'), { ...sent, 'mental-health.reason': 'No.' });
    expect(short.status).toBe(400);
    expect(plain(short.html)).toContain('reason in words, at least ten characters.');
    expect(short.html).toContain('value="30"');
    const words = 'She wants to wait, she says.';
    const full = { ...sentBy(short.html), 'victim-advocacy.waitDays': '30', 'mental-health.reason': words };
    expect((await browser.post(path('services'), full)).status).toBe(303);
    expect((await linkages())['mental-health']?.status).toBe('declined');
    expect((await desk.state(id)).services.unmetNeeds).toContainEqual(
      expect.objectContaining({ service: 'victim-advocacy', waitDays: 30 }),
    );
    expect([...(await desk.vaultTexts()).values()]).toContain(words);
  });

  test('what the rules refuse is left out with its reason, and the rest can be confirmed', async () => {
    const browser = await opens('caseworker', 'services');
    const html = await checked(browser, {
      ...twoReferred,
      'mental-health.act': 'refer PV-UNKNOWN',
      'victim-advocacy.act': 'decline made-up',
      'made-up.act': 'refer PV-1',
    });
    expect(plain(html)).toMatch(/Left out .*Refer: mental health: The directory has no such provider/);
    expect(plain(html)).toContain('Decline: victim advocacy, made up: Choose one of: Child declined');
    expect(sentBy(html)).toMatchObject({ 'medical-acute-forensic.act': ['refer PV-1'] });
    expect(sentBy(html)['mental-health.act']).toBeUndefined();
  });

  test('a confirmation with an act that no page showed does nothing', async () => {
    const browser = await opens('caseworker', 'services');
    const sent = sentBy(await checked(browser, twoReferred));
    const before = await seqNow();
    const made = { ...sent, 'victim-advocacy.act': 'refer PV-UNKNOWN' };
    const refused = await browser.post(path('services'), made);
    expect(refused.status).toBe(409);
    expect(plain(refused.html)).toContain('Refer: victim advocacy: The directory has no such provider');
    expect(await seqNow()).toBe(before);
  });

  test('the Careline supervisor has the rows of urgent services alone, and no more by a made-up form', async () => {
    const browser = await opens('careline-supervisor', 'services');
    const { html } = await browser.get(`/referrals/${id}/services`);
    expect(html).toContain('name="medical-acute-forensic.act"');
    expect(html).not.toContain('name="mental-health.act"');
    const before = await seqNow();
    const shown = await browser.post(path('services'), { 'mental-health.act': 'refer PV-1' });
    expect(sentBy(shown.html)).toEqual({});
    const made = { step: 'do', key: 'made up', seq: String(before), 'mental-health.act': 'refer PV-1' };
    expect((await browser.post(path('services'), made)).status).toBe(409);
    expect(await seqNow()).toBe(before);
  });
});

describe.each(['services', 'reminders', 'invitations'])('several %s', (kind) => {
  test.each(['auditor', 'seat:medical', 'contact:PV-1'])('%s may do none of it', async (as) => {
    const browser = await opens(as, '');
    const before = await seqNow();
    const made = {
      step: 'do',
      key: 'made up',
      seq: String(before),
      ...twoReferred,
      service: 'victim-advocacy',
      seat: 'dcf',
    };
    expect((await browser.post(path(kind), { ...made, 'dcf.personId': 'P-HART-LIAISON', reason: 'x' })).status).toBe(
      403,
    );
    expect((await browser.get(path(kind))).status).toBe(403);
    expect(await seqNow()).toBe(before);
  });

  test('a number of no referral, and one that the reader may not see, are the same answer', async () => {
    const browser = await opens('contact:PV-1', '');
    const other = await desk.opened({ name: 'Another Example' });
    for (const of of [other, 'CR-00000-000000']) {
      expect((await browser.get(path(kind, of))).status).toBe(404);
      expect((await browser.post(path(kind, of), { step: 'do', ...twoReferred })).status).toBe(404);
    }
  });
});

test('another kind of several acts is no page', async () => {
  const browser = await opens('caseworker', '');
  expect((await browser.get(path('closings'))).status).toBe(404);
});

describe('reminders', () => {
  test('the coordinator reads who is reminded and who is left out and why, and one press sends one alert', async () => {
    const browser = await opens('mdt-coordinator', 'team');
    const { html } = await browser.get(path('reminders'));
    expect(plain(html)).toContain(personOf('seat:dcf').name);
    expect(plain(html)).toContain(`Medical: ${personOf('seat:medical').name}`);
    expect(plain(html)).toContain('has accepted');
    const sent = sentBy(html);
    const { status, location } = await browser.post(path('reminders'), sent);
    expect(status).toBe(303);
    expect(plain((await browser.get(location)).html)).toMatch(/Recorded You sent a reminder to \d+ people\./);
    await browser.post(path('reminders'), sent);
    expect(await commitsOf('remind-seats')).toHaveLength(1);
    const people = Object.values((await desk.state(id)).alerts).at(-1)?.people ?? [];
    expect(people).toContain(personOf('seat:dcf').id);
    expect(people).not.toContain(personOf('seat:medical').id);
    expect(plain((await browser.get(path('reminders'))).html)).toContain('Recorded already');
  });

  test('a member who answered since is not reminded: the page says so, and shows who is left', async () => {
    const browser = await opens('mdt-coordinator', 'team');
    const sent = sentBy((await browser.get(path('reminders'))).html);
    await desk.do(id, 'answer-seat', { discipline: 'dcf', answer: 'accepted' }, 'seat:dcf');
    const refused = await browser.post(path('reminders'), sent);
    expect(refused.status).toBe(409);
    expect(await commitsOf('remind-seats')).toHaveLength(0);
    expect(sentBy(refused.html).seat).not.toContain('dcf');
    expect((await browser.post(path('reminders'), sentBy(refused.html))).status).toBe(303);
    expect(await commitsOf('remind-seats')).toHaveLength(1);
  });

  test('a social worker reminds the silent providers, and none that answered', async () => {
    await desk.do(id, 'offer-linkage', { service: 'mental-health', providerId: 'PV-2' }, 'caseworker');
    const browser = await opens('caseworker', 'services');
    expect((await browser.get(`/referrals/${id}/services`)).html).toContain('Remind all who have not answered');
    await desk.do(id, 'accept-linkage', { service: 'mental-health' }, 'contact:PV-2');
    const { html } = await browser.get(path('reminders'));
    expect(plain(html)).toContain('Mental health: it is accepted');
    expect((await browser.post(path('reminders'), sentBy(html))).status).toBe(303);
    const last = Object.values((await desk.state(id)).alerts).at(-1);
    expect(last).toMatchObject({ kind: 'linkage-offered', people: ['PV-1.CONTACT'] });
  });
});

describe('at night, in quiet hours', () => {
  /** 1:56 in New York. */
  const night = '2026-11-11T06:56:00.000Z';
  const referred = { 'mental-health.act': 'refer PV-2' };

  test('the check says until when the mail waits, and so does the page of mail', async () => {
    desk.at(night);
    const browser = await opens('caseworker', 'services');
    const html = await checked(browser, referred);
    expect(plain(html)).toMatch(/, waits until 8:00 AM/);
    expect((await browser.post(path('services'), sentBy(html))).status).toBe(303);
    expect(plain((await browser.get(`/referrals/${id}/mail`)).html)).toMatch(
      /Referral to a service [^·]* waits until 8:00 AM Not told yet/,
    );
    desk.at('2026-11-11T13:01:00.000Z');
    const morning = await opens('caseworker', 'services');
    const mail = plain((await morning.get(`/referrals/${id}/mail`)).html);
    expect(mail).toContain('Referral to a service');
    expect(mail).not.toContain('waits until');
  });

  test('a provider whose mail has not gone is not reminded, and the check says why', async () => {
    desk.at(night);
    await desk.do(id, 'offer-linkage', { service: 'mental-health', providerId: 'PV-2' }, 'caseworker');
    const browser = await opens('caseworker', 'services');
    const { html } = await browser.get(path('reminders'));
    expect(plain(html)).toContain('Mental health: its e-mail waits until 8:00 AM');
    expect(sentBy(html).service ?? []).not.toContain('mental-health');
    const row = await checked(browser, { 'mental-health.act': 'remind' });
    expect(plain(row)).toContain('waits for the end of quiet hours');
    desk.at('2026-11-11T13:01:00.000Z');
    const morning = await opens('caseworker', 'services');
    expect(sentBy((await morning.get(path('reminders'))).html).service).toContain('mental-health');
  });

  test('a member whose invitation has not gone out is not reminded, and the team page says when it goes', async () => {
    desk.at(night);
    for (const as of ['seat:dcf', 'seat:dcf/2'])
      await desk.do(id, 'answer-seat', { discipline: 'dcf', answer: 'declined', reasonCode: 'workload' }, as);
    const invited = { discipline: 'dcf', personId: personOf('hart-lead').id, reason: 'They know the child.' };
    await desk.do(id, 'invite-seat', invited, 'mdt-coordinator');
    const browser = await opens('mdt-coordinator', 'team');
    const reminds = '/do/remind-seats?from=team&amp;of=';
    const { html } = await browser.get(`/referrals/${id}/team`);
    expect(html).toContain(`${reminds}mental-health`);
    expect(html).not.toContain(`${reminds}dcf`);
    expect(plain((await browser.get(path('reminders'))).html)).toMatch(
      /DCF: Invented [^:]+: the invitation goes out at 8:00 AM/,
    );
    desk.at('2026-11-11T13:01:00.000Z');
    const morning = await opens('mdt-coordinator', 'team');
    expect((await morning.get(`/referrals/${id}/team`)).html).toContain(`${reminds}dcf`);
  });
});

describe('invitations', () => {
  const reason = 'They know the child from school.';
  beforeEach(async () => {
    for (const seat of ['dcf', 'mental-health'])
      for (const as of [`seat:${seat}`, `seat:${seat}/2`])
        await desk.do(id, 'answer-seat', { discipline: seat, answer: 'declined', reasonCode: 'workload' }, as);
  });

  test('the team page leads to one form for all empty seats, and one press invites each person', async () => {
    const browser = await opens('mdt-coordinator', 'team');
    const team = await browser.get(`/referrals/${id}/team`);
    expect(team.html).toContain(path('invitations'));
    const form = await browser.get(path('invitations'));
    expect(plain(form.html)).toContain('Mental health, required by law');
    const html = await checked(
      browser,
      {
        'dcf.personId': personOf('hart-liaison').id,
        'mental-health.personId.email': 'p-hart-lead@dcf.example',
        reason,
      },
      'invitations',
    );
    expect(plain(html)).toContain(`Mental health: ${personOf('hart-lead').name}`);
    expect((await browser.post(path('invitations'), sentBy(html))).status).toBe(303);
    const { seats } = (await desk.state(id)).team;
    expect(seats.find(({ discipline }) => discipline === 'dcf')?.personId).toBe(personOf('hart-liaison').id);
    expect(seats.find(({ discipline }) => discipline === 'mental-health')?.personId).toBe(personOf('hart-lead').id);
    expect([...(await desk.vaultTexts()).values()].filter((text) => text === reason)).toHaveLength(2);
  });

  test('a person with a conflict of interest is left out with the reason, and cannot be slipped in', async () => {
    await desk.do(id, 'sign-confidentiality', { conflict: 'yes' }, 'mdt-chair');
    const browser = await opens('mdt-coordinator', 'team');
    const chosen = {
      'dcf.personId': personOf('mdt-chair').id,
      'mental-health.personId': personOf('hart-lead').id,
      reason,
    };
    const html = await checked(browser, chosen, 'invitations');
    expect(plain(html)).toMatch(/Left out DCF: .*conflict of interest/);
    const before = await seqNow();
    const slipped = { ...sentBy(html), 'dcf.personId': personOf('mdt-chair').id };
    expect((await browser.post(path('invitations'), slipped)).status).toBe(409);
    expect(await seqNow()).toBe(before);
  });

  test('a form without a person or a reason says so', async () => {
    const browser = await opens('mdt-coordinator', 'team');
    const empty = await browser.post(path('invitations'), {});
    expect(empty.status).toBe(400);
    expect(plain(empty.html)).toContain('Name at least one person.');
    expect(plain(empty.html)).toContain('Say why they are invited.');
  });
});
