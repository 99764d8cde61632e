/** A service that is neither started nor declined is always watched, and its outcome is asked for later. */
import { describe, expect, it } from 'vitest';
import { followUpMonths } from '../../../shared/domain/core/vocabulary.ts';
import { referral } from '../../support/referral-builder.ts';
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

describe('the answer of a provider', () => {
  it('is due two business days after the referral; the provider and the caseworker hear of it, then the supervisor', () => {
    const story = offer(atRisk(), 'prevention');
    const { id, due } = story.deadline('D35b');
    // Wednesday is Veterans' Day.
    expect(due).toBe('2026-11-12T22:00:00Z');
    story.after('P4D');
    expect(
      story.all('alert-requested').findLast(({ deadlineId, checkpoint }) => deadlineId === id && checkpoint === 'due'),
    ).toMatchObject({
      to: ['provider', 'caseworker'],
    });
    story.after('P2D');
    expect(
      story
        .all('alert-requested')
        .findLast(({ deadlineId, checkpoint }) => deadlineId === id && checkpoint === 'escalate')?.to,
    ).toContain('area-supervisor');
    expect(story.unmet().join()).toContain('D35b is still open');
  });

  it.each(['accept-linkage', 'start-linkage'] as const)(
    'is given by %s, and not by an attempt at contact',
    (command) => {
      const story = offer(atRisk(), 'prevention').do('record-contact', { ...prevention, reached: 'no' }, theirs);
      expect(story.deadline('D35b').status).toBe('open');
      story.do(command, prevention, theirs);
      expect(story.deadline('D35b').status).toBe('kept');
    },
  );

  it('that is a no asks the office for another provider, who has the whole time again', () => {
    const story = offer(atRisk(), 'prevention').after('P1D');
    story.do('decline-linkage', { ...prevention, reasonCode: 'no-capacity' }, theirs);
    expect(story.deadline('D35b').status).toBe('kept');
    expect(story.deadline('D35a')).toMatchObject({ status: 'open', start: story.now });
    story.do('offer-linkage', { ...prevention, providerId: 'PV-2' });
    expect(story.deadline('D35b')).toMatchObject({ status: 'open', start: story.now });
  });

  it('is owed by the second provider alone where the first one is asked no more', () => {
    const story = offer(atRisk(), 'prevention')
      .after('P1D')
      .do('offer-linkage', { ...prevention, providerId: 'PV-2' });
    const answers = Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D35b');
    expect(answers.map(({ status }) => status)).toEqual(['ended', 'open']);
  });

  it('that a supervisor gave up on is asked for anew: the service is still neither started nor declined', () => {
    const story = offer(atRisk(), 'prevention').after('P4D');
    const { id } = story.deadline('D35b');
    story.do('explain-miss', { deadlineId: id, reasonCode: 'staffing', willBeKept: false }, 'area-supervisor');
    expect(story.state.deadlines[id]?.status).toBe('missed-closed');
    expect(story.deadline('D35b').status).toBe('open');
  });
});

describe('the start of a service that was accepted', () => {
  it('is due ten business days after the acceptance', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs);
    expect(story.deadline('D35c')).toMatchObject({ status: 'open', due: '2026-11-24T22:00:00Z' });
    story.do('start-linkage', prevention, theirs);
    expect(story.deadline('D35c').status).toBe('kept');
  });

  it('is asked for once: D22b asks for that of mental health', () => {
    const story = offer(referral().run().screen('high-risk'), 'mental-health');
    story.do('accept-linkage', { service: 'mental-health' }, theirs);
    expect(story.open().filter((rule) => rule === 'D22b' || rule === 'D35c')).toEqual(['D22b']);
  });

  it('is owed no more by a provider that goes back on its word', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs);
    story.do('decline-linkage', { ...prevention, reasonCode: 'not-eligible' }, theirs);
    expect(story.deadline('D35c').status).toBe('ended');
    expect(story.deadline('D35a').status).toBe('open');
  });

  it('is answered by the no of a child', () => {
    const story = offer(atRisk(), 'prevention').do('accept-linkage', prevention, theirs);
    story.do('decline-linkage', { ...prevention, reasonCode: 'child-declined' });
    expect(story.open().filter((rule) => rule.startsWith('D35'))).toEqual([]);
  });
});

describe('the outcome of a service', () => {
  const closed = () => {
    const story = answerTheReport(referral({ danger: 'no' }).run()).screen('at-risk');
    link(story, 'prevention').after('P29D').screen('at-risk');
    return story.do('close-referral');
  };
  const record = (months: string) => ({ ...prevention, months, serviceOutcome: 'completed' });

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
    expect(story.open()).toHaveLength(1);
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
    expect(story.refused('record-service-outcome', { ...record('3'), service: 'legal' })).toBe('not-started');
    story.at('2027-01-10T15:00:00Z');
    expect(story.refused('record-service-outcome', record('3'))).toBe('accepted');
  });
});

it('a withdrawn referral asks for no service any more', () => {
  const story = atRisk()
    .do('propose-withdrawal', { because: 'made-in-error' })
    .do('agree-withdrawal', {}, 'careline-manager');
  expect(story.open().filter((rule) => rule.startsWith('D35'))).toEqual([]);
  expect(readyToClose({ age: 14 }).open()).toEqual(['D33']);
});
