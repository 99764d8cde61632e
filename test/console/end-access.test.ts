/** An administrator ends the access of a person on a page. Then everyone concerned asks for a page. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listDelegations } from '../../functions/react/list-delegations.ts';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { boardRows, rowsToPut } from '../../shared/domain/board/board-rows.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sendParts } from '../support/send-parts.ts';
import type { Tables } from '../support/tables.ts';
import { type Browser, hidden, openConsole, plain, report, signedIn, startConsole, type Window } from './window.ts';

let tables: Tables;
let window: Window;
let admin: Browser;
const [leaver, colleague] = ['P-AREA-ONCALL-HARTFORD-1', 'P-AREA-ONCALL-HARTFORD-2'];
const caseworker = 'P-CASEWORKER-NEW-HAVEN-1';
const group = 'shifts/area-oncall/office-HARTFORD';

beforeEach(async () => {
  ({ tables, careline: window } = await startConsole());
  admin = await window.person('P-ADMINISTRATOR-1');
});
afterEach(() => tables.stop());

const schedule = async () => (await tables.ledger.shifts()).schedule;

async function enterShifts(person = leaver) {
  const keeper = await window.person('P-CARELINE-SUPERVISOR-1');
  await keeper.get('/on-call');
  const csv = [
    'role,office,person,from,to,phone,order',
    `area-oncall,Hartford,${person},2026-11-09 08:00,2026-11-09 20:00,203-555-0177,1`,
    `area-oncall,Hartford,${person},2026-11-10 08:00,2026-11-10 20:00,,1`,
  ].join('\n');
  expect((await keeper.post('/on-call/import', { csv })).status).toBe(303);
}

/** The caseworker hands their work to this person. */
async function handWorkTo(personId: string) {
  const mine = await window.person(caseworker);
  await mine.get('/delegations');
  const named = await mine.post('/delegations', {
    delegateId: personId,
    work: 'caseworker',
    from: '',
    until: '2026-11-20T08:00',
  });
  expect(named.status, named.html).toBe(303);
  await listDelegations(tables, caseworker);
}

/** What the form of the preview would send. */
async function filled(id: string, fields: Readonly<Record<string, string>> = {}, by = admin) {
  const { html } = await by.get(`/people/${id}`);
  return { reason: 'left-work', seen: hidden(html, 'seen'), key: hidden(html, 'key'), ...fields };
}

const ends = async (id: string, fields: Readonly<Record<string, string>> = {}) =>
  admin.post(`/people/${id}/end`, await filled(id, fields));

test('an administrator finds the person by address, and reads what they hold before anything ends', async () => {
  await enterShifts();
  await handWorkTo(leaver);
  const open = await window.person(leaver);
  await admin.get('/people');
  const found = await admin.post('/people', { 'personId.email': 'area.oncall.hartford@dcf.example' });
  expect(found.location).toBe(`http://127.0.0.1:3000/people/${leaver}`);
  const { status, html } = await admin.get(`/people/${leaver}`);
  const text = plain(html);
  expect(status).toBe(200);
  for (const said of [
    '1 open session. Each sign-in and access token is refused from the next request on.',
    'Who takes 2 shifts: area office on call, Hartford office',
    'Mon, Nov 9, 8:00 AM to Mon, Nov 9, 8:00 PM; Tue, Nov 10, 8:00 AM to Tue, Nov 10, 8:00 PM',
    'instead',
    'Caseworker until Fri, Nov 20, 8:00 AM',
    'Order of the directory: area office on call, Hartford office',
    'One press does all of this, or nothing.',
  ])
    expect(text).toContain(said);
  expect((await open.get('/')).status).toBe(200);
  expect((await schedule()).ends).toEqual([]);
});

