/** What a person must see at once: on the first screen, on paper, and in the dark. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connecticutPolicy } from '../support/released-policy.ts';
import { violationsOn } from './chromium.ts';
import { startConfirmed } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { does, signedInAs } from './window.ts';

const laptop = { width: 1366, height: 900 };
const phone = { width: 390, height: 844 };

let id: string;
let stage: Stage;
beforeAll(async () => {
  const confirmed = await startConfirmed();
  id = confirmed.id;
  stage = await startStageOver(confirmed.desk, { now: () => confirmed.desk.now });
}, 60_000);
afterAll(() => stage.stop());

const openAs = async (as: string, path: string, viewport = laptop) =>
  stage.open((await signedInAs(stage.careline, as)).cookies, path, { viewport });

describe('the story', () => {
  test.each([
    ['hart-liaison', 'answer-checklist'],
    ['hart-liaison', 'screen'],
  ] as const)('stands beside the form of a %s who does %s, and stays while the form scrolls', async (as, act) => {
    const page = await openAs(as, `/referrals/${id}/do/${act}`);
    const story = page.getByRole('region', { name: 'What was reported' });
    expect(await story.textContent()).toContain('An invented narrative.');
    const form = await page.locator(`#do-${act}`).boundingBox();
    expect((await story.boundingBox())?.x).toBeGreaterThanOrEqual((form?.x ?? 0) + (form?.width ?? Infinity));
    await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
    expect((await story.boundingBox())?.y).toBeGreaterThan(0);
    await page.setViewportSize(phone);
    expect((await story.boundingBox())?.y).toBeLessThan((await page.locator(`#do-${act}`).boundingBox())?.y ?? 0);
    await page.context().close();
  });

  test('is beside the question whether the report is accepted', async () => {
    const { tables } = stage;
    const fresh = await (tables as Awaited<ReturnType<typeof startConfirmed>>['desk']).opened({ danger: 'no' });
    const page = await openAs('careline-worker', `/referrals/${fresh}/do/classify-report`);
    const story = await page.getByRole('region', { name: 'What was reported' }).boundingBox();
    const track = await page.getByRole('group', { name: /^Track/ }).boundingBox();
    expect(Math.abs((story?.y ?? 0) - (track?.y ?? 1000))).toBeLessThan(100);
    expect(story?.x).toBeGreaterThan(track?.x ?? Infinity);
    await page.context().close();
  });
});

test('each topic of the checklist is a question with yes, no and unknown in sight', async () => {
  const page = await openAs('hart-liaison', `/referrals/${id}/do/answer-checklist`);
  for (const { question } of Object.values(connecticutPolicy.screening.topics)) {
    const topic = page.locator('fieldset').filter({ hasText: question }).last();
    expect(await topic.getByRole('radio').count()).toBe(3);
    const rows = await topic
      .locator('.usa-radio')
      .evaluateAll((radios) => radios.map((radio) => (radio as unknown as { readonly offsetTop: number }).offsetTop));
    expect(new Set(rows).size).toBe(1);
  }
  expect(await page.locator('#do-answer-checklist select').count()).toBe(0);
  await page.context().close();
});

test('a member who is invited reads both steps, the seat and the signature, on the first screen of a phone', async () => {
  const page = await openAs('seat:mental-health', `/referrals/${id}`, phone);
  for (const step of ['Accept or decline the seat', 'Sign the notice of confidentiality']) {
    const box = await page.getByRole('link', { name: step }).boundingBox();
    expect((box?.y ?? phone.height) + (box?.height ?? 0)).toBeLessThanOrEqual(phone.height);
  }
  await page.context().close();
});

test.each(['', '/clocks', '/do/record-child-seen'])(
  'a printed page says what it is, when and by which person, and that it is training: %s',
  async (path) => {
    const page = await openAs('caseworker', `/referrals/${id}${path}`);
    const line = page.getByText(/Printed /);
    expect(await line.isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await line.textContent()).toMatch(
      new RegExp(`Referral ${id} – Careline referrals. Printed Wed Nov 11, 2026, 11:00 AM EST, Invented P-CASEWORKER`),
    );
    expect(await page.getByText('Training: every person here is invented.').isVisible()).toBe(true);
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    await page.context().close();
  },
);

test('the card that the child takes along is one page, and names no department, no referral and no trafficking', async () => {
  const caseworker = await signedInAs(stage.careline, 'caseworker');
  const said = {
    limitsSaid: 'yes',
    madeBy: 'written-together',
    cardLanguage: 'spanish',
    askFirst: 'yes',
    onPaper: 'yes',
    goodTimes: 'After school, by text.',
    mustNotKnow: 'My uncle.',
  };
  expect((await does(caseworker, id, 'note-card', said)).status).toBe(303);
  const page = await openAs('caseworker', `/referrals/${id}/card`);
  expect(await violationsOn(page)).toEqual([]);
  const onPaper = async () => {
    await page.emulateMedia({ media: 'print' });
    const words = await page.evaluate<string>('document.body.innerText');
    await page.emulateMedia({ media: null });
    return words;
  };
  const words = await onPaper();
  expect(words).toMatch(/^Training: .*My card\s+Mi tarjeta.*After school, by text\..*988/s);
  expect(words).not.toMatch(/traffick|trata|sexual|DCF|Department|Careline|CR-|uncle/i);
  expect((await page.pdf()).toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  // The name of a file that a browser saves it in.
  await page.evaluate("dispatchEvent(new Event('beforeprint'))");
  expect(await page.title()).toBe('My card');
  await page.evaluate("dispatchEvent(new Event('afterprint'))");
  await page.getByText('Who must not know', { exact: true }).click();
  await page.getByText('What the help is for: sex trafficking').click();
  await page.getByRole('button', { name: 'Show it so' }).click();
  expect(await onPaper()).toMatch(/after sex trafficking.*después de la trata.*My uncle/s);
  await page.context().close();
});

test('the main button is read easily in the dark, also under the pointer', async () => {
  const page = await openAs('caseworker', `/referrals/${id}/tasks`);
  const primary = 'main .usa-button:not(.usa-button--outline)';
  const button = page.locator(primary).first();
  // The contrast of two colors by WCAG 2.2, from 1 to 21.
  const contrast = () =>
    page.evaluate<{ readonly words: number; readonly edge: number }>(`(() => {
      const each = document.querySelector('${primary}');
      const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
        .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
      const over = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      const { color, backgroundColor } = getComputedStyle(each);
      const around = getComputedStyle(each.closest('.asked')).backgroundColor;
      return { words: over(light(color), light(backgroundColor)), edge: over(light(backgroundColor), light(around)) };
    })()`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const move of [() => page.mouse.move(0, 0), () => button.hover()]) {
      await move();
      const { words, edge } = await contrast();
      expect([colorScheme, words >= (colorScheme === 'dark' ? 7 : 4.5), edge >= 3]).toEqual([colorScheme, true, true]);
    }
  }
  await page.context().close();
});
