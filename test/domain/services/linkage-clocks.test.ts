/** A service that is neither started nor declined is always watched, and its outcome is asked for later. */
import { describe, expect, it } from 'vitest';
import { type FollowUpMonths, followUpMonths } from '../../../shared/domain/core/vocabulary.ts';
import { alarmClassOf } from '../../../shared/domain/policy/alarm-classes.ts';
import { providerDeadline } from '../../../shared/domain/services/linkage-clocks.ts';
import { awaitedOutcomes } from '../../../shared/domain/services/outcome-reviews.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { answerTheReport, link, offer, readyToClose } from '../../support/scenes.ts';

const theirs = 'contact:PV-1';
const prevention = { service: 'prevention' };
const atRisk = () => referral({ danger: 'no' }).run().screen('at-risk');

describe('a need that no clock of its own asks for', () => {
  it('is watched from the outcome until the child is referred', () => {
    const story = atRisk();
    expect(story.deadline('D35a')).toMatchObject({
      subject: 'prevention',
      status: 'open',
      due: '2026-11-13T22:00:00Z',
    });
    offer(story, 'prevention');
    expect(story.deadline('D35a').status).toBe('kept');
  });

  it('is watched for 24 hours only where danger is not ruled out', () => {
    expect(referral().run().screen('at-risk').deadline('D35a').due).toBe('2026-11-10T15:00:00Z');
  });

  it.each([
    ['basic-needs', '2026-11-10T04:59:59Z', 'today'],
    ['safe-placement', '2026-11-10T04:59:59Z', 'today'],
    ['medical-nonacute', '2026-11-10T04:59:59Z', 'today'],
    ['victim-advocacy', '2026-11-10T15:00:00Z', 'routine'],
    ['education', '2026-11-13T22:00:00Z', 'routine'],
  ] as const)('for %s is due %s and of class %s: a bed, food and medication are for today', (service, due, loud) => {
    const story = offer(referral({ danger: 'no' }).run(), service);
    story.do('decline-linkage', { service, reasonCode: 'no-capacity' }, theirs);
    expect(story.deadline('D35a')).toMatchObject({ subject: service, due });
    expect(alarmClassOf(story.deadline('D35a'), story.state, story.policy)).toBe(loud);
  });

  it('goes on being watched where a lawyer finds that the clock of its own does not apply', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().screen('confirmed');
    story.do('find-not-applicable', { deadlineId: story.deadline('D17').id });
    expect(story.deadline('D35a')).toMatchObject({ subject: 'medical-acute-forensic', status: 'open' });
  });

  it('is not watched twice: D19a, D22a, D23 and D17 ask for theirs', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().screen('confirmed');
    expect(story.open().filter((rule) => rule === 'D35a')).toEqual([]);
  });

  it('is watched again where a lower outcome ended the clocks of its pathway', () => {
    const story = referral().run().screen('high-risk');
    story.do('screen', { outcome: 'at-risk' }).do('agree-downgrade', {}, 'hart-director');
    const watched = Object.values(story.state.deadlines).filter(
      ({ rule, status }) => rule === 'D35a' && status === 'open',
    );
    expect(watched.map(({ subject }) => subject).toSorted()).toEqual([
      'mental-health',
      'prevention',
      'victim-advocacy',
    ]);
  });
});

const remindersOf = (story: Story, rule: string) =>
  story.all('alert-requested').filter(({ deadlineId, checkpoint }) => {
    const deadline = story.state.deadlines[deadlineId ?? ''];
    return deadline?.rule === rule && checkpoint === 'remind';
  });