describe('what no page hands over', () => {
  const row = (html: string, what: string) =>
    plain(html.split('<tr>').find((each) => each.includes(what)) ?? 'No such row');

  test('is named with the deputy and the person on duty, each with a number to call', async () => {
    const { html } = await admin.get('/people/P-MDT-MEDICAL-HARTFORD-1');
    expect(row(html, 'Seat of the team: medical')).toMatch(
      /deputy: \d{3}-555-\d{4} .*MDT coordinator, Hartford MDT: 860-555-0120/,
    );
  });
});

describe('an open duty that falls to the person', () => {
  const [onCall, deputy] = ['P-AREA-ONCALL-NEW-HAVEN-1', 'P-AREA-ONCALL-NEW-HAVEN-2'];
  const now = '2026-11-09T15:05:00.000Z';
  const stateOf = async (reference: string) => {
    const { state } = (await tables.ledger.referral(reference)) ?? {};
    if (!state) throw new Error('There is no such referral.');
    return state;
  };
  /** The lists as the reaction to the last commit writes them. */
  async function listed(reference: string) {
    for (const each of rowsToPut([[], boardRows(await stateOf(reference), connecticutPolicy)]))
      await tables.board.put(each);
  }
  async function opened(fields: Readonly<Record<string, string>> = {}) {
    const reference = await report(await window.person('P-CARELINE-WORKER-1'), fields);
    await listed(reference);
    return reference;
  }
  /** The same, and a worker reached this person, who is handling the call now. */
  async function takenBy(personId: string) {
    const worker = await window.person('P-CARELINE-WORKER-1');
    const reference = await opened();
    await worker.get(`/referrals/${reference}`);
    const call = { deadlineId: `${reference}.D6.1`, personId, from: 'referral', result: 'reached', key: 'a call' };
    expect((await worker.post(`/referrals/${reference}/calls`, call)).status).toBe(303);
    await listed(reference);
    return reference;
  }
  const holderIn = async (reference: string) =>
    (await stateOf(reference)).deadlines[`${reference}.D6.1`]?.ring?.answered?.by;
  /** Sends what was asked for since. Gives each mail as its reader and its subject. */
  async function mails(reference: string) {
    const sent: string[] = [];
    const send = async ({ tags, subject }: Mail) => {
      sent.push(`${tags.personId}: ${subject}`);
      return `m-${tags.alertId}-${sent.length}`;
    };
    await sendAlerts(sendParts({ ...tables, mailer: { send } }), reference, now);
    return sent;
  }
  const to = (personId: string, sent: readonly string[]) => sent.filter((each) => each.startsWith(`${personId}: `));
  const row = (html: string, what: string) =>
    plain(html.split('<tr>').find((each) => each.includes(what)) ?? 'No such row');

  test('is listed with its words, its time and who is next, who is called in the same act', async () => {
    const reference = await opened();
    expect(to(onCall, await mails(reference))).toHaveLength(1);
    const { html } = await admin.get(`/people/${onCall}`);
    expect(row(html, 'Start the response')).toMatch(
      new RegExp(`Start the response: go to the child ${reference} Mon, Nov 9, 12:00 PM .*, deputy: \\d{3}-555-\\d{4}`),
    );
    expect((await ends(onCall)).location).toContain('?done=yes');
    const sent = await mails(reference);
    expect(to(deputy, sent)).toEqual([expect.stringContaining(': URGENT: ')]);
    expect(to(onCall, sent)).toEqual([]);
    const after = plain((await admin.get(`/people/${onCall}?done=yes`)).html);
    expect(after).toContain('the next people are called or get mail now');
    expect(after).not.toContain('Start the response');
  });

  test('is told by mail at once where it does not call', async () => {
    const reference = await opened({ 'children[0].danger': 'no' });
    await mails(reference);
    expect(row((await admin.get(`/people/${caseworker}`)).html, reference)).toContain(', deputy:');
    await ends(caseworker);
    expect(to('P-CASEWORKER-NEW-HAVEN-2', await mails(reference))).toEqual([expect.stringContaining(': New: ')]);
  });

  test('stays where it is when another person leaves, who was not the first', async () => {
    const reference = await opened();
    await mails(reference);
    const { seq } = await stateOf(reference);
    expect(plain((await admin.get(`/people/${deputy}`)).html)).toContain('No open duty waits for them.');
    await ends(deputy);
    expect((await stateOf(reference)).seq).toBe(seq);
  });

  test.each([onCall, 'P-CARELINE-SUPERVISOR-2'])('rings again where %s is handling its call', async (personId) => {
    const reference = await takenBy(personId);
    expect(await holderIn(reference)).toBe(personId);
    await mails(reference);
    const { html } = await admin.get(`/people/${personId}`);
    expect(row(html, reference)).toContain('They are handling it: people are called again');
    expect((await ends(personId)).status).toBe(303);
    expect(await holderIn(reference)).toBeUndefined();
    const sent = await mails(reference);
    expect(to(personId === onCall ? deputy : onCall, sent)).toEqual([expect.stringContaining(': URGENT: ')]);
    expect(to(personId, sent)).toEqual([]);
    const worker = await window.person('P-CARELINE-WORKER-1');
    expect(plain((await worker.get(`/referrals/${reference}/history`)).html)).toContain(
      'no one is handling this (access ended) people are called again',
    );
  });

  test('is left to the person who is handling its call', async () => {
    const reference = await takenBy(deputy);
    await mails(reference);
    await ends(onCall);
    expect(await holderIn(reference)).toBe(deputy);
    expect((await mails(reference)).filter((each) => each.includes(': URGENT: '))).toEqual([]);
  });

  test('rings again in a sealed referral, which the administrator does not see', async () => {
    const reference = await takenBy(onCall);
    const supervisor = 'P-CARELINE-SUPERVISOR-1';
    await mails(reference);
    const frame = {
      now: '2026-11-09T15:01:00.000Z',
      actor: { kind: 'person', id: supervisor },
      cause: { kind: 'command', name: 'seal-referral', id: 'SEAL' },
    } as const;
    await tables.ledger.changeReferral(reference, frame, () => [
      { type: 'referral-sealed', v: 1, because: 'safety-of-child', reason: 'TEXT-1', people: [onCall, supervisor] },
    ]);
    await listed(reference);
    expect((await admin.get(`/people/${onCall}`)).html).not.toContain(reference);
    await ends(onCall);
    expect(await holderIn(reference)).toBeUndefined();
    expect(to(supervisor, await mails(reference))).toEqual([expect.stringContaining(': URGENT: ')]);
  });

  test('is called about later where the record did not answer, once', async () => {
    const reference = await takenBy(onCall);
    let answers = false;
    const careline = openConsole(tables, {
      parts: {
        ledger: {
          ...tables.ledger,
          changeReferral: (...given) =>
            answers ? tables.ledger.changeReferral(...given) : Promise.reject(new Error('throttled')),
        },
      },
    });
    const by = await careline.person('P-ADMINISTRATOR-1');
    const done = await by.post(`/people/${onCall}/end`, await filled(onCall, {}, by));
    expect(done.location).toContain('&untold=yes');
    expect(await holderIn(reference)).toBe(onCall);
    // Also where the page is opened again.
    expect(plain((await by.get(`/people/${onCall}`)).html)).toContain('Some of the next people were not called');
    answers = true;
    for (const _ of [1, 2]) expect((await by.post(`/people/${onCall}/follow-up`)).location).toMatch(/done=yes$/);
    expect(await holderIn(reference)).toBeUndefined();
    const { commits } = (await tables.ledger.referral(reference)) ?? { commits: [] };
    expect(commits.filter(({ cause }) => cause.kind === 'command' && cause.name === 'end-access')).toHaveLength(1);
  });
});

