/**
 * One mail of every template in both languages, as the product would send it. Tests that must hold for all mails use
 * them.
 */

import {
  composeAgreements,
  composeDraftsEndSoon,
  composeDraftsLeft,
  composeFindings,
  composeGaps,
  composeShifts,
  type Message,
} from '../../../shared/alerts/compose/compose.ts';
import { checkedMail, type Leak } from '../../../shared/alerts/compose/guard.ts';
import type { About } from '../../../shared/alerts/compose/mail-facts.ts';
import { languages } from '../../../shared/domain/core/vocabulary.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { lowerDanger, readyToClose } from '../../support/scenes.ts';

export const post = {
  consoleUrl: 'https://careline.example',
  sender: 'careline@careline.example',
  to: 'reader@team.example',
  oncall: { personId: 'P-SUPERVISOR', phone: '203-555-0107', by: 'shift', until: '2026-11-26T13:00:00.000Z' },
} as const;

/** When the mails about no referral are written. */
export const noticedAt = '2026-11-09T16:00:00.000Z';

const opened = () => referral({ tribalMember: 'unknown' }).run();
const suspected = () => opened().screen('high-risk');
const met = () => suspected().do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'virtual' });
const heard = () =>
  suspected().do('schedule-hearing', {
    hearingKind: 'criminal-hearing',
    court: 'CRIMINAL.HARTFORD',
    startsAt: '2026-11-20T15:00:00Z',
  });
const booked = () =>
  suspected().do('ask-booking', {
    service: 'medical-nonacute',
    providerId: 'PV-1',
    startsAt: '2026-11-12T15:00:00Z',
    interpreter: 'spanish',
    advocate: 'advocate-comes',
  });
/** The advocate, who was told of the time, is no longer on the team. */
const leaves = (story: Story) =>
  story.do(
    'answer-seat',
    { discipline: 'victim-advocate', answer: 'declined', reasonCode: 'workload' },
    'seat:victim-advocate',
  );
const continued = { hearing: 'H1', hearingResult: 'hearing-continued' };
const withdraw = (story: Story) =>
  story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');

const sealing = { because: 'colleague-involved', forPeople: ['CARELINE-SUPERVISOR', 'CARELINE-SUPERVISOR.2'] };

const pausing = { agencyId: 'PD-HARTFORD', until: '2026-11-11T15:00:00Z' };

