/**
 * Each kind of no, played through the pages alone in a real browser. The tests find controls by role and label, and read what the
 * page says then.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CommandName } from '../../shared/domain/commands.ts';
import { reasonsOfProviders, services } from '../../shared/domain/core/vocabulary.ts';
import { words } from '../../shared/domain/words/code-words.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { violationsOn } from './chromium.ts';
import { startConfirmed } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { signedInAs } from './window.ts';

vi.setConfig({ testTimeout: 60_000 });

let desk: Desk;
let stage: Stage;
/** A confirmed referral in the middle of its work. */
let id: string;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  stage = await startStageOver(desk, { now: () => desk.now });
}, 60_000);
afterAll(() => stage.stop());

const invented = 'An invented reason, in words.';
const nameOf = (who: string) => personOf(who).name;

/** A page as this person sees it. The work on it is done, then it is closed. */
async function as<Answer>(who: string, path: string, work: (page: Page) => Promise<Answer>): Promise<Answer> {
  const browser = await signedInAs(stage.careline, who);
  const page = await stage.open(browser.cookies, path);
  try {
    return await work(page);
  } finally {
    await page.context().close();
  }
}
const textOf = async (locator: Locator): Promise<string> =>
  ((await locator.textContent()) ?? '').replaceAll(/\s+/g, ' ').trim();
const main = (page: Page) => textOf(page.getByRole('main'));

/** Opens the form of an act by the link to it, fills it in and sends it. Gives what the page says then. */
async function play(page: Page, name: CommandName, fill: (form: Locator) => Promise<void>): Promise<string> {
  const address = page.locator(`[href*="/do/${name}"]`);
  const link = page.getByRole('main').getByRole('link').and(address).first();
  for (const listed of ['Tasks', 'Other actions'])
    if ((await link.count()) === 0) {
      const side = page.getByRole('navigation', { name: 'Pages of this referral' });
      await side.getByRole('link', { name: listed }).click();
    }
  // An act in a fold is open once the fold is.
  const folded = page.locator('details:not([open])', { has: address });
  if ((await folded.count()) > 0) await folded.first().locator('summary').click();
  await link.click();
  const form = page.locator(`#do-${name}`);
  await form.waitFor();
  await fill(form);
  await form.getByRole('button').last().click();
  const said = page.getByRole('alert').or(page.getByRole('status').and(page.locator('.usa-alert')));
  await said.first().waitFor();
  expect(await violationsOn(page), name).toEqual([]);
  return textOf(said.first());
}
const nothing = async () => {};

/** Chooses by the words of an option, in whatever way the form offers the choice. */
async function choose(form: Locator, label: string | RegExp, option: string | RegExp): Promise<void> {
  const group = form.getByRole('group', { name: label });
  if ((await group.count()) > 0) {
    await group
      .first()
      .getByText(option, { exact: typeof option === 'string' })
      .first()
      .click();
    return;
  }
  const box = form.getByRole('combobox', { name: label }).first();
  const isList = (await box.evaluate((element) => element.tagName)) === 'SELECT';
  if (isList) {
    const value = await box
      .getByRole('option', { name: option, exact: typeof option === 'string' })
      .first()
      .getAttribute('value');
    await box.selectOption(value ?? '');
    return;
  }
  await box.fill(String(option));
  await form.getByRole('listbox').getByRole('option', { name: option }).first().click();
}