describe('a person who left', () => {
  test('is refused at the next page and the next form, in a sentence with a number to call', async () => {
    const reader = await window.person(caseworker);
    expect((await reader.get('/')).status).toBe(200);
    const done = await ends(caseworker);
    expect([done.status, done.location]).toEqual([303, `http://127.0.0.1:3000/people/${caseworker}?done=yes`]);
    const page = await reader.get('/');
    expect(page.status).toBe(403);
    expect(plain(page.html)).toMatch(
      /An administrator ended your access on Mon Nov 9, 2026, 10:00 AM EST\. Nothing was stored, and no page opens\. If this is wrong, call the Careline: 203-555-\d{4}/,
    );
    expect((await reader.post('/delegations', { work: 'caseworker' })).status).toBe(403);
    expect(JSON.parse((await reader.get('/session')).html)).toEqual({ left: 0 });
    // A new sign-in is told the same, also where the pool of sign-ins would let them in.
    const again = window.browser();
    await again.get('/sign-in');
    const back = await again.comesBack(signedIn(caseworker));
    expect([back.status, plain(back.html).includes('Your access has ended')]).toEqual([403, true]);
    expect((await again.get('/')).location).toContain('/sign-in');
  });

  test('hands shifts and delegations over in one commit, which names the administrator', async () => {
    await enterShifts();
    await handWorkTo(leaver);
    const reference = await report(await window.person('P-CARELINE-WORKER-1'));
    const before = await window.person(leaver);
    expect((await before.get(`/referrals/${reference}`)).status).toBe(200);
    const next = await window.person('P-LEGAL-1');
    const signs = async (browser: Browser, key: string) => {
      await browser.get(`/referrals/${reference}`);
      const form = { placement: 'placed', plan: 'Words.', key };
      return (await browser.post(`/referrals/${reference}/do/record-safety-plan`, form)).status;
    };
    expect(await signs(next, 'too early')).toBe(403);

    const done = await ends(leaver, { [group]: colleague, delegations: 'P-LEGAL-1' });
    expect(done.status, plain(done.html)).toBe(303);
    const { commits } = await tables.ledger.shifts();
    expect(commits.at(-1)?.actor).toEqual({ kind: 'person', id: 'P-ADMINISTRATOR-1' });
    expect(commits.at(-1)?.events.map(({ type }) => type)).toEqual([
      'shift-handed-over',
      'shift-handed-over',
      'access-ended',
    ]);
    expect((await schedule()).shifts.map(({ personId }) => personId)).toEqual([colleague, colleague]);
    // The one who took over acts for the caseworker; the one who left does not.
    expect(await signs(next, 'now')).toBe(303);
    expect(await signs(before, 'too late')).toBe(403);
    const audit = plain((await admin.get(`/referrals/${reference}/audit/commits`)).html);
    expect(audit).toContain('on behalf of');
    const auditor = await window.person('P-AUDITOR-1');
    expect(plain((await auditor.get('/on-call/history')).html)).toContain('(left the department or agency)');
    const list = plain((await auditor.get('/people')).html);
    expect(list).toMatch(/Mon Nov 9, 2026, 10:00 AM EST .*Administrator .*Left the department or agency Ended/);
    expect(list).not.toContain('Show what they hold');
  });

  test('takes the access of their own delegate away, at that person’s next request', async () => {
    const reference = await report(await window.person('P-CARELINE-WORKER-1'));
    await handWorkTo('P-LEGAL-1');
    const delegate = await window.person('P-LEGAL-1');
    const signs = async (key: string) => {
      await delegate.get(`/referrals/${reference}`);
      const form = { placement: 'placed', plan: 'Words.', key };
      return (await delegate.post(`/referrals/${reference}/do/record-safety-plan`, form)).status;
    };
    expect(await signs('before')).toBe(303);
    expect(plain((await admin.get(`/people/${caseworker}`)).html)).toContain(
      'no longer acts for them (Caseworker, until Fri, Nov 20, 8:00 AM)',
    );
    expect((await ends(caseworker)).status).toBe(303);
    expect(await signs('after')).toBe(403);
    expect((await delegate.get('/')).status).toBe(200);
    expect((await delegate.get('/delegations')).html).not.toContain('The colleagues you act for');
  });

  test('is called and offered no more, though the directory still has them', async () => {
    const order = async () =>
      (await tables.directory.onCall('area-oncall', 'office-HARTFORD', '2026-11-09T16:00:00.000Z')).map(
        ({ personId }) => personId,
      );
    expect(await order()).toEqual([leaver, colleague]);
    expect((await ends(leaver)).status).toBe(303);
    expect(await order()).toEqual([colleague]);
    await enterShifts(colleague);
    const keeper = await window.person('P-CARELINE-SUPERVISOR-1');
    await keeper.get('/on-call/shifts/SH-2-1');
    const back = await keeper.post('/on-call/shifts/SH-2-1/hand-over', { person: leaver });
    expect([back.status, plain(back.html).includes('does not give this person the role')]).toEqual([409, true]);
  });
});

