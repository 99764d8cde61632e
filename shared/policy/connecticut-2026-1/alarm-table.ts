/**
 * The alarm class of each duty and each piece of news, version 2026.1 (docs/domain.md#alarm-classes). A class follows the harm of
 * a miss. No source gives the classes: each is an assumption of this product.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */

import type { AlertKind } from '../../domain/core/vocabulary.ts';
import type { AlarmClass, AlarmRule, DeadlineRule, Policy, Ringing } from '../../domain/policy/policy.ts';
import { hours, minutes } from '../durations.ts';
import type { DeadlineId } from './clocks-joined.ts';

const ours = { source: 'This project: by the harm of a miss', confidence: 'assumed' } as const;

const of = (alarmClass: AlarmClass, more: Omit<AlarmRule, 'class' | 'source' | 'confidence'> = {}): AlarmRule => ({
  class: alarmClass,
  ...more,
  ...ours,
});
const [now, today, routine] = [of('now'), of('today'), of('routine')];
const ringsAtOnce = of('now', { rings: 'at-opening' });
/** The law still asks for it after a return, and it then finds no one. */
const findsTheChild = of('now', { rings: 'at-opening', onReturn: 'today' });

/** Only these services are urgent: a bed, food, clothes, a phone and medication are for today. */
const service = of('routine', {
  forSubject: {
    'basic-needs': 'today',
    'safe-placement': 'today',
    'medical-nonacute': 'today',
    'medical-acute-forensic': 'now',
  },
});

const duties: Readonly<Record<DeadlineId, AlarmRule>> = {
  D1: ringsAtOnce,
  D2: today,
  D3: now,
  D4: now,
  D5: now,
  D6: ringsAtOnce,
  D7: today,
  D8: today,
  D9: today,
  D10: today,
  D10a: today,
  D10b: today,
  D11: now,
  D12a: findsTheChild,
  D12b: findsTheChild,
  D13: today,
  D15: today,
  D16: routine,
  D17: now,
  D17b: today,
  D18: routine,
  D19a: routine,
  D19b: routine,
  D20: routine,
  D21: of('today', { inDanger: 'now' }),
  D22a: routine,
  D22b: routine,
  D23: routine,
  D24: today,
  D24a: today,
  D25: today,
  D26: routine,
  D27: today,
  D28: today,
  D29: today,
  D30: routine,
  D31: today,
  D32: routine,
  D33: routine,
  D34: routine,
  D35a: service,
  D35b: service,
  D36a: routine,
  D36b: routine,
  D36c: routine,
  D37a: today,
  D37b: today,
  D37c: today,
  D37d: routine,
  D37e: today,
  D37f: today,
  D37g: today,
  // Lifted danger is as urgent as raised danger.
  D37h: now,
  D37i: today,
  D37j: today,
  D38: today,
  D38a: today,
  D38b: today,
  D38c: today,
  // In danger D6 has rung already for the same people. This one rings once the response should have reached the child.
  D40: today,
  D41a: today,
  D41b: today,
  D41c: today,
  D41d: today,
  D41e: today,
  D42: today,
  D42a: today,
  D43: today,
  D44: routine,
  // Its people were called when the child went missing.
  D45: routine,
  D39: of('today', { inDanger: 'now', rings: 'at-part' }),
};

/** News without a deadline. For other kinds the alarm class of the deadlines decides. */
const newsOfKind: Readonly<Record<AlertKind, AlarmRule | 'as its deadlines'>> = {
  // The people who were called are awake, and may still be calling.
  'alarm-over': now,
  'holder-changed': now,
  'child-missing': now,
  'child-returned': now,
  'danger-lifted': now,
  'danger-raised': now,
  'do-not-alert-caregiver': now,
  'outreach-paused': now,
  'outreach-resumed': today,
  'removal-review': now,
  'answer-needed': today,
  'charges-faced': today,
  'emergency-access-taken': today,
  // The provider alone can start an exam whose window closes.
  'linkage-offered': of('today', { forSubject: { 'medical-acute-forensic': 'now' } }),
  'mdt-invited': today,
  'meeting-cancelled': today,
  'meeting-left': today,
  'meeting-moved': today,
  'meeting-scheduled': today,
  'referral-sealed': today,
  'report-merged': today,
  'sealed-match': today,
  'tribal-membership': today,
  'seat-not-reached': today,
  'seat-removed': routine,
  checkpoint: 'as its deadlines',
  'deadline-opened': 'as its deadlines',
  'referral-ended': 'as its deadlines',
  'referral-opened': 'as its deadlines',
};
export const news: Policy['news'] = Object.fromEntries(
  Object.entries(newsOfKind).filter(([, rule]) => typeof rule === 'object'),
);

export const ringing: Ringing = {
  fromPart: 0.75,
  atLeastLeft: hours(2),
  nextPersonAfter: minutes(10),
  directorAfter: minutes(20),
  director: 'director-oncall',
  againEvery: minutes(10),
  togetherWithin: minutes(5),
  steadyFor: hours(2),
  slowestEvery: hours(24),
  beforeStopEvery: hours(1),
  redWithin: hours(2),
  textAfter: minutes(5),
  ...ours,
};

/** Adds its alarm class to a rule. */
export const withAlarm = (rule: Omit<DeadlineRule, 'alarm'> & { readonly id: DeadlineId }): DeadlineRule => ({
  ...rule,
  alarm: duties[rule.id],
});
