/**
 * Fault 1 of the evidence window. Only a started exam, or the child's own decision, keeps the clock of the acute exam.
 */
import { describe, expect, it } from 'vitest';
import { conditionsOfClosure } from '../../../shared/domain/closure/closure.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { checkpoints, whyDue } from '../../../shared/domain/deadlines/deadlines.ts';
import { noToAll, referral, type Story, type Told } from '../../support/referral-builder.ts';
import { bringToAnEnd, offer } from '../../support/scenes.ts';

const service = 'medical-acute-forensic';
const received = Date.parse('2026-11-09T15:00:00Z');
const hoursBefore = (hours: number) => new Date(received - hours * 3_600_000).toISOString();
const assaulted = (hours: number, told: Told = {}) => referral({ lastAssaultAt: hoursBefore(hours), ...told }).run();
const exam = (story: Story) => story.deadline('D17');
const alertsOf = (story: Story, rule: string) =>
  story
    .all('alert-requested')
    .filter(({ deadlineId }) => deadlineId?.includes(`.${rule}.`))
    .map(({ checkpoint, kind, to }) => [checkpoint ?? kind, to.join()]);
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

  it('at 13 to 17 ends the clock, and whether it may waits for counsel and says so', () => {
    const story = assaulted(48, { age: 13 }).do('decline-linkage', childsNo);
    expect(exam(story).status).toBe('kept');
    expect(whyDue(exam(story), story.policy)).toContain('awaits legal sign-off');
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
    const before = alertsOf(story, 'D17').length;
    story.at(at);
    const [last, ...more] = alertsOf(story, 'D17').slice(before);
    expect(more).toEqual([]);
    expect(last?.[0]).toBe('ring');
    for (const role of ['hart-liaison', 'careline-supervisor', 'area-supervisor']) expect(last?.[1]).toContain(role);
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
  const minutesAfterReport = (story: Story, told = exam(story).id) =>
    story.commits.flatMap(({ at, events }) =>
      events.flatMap((each) =>
        each.type === 'alert-requested' && each.checkpoint === 'ring' && each.deadlineId === told
          ? [{ after: Math.round((Date.parse(at) - received) / 60_000), to: each.to, deputies: each.deputies }]
          : [],
      ),
    );

  it('rings at each warning, is never silent for over an hour in its last 4, and is silent after it', () => {
    const story = assaulted(104, { danger: 'no' }).after('P3D');
    const calls = minutesAfterReport(story);
    const when = calls.map(({ after }) => after);
    // 12 hours left, and 4 hours left.
    expect(when).toContain(4 * 60);
    expect(when).toContain(12 * 60);
    const last = [...when.filter((after) => after >= 12 * 60), 16 * 60];
    expect(Math.max(...last.slice(1).map((after, index) => after - (last[index] ?? 0)))).toBeLessThanOrEqual(60);
    expect(when.filter((after) => after >= 16 * 60)).toEqual([]);
    const fromWarning = calls.filter(({ after }) => after >= 12 * 60 && after <= 12 * 60 + 20);
    expect(fromWarning.map(({ after }) => after)).toEqual([720, 730, 740]);
    expect(fromWarning.map(({ deputies }) => deputies)).toEqual([true, true, true]);
    for (const { to } of fromWarning) expect(to).toContain('director-oncall');
    expect(fromWarning[0]?.to).toEqual(
      expect.arrayContaining(['hart-liaison', 'careline-supervisor', 'area-supervisor']),
    );
  });

  it('calls the next person at 10 minutes and the director at 20 where the exam is not yet overdue', () => {
    const calls = minutesAfterReport(assaulted(58).after('PT2H30M'));
    expect(calls.slice(0, 3)).toMatchObject([
      { after: 120, deputies: false },
      { after: 130, deputies: true },
      { after: 140, to: expect.arrayContaining(['director-oncall']) },
    ]);
  });

  it.each([117, 119, 119.5])('rings within the hour where the assault was %s hours ago', (hours) => {
    const story = assaulted(hours).after('P2D');
    const [first = Infinity] = minutesAfterReport(story).map(({ after }) => after);
    expect(first).toBeLessThanOrEqual(60);
    expect(minutesAfterReport(story).filter(({ after }) => after >= (120 - hours) * 60)).toEqual([]);
  });

  it('rings again at a warning though someone had answered', () => {
    const story = assaulted(104, { danger: 'no' }).after('PT5H');
    story.do('answer-alarm', { deadlineId: exam(story).id }, 'careline-supervisor').after('PT8H');
    expect(minutesAfterReport(story).map(({ after }) => after)).toContain(12 * 60);
  });

  it('lets no clock of the service ring after it', () => {
    const story = offer(assaulted(104, { danger: 'no' }), service).after('P3D');
    for (const { id } of Object.values(story.state.deadlines).filter(({ hardStop }) => hardStop !== undefined)) {
      expect(minutesAfterReport(story, id).filter(({ after }) => after >= 16 * 60)).toEqual([]);
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
  it('the Careline supervisor until a liaison is assigned, then the liaison', () => {
    const story = assaulted(48);
    story.after('PT2H');
    expect(alertsOf(story, 'D17')).toEqual([['ring', 'careline-supervisor']]);
    story.do('assign-liaison', { personId: 'LIAISON-1' });
    expect(alertsOf(story, 'D17').at(-1)).toEqual(['deadline-opened', 'hart-liaison']);
    story.after('PT10M');
    expect(alertsOf(story, 'D17').at(-1)).toEqual(['ring', 'hart-liaison']);
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

  it('tells those who were called that no one is called any more', () => {
    const story = assaulted(48).at(stop);
    const called = new Set(
      story
        .all('alert-requested')
        .filter(({ deadlineId, checkpoint }) => deadlineId === exam(story).id && checkpoint === 'ring')
        .flatMap(({ to }) => to),
    );
    const over = story
      .all('alert-requested')
      .filter(({ kind, deadlineId }) => kind === 'alarm-over' && deadlineId === exam(story).id);
    expect(over).toHaveLength(1);
    expect(new Set(over[0]?.to)).toEqual(called);
    const told = alertsOf(story, 'D17').length;
    story.after('P9D');
    expect(alertsOf(story, 'D17')).toHaveLength(told);
  });

  it('owes a reason before the referral can close, and none that it will be kept', () => {
    const story = assaulted(48).at('2026-11-12T16:00:00Z');
    expect(conditionsOfClosure(story.state, story.policy)).toContain('D17 was not kept in time and needs a reason.');
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
