import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import { roleWords } from '../../../shared/alerts/compose/wording.ts';
import { isAbout, toldDeadlines } from '../../../shared/domain/alerts/alert-duties.ts';
import type { Alert } from '../../../shared/domain/alerts/alert-state.ts';
import { genders, indicatorTopics, placements, races, venues } from '../../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { allegedSets } from '../../support/random-story.ts';
import { referral, referralId, type Story, type Told } from '../../support/referral-builder.ts';
import { bringAbout, lowerDanger, meet, readyToClose } from '../../support/scenes.ts';

const consoleUrl = 'http://127.0.0.1:3000';
const oncall = { personId: 'P-SUPERVISOR', phone: '203-555-0107', by: 'directory', isFirst: true } as const;
const post = { consoleUrl, oncall, sender: 'careline@careline.example', to: 'reader@team.example' };
type Language = 'en' | 'es';
const opened = (told: Told = {}) => referral({ ...told }).run();

function mailOf(
  story: Story,
  alert: Alert | undefined,
  addressedAs: string,
  personId = 'P-1',
  now = story.now,
  language: Language = 'en',
) {
  if (!alert) throw new Error('There is no such alert.');
  const { state, policy } = story;
  return composeAlert({ ...post, alert, state, policy, recipient: { personId, addressedAs, also: [], language }, now });
}

const alerts = (story: Story) => Object.values(story.state.alerts);
const latest = (story: Story, kind: Alert['kind'], rule = '') =>
  alerts(story).findLast((alert) => alert.kind === kind && (alert.deadlineId ?? '').includes(rule));