describe('a service in place', () => {
  it('is due ten business days after the referral, for the provider, the caseworker and then the supervisor', () => {
    const story = offer(atRisk(), 'prevention');
    const { id, due } = story.deadline('D35b');
    // Veterans' Day is a Wednesday.
    expect(due).toBe('2026-11-24T22:00:00Z');
    story.after('P16D');
    const told = (checkpoint: string) =>
      story.all('alert-requested').findLast((each) => each.deadlineId === id && each.checkpoint === checkpoint)?.to;
    expect(told('due')).toEqual(['provider', 'caseworker']);
    story.after('P4D');
    expect(told('escalate')).toContain('area-supervisor');
    expect(story.unmet().join()).toContain('(rule D35b)');
  });

  it('is due in five business days where danger is not ruled out, and in 24 hours for food and clothes', () => {
    expect(offer(referral().run(), 'education').deadline('D35b').due).toBe('2026-11-17T22:00:00Z');
    expect(offer(referral({ danger: 'no' }).run(), 'basic-needs').deadline('D35b').due).toBe('2026-11-10T15:00:00Z');
  });

  it('is one clock, from the referral until the start, whatever the provider says on the way', () => {
    const story = offer(atRisk(), 'prevention');
    const { id } = story.deadline('D35b');
    story.do('record-contact', { ...prevention, reached: 'yes' }, theirs).do('accept-linkage', prevention, theirs);
    expect(story.deadline('D35b')).toMatchObject({ id, status: 'open' });
    story.do('start-linkage', prevention, theirs);
    expect(story.state.deadlines[id]?.status).toBe('kept');
    expect(story.open()).toContain('D36a');
  });

  it('reminds a provider that has not answered, after a fifth of the time', () => {
    const story = offer(atRisk(), 'prevention').after('P3D');
    expect(remindersOf(story, 'D35b').map(({ to }) => to)).toEqual([]);
    story.after('PT4H');
    expect(remindersOf(story, 'D35b').map(({ to }) => to)).toEqual([['provider', 'caseworker']]);
  });

  it('reminds no provider that has answered, and warns of the start all the same', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs).after('P12D');
    expect(remindersOf(story, 'D35b')).toEqual([]);
    expect(story.deadline('D35b').raised.map(({ kind }) => kind)).toEqual(['remind', 'warn']);
    const warning = story.all('alert-requested').findLast(({ checkpoint }) => checkpoint === 'warn');
    expect(warning?.to).toEqual(['provider', 'caseworker']);
  });

  it('is not asked for where a clock of its own asks for the start', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run().screen('high-risk');
    story.do('classify-report', { track: 'investigation' });
    for (const service of ['mental-health', 'victim-advocacy', 'medical-nonacute', 'medical-acute-forensic'] as const)
      offer(story, service).do('accept-linkage', { service }, theirs);
    expect(story.open()).toEqual(expect.arrayContaining(['D17', 'D18', 'D19b', 'D22b']));
    expect(story.open()).not.toContain('D35b');
  });

  it('is asked for once the clock of its own is done without a start: contact alone starts no advocacy', () => {
    const service = 'victim-advocacy';
    const story = offer(referral().run().screen('high-risk'), service).do(
      'record-contact',
      { service, reached: 'yes' },
      theirs,
    );
    expect(story.deadline('D35b')).toMatchObject({ status: 'open', subject: service, start: story.now });
  });

  it('gives another provider the whole time, after a no of the first', () => {
    const story = offer(atRisk(), 'prevention').after('P1D');
    story.do('decline-linkage', { ...prevention, reasonCode: 'no-capacity' }, theirs);
    expect(story.deadline('D35b').status).toBe('ended');
    expect(story.deadline('D35a')).toMatchObject({ status: 'open', start: story.now });
    story.do('offer-linkage', { ...prevention, providerId: 'PV-2' });
    expect(story.deadline('D35b')).toMatchObject({ status: 'open', start: story.now });
  });

  it('is owed by the second provider alone where the first one is asked no more', () => {
    const story = offer(atRisk(), 'prevention')
      .after('P1D')
      .do('offer-linkage', { ...prevention, providerId: 'PV-2' });
    const starts = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D35b');
    expect(starts.map(({ status }) => status)).toEqual(['ended', 'open']);
  });

  it('that a supervisor gave up on is asked for anew: the service is still neither started nor declined', () => {
    const story = offer(atRisk(), 'prevention').after('P16D');
    const { id } = story.deadline('D35b');
    story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: false }, 'area-supervisor');
    expect(story.state.deadlines[id]?.status).toBe('missed-closed');
    expect(story.deadline('D35b').status).toBe('open');
  });

  it('is owed no more by a provider that goes back on its word', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs);
    story.do('decline-linkage', { ...prevention, reasonCode: 'not-eligible' }, theirs);
    expect(story.deadline('D35b').status).toBe('ended');
    expect(story.deadline('D35a').status).toBe('open');
  });

  it('is answered by the no of a child', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs);
    story.do('decline-linkage', { ...prevention, reasonCode: 'child-declined' });
    expect(story.open().filter((rule) => rule.startsWith('D35'))).toEqual([]);
  });

  it('of an exam is due for its provider by the clock of the exam', () => {
    const story = referral({ lastAssaultAt: 'unknown' }).run();
    offer(story, 'medical-acute-forensic');
    expect(providerDeadline(story.state, 'medical-acute-forensic', story.policy)?.rule).toBe('D17');
  });
});

