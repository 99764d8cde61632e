/** The confirmed example from report to closure with the console's pages alone: every form filled in by a browser. */
import { readFileSync } from 'node:fs';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cloud, startCloud } from '../../infra/local/cloud.ts';
import { ApiRefusal, createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { launchChromium, violationsOn, visitAs } from '../console/chromium.ts';

const example = JSON.parse(
  readFileSync(new URL('../../docs/examples/confirmed-living-at-home.json', import.meta.url), 'utf8'),
);

let browser: Browser;
let cloud: Cloud;

beforeAll(async () => {
  const { folder } = await synthesize();
  browser = await launchChromium();
  cloud = await startCloud({ assembly: folder, frozenAt: Date.parse('2026-11-10T14:00:00.000Z') });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.stop();
});

/** An instant as a browser's control for date and time takes it, in New York. */
const newYorkTime = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'short' })
    .format(new Date(instant))
    .replace(' ', 'T');

/** Gives one control the value, as a person does. The form's name for the control finds it. */
async function answer(form: Locator, name: string, value: string): Promise<void> {
  const controls = form.locator(`[name="${name}"]:not([type="hidden"])`);
  // A long form has parts, and what was typed goes along from one to the next.
  const parts = await form
    .locator('button[value^="part-"]')
    .evaluateAll((buttons) => buttons.map((button) => (button as unknown as { readonly value: string }).value));
  for (const part of new Set(parts)) {
    if ((await controls.count()) > 0) break;
    await form.locator(`button[value="${part}"]`).last().click();
    await form.locator(`[name="part"][value="${part.replace('part-', '')}"]`).waitFor({ state: 'attached' });
  }
  // A town is written, or chosen from a list.
  const written = form.locator('.usa-combo-box[data-written]', { has: controls });
  const kind = await controls.first().evaluate((control) => (control as unknown as { readonly type: string }).type);
  if (kind === 'radio' || kind === 'checkbox') {
    const id = await form.locator(`[name="${name}"][value="${value}"]`).getAttribute('id');
    await form.locator(`label[for="${id}"]`).click();
  } else if ((await written.count()) > 0) {
    await written.getByRole('combobox').fill(value);
  } else if (kind === 'select-one') {
    await controls.first().selectOption(value);
  } else {
    await controls.first().fill(kind === 'datetime-local' ? newYorkTime(value) : value);
  }
}

/** Fills in a form with the input of a command or a report. */
async function fillIn(form: Locator, input: unknown, name = ''): Promise<void> {
  if (Array.isArray(input)) {
    for (const [index, each] of input.entries()) {
      if (typeof each === 'string') await answer(form, name, each);
      else await fillIn(form, each, `${name}[${index}]`);
    }
  } else if (typeof input === 'object' && input !== null) {
    for (const [key, value] of Object.entries(input)) await fillIn(form, value, name === '' ? key : `${name}.${key}`);
  } else {
    await answer(form, name, String(input));
  }
}

/** What a form asks otherwise than the command does: a provider and its service are one choice. */
function asAsked(command: string, input: object): object {
  if (command !== 'offer-linkage') return input;
  const { service, providerId, ...rest } = input as { service: string; providerId: string };
  return { ...rest, offer: `${service} ${providerId}` };
}

/** Commands after which a page was checked with axe. */
const cleanPages = new Set<string>();

async function throughThePages(email: string, path: string, work: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await visitAs(browser, cloud, email, path);
  try {
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
}

test('the confirmed example is closed with the pages alone', { timeout: 600_000 }, async () => {
  const looking = createApiClient(cloud);
  const done: string[] = [];
  let id = '';
  await throughThePages('careline.worker@dcf.example', '/reports/new', async (page) => {
    await fillIn(page.locator('form[action$="/reports"]'), example);
    await page.getByRole('button', { name: 'Send the report' }).last().click();
    id = (await page.getByRole('link', { name: /^CR-/ }).first().textContent()) ?? '';
  });
  await cloud.clock.advance(0);

  const refused = await play(
    {
      clock: cloud.clock,
      act: 'on-time',
      onProgress: () => {},
      api: {
        ...looking,
        async command(email, referralId, command, input) {
          await throughThePages(email, `/referrals/${referralId}`, async (page) => {
            const link = page.locator(`main a[href*="/do/${command}"]:visible`).first();
            for (const name of ['Tasks', 'Other actions']) {
              const listed = page.getByRole('link', { name, exact: true });
              if (!(await link.count()) && (await listed.count())) await listed.click();
            }
            if (!(await link.count())) throw new ApiRefusal(404, `${email} finds no way to ${command}.`);
            await link.click();
            const act = page.locator(`#do-${command}`);
            await act.waitFor();
            await fillIn(act, asAsked(command, input as object));
            await act.getByRole('button').last().click();
            const status = page.getByRole('status').and(page.locator('.usa-alert'));
            if (!(await status.count())) throw new ApiRefusal(409, (await act.textContent()) ?? '');
            expect(await status.textContent()).toContain('Recorded');
            if (!cleanPages.has(command)) expect(await violationsOn(page), command).toEqual([]);
            cleanPages.add(command);
          });
          done.push(command);
          return looking.referral('careline.supervisor@dcf.example', referralId);
        },
      },
    },
    [id],
  );

  expect(refused).toEqual([]);
  const { stage, deadlines } = await looking.referral('careline.supervisor@dcf.example', id);
  expect(stage).toBe('closed');
  // The next review of the case ends with the case.
  expect(deadlines.filter(({ status, rule }) => status !== 'kept' && rule !== 'D16')).toEqual([]);
  for (const command of ['screen', 'decide-eligibility', 'record-meeting', 'start-linkage', 'close-referral']) {
    expect(done).toContain(command);
  }
  await throughThePages('administrator@dcf.example', `/referrals/${id}/audit`, async (page) => {
    const text = (await page.locator('main').textContent()) ?? '';
    expect(text).toContain('The chain is intact');
  });
  await throughThePages('administrator@dcf.example', `/referrals/${id}/audit/commits`, async (page) => {
    expect((await page.locator('main').textContent()) ?? '').toContain(
      'Command: close the referral after the final review',
    );
  });
});