describe('an alert about a deadline', () => {
  test('says the obligation, the due time, why the reader gets it, and where to act', () => {
    const story = opened().after('PT18H');
    const { subject, text } = mailOf(story, latest(story, 'checkpoint', '.D9.'), 'hart-liaison');
    expect(subject).toBe(`${referralId}: warning: D9 due Tue Nov 10, 2026, 10:00 AM EST`);
    expect(text).toContain('Warning: little time is left.');
    expect(text).toContain('Screen the child (D9): by Tue Nov 10, 2026, 10:00 AM EST.');
    expect(text).toContain('You get this mail as HART liaison.');
    expect(text).toContain(
      `Not yours? Do not forward this e-mail. Call the Careline: ${oncall.phone} (no shift entered: first in the directory). We then ask another person.`,
    );
    expect(text).not.toContain('Time is short');
    expect(text).toContain(`${consoleUrl}/alerts/${latest(story, 'checkpoint', '.D9.')?.id}\n`);
  });

  test('about several duties of one task has a line for each, and leaves out what is kept', () => {
    const story = opened({ perpetrators: ['third-party'], danger: 'no' }).after('PT6H');
    const reminder = latest(story, 'checkpoint', '.D3.');
    const one = mailOf(story, reminder, 'careline-worker');
    expect(one.subject).toBe(`${referralId}: reminder: D3, D4 due Mon Nov 9, 2026, 10:00 PM EST`);
    expect(one.text).toContain('Notify law enforcement (D3): by Mon Nov 9, 2026, 10:00 PM EST.');
    expect(one.text).toContain(
      'Refer to the local police, where any alleged trafficker is no caregiver (D4): by Mon Nov 9, 2026, 10:00 PM EST.',
    );
    bringAbout(story, 'police-notified-state');
    const rest = mailOf(story, reminder, 'careline-worker');
    expect(rest.subject).toBe(`${referralId}: reminder: D4 due Mon Nov 9, 2026, 10:00 PM EST`);
    expect(rest.text).not.toContain('(D3)');
  });

  test('about several services of a service plan says how many, and names none', () => {
    const story = opened({ danger: 'no' }).screen('confirmed').tellTeam();
    meet(story, ['basic-needs', 'caregiver-support', 'transition-services']);
    const plan = alerts(story).findLast(({ alsoAbout }) => alsoAbout !== undefined);
    const duties = plan ? toldDeadlines(plan, story.state) : [];
    expect(duties.length).toBeGreaterThan(1);
    expect(new Set(duties.map(({ rule }) => rule))).toEqual(new Set(['D35a']));
    const byTime = [...Map.groupBy(duties, ({ due }) => due).values()].map(({ length }) => length);
    expect(byTime.some((count) => count > 1)).toBe(true);
    const [english, spanish] = (['en', 'es'] as const).map(
      (language) => mailOf(story, plan, 'caseworker', 'P-1', story.now, language).text,
    );
    for (const count of byTime.filter((each) => each > 1)) {
      expect(english).toContain(`There are ${count} of these.`);
      expect(spanish).toContain(`Son ${count}.`);
    }
    for (const { subject = '' } of duties) expect(mailOf(story, plan, 'caseworker').text).not.toContain(subject);
  });

  test('says plainly that it is overdue', () => {
    const story = opened().after('PT24H');
    const alert = latest(story, 'checkpoint', '.D9.');
    expect(alert?.checkpoint).toBe('due');
    expect(mailOf(story, alert, 'hart-lead').subject).toBe(
      `${referralId}: missed: D9 was due Tue Nov 10, 2026, 10:00 AM EST`,
    );
    const later = new Date(Date.parse(story.now) + 50 * 3_600_000).toISOString();
    const { subject, text } = mailOf(story, alert, 'hart-lead', 'P-1', later);
    expect(subject).toBe(`${referralId}: missed: D9 was due Tue Nov 10, 2026, 10:00 AM EST`);
    expect(text).toContain('Screen the child (D9): OVERDUE, it was due Tue Nov 10, 2026, 10:00 AM EST.');
    expect(text).toContain('The time is up.');
  });

  test('names the end of the exam window in the subject of the last warning, not the past time', () => {
    const story = opened({ lastAssaultAt: '2026-11-09T10:00:00Z' }).after('PT111H');
    const alert = latest(story, 'checkpoint', '.D17.');
    expect(alert?.checkpoint).toBe('ring');
    expect(mailOf(story, alert, 'careline-supervisor').subject).toBe(
      `${referralId}: call now, D17 ends Sat Nov 14, 2026, 5:00 AM EST`,
    );
  });

  test('that calls about several duties tells each reader of their own, and in one mail', () => {
    const story = opened({ perpetrators: ['caregiver'], missingNow: 'yes' });
    const call = latest(story, 'checkpoint', '.D1.');
    const worker = mailOf(story, call, 'careline-worker');
    expect(worker.subject).toBe(`${referralId}: call now, D12a, D12b due Mon Nov 9, 2026, 11:00 AM EST`);
    expect(worker.text).toContain('This one call is about all of these:');
    const oncallMail = mailOf(story, call, 'area-oncall');
    expect(oncallMail.subject).toBe(`${referralId}: call now, D6 due Mon Nov 9, 2026, 12:00 PM EST`);
    expect(oncallMail.text).not.toMatch(/D1\b|D12|all of these/);
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'careline-worker');
    expect(mailOf(story, call, 'careline-worker').text).not.toContain('D12a');
  });

  test('that a call is over names every duty that ended with it', () => {
    const story = opened({ perpetrators: ['caregiver'], missingNow: 'yes' });
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'careline-worker');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
    expect(subject).toBe(`${referralId}: the call is over, D12a, D12b`);
    expect(text).toMatch(/It was about: .* \(D12a\)\.\n\nIt was about: .* \(D12b\)\./);
  });

  test('names a person to telephone where the deadline is four hours or less', () => {
    const story = opened().after('PT2H');
    const short = latest(story, 'checkpoint', '.D8.');
    expect(mailOf(story, short, 'hart-lead').text).toContain(
      `If you cannot open the page, call the Careline now: ${oncall.phone} (no shift entered: first in the directory).`,
    );
    expect(mailOf(story, short, 'hart-lead', 'P-1', story.now, 'es').text).toContain(
      `llame ahora a Careline: ${oncall.phone} (sin turno anotado: la primera persona del directorio).`,
    );
    if (!short) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    const recipient = { personId: 'P-1', addressedAs: 'hart-lead', also: [], language: 'en' } as const;
    const { text } = composeAlert({ ...post, oncall: undefined, alert: short, state, policy, recipient, now });
    expect(text).toContain('If you cannot open the page, call the Careline now.');
  });

  test.each([
    ['2026-11-10T09:30:00.000Z', 'due'],
    ['2026-11-10T14:59:59.000Z', 'due'],
    ['2026-11-10T15:00:00.000Z', 'was due'],
    ['2026-11-11T16:00:00.000Z', 'was due'],
  ])('says at %s "%s", and never how long that is off', (now, words) => {
    const story = opened().after('PT18H');
    expect(mailOf(story, latest(story, 'checkpoint', '.D9.'), 'hart-liaison', 'P-1', now).subject).toBe(
      `${referralId}: warning: D9 ${words} Tue Nov 10, 2026, 10:00 AM EST`,
    );
  });
});