describe('the outcome of a service', () => {
  const closed = () => {
    const story = answerTheReport(referral({ danger: 'no' }).run()).screen('at-risk');
    link(story, 'prevention').after('P29D').screen('at-risk');
    return story.do('close-referral');
  };
  const record = (months: string, service = 'prevention') => ({ service, months, serviceOutcome: 'completed' });

  it('is asked for 3, 6 and 12 months after its start, and holds up no closing', () => {
    const story = closed();
    for (const [rule, due, months] of [
      ['D36a', '2027-02-08', '3'],
      ['D36b', '2027-05-10', '6'],
      ['D36c', '2027-11-09', '12'],
    ] as const) {
      expect(story.open()).toEqual([rule]);
      expect(story.deadline(rule).due.slice(0, 10)).toBe(due);
      story.at(`${due}T15:00:00Z`).do('record-service-outcome', record(months));
    }
    expect(story.open()).toEqual([]);
  });

  it.each(followUpMonths)('after %s months is recorded on a closed referral, by staff or its provider', (months) => {
    const story = closed().at('2026-11-09T15:00:00Z'.replace('2026', '2028'));
    expect(story.refused('record-service-outcome', record(months), 'contact:PV-2')).toBe('not-your-linkage');
    story.do('record-service-outcome', record(months), theirs);
    expect(story.state.services.linkages.prevention?.outcomes).toEqual({ [months]: 'completed' });
    // A review that no one answered holds up none of the others.
    expect(story.open()).toHaveLength(2);
  });

  it('warns a week before, alerts after closing, and then tells the supervisor', () => {
    const story = closed().at('2027-02-02T15:00:00Z');
    const last = () => story.all('alert-requested').at(-1);
    expect(last()).toMatchObject({ checkpoint: 'warn', to: ['caseworker'] });
    story.after('P30D');
    expect(last()).toMatchObject({ checkpoint: 'escalate', to: ['caseworker', 'area-supervisor'] });
  });

  it('is no guess: it is refused more than a month early, and for a service that never started', () => {
    const story = closed();
    expect(story.refused('record-service-outcome', record('3'))).toBe('too-early');
    expect(story.refused('record-service-outcome', record('3', 'legal'))).toBe('not-started');
    story.at('2027-01-10T15:00:00Z');
    expect(story.refused('record-service-outcome', record('3'))).toBe('accepted');
  });
});

