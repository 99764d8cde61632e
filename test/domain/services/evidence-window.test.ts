/**
 * Fault 1 of the evidence window. Only a started exam, or the child's own decision, keeps the clock of the acute exam.
 */
import { describe, expect, it } from 'vitest';
import { ringingIn } from '../../../shared/domain/alerts/alarms.ts';
import { isAbout } from '../../../shared/domain/alerts/alert-duties.ts';
import { conditionsOfClosure } from '../../../shared/domain/closure/conditions-of-closure.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { checkpoints, whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { ruleOf } from '../../../shared/domain/policy/policy.ts';
import { noToAll, referral, type Story, type Told } from '../../support/referral-builder.ts';
import { bringToAnEnd, offer } from '../../support/scenes.ts';

const service = 'medical-acute-forensic';
const received = Date.parse('2026-11-09T15:00:00Z');
const hoursBefore = (hours: number) => new Date(received - hours * 3_600_000).toISOString();
const assaulted = (hours: number, told: Told = {}) => referral({ lastAssaultAt: hoursBefore(hours), ...told }).run();
const exam = (story: Story) => story.deadline('D17');
/** The alerts that tell of a duty, each with the groups that it tells of it. A call tells some groups of others only. */
const alertsAbout = (story: Story, id = exam(story).id) =>
  story.commits.flatMap(({ at, events }) =>
    events.flatMap((each) => {
      if (each.type !== 'alert-requested' || !isAbout(each, id)) return [];
      const calls = each.calls?.filter(({ deadlineIds }) => deadlineIds.includes(id));
      const to: readonly string[] = calls?.map((call) => call.to) ?? each.to;
      return [{ at, what: each.checkpoint ?? each.kind, to, calls }];
    }),
  );
/** Who is told of the exam, by the instant and the kind of the alerts. */
const toldOfExam = (story: Story, at: string, what: string) =>
  new Set(
    alertsAbout(story)
      .filter((each) => each.what === what && Date.parse(each.at) === Date.parse(at))
      .flatMap(({ to }) => to),
  );
const childsNo = { service, reasonCode: 'child-declined', reason: 'She was asked alone and said no.' };
/** No caregiver had a part in it, by the checklist. */
const caregiverRuledOut = (story: Story) => story.do('answer-checklist', { answers: noToAll });

describe('the acute exam is kept by what happened to the child', () => {
  it('not by an offer, and not by a provider that accepted', () => {
    const story = offer(assaulted(48), service);
    expect(exam(story).status).toBe('open');
    story
      .do('accept-linkage', { service }, 'contact:PV-1')
      .do('record-contact', { service, reached: 'yes' }, 'contact:PV-1');
    expect(exam(story).status).toBe('open');
    story.do('start-linkage', { service }, 'contact:PV-1');
    expect(exam(story)).toMatchObject({ status: 'kept', late: false });
  });

  it("by the child's own decision against it, whatever was recorded before", () => {
    const story = caregiverRuledOut(assaulted(48, { age: 15 }));
    story.do('decline-linkage', { service, reasonCode: 'family-declined' });
    expect(exam(story).status).toBe('open');
    story.do('decline-linkage', childsNo, 'careline-supervisor');
    expect(exam(story).status).toBe('kept');
    expect(story.state.services.linkages[service]?.status).toBe('declined');
    expect(story.refused('decline-linkage', childsNo)).toBe('wrong-step');
  });

  it.each(['not-eligible', 'no-longer-needed', 'served-elsewhere', 'no-provider', 'no-capacity'])(
    'not by the word of the staff: %s',
    (reasonCode) => {
      const story = assaulted(48).do('decline-linkage', { service, reasonCode });
      expect(exam(story).status).toBe('open');
    },
  );

  it("not by a provider that says the child declined: staff ask the child, and record the child's decision", () => {
    const story = offer(assaulted(48), service);
    story.do('decline-linkage', { service, reasonCode: 'child-declined' }, 'contact:PV-1');
    expect(exam(story).status).toBe('open');
  });

  it.each<[string, Told, string]>([
    ['yes', { perpetrators: ['caregiver'] }, 'caregiver-not-ruled-out'],
    ['unknown', { perpetrators: ['third-party'] }, 'caregiver-not-ruled-out'],
  ])("a guardian's refusal ends nothing while a caregiver's part is %s", (_, told, code) => {
    const story = offer(assaulted(48, told), service);
    expect(story.refused('decline-linkage', { service, reasonCode: 'family-declined' })).toBe(code);
    expect(exam(story).status).toBe('open');
    expect(story.state.services.linkages[service]?.status).toBe('offered');
  });
});