describe('a call about a duty of class now', () => {
  const latestAbout = (story: Story, rule: string) =>
    alerts(story).findLast((alert) => alert.checkpoint === 'ring' && isAbout(alert, story.deadline(rule).id));
  const call = (language: Language, after = 'PT0S') => {
    const story = opened().after(after);
    return mailOf(story, latestAbout(story, 'D6'), 'area-oncall', 'P-1', story.now, language);
  };

  test("says what to do and by when, and the person to call if it is another's duty", () => {
    const { subject, text } = call('en');
    expect(subject).toBe(`${referralId}: call now, D6 due Mon Nov 9, 2026, 12:00 PM EST`);
    expect(text).toContain('Act now. Open the page and press "I have this child". It lists the people to call.');
    expect(text).toContain('Begin the response to a child in danger (D6): by Mon Nov 9, 2026, 12:00 PM EST.');
    expect(text).toContain(
      `Not yours? Call ${oncall.phone} (no shift entered: first in the directory). Do not forward this e-mail.`,
    );
    expect(text).toContain('No answer by 10:10 AM EST: we call the next person.');
    expect(text).toContain(`call the Careline now: ${oncall.phone} (no shift entered: first in the directory).`);
    expect(text).not.toContain('We then ask another person');
  });

  test('says the same in Spanish', () => {
    const { text } = call('es');
    expect(text).toContain(
      `¿No le corresponde? Llame al ${oncall.phone} (sin turno anotado: la primera persona del directorio). No reenvíe este mensaje.`,
    );
    expect(text).toContain('Si nadie responde antes de las 10:10 a. m. EST, llamaremos a la siguiente persona.');
  });

  test('that is overdue says so', () => {
    const { subject, text } = call('en', 'PT2H');
    expect(subject).toBe(`${referralId}: call now, D6, D39 was due Mon Nov 9, 2026, 12:00 PM EST`);
    expect(text).toContain('OVERDUE');
  });

  test('that is over tells each callee which call is no longer needed', () => {
    const story = opened().do('classify-report', { track: 'investigation' }).after('PT10M');
    story.do('answer-alarm', {}, 'director-oncall');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
    expect(subject).toBe(`${referralId}: the call is over, D6`);
    expect(text).toContain('You do not need to call.');
    expect(text).toContain('It was about: Begin the response to a child in danger (D6).');
    expect(text).toContain('The page says who has it.');
  });

  test('whose time has passed tells each callee to stop, and never that another person has it', () => {
    const story = opened({ lastAssaultAt: '2026-11-04T20:00:00Z' }).after('PT5H');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over', '.D17.'), 'person:P-1');
    expect(subject).toBe(`${referralId}: stop calling, the time for D17 has passed`);
    expect(text).toContain('It can no longer be done in time, so we call no one else about it.');
    expect(text).not.toContain('Another person has it');
  });
});