describe('a review of what became of the services', () => {
  const record = (service: string, months: string) => ({ service, months, serviceOutcome: 'completed' });
  const reviews = (story: Story) =>
    Object.values(story.state.deadlines)
      .filter(({ rule }) => rule.startsWith('D36'))
      .map(({ rule, status }) => `${rule} ${status}`);
  const asked = (story: Story, months: FollowUpMonths) => awaitedOutcomes(story.state, months, story.policy, story.now);
  const several = () => {
    const story = link(link(atRisk(), 'prevention'), 'education');
    return link(story.after('P20D'), 'legal');
  };

  it('is one for the referral, from the first service that started', () => {
    const story = several();
    expect(reviews(story)).toEqual(['D36a open']);
    expect(story.deadline('D36a')).toMatchObject({ start: '2026-11-09T15:00:00.000Z' });
    expect(story.deadline('D36a').subject).toBeUndefined();
  });

  it('asks for each service that had started, and is kept with the last of them', () => {
    const story = several().at('2027-02-01T15:00:00Z');
    expect(asked(story, '3')).toEqual(['prevention', 'education', 'legal']);
    story.do('record-service-outcome', record('prevention', '3')).do('record-service-outcome', record('legal', '3'));
    expect(asked(story, '3')).toEqual(['education']);
    expect(reviews(story)).toEqual(['D36a open']);
    story.do('record-service-outcome', record('education', '3'));
    expect(reviews(story)).toEqual(['D36a kept', 'D36b open']);
    expect(story.deadline('D36b')).toMatchObject({ start: '2026-11-09T15:00:00.000Z' });
  });

  it('asks for a service that started later at the next review', () => {
    const story = link(link(atRisk(), 'prevention').after('P70D'), 'education').at('2027-02-01T15:00:00Z');
    expect(asked(story, '3')).toEqual(['prevention']);
    story.do('record-service-outcome', record('prevention', '3')).at('2027-05-01T15:00:00Z');
    expect(asked(story, '6')).toEqual(['prevention', 'education']);
  });

  it('begins a new round for a service that starts after the last review can begin', () => {
    const story = link(link(atRisk(), 'prevention').after('P340D'), 'education');
    expect(reviews(story)).toContain('D36a open');
    expect(story.deadline('D36a')).toMatchObject({ start: story.now });
    story.after('P91D').do('record-service-outcome', record('education', '3'));
    // The review of the first round is still owed.
    expect(reviews(story).filter((each) => each.startsWith('D36a'))).toEqual(['D36a open', 'D36a kept']);
  });

  it('asks nothing of an exam or of compensation, whose outcome can be recorded all the same', () => {
    const story = link(link(atRisk(), 'victim-compensation'), 'medical-nonacute');
    expect(reviews(story)).toEqual([]);
    story.after('P91D').do('record-service-outcome', record('victim-compensation', '3'));
    expect(reviews(story)).toEqual([]);
  });

  it('is due earlier, without mail, where a service turns out to have started before the first', () => {
    const story = offer(offer(atRisk(), 'prevention'), 'education').after('P5D');
    story.do('start-linkage', { service: 'education' }, theirs);
    const { due } = story.deadline('D36a');
    const mails = story.all('alert-requested').length;
    const at = '2026-11-10T15:00:00.000Z';
    story.do('start-linkage', { ...prevention, at }, theirs);
    expect(story.deadline('D36a').start).toBe(at);
    expect(Date.parse(story.deadline('D36a').due)).toBeLessThan(Date.parse(due));
    expect(story.all('alert-requested')).toHaveLength(mails);
  });

  it('keeps the first start of a service that stopped and started again', () => {
    const service = 'long-term-survivor-care';
    const consent = { service, consentKind: 'child' };
    const story = link(atRisk(), service).after('P20D');
    story.do('record-consent', { ...consent, consentAnswer: 'withdrawn' });
    story.do('decline-linkage', { service, reasonCode: 'child-declined' }).after('P20D');
    story.do('record-consent', { ...consent, consentAnswer: 'given' });
    link(story, service);
    expect(story.state.services.linkages[service]?.startedAt).toBe('2026-11-09T15:00:00.000Z');
    expect(reviews(story)).toEqual(['D36a open']);
  });

  it('given up by a supervisor makes way for the next one', () => {
    const story = link(atRisk(), 'prevention').after('P120D');
    const { id } = story.deadline('D36a');
    story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: false }, 'area-supervisor');
    expect(reviews(story)).toEqual(['D36a missed-closed', 'D36b open']);
  });
});

it('a withdrawn referral asks for no service any more', () => {
  const story = atRisk()
    .do('propose-withdrawal', { because: 'made-in-error' })
    .do('agree-withdrawal', {}, 'careline-manager');
  expect(story.open().filter((rule) => rule.startsWith('D35'))).toEqual([]);
  expect(readyToClose({ age: 14 }).open()).toEqual(['D33']);
});