describe('a person who lost a device', () => {
  test('keeps the shifts where the administrator says so, and older sign-ins stay closed once they are let in again', async () => {
    await enterShifts();
    await handWorkTo(leaver);
    const lost = await window.person(leaver);
    const done = await ends(leaver, { reason: 'device-lost', [group]: 'keep', delegations: 'keep' });
    expect(done.status, plain(done.html)).toBe(303);
    expect((await lost.get('/')).status).toBe(403);
    expect((await schedule()).shifts.map(({ personId }) => personId)).toEqual([leaver, leaver]);
    const text = plain((await admin.get(`/people/${leaver}`)).html);
    expect(text).toContain('first resets their password and second factor');
    expect(text).toContain('npm run people -- enable email=area.oncall.hartford@dcf.example');

    window.passes(60);
    const [entry] = (await tables.items('Directory')).filter(
      ({ pk, sk }) => pk === `person#${leaver}` && sk === 'profile',
    );
    await tables.enter([{ ...(entry as { pk: string; sk: string }), letInAt: '2026-11-09T15:00:59.000Z' }]);
    // The device has the old session still.
    expect((await lost.get('/')).location).toContain('/sign-in');
    const back = await window.person(leaver);
    expect((await back.get('/')).status).toBe(200);
    expect(plain((await back.get('/delegations')).html)).toContain('The colleagues you act for');
    expect(plain((await admin.get('/people')).html)).toContain('Let in again');
  });
});

