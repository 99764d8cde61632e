/** What a person at an unlocked desk sees of an ended session: nothing. In a real browser, with its back button. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { readTemplate } from '../../infra/local/template/template.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { rateLimits } from '../../shared/application/access/rate-limit.ts';
import { operatorOf } from '../support/stage-cloud.ts';
import { cloud } from './browser-stage.ts';
import { launchChromium, violationsOn, visitAs as visit } from './chromium.ts';

const worker = 'careline.worker@dcf.example';
const childName = 'Wren Example';
const isClean = async (page: Page) => expect(await violationsOn(page), await page.title()).toEqual([]);

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({ keepsPages: true });
});
afterAll(() => browser?.close());

/** Each of these tests ends its session, so it has one of its own. */
const visitAs = (email: string, path?: string) => visit(browser, cloud, email, path, { signsIn: true });

/** Enters a report of a named child, and opens the referral, which shows the name. */
async function openReferral(page: Page): Promise<void> {
  await page.goto(`${cloud.webUrl}/reports/new`);
  await page.getByLabel('What was reported').fill('A teacher told us.');
  await page.locator('[name="children[0].name"]').fill(childName);
  await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
  await page.locator('label[for=report-children-0-danger]').click();
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  // The form names reports of a like name, each by a link.
  await page.getByRole('heading', { level: 1, name: /^Report received/ }).waitFor();
  await page.locator('main').getByRole('link', { name: /^CR-/ }).first().click();
  await page.waitForURL(/\/referrals\/CR-/);
  expect(await shown(page)).toContain(childName);
}
const shown = async (page: Page) => `${await page.title()} ${await page.locator('main').first().textContent()}`;
/** The whole page as it is now. While the browser moves on there is none: it is asked for again. */
async function contentOf(page: Page): Promise<string> {
  for (let tries = 0; ; tries += 1) {
    await page.waitForLoadState('networkidle');
    try {
      return await page.content();
    } catch (error) {
      if (tries === 20) throw error;
    }
  }
}
const ended = (page: Page) => page.getByRole('heading', { name: 'Your session has ended' }).waitFor();
const isAskedWho = (page: Page) => page.getByText('Choose who you want to be.').waitFor();

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
}

const sessionsTable = async () => readTemplate((await synthesize()).folder).resources.get('Sessions')?.name ?? '';

// The first test. After a move of the clock, older doors count from another instant than younger ones.
test('one person has one limit over console and API, and a report goes through all the same', {
  timeout: 120_000,
}, async () => {
  const email = 'careline.supervisor2@dcf.example';
  const { page, close } = await visitAs(email, '/reports/new');
  const authorization = `Bearer ${await cloud.token(email)}`;
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const doors = {
    console: () => fetch(`${cloud.webUrl}/session`, { headers: { cookie } }),
    api: () => fetch(`${cloud.webUrl}/api/v1/on-call`, { headers: { authorization } }),
  };
  const begun = performance.now();
  const answers = await Promise.all(
    Array.from({ length: 240 }, (_, index) => (index % 2 === 0 ? doors.console() : doors.api())),
  );
  const seconds = (performance.now() - begun) / 1000;
  const letIn = answers.filter(({ status }) => status === 200).length;
  // A slow machine asks no more often than the limit says.
  expect(answers.map(({ status }) => status).filter((status) => status !== 200 && status !== 429)).toEqual([]);
  expect(letIn).toBeLessThanOrEqual(rateLimits.person.atOnce + Math.ceil(seconds * rateLimits.person.perSecond));
  expect(letIn).toBeGreaterThan(rateLimits.person.atOnce / 2);

  // As in a flood that goes on. One row tells both doors that the next seconds of this person are used up.
  const { dynamodb } = operatorOf(cloud);
  const TableName = await sessionsTable();
  const flood = setInterval(() => {
    const tat = { N: String(Date.now() + (1000 * rateLimits.person.atOnce) / rateLimits.person.perSecond + 1500) };
    void dynamodb.send(new PutItemCommand({ TableName, Item: { pk: { S: 'rate#P-CARELINE-SUPERVISOR-2' }, tat } }));
  }, 100);
  onTestFinished(() => {
    clearInterval(flood);
    dynamodb.destroy();
  });
  for (const [door, ask] of Object.entries(doors)) {
    await expect.poll(async () => (await ask()).status, { message: door, interval: 10, timeout: 30_000 }).toBe(429);
  }
  await page.getByLabel('What was reported').fill('A teacher told us.');
  await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
  await page.locator('label[for=report-children-0-danger]').click();
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await page.getByRole('heading', { name: 'Report received. Call now:' }).waitFor();
  await close();
});

test('an idle page goes blank at its time, and one click brings back the question who is there', async () => {
  const { page, close, complaints } = await visitAs(worker);
  await page.clock.install();
  await openReferral(page);
  await page.clock.fastForward('29:00');
  expect(await shown(page)).toContain(childName);
  await cloud.clock.advance(30 * 60_000);
  await page.clock.fastForward('01:10');
  await ended(page);
  expect(await shown(page)).not.toContain(childName);
  expect(await contentOf(page)).not.toContain(childName);
  await isClean(page);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await isAskedWho(page);
  // The list of calls may ask once more before the page is gone, and is sent to the sign-in.
  expect(complaints.filter((each) => !each.includes('ERR_FAILED'))).toEqual([]);
  await close();
});

test('without a connection it goes blank as well', async () => {
  const { page, close } = await visitAs(worker);
  await page.clock.install();
  await openReferral(page);
  await page.context().setOffline(true);
  await page.clock.fastForward('30:10');
  await ended(page);
  expect(await contentOf(page)).not.toContain(childName);
  await close();
});