describe("the child's own decision", () => {
  it.each<[string, Told]>([
    ['of 8 years', { age: 8 }],
    ['of 12 years', { age: 12 }],
    ['guessed to be 14', { guessedAge: 14 }],
    ['of unknown age', {}],
  ])('of a child %s ends nothing: the refusal says who may decide, and that counsel is asked', (_, told) => {
    const story = offer(assaulted(48, told), service);
    const refusal = story.ask('decline-linkage', childsNo, 'caseworker');
    expect(refusal).toMatchObject({ refused: 'too-young-to-decide' });
    expect(isRefusal(refusal) && refusal.sentence).toMatch(/A guardian who had no part in it decides.*Ask counsel/);
    expect(exam(story).status).toBe('open');
    expect(story.state.services.linkages[service]?.status).toBe('offered');
  });

  it('11.15 at 13 to 17 ends the clock, and whether it may waits for counsel and says so', () => {
    const story = assaulted(48, { age: 13 }).do('decline-linkage', childsNo);
    expect(exam(story).status).toBe('kept');
    expect(whyDue(exam(story), story.policy)).toContain('awaits legal sign-off');
    expect(ruleOf(story.policy, exam(story)).source).toContain(
      'no consent of a parent and no notice to one is required',
    );
    expect(commandNamed('decline-linkage').note).toContain('counsel has yet to say who consents at 13 to 17');
  });

  it('needs a reason of real words', () => {
    const story = assaulted(48, { age: 16 });
    expect(story.refused('decline-linkage', { service, reasonCode: 'child-declined' })).toBe('reason-missing');
    const { success, error } = commandNamed('decline-linkage').input.safeParse({ ...childsNo, reason: 'x' });
    expect(success).toBe(false);
    expect(error?.issues).toMatchObject([{ path: ['reason'] }]);
  });

  it.each<[string, (story: Story) => Story]>([
    ['a new offer', (story) => offer(story, service)],
    [
      'a later yes',
      (story) => story.do('record-consent', { service, consentKind: 'child', consentAnswer: 'given' }, 'caseworker'),
    ],
  ])('is not final: %s within the window opens the clock anew, never past the window', (_, says) => {
    for (const [hours, due] of [
      [24, '2026-11-09T20:00:00Z'],
      [118, '2026-11-09T17:00:00Z'],
    ] as const) {
      const story = assaulted(hours, { age: 16 }).do('decline-linkage', childsNo).after('PT1H');
      says(story);
      expect(exam(story)).toMatchObject({ status: 'open', startedBy: 'exam-asked-again', due });
      expect(Date.parse(exam(story).hardStop ?? '')).toBe(received + (120 - hours) * 3_600_000);
      story.do('decline-linkage', childsNo, 'caseworker');
      expect(exam(story).status).toBe('kept');
    }
  });

  it('after the window a new offer opens no clock of the window', () => {
    const story = assaulted(118, { age: 16 }).do('decline-linkage', childsNo).after('P1D');
    offer(story, service);
    expect(exam(story).status).toBe('kept');
  });
});

