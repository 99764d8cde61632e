/**
 * The duties of law as a person meets them on the page of a referral, in a real browser. Each test reads the row, the
 * form, its confirmation, and the answer to a wrong input. It finds them by role, label or words.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { type CommandName, commands } from '../../shared/domain/commands.ts';
import type { Decision } from '../../shared/domain/core/decision.ts';
import { openServices, propose } from '../../shared/domain/pathway/steps.ts';
import { watchLinkages } from '../../shared/domain/services/linkage-clocks.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { sendParts } from '../support/send-parts.ts';
import { violationsOn } from './chromium.ts';
import { type Stage, startStage } from './console-stage.ts';
import { type Browser, monday, report } from './window.ts';

const people = {
  worker: 'P-CARELINE-WORKER-1',
  caseworker: 'P-CASEWORKER-NEW-HAVEN-1',
  supervisor: 'P-AREA-SUPERVISOR-NEW-HAVEN-1',
  liaison: 'P-HART-LIAISON-SOUTH-CENTRAL-1',
  counsel: 'P-LEGAL-1',
  advisor: 'P-AAG-LIAISON-1',
  advocate: 'P-PROVIDER-VICTIM-ADVOCACY-1',
} as const;
type Who = keyof typeof people;

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const referral = async (fields: Parameters<typeof report>[1] = {}): Promise<string> =>
  report(await stage.careline.person(people.worker), { 'children[0].perpetrators': ['third-party'], ...fields });

let keys = 0;
/** Does an earlier act, which the test is not about. */
async function act(who: Who, id: string, name: CommandName, fields: Parameters<Browser['post']>[1] = {}) {
  keys += 1;
  const browser = await stage.careline.person(people[who]);
  await browser.get(`/referrals/${id}`);
  const { status, html } = await browser.post(`/referrals/${id}/do/${name}`, { key: `act-${keys}`, ...fields });
  if (status !== 303) throw new Error(`${name} was answered with ${status}: ${html.split('role="alert"')[1]}`);
}
/** What the workflow does after a screening or a new fact. No workflow runs here. */
async function proceed(id: string, birthDate?: string): Promise<void> {
  await work(id, (decision) => propose(decision, birthDate));
  await work(id, openServices);
}
async function work(id: string, decide: (decision: Decision) => void): Promise<void> {
  const read = await stage.tables.ledger.referral(id);
  const parts = { ledger: stage.tables.ledger, now: read?.commits.at(-1)?.at ?? monday, name: 'test' };
  await carryOut(parts, { referralId: id, generation: read?.state.generation ?? 1 }, decide);
}
const open = (who: Who, id: string): Promise<Page> => stage.visit(people[who], `/referrals/${id}`);

/** Opens a page of the referral that is shown now. */
async function turnTo(page: Page, slug: string): Promise<void> {
  const { pathname, origin } = new URL(page.url());
  const [, id = ''] = /^\/referrals\/([^/]+)/.exec(pathname) ?? [];
  await page.goto(`${origin}/referrals/${id}${slug}`);
}
async function step(page: Page, words: string | RegExp): Promise<Locator> {
  await turnTo(page, '/tasks');
  return page.getByRole('region', { name: 'Do this next' }).getByRole('listitem').filter({ hasText: words });
}
/** The words of a rule in *Why?*. The button that comes after them may begin at once. */
const underRule = (rule: string) => new RegExp(`rule ${rule}(?![a-z0-9])`);
/** The line of a deadline, among the open or the settled ones. */
async function row(page: Page, words: string | RegExp): Promise<Locator> {
  const found = page.getByRole('table', { name: 'Deadlines' }).getByRole('row').filter({ hasText: words });
  const later = page.getByRole('link', { name: 'Later deadlines' });
  for (const list of ['open', 'settled']) {
    await turnTo(page, `/clocks?show=${list}`);
    while ((await found.count()) === 0 && (await later.count()) > 0) await later.click();
    if ((await found.count()) > 0) break;
  }
  return found;
}
/** The value beside a term of the page about the child. */
async function fact(page: Page, term: string): Promise<Locator> {
  await turnTo(page, '/child');
  return page.locator('dt').getByText(term, { exact: true }).locator('+ dd');
}
const textOf = async (locator: Locator | Promise<Locator>): Promise<string> =>
  ((await (await locator).textContent()) ?? '').replaceAll(/\s+/g, ' ');

