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

describe('a duty that was missed, and then escalated, in one mail', () => {
  const story = referral({ danger: 'no', age: 15 }).run().screen('high-risk').after('P30D');
  const { state, policy, now } = story;
  const about = (rule: string, checkpoint: string) => {
    const alert = Object.values(state.alerts).find(
      (each) => each.checkpoint === checkpoint && state.deadlines[each.deadlineId ?? '']?.rule === rule,
    );
    if (!alert) throw new Error(`No alert tells of ${rule} at ${checkpoint}.`);
    const recipient = { personId: 'CASEWORKER', addressedAs: 'caseworker', also: [], language: 'en' } as const;
    return { ...post, alert, state, policy, recipient, now };
  };
  const [missed, escalated, other] = [about('D22a', 'due'), about('D22a', 'escalate'), about('D23', 'due')];
  const timesIn = (text: string, part: string) => text.split(part).length - 1;

  test('is named once, as escalated', () => {
    const { message, made } = checkedMail([missed, other, escalated], true);
    expect(message.subject).toBe('Daily summary: 2 routine items, 2 overdue');
    expect(message.text).toContain(`${post.consoleUrl}/alerts/${escalated.alert.id}\n`);
    expect(message.text).not.toContain(`${post.consoleUrl}/alerts/${missed.alert.id}\n`);
    const title = checkedMail([escalated]).message.subject;
    expect(timesIn(message.text, title)).toBe(1);
    expect(message.text).not.toContain(checkedMail([missed]).message.subject);
    // The chain of each alert records the words that told of its duty.
    expect(made.map(({ id }) => id)).toEqual(['escalation', 'missed', 'escalation']);
  });

  test('is the mail of the escalation, where it is told of nothing else', () => {
    const { message, made } = checkedMail([missed, escalated], true);
    expect(message).toEqual(checkedMail([escalated]).message);
    expect(made.map(({ id }) => id)).toEqual(['escalation', 'escalation']);
  });
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