describe('no clock of the acute exam ends after its window', () => {
  it.each<[string, number, Told]>([
    ['in danger', 100, {}],
    ['not in danger', 80, { danger: 'no' }],
  ])(
    'the start is due by the end of it, where a lawyer finds that its own clock does not apply, %s',
    (_, hours, told) => {
      const story = offer(assaulted(hours, told), service);
      const stop = exam(story).hardStop ?? '';
      expect(story.open()).not.toContain('D35b');
      story.do('find-not-applicable', { deadlineId: exam(story).id });
      const { id, ...own } = story.deadline('D35b');
      expect(own).toMatchObject({ due: stop, hardStop: stop });
      expect(whyDue(story.deadline('D35b'), story.policy)).toContain('evidence is collected no longer');
      expect(whyDue(story.deadline('D35b'), story.policy)).toContain('a hard stop, before');
      story.do('accept-linkage', { service }, 'contact:PV-1');
      expect(story.deadline('D35b')).toMatchObject({ id, status: 'open', due: stop });
      expect(story.refused('extend-deadline', { deadlineId: id, due: '2026-12-01T12:00:00Z' })).toBe('too-far');
    },
  );

  it('a service without a window keeps its own time', () => {
    expect(offer(assaulted(100), 'education').deadline('D35b').hardStop).toBeUndefined();
  });

  it('an assault whose time becomes known brings the open clocks of the exam forward', () => {
    const story = offer(referral({ lastAssaultAt: 'unknown', danger: 'no' }).run(), service);
    story.do('find-not-applicable', { deadlineId: exam(story).id });
    expect(story.deadline('D35b').hardStop).toBeUndefined();
    story.do('record-facts', { lastAssaultAt: hoursBefore(110) });
    expect(story.deadline('D35b')).toMatchObject({ due: '2026-11-10T01:00:00Z', hardStop: '2026-11-10T01:00:00Z' });
  });

  it('a later assault asks for the exam again, within the later window', () => {
    const story = offer(assaulted(115, { danger: 'no' }), service);
    story.do('find-not-applicable', { deadlineId: exam(story).id });
    story.do('record-facts', { lastAssaultAt: hoursBefore(10) });
    expect(story.deadline('D35b').status).toBe('ended');
    expect(exam(story)).toMatchObject({ status: 'open', hardStop: '2026-11-14T05:00:00Z' });
  });
});

describe('warnings of the end of the window', () => {
  const warned = [
    ['2026-11-10T03:00:00Z', 'half of the window'],
    ['2026-11-12T03:00:00Z', '12 hours left'],
    ['2026-11-12T11:00:00Z', '4 hours left'],
  ] as const;

  it.each(warned)('at %s, %s, liaison, Careline supervisor and area supervisor are told', (at) => {
    const story = assaulted(48);
    story.at(new Date(Date.parse(at) - 1000).toISOString());
    const [before, rung] = [alertsAbout(story).length, exam(story).raised.length];
    story.at(at);
    const raised = exam(story).raised.slice(rung);
    expect(raised.filter(({ kind }) => kind === 'ring')).toHaveLength(1);
    const now = alertsAbout(story).slice(before);
    expect(new Set(now.map(({ what }) => what))).toEqual(new Set(['ring']));
    const told = now.flatMap(({ to }) => to);
    for (const role of ['hart-liaison', 'careline-supervisor', 'area-supervisor']) expect(told).toContain(role);
  });

  it('reach them also where little time is left from the start', () => {
    const at = checkpoints(exam(assaulted(113)), referral().policy).map((each) => [each.kind, each.at]);
    expect(at).toContainEqual(['warn', '2026-11-09T18:00:00Z']);
    expect(at).toEqual(at.toSorted((one, other) => Date.parse(one[1] ?? '') - Date.parse(other[1] ?? '')));
  });

  it('the time for HIV prophylaxis stands beside it, with an instant of its own and warnings before it', () => {
    const story = assaulted(48);
    expect(whyDue(exam(story), story.policy)).toContain(
      'HIV prophylaxis can begin until Tue Nov 10, 2026, 10:00 AM EST, 72 hours after the last known assault (believed, not confirmed, awaits sign-off)',
    );
    const warnings = checkpoints(exam(story), story.policy).filter(({ kind }) => kind === 'warn');
    expect(warnings.map(({ at }) => at)).toContain('2026-11-10T03:00:00Z');
    expect(warnings.map(({ at }) => at)).toContain('2026-11-10T11:00:00Z');
  });
});

