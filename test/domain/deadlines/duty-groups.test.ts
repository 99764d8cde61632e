/** A task groups duties: one run keeps them, and each of them lives as it would alone. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineIdsOf } from '../../../shared/domain/alerts/alert-duties.ts';
import { isObsolete } from '../../../shared/domain/alerts/alert-watch.ts';
import { type DutyGroup, dutyGroups } from '../../../shared/domain/core/vocabulary.ts';
import { dutiesOf, openDutiesOf, openRuns, runIdOf } from '../../../shared/domain/deadlines/deadline-runs.ts';
import type { Deadline } from '../../../shared/domain/deadlines/deadline-state.ts';
import { nextCheckpoint } from '../../../shared/domain/deadlines/deadlines.ts';
import { openDeadlineOf } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { answerTo, nextOfRun } from '../../../shared/domain/pathway/runs.ts';
import { type DeadlineRule, findRule, type Policy } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { examplesOf, seedOf } from '../../support/examples.ts';
import { type Act, acts, happen, reports } from '../../support/random-story.ts';
import { referral, referralId, type Story, type Told } from '../../support/referral-builder.ts';
import { bringAbout } from '../../support/scenes.ts';

const groupsOf = ({ state }: Story) =>
  Object.values(state.runs)
    .filter(({ group }) => group !== undefined)
    .map(({ id, group, deadlineIds }) =>
      [id, group, ...deadlineIds].map((text = '') => text.replace(`${referralId}.`, '')),
    );

/** A report of a third party about a child who is missing, received on Monday at 10:00 in New York. */
const told: Told = { perpetrators: ['third-party'], missingNow: 'yes', danger: 'no' };
const notified = (milestone: 'state' | 'local') => `police-notified-${milestone}` as const;

describe('a duty whose rule names a group', () => {
  it.each<[DutyGroup, readonly string[]]>([
    ['police-notice', ['D3', 'D4']],
    ['missing-notice', ['D12a', 'D12b']],
    ['service-plan', ['D35a']],
  ])('is of %s: %s', (group, rules) => {
    expect(policy.deadlines.filter((rule) => rule.group === group).map(({ id }) => id)).toEqual(rules);
  });

  it('has a known group, and every group has a rule', () => {
    expect(new Set(policy.deadlines.flatMap(({ group }) => group ?? []))).toEqual(new Set(dutyGroups));
  });

  it('opens the group, or joins the open one of its kind', () => {
    expect(groupsOf(referral(told))).toEqual([
      ['G1', 'police-notice', 'D3.1', 'D4.1'],
      ['G2', 'missing-notice', 'D12A.1', 'D12B.1'],
    ]);
  });

  it('joins later as well, when it turns out that a third party is alleged', () => {
    const story = referral({ perpetrators: ['caregiver'], danger: 'no' })
      .run()
      .after('PT3H');
    expect(groupsOf(story)).toEqual([['G1', 'police-notice', 'D3.1']]);
    story.do('record-facts', { perpetrators: ['caregiver', 'third-party'] });
    expect(groupsOf(story)).toEqual([['G1', 'police-notice', 'D3.1', 'D4.1']]);
  });

  it('opens the next group where each duty of the one before is closed', () => {
    const story = referral({ ...told, perpetrators: ['caregiver'] }).run();
    bringAbout(bringAbout(story, 'police-notified-missing'), 'ncmec-notified');
    story.do('record-return').after('P1D').do('report-missing');
    expect(groupsOf(story)).toEqual([
      ['G1', 'police-notice', 'D3.1'],
      ['G2', 'missing-notice', 'D12A.1', 'D12B.1'],
      ['G3', 'missing-notice', 'D12A.2', 'D12B.2'],
    ]);
  });

  it('says so in the deadline, whose run is that of its group', () => {
    const story = referral(told);
    expect(story.deadline('D4').group).toEqual({ id: `${referralId}.G1`, kind: 'police-notice' });
    expect(runIdOf(story.deadline('D4'))).toBe(`${referralId}.G1`);
    expect(runIdOf(story.deadline('D8'))).toBe(story.deadline('D8').id);
  });
});

/** D3 is due at 22:00. Three hours after the report D4 joins it, and has one hour under these rules. */
function joinedByAnEarlierOne(): Story {
  const urgent = policy.deadlines.map(
    (rule): DeadlineRule => (rule.id === 'D4' ? { ...rule, duration: { unit: 'hours', amount: 1 } } : rule),
  );
  const story = referral({ perpetrators: ['caregiver'], danger: 'no', policy: { ...policy, deadlines: urgent } });
  return story
    .run()
    .after('PT3H')
    .do('record-facts', { perpetrators: ['caregiver', 'third-party'] });
}