/** The form under this title: on the page that is shown, or on its own page. */
async function form(page: Page, title: string): Promise<Locator> {
  const shown = page.getByRole('heading', { level: 1, name: title, exact: true });
  if ((await shown.count()) === 0) {
    const name = Object.entries(commands).find(([, command]) => command.title === title)?.[0];
    await turnTo(page, `/do/${name}`);
  }
  return page.locator('form.usa-form');
}
/** Sends the form. Gives what the page says then: the confirmation, or the error. */
async function send(page: Page, sent: Locator, button: string): Promise<string> {
  await sent.getByRole('button', { name: button }).click();
  return textOf(
    page
      .getByRole('alert')
      .or(page.getByRole('status').filter({ hasText: 'Recorded' }))
      .first(),
  );
}
const tick = (sent: Locator, words: string | RegExp) =>
  sent.getByText(words, { exact: typeof words === 'string' }).click();

const when = 'When it took place';
/** The clock of these tests stands on Monday, Nov 9, 2026, at 10:00 AM. */
const nextMonth = '2026-12-24T10:00';
const inTheFuture = 'This time lies in the future. Give the time when it took place.';

test('the child seen: an attempt does not keep the duty, a future time keeps what was typed, and seen keeps it', async () => {
  const id = await referral();
  const page = await open('caseworker', id);
  expect(await textOf(step(page, 'Meet the child'))).toMatch(
    /Due in 1 h 59 min \(12:00 PM\).*2 hours after receipt of the report/,
  );
  expect(await textOf(row(page, underRule('D39')))).toMatch(
    /^Meet the child face to faceOpen: in 1 h 59 minCaseworker, Area office on call/,
  );
  expect(await textOf(fact(page, 'Child seen'))).toBe('Not recorded yet');

  const title = 'Record that the child was seen, or an attempt to see the child';
  // The same button records an attempt, so it does not say that the child was seen.
  const button = 'Record the visit or attempt';
  let seen = await form(page, title);
  await tick(seen, 'Tried, and not seen');
  await seen.getByLabel('Who saw the child, or tried to').selectOption('Caseworker');
  await seen.getByLabel(when).fill(nextMonth);
  expect(await send(page, seen, button)).toContain(inTheFuture);
  seen = await form(page, title);
  expect(await seen.getByRole('radio', { name: 'Tried, and not seen' }).isChecked()).toBe(true);
  expect(await seen.getByLabel('Who saw the child, or tried to').inputValue()).toBe('caseworker');
  expect(await seen.getByLabel(when).inputValue()).toBe(nextMonth);

  await seen.getByLabel(when).fill('');
  expect(await send(page, seen, button)).toContain(
    'You recorded an attempt to see the child. The deadline runs until the child is seen.',
  );
  expect(await textOf(row(page, underRule('D39')))).toContain('Open: in 1 h');
  expect(await textOf(fact(page, 'Child seen'))).toMatch(/^Not yet. Last attempt Mon Nov 9, .*: caseworker$/);

  seen = await form(page, title);
  await tick(seen, 'Seen');
  await seen.getByLabel('Was the child seen alone?').selectOption('seen-alone');
  await seen.getByLabel('Who saw the child, or tried to').selectOption('Caseworker');
  expect(await send(page, seen, button)).toContain('You recorded that the child was seen: Mon Nov 9, 2026');
  expect(await textOf(row(page, underRule('D39')))).toContain('Kept Mon Nov 9');
  expect(await (await step(page, underRule('D39'))).count()).toBe(0);
  expect(await textOf(fact(page, 'Child seen'))).toMatch(/^Seen Mon Nov 9/);
});

