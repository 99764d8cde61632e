/** The ex parte order and the preliminary hearing after it (docs/domain.md#preliminary-hearing). */
import { describe, expect, it } from 'vitest';
import { actsFor } from '../../../shared/domain/next-steps/milestone-table.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Told } from '../../support/referral-builder.ts';

const atHome: Told = { population: 'living-at-home', legalStatus: 'none', dcfClient: 'no', tribalMember: 'no' };
const reason = 'The date was mistyped.';
const ordered = (at?: string, told: Told = atHome) =>
  referral({ receivedAt: '2026-01-05T15:00:00Z', ...told })
    .run()
    .at(at ?? '2026-01-06T15:00:00Z')
    .do('record-ex-parte-order', at === undefined ? {} : { at });

describe('the preliminary hearing (C.G.S. 46b-129(b))', () => {
  it.each([
    ['a winter day', '2026-01-06T15:00:00Z', '2026-01-16T15:00:00Z'],
    ['a day whose tenth is a Sunday: weekends count', '2026-01-08T15:00:00Z', '2026-01-18T15:00:00Z'],
    ['a day whose tenth is Thanksgiving: holidays count', '2026-11-16T15:00:00Z', '2026-11-26T15:00:00Z'],
    ['before the clocks go forward: never a later date', '2026-03-06T04:30:00Z', '2026-03-16T03:30:00Z'],
    ['before the clocks go back: never more hours', '2026-10-25T15:00:00Z', '2026-11-04T15:00:00Z'],
  ])('from %s: ten calendar days', (_, at, due) => {
    expect(Date.parse(ordered(at).deadline('D43').due)).toBe(Date.parse(due));
  });

  it('counts from the order, and not from its recording', () => {
    const story = referral(atHome).run().after('P3D').do('record-ex-parte-order', { at: '2026-11-10T15:00:00Z' });
    expect(story.deadline('D43').start).toBe('2026-11-10T15:00:00.000Z');
  });

  it('does not open without an order, and not by a hold or an entry to care', () => {
    const story = referral(atHome).run().do('invoke-hold').do('record-entry-to-care');
    expect(story.open()).not.toContain('D43');
  });

  it('is counsel’s and the caseworker’s, then the liaison’s of the Attorney General and the area director’s', () => {
    expect(ruleIn(policy, 'D43')).toMatchObject({
      kind: 'statute',
      confidence: 'believed',
      awaitsLegalSignOff: true,
      alert: ['legal', 'caseworker'],
      escalate: ['aag-liaison', 'area-director'],
      escalateFrom: 'due',
      closing: 'waits',
      alarm: { class: 'today' },
    });
  });

  it('is kept by the hearing that was held, also after a withdrawal', () => {
    const story = ordered();
    story.do('propose-withdrawal', { because: 'made-in-error' }).do('agree-withdrawal', {}, 'careline-manager');
    story.after('P9D').do('record-preliminary-hearing');
    expect(story.deadline('D43')).toMatchObject({ status: 'kept', late: false });
  });

  it('is the next step, with one act', () => {
    const { state, now } = ordered();
    const acts = actsFor(['preliminary-hearing-held'], { state, policy, now, subject: undefined });
    expect(acts.map(({ command }) => command)).toEqual(['record-preliminary-hearing']);
  });

  it('is owed again after another order, and once for one order', () => {
    const story = ordered().after('P2D');
    expect(story.refused('record-ex-parte-order')).toBe('ordered-already');
    story.do('record-preliminary-hearing').after('P30D').do('record-ex-parte-order');
    expect(story.deadline('D43')).toMatchObject({ status: 'open', start: story.now });
  });

  it('is brought forward where the order was earlier', () => {
    const story = ordered().after('P1D').do('correct-ex-parte-order', { at: '2026-01-06T12:00:00Z', reason });
    expect(story.deadline('D43')).toMatchObject({ start: '2026-01-06T12:00:00.000Z', due: '2026-01-16T12:00:00Z' });
  });

  it('is recorded once for one order', () => {
    const story = ordered().after('P1D').do('record-preliminary-hearing').after('P1D');
    expect(story.refused('record-preliminary-hearing')).toBe('hearing-held-already');
    story.do('record-ex-parte-order').after('P1D');
    expect(story.refused('record-preliminary-hearing')).toBe('accepted');
  });

  it.each([
    ['without an order', () => referral(atHome).run(), {}, 'no-order'],
    ['before the order', () => ordered(), { at: '2026-01-06T14:00:00Z' }, 'before-the-order'],
  ] as const)('is refused %s', (_, begin, input, code) => {
    expect(begin().refused('record-preliminary-hearing', input)).toBe(code);
  });

  it('holds up closing', () => {
    expect(ordered().unmet().join(' ')).toContain('D43');
  });
});