describe('the alarm in the last hours of the window', () => {
  const minutes = (at: string) => Math.round((Date.parse(at) - received) / 60_000);
  /** By minute after the report: who was called about the exam. `both` where one call was for both of a group. */
  const callsAbout = (story: Story, id = exam(story).id) => {
    const calls = alertsAbout(story, id).filter(({ what }) => what === 'ring');
    return [...Map.groupBy(calls, ({ at }) => minutes(at))].map(([after, made]) => {
      const called: Record<string, string> = {};
      for (const { to, turn } of made.flatMap((call) => call.calls ?? []))
        called[to] = [turn, undefined].includes(called[to] as typeof turn) ? turn : 'both';
      return { after, called };
    });
  };
  /** When the exam itself rang, in minutes after the report. Other calls of the child may tell of it besides. */
  const rings = (story: Story) =>
    story
      .all('checkpoint-raised')
      .flatMap(({ deadlineId, kind, at }) => (deadlineId === exam(story).id && kind === 'ring' ? [minutes(at)] : []));
  const everyone = [
    'careline-supervisor',
    'director-oncall',
    'area-supervisor',
    'hart-liaison',
    'careline-manager',
    'program-manager',
  ];

  it('rings at each warning, is never silent for over an hour in its last 4, and is silent after it', () => {
    const story = assaulted(104, { danger: 'no' }).after('P3D');
    const when = rings(story);
    // 12 hours left, and 4 hours left.
    expect(when).toContain(4 * 60);
    expect(when).toContain(12 * 60);
    const last = [...when.filter((after) => after >= 12 * 60), 16 * 60];
    expect(Math.max(...last.slice(1).map((after, index) => after - (last[index] ?? 0)))).toBeLessThanOrEqual(60);
    const calls = callsAbout(story);
    expect(calls.filter(({ after }) => after >= 16 * 60)).toEqual([]);
    // No ring without a call about it.
    expect(calls.map(({ after }) => after)).toEqual(expect.arrayContaining(when));
    // At a warning everyone in line is called, because no one had answered. Then the line takes turns.
    for (const warning of [4 * 60, 12 * 60]) {
      const fromWarning = calls.filter(({ after }) => after >= warning && after <= warning + 20);
      expect(fromWarning).toEqual([
        { after: warning, called: Object.fromEntries(everyone.map((group) => [group, 'both'])) },
        { after: warning + 10, called: { 'careline-manager': 'first' } },
        { after: warning + 20, called: { 'program-manager': 'first' } },
      ]);
    }
    // No one in line is left out of the last hours after the last warning. No liaison was assigned.
    const afterWarning = calls.filter(({ after }) => after > 12 * 60).flatMap(({ called }) => Object.keys(called));
    expect(new Set(afterWarning)).toEqual(new Set(everyone.filter((group) => group !== 'hart-liaison')));
  });

  it('calls the next person at 10 minutes and the director at 20 where the exam is not yet overdue', () => {
    const story = assaulted(58).after('PT2H30M');
    expect(rings(story).slice(0, 3)).toEqual([120, 130, 140]);
    const [first, next, director] = callsAbout(story);
    expect(first).toEqual({
      after: 120,
      called: { 'careline-supervisor': 'first', 'hart-liaison': 'first', 'area-supervisor': 'first' },
    });
    expect(next).toMatchObject({ after: 130, called: { 'careline-supervisor': 'next' } });
    expect(director).toMatchObject({ after: 140, called: { 'director-oncall': 'first' } });
    expect(next?.called).not.toHaveProperty('director-oncall');
  });

  it.each([117, 119, 119.5])('rings within the hour where the assault was %s hours ago', (hours) => {
    const story = assaulted(hours).after('P2D');
    const [first = { after: Infinity, called: {} }] = callsAbout(story);
    expect(first.after).toBeLessThanOrEqual(60);
    expect(rings(story)[0]).toBe(first.after);
    expect(first.called).toHaveProperty('careline-supervisor');
    expect(callsAbout(story).filter(({ after }) => after >= (120 - hours) * 60)).toEqual([]);
  });

  it('rings again at a warning though someone had answered', () => {
    const story = assaulted(104, { danger: 'no' }).after('PT5H');
    story.do('answer-alarm', { deadlineId: exam(story).id }, 'careline-supervisor').after('PT8H');
    const [again] = callsAbout(story).filter(({ after }) => after > 5 * 60);
    expect(again?.after).toBe(12 * 60);
    expect(rings(story)).toContain(12 * 60);
    for (const role of ['hart-liaison', 'careline-supervisor', 'area-supervisor', 'director-oncall'])
      expect(again?.called).toHaveProperty(role);
  });

  it('lets no clock of the service ring after it', () => {
    const story = offer(assaulted(104, { danger: 'no' }), service).after('P3D');
    const stopped = Object.values(story.state.deadlines).filter(({ hardStop }) => hardStop !== undefined);
    expect(stopped.map(({ rule }) => rule)).toContain('D17');
    for (const { id } of stopped) {
      expect(callsAbout(story, id).filter(({ after }) => after >= 16 * 60)).toEqual([]);
    }
  });
});