test('a facility and a school: each notice is a duty of its own, and a missing answer leads to its field', async () => {
  const id = await referral({ 'children[0].facilityEmployee': 'yes', 'children[0].schoolEmployee': 'yes' });
  const page = await open('caseworker', id);
  for (const rule of [/^Notify the agency that licenses the facility/, /^Notify the Department of Education/])
    expect(await textOf(row(page, rule))).toMatch(/Open: in 23 h 59 minCaseworker, Legal.*24 hours after the word/);

  const licensing = 'Record the notice to the agency that licenses the facility';
  const button = 'Record the notice to the licensing agency';
  let notice = await form(page, licensing);
  await tick(notice, 'At the report');
  await notice.getByLabel('Agency that licenses the facility').selectOption({ index: 1 });
  const agency = await notice.getByLabel('Agency that licenses the facility').inputValue();
  await tick(notice, 'Phone');
  expect(await send(page, notice, button)).toContain('Who was reached');
  notice = await form(page, licensing);
  expect(await notice.getByLabel('Agency that licenses the facility').inputValue()).toBe(agency);
  expect(await notice.getByRole('radio', { name: 'Phone' }).isChecked()).toBe(true);
  await page
    .getByRole('alert')
    .getByRole('link', { name: /Who was reached/ })
    .click();
  expect(await notice.getByLabel('Who was reached').and(page.locator(':focus')).count()).toBe(1);
  await notice.getByLabel('Who was reached').fill('The duty officer');
  expect(await send(page, notice, button)).toContain('You recorded the notice to the licensing agency: ');
  expect(await textOf(row(page, underRule('D41a')))).toContain('Kept');
  expect(await textOf(row(page, underRule('D41b')))).toContain('Open');

  const school = await form(
    page,
    'Record the notice to the Department of Education, or of results to it and the superintendent',
  );
  await tick(school, 'At the report');
  await school.getByLabel('Who was reached').fill('The legal office');
  await tick(school, 'Secure message');
  expect(await send(page, school, 'Record the notice to Education')).toContain(
    'You recorded the notice to Education: at the report.',
  );
  expect(await textOf(row(page, underRule('D41b')))).toContain('Kept');
});

test('a tribe: several notices, each with its own receipt, decide from which day a proceeding may be held', async () => {
  const id = await referral({ 'children[0].tribalMember': 'yes' });
  await act('caseworker', id, 'invoke-hold', {});
  const page = await open('counsel', id);
  expect(await textOf(row(page, /^Notify the tribe by registered or certified mail/))).toContain(
    '2 business days after',
  );
  expect(await textOf(fact(page, 'Proceeding about custody'))).toBe('None yet: each notice must first be received');
  await turnTo(page, '/tasks');
  expect(await page.getByText('Record that the notice was received').count()).toBe(0);

  const notify = async (tribe: string, mail: string) => {
    const notice = await form(page, 'Record a notice about an Indian child, by registered or certified mail');
    await tick(notice, 'Tribe');
    await notice.getByLabel('Tribe (required)').selectOption(tribe);
    await tick(notice, mail);
    await notice.getByLabel('Number of the mail').fill('RR 123');
    await notice.getByLabel('The person or office addressed').fill('The tribal council');
    return send(page, notice, 'Record');
  };
  expect(await notify('Mohegan Tribe (federally recognized)', 'Certified mail')).toContain(
    'You recorded the notice. Record the receipt when it comes back.',
  );
  expect(await textOf(row(page, underRule('D42')))).toContain('Kept');
  expect(await notify('Another tribe', 'Registered mail')).toContain('You recorded the notice.');
  expect(await textOf(fact(page, 'Notice N1 of a proceeding: tribe'))).toMatch(
    /^Mohegan .*: certified mail Mon Nov 9.*, no receipt recorded yet$/,
  );
  expect(await textOf(fact(page, 'Notice N2 of a proceeding: tribe'))).toMatch(/^Another tribe: registered mail/);

  stage.careline.passes(600);
  const title = 'Record that the notice was received';
  let receipt = await form(page, title);
  await tick(receipt, /^N1: Mohegan .*, sent Mon Nov 9/);
  await receipt.getByLabel(when).fill('2026-11-09T10:00');
  expect(await send(page, receipt, 'Record')).toMatch(/The notice was sent .*: give a later time of its receipt\./);
  receipt = await form(page, title);
  expect(await receipt.getByRole('radio', { name: /^N1/ }).isChecked()).toBe(true);
  expect(await receipt.getByLabel(when).inputValue()).toBe('2026-11-09T10:00');
  await receipt.getByLabel(when).fill('');
  expect(await send(page, receipt, 'Record')).toContain(
    'For this notice, no proceeding about custody may be held before',
  );
  expect(await textOf(fact(page, 'Notice N1 of a proceeding: tribe'))).toContain('received Mon Nov 9');
  // The second tribe has not received its notice.
  expect(await textOf(fact(page, 'Proceeding about custody'))).toBe('None yet: each notice must first be received');

  receipt = await form(page, title);
  await tick(receipt, /^N2/);
  await send(page, receipt, 'Record');
  const before = await textOf(fact(page, 'Proceeding about custody'));
  expect(before).toMatch(/^None before /);
  const more = await form(page, 'Record that the tribe, parent or custodian asked for more time');
  await tick(more, /^N2/);
  expect(await send(page, more, 'Record')).toContain('You recorded the request.');
  expect(await textOf(fact(page, 'Notice N2 of a proceeding: tribe'))).toContain('asked for more time');
  expect(await textOf(fact(page, 'Proceeding about custody'))).not.toBe(before);
});