it('an order puts the child in care, with all that follows from it', () => {
  const story = ordered(undefined, { ...atHome, tribalMember: 'unknown' });
  expect(story.state.child.legalStatus).toBe('order-of-temporary-custody');
  expect(story.deadline('D26').start).toBe(story.now);
  expect(story.all('alert-requested').map(({ kind }) => kind)).toContain('tribal-membership');
});

it('an order leaves no facts that contradict it', () => {
  const story = ordered();
  expect(story.state.child).toMatchObject({ population: 'in-dcf-care', dcfClient: 'yes' });
  expect(story.refused('record-facts', { population: story.state.child.population })).toBe('accepted');
  const entered = referral(atHome).run().do('record-entry-to-care');
  expect(entered.state.child).toMatchObject({ population: 'in-dcf-care', dcfClient: 'yes' });
});

it('an earlier order moves the evaluation that began with it, and no other', () => {
  const at = '2026-01-06T12:00:00.000Z';
  const story = ordered().after('P1D').do('correct-ex-parte-order', { at, reason });
  expect(story.deadline('D26').start).toBe(at);
  const before = referral({ receivedAt: '2026-01-05T15:00:00Z', ...atHome })
    .run()
    .do('record-entry-to-care');
  const entry = before.deadline('D26').start;
  before.after('P2D').do('record-ex-parte-order').after('P1D').do('correct-ex-parte-order', { at, reason });
  expect(before.deadline('D26').start).toBe(entry);
});

it('an order about a child in care changes nothing about the care', () => {
  const story = ordered(undefined, { population: 'in-dcf-care', legalStatus: 'committed' });
  expect(story.state.child.legalStatus).toBe('committed');
  expect(story.open()).not.toContain('D26');
});