test('after signing out, the back button and another tab show nothing, and the next sign-in asks who is there', async () => {
  const { page, close } = await visitAs(worker);
  await openReferral(page);
  const other = await page.context().newPage();
  await other.goto(page.url());
  expect(await shown(other)).toContain(childName);
  await signOut(page);
  await ended(other);
  expect(await contentOf(other)).not.toContain(childName);
  for (let steps = 0; steps < 4; steps += 1) {
    await page.goBack().catch(() => undefined);
    expect(await contentOf(page)).not.toContain(childName);
  }
  await page.goto(cloud.webUrl);
  await isAskedWho(page);
  await close();
});

/** Goes to another page and back. Gives what the page left behind, and whether the browser kept it. */
async function leaveAndReturn(page: Page, meanwhile: () => Promise<void> = async () => undefined) {
  const address = page.url();
  await page.evaluate(`addEventListener('pagehide', ({ persisted }) =>
    localStorage.setItem('left', JSON.stringify({ persisted, html: document.body.innerHTML })))`);
  await page.goto(`${cloud.webUrl}/policy`);
  const left: { persisted: boolean; html: string } = JSON.parse(await page.evaluate(`localStorage.getItem('left')`));
  await meanwhile();
  await page.evaluate('history.back()').catch(() => undefined);
  await page.waitForURL(address, { waitUntil: 'commit' });
  return left;
}

test('a page that the browser keeps for its back button is kept empty, and is loaded again', async () => {
  const { page, close } = await visitAs(worker);
  await openReferral(page);
  // This Chromium keeps pages though they say "no-store". Elsewhere this test would show nothing.
  expect(await leaveAndReturn(page)).toEqual({ persisted: true, html: '' });
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect(await shown(page)).toContain(childName);
  await close();
});

test('words that were typed come back with the back button', async () => {
  const { page, close } = await visitAs(worker);
  await openReferral(page);
  await page.goto(`${page.url()}/do/note-safe-contact`);
  const words = page.locator('#do-note-safe-contact').getByRole('textbox').first();
  await words.fill('Words of a worker.');
  expect(await leaveAndReturn(page)).toEqual({ persisted: true, html: '' });
  await words.waitFor();
  expect(await words.inputValue()).toBe('Words of a worker.');
  await close();
});

/** Signs in as a person who comes back to their desk does, in a tab of its own. */
async function signInAt(page: Page, email: string): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { level: 1, name: 'Work queue' }).waitFor();
}
/** A headless browser has no focus to give: the page is told. */
const comeBackTo = (page: Page) => page.evaluate(`dispatchEvent(new Event('focus'))`);

test('words of a report outlive the session, unread by others, until the same person is back', async () => {
  const { page, close } = await visitAs(worker, '/reports/new');
  await page.getByLabel('What was reported').fill('Words of a caller.');
  await page.getByText('Kept as a draft,').waitFor();
  await cloud.clock.advance(31 * 60_000);
  await comeBackTo(page);
  await ended(page);
  expect(await contentOf(page)).not.toContain('Words of a caller.');
  await isClean(page);
  const [again] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('link', { name: 'Sign in in another tab' }).click(),
  ]);
  await signInAt(again, 'careline.supervisor@dcf.example');
  await Promise.all([page.waitForResponse(/\/session$/), comeBackTo(page)]);
  expect(await contentOf(page)).not.toContain('Words of a caller.');
  await signOut(again);
  await again.getByRole('link', { name: 'Sign in' }).click();
  await signInAt(again, worker);
  await comeBackTo(page);
  await page.getByLabel('What was reported').waitFor();
  expect(await page.getByLabel('What was reported').inputValue()).toBe('Words of a caller.');
  await page.getByRole('combobox', { name: 'Town where the child lives' }).fill('New Haven');
  await page.locator('label[for=report-children-0-danger]').click();
  await page.getByRole('button', { name: 'Send the report' }).last().click();
  await page.getByRole('heading', { name: 'Report received. Call now:' }).waitFor();
  await close();
});

/** What an operator does with the AWS CLI. */
async function inPool(operation: 'AdminDisableUser' | 'AdminEnableUser', email: string): Promise<void> {
  const answer = await fetch(cloud.endpointUrl, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify({ UserPoolId: 'us-east-1_People', Username: email }),
  });
  expect(await answer.text()).toBe('{}');
}

test('a person who is disabled in the pool loses page, console and API within a minute, and has them back as soon', async () => {
  const email = 'careline.worker2@dcf.example';
  const { page, close } = await visitAs(email);
  const token = await cloud.token(email);
  const api = () => fetch(`${cloud.webUrl}/api/v1/queue`, { headers: { authorization: `Bearer ${token}` } });
  await page.clock.install();
  await openReferral(page);
  expect((await api()).status).toBe(200);
  await inPool('AdminDisableUser', email);
  try {
    await cloud.clock.advance(60_000);
    await page.clock.fastForward('01:00');
    await ended(page);
    expect(await contentOf(page)).not.toContain(childName);
    expect((await api()).status).toBe(403);
    await page.goto(cloud.webUrl);
    expect(page.url()).toContain(cloud.issuer);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('No sample person has the e-mail address').waitFor();
  } finally {
    await inPool('AdminEnableUser', email);
    await close();
  }
  // API Gateway keeps a refusal for a minute too.
  await cloud.clock.advance(60_000);
  expect((await api()).status).toBe(200);
});