/** How each template comes to be sent, and to which recipient. */
export const scenes: readonly (readonly [addressedAs: string, story: () => Story])[] = [
  ['careline-worker', () => opened().answers().after('P3D')],
  ['careline-supervisor for hart-lead', () => referral({ team: 'none' }).run().screen('high-risk')],
  ['seat:medical', () => met().do('schedule-meeting', { startsAt: '2026-11-13T16:00:00Z', place: 'office' })],
  ['mdt-coordinator', () => met().do('cancel-meeting', { because: 'no-quorum' })],
  ['mdt-coordinator', () => met().do('record-meeting', { attended: connecticut20261.requiredDisciplines })],
  [
    `person:${memberOf('medical').personId}`,
    () =>
      met().do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical'),
  ],
  ['seat:medical', () => met()],
  [
    'seat:medical',
    () =>
      suspected()
        .do('schedule-meeting', { startsAt: '2026-11-20T15:00:00Z', place: 'virtual' })
        .at('2026-11-15T15:00:00Z')
        .looksAtAgenda(),
  ],
  ['mdt-coordinator', () => suspected().after('PT3H').looksAtSeats()],
  [
    'person:AREA-ONCALL',
    () => {
      const story = referral({ danger: 'yes' }).run();
      const had = { deadlineId: story.deadline('D6').id };
      return story
        .do('answer-alarm', had, 'area-oncall')
        .do('answer-alarm', { ...had, insteadOf: 'AREA-ONCALL' }, 'director-oncall');
    },
  ],
  ['caseworker', () => heard()],
  ['caseworker', () => heard().do('record-hearing', { ...continued, continuedTo: '2026-12-01T15:00:00Z' })],
  ['caseworker', () => heard().do('record-hearing', { hearing: 'H1', hearingResult: 'hearing-canceled' })],
  [
    'calendar-left:P-1',
    () => leaves(heard()).do('record-hearing', { ...continued, continuedTo: '2026-12-01T15:00:00Z' }),
  ],
  ['caseworker', () => booked()],
  ['caseworker', () => booked().do('move-booking', { booking: 'B1', startsAt: '2026-11-13T15:00:00Z' })],
  [
    'caseworker',
    () => booked().do('end-booking', { booking: 'B1', bookingEnd: 'booking-canceled', bookingReason: 'no-transport' }),
  ],
  ['calendar-left:P-1', () => leaves(booked()).do('move-booking', { booking: 'B1', startsAt: '2026-11-13T15:00:00Z' })],
  ['caseworker', () => withdraw(opened())],
  ['caseworker', () => readyToClose().do('close-referral')],
  ['caseworker', () => opened().takesIn()],
  [
    'caseworker',
    () =>
      referral({ candidates: ['CR-3KT8P-BMNPNT'] })
        .run()
        .do('answer-duplicate', { answer: 'same-child-open', of: 'CR-3KT8P-BMNPNT' }),
  ],
  ['area-supervisor', () => referral({ population: 'in-dcf-care' }).run().screen('confirmed')],
  ['legal', () => opened().do('record-charges').do('invoke-hold')],
  ['area-supervisor', () => opened().screen('insufficient-info')],
  ['person:PV-1.CONTACT', () => suspected().do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' })],
  ['area-supervisor', () => referral({ danger: 'yes' }).run().screen('at-risk')],
  ['caseworker', () => referral({ perpetrators: ['caregiver'] }).run()],
  [
    'person:HART-LIAISON',
    () =>
      suspected()
        .do('invite-seat', { discipline: 'school', personId: 'HART-LIAISON', reason: 'Words.' }, 'mdt-coordinator')
        .do('remove-seat', { discipline: 'school', reason: 'Words.' }, 'mdt-coordinator'),
  ],
  ['person:CARELINE-SUPERVISOR', () => opened().do('seal-referral', sealing)],
  ['person:CARELINE-SUPERVISOR', () => opened().do('seal-referral', sealing).matches('CR-3KT8P-BMNPNT')],
  ['administrator', () => opened().do('take-emergency-access', { because: 'danger-now' }, 'caseworker')],
  ['caseworker', () => suspected().do('pause-outreach', pausing)],
  ['caseworker', () => suspected().do('pause-outreach', pausing).do('lift-outreach-pause')],
  ['caseworker', () => referral({ danger: 'no' }).run().do('assess-danger', { danger: 'yes' })],
  ['careline-supervisor', () => lowerDanger(opened())],
  ['careline-supervisor', () => referral({ lastAssaultAt: '2026-11-04T20:00:00Z' }).run().after('PT5H')],
];

export interface Sample extends Pick<About, 'alert' | 'state' | 'now'> {
  readonly name: string;
  readonly message: Message;
  readonly leaks: readonly Leak[];
}

interface Told extends Pick<Story, 'state' | 'policy' | 'now'> {
  readonly addressedAs: string;
}

export const stories = (): readonly Told[] =>
  scenes.map(([addressedAs, tell]) => {
    const { state, policy, now } = tell();
    return { addressedAs, state, policy, now };
  });

/** A mail of each alert of these stories in each language. */
export const everyMailOf = (told: readonly Told[]): readonly Sample[] =>
  told.flatMap(({ addressedAs, state, policy, now }) =>
    Object.values(state.alerts).flatMap((alert) =>
      languages.map((language) => {
        const recipient = { personId: addressedAs.replace('person:', ''), addressedAs, also: [], language };
        const mail = checkedMail([{ ...post, alert, state, policy, recipient, now }]);
        return { ...mail, name: `${mail.message.template.id} in ${language}`, alert, state, now };
      }),
    ),
  );

/** A mail of each template and language. Where several come from one template, the first. */
export const everyMail = (): readonly Sample[] => {
  const all = everyMailOf(stories());
  return all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);
};

/** The mail about gaps in a roster, which is about no referral. */
export const gapMails = () =>
  languages.map((language) => ({
    name: `roster-gaps in ${language}`,
    message: composeGaps({
      team: 'MDT-HARTFORD',
      gaps: [
        { discipline: 'medical', gap: 'no-deputy' },
        { discipline: 'dcf', gap: 'away' },
      ],
      addressedAs: 'mdt-coordinator',
      language,
      consoleUrl: post.consoleUrl,
      now: noticedAt,
    }),
  }));

