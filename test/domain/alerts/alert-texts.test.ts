import { describe, expect, test } from 'vitest';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import type { AlertText } from '../../../shared/domain/alerts/alert-text-events.ts';
import { hasTextsLeft, isTexted, textsDue } from '../../../shared/domain/alerts/alert-texts.ts';
import {
  type AlertEvent,
  type AlertLife,
  bornAlert,
  type Delivery,
  foldAlert,
} from '../../../shared/domain/alerts/alerts.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { miniature } from '../../policy/miniature-policy.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const sentAt = '2026-11-09T15:00:00.000Z';
const afterwards = (minutes: number) => new Date(Date.parse(sentAt) + minutes * 60_000).toISOString();

/** A report of a child in danger: the first call asks the supervisor to accept it (D1). */
const called = () => referral().run();
const callIn = ({ state }: Story): Alert => {
  const call = Object.values(state.alerts).find(({ checkpoint }) => checkpoint === 'ring');
  if (!call) throw new Error('No one is called.');
  return call;
};
const [line = ''] = callIn(called()).to;
const mail: Delivery = { personId: 'P-1', addressedAs: line, order: 1, at: sentAt, status: 'delivered', texts: true };
const due = { type: 'alert-text-due', v: 1, personId: 'P-1' } as const;

const dueIn = (story: Story, life: Partial<AlertLife>, minutes: number, alert = callIn(story)) =>
  textsDue(alert, story.state, { ...bornAlert, ...life }, connecticutPolicy, afterwards(minutes));

describe('a text message is due', () => {
  test.each([
    ['is not yet', 4.9, []],
    ['is', 5, [due]],
    ['is', 90, [due]],
  ])('where the mail of a call stays unanswered: it %s after %d minutes', (_, minutes, events) => {
    expect(dueIn(called(), { deliveries: [mail] }, minutes)).toEqual(events);
  });

  test('after the time that the policy of the referral gives', () => {
    const { state } = called();
    const policy = {
      ...connecticutPolicy,
      ringing: { ...connecticutPolicy.ringing, textAfter: miniature.ringing.textAfter },
    };
    const at = (minutes: number) =>
      textsDue(callIn(called()), state, { ...bornAlert, deliveries: [mail] }, policy, afterwards(minutes));
    expect([at(7.9), at(8)]).toEqual([[], [due]]);
  });

  const { texts: _, ...withoutNumber } = mail;
  const text = (status: AlertText['status'], at: string, tries = 1) => ({ texts: { 'P-1': { status, at, tries } } });
  const cases: readonly (readonly [string, Partial<AlertLife>, boolean])[] = [
    ['the mail has come', {}, true],
    ['the person has opened the page, which is no answer', { seen: { 'P-1': afterwards(1) } }, true],
    ['the mail came back', { deliveries: [{ ...mail, status: 'failed', because: 'bounce' }] }, true],
    ['nothing was heard of the mail', { deliveries: [{ ...mail, status: 'late' }] }, true],
    ['the person gave no number', { deliveries: [withoutNumber] }, false],
    ['no mail was sent', { deliveries: [] }, false],
    ['it was handed over, and no one knows what became of it', text('leased', sentAt), false],
    ['it was sent', text('sent', sentAt), false],
    ['the number was refused', text('failed', sentAt), false],
    ['it became due a moment ago', text('due', afterwards(6)), false],
    ['it became due, and no one sent it', text('due', afterwards(5)), true],
    ['the service did not take it', text('released', afterwards(9)), true],
    ['the service did not take it three times', text('released', sentAt, 3), false],
    ['it became due three times, and no one sent it', text('due', sentAt, 3), false],
  ];
  test.each(cases)('where %s: as the table says', (_name, life, isDue) => {
    expect(dueIn(called(), { deliveries: [mail], ...life }, 10)).toEqual(isDue ? [due] : []);
    expect(hasTextsLeft({ ...bornAlert, deliveries: [mail], ...life })).toBe(
      isDue || life.texts?.['P-1']?.at === afterwards(6),
    );
  });

  test.each<readonly [string, (story: Story) => Story]>([
    ['a person has the child', (story) => story.do('answer-alarm', {}, 'careline-manager')],
    [
      'the call was acknowledged',
      (story) => story.do('acknowledge-alert', { alertId: callIn(story).id }, 'careline-supervisor'),
    ],
    [
      'a supervisor reached the person by telephone',
      (story) => story.do('record-alert-call', { alertId: callIn(story).id, group: line }, 'careline-manager'),
    ],
    ['the duty is done', (story) => story.do('classify-report', { track: 'investigation' })],
  ])('not where %s', (_name, answered) => {
    expect(dueIn(answered(called()), { deliveries: [mail] }, 30)).toEqual([]);
  });

  test('for each line by itself: what one acknowledged, the other did not', () => {
    const story = called().do('report-missing');
    const call = Object.values(story.state.alerts).findLast(
      ({ checkpoint, to }) => checkpoint === 'ring' && to.length > 1,
    );
    if (!call) throw new Error('No call has two lines.');
    const [first = '', second = ''] = call.to;
    const deliveries = [
      { ...mail, addressedAs: first },
      { ...mail, personId: 'P-2', addressedAs: second },
    ];
    expect(dueIn(story, { deliveries }, 6, call)).toHaveLength(2);
    const after: Alert = { ...call, acknowledgedBy: 'P-1', acknowledgements: [{ by: 'P-1', groups: [first] }] };
    expect(dueIn(story, { deliveries }, 6, after)).toEqual([{ ...due, personId: 'P-2' }]);
  });

  test('never goes to a person with a conflict of interest, nor to one that a seal leaves out', () => {
    const story = called();
    const dueFor = (change: (state: Referral) => Partial<Referral>) =>
      textsDue(
        callIn(story),
        { ...story.state, ...change(story.state) },
        { ...bornAlert, deliveries: [mail] },
        connecticutPolicy,
        afterwards(6),
      );
    const confidentialityAgreement = { notice: '1', conflict: 'yes', at: story.now } as const;
    const sealedFor = (personId: string) => () => ({
      access: { seal: { because: 'workers-family', people: [personId], at: story.now } as const },
    });
    expect(dueFor(() => ({}))).toEqual([due]);
    expect(
      dueFor(({ team }) => ({ team: { ...team, confidentialityAgreements: { 'P-1': confidentialityAgreement } } })),
    ).toEqual([]);
    expect(dueFor(sealedFor('P-2'))).toEqual([]);
    expect(dueFor(sealedFor('P-1'))).toEqual([due]);
  });
});