describe('a seat on the team', () => {
  const says = (page: Page) => page.getByRole('row', { name: /^Mental health/ });

  test('a member declines it and names the deputy, the deputy declines, and the coordinator sees both', async () => {
    const alert = Object.values((await desk.state(id)).alerts).find(({ kind }) => kind === 'mdt-invited');
    await as('seat:mental-health', `/alerts/${alert?.id}`, async (page) => {
      await page.getByRole('link', { name: 'Decline, or pass the seat on' }).click();
      const form = page.locator('#do-answer-seat');
      await choose(form, /^Discipline/, /^Mental health/);
      await choose(form, /^Answer/, 'Decline');
      await choose(form, /^Reason/, 'Workload');
      const person = form.getByRole('combobox', { name: /^Person/ });
      await person.fill('mental-health.2');
      await form.getByRole('option', { name: new RegExp(nameOf('seat:mental-health/2')) }).click();
      await form.getByRole('button').last().click();
      expect(await main(page)).toContain('The seat is declined: mental health');
    });
    await as('mdt-coordinator', `/referrals/${id}/team`, async (page) => {
      expect(await textOf(says(page))).toMatch(
        new RegExp(`${nameOf('seat:mental-health')} \\(declined\\).*instead: ${nameOf('seat:mental-health/2')}`),
      );
    });
    await as('seat:mental-health/2', `/referrals/${id}`, async (page) => {
      const said = await play(page, 'answer-seat', async (form) => {
        await choose(form, /^Discipline/, /^Mental health/);
        await choose(form, /^Answer/, 'Decline');
        await choose(form, /^Reason/, 'On leave');
      });
      expect(said).toContain('The seat is declined: mental health');
    });
    await as('mdt-coordinator', `/referrals/${id}/team`, async (page) => {
      const row = await textOf(says(page));
      expect(row.match(/\(declined\)/g)).toHaveLength(2);
      await page.getByRole('link', { name: 'Other actions' }).click();
      expect(await page.getByRole('region', { name: 'Other actions: Team' }).getByRole('link').count()).toBeGreaterThan(
        0,
      );
    });
  });

  test('a no without a reason is refused with a sentence, and what was chosen stays', async () => {
    await as('seat:forensic-interviewer', `/referrals/${id}`, async (page) => {
      const said = await play(page, 'answer-seat', async (form) => {
        await choose(form, /^Discipline/, /^Forensic interview/);
        await choose(form, /^Answer/, 'Decline');
      });
      expect(said).toMatch(/^Not done yet/);
      expect(await page.getByRole('radio', { name: 'Decline', exact: true }).isChecked()).toBe(true);
    });
  });

  test('the team does not meet: the coordinator calls the meeting off', async () => {
    await as('mdt-coordinator', `/referrals/${id}/tasks`, async (page) => {
      const said = await play(page, 'cancel-meeting', (form) => choose(form, /^Why/, 'No quorum'));
      expect(said).toContain('You called off the meeting of the team.');
    });
    await as('seat:medical', `/referrals/${id}/team`, async (page) => {
      expect(await main(page)).toMatch(/Next meeting ?State ?Called off/);
    });
  });
});

describe('a service', () => {
  test.each(reasonsOfProviders.map((reason, index) => [reason, index] as const))(
    'a provider declines an offer: %s',
    async (reason, index) => {
      const offered: string[] = [];
      for (const service of services.toReversed()) {
        if (offered.length > index) break;
        const { status } = (await desk.state(id)).services.linkages[service] ?? {};
        if (status !== undefined && status !== 'needed') continue;
        const answer = await desk.command(id, 'offer-linkage', { service, providerId: 'PV-2' }, { as: 'hart-liaison' });
        if (answer.kind === 'done') offered.push(service);
        if (offered.length === 1) break;
      }
      const [service = ''] = offered;
      expect(service).not.toBe('');
      await as('contact:PV-2', `/referrals/${id}`, async (page) => {
        const said = await play(page, 'decline-linkage', async (form) => {
          await choose(form, /^Service/, words(service));
          await choose(form, /^Reason(?!,)/, words(reason));
          if (reason === 'waiting-list') await form.getByLabel(/^How long the waiting list is/).fill('unknown');
          await form.getByLabel('Reason, in words').fill(invented);
        });
        expect(said).toContain('You recorded that this service is declined');
      });
      // The child may still need it, from another provider.
      expect((await desk.state(id)).services.linkages[service as 'legal']?.status).toMatch(/^(declined|needed)$/);
    },
  );

  test('a family declines one, and the page of services says so', async () => {
    await as('caseworker', `/referrals/${id}/tasks`, async (page) => {
      const said = await play(page, 'decline-linkage', async (form) => {
        await choose(form, /^Service/, words('education'));
        await choose(form, /^Reason(?!,)/, 'Family declined');
      });
      expect(said).toContain('education, family declined');
      await page
        .getByRole('navigation', { name: 'Pages of this referral' })
        .getByRole('link', { name: 'Services' })
        .click();
      expect(
        await textOf(page.getByRole('table', { name: 'Services' }).getByRole('row', { name: /^Education/ })),
      ).toContain('Declined');
    });
  });
});