test.each([
  ['danger-raised', () => opened({ danger: 'no' }).do('assess-danger', { danger: 'yes' })],
  ['danger-lifted', () => lowerDanger(opened())],
  ['child-missing', () => opened().do('report-missing')],
  ['child-returned', () => opened().do('report-missing').do('record-return')],
] as const)('a mail leaves to the page what %s would tell of the child', (kind, story) => {
  const told = story();
  const { subject, text } = mailOf(told, latest(told, kind), 'caseworker');
  expect(subject).toBe(`${referralId}: read the page now`);
  expect(text).toContain('Open the page now');
  expect(text).not.toMatch(/danger|missing|return/i);
});

test.each([
  ['charges-faced', () => opened().do('record-charges'), 'seat:states-attorney'],
  ['tribal-membership', () => opened({ tribalMember: 'unknown' }).do('invoke-hold'), 'legal'],
] as const)('a mail about %s leaves to the page what would tell of the child', (kind, story, addressedAs) => {
  const told = story();
  const { subject, text } = mailOf(told, latest(told, kind), addressedAs);
  expect(subject).toBe(`${referralId}: a legal duty may follow`);
  expect(text).toContain('The page says what');
  expect(text).not.toMatch(/charge|exploit|tribe|Indian|facility/i);
});

test.each([
  [
    'a clearance, without a word about the caregiver',
    () =>
      opened({ perpetrators: ['third-party'] })
        .do('record-facts', { caregiverNamed: 'yes' })
        .do('propose-clearance'),
    'hart-director',
    'Agree to the correction that was proposed, or say no',
  ],
  [
    'a routing that a corrected place makes doubtful',
    () =>
      opened()
        .do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' })
        .do('correct-place', { place: 'residenceTown', townId: 'AVON' }),
    'careline-supervisor',
    'Confirm again who is responsible, after a place was corrected',
  ],
] as const)('a mail asks for an answer about %s', (_what, story, addressedAs, words) => {
  const told = story();
  const { text } = mailOf(told, latest(told, 'deadline-opened', '.D37'), addressedAs);
  expect(text).toContain(words);
  expect(text).not.toMatch(/caregiver|parent|Avon/i);
});

test('several services for one person at once make one mail, and only the page names them', () => {
  const story = opened().screen('high-risk');
  const { text } = mailOf(story, latest(story, 'deadline-opened', '.D23.'), 'caseworker');
  expect(text).toContain('This is asked 4 times, each on the page.');
  expect(text).not.toMatch(/education|legal|substance/);
});

describe('an alert that a referral was opened', () => {
  test("gives the reader's own clocks in full, and names the other clocks", () => {
    const story = opened();
    const { subject, text } = mailOf(story, latest(story, 'referral-opened'), 'careline-worker');
    expect(subject).toBe(`${referralId}: new referral, D3 due Mon Nov 9, 2026, 10:00 PM EST`);
    expect(text).toContain('Asked of you: Notify law enforcement (D3): by Mon Nov 9, 2026, 10:00 PM EST.');
    expect(text).toContain('Asked of others: D1, D6, D39, D8, D21, D9.');
    for (const rule of story.open()) expect(text).toMatch(new RegExp(`\\b${rule}\\b`));
  });

  test('tells a stand-in which role they stand in for', () => {
    const story = opened();
    const { text } = mailOf(story, latest(story, 'referral-opened'), 'careline-supervisor for hart-lead');
    expect(text).toContain('Asked of you: Assign the HART liaison (D8): by ');
    expect(text).toContain('as careline supervisor, because no one is known yet for: HART lead.');
  });

  test('gives a person of two roles the duties of both', () => {
    const story = opened();
    const alert = latest(story, 'referral-opened');
    const recipient = {
      personId: 'P-1',
      addressedAs: 'careline-supervisor',
      also: ['careline-supervisor for hart-lead'],
      language: 'en',
    } as const;
    if (!alert) throw new Error('There is no alert.');
    const { text } = composeAlert({
      ...post,
      alert,
      state: story.state,
      policy: story.policy,
      recipient,
      now: story.now,
    });
    expect(text).toContain('Asked of you: Classify the report (D1): by ');
    expect(text).toContain('Asked of you: Assign the HART liaison (D8): by ');
    expect(text).toContain(
      'as careline supervisor; as careline supervisor, because no one is known yet for: HART lead.',
    );
  });
});