test('the notice of the finding waits for counsel, and the page names the person who mailed it', async () => {
  const id = await referral();
  await act('worker', id, 'classify-report', { track: 'investigation' });
  await act('supervisor', id, 'record-disposition', { disposition: 'substantiated', reasonableCause: 'no' });
  const page = await open('caseworker', id);
  expect(await textOf(row(page, underRule('D40')))).toContain('5 business days after the finding');
  expect(await textOf(step(page, underRule('D40')))).toContain('Ask counsel whether it is safe to mail');

  const title = 'Record that the notice of the finding was mailed, first class';
  const fill = async () => {
    const notice = await form(page, title);
    await notice.getByRole('textbox', { name: /^The person you told/ }).fill('The uncle');
    await tick(notice.getByRole('group', { name: /^Does the child live at the address/ }), 'No');
    return notice;
  };
  expect(await send(page, await fill(), 'Record')).toContain('Ask counsel first whether it is safe to mail');
  const kept = await form(page, title);
  expect(await kept.getByRole('textbox', { name: /^The person you told/ }).inputValue()).toBe('The uncle');

  await act('caseworker', id, 'ask-finding-safety', { reason: 'The mother may open it.' });
  const counsel = await open('counsel', id);
  const answer = await form(counsel, 'Say whether the notice of the finding may be mailed');
  await tick(answer.getByRole('group', { name: /^Is the letter safe to mail/ }), 'Yes');
  await answer.getByLabel('Reason, in words').fill('The uncle lives alone.');
  await answer.getByRole('button').last().click();
  await counsel.getByRole('status').filter({ hasText: 'Recorded' }).waitFor();
  await turnTo(page, '');
  expect(await send(page, await fill(), 'Record')).toContain('Recorded');
  expect(await textOf(row(page, underRule('D40')))).toContain('Kept');
  expect(await textOf(fact(page, 'Notice of the finding'))).toMatch(
    /^Mailed Mon Nov 9, .* by [A-Z][a-z]+ [A-Z][a-z]+, Caseworker, New Haven office$/,
  );
});

test('the preliminary hearing: not before the order, and the evaluation of the child in care starts with it', async () => {
  const id = await referral();
  await act('caseworker', id, 'record-ex-parte-order');
  const page = await open('counsel', id);
  expect(await textOf(row(page, /^Make sure that the preliminary hearing is held/))).toContain(
    'AM EST Why?10 calendar days after the ex parte order',
  );
  const title = 'Record that the preliminary hearing was held';
  const button = 'Record that the hearing was held';
  let hearing = await form(page, title);
  await hearing.getByLabel(when).fill('2026-11-09T09:00');
  expect(await send(page, hearing, button)).toMatch(
    /The order was given .*: the hearing cannot have been held before\./,
  );
  hearing = await form(page, title);
  expect(await hearing.getByLabel(when).inputValue()).toBe('2026-11-09T09:00');
  await hearing.getByLabel(when).fill('');
  expect(await send(page, hearing, button)).toContain(title);
  expect(await textOf(row(page, underRule('D43')))).toContain('Kept');
});

test('a plan of a child in care before the 90 days before 18 keeps the line of policy, and not the law', async () => {
  const id = await referral({
    'children[0].birthDate': '2009-03-15',
    'children[0].population': 'in-dcf-care',
    'children[0].legalStatus': 'committed',
  });
  await act('liaison', id, 'screen', { outcome: 'high-risk', rationale: 'Signs.', screenedAt: 'now' });
  await proceed(id, '2009-03-15');
  const page = await open('caseworker', id);
  expect(await textOf(row(page, underRule('D44')))).toContain('Open: ');
  const title = 'Record what is planned for the time after the eighteenth birthday';
  const button = 'Record the plan for adulthood';
  let plan = await form(page, title);
  await plan.getByLabel(when).fill('2026-11-09T09:30');
  expect(await send(page, plan, button)).toContain('The plan');
  plan = await form(page, title);
  expect(await plan.getByLabel(when).inputValue()).toBe('2026-11-09T09:30');
  await plan.getByLabel('The plan').fill('A room at college.');
  await plan.getByLabel(when).fill('');
  expect(await send(page, plan, button)).toContain(title);
  expect(await textOf(row(page, underRule('D34')))).toContain('Kept');
  expect(await textOf(row(page, underRule('D44')))).toContain('Open: ');
});

