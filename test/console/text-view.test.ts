/** What the pages say of text messages: the recipient, the time and the result, and never the number. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { textWords } from '../../functions/console/referral/text-view.tsx';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { monday, openConsole, signedInAs, type Window } from './window.ts';

const at = '2026-11-27T21:18:00.000Z';

test.each([
  [{ status: 'due', at }, 'text due since 4:18 PM'],
  [{ status: 'leased', at }, 'text begun 4:18 PM; it may have been sent'],
  [{ status: 'released', at }, 'text not taken by the service, 4:18 PM'],
  [{ status: 'sent', at }, 'text sent 4:18 PM'],
  [{ status: 'failed', because: 'refused', at }, 'no text, 4:18 PM: the number cannot get text messages'],
  [{ status: 'failed', because: 'over', at }, 'no text, 4:18 PM: no longer needed'],
] as const)('a text message that is %j', (text, words) => {
  expect(textWords(text, '2026-11-27T22:00:00.000Z')).toBe(words);
});

test('a text message of another day has the day', () => {
  expect(textWords({ status: 'sent', at }, '2026-11-28T22:00:00.000Z')).toBe('text sent Fri, Nov 27, 4:18 PM');
});

describe('the page of a referral', () => {
  const textPhone = '+12035550188';
  const texted = personOf('caseworker');
  let desk: Desk;
  let id: string;
  let careline: Window;
  beforeEach(async () => {
    desk = await startDesk();
    careline = openConsole(desk);
    id = await desk.opened();
    await desk.enter([{ pk: `person#${texted.id}`, sk: 'profile', ...texted, textPhone }]);
    const frame = { now: monday, actor: { kind: 'function', id: 'send-alerts' }, cause: { kind: 'delivery' } } as const;
    const person = { v: 1, personId: texted.id } as const;
    await desk.ledger.changeAlert(await desk.alertId(id), frame, () => [
      {
        type: 'alert-leased',
        ...person,
        addressedAs: 'caseworker',
        order: 1,
        texts: true,
        until: '2026-11-09T15:05:00.000Z',
      },
      { type: 'alert-delivered', ...person },
      { type: 'alert-text-due', ...person },
      { type: 'alert-text-leased', ...person },
      { type: 'alert-text-sent', ...person, messageId: 't-1' },
    ]);
  });
  afterEach(() => desk.stop());
  const pageAs = async (addressedAs: string, path: string) => {
    const browser = await signedInAs(careline, addressedAs);
    return (await browser.get(path)).html;
  };

  test('says to all who work on it that the person got a text message, and when', async () => {
    const html = await pageAs('careline-supervisor', `/referrals/${id}/mail`);
    const [table = ''] = /Text messages after unanswered mail[\s\S]*?<\/table>/.exec(html) ?? [];
    expect(table).toContain(`${texted.name}, ${texted.title}`);
    expect(table).toContain('text sent 10:00 AM');
    expect(html).not.toContain(textPhone);
  });

  test('shows the latest of each person, and the number of earlier ones', async () => {
    const frame = { now: '2026-11-09T15:10:00.000Z', actor: { kind: 'function', id: 'send-alerts' } } as const;
    const person = { v: 1, personId: texted.id } as const;
    await desk.ledger.changeAlert(await desk.alertId(id, 2), { ...frame, cause: { kind: 'delivery' } }, () => [
      {
        type: 'alert-leased',
        ...person,
        addressedAs: 'caseworker',
        order: 1,
        texts: true,
        until: '2026-11-09T15:05:00.000Z',
      },
      { type: 'alert-delivered', ...person },
      { type: 'alert-text-due', ...person },
    ]);
    const html = await pageAs('careline-supervisor', `/referrals/${id}/mail`);
    expect(html).toContain('text due since 10:10 AM; 1 before');
    expect(html).not.toContain('text sent');
  });

  test('says nothing of text messages to a member of a team', async () => {
    expect(await pageAs('seat:medical', `/referrals/${id}`)).not.toContain('Text messages after unanswered mail');
  });

  test('has text messages in the audit, without the number', async () => {
    const html = await pageAs('administrator', `/referrals/${id}/audit/mail`);
    expect(html).toContain('text sent 10:00 AM');
    expect(html).not.toContain(textPhone);
  });
});
