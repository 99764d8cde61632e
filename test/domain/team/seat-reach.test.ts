/** A seat that its invitation did not reach: the coordinator is told, and no clock runs for a person. */
import { describe, expect, test } from 'vitest';
import { isObsolete } from '../../../shared/domain/alerts/alert-watch.ts';
import { beginDecision } from '../../../shared/domain/core/decision.ts';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { seatsNotReached, seatsToCall, tellOfSeatsNotReached } from '../../../shared/domain/team/seat-reach.ts';
import { invitedAt } from '../../../shared/domain/team/seat-silence.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { personOf, referral, type Story } from '../../support/referral-builder.ts';

/** Monday at ten in New York. */
const invited = () => referral().run().screen('high-risk');
const later = (hours: number, from = invited().now) => new Date(Date.parse(from) + hours * 3_600_000).toISOString();
const from = (state: Referral, now: string) =>
  beginDecision(state, { now, actor: { kind: 'function', id: 'sweep' }, policy });

const coordinator = {
  ...personOf('mdt-coordinator'),
  scopes: [{ role: 'mdt-coordinator', scope: 'team-MDT-HARTFORD' }] as const,
};

/** As the sweep tells of them at this instant. */
function told(story: Story, now: string) {
  const decision = from(story.state, now);
  tellOfSeatsNotReached(decision);
  return decision;
}

describe('a seat is not reached', () => {
  test('where nothing shows it two hours after the invitation, and not before', () => {
    const { state } = invited();
    expect(seatsNotReached(state, policy, later(1.9))).toEqual([]);
    expect(seatsNotReached(state, policy, later(2))).toEqual(policy.requiredDisciplines);
  });

  test('where its invitation failed, at once', () => {
    const story = invited();
    const decision = from(story.state, later(0.5));
    const invitation = story.all('alert-requested').find(({ kind }) => kind === 'mdt-invited')?.alertId ?? '';
    decision.add('alert-unreachable', { alertId: invitation, groups: ['seat:medical'] });
    tellOfSeatsNotReached(decision);
    expect(decision.events().slice(1)).toEqual([
      expect.objectContaining({ kind: 'seat-not-reached', to: ['mdt-coordinator'], discipline: 'medical' }),
    ]);
  });

  test('where a call, a mail or an answer shows nothing else', () => {
    const story = invited().do('inform-seat', { discipline: 'dcf' });
    story.do('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
    const left = seatsNotReached(story.state, policy, later(3));
    expect(left).not.toContain('dcf');
    expect(left).not.toContain('medical');
    expect(left).toContain('law-enforcement');
    expect(seatsNotReached(story.tellTeam().state, policy, later(3))).toEqual([]);
  });

  test('only two hours after the quiet hours, in which the mail waits', () => {
    // Nine in the evening: mail waits until eight.
    const story = referral().run().at('2026-11-10T02:00:00Z').screen('high-risk');
    expect(seatsNotReached(story.state, policy, '2026-11-10T14:59:00Z')).toEqual([]);
    expect(seatsNotReached(story.state, policy, '2026-11-10T15:00:00Z')).toEqual(policy.requiredDisciplines);
  });

  test('no later than the warning of the clock of before, at 18 hours, whenever the child was screened', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const story = referral().run().at(later(hour)).screen('high-risk');
      expect(seatsNotReached(story.state, policy, later(hour + 18)), `screened at hour ${hour}`).toEqual(
        policy.requiredDisciplines,
      );
    }
  });

  test('of no ended referral', () => {
    const story = invited()
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-manager');
    expect(seatsNotReached(story.state, policy, later(3))).toEqual([]);
  });
});

describe('the coordinator', () => {
  test('is told of each seat once, and again where it is asked anew', () => {
    const story = invited();
    const decision = told(story, later(2));
    expect(decision.events()).toHaveLength(policy.requiredDisciplines.length);
    expect(seatsNotReached(decision.state(), policy, later(30))).toEqual([]);
    const [seat] = decision.state().team.seats;
    expect(seat && invitedAt(decision.state(), seat)).toBe(story.now);
    const another = invited().after('PT3H').do('confirm-routing', { office: 'MANCHESTER', team: 'MDT-MANCHESTER' });
    expect(seatsNotReached(another.state, policy, later(2, another.now))).toHaveLength(another.state.team.seats.length);
  });

  test('sees which members to call until each was told', () => {
    const decision = told(invited(), later(2));
    const stepsOf = (state: Referral) =>
      nextSteps(state, policy, coordinator, { now: later(3), invitedOnly: false }).filter(({ acts }) =>
        acts.some(({ command }) => command === 'inform-seat'),
      );
    const [step] = stepsOf(decision.state());
    expect(step?.title).toMatch(/^Call each member that no invitation reached: /);
    expect(step?.acts[0]?.choices).toEqual({ discipline: policy.requiredDisciplines });
    for (const discipline of policy.requiredDisciplines)
      decision.add('seat-informed', { discipline, how: 'phone', at: later(3) });
    expect(stepsOf(decision.state())).toEqual([]);
    expect(seatsToCall(decision.state())).toEqual([]);
  });

  test('gets no mail of it any more once the seat was told', () => {
    const decision = told(invited(), later(2));
    const alerts = () => Object.values(decision.state().alerts).filter(({ kind }) => kind === 'seat-not-reached');
    expect(alerts().some((alert) => isObsolete(alert, decision.state()))).toBe(false);
    decision.add('seat-informed', { discipline: 'medical', how: 'phone', at: later(3) });
    expect(alerts().filter((alert) => isObsolete(alert, decision.state()))).toMatchObject([{ discipline: 'medical' }]);
  });
});
