/** Fault 1 of the evidence window: only an exam that has started, or the child's own decision, keeps the clock of the acute exam. */
import { describe, expect, it } from 'vitest';
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
/** No caregiver had a part in it, by the checklist. */
const caregiverRuledOut = (story: Story) => story.do('answer-checklist', { answers: noToAll });

describe('the acute exam is kept by what happened to the child', () => {
  it('not by an offer, and not by a provider that accepted', () => {
    const story = offer(assaulted(48), service);
    expect(exam(story).status).toBe('open');
    story.do('accept-linkage', { service }, 'contact:PV-1').do('record-contact', { service }, 'contact:PV-1');
    expect(exam(story).status).toBe('open');
    story.do('start-linkage', { service }, 'contact:PV-1');
    expect(exam(story)).toMatchObject({ status: 'kept', late: false });
  });

  it("by the child's own decision against it, whatever was recorded before", () => {
    const story = caregiverRuledOut(assaulted(48)).do('decline-linkage', { service, reasonCode: 'family-declined' });
    expect(exam(story).status).toBe('open');
    story.do('decline-linkage', { service, reasonCode: 'child-declined' }, 'careline-supervisor');
    expect(exam(story).status).toBe('kept');
    expect(story.state.services.linkages[service]?.status).toBe('declined');
    expect(story.refused('decline-linkage', { service, reasonCode: 'child-declined' })).toBe('wrong-step');
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

describe('no clock of the acute exam ends after its window', () => {
  it.each<[string, number, Told]>([
    ['in danger', 100, {}],
    ['not in danger', 80, { danger: 'no' }],
  ])('the answer and the start are due by the end of it, %s', (_, hours, told) => {
    const story = offer(assaulted(hours, told), service);
    const stop = exam(story).hardStop ?? '';
    expect(Date.parse(story.deadline('D35b').due)).toBeLessThanOrEqual(Date.parse(stop));
    expect(whyDue(story.deadline('D35b'), story.policy)).toContain('evidence is collected no longer');
    story.do('find-not-applicable', { deadlineId: exam(story).id });
    story.do('accept-linkage', { service }, 'contact:PV-1');
    expect(story.deadline('D35c')).toMatchObject({ due: stop, hardStop: stop });
    expect(whyDue(story.deadline('D35c'), story.policy)).toContain('a hard stop, before 10 business days');
    expect(
      story.refused('extend-deadline', { deadlineId: story.deadline('D35c').id, due: '2026-12-01T12:00:00Z' }),
    ).toBe('too-far');
  });

  it('a service without a window keeps its own time', () => {
    expect(offer(assaulted(100), 'education').deadline('D35b').hardStop).toBeUndefined();
  });

  it('an assault whose time becomes known brings the open clocks of the exam forward', () => {
    const story = offer(referral({ lastAssaultAt: 'unknown', danger: 'no' }).run(), service);
    expect(story.deadline('D35b').hardStop).toBeUndefined();
    story.do('record-facts', { lastAssaultAt: hoursBefore(110) });
    expect(story.deadline('D35b')).toMatchObject({ due: '2026-11-10T01:00:00Z', hardStop: '2026-11-10T01:00:00Z' });
  });

  it('a later assault gives the provider until the end of the later window', () => {
    const story = offer(assaulted(115, { danger: 'no' }), service);
    story.do('record-facts', { lastAssaultAt: hoursBefore(10) });
    expect(story.deadline('D35b')).toMatchObject({ status: 'open', due: '2026-11-12T22:00:00Z' });
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
    expect(last?.[0]).toBe('warn');
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
    story.do('record-facts', { lastAssaultAt: hoursBefore(100) });
    expect(exam(story)).toMatchObject({ status: 'open', hardStop: '2026-11-10T11:00:00Z', missed: true });
    expect(story.open()).not.toContain('D17b');
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

  it('the Careline supervisor can refer to the exam and record that it has started, and refers to nothing that is not urgent', () => {
    const story = assaulted(48).do('offer-linkage', { service, providerId: 'PV-1' }, 'careline-supervisor');
    story.do('start-linkage', { service }, 'careline-supervisor');
    expect(exam(story).status).toBe('kept');
    const education = { service: 'education', providerId: 'PV-1' };
    expect(story.refused('offer-linkage', education, 'careline-supervisor')).toBe('not-urgent');
  });
});

describe('an exam that was offered and had not started by the stop', () => {
  it('is missed and explained, not silently closed, and the child is still offered a medical exam', () => {
    const story = offer(assaulted(48), service).do('accept-linkage', { service }, 'contact:PV-1');
    story.at('2026-11-12T16:00:00Z').do('start-linkage', { service }, 'contact:PV-1');
    expect(exam(story)).toMatchObject({ status: 'open', missed: true });
    const explained = { deadlineId: exam(story).id, reasonCode: 'child-not-located', willBeKept: false };
    expect(story.refused('close-referral')).toBe('not-ready');
    story.do('explain-miss', explained, 'area-supervisor');
    expect(exam(story).status).toBe('missed-closed');
  });

  it('stays asked for while evidence can still be collected, however late it is', () => {
    const story = assaulted(48).at('2026-11-10T16:00:00Z');
    const explained = { deadlineId: exam(story).id, reasonCode: 'staffing', willBeKept: false };
    expect(story.refused('explain-miss', explained, 'area-supervisor')).toBe('window-open');
    story.do('explain-miss', { ...explained, willBeKept: true }, 'area-supervisor');
    expect(exam(story).status).toBe('open');
  });

  it('asks for a medical offer once the miss is explained and nothing was offered', () => {
    const story = assaulted(48).at('2026-11-12T16:00:00Z');
    const explained = { deadlineId: exam(story).id, reasonCode: 'child-not-located', willBeKept: false };
    story.do('explain-miss', explained, 'area-supervisor');
    expect(story.deadline('D17b')).toMatchObject({ status: 'open', startedBy: 'window-passed' });
  });

  it('lets the referral close in the end', () => {
    const story = bringToAnEnd(offer(assaulted(48), service).at('2026-11-13T16:00:00Z'));
    expect(story.state.stage).toBe('closed');
  });
});
