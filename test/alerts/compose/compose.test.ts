import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import { addresseeWords, reasonsOf } from '../../../shared/alerts/compose/wording.ts';
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
    expect(subject).toBe(`Due soon: do the screening by Tue 10:00 AM – ${referralId}`);
    expect(text).toMatch(
      /^You get this because you are the HART liaison\.\n\nScreen the child by Tue, Nov 10, 10:00 AM\n\n/,
    );
    expect(text).toContain('Time left when we wrote this: 6 h.');
    expect(text).toContain(`Not yours? Call the Careline: ${oncall.phone}. We then ask another person.`);
    expect(text).not.toContain('does not open');
    expect(text).toContain(`${consoleUrl}/alerts/${latest(story, 'checkpoint', '.D9.')?.id}\n`);
  });

  test('about several duties of one task has a line for each, and leaves out what is kept', () => {
    const story = opened({ perpetrators: ['third-party'], danger: 'no' }).after('PT6H');
    const reminder = latest(story, 'checkpoint', '.D3.');
    const one = mailOf(story, reminder, 'careline-worker');
    expect(one.subject).toBe(`Reminder: notify police by Mon 10:00 PM – ${referralId}`);
    expect(one.text).toContain('2 tasks, the most urgent first');
    expect(one.text).toContain(
      '- Notify law enforcement by Mon, Nov 9, 10:00 PM\n- Notify the local police by Mon, Nov 9, 10:00 PM\n',
    );
    bringAbout(story, 'police-notified-state');
    const rest = mailOf(story, reminder, 'careline-worker');
    expect(rest.subject).toBe(`Tell local police by Mon 10:00 PM – ${referralId}`);
    expect(rest.text).not.toContain('Notify police');
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
      expect(english).toContain(`, ${count} times`);
      expect(spanish).toContain(`, ${count} veces`);
    }
    for (const { subject = '' } of duties) expect(mailOf(story, plan, 'caseworker').text).not.toContain(subject);
  });

  test('says plainly that it is overdue', () => {
    const story = opened().after('PT24H');
    const alert = latest(story, 'checkpoint', '.D9.');
    expect(alert?.checkpoint).toBe('due');
    expect(mailOf(story, alert, 'hart-lead').subject).toBe(`OVERDUE: do the screening (Tue 10:00 AM) – ${referralId}`);
    const later = new Date(Date.parse(story.now) + 50 * 3_600_000).toISOString();
    const { subject, text } = mailOf(story, alert, 'hart-lead', 'P-1', later);
    expect(subject).toBe(`OVERDUE: do the screening (Tue 10:00 AM) – ${referralId}`);
    expect(text).toContain('OVERDUE: screen the child (was due Tue, Nov 10, 10:00 AM)');
    expect(text).toContain('Overdue by 2 d 2 h when we wrote this.');
    expect(text).toContain("Do it now, or record why you can't.");
  });

  test('names the end of the exam window in the subject of the last warning, not the past time', () => {
    const story = opened({ lastAssaultAt: '2026-11-09T10:00:00Z' }).after('PT111H');
    const alert = latest(story, 'checkpoint', '.D17.');
    expect(alert?.checkpoint).toBe('ring');
    expect(mailOf(story, alert, 'careline-supervisor').subject).toBe(
      `URGENT: start medical exam by Sat 5:00 AM – ${referralId}`,
    );
  });

  test('that calls about several duties tells each reader of their own, and in one mail', () => {
    const story = opened({ perpetrators: ['caregiver'], missingNow: 'yes' });
    const call = latest(story, 'checkpoint', '.D1.');
    const worker = mailOf(story, call, 'careline-worker');
    expect(worker.subject).toBe(`URGENT: call police (NCIC) by Mon 11:00 AM – ${referralId}`);
    expect(worker.text).toContain('2 tasks, the most urgent first');
    expect(worker.text).toContain('- Report the missing child to NCMEC by Mon, Nov 9, 11:00 AM');
    const oncallMail = mailOf(story, call, 'area-oncall');
    expect(oncallMail.subject).toBe(`URGENT: respond by Mon 12:00 PM – ${referralId}`);
    expect(oncallMail.text).not.toMatch(/report|NCMEC|tasks/);
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'careline-worker');
    expect(mailOf(story, call, 'careline-worker').text).not.toContain('for NCIC');
  });

  test('that a call is over names every duty that ended with it', () => {
    const story = opened({ perpetrators: ['caregiver'], missingNow: 'yes' });
    story.do('answer-alarm', { deadlineId: story.deadline('D12a').id }, 'careline-worker');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
    expect(subject).toBe(`No call needed: call police (NCIC) – ${referralId}`);
    expect(text).toMatch(/- Report the missing child to police, for NCIC\n- Report the missing child to NCMEC\n/);
  });

  test('names a person to telephone where the deadline is four hours or less', () => {
    const story = opened().after('PT2H');
    const short = latest(story, 'checkpoint', '.D8.');
    expect(mailOf(story, short, 'hart-lead').text).toContain(
      `Not yours, or the page does not open? Call the Careline now: ${oncall.phone}.`,
    );
    expect(mailOf(story, short, 'hart-lead', 'P-1', story.now, 'es').text).toContain(
      `Llame ya a Careline: ${oncall.phone}.`,
    );
    if (!short) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    const recipient = { personId: 'P-1', addressedAs: 'hart-lead', also: [], language: 'en' } as const;
    const { text } = composeAlert({ ...post, oncall: undefined, alert: short, state, policy, recipient, now });
    expect(text).toContain('Not yours, or the page does not open? Call the Careline now.');
  });

  test.each([
    ['2026-11-10T09:30:00.000Z', 'Due soon: do the screening by Tue 10:00 AM'],
    ['2026-11-10T14:59:59.000Z', 'Due soon: do the screening by Tue 10:00 AM'],
    ['2026-11-10T15:00:00.000Z', 'OVERDUE: do the screening (Tue 10:00 AM)'],
    ['2026-11-11T16:00:00.000Z', 'OVERDUE: do the screening (Tue 10:00 AM)'],
  ])('written at %s says "%s"', (now, words) => {
    const story = opened().after('PT18H');
    expect(mailOf(story, latest(story, 'checkpoint', '.D9.'), 'hart-liaison', 'P-1', now).subject).toBe(
      `${words} – ${referralId}`,
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
    expect(subject).toBe(`URGENT: respond by Mon 12:00 PM – ${referralId}`);
    expect(text).toContain('Start the response: go to the child by Mon, Nov 9, 12:00 PM\n');
    expect(text).toContain('Say first that you are handling this. Then you see the people to call.');
    expect(text).toContain('No answer by 10:10 AM: we call the next person.');
    expect(text).toContain(`I'm handling this: ${consoleUrl}/alerts/`);
    expect(text).toContain(`Call the Careline now: ${oncall.phone}. We then ask another person.`);
  });

  test('says the same in Spanish', () => {
    const { text } = call('es');
    expect(text).toContain(
      `¿No le corresponde, o no abre la página? Llame ya a Careline: ${oncall.phone}. Se lo pediremos a otra persona.`,
    );
    expect(text).toContain('Sin respuesta antes de las 10:10 a. m., llamamos a la siguiente persona.');
  });

  test('that is overdue says so', () => {
    const { subject, text } = call('en', 'PT2H');
    expect(subject).toBe(`URGENT, OVERDUE: respond – ${referralId}`);
    expect(text).toContain('- OVERDUE: meet the child face to face (was due Mon, Nov 9, 12:00 PM)');
  });

  test('that is over tells each callee which call is no longer needed', () => {
    const story = opened().do('classify-report', { track: 'investigation' }).after('PT10M');
    story.do('answer-alarm', {}, 'director-oncall');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
    expect(subject).toBe(`No call needed: respond – ${referralId}`);
    expect(text).toContain('No call needed: start the response: go to the child\n');
    expect(text).toContain('Another person handles this now, or it is done.');
    expect(text).toContain('See who handles it: ');
  });

  describe('and a merge', () => {
    const other = 'CR-3KT8P-BMNPNT';
    const merged = (story: Story) =>
      story.do('answer-duplicate', { answer: 'same-child-open', of: other }, 'careline-supervisor');
    const police = { covers: ['missing'], agencyId: 'PD-HARTFORD', method: 'phone' };
    const missing = () => opened({ perpetrators: ['caregiver'], missingNow: 'yes', candidates: [other] });

    test('that ended it sends each callee to the other referral', () => {
      const story = opened({ candidates: [other] })
        .do('classify-report', { track: 'investigation' })
        .after('PT10M');
      merged(story);
      const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
      expect(subject).toBe(`Merged, see where: respond – ${referralId}`);
      expect(text).toContain('If you began, go on: start the response: go to the child\n');
      expect(text).toContain(`See in ${other} what is still to be done, and record it there.`);
      expect(text).not.toMatch(/No call needed|Another person handles/);
    });

    test('that came after a notice was given tells of the other notice alone', () => {
      const story = merged(missing().do('notify-police', police));
      const { subject, text } = mailOf(story, latest(story, 'alarm-over'), 'person:P-1');
      expect(subject).toBe(`Merged, see where: report to NCMEC – ${referralId}`);
      expect(text).toContain('If you began, go on: report the missing child to NCMEC\n');
      expect(text).not.toContain('NCIC');
    });

    test('that came after both were given moves neither', () => {
      const story = missing().do('notify-police', police).do('notify-ncmec', { method: 'phone' });
      const over = latest(story, 'alarm-over');
      merged(story);
      const { subject, text } = mailOf(story, over, 'person:P-1');
      expect(subject).toMatch(/^No call needed: /);
      expect(text).not.toContain(other);
    });

    test('that came after a lawyer called both off moves neither', () => {
      const story = missing();
      for (const rule of ['D12a', 'D12b'])
        story.do('find-not-applicable', { deadlineId: story.deadline(rule).id, reason: 'Invented words.' }, 'legal');
      const over = latest(story, 'alarm-over');
      merged(story);
      const { subject, text } = mailOf(story, over, 'person:P-1');
      expect(subject).toMatch(/^No call needed: /);
      expect(text).not.toContain(other);
    });
  });

  test('whose time has passed tells each callee to stop, and never that another person has it', () => {
    const story = opened({ lastAssaultAt: '2026-11-04T20:00:00Z' }).after('PT5H');
    const { subject, text } = mailOf(story, latest(story, 'alarm-over', '.D17.'), 'person:P-1');
    expect(subject).toBe(`Stop calling: too late for this – ${referralId}`);
    expect(text).toContain('We call no one else about it.');
    expect(text).not.toContain('Another person handles');
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
  expect(subject).toBe(`URGENT: read what changed – ${referralId}`);
  expect(text).toContain('Read now what changed and what you must do.');
  expect(text).not.toMatch(/danger|missing|return/i);
});

test.each([
  ['charges-faced', () => opened().do('record-charges'), 'seat:states-attorney'],
  ['tribal-membership', () => opened({ tribalMember: 'unknown' }).do('invoke-hold'), 'legal'],
] as const)('a mail about %s leaves to the page what would tell of the child', (kind, story, addressedAs) => {
  const told = story();
  const { subject, text } = mailOf(told, latest(told, kind), addressedAs);
  expect(subject).toBe(`Check a legal duty – ${referralId}`);
  expect(text).toContain('The page says which facts');
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
    'Approve or decline the correction by ',
  ],
  [
    'a routing that a corrected place makes doubtful',
    () =>
      opened()
        .do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' })
        .do('correct-place', { place: 'residenceTown', townId: 'AVON' }),
    'careline-supervisor',
    'Confirm the office, district and team by ',
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
  expect(text).toContain('- Refer the child to the service by Tue, Nov 24, 5:00 PM, 4 times');
  expect(text).not.toMatch(/education|legal|substance/);
});

describe('an alert that a referral was opened', () => {
  test("gives the reader's own tasks in full, and says how many others have", () => {
    const story = opened();
    const { subject, text } = mailOf(story, latest(story, 'referral-opened'), 'careline-worker');
    expect(subject).toBe(`New: notify police by Mon 10:00 PM – ${referralId}`);
    expect(text).toContain('- Notify law enforcement by Mon, Nov 9, 10:00 PM\n- Notify the local police by');
    expect(text).toContain(`Tasks of other people: ${story.open().length - 2}.`);
  });

  test('tells a stand-in which role they stand in for', () => {
    const story = opened();
    const { text } = mailOf(story, latest(story, 'referral-opened'), 'careline-supervisor for hart-lead');
    expect(text).toContain('New referral: assign a HART liaison by ');
    expect(text).toContain('because you are the Careline supervisor on duty, and no HART lead is known yet.');
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
    expect(text).toContain('- Accept or decline the report by ');
    expect(text).toContain('- Assign a HART liaison by ');
    expect(text.match(/You get this because/g)).toHaveLength(1);
    expect(text).toContain('you are the Careline supervisor on duty, and no HART lead is known yet.');
  });
});

describe('other alerts', () => {
  test('ask a member to join, and the coordinator to reach all seats', () => {
    const story = opened().screen('high-risk');
    const alert = latest(story, 'mdt-invited');
    const member = mailOf(story, alert, 'seat:states-attorney');
    expect(member.subject).toBe(`Accept or decline your seat by Tue, Nov 17 – ${referralId}`);
    expect(member.text).toContain("because you hold the state's attorney seat of the team.");
    expect(member.text).toContain('Not yours? Decline it.');
    expect(member.text).toContain('Accept or decline your team seat by Tue, Nov 17, 5:00 PM\n');
    const coordinator = mailOf(story, alert, 'mdt-coordinator');
    expect(coordinator.subject).toBe(`Convene the team by Tue, Nov 17 – ${referralId}`);
    expect(coordinator.text).toContain('- Convene the team by ');
    expect(coordinator.text).toContain('- Schedule the forensic interview by ');
  });

  test('ask members to join the meeting that only its leaders convene and record', () => {
    const story = opened().screen('high-risk').tellTeam().after('P7D');
    const alert = latest(story, 'checkpoint', '.D15.');
    const leader = mailOf(story, alert, 'mdt-coordinator');
    expect(leader.subject).toMatch(/convene the team by /i);
    expect(leader.text).toContain('Record the team meeting');
    const member = mailOf(story, alert, 'seat:medical');
    expect(member.subject).toMatch(/join the team meeting by /i);
    expect(member.text).toContain('See the team meeting');
    expect(member.text).not.toMatch(/convene|Record/i);
    const inSpanish = mailOf(story, alert, 'seat:medical', 'P-1', story.now, 'es');
    expect(inSpanish.subject).toMatch(/participe en la reunión/i);
    expect(inSpanish.text).toContain('Ver la reunión del equipo');
  });

  test("tell of a clock that starts later and is the reader's from then on", () => {
    const story = opened().screen('high-risk');
    const { subject, text } = mailOf(story, latest(story, 'deadline-opened', '.D10.'), 'area-supervisor');
    expect(subject).toBe(`Decide on a basis by Mon 2:00 PM – ${referralId}`);
    expect(text).toContain('You decide on a basis to allege. It is not a court finding.');
    expect(text).toContain('Services do not wait for your decision.');
    expect(text).toContain('Decide if there is a basis');
  });

  test('ask the deputy for the seat that its holder declined', () => {
    const story = opened()
      .screen('high-risk')
      .do('answer-seat', { discipline: 'medical', answer: 'declined', reasonCode: 'workload' }, 'seat:medical');
    const alert = latest(story, 'answer-needed');
    expect(mailOf(story, alert, 'person:DEPUTY-MEDICAL', 'DEPUTY-MEDICAL').text).toContain(
      'Accept or decline the medical seat by Tue, Nov 17, 5:00 PM\n\nReferral CR-7F3KD-9QXMT2\n\nThe other holder declined this seat.',
    );
    expect(mailOf(story, alert, 'mdt-coordinator').text).toContain('Fill a declined seat: medical\n');
  });

  test('say by when a passed-on seat must answer', () => {
    const story = opened().screen('high-risk').tellTeam();
    story.do('answer-seat', { discipline: 'medical', answer: 'delegated', personId: 'P-NEXT' }, 'seat:medical');
    const { text } = mailOf(story, latest(story, 'mdt-invited'), 'person:P-NEXT', 'P-NEXT');
    expect(text).toMatch(/Accept or decline your team seat by \w+, Nov \d+, /);
    expect(text).toContain('You get this because you hold the medical seat of the team.');
  });

  test("name the recipient's seat, or else the role, in a mail to a person by name", () => {
    const story = opened().screen('high-risk');
    story.do('schedule-meeting', { startsAt: '2026-11-13T15:00:00Z', place: 'office' });
    const alert = latest(story, 'meeting-scheduled');
    expect(mailOf(story, alert, 'person:DEPUTY-MEDICAL', 'DEPUTY-MEDICAL').text).toContain(
      'because you hold the medical seat of the team.',
    );
    if (!alert) throw new Error('There is no such alert.');
    const { state, policy, now } = story;
    const recipient = {
      personId: 'P-2',
      addressedAs: 'person:P-2',
      also: [],
      language: 'en',
      roles: ['hart-lead'],
    } as const;
    expect(composeAlert({ ...post, alert, state, policy, recipient, now }).text).toContain(
      'because you are the HART lead.',
    );
  });

  test("say that a provider's no leaves the need", () => {
    const story = opened().screen('high-risk').do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
    story.do('decline-linkage', { service: 'mental-health', reasonCode: 'waiting-list', waitDays: 30 }, 'contact:PV-1');
    expect(mailOf(story, latest(story, 'answer-needed'), 'hart-liaison').text).toContain(
      'A provider said no. The child still needs the service.',
    );
  });

  test('say that a referral ended, and what the law still asks for', () => {
    const story = opened();
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    const owing = alerts(story).find(({ kind }) => kind === 'referral-ended');
    const { subject, text } = mailOf(story, owing, 'careline-supervisor');
    expect(subject).toBe(`Withdrawn, but still accept report or not – ${referralId}`);
    expect(text).toContain('The law still asks for your tasks.');
    expect(text.match(/^- /gm)).toHaveLength(4);
    expect(text).toContain('- Notify law enforcement by Mon, Nov 9, 10:00 PM\n');
    const { text: toOthers } = mailOf(story, latest(story, 'referral-ended'), 'caseworker');
    expect(toOthers).toContain('You have nothing more to do.');
    expect(toOthers).not.toContain('still asks');
  });

  test('say that a referral closed, and name what is still to be done to those who owe it', () => {
    const story = readyToClose({ mandated: 'yes' }).do('close-referral', { review: 'An invented review.' });
    const told = alerts(story).filter(({ kind }) => kind === 'referral-ended');
    const texts = told.map((alert) => mailOf(story, alert, alert.to[0] ?? '').text);
    expect(told.map(({ to }) => to)).toEqual([
      ['careline-worker'],
      ['careline-supervisor', 'caseworker', 'hart-liaison'],
    ]);
    expect(texts[0]).toContain('- Get the written report (DCF-136) from the reporter by ');
    expect(texts[0]).not.toContain('Nothing more to do');
    expect(texts[1]).toContain('Nothing more to do: this referral is closed');
    expect(texts[1]).not.toContain('DCF-136');
  });

  test('tell those who work on a referral of a merge, and leave the other reference to the page', () => {
    const story = opened().takesIn();
    const { subject, text } = mailOf(story, latest(story, 'report-merged'), 'caseworker');
    expect(subject).toBe(`Read the new report and contacts – ${referralId}`);
    expect(text).toContain('check again who you may contact');
    expect(text).not.toContain('CR-3KT8P-BMNPNT');
  });

  test('ask for the office first where none is known', () => {
    const story = opened({ team: 'none' });
    expect(mailOf(story, latest(story, 'referral-opened'), 'careline-supervisor').text).toContain(
      'Choose the office and the team first.',
    );
  });

  test('says that some due times are not set yet, only where that is so', () => {
    const story = opened();
    const alert = latest(story, 'referral-opened');
    const missing = 'Some due times are not set yet';
    expect(mailOf(story, alert, 'careline-supervisor').text).not.toContain(missing);
    const { state } = story;
    const partly = {
      ...story,
      state: { ...state, pathway: { ...state.pathway, clocksMissing: true } },
    } as typeof story;
    for (const language of ['en', 'es'] as const) {
      const { text } = mailOf(partly, alert, 'careline-supervisor', 'P-1', story.now, language);
      expect(text).toContain(language === 'en' ? missing : 'Algunos plazos aún no están fijados');
    }
  });

  test('ask a provider to take on a service, which the page names', () => {
    const story = opened().screen('high-risk').do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' });
    const { subject, text } = mailOf(story, latest(story, 'linkage-offered'), 'person:PV-1.CONTACT', 'PV-1.CONTACT');
    expect(subject).toBe(`Accept or decline a referral – ${referralId}`);
    expect(text).toMatch(/Accept or decline a referral by \w+, Nov \d+, \d+:\d\d [AP]M\n/);
    expect(text).toContain('Sign in to see which service.');
    expect(text).not.toContain('mental health');
  });

  test('say in the subject that a person reminds, of a referral and of a seat', () => {
    const offered = opened().screen('high-risk').do('offer-linkage', { service: 'education', providerId: 'PV-1' });
    offered.do('remind-providers', { services: ['education'] });
    const provider = mailOf(offered, latest(offered, 'linkage-offered'), 'person:PV-1.CONTACT', 'PV-1.CONTACT');
    expect(provider.subject).toMatch(/^Reminder: a referral to answer/);
    expect(provider.text).toContain('We have not received your answer yet.');
    const invited = opened().screen('high-risk').tellTeam();
    invited.do('remind-seats', { disciplines: ['medical'] }, 'mdt-coordinator');
    const alert = latest(invited, 'mdt-invited');
    const member = mailOf(invited, alert, 'person:SEAT-MEDICAL', 'SEAT-MEDICAL');
    expect(member.subject).toMatch(/^Reminder: your seat, by /);
    const inSpanish = mailOf(invited, alert, 'person:SEAT-MEDICAL', 'SEAT-MEDICAL', invited.now, 'es');
    expect(inSpanish.subject).toMatch(/^Recordatorio: puesto antes del /);
    // A deputy is asked for the first time.
    invited.do('ask-deputies', { disciplines: ['medical'] }, 'mdt-coordinator');
    const deputy = mailOf(invited, latest(invited, 'mdt-invited'), 'person:DEPUTY-MEDICAL', 'DEPUTY-MEDICAL');
    expect(deputy.subject).not.toMatch(/Reminder/);
  });

  test('say which question waits for an answer', () => {
    const noTeam = opened({ team: 'none' }).screen('high-risk');
    expect(mailOf(noTeam, latest(noTeam, 'deadline-opened', '.D37F.'), 'careline-supervisor').text).toContain(
      'Choose the responsible team by ',
    );
    const vacant = opened({ vacant: ['medical'] }).screen('high-risk');
    expect(mailOf(vacant, latest(vacant, 'deadline-opened', '.D37G.'), 'mdt-chair').text).toContain(
      'Name a person for each empty required seat by ',
    );
    const declined = opened()
      .screen('high-risk')
      .do('answer-seat', { discipline: 'dcf', answer: 'declined', reasonCode: 'workload' }, 'seat:dcf');
    expect(mailOf(declined, latest(declined, 'answer-needed'), 'mdt-coordinator').text).toContain(
      'Fill a declined seat: DCF',
    );
    const withdrawal = opened().do('propose-withdrawal', { because: 'made-in-error' });
    expect(mailOf(withdrawal, latest(withdrawal, 'deadline-opened', '.D37B.'), 'careline-manager').text).toContain(
      'Approve or decline the withdrawal by ',
    );
  });

  test.each([
    ['hart-liaison', 'are the HART liaison'],
    ['area-oncall', 'are on call for the area office'],
    ['seat:dcf', 'hold the DCF seat of the team'],
    ['seats', 'hold a seat of the team'],
    ['calendar-left:P-1', 'have it in your calendar'],
    ['person:P-1', 'were asked by name'],
    ['caseworker after area-oncall', 'are a social worker of the area office, and the area on call gets no more mail'],
    ['careline-supervisor for hart-lead', 'are the Careline supervisor on duty, and no HART lead is known yet'],
  ])('say of %s: you get this because you %s', (word, words) => {
    expect(addresseeWords(word, 'en')).toBe(words);
  });
});

test('a person who stands in for several roles gets one reason, with their number', () => {
  const all = ['hart-lead', 'caseworker', 'area-oncall'].map((role) => `careline-supervisor for ${role}`);
  expect(reasonsOf(['careline-supervisor', ...all], 'en')).toEqual([
    'are the Careline supervisor on duty, and stand in for 3 other roles',
  ]);
  expect(reasonsOf([...all, 'seat:medical'], 'es')).toEqual([
    'supervisa el turno en Careline, y cubre otras 3 funciones',
    'ocupa el puesto de medicina del equipo',
  ]);
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

  test('its instants are New York time, and its only link is the one to the alert', () => {
    for (const alert of alerts(story)) {
      const { subject, text } = mailOf(story, alert, 'careline-worker');
      expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}T/);
      expect(text.match(/https?:\S+/g)).toEqual([`${consoleUrl}/alerts/${alert.id}`]);
      expect(subject.length).toBeLessThanOrEqual(60);
    }
  });
});