describe('an ex parte order that was recorded with a wrong time', () => {
  it.each([
    ['an earlier time: due earlier, by the same clock', '2026-01-06T12:00:00Z', '2026-01-16T12:00:00Z', 1],
    ['a later time: a new clock, and the old one ends', '2026-01-08T15:00:00Z', '2026-01-18T15:00:00Z', 2],
  ])('is corrected to %s', (_, at, due, clocks) => {
    const story = ordered().after('P5D').do('correct-ex-parte-order', { at, reason }, 'legal');
    expect(Date.parse(story.deadline('D43').due)).toBe(Date.parse(due));
    expect(story.open().filter((rule) => rule === 'D43')).toHaveLength(1);
    expect(Object.values(story.state.deadlines).filter(({ rule }) => rule === 'D43')).toHaveLength(clocks);
    expect(story.deadline('D26').start).toBe(new Date(at).toISOString());
    expect(story.all('ex-parte-order-corrected')).toMatchObject([{ was: '2026-01-06T15:00:00.000Z' }]);
  });

  it('and was overdue by it alone, is corrected; a hearing that was truly missed is for counsel', () => {
    const typo = referral({ receivedAt: '2026-01-05T15:00:00Z', ...atHome })
      .run()
      .at('2026-01-20T15:00:00Z')
      .do('record-ex-parte-order', { at: '2025-12-20T15:00:00Z' })
      .after('PT1H');
    expect(typo.deadline('D43').missed).toBe(true);
    typo.do('correct-ex-parte-order', { at: '2026-01-20T15:00:00Z', reason });
    expect(typo.deadline('D43')).toMatchObject({ status: 'open', missed: false });
    const missed = ordered().after('P11D');
    const later = { at: '2026-01-10T15:00:00Z', reason };
    expect(missed.refused('correct-ex-parte-order', later)).toBe('hearing-missed');
    const held = ordered().after('P5D').do('record-preliminary-hearing').after('P30D');
    expect(held.deadline('D26').missed).toBe(true);
    expect(held.refused('correct-ex-parte-order', later)).toBe('hearing-missed');
    expect(held.deadline('D26')).toMatchObject({ status: 'open', missed: true });
    missed.do('find-not-applicable', { deadlineId: missed.deadline('D43').id }, 'legal');
    expect(missed.refused('record-ex-parte-order', { at: later.at })).toBe('accepted');
  });

  it('shows that a hearing was late by the right time, and never unsays a late one', () => {
    const held = ordered().after('P9D').do('record-preliminary-hearing');
    held.do('correct-ex-parte-order', { at: '2026-01-04T15:00:00Z', reason });
    expect(held.deadline('D43')).toMatchObject({ status: 'kept', late: true });
    const late = ordered().after('P11D').do('record-preliminary-hearing');
    late.do('correct-ex-parte-order', { at: '2026-01-08T15:00:00Z', reason });
    expect(late.deadline('D43')).toMatchObject({ status: 'kept', late: true });
  });

  it.each([
    ['where there is none', () => referral(atHome).run(), '2026-11-09T15:00:00Z', 'no-order'],
    ['by the same time', () => ordered().after('P1D'), '2026-01-06T15:00:00Z', 'order-unchanged'],
    [
      'to a time after the hearing',
      () => ordered().after('P1D').do('record-preliminary-hearing').after('P1D'),
      '2026-01-08T12:00:00Z',
      'after-the-hearing',
    ],
  ] as const)('is not corrected %s', (_, begin, at, code) => {
    expect(begin().refused('correct-ex-parte-order', { at, reason })).toBe(code);
  });
});

it.each([
  ['a person of 21', { age: 21 }, 'of-age'],
  ['a client of 19', { age: 19, dcfClient: 'yes' }, 'of-age'],
  ['a child of 17', { age: 17 }, 'accepted'],
  ['a person who may be 17 or 21', { guessedAge: 19 }, 'accepted'],
] as const)('an order about %s', (_, told, code) => {
  expect(
    referral({ ...told })
      .run()
      .refused('record-ex-parte-order'),
  ).toBe(code);
});

describe('a hearing about a member of a tribe', () => {
  const mail = { recipient: 'tribe', tribe: 'MOHEGAN', mailKind: 'certified' };
  const member = () => ordered(undefined, { ...atHome, tribalMember: 'yes' }).after('PT1H');
  const hearing = 'record-preliminary-hearing';

  it('needs a reason while a receipt is not recorded, and before the day that follows from it', () => {
    const story = member().do('notify-tribe', mail);
    expect(story.refused(hearing)).toBe('reason-missing');
    story.after('P3D').do('record-tribe-receipt', { notice: 'N1' }).after('P5D');
    expect(story.refused(hearing)).toBe('reason-missing');
    const [act] = actsFor(['preliminary-hearing-held'], { ...story, policy, subject: undefined });
    expect(act).toMatchObject({ asks: ['reason'] });
    expect(story.refused(hearing, { reason: 'Counsel judged it an emergency.' })).toBe('accepted');
  });

  it('needs none from that day on', () => {
    const story = member().do('notify-tribe', mail).do('record-tribe-receipt', { notice: 'N1' }).after('P11D');
    expect(story.refused(hearing)).toBe('accepted');
  });
});