test('two notices to the police are one line: one form has a tick for each, and one does not close the other', async () => {
  const id = await referral();
  const page = await open('worker', id);
  const title = 'Record the notice to the police';
  const button = 'Record the notice to police';
  const line = () => row(page, /^Notify the police/);
  expect(await textOf(line())).toMatch(/Notify law enforcement: Open: .*Notify the local police: Open: /);
  let notice = await form(page, title);
  expect(await notice.getByRole('checkbox', { name: /^Notify law enforcement/ }).isChecked()).toBe(true);
  await tick(notice, /^New Haven Police/);
  await tick(notice, 'Phone');
  await notice.getByLabel('Who was reached').fill('Sergeant Example');
  expect(await send(page, notice, button)).toContain('reference');
  notice = await form(page, title);
  expect(await notice.getByLabel('Who was reached').inputValue()).toBe('Sergeant Example');
  expect(await notice.getByRole('checkbox', { name: /^Notify law enforcement/ }).isChecked()).toBe(true);
  await notice.getByLabel("The agency's reference").fill('NH-1');
  expect(await send(page, notice, button)).toContain(
    'You recorded the notice to the police, which covers: law enforcement.',
  );
  expect(await textOf(line())).toMatch(/Notify law enforcement: Kept.*Notify the local police: Open: /);

  notice = await form(page, title);
  expect(await notice.getByRole('checkbox', { name: /^Notify the local police/ }).isChecked()).toBe(true);
  expect(await notice.getByRole('checkbox', { name: /^Notify law enforcement/ }).isChecked()).toBe(false);
});

test('a missing child: the police and the national center are one line with two ticks', async () => {
  const id = await referral();
  const page = await open('worker', id);
  const missing = await form(page, 'Record that the child is missing');
  await send(page, missing, 'Record that the child is missing');
  const line = () => row(page, underRule('D12a'));
  expect(await textOf(line())).toMatch(/for NCIC: Open: .*Report the missing child to NCMEC: Open: /);

  const center = await form(page, 'Record the report to the National Center for Missing and Exploited Children');
  await tick(center, 'Phone');
  await center.getByLabel('Case number given').fill('NCMEC 77');
  await send(page, center, 'Record the report to NCMEC');
  expect(await textOf(line())).toMatch(/for NCIC: Open: .*Report the missing child to NCMEC: Kept/);
  expect(await (await step(page, underRule('D12b'))).count()).toBe(0);
  expect(await (await step(page, underRule('D12a'))).count()).toBe(1);
});

test('the service plan has a line a service, and a service that is declined leaves the others open', async () => {
  const id = await referral();
  await act('liaison', id, 'screen', { outcome: 'high-risk', rationale: 'Signs.', screenedAt: 'now' });
  await proceed(id);
  await work(id, (decision) => {
    decision.add('services-opened', { services: ['basic-needs', 'caregiver-support'] });
    watchLinkages(decision);
  });
  const page = await open('caseworker', id);
  const plan = () => row(page, /^Service plan/);
  expect(await textOf(plan())).toMatch(/Basic needs: Open: .*Caregiver support: Open: /);
  expect(await textOf(step(page, 'Service plan'))).toContain('2 duties, each with its own record');
  const title = 'Record that a service is declined, with the reason';
  const button = 'Record that the service is declined';
  let no = await form(page, title);
  await no.getByLabel('Service').selectOption({ label: 'Caregiver support' });
  expect(await send(page, no, button)).toContain('Reason');
  no = await form(page, title);
  expect(await no.getByLabel('Service').inputValue()).toBe('caregiver-support');
  await no.getByLabel('Reason (required)', { exact: true }).selectOption({ label: 'Served elsewhere' });
  expect(await send(page, no, button)).toContain(
    'You recorded that this service is declined: caregiver support, served elsewhere.',
  );
  expect(await textOf(plan())).toMatch(/Basic needs: Open: .*Caregiver support: (?!Open)/);
});