describe('a report', () => {
  test('is not accepted', async () => {
    const other = await desk.opened({ name: 'Invented Notaccepted' });
    await as('careline-worker', `/referrals/${other}`, async (page) => {
      const said = await play(page, 'classify-report', (form) => choose(form, /^Track/, 'Information only'));
      expect(said).toContain('information only');
    });
  });

  test('is withdrawn once a second person agrees, and not before', async () => {
    const other = await desk.opened({ name: 'Invented Withdrawn' });
    await as('careline-supervisor', `/referrals/${other}/tasks`, async (page) => {
      await play(page, 'propose-withdrawal', async (form) => {
        await choose(form, /^Why/, 'Made in error');
        await form.getByLabel('Reason, in words').fill(invented);
      });
    });
    expect((await desk.state(other)).stage).toBe('open');
    await as('careline-manager', `/referrals/${other}`, async (page) => {
      await play(page, 'agree-withdrawal', nothing);
      expect(await main(page)).toMatch(/withdrawn/i);
    });
    expect((await desk.state(other)).stage).toBe('withdrawn');
  });

  test('is merged with the one that is known already', async () => {
    const first = await desk.opened({ name: 'Invented Twice', birthDate: '2011-05-18' });
    await desk.step(first, 'AskSameChild');
    const second = await desk.opened({ name: 'Invented Twice', birthDate: '2011-05-18' });
    await desk.step(second, 'AskSameChild');
    await as('careline-worker', `/referrals/${second}`, async (page) => {
      await play(page, 'answer-duplicate', async (form) => {
        await choose(form, /^Answer/, 'The same child, whose other referral is open');
        const other = form.getByLabel('Reference of the other referral');
        await other.selectOption(first);
        await form.getByLabel('Reason, in words').fill(invented);
      });
      expect(await main(page)).toContain(first);
    });
    expect((await desk.state(second)).stage).toBe('merged');
  });
});

describe('a screening', () => {
  test('finds nothing, and another person signs it off', async () => {
    const other = await desk.opened({
      name: 'Invented Nothing',
      danger: 'no',
      perpetrators: ['unknown'],
      approximateAge: 14,
      missingNow: 'no',
    });
    await as('hart-liaison', `/referrals/${other}`, async (page) => {
      await play(page, 'answer-checklist', async (form) => {
        for (const no of await form.getByText('No', { exact: true }).all()) await no.click();
      });
      const said = await play(page, 'screen', async (form) => {
        await choose(form, /^Outcome/, 'Not indicated');
        await form.getByLabel('Reasons for the outcome').fill(invented);
        await form.getByText('Now', { exact: true }).click();
      });
      expect(said).toMatch(/not indicated/i);
    });
    await desk.step(other, 'ProposeEligibility');
    await as('careline-supervisor', `/referrals/${other}/tasks`, async (page) => {
      expect(await play(page, 'sign-off-screening', nothing)).toMatch(/^Recorded/);
    });
  });

  test('a second reviewer rejects a lower outcome, and the first one stands', async () => {
    await as('hart-liaison', `/referrals/${id}`, async (page) => {
      const said = await play(page, 'screen', async (form) => {
        await choose(form, /^Outcome/, 'At risk');
        await form.getByLabel('Reasons for the outcome').fill(invented);
        await form.getByText('Now', { exact: true }).click();
      });
      expect(said).toMatch(/second reviewer/);
    });
    await as('hart-lead', `/referrals/${id}/tasks`, async (page) => {
      const said = await play(page, 'refuse-proposal', async (form) => {
        await choose(form, /^Proposal/, /^Downgrade/);
        await form.getByLabel('Reason, in words').fill(invented);
      });
      expect(said).toMatch(/^Recorded/);
      await page
        .getByRole('navigation', { name: 'Pages of this referral' })
        .getByRole('link', { name: 'Decisions' })
        .click();
      expect(await main(page)).not.toContain('Lower outcome proposed');
    });
    expect((await desk.state(id)).screening.list.at(-1)?.outcome).toBe('confirmed');
  });
});

