import { describe, expect, it } from 'vitest';
import { unreachedRows } from '../../../shared/domain/alerts/unreached-rows.ts';
import { decide } from '../../../shared/domain/commands.ts';
import { event } from '../../../shared/domain/events.ts';
import { evolve } from '../../../shared/domain/fold.ts';
import { monday, personOf, referral } from '../../support/referral-builder.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const context = (as: string) => ({ now: monday, policy: connecticutPolicy, person: personOf(as) });
const opening = (story: ReturnType<typeof referral>) => story.all('alert-requested')[0]?.alertId ?? '';

describe('a telephone call about an alert', () => {
  it('acknowledges it, and the ledger says that it was a call and when', () => {
    const story = referral().run();
    const alertId = opening(story);
    story.do('record-alert-call', { alertId, at: story.now }, 'careline-supervisor');
    expect(story.state.alerts[alertId]?.acknowledgedBy).toBe('CARELINE-SUPERVISOR');
    expect(story.all('alert-acknowledged')).toEqual([expect.objectContaining({ alertId, calledAt: story.now })]);
  });

  it('is recorded by a recipient of the alert or a supervisor, and by no other person', () => {
    const story = referral().run();
    const alertId = opening(story);
    expect(story.refused('record-alert-call', { alertId }, 'legal')).toBe('not-to-you');
    expect(story.refused('record-alert-call', { alertId }, 'careline-worker')).toBe('accepted');
  });

  it('about an invitation may be recorded by the coordinator who telephoned the member', () => {
    const story = referral().run().screen('high-risk');
    const alertId = story.all('alert-requested').findLast(({ kind }) => kind === 'mdt-invited')?.alertId ?? '';
    expect(story.refused('record-alert-call', { alertId }, 'mdt-coordinator')).toBe('accepted');
  });

  it('cannot have been made tomorrow, nor about an alert that never was', () => {
    const story = referral().run();
    const tomorrow = new Date(Date.parse(story.now) + 86_400_000).toISOString();
    expect(story.refused('record-alert-call', { alertId: opening(story), at: tomorrow }, 'careline-supervisor')).toBe(
      'in-the-future',
    );
    expect(story.refused('record-alert-call', { alertId: 'A99' }, 'careline-supervisor')).toBe('no-such-alert');
  });
});

