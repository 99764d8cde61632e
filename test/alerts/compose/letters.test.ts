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

  test('has a link to the page of an alert behind each of its lines', () => {
    const lines = message.text.split('\n').filter((line) => line.startsWith('- '));
    const linked = lines.flatMap((line) => /^- .+: https:\S+\/alerts\/(\S+)$/.exec(line)?.[1] ?? []);
    expect(linked.length).toBeGreaterThan(2);
    expect(linked.filter((id) => !alerts.includes(id))).toEqual([]);
    for (const id of linked) expect(message.html).toContain(`href="${post.consoleUrl}/alerts/${id}"`);
  });

  test('says each duty once, and the frame of every mail once', () => {
    const lines = message.text.split('\n').map((line) => line.replace(/: https:\S+$/, ''));
    const items = lines.filter((line) => line.startsWith('- '));
    expect(new Set(items).size).toBe(items.length);
    expect(lines.filter((line) => /^(You get this because|Recibe este correo)/.test(line))).toHaveLength(1);
    expect(message.text.match(/^--$/gm)).toHaveLength(1);
  });
});

test('the subject of several is that of the first, with the number of the others', () => {
  const several = letterMails().find(({ name }) => name === 'several in en');
  expect(several?.message.subject).toBe('New: visit in person by Mon 12:00 PM +5 – CR-7F3KD-9QXMT2');
});

test('a mail whose first alert is news has the button of the news, and a line for each duty', () => {
  const { state, policy, now } = referral({ danger: 'no' }).run().do('assess-danger', { danger: 'yes' });
  const recipient = { personId: 'CASEWORKER', addressedAs: 'caseworker', also: [], language: 'en' } as const;
  const about = (kind: string) => {
    const alert = Object.values(state.alerts).find((each) => each.kind === kind);
    if (!alert) throw new Error(`There is no alert ${kind}.`);
    return { ...post, alert, state, policy, recipient, now };
  };
  const { message } = checkedMail([about('danger-raised'), about('referral-opened')]);
  expect(message.subject).toMatch(/^URGENT: read what changed, \d+ more – CR-/);
  expect(message.text).toMatch(/\nRead what changed: https:/);
  expect(message.text).toMatch(/\n- Meet the child face to face by /);
});

test('a digest of two referrals has a list for each, with its own reference', () => {
  const stories = ['CR-7F3KD-9QXMT2', 'CR-3KT8P-BMNPNT'].map((id) => {
    const { state: told, policy, now } = referral().run().screen('high-risk');
    const state = JSON.parse(JSON.stringify(told).replaceAll(told.id, id)) as typeof told;
    const alert = Object.values(state.alerts).find(({ kind }) => kind === 'deadline-opened');
    if (!alert) throw new Error('The story asks for no alert.');
    const recipient = { personId: 'CASEWORKER', addressedAs: 'caseworker', also: [], language: 'en' } as const;
    return { ...post, alert, state, policy, recipient, now };
  });
  const [first, ...others] = stories;
  if (!first) throw new Error('There is no story.');
  const { message } = checkedMail([first, ...others], true);
  expect(message.subject).toBe('Daily summary: 2 items');
  for (const { state } of stories) expect(message.text).toMatch(new RegExp(`\\nReferral ${state.id}\\n\\n- `));
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

  test('and with a call about the same duty, the digest has one item', () => {
    const call = { ...other, alert: { ...other.alert, checkpoint: 'ring' } } as typeof other;
    expect(checkedMail([call, other], true).message.subject).toBe('Daily summary: 1 item, 1 overdue');
    const inSpanish = (each: typeof other) => ({ ...each, recipient: { ...each.recipient, language: 'es' } as const });
    expect(checkedMail([inSpanish(call), inSpanish(other)], true).message.subject).toBe(
      'Resumen del día: 1 asunto, 1 vencido',
    );
  });

  test('is named once, as escalated', () => {
    const { message, made } = checkedMail([missed, other, escalated], true);
    expect(message.subject).toBe('Daily summary: 2 items, 2 overdue');
    expect(message.text).toContain(`${post.consoleUrl}/alerts/${escalated.alert.id}\n`);
    expect(message.text).not.toContain(`${post.consoleUrl}/alerts/${missed.alert.id}\n`);
    expect(timesIn(message.text, 'ESCALATED: refer the child to a mental health assessment')).toBe(1);
    expect(message.text).not.toContain('OVERDUE: refer the child to a mental health assessment');
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