test('an erasure is rejected, and who the child is stays', async () => {
  const other = await desk.opened({ name: 'Invented Keptname' });
  await desk.do(other, 'propose-withdrawal', { because: 'made-in-error', reason: invented }, 'careline-supervisor');
  await desk.do(other, 'agree-withdrawal', {}, 'careline-manager');
  await as('legal', `/referrals/${other}`, async (page) => {
    const reason = page.getByRole('button', { name: 'I give legal advice on it' });
    if ((await reason.count()) > 0) await reason.click();
    await play(page, 'propose-erasure', async (form) => {
      await choose(form, /^Ground/, 'Court order');
      await form.getByLabel('Court and number of the order').fill('An invented court, 1');
      await form.getByLabel('Reason, in words').fill(invented);
    });
  });
  await as('legal/2', `/referrals/${other}`, async (page) => {
    const reason = page.getByRole('button', { name: 'I give legal advice on it' });
    if ((await reason.count()) > 0) await reason.click();
    const said = await play(page, 'refuse-proposal', async (form) => {
      await choose(form, /^Proposal/, /^Erasure/);
      await form.getByLabel('Reason, in words').fill(invented);
    });
    expect(said).toMatch(/^Recorded/);
  });
  expect((await desk.state(other)).identity.erased).toBeUndefined();
});

test('a correction that says nothing is refused, and so is a telephone without a digit', async () => {
  await as('caseworker', `/referrals/${id}/tasks`, async (page) => {
    const nothingSaid = await play(page, 'correct-identity', (form) =>
      form.getByLabel('Reason, in words').fill(invented),
    );
    expect(nothingSaid).toMatch(/^Not done yet/);
    const form = page.locator('#do-correct-identity');
    expect(await form.getByLabel('Reason, in words').inputValue()).toBe(invented);
    const phone = form.locator('[name=phone]');
    await phone.fill('abc');
    await form.getByRole('button').last().click();
    await page
      .getByRole('alert')
      .getByRole('link', { name: /in digits/ })
      .click();
    expect(await phone.and(page.locator(':focus')).count()).toBe(1);
    expect(await phone.inputValue()).toBe('abc');
  });
});

test('a delegation to oneself is rejected, and what was typed stays', async () => {
  await as('caseworker', '/delegations', async (page) => {
    const form = page.locator('main form.usa-form').first();
    await form.getByText('Caseworker', { exact: true }).click();
    const person = form.getByRole('combobox').first();
    await person.fill(nameOf('caseworker').toLowerCase());
    await form.getByRole('option', { name: new RegExp(`^${nameOf('caseworker')}, `) }).click();
    await form.getByLabel(/^Until when/).fill('2026-11-20T08:00');
    await form.getByRole('button', { name: 'Name the delegate' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await textOf(alert)).toMatch(/yourself|another person/i);
    expect(await form.getByLabel(/^Until when/).inputValue()).toBe('2026-11-20T08:00');
  });
});