describe('nothing is half done where', () => {
  test('a choice is missing: each field says so, and the page keeps the rest', async () => {
    await enterShifts();
    const form = await filled(leaver, { reason: '', [group]: '' });
    const answer = await admin.post(`/people/${leaver}/end`, form);
    expect(answer.status).toBe(400);
    const text = plain(answer.html);
    expect(text).toContain('Why it ends: Choose why the access ends.');
    expect(text).toContain('area office on call, Hartford office: Choose who takes them over, or no one.');
    expect((await schedule()).ends).toEqual([]);
  });

  test.each([
    ['one who cannot take the shift', { [group]: 'P-LEGAL-1' }, 'does not give this person the role of the shift'],
    ['a person who left keeps a shift', { [group]: 'keep' }, 'A person who left keeps no shift'],
    ['the person themselves takes over', { [group]: leaver }, 'The person whose access ends cannot take over'],
    ['the delegate may not act', { [group]: colleague, delegations: 'P-PROVIDER-EDUCATION-1' }, 'must be staff'],
    ['the delegate is the person on leave', { [group]: colleague, delegations: caseworker }, 'must be staff'],
    ['the preview is out of date', { [group]: colleague, seen: 'SH-1-1' }, 'changed since you opened this page'],
    ['a shift was left out of the form', {}, 'Choose who takes each shift and the delegations'],
  ])('%s', async (_, fields: Readonly<Record<string, string>>, sentence) => {
    await enterShifts();
    await handWorkTo(leaver);
    const before = await schedule();
    const answer = await ends(leaver, { delegations: 'none', ...fields });
    expect(answer.status, plain(answer.html)).toBe(409);
    expect(plain(answer.html)).toContain(sentence);
    expect(await schedule()).toEqual(before);
    expect((await (await window.person(leaver)).get('/')).status).toBe(200);
  });

  test('a shift came since the page was opened', async () => {
    const form = await filled(leaver);
    await enterShifts();
    const answer = await admin.post(`/people/${leaver}/end`, form);
    expect([answer.status, plain(answer.html).includes('changed since you opened this page')]).toEqual([409, true]);
    expect((await schedule()).ends).toEqual([]);
  });
});

