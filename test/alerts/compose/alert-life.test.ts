import { expect, test } from 'vitest';
import { type AlertEvent, bornAlert, foldAlert, readAlertEvent } from '../../../shared/domain/alerts/alerts.ts';

const at = '2026-11-09T15:00:00.000Z';
const life = (...events: readonly AlertEvent[]) =>
  foldAlert([{ seq: 1, at, actor: { kind: 'function', id: 'send-alerts' }, events: events.map(readAlertEvent) }]);
const sent: AlertEvent = {
  type: 'alert-sent',
  v: 1,
  personId: 'P-1',
  addressedAs: 'hart-lead',
  order: 1,
  messageId: 'm-1',
};
const delivered: AlertEvent = { type: 'alert-delivered', v: 1, personId: 'P-1' };
const failed: AlertEvent = { type: 'alert-failed', v: 1, personId: 'P-1', because: 'bounce' };

test.each([
  ['sent', [sent]],
  ['delivered', [sent, delivered]],
  ['delivered', [delivered, sent]],
  ['failed', [sent, failed]],
  ['failed', [failed, sent]],
  ['failed', [sent, delivered, failed]],
  ['failed', [failed, delivered, sent]],
] as const)('a mail is %s after %j, in any order of these events', (status, events) => {
  expect(life(...events).deliveries).toEqual([
    expect.objectContaining({ personId: 'P-1', addressedAs: 'hart-lead', order: 1, at, status }),
  ]);
});

test('two mails to one person are one delivery', () => {
  expect(life(sent, { ...sent, messageId: 'm-2' }).deliveries).toHaveLength(1);
});

test('news of a mail without a known recipient makes no delivery, and is remembered', () => {
  expect(life(failed)).toEqual({ ...bornAlert, heard: { 'P-1': 'failed' } });
});