it('a duty that joins with an earlier checkpoint moves the wait of the group', () => {
  const story = joinedByAnEarlierOne();
  const wait = { run: 'deadline', runId: `${referralId}.G1`, generation: 1, startedAt: '' } as const;
  // The wait of D3 alone, whose reminder is at 16:00.
  const before = answerTo(story.state, { ...wait, checkpointAt: '2026-11-09T21:00:00Z' }, story.policy);
  const { at } = nextCheckpoint(story.deadline('D4'), story.state, story.policy);
  expect(Date.parse(at)).toBeLessThan(Date.parse('2026-11-09T21:00:00Z'));
  expect(before).toEqual({ outcome: 'moved', checkpointAt: at });
  story.after('PT1H');
  expect([story.deadline('D4').missed, story.deadline('D3').missed]).toEqual([true, false]);
});

describe('a checkpoint that raises several duties at once', () => {
  const raisedOf = (story: Story) =>
    Object.values(story.state.alerts)
      .filter(({ kind, checkpoint }) => kind === 'checkpoint' && checkpoint !== 'ring')
      .filter((alert) => deadlineIdsOf(alert).some((id) => /[.]D[34][.]/.test(id)))
      .map((alert) => [alert.checkpoint, ...deadlineIdsOf(alert).map((id) => id.replace(`${referralId}.`, ''))]);

  /** Calls have alerts of their own, one for each duty. Here the duties only mail. */
  const quiet = (change: Partial<DeadlineRule> = {}): Policy => ({
    ...policy,
    deadlines: policy.deadlines.map(
      (rule): DeadlineRule =>
        rule.group === 'police-notice'
          ? { ...rule, alarm: { ...rule.alarm, class: 'today' }, ...(rule.id === 'D4' && change) }
          : rule,
    ),
  });

  it('asks for one alert, and for one about the open ones alone', () => {
    const story = referral({ ...told, missingNow: 'no', policy: quiet() })
      .run()
      .after('PT10H');
    expect(raisedOf(story)).toEqual([
      ['remind', 'D3.1', 'D4.1'],
      ['warn', 'D3.1', 'D4.1'],
    ]);
    bringAbout(story, notified('state')).after('PT3H');
    expect(raisedOf(story).at(-1)).toEqual(['due', 'D4.1']);
  });

  it('is as severe as the most severe of them, whose people are all told', () => {
    const hour = { duration: { unit: 'hours', amount: 8 } } as const;
    const story = referral({ ...told, missingNow: 'no', policy: quiet(hour) });
    story.at('2026-11-09T23:30:00Z').step('RaiseCheckpoint', `${referralId}.G1`);
    expect(raisedOf(story)).toEqual([['due', 'D4.1', 'D3.1']]);
    const [alert] = Object.values(story.state.alerts).filter(({ alsoAbout }) => alsoAbout !== undefined);
    expect(alert?.to).toEqual(['careline-worker', 'hart-liaison', 'area-director', 'hart-director']);
  });

  it('is acknowledged for each of them, and what is kept of them ends no mail about the other', () => {
    const story = referral({ ...told, missingNow: 'no' })
      .run()
      .after('PT8H');
    const alert = Object.values(story.state.alerts).find(({ alsoAbout }) => alsoAbout !== undefined);
    if (!alert) throw new Error('There is no alert about two duties.');
    bringAbout(story, notified('state'));
    expect(isObsolete(alert, story.state)).toBe(false);
    bringAbout(story, notified('local'));
    expect(isObsolete(alert, story.state)).toBe(true);
  });
});