/** The mail about agreements, which is about no referral. */
export const agreementMails = () =>
  languages.map((language) => ({
    name: `agreements-end in ${language}`,
    message: composeAgreements({
      reminders: [
        {
          id: 'AG-1',
          kind: 'data-sharing',
          agencies: ['hospital'],
          reminder: { about: 'end', days: 90, on: '2027-02-07', toldIn: 2 },
        },
        {
          id: 'AG-12',
          kind: 'qualified-service-organization',
          agencies: [],
          reminder: { about: 'review', days: 0, on: '2026-11-09', toldIn: 2 },
        },
      ],
      addressedAs: '',
      language,
      consoleUrl: post.consoleUrl,
      now: noticedAt,
    }),
  }));

/** The mail about what the watchdog found, which is about no referral. */
export const findingMails = () =>
  languages.map((language) => ({
    name: `audit-findings in ${language}`,
    message: composeFindings({
      findings: [
        { what: 'chain-broken', about: 'CR-7F3KD-9QXMT2' },
        { what: 'run-keeps-failing', about: 'sealed' },
        { what: 'consumer-stuck', about: 'CR-7F3KD-9QXMT2' },
        { what: 'role-vacant', about: 'hart-lead' },
      ],
      language,
      consoleUrl: post.consoleUrl,
      now: noticedAt,
    }),
  }));

/** The mail about on-call shifts, which is about no referral. It holds each fault that shifts can have. */
export const shiftMails = () => {
  const place = { role: 'area-oncall', scope: 'office-NEW-HAVEN' } as const;
  const [from, to] = ['2026-11-26T01:00:00.000Z', '2026-11-26T13:00:00.000Z'];
  return languages.map((language) => ({
    name: `shifts-at-fault in ${language}`,
    message: composeShifts({
      alarms: [
        { ...place, fault: 'empty', from, to },
        { ...place, fault: 'empty', to },
        { role: 'director-oncall', scope: 'state', fault: 'overlap', from, to },
        { role: 'director-oncall', scope: 'state', fault: 'empty', from },
        { role: 'careline-supervisor', scope: 'state', fault: 'none-entered' },
      ],
      addressedAs: 'careline-supervisor',
      language,
      consoleUrl: post.consoleUrl,
      now: noticedAt,
    }),
  }));
};

/** The mails about untouched drafts, which are about no referral. */
export const draftMails = () => {
  const times = { since: '2026-11-09T15:00:00.000Z', touchedAt: '2026-11-09T15:02:00.000Z' };
  const [one, other] = [
    { id: 'DR-7F3KD-9QXMT2', ...times },
    { id: 'DR-7F3KD-9QXMTQ', ...times },
  ];
  return languages.flatMap((language) => {
    const frame = { language, consoleUrl: post.consoleUrl, now: noticedAt };
    return [
      { name: `draft-left in ${language}`, message: composeDraftsLeft({ left: [one], expired: [other], ...frame }) },
      { name: `draft-ended in ${language}`, message: composeDraftsLeft({ left: [], expired: [other], ...frame }) },
      {
        name: `draft-ends-soon in ${language}`,
        message: composeDraftsEndSoon({ drafts: [{ ...one, endsAt: '2026-12-09T15:02:00.000Z' }], ...frame }),
      },
    ];
  });
};

/** Several alerts in one mail to their reader: those of one referral, and those of all referrals as the digest. */
export const letterMails = (): readonly Sample[] => {
  const { state, policy, now } = opened().screen('high-risk');
  const alerts = Object.values(state.alerts);
  const [alert] = alerts;
  if (!alert) throw new Error('The story asks for no alert.');
  return languages.flatMap((language) =>
    [false, true].map((isDigest) => {
      const recipient = { personId: 'CASEWORKER', addressedAs: 'caseworker', also: [], language };
      const [first, ...others] = alerts.map((each) => ({ ...post, alert: each, state, policy, recipient, now }));
      if (!first) throw new Error('The story asks for no alert.');
      const mail = checkedMail([first, ...others], isDigest);
      return { ...mail, name: `${mail.message.template.id} in ${language}`, alert, state, now };
    }),
  );
};