test.each([
  ['danger-raised', true],
  ['danger-lifted', true],
  ['child-missing', true],
  ['child-returned', true],
  ['do-not-alert-caregiver', true],
  ['outreach-paused', true],
  ['removal-review', true],
  // Who was called is not called again to hear that it is over.
  ['alarm-over', false],
  ['outreach-resumed', false],
  ['charges-faced', false],
  ['seat-removed', false],
  ['referral-ended', false],
  // A duty of class now that does not ring yet is mailed alone.
  ['deadline-opened', false],
] as const)('whether news of the kind %s is followed by text messages: %s', (kind, is) => {
  const { state } = called();
  const { checkpoint: _, deadlineId: __, ...call } = callIn(called());
  const news: Alert = { ...call, kind };
  expect(isTexted(news, state, connecticutPolicy)).toBe(is);
  expect(isTexted(news, { ...state, stage: 'closed' }, connecticutPolicy)).toBe(false);
});

test('of a duty of class now its calls are followed by text messages, and none of its reminders', () => {
  const { state } = called();
  const call = callIn(called());
  expect(isTexted(call, state, connecticutPolicy)).toBe(true);
  expect(isTexted({ ...call, checkpoint: 'remind' }, state, connecticutPolicy)).toBe(false);
});

describe('the life of a text message', () => {
  const of = (...events: readonly AlertEvent['type'][]) =>
    foldAlert(
      events.map((type, index) => ({
        seq: index + 1,
        at: afterwards(index),
        actor: { kind: 'function', id: 'send-alerts' } as const,
        policy: connecticutPolicy.version,
        events: [{ type, v: 1, personId: 'P-1', messageId: 'm-1', because: 'refused' } as unknown as AlertEvent],
      })),
    ).texts['P-1'];

  test.each([
    [['alert-text-due'], { status: 'due', at: afterwards(0), tries: 1 }],
    [['alert-text-due', 'alert-text-leased'], { status: 'leased', at: afterwards(1), tries: 1 }],
    [['alert-text-due', 'alert-text-leased', 'alert-text-sent'], { status: 'sent', at: afterwards(2), tries: 1 }],
    [
      ['alert-text-due', 'alert-text-leased', 'alert-text-failed'],
      { status: 'failed', because: 'refused', at: afterwards(2), tries: 1 },
    ],
    [
      ['alert-text-due', 'alert-text-leased', 'alert-text-released', 'alert-text-due'],
      { status: 'due', at: afterwards(3), tries: 2 },
    ],
  ] as const)('after %j', (events, text) => {
    expect(of(...events)).toEqual(text);
  });
});