describe('a tick of one duty', () => {
  it('leaves the other open, with its calls, and the run goes on', () => {
    const story = referral({ ...told, missingNow: 'no' })
      .run()
      .after('PT9H');
    const before = story.deadline('D4');
    expect([story.deadline('D3'), before].map(({ ring }) => ring?.since)).toEqual([story.now, story.now]);
    bringAbout(story, notified('state'));
    expect(story.deadline('D3').status).toBe('kept');
    expect(story.deadline('D4')).toBe(before);
    expect(answerTo(story.state, story.waitOf(`${referralId}.G1`) as never, story.policy)).toBeUndefined();
    story.after('PT3H');
    expect(story.deadline('D4').raised.flatMap(({ kind }) => (kind === 'ring' ? [] : [kind]))).toEqual([
      'remind',
      'warn',
      'due',
    ]);
    expect([story.deadline('D3').missed, story.deadline('D4').missed]).toEqual([false, true]);
  });

  it('of the last open duty ends the run, with the word of all or with "settled"', () => {
    const both = referral({ ...told, missingNow: 'no' }).run();
    const wait = both.waitOf(`${referralId}.G1`);
    bringAbout(bringAbout(both, notified('state')), notified('local'));
    expect(wait && answerTo(both.state, wait, both.policy)).toEqual({ outcome: 'kept' });
    const mixed = referral({ ...told, missingNow: 'no' }).run();
    bringAbout(mixed, notified('state')).do('find-not-applicable', { deadlineId: mixed.deadline('D4').id });
    expect(wait && answerTo(mixed.state, wait, mixed.policy)).toEqual({ outcome: 'settled' });
  });

  it('moves the wait to the next checkpoint of the other', () => {
    const story = joinedByAnEarlierOne();
    const wait = story.waitOf(`${referralId}.G1`);
    bringAbout(story, notified('local'));
    expect(wait && answerTo(story.state, wait, story.policy)).toEqual({
      outcome: 'moved',
      checkpointAt: '2026-11-09T21:00:00Z',
    });
  });
});

describe('the run of a group', () => {
  const both = () => referral({ ...told, missingNow: 'no' }).run();

  it('that is lost is followed by one that raises what each duty owes, once', () => {
    const [lost, whole] = [both(), both()];
    lost.after('PT7H').lose(`${referralId}.G1`).after('PT6H');
    whole.after('PT13H');
    expect(lost.state.runs[`${referralId}.G1`]?.generation).toBe(2);
    for (const rule of ['D3', 'D4']) expect(lost.deadline(rule)).toEqual(whole.deadline(rule));
  });

  it('that starts only after everything has passed raises it all in one commit', () => {
    const story = referral({ ...told, missingNow: 'no' });
    story.at('2026-11-10T03:00:00Z');
    const { length } = story.commits;
    story.step('RaiseCheckpoint', `${referralId}.G1`);
    expect(story.commits).toHaveLength(length + 1);
    expect([story.deadline('D3').missed, story.deadline('D4').missed]).toEqual([true, true]);
    // A repeat after a crash adds nothing.
    expect(story.step('RaiseCheckpoint', `${referralId}.G1`)).toEqual([]);
  });

  it('is not begun anew by a loss of which the next generation knows already', () => {
    const story = both().lose(`${referralId}.G1`);
    const wait = {
      run: 'deadline',
      runId: `${referralId}.G1`,
      checkpointAt: '',
      generation: 1,
      startedAt: '',
    } as const;
    expect(answerTo(story.state, wait, story.policy)).toEqual({ outcome: 'handed-over' });
  });

  it('hands over when its duties together have raised too much, and the next one carries on', () => {
    const story = both().answers().after('P310D');
    expect(story.state.runs[`${referralId}.G1`]?.generation).toBe(2);
    const { length } = story.deadline('D4').raised;
    expect(story.after('P14D').deadline('D4').raised.length).toBeGreaterThan(length);
  });
});

describe('after a merge that is undone', () => {
  it('a group whose duties the merge ended or moved has its next run', () => {
    const story = referral({ ...told, missingNow: 'no', candidates: ['CR-0THER-0NE000'] })
      .run()
      .screen('at-risk');
    story.do('answer-duplicate', { answer: 'same-child-open', of: 'CR-0THER-0NE000' });
    expect(openRuns(story.state).map(({ id }) => id)).not.toContain(`${referralId}.G2`);
    story.do('undo-merge');
    const { runs } = story.state;
    expect([runs[`${referralId}.G1`]?.generation, runs[`${referralId}.G2`]?.generation]).toEqual([2, 2]);
    expect(story.deadline('D35a').status).toBe('open');
    expect(story.waitOf(`${referralId}.G2`)?.generation).toBe(2);
  });
});

/** No person reaches the cap of mails: one mail about two duties counts for each of them. */
const uncapped: Policy = { ...policy, mostAlerts: 10_000 };
/** The same rules, each duty by itself. */
const ungrouped: Policy = { ...uncapped, deadlines: policy.deadlines.map(({ group: _, ...rule }) => rule) };