describe('an assault longer ago than the window', () => {
  it('asks for a medical offer without the stop', () => {
    const story = assaulted(121);
    expect(story.open()).not.toContain('D17');
    expect(story.deadline('D17b')).toMatchObject({ status: 'open', due: '2026-11-10T15:00:00Z' });
    expect(story.deadline('D17b').hardStop).toBeUndefined();
    offer(story, 'medical-nonacute');
    expect(story.deadline('D17b').status).toBe('kept');
  });

  it('that becomes known only later ends the urgent clock and asks for the offer', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().after('PT1H');
    story.do('record-facts', { lastAssaultAt: hoursBefore(200) });
    expect(exam(story)).toMatchObject({ status: 'ended' });
    expect(story.deadline('D17b')).toMatchObject({ status: 'open', startedBy: 'facts-learned' });
  });

  it('is not the same as a window that closed while the report was here: that was missed', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().after('P2D');
    story.do('record-facts', { lastAssaultAt: hoursBefore(100) }).after('PT0S');
    expect(exam(story)).toMatchObject({ status: 'missed-closed', hardStop: '2026-11-10T11:00:00Z', missed: true });
    expect(story.deadline('D17b')).toMatchObject({ status: 'open', start: story.now });
  });
});

describe('who sees to the acute exam', () => {
  it('the Careline supervisor until a liaison has accepted, then the liaison', () => {
    const story = assaulted(48);
    story.after('PT2H');
    expect(alertsAbout(story).map(({ at }) => at)).toEqual([story.now]);
    const called = () => [...toldOfExam(story, story.now, 'ring')];
    expect(called()).toContain('careline-supervisor');
    expect(called()).not.toContain('hart-liaison');
    story.do('assign-liaison', { personId: 'HART-LIAISON' });
    expect([...toldOfExam(story, story.now, 'deadline-opened')]).toEqual([]);
    expect(called()).not.toContain('hart-liaison');
    story.do('accept-assignment', {}, 'hart-liaison');
    expect([...toldOfExam(story, story.now, 'deadline-opened')]).toEqual(['hart-liaison']);
    // The exam rings. So the liaison is called at once, and the next liaison and the director when they would be anyway.
    const callOf = () => alertsAbout(story).filter(({ at, what }) => at === story.now && what === 'ring');
    expect(callOf().at(-1)?.calls).toContainEqual(expect.objectContaining({ to: 'hart-liaison', turn: 'first' }));
    story.after('PT10M');
    expect(called()).not.toContain('careline-supervisor');
    expect(callOf().at(-1)?.calls).toContainEqual(expect.objectContaining({ to: 'hart-liaison', turn: 'next' }));
    story.after('PT10M');
    expect(called()).toContain('director-oncall');
  });

  it('the Careline supervisor refers to the exam and records its start, and refers only to urgent services', () => {
    const story = assaulted(48).do('offer-linkage', { service, providerId: 'PV-1' }, 'careline-supervisor');
    story.do('start-linkage', { service }, 'careline-supervisor');
    expect(exam(story).status).toBe('kept');
    const education = { service: 'education', providerId: 'PV-1' };
    expect(story.refused('offer-linkage', education, 'careline-supervisor')).toBe('not-urgent');
  });
});