describe('no one ends access who may not', () => {
  test.each(['P-CARELINE-SUPERVISOR-1', 'P-AUDITOR-1', caseworker])('%s', async (id) => {
    const other = await window.person(id);
    expect((await other.get(`/people/${leaver}`)).status).toBe(403);
    await other.get('/');
    const answer = await other.post(`/people/${leaver}/end`, { reason: 'left-work', seen: '', delegations: 'none' });
    expect(answer.status).toBe(403);
    expect((await other.post(`/people/${leaver}/follow-up`)).status).toBe(403);
    expect((await schedule()).ends).toEqual([]);
  });

  test('an administrator themselves, who may be the last one', async () => {
    const own = 'P-ADMINISTRATOR-1';
    expect(plain((await admin.get(`/people/${own}`)).html)).toContain('You cannot end your own access.');
    const answer = await admin.post(`/people/${own}/end`, { reason: 'left-work', seen: '', delegations: 'none' });
    expect([answer.status, plain(answer.html).includes('Ask another administrator')]).toEqual([409, true]);
    expect((await admin.get('/')).status).toBe(200);
  });

  test('two administrators who end each other: the first press counts, and one of them stays', async () => {
    const second = await window.person('P-ADMINISTRATOR-2');
    const [one, other] = [await filled('P-ADMINISTRATOR-2'), await filled('P-ADMINISTRATOR-1', {}, second)];
    const answers = await Promise.all([
      admin.post('/people/P-ADMINISTRATOR-2/end', one),
      second.post('/people/P-ADMINISTRATOR-1/end', other),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect((await schedule()).ends).toHaveLength(1);
  });

  test('a person who is not in the directory is no one to end', async () => {
    for (const id of ['P-NO-ONE', 'p']) expect((await admin.get(`/people/${id}`)).status).toBe(404);
    await admin.get('/people');
    expect((await admin.post('/people', {})).status).toBe(400);
  });
});

test('the same form sent twice ends the access once', async () => {
  const form = await filled(caseworker);
  for (const _ of [1, 2]) expect((await admin.post(`/people/${caseworker}/end`, form)).status).toBe(303);
  expect((await schedule()).ends).toHaveLength(1);
  const again = await admin.post(`/people/${caseworker}/end`, { ...form, key: 'another' });
  expect([again.status, plain(again.html).includes('has ended already')]).toEqual([409, true]);
});

test('where the sign-in service does not answer, access has ended all the same, and the page closes the account later', async () => {
  const closed: string[] = [];
  let answers = false;
  const careline = openConsole(tables, {
    parts: {
      async closeAccount(sub) {
        if (!answers) throw new Error('throttled');
        closed.push(sub);
      },
    },
  });
  const reader = await careline.person(caseworker);
  const by = await careline.person('P-ADMINISTRATOR-1');
  const done = await by.post(`/people/${caseworker}/end`, await filled(caseworker, {}, by));
  expect(done.location).toContain('?done=open');
  expect((await reader.get('/')).status).toBe(403);
  const shown = plain((await by.get(`/people/${caseworker}?done=open`)).html);
  expect(shown).toContain('Their sign-in account is still open');
  answers = true;
  expect((await by.post(`/people/${caseworker}/follow-up`)).location).toContain('?done=yes');
  expect(closed).toEqual(['sample-p-caseworker-new-haven-1']);
});
