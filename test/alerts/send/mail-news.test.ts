import { expect, test } from 'vitest';
import { encodeTags } from '../../../shared/alerts/compose/tags.ts';
import { readMailNews } from '../../../shared/alerts/send/mail-news.ts';
import { referralOf } from '../../../shared/domain/core/ids.ts';

const tags = { referralId: 'CR-7F3KD-9QXMT2', alertId: 'CR-7F3KD-9QXMT2.A12', personId: 'PV-1.CONTACT' };

/** An event as SES publishes it, of a mail with these tags. */
function message(eventType: string, detail: object = {}, mailTags = encodeTags(tags)): string {
  const own = Object.fromEntries(mailTags.map(({ Name, Value }) => [Name, [Value]]));
  return JSON.stringify({
    eventType,
    ...detail,
    mail: {
      timestamp: '2026-11-09T15:00:01.000Z',
      messageId: 'm-1',
      tags: { 'ses:operation': ['SendRawEmail'], ...own },
    },
  });
}

test('a delivery names alert, person and instant as they were before they became tags', () => {
  expect(readMailNews(message('Delivery', { delivery: { timestamp: '2026-11-09T10:00:02.000-05:00' } }))).toEqual({
    ...tags,
    news: 'delivered',
    at: '2026-11-09T15:00:02.000Z',
  });
});

test.each([
  ['Bounce', { bounce: { bounceType: 'Permanent' } }, 'bounce'],
  ['Bounce', { bounce: { bounceType: 'Transient' } }, 'bounce'],
  ['Complaint', { complaint: {} }, 'complaint'],
  ['Reject', { reject: { reason: 'Bad content' } }, 'reject'],
] as const)('the event %s %j is a failure', (eventType, detail, because) => {
  expect(readMailNews(message(eventType, detail))).toEqual({ ...tags, news: 'failed', because });
});

test('the event of an accepted mail is news, and so is that of a late one', () => {
  expect(readMailNews(message('Send', { send: {} }))).toEqual({ ...tags, news: 'accepted' });
  expect(readMailNews(message('DeliveryDelay', { deliveryDelay: {} }))).toEqual({ ...tags, news: 'delayed' });
});

test('the event of a mail by another sender, or of a new topic, is no news', () => {
  expect(readMailNews(message('Bounce', {}, []))).toBeUndefined();
  expect(readMailNews('Successfully validated SNS topic for Amazon SES event publishing.')).toBeUndefined();
});

test.each(['{"eventType":"Delivery","mail":{"tags":{}}}', '{"eventType":"Opened","mail":{}}', 'no JSON'])(
  'the event %s is a fault: news that cannot be read must not be lost in silence',
  (text) => {
    expect(() => readMailNews(text)).toThrow();
  },
);

test('an alert belongs to the referral its id begins with', () => {
  expect(referralOf('CR-7F3KD-9QXMT2.A12')).toBe('CR-7F3KD-9QXMT2');
});
