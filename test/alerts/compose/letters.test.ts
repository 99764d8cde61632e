/** Several alerts in one mail. */
import { describe, expect, test } from 'vitest';
import { checkedMail } from '../../../shared/alerts/compose/guard.ts';
import { encodeTags } from '../../../shared/alerts/compose/tags.ts';
import { readMailNews } from '../../../shared/alerts/send/mail-news.ts';
import { referral } from '../../support/referral-builder.ts';
import { letterMails, post } from './every-mail.ts';

describe.each(letterMails())('the letter $name', ({ message, leaks, state }) => {
  const alerts = Object.keys(state.alerts);

  test('holds nothing that the guard withholds', () => {
    expect(leaks).toEqual([]);
  });

  test('names each alert under its own subject, with a link to its page', () => {
    for (const id of alerts) expect(message.text).toContain(`${post.consoleUrl}/alerts/${id}\n`);
    expect(message.html.match(/<a class="link"/g)).toHaveLength(alerts.length);
    for (const id of alerts) expect(message.html).toContain(`href="${post.consoleUrl}/alerts/${id}"`);
  });

  test('says the frame of every mail once', () => {
    const said = message.text.split('\n\n');
    const why = said.filter((line) => /You get this mail as|Recibe este mensaje/.test(line));
    expect(why).toHaveLength(1);
    expect(message.text.match(/^--$/gm)).toHaveLength(1);
  });
});

test('the subject of several names the first, and how many more there are', () => {
  const several = letterMails().find(({ name }) => name === 'several in en');
  expect(several?.message.subject).toMatch(/^CR-\S+: .*; and \d+ more$/);
});

test('an alert that was alone in the digest is its own mail, and no summary of one', () => {
  const { state, policy, now } = referral().run().screen('high-risk');
  const [alert] = Object.values(state.alerts);
  if (!alert) throw new Error('The story asks for no alert.');
  const recipient = { personId: 'CASEWORKER', addressedAs: 'caseworker', also: [], language: 'en' } as const;
  const about = { ...post, alert, state, policy, recipient, now };
  const { message } = checkedMail([about], true);
  expect(message).toEqual(checkedMail([about]).message);
  expect(message.text).not.toMatch(/\b1 (things|times|asuntos)\b/);
});

describe('the tags of a mail about several alerts', () => {
  const tags = { referralId: 'CR-1', alertId: 'CR-1.A1', personId: 'P-1', with: ['CR-1.A2', 'CR-2.A10'] };
  const told = (given: readonly { Name: string; Value: string }[]) =>
    readMailNews(
      JSON.stringify({
        eventType: 'Bounce',
        mail: { tags: Object.fromEntries(given.map(({ Name, Value }) => [Name, [Value]])) },
      }),
    );

  test('come back in the news of it', () => {
    expect(told(encodeTags(tags))).toEqual({ ...tags, news: 'failed', because: 'bounce' });
  });

  test('are ignored where one is damaged', () => {
    expect(told([...encodeTags(tags), { Name: 'with-3', Value: 'no id' }])).toBeUndefined();
  });

  test('are letters, digits, _ and - alone, fifty at most', () => {
    const others = Array.from({ length: 39 }, (_, index) => `CR-1.A${index + 2}`);
    const encoded = encodeTags({ ...tags, with: others });
    expect(encoded.length).toBeLessThanOrEqual(50);
    for (const { Name, Value } of encoded) expect(`${Name}${Value}`).toMatch(/^[\w-]+$/);
  });
});