describe('an undelivered alert', () => {
  const frame = { seq: 99, at: monday, actor: { kind: 'function', id: 'send-alerts' } } as const;
  /** The rows once it is known of this alert, after what the story has come to. */
  const rowsOf = ({ state }: Pick<ReturnType<typeof referral>, 'state'>, alertId: string) =>
    unreachedRows(
      evolve(state, event('alert-unreachable', { alertId, groups: ['careline-supervisor'] }), frame, state.id),
    );

  it('has a row at the top of the queue until a person acknowledges it', () => {
    const story = referral().run();
    const alertId = opening(story);
    expect(unreachedRows(story.state)).toEqual([]);
    expect(rowsOf(story, alertId)).toMatchObject([{ id: alertId, queue: 'unreached' }]);
    story.do('record-alert-call', { alertId }, 'careline-supervisor');
    expect(rowsOf(story, alertId)).toMatchObject([{ id: alertId }]);
    expect(rowsOf(story, alertId)[0]).not.toHaveProperty('queue');
  });

  const invitation = () => {
    const story = referral().run().screen('confirmed');
    const alertId = story.all('alert-requested').findLast(({ kind }) => kind === 'mdt-invited')?.alertId ?? '';
    return { story, alertId };
  };
  const isShown = ({ state }: Pick<ReturnType<typeof referral>, 'state'>, alertId: string, line: string) =>
    unreachedRows(evolve(state, event('alert-unreachable', { alertId, groups: [line] }), frame, state.id)).some(
      ({ queue }) => queue !== undefined,
    );

  it.each([
    ['another seat', 'seat:dcf', true],
    ['the deputy of the same seat', 'deputy:medical', false],
    ['the coordinator, who is asked as well', 'mdt-coordinator', true],
  ])('of one seat, acknowledged by %s, stays in the queue: %s %s', (_, who, stays) => {
    const { story, alertId } = invitation();
    story.do('acknowledge-alert', { alertId }, who);
    expect(isShown(story, alertId, 'seat:medical')).toBe(stays);
  });

  it.each(['mdt-chair', 'careline-supervisor', 'careline-manager'])(
    'of one seat is acknowledged by no supervisor, such as %s, whose recorded call with it counts for it alone',
    (who) => {
      const { story, alertId } = invitation();
      expect(story.refused('acknowledge-alert', { alertId }, who)).toBe('not-to-you');
      expect(story.refused('record-alert-call', { alertId }, who)).toBe('which-group');
      story.do('record-alert-call', { alertId, group: 'seat:medical' }, who);
      expect(isShown(story, alertId, 'seat:medical')).toBe(false);
      expect(isShown(story, alertId, 'seat:dcf')).toBe(true);
    },
  );

  it('of HART stays in the queue whatever the supervisor, the worker and the caseworker acknowledge for themselves', () => {
    const story = referral().run();
    const alertId = opening(story);
    for (const who of ['careline-supervisor', 'careline-worker', 'caseworker'])
      story.refused('acknowledge-alert', { alertId }, who);
    expect(isShown(story, alertId, 'hart-liaison')).toBe(true);
    story.do('record-alert-call', { alertId, group: 'hart-liaison' }, 'careline-supervisor');
    expect(isShown(story, alertId, 'hart-liaison')).toBe(false);
  });

  it('leaves the queue by a call without a name if one group is left; else the call must name it', () => {
    const { story, alertId } = invitation();
    const lose = (line: string) => ({
      ...story,
      state: evolve(story.state, event('alert-unreachable', { alertId, groups: [line] }), frame, story.state.id),
    });
    const { state } = lose('seat:medical');
    const called = decide(state, 'record-alert-call', { alertId }, context('careline-supervisor'));
    expect(called).toMatchObject([{ type: 'alert-acknowledged', groups: ['seat:medical'] }]);
    const both = evolve(state, event('alert-unreachable', { alertId, groups: ['seat:dcf'] }), frame, state.id);
    expect(decide(both, 'record-alert-call', { alertId }, context('careline-supervisor'))).toMatchObject({
      refused: 'which-group',
    });
  });

  it('is acknowledged for the group in whose place a stand-in got the mail', () => {
    const story = referral().run();
    const alertId = opening(story);
    const lookups = { writtenAs: ['careline-supervisor', 'hart-liaison'] };
    const events = decide(
      story.state,
      'acknowledge-alert',
      { alertId },
      { ...context('careline-supervisor'), lookups },
    );
    expect(events).toMatchObject([{ groups: expect.arrayContaining(['hart-liaison']) }]);
  });

  it('leaves the queue where a second person acknowledges who is of the line', () => {
    const { story, alertId } = invitation();
    story.do('acknowledge-alert', { alertId }, 'seat:dcf').do('acknowledge-alert', { alertId }, 'deputy:medical');
    expect(isShown(story, alertId, 'seat:medical')).toBe(false);
    expect(isShown(story, alertId, 'seat:mental-health')).toBe(true);
  });

  it('leaves the queue where the coordinator telephoned that seat, and not where it was another', () => {
    for (const discipline of ['medical', 'dcf'] as const) {
      const { story, alertId } = invitation();
      story.do('record-alert-call', { alertId, discipline }, 'mdt-coordinator');
      expect([discipline, isShown(story, alertId, 'seat:medical')]).toEqual([discipline, discipline !== 'medical']);
    }
    const { story, alertId } = invitation();
    story.do('record-alert-call', { alertId }, 'mdt-coordinator');
    expect(isShown(story, alertId, 'seat:medical')).toBe(true);
    expect(story.refused('record-alert-call', { alertId, discipline: 'school' }, 'mdt-coordinator')).toBe(
      'not-that-seat',
    );
  });

  it('about a deadline leaves the queue when that is kept', () => {
    const story = referral().run().after('PT15M');
    const reminder = story.all('alert-requested').find(({ kind }) => kind === 'checkpoint')?.alertId ?? '';
    expect(rowsOf(story, reminder)).toMatchObject([{ id: reminder, rule: 'D1', queue: 'unreached' }]);
    story.do('classify-report', { track: 'investigation' });
    expect(rowsOf(story, reminder)[0]).not.toHaveProperty('queue');
  });
});