describe('other alerts', () => {
  test('ask a member to join, and the coordinator to reach all seats', () => {
    const story = opened().screen('high-risk');
    const alert = latest(story, 'mdt-invited');
    const member = mailOf(story, alert, 'seat:states-attorney');
    expect(member.subject).toBe(`${referralId}: you are asked to join a team`);
    expect(member.text).toContain("as the state's attorney seat.");
    expect(member.text).toContain('Not yours? Decline on that page');
    expect(member.text).toContain('Answer by Tue Nov 17, 2026, 5:00 PM EST. Silence is not a yes.');
    const coordinator = mailOf(story, alert, 'mdt-coordinator');
    expect(coordinator.subject).toBe(`${referralId}: a team is invited`);
    expect(coordinator.text).toContain('Convene the team (D15): by ');
    expect(coordinator.text).toContain('(D20): by ');
  });

  test("tell of a clock that starts later and is the reader's from then on", () => {
    const story = opened().screen('high-risk');
    const { subject, text } = mailOf(story, latest(story, 'deadline-opened', '.D10.'), 'area-supervisor');
    expect(subject).toBe(`${referralId}: for you: D10 due Mon Nov 9, 2026, 2:00 PM EST`);
    expect(text).toContain(
      'A decision is asked of you now: a basis to allege, never an adjudication. No service waits for it.',
    );
    expect(text).toContain('Decide whether there is a basis');
  });

  test('ask the deputy for the seat that its holder declined', () => {
    const story = opened()
      .screen('high-risk')
      .do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    const alert = latest(story, 'answer-needed');
    expect(mailOf(story, alert, 'person:DEPUTY-MEDICAL', 'DEPUTY-MEDICAL').text).toContain(
      'The seat medical on the team of this referral was declined by its other holder: accept or decline it.\n\nAnswer by Tue Nov 17, 2026, 5:00 PM EST. Silence is not a yes.',
    );
    expect(mailOf(story, alert, 'mdt-coordinator').text).toContain('Declined: medical.');
  });

  test('say by when a passed-on seat must answer', () => {
    const story = opened().screen('high-risk').tellTeam();
    story.do('answer-seat', { discipline: 'medical', answer: 'delegated', personId: 'P-NEXT' }, 'seat:medical');
    const { text } = mailOf(story, latest(story, 'mdt-invited'), 'person:P-NEXT', 'P-NEXT');
    expect(text).toContain('You are asked to take your seat');
    expect(text).toMatch(/Answer by \w+ Nov \d+, 2026, /);
    expect(text).toContain('You get this mail as the medical seat.');
  });

  test("name the recipient's seat, or else the role, in a mail to a person by name", () => {
    const story = opened().screen('high-risk');
    story.do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'office' });
    const alert = latest(story, 'meeting-scheduled');
    expect(mailOf(story, alert, 'person:DEPUTY-MEDICAL', 'DEPUTY-MEDICAL').text).toContain('as the medical seat.');
    if (!alert) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    const recipient = {
      personId: 'P-2',
      addressedAs: 'person:P-2',
      also: [],
      language: 'en',
      roles: ['hart-lead'],
    } as const;
    expect(composeAlert({ ...post, alert, state, policy, recipient, now }).text).toContain('as HART lead.');
  });

  test("say that a provider's no leaves the need", () => {
    const story = opened().screen('high-risk').do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
    story.do('decline-linkage', { service: 'mental-health', reasonCode: 'waiting-list', waitDays: 30 }, 'contact:PV-1');
    expect(mailOf(story, latest(story, 'answer-needed'), 'hart-liaison').text).toContain(
      'A provider said no, and the need is still there. Refer to another one; the page says for what.',
    );
  });

  test('say that a referral ended, and what the law still asks for', () => {
    const story = opened();
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    const owing = alerts(story).find(({ kind }) => kind === 'referral-ended');
    const { subject, text } = mailOf(story, owing, 'careline-supervisor');
    expect(subject).toBe(`${referralId}: the referral is withdrawn`);
    expect(text).toContain('What the law asks for is still owed: D1, D3, D4, D6.');
    const { text: toOthers } = mailOf(story, latest(story, 'referral-ended'), 'caseworker');
    expect(toOthers).toContain('Nothing more is asked of you in it.');
    expect(toOthers).not.toContain('still owed');
  });

  test('say that a referral closed, and name what is still to be done to those who owe it', () => {
    const story = readyToClose({ mandated: 'yes' }).do('close-referral', { review: 'An invented review.' });
    const told = alerts(story).filter(({ kind }) => kind === 'referral-ended');
    const texts = told.map((alert) => mailOf(story, alert, alert.to[0] ?? '').text);
    expect(told.map(({ to }) => to)).toEqual([
      ['careline-worker'],
      ['careline-supervisor', 'caseworker', 'hart-liaison'],
    ]);
    expect(texts[0]).toContain('Still to be done after closing: D2. The page says by when.');
    expect(texts[0]).not.toContain('Nothing more is asked');
    expect(texts[1]).toContain('Nothing more is asked of you in it.');
    expect(texts[1]).not.toContain('D2');
  });

  test('tell those who work on a referral of a merge, and leave the other reference to the page', () => {
    const story = opened().takesIn();
    const { subject, text } = mailOf(story, latest(story, 'report-merged'), 'caseworker');
    expect(subject).toBe(`${referralId}: another report is being merged`);
    expect(text).toContain('check again which people you may contact');
    expect(text).not.toContain('CR-3KT8P-BMNPNT');
  });

  test('ask for the office first where none is known', () => {
    const story = opened({ team: 'none' });
    expect(mailOf(story, latest(story, 'referral-opened'), 'careline-supervisor').text).toContain(
      'choose the office and the team first',
    );
  });

  test('says that its clocks run, or that some are not set yet, never both', () => {
    const story = opened();
    const alert = latest(story, 'referral-opened');
    const running = 'its clocks are running';
    const missing = 'Some of its deadlines are not set yet';
    const whole = mailOf(story, alert, 'careline-supervisor').text;
    expect(whole).toContain(running);
    expect(whole).not.toContain(missing);
    const { state } = story;
    const partly = {
      ...story,
      state: { ...state, pathway: { ...state.pathway, clocksMissing: true } },
    } as typeof story;
    for (const language of ['en', 'es'] as const) {
      const { text } = mailOf(partly, alert, 'careline-supervisor', 'P-1', story.now, language);
      expect(text).not.toMatch(/clocks are running|sus plazos corren/);
      expect(text).toContain(language === 'en' ? missing : 'Algunos de sus plazos aún no están fijados');
    }
  });

  test('ask a provider to take on a service, which the page names', () => {
    const story = opened().screen('high-risk').do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
    const { subject, text } = mailOf(story, latest(story, 'linkage-offered'), 'person:PV-1.CONTACT', 'PV-1.CONTACT');
    expect(subject).toBe(`${referralId}: a referral is offered to you`);
    expect(text).toContain('take on a service for this referral');
    expect(text).not.toContain('mental health');
  });

  test('say which question waits for an answer', () => {
    const noTeam = opened({ team: 'none' }).screen('high-risk');
    expect(mailOf(noTeam, latest(noTeam, 'deadline-opened', '.D37F.'), 'careline-supervisor').text).toContain(
      'Say which team is responsible: none is known',
    );
    const vacant = opened({ vacant: ['medical'] }).screen('high-risk');
    expect(mailOf(vacant, latest(vacant, 'deadline-opened', '.D37G.'), 'mdt-chair').text).toContain(
      'Name a person for each required seat that is vacant',
    );
    const declined = opened()
      .screen('high-risk')
      .do('answer-seat', { discipline: 'dcf', answer: 'declined', reasonCode: 'workload' }, 'seat:dcf');
    expect(mailOf(declined, latest(declined, 'answer-needed'), 'mdt-coordinator').text).toContain('Declined: DCF.');
    const withdrawal = opened().do('propose-withdrawal', { because: 'made-in-error' });
    expect(mailOf(withdrawal, latest(withdrawal, 'deadline-opened', '.D37B.'), 'careline-manager').text).toContain(
      'Agree to the withdrawal that was proposed, or say no',
    );
  });

  test.each([
    ['hart-liaison', 'HART liaison'],
    ['area-oncall', 'area on call'],
    ['seat:dcf', 'the DCF seat'],
    ['seats', 'every seat of the team'],
    ['calendar-left:P-1', 'a person with the meeting in their calendar'],
  ])('call %s %s', (word, words) => {
    expect(roleWords(word)).toBe(words);
  });
});