test('a withheld notice and a pause name the person and the agency, never their ids', async () => {
  const id = await referral();
  await act('worker', id, 'classify-report', { track: 'assessment' });
  await act('caseworker', id, 'withhold-parents-notice', {
    ground: 'endangers-a-person',
    reason: 'It would warn the seller.',
  });
  await act('worker', id, 'pause-outreach', {
    agencyId: 'A-NEW-HAVEN',
    personReached: 'Detective Example',
    until: '2026-11-10T09:00',
    reason: 'The arrest is planned.',
  });
  for (const who of ['caseworker', 'advisor'] as const) {
    const page = await open(who, id);
    // Counsel has no task here, and says what the facts are for.
    if (who === 'advisor') await page.getByRole('button', { name: 'I give legal advice on it' }).click();
    expect(await textOf(fact(page, 'Notice to the parents'))).toMatch(
      /^Withheld .* by [A-Z][a-z]+ [A-Z][a-z]+, Caseworker/,
    );
    expect(await textOf(fact(page, 'Pause of outreach'))).toMatch(
      /^For New Haven Police .*, recorded by [A-Z].*, Careline worker$/,
    );
  }
});

test.each([1280, 390, 320])(
  'a referral with many duties, and the mail load, fit a screen of %i pixels',
  async (width) => {
    const id = await referral({
      'children[0].facilityEmployee': 'yes',
      'children[0].schoolEmployee': 'yes',
      'children[0].tribalMember': 'yes',
    });
    const { tables } = stage;
    const mailer = { send: async () => `mail of ${id}` };
    await sendAlerts(sendParts({ ledger: tables.ledger, cursors: tables.cursors, mailer }), id, monday);
    for (const [personId, path, heading] of [
      [people.caseworker, `/referrals/${id}/clocks`, 'All clocks'],
      ['P-CARELINE-SUPERVISOR-1', '/noise', 'Mail load of the last week'],
    ] as const) {
      const page = await stage.visit(personId, path, { viewport: { width, height: 844 } });
      expect(await page.getByRole('heading', { name: heading }).count()).toBe(1);
      expect(await page.getByRole('table').count()).toBeGreaterThan(0);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      // No table is cut at the right edge.
      const cut = `[...document.querySelectorAll('.scroll')].filter((each) => each.scrollWidth > each.clientWidth).length`;
      if (width < 480) expect(await page.evaluate(cut)).toBe(0);
      expect(await violationsOn(page)).toEqual([]);
    }
  },
);

// The last test, because the clock of the console goes on by ten weeks.
test('the review of the services asks for an outcome of each, and not before its time', async () => {
  const id = await referral();
  await act('liaison', id, 'screen', { outcome: 'high-risk', rationale: 'Signs.', screenedAt: 'now' });
  await proceed(id);
  await act('liaison', id, 'offer-linkage', { offer: 'victim-advocacy PR-VICTIM-ADVOCACY-1' });
  await act('advocate', id, 'accept-linkage', { service: 'victim-advocacy' });
  await act('advocate', id, 'start-linkage', { service: 'victim-advocacy' });
  stage.careline.passes(70 * 86_400);
  const page = await open('caseworker', id);
  expect(await textOf(row(page, underRule('D36a')))).toContain('Open: ');
  const title = 'Record what became of a service, at the review after 3, 6 or 12 months';
  const button = 'Record what became of the service';
  expect(await textOf(step(page, underRule('D36a')))).toContain(button);
  let review = await form(page, title);
  await review.getByLabel('Service').selectOption({ label: 'Victim advocacy' });
  await tick(review, '12 months');
  await review.getByLabel('What became of it').selectOption({ index: 1 });
  const outcome = await review.getByLabel('What became of it').inputValue();
  expect(await send(page, review, button)).toMatch(/after 12 months/);
  review = await form(page, title);
  expect(await review.getByLabel('What became of it').inputValue()).toBe(outcome);
  await tick(review, '3 months');
  expect(await send(page, review, button)).toContain('You recorded what became of victim advocacy after 3 months: ');
  expect(await textOf(row(page, underRule('D36a')))).toContain('Kept');
});