/** By duty, kind of checkpoint or news, and instant: who is told. */
function toldIn({ state }: Story, isCall: boolean): ReadonlyMap<string, ReadonlySet<string>> {
  const told = new Map<string, Set<string>>();
  for (const alert of Object.values(state.alerts).filter(({ checkpoint }) => (checkpoint === 'ring') === isCall)) {
    for (const id of deadlineIdsOf(alert)) {
      const key = `${id} ${alert.kind} ${alert.requestedAt}`;
      told.set(key, new Set([...(told.get(key) ?? []), ...alert.to, ...alert.people]));
    }
  }
  return told;
}

/** The random lives name alerts by their place. Those of two runs at one instant may be in another order. */
const namesNoAlert = (act: Act) => act.kind !== 'command' || !('alertId' in act.input);
/** Of two checkpoints at one instant, that of the call may come first: another duty's call took this one along. */
const inTime = (raised: Deadline['raised']) =>
  raised.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || one.kind.localeCompare(other.kind));
const dutiesIn = ({ state }: Story) =>
  Object.values(state.deadlines).map(({ group: _, raised, ...deadline }) => ({ ...deadline, raised: inTime(raised) }));
const lives = fc.record({ report: reports, life: acts });
const property = (name: string, holds: (life: { readonly report: Told; readonly life: readonly Act[] }) => void) =>
  it(name, () => fc.assert(fc.property(lives, holds), { seed: seedOf(2026), numRuns: examplesOf(12) }));

describe('in any life', () => {
  property('each duty of a group is raised, rung, kept and missed as it would be alone', ({ report, life }) => {
    const [grouped, alone] = [referral(report).run(), referral({ ...report, policy: ungrouped }).run()];
    for (const act of life.filter(namesNoAlert)) {
      happen(grouped, act);
      happen(alone, act);
      expect(dutiesIn(grouped)).toEqual(dutiesIn(alone));
    }
  });

  property('each duty of a group calls the same people at the same instants as alone, and mails no fewer', (each) => {
    const grouped = referral({ ...each.report, policy: uncapped }).run();
    const alone = referral({ ...each.report, policy: ungrouped }).run();
    for (const act of each.life.filter(namesNoAlert)) {
      happen(grouped, act);
      happen(alone, act);
    }
    expect(toldIn(grouped, true)).toEqual(toldIn(alone, true));
    const [mailed, mailedAlone] = [toldIn(grouped, false), toldIn(alone, false)];
    expect([...mailed.keys()].toSorted()).toEqual([...mailedAlone.keys()].toSorted());
    for (const [key, people] of mailedAlone)
      for (const person of people) expect(mailed.get(key), key).toContain(person);
    expect(Object.keys(grouped.state.alerts).length).toBeLessThanOrEqual(Object.keys(alone.state.alerts).length);
  });

  property('a run waits for the earliest checkpoint of its open duties, and each open duty has one run', (each) => {
    const story = referral(each.report).run();
    for (const act of each.life) {
      happen(story, act);
      const { state } = story;
      for (const { id } of Object.values(state.runs)) {
        const instants = dutiesOf(state, id)
          .filter(({ status }) => status === 'open')
          .map((deadline) => Date.parse(nextCheckpoint(deadline, state, story.policy).at));
        const next = nextOfRun(state, id, story.policy)?.at;
        expect(next && Date.parse(next)).toBe(instants.length === 0 ? undefined : Math.min(...instants));
      }
      const kept = Object.values(state.runs).flatMap(({ deadlineIds }) => deadlineIds);
      expect(kept.toSorted()).toEqual(Object.keys(state.deadlines).toSorted());
    }
  });

  property('a group holds rules of its kind alone', ({ report, life }) => {
    const story = referral(report).run();
    for (const act of life) happen(story, act);
    for (const { id, group } of Object.values(story.state.runs)) {
      for (const { rule } of dutiesOf(story.state, id)) expect(findRule(policy, rule)?.group).toBe(group);
    }
  });
});

it('a group of one kind is closed before the next one opens', () => {
  const story = referral(told).run();
  const open = (kind: DutyGroup) => openRuns(story.state).filter(({ group }) => group === kind);
  expect(open('missing-notice')).toHaveLength(1);
  story.after('PT2H');
  expect(openDutiesOf(story.state, `${referralId}.G2`)).toHaveLength(2);
  expect(openDeadlineOf(story.state, 'D12a')?.missed).toBe(true);
});
