import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { conditionsOfClosure } from '../../../shared/domain/closure/conditions-of-closure.ts';
import { type CommandName, decide } from '../../../shared/domain/commands.ts';
import { beginDecision } from '../../../shared/domain/core/decision.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { openDeadlines } from '../../../shared/domain/deadlines/open-deadlines.ts';
import type { Event } from '../../../shared/domain/events.ts';
import { fold } from '../../../shared/domain/fold.ts';
import type { ClockFault } from '../../../shared/domain/intake/clock-fault.ts';
import { openingEvents, openMissingClocks } from '../../../shared/domain/intake/opening.ts';
import { alarmClassOfAlert } from '../../../shared/domain/policy/alarm-classes.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { mergeBlockers } from '../../../shared/domain/same-child/merge-blockers.ts';
import { withBrokenCalendar } from '../../support/broken-calendar.ts';
import { reports } from '../../support/random-story.ts';
import { monday, personOf, referral, referralId, type Told } from '../../support/referral-builder.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const other = 'CR-3KT8P-BMNPNT';
const actor = { kind: 'person', id: 'CARELINE-WORKER' } as const;
const brokenPolicy = withBrokenCalendar(() => true);
/** The rules of these clocks give an instant that could not be read again. */
const without = (...rules: readonly string[]): Policy => ({
  ...connecticutPolicy,
  deadlines: connecticutPolicy.deadlines.map((rule) =>
    rules.includes(rule.id) ? { ...rule, duration: { unit: 'hours', amount: 1e9 } as const } : rule,
  ),
});
const ignore = () => {};

/** The first commit of a report under these rules, with the faults that it noted. */
function opening(told: Told, policy: Policy, candidates?: readonly string[]) {
  const story = referral(told);
  const [opened] = story.all('referral-opened');
  if (!opened) throw new Error('A story begins with a report.');
  const faults: ClockFault[] = [];
  const asked = candidates && { candidates: { candidates: [...candidates] } };
  const context = { now: story.now, policy, actor };
  const events = openingEvents({ referralId, opened, ...asked }, context, (fault) => faults.push(fault));
  return { events, faults, now: story.now, state: folded([events], story.now) };
}

function folded(commits: readonly (readonly Event[])[], at = monday): Referral {
  const state = fold(
    referralId,
    commits.map((events, index) => ({ seq: index + 1, at, actor, events })),
  );
  if (!state) throw new Error('The commits left no referral.');
  return state;
}

const missing = (events: readonly Event[], now = monday, policy = connecticutPolicy): readonly Event[] => {
  const decision = beginDecision(folded([events], now), { now, policy, actor });
  openMissingClocks(decision, ignore);
  return decision.events();
};

const clocksOf = ({ deadlines }: Referral) =>
  Object.values(deadlines).map(({ id, start, due, status }) => `${id} ${start} ${due} ${status}`);
const alertsOf = ({ alerts }: Referral) =>
  Object.values(alerts).map(({ kind, to, deadlineId }) => [kind, to, deadlineId]);

describe('the first commit of a referral', () => {
  it('has the report, its clocks from the time of call, the news of it, and one call for all urgent duties', () => {
    const { events, faults } = opening({ danger: 'yes', recordedAt: '2026-11-09T17:00:00.000Z' }, connecticutPolicy);
    expect(faults).toEqual([]);
    expect(events[0]).toMatchObject({ type: 'referral-opened' });
    expect(events[0]).not.toHaveProperty('clocksMissing');
    const opened = events.flatMap((each) => (each.type === 'deadline-opened' ? [each] : []));
    expect(opened.map(({ rule }) => rule)).toEqual(['D1', 'D3', 'D4', 'D6', 'D8', 'D9', 'D21', 'D39']);
    for (const { start } of opened) expect(start).toBe(monday);
    const asked = events.flatMap((each) => (each.type === 'alert-requested' ? [each] : []));
    expect(asked.map(({ kind, ...about }) => [kind, ...deadlineIdsOf(about)].join(' '))).toEqual([
      'referral-opened',
      'referral-opened',
      `checkpoint ${referralId}.D1.1 ${referralId}.D6.1 ${referralId}.D39.1`,
    ]);
  });

  it('names the candidates that were found, and leaves the question about them to the first step', () => {
    const { state } = opening({}, connecticutPolicy, [other]);
    expect(state.sameChild.candidates).toEqual([other]);
    expect(openDeadlines(state).some(({ rule }) => rule === 'D31')).toBe(false);
  });
});