describe("a mail never holds a person's data", () => {
  const secrets = {
    narrative: 'ZZNARRATIVE.T1',
    safeContact: 'ZZCONTACT.T2',
    town: 'Zztown',
    district: 'Zzdistrict',
    digest: 'zzdigest',
    report: 'RP-ZZZZZ-ZZZZZZ',
  };

  /** The same referral about another child from elsewhere. */
  const about = (state: Referral, child: Partial<Referral['child']>): Referral => ({
    ...state,
    report: {
      ...state.report,
      id: secrets.report,
      texts: { narrative: secrets.narrative, safeContact: secrets.safeContact },
    },
    identity: { ...state.identity, blindIndex: secrets.digest },
    child: {
      ...state.child,
      ...child,
      residenceTown: secrets.town,
      presentTown: secrets.town,
      occurrenceTown: secrets.town,
    },
    places: {
      ...state.places,
      routing: {
        town: secrets.town,
        region: 9,
        office: secrets.town,
        judicialDistrict: secrets.district,
        team: `MDT-${secrets.town}`,
        confirmed: false,
      },
    },
  });

  const anyChild = fc.record({
    gender: fc.constantFrom(...genders),
    race: fc.array(fc.constantFrom(...races), { minLength: 1, maxLength: 2 }),
    placement: fc.constantFrom(...placements),
    indicators: fc.subarray([...indicatorTopics]),
    venue: fc.array(fc.constantFrom(...venues), { minLength: 1, maxLength: 2 }),
    perpetrators: allegedSets,
    age: fc.integer({ min: 0, max: 20 }).map((years) => ({ known: 'exact' as const, years })),
  });

  const story = opened()
    .screen('high-risk')
    .do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' })
    .after('P2D');
  const words = ['careline-worker', 'careline-supervisor for hart-lead', 'seat:medical', 'person:PV-1.CONTACT'];

  test('its words do not depend on the child, the place or the reporter', () => {
    expect(new Set(alerts(story).map(({ kind }) => kind))).toEqual(
      new Set(['referral-opened', 'deadline-opened', 'mdt-invited', 'linkage-offered', 'checkpoint']),
    );
    fc.assert(
      fc.property(
        anyChild,
        fc.constantFrom(...alerts(story)),
        fc.constantFrom(...words),
        fc.constantFrom('en', 'es'),
        (child, alert, addressedAs, language) => {
          const common = {
            ...post,
            alert,
            policy: story.policy,
            recipient: { personId: 'P-1', addressedAs, also: [], language },
            now: story.now,
          };
          const mail = composeAlert({ ...common, state: about(story.state, child) });
          expect(mail).toEqual(composeAlert({ ...common, state: story.state }));
          const text = JSON.stringify(mail).toLowerCase();
          for (const secret of Object.values(secrets)) expect(text).not.toContain(secret.toLowerCase());
        },
      ),
    );
  });

  test('its instants are New York time with the zone, and its only link is the one to the alert', () => {
    for (const alert of alerts(story)) {
      const { subject, text } = mailOf(story, alert, 'careline-worker');
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
      for (const [, zone] of text.matchAll(/\d:\d{2} [AP]M(.{4})/g)) expect(zone).toMatch(/^ E[SD]T$/);
      expect(text.match(/https?:\S+/g)).toEqual([`${consoleUrl}/alerts/${alert.id}`]);
      expect(subject.length).toBeLessThan(78);
      expect(Buffer.from(subject + text).every((byte) => byte < 128)).toBe(true);
    }
  });
});