describe('an exam that had not started by the stop', () => {
  const stop = '2026-11-12T15:00:00Z';
  const explained = (story: Story, willBeKept = false) => ({
    deadlineId: exam(story).id,
    reasonCode: 'child-not-located',
    willBeKept,
  });

  it.each([48, 104, 119.9])(
    '%s hours after the assault: is missed at the stop, and a medical exam is offered from then on',
    (hours) => {
      const story = assaulted(hours, { danger: 'no' }).after('P4D');
      const end = exam(story).hardStop ?? '';
      expect(exam(story)).toMatchObject({ status: 'missed-closed', missed: true });
      expect(story.deadline('D17b')).toMatchObject({ start: end, startedBy: 'window-passed', status: 'open' });
      expect(story.deadline('D17b').hardStop).toBeUndefined();
      const closed = story.commits.find(({ events }) => events.some(({ type }) => type === 'deadline-closed-missed'));
      expect(Date.parse(closed?.at ?? '')).toBe(Date.parse(end));
    },
  );

  const calledAbout = (story: Story) =>
    new Set(alertsAbout(story).flatMap(({ what, to }) => (what === 'ring' ? to : [])));
  /** A manager is reached about one duty, and takes that one. */
  const reached = (story: Story, deadlineId: string) =>
    story.do('record-call', { deadlineId, personId: 'CARELINE-MANAGER', result: 'reached' }, 'careline-supervisor');
  const news = (story: Story) => alertsAbout(story).filter(({ what }) => what === 'alarm-over');

  it('tells those who were called that no one is called any more', () => {
    const story = assaulted(48).at('2026-11-12T14:45:00Z');
    const { id } = exam(story);
    for (const other of ringingIn(story.state).filter((each) => each.id !== id)) reached(story, other.id);
    expect(news(story)).toEqual([]);
    story.at(stop);
    expect(news(story).map(({ at }) => Date.parse(at))).toEqual(news(story).map(() => Date.parse(stop)));
    expect(
      news(story)
        .flatMap(({ to }) => to)
        .toSorted(),
    ).toEqual([...calledAbout(story)].toSorted());
    const told = alertsAbout(story).length;
    story.after('P9D');
    expect(alertsAbout(story)).toHaveLength(told);
  });

  it('tells those who are still called about other duties of the child once these are over too', () => {
    const story = assaulted(48).at(stop);
    const called = calledAbout(story);
    const heard = () => news(story).flatMap(({ to }) => to);
    const waiting = [...called].filter((group) => !heard().includes(group));
    expect(waiting).toContain('careline-supervisor');
    // Each of them is called about another duty that rings now.
    const ringing = ringingIn(story.state).map(({ id }) => id);
    for (const group of waiting) {
      const about = story.all('alert-requested').flatMap(({ calls = [] }) => calls.filter(({ to }) => to === group));
      expect(about.some(({ deadlineIds }) => deadlineIds.some((id) => ringing.includes(id)))).toBe(true);
    }
    // No call tells of the exam any more.
    story.after('PT6H');
    expect(calledAbout(story)).toEqual(called);
    for (const { id } of ringingIn(story.state)) reached(story, id);
    expect(heard().toSorted()).toEqual([...called].toSorted());
  });

  it('owes a reason before the referral can close, and none that it will be kept', () => {
    const story = assaulted(48).at('2026-11-12T16:00:00Z');
    expect(conditionsOfClosure(story.state, story.policy)).toContainEqual(
      expect.stringMatching(/^Not kept in time, needs a reason: .* \(rule D17\)\.$/),
    );
    story.do('explain-miss', explained(story, true), 'caseworker');
    expect(exam(story).explanation?.willBeKept).toBe(false);
    expect(story.refused('explain-miss', explained(story), 'caseworker')).toBe('deadline-closed');
    expect(conditionsOfClosure(story.state, story.policy).join()).not.toContain('D17 ');
  });

  it('stays missed where it started afterwards, and the start keeps the offer', () => {
    const story = offer(assaulted(48), service)
      .do('accept-linkage', { service }, 'contact:PV-1')
      .at('2026-11-12T16:00:00Z');
    expect(story.open()).toContain('D17b');
    story.do('start-linkage', { service }, 'contact:PV-1');
    expect(exam(story)).toMatchObject({ status: 'missed-closed' });
    expect(story.deadline('D17b').status).toBe('kept');
  });

  it('is kept by a start before the stop that was recorded after it', () => {
    const story = offer(assaulted(48), service).at('2026-11-12T16:00:00Z');
    story.do('start-linkage', { service, at: '2026-11-12T14:30:00Z' }, 'contact:PV-1');
    expect(exam(story)).toMatchObject({ status: 'kept', keptAt: '2026-11-12T14:30:00.000Z' });
    expect(story.open()).not.toContain('D17b');
  });

  it('a medical exam that was offered before is not asked for again, and one offered after keeps the offer', () => {
    const before = offer(assaulted(48), 'medical-nonacute').at('2026-11-12T16:00:00Z');
    expect(exam(before).status).toBe('missed-closed');
    expect(before.open()).not.toContain('D17b');
    const after = offer(assaulted(48).at('2026-11-12T16:00:00Z'), 'medical-nonacute');
    expect(after.deadline('D17b').status).toBe('kept');
  });

  it('stays asked for while evidence can still be collected, however late it is', () => {
    const story = assaulted(48).at('2026-11-10T16:00:00Z');
    expect(story.refused('explain-miss', explained(story), 'area-supervisor')).toBe('window-open');
    story.do('explain-miss', explained(story, true), 'area-supervisor');
    expect(exam(story).status).toBe('open');
  });

  it('lets the referral close in the end', () => {
    const story = bringToAnEnd(offer(assaulted(48), service).at('2026-11-13T16:00:00Z'));
    expect(story.state.stage).toBe('closed');
  });
});