describe('a report whose clocks cannot be computed', () => {
  it('is stored whole, says so, opens no clock, and still tells the people with a duty', () => {
    const { events, faults, state } = opening({ danger: 'yes' }, brokenPolicy, [other]);
    const whole = opening({ danger: 'yes' }, connecticutPolicy, [other]).state;
    expect(faults.map(({ rule, cause }) => [rule, cause])).toEqual(
      openDeadlines(whole).map(({ rule }) => [rule, expect.any(RangeError)]),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'referral-opened',
      'candidates-found',
      'alert-requested',
      'alert-requested',
    ]);
    expect(state).toMatchObject({ stage: 'open', pathway: { clocksMissing: true }, deadlines: {} });
    expect(alertsOf(state)).toEqual(alertsOf(whole).filter(([kind]) => kind === 'referral-opened'));
    for (const alert of Object.values(state.alerts)) expect(alarmClassOfAlert(alert, state, brokenPolicy)).toBe('now');
  });

  it('opens every other clock where one cannot be computed, and names the rule of that one', () => {
    const { events, faults, state } = opening({ danger: 'yes' }, without('D3'));
    const whole = opening({ danger: 'yes' }, connecticutPolicy).state;
    expect(faults.map(({ name, referralId: about, rule }) => [name, about, rule])).toEqual([
      ['ClockFault', referralId, 'D3'],
    ]);
    expect(events[0]).toMatchObject({ type: 'referral-opened', clocksMissing: true });
    expect(clocksOf(state)).toEqual(clocksOf(whole).filter((clock) => !clock.includes('.D3.')));
    expect(alertsOf(state)).toEqual(alertsOf(whole));
  });

  it('is stored where even the logger throws', () => {
    const [opened] = referral().all('referral-opened');
    if (!opened) throw new Error('A story begins with a report.');
    const context = { now: monday, policy: without('D3'), actor };
    const events = openingEvents({ referralId, opened }, context, () => {
      throw new Error('No log today.');
    });
    expect(events[0]).toMatchObject({ type: 'referral-opened', clocksMissing: true });
  });

  it('gets from each sweep the clocks that can be computed by then, each once', () => {
    const first = opening({ danger: 'yes' }, without('D3', 'D8')).events;
    const none = missing(first, monday, without('D3', 'D8'));
    expect(none).toEqual([]);
    const some = missing(first, monday, without('D8'));
    expect(some[0]).toEqual({ type: 'swept', v: 1, found: 'some-clocks' });
    const between = folded([first, some]);
    expect(between.pathway.clocksMissing).toBe(true);
    const last = missing([...first, ...some]);
    expect(last[0]).toEqual({ type: 'swept', v: 1, found: 'no-clocks' });
    const after = folded([first, some, last]);
    const whole = opening({ danger: 'yes' }, connecticutPolicy).state;
    expect(clocksOf(after).toSorted()).toEqual(clocksOf(whole).toSorted());
    expect(after.pathway).toEqual(whole.pathway);
    // The people of a late clock are told when it opens.
    const late = [some, last].map((events) => events.filter(({ type }) => type === 'alert-requested').length);
    expect(late).toEqual([1, 1]);
  });

  it('is never refused, whatever it says', () => {
    fc.assert(
      fc.property(reports, (told) => {
        expect(opening(told, brokenPolicy).state.pathway.clocksMissing).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('gets later the clocks and calls that its first commit would have had, once, and tells of them again', () => {
    fc.assert(
      fc.property(reports, (report) => {
        const { events, now, state } = opening(report, brokenPolicy);
        const repair = missing(events, now);
        const [repaired, whole] = [folded([events, repair], now), opening(report, connecticutPolicy).state];
        expect(repair[0]).toEqual({ type: 'swept', v: 1, found: 'no-clocks' });
        expect(clocksOf(repaired)).toEqual(clocksOf(whole));
        const told = alertsOf(state);
        const isNews = ([kind]: (typeof told)[number]) => kind === 'referral-opened' || kind === 'checkpoint';
        expect(alertsOf(repaired)).toEqual([...told, ...alertsOf(whole).filter(isNews)]);
        expect(repaired.pathway).toEqual(whole.pathway);
        const again = beginDecision(repaired, { now, policy: connecticutPolicy, actor });
        openMissingClocks(again, ignore);
        expect(again.events()).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('while the clocks are missing', () => {
  const { events, state } = opening({ danger: 'yes' }, brokenPolicy);
  const act = (name: CommandName, input: object, as: string) => {
    const decision = decide(state, name, input, { now: monday, policy: connecticutPolicy, person: personOf(as) });
    if (isRefusal(decision)) throw new Error(decision.sentence);
    return decision;
  };

  it('a command is possible, and the sweep opens afterwards what is still owed', () => {
    const done = act('report-missing', {}, 'careline-worker');
    const decision = beginDecision(folded([events, done]), { now: monday, policy: connecticutPolicy, actor });
    openMissingClocks(decision, ignore);
    const open = openDeadlines(decision.state()).map(({ rule }) => rule);
    expect(open).toEqual(expect.arrayContaining(['D1', 'D3', 'D6', 'D8', 'D9', 'D12a', 'D12b']));
    expect(open.filter((rule) => rule === 'D12a')).toHaveLength(1);
  });

  it('neither side is merged, because its clocks would be lost', () => {
    const whole = referral({ danger: 'yes' }).state;
    expect(mergeBlockers(state, { other: whole }, monday)?.refused).toBe('clocks-missing');
    expect(mergeBlockers(whole, { other: state }, monday)?.refused).toBe('clocks-missing');
    expect(mergeBlockers(whole, { other: whole }, monday)).toBeUndefined();
  });

  it('the referral cannot be closed', () => {
    expect(conditionsOfClosure(state, connecticutPolicy)[0]).toBe('Its first deadlines are not open yet.');
    expect(conditionsOfClosure(referral().state, connecticutPolicy)).not.toContain(
      'Its first deadlines are not open yet.',
    );
  });

  it('another office or other rules do not make the system forget it', () => {
    const story = referral({ team: 'none' });
    const routing = { town: 'Danbury', region: 5, office: 'DANBURY', judicialDistrict: 'Danbury', team: 'MDT-DANBURY' };
    const moved = folded([events, [{ type: 'routing-confirmed', v: 1, routing: { ...routing, confirmed: true } }]]);
    expect(moved.pathway.clocksMissing).toBe(true);
    expect(story.state.pathway.clocksMissing).toBeUndefined();
  });

  it('a withdrawn referral gets the clocks of the law alone', () => {
    const ended = folded([events, [{ type: 'withdrawn', v: 1, because: 'made-in-error' }]] as never);
    const decision = beginDecision(ended, { now: monday, policy: connecticutPolicy, actor });
    openMissingClocks(decision, ignore);
    const open = openDeadlines(decision.state()).map(({ rule }) => rule);
    expect(open).toContain('D3');
    for (const rule of ['D8', 'D9', 'D21']) expect(open).not.toContain(rule);
  });
});
