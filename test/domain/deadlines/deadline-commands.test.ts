import { describe, expect, it } from 'vitest';
import { viewDeadline } from '../../../shared/application/read/view.ts';
import { commandNamed, decide } from '../../../shared/domain/commands.ts';
import type { Role } from '../../../shared/domain/core/vocabulary.ts';
import { type DeadlineRule, extensionOf, ruleIn } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

const rulesOf = (kind: string) => policy.deadlines.filter((rule) => rule.kind === kind).map(({ id }) => id);
const idOf = (story: Story, rule: string) => ({ deadlineId: story.deadline(rule).id });
const notice = { covers: ['state'], agencyId: 'PD-HARTFORD', method: 'phone' };
const willNot = { reasonCode: 'staffing', willBeKept: false };

describe('more time', () => {
  it.each(rulesOf('statute'))('is never given to %s, which is law', (rule) => {
    const story = sceneOf(rule);
    expect(story.refused('extend-deadline', { ...idOf(story, rule), due: '2027-01-01T00:00:00Z' })).toBe('statutory');
  });

  it.each(rulesOf('policy'))('may be given to %s, which is practice', (rule) => {
    const story = sceneOf(rule);
    const by = extensionOf(ruleIn(policy, rule), policy)?.by[0];
    const due = new Date(Date.parse(story.deadline(rule).due) + 3_600_000).toISOString();
    story.do('extend-deadline', { ...idOf(story, rule), due }, by);
    expect(story.deadline(rule).due).toBe(due);
  });

  it('is never given to what was missed: that is explained', () => {
    const story = referral().run().after('PT4H');
    expect(story.deadline('D8').missed).toBe(true);
    expect(story.refused('extend-deadline', { ...idOf(story, 'D8'), due: '2026-11-09T21:00:00Z' })).toBe(
      'missed-already',
    );
  });

  it('starts the reminders anew from the first start, and makes up for none that has passed', () => {
    const story = referral().run().after('PT3H');
    story.do('extend-deadline', { ...idOf(story, 'D8'), due: '2026-11-09T21:00:00Z' });
    expect(story.deadline('D8')).toMatchObject({ missed: false, raised: [] });
    story.after('PT3H');
    // Half of the six hours had passed when it was given; three quarters are at 14:30 New York time.
    expect(story.deadline('D8').raised).toEqual([
      { kind: 'warn', at: '2026-11-09T19:30:00Z' },
      { kind: 'due', at: '2026-11-09T21:00:00.000Z' },
    ]);
    expect(story.deadline('D8').missed).toBe(true);
  });

  it.each([
    ['before the present due instant', '2026-11-09T18:59:00Z'],
    ['the same instant', '2026-11-09T19:00:00Z'],
  ])('moves a deadline later only: %s is refused', (_, due) => {
    const story = referral().run();
    expect(story.refused('extend-deadline', { ...idOf(story, 'D8'), due })).toBe('not-later');
  });

  it('goes up to where the policy says and no further, however often it is given', () => {
    const story = referral().run();
    const extend = (due: string) => story.refused('extend-deadline', { ...idOf(story, 'D8'), due });
    // D8 was due at 2 PM.
    expect(extend('2026-11-10T19:00:01Z')).toBe('too-far');
    expect(extend('2026-11-10T15:00:00Z')).toBe('accepted');
    expect(extend('2026-11-10T19:00:01Z')).toBe('too-far');
    expect(extend('2026-11-10T19:00:00Z')).toBe('accepted');
  });

  it.each([
    ['D17', 4],
    ['D9', 24],
    ['D21', 12],
    ['D31', 2],
    ['D28', 72],
    ['D37a', 48],
    ['D37f', 4],
  ])('puts %s off by %i hours at most: a child waits for it', (rule, hours) => {
    const story = sceneOf(rule);
    const later = (seconds: number) =>
      new Date(Date.parse(story.deadline(rule).dueByRule) + hours * 3_600_000 + seconds * 1000).toISOString();
    const by = extensionOf(ruleIn(policy, rule), policy)?.by[0];
    const extend = (due: string) => story.refused('extend-deadline', { ...idOf(story, rule), due }, by);
    expect(extend(later(1))).toBe('too-far');
    expect(extend(later(0))).toBe('accepted');
  });

  it('never goes past the hard stop of the evidence', () => {
    const story = referral({ danger: 'no', lastAssaultAt: '2026-11-04T20:00:00Z' }).run();
    const { due, hardStop } = story.deadline('D17');
    expect([due, hardStop]).toEqual(['2026-11-09T19:00:00Z', '2026-11-09T20:00:00Z']);
    const extend = (to: string) => story.refused('extend-deadline', { ...idOf(story, 'D17'), due: to });
    expect(extend('2026-11-09T20:00:01Z')).toBe('too-far');
    expect(extend('2026-11-09T20:00:00Z')).toBe('accepted');
  });

  it.each(['extend-deadline', 'find-not-applicable'] as const)('asks for a reason that says something: %s', (name) => {
    const asked = (reason: string) =>
      commandNamed(name)
        .input.safeParse({ reason })
        .error?.issues.some(({ path }) => path[0] === 'reason') ?? false;
    for (const empty of ['', 'x', 'ok', '         .', 'too short']) expect(asked(empty), empty).toBe(true);
    expect(asked('A storm closed the road.')).toBe(false);
  });

  it('is shown with who may give it and up to when, and never for law', () => {
    const story = referral().run();
    const view = viewDeadline(story.deadline('D8'), story.state, policy);
    expect(view.extension).toEqual({ by: policy.extension.by, until: '2026-11-10T19:00:00Z' });
    expect(viewDeadline(story.deadline('D3'), story.state, policy)).not.toHaveProperty('extension');
    story.do('assign-liaison', { personId: 'LIAISON-1' });
    expect(viewDeadline(story.deadline('D8'), story.state, policy)).not.toHaveProperty('extension');
  });

  it('is only for the people that the rule names', () => {
    const story = referral().run();
    const rule = policy.deadlines.find(({ id }) => id === 'D8') as DeadlineRule;
    const own: DeadlineRule = { ...rule, extension: { ...policy.extension, by: ['hart-director'] } };
    const stricter = { ...policy, deadlines: [own] };
    const ask = (role: Role) =>
      decide(
        story.state,
        'extend-deadline',
        { ...idOf(story, 'D8'), due: '2026-11-12T12:00:00Z', reason: 'T9' },
        { now: story.now, policy: stricter, person: { id: 'P-PERSON', roles: [role] } },
      );
    expect(ask('area-director')).toMatchObject({ refused: 'not-theirs' });
    expect(ask('hart-director')).toMatchObject([{ type: 'deadline-extended' }]);
  });

  it("is the chair's to give for the team's own clocks, and for none of the department's", () => {
    const of = (rule: string) => extensionOf(ruleIn(policy, rule), policy)?.by;
    for (const rule of ['D15', 'D16', 'D20', 'D32']) expect(of(rule), rule).toContain('mdt-chair');
    for (const rule of ['D8', 'D9', 'D10', 'D21', 'D33']) expect(of(rule), rule).not.toContain('mdt-chair');
  });

  it('is given by those who may give the command at all', () => {
    for (const rule of policy.deadlines) {
      for (const role of extensionOf(rule, policy)?.by ?? [])
        expect(commandNamed('extend-deadline').roles, rule.id).toContain(role);
    }
  });

  it('needs a supervisor, and a deadline that is open and exists', () => {
    const story = referral().run();
    const due = '2026-11-12T12:00:00Z';
    expect(() => story.do('extend-deadline', { ...idOf(story, 'D8'), due }, 'caseworker')).toThrow('may not');
    expect(story.refused('extend-deadline', { deadlineId: 'D99', due })).toBe('no-such-deadline');
    story.do('assign-liaison', { personId: 'LIAISON-1' });
    expect(story.refused('extend-deadline', { ...idOf(story, 'D8'), due })).toBe('deadline-closed');
  });
});

describe('an act recorded later', () => {
  it('keeps the deadline at its true time: nothing was missed that needs a reason', () => {
    const story = referral()
      .run()
      .after('P1D')
      .do('notify-police', { ...notice, at: '2026-11-09T18:00:00Z' });
    expect(story.deadline('D3')).toMatchObject({ status: 'kept', late: false, keptAt: '2026-11-09T18:00:00.000Z' });
    expect(story.commits.at(-1)?.at).toBe('2026-11-10T15:00:00.000Z');
    expect(story.refused('explain-miss', { ...idOf(story, 'D3'), ...willNot })).toBe('deadline-closed');
  });

  it('cannot lie ahead, but for five minutes of clocks that differ', () => {
    const story = referral().run();
    expect(story.refused('notify-police', { ...notice, at: '2026-11-09T15:05:01Z' })).toBe('in-the-future');
    expect(story.refused('notify-police', { ...notice, at: '2026-11-09T15:05:00Z' })).toBe('accepted');
  });
});

describe('a statutory deadline that was missed', () => {
  const missed = () => referral().run().after('P1D');

  it('and kept late needs a reason and another person to countersign', () => {
    const story = missed().do('notify-police', notice);
    expect(story.deadline('D3')).toMatchObject({ status: 'kept', late: true, missed: true });
    const owed = 'Not kept in time, needs a reason and a countersignature: Notify law enforcement (rule D3).';
    expect(story.unmet()).toContain(owed);
    expect(story.refused('countersign-miss', idOf(story, 'D3'), 'area-supervisor')).toBe('not-explained');
    story.do('explain-miss', { ...idOf(story, 'D3'), ...willNot, willBeKept: true }, 'area-supervisor');
    expect(story.refused('countersign-miss', idOf(story, 'D3'), 'area-supervisor')).toBe('second-person');
    expect(story.unmet()).toContain(owed);
    story.do('countersign-miss', idOf(story, 'D3'), 'area-supervisor/2');
    expect(story.unmet()).not.toContain(owed);
    expect(story.refused('countersign-miss', idOf(story, 'D3'), 'hart-lead')).toBe('already-signed');
  });

  it('and will not be kept at all ends only with the second signature', () => {
    const story = missed().do('explain-miss', { ...idOf(missed(), 'D3'), ...willNot }, 'caseworker');
    expect(story.deadline('D3').status).toBe('open');
    story.do('countersign-miss', idOf(story, 'D3'), 'hart-lead');
    expect(story.deadline('D3').status).toBe('missed-closed');
  });

  it('needs a new signature for each new explanation', () => {
    const story = missed();
    story.do('explain-miss', { ...idOf(story, 'D3'), ...willNot, willBeKept: true }, 'caseworker');
    story.do('countersign-miss', idOf(story, 'D3'), 'hart-lead');
    story.do('explain-miss', { ...idOf(story, 'D3'), reasonCode: 'other', reason: 'Another.', willBeKept: false });
    expect(story.deadline('D3').countersignedBy).toBeUndefined();
    story.do('countersign-miss', idOf(story, 'D3'), 'hart-lead');
    expect(story.deadline('D3').status).toBe('missed-closed');
  });
});

describe('an explanation', () => {
  it('with the code "other" needs words, and a deadline that runs needs none', () => {
    const story = referral().run();
    expect(story.refused('explain-miss', { ...idOf(story, 'D8'), ...willNot })).toBe('not-missed');
    story.after('PT5H');
    expect(story.refused('explain-miss', { ...idOf(story, 'D8'), ...willNot, reasonCode: 'other' })).toBe(
      'reason-missing',
    );
    expect(story.refused('explain-miss', { deadlineId: 'D99', ...willNot })).toBe('no-such-deadline');
  });

  it('ends a missed deadline of practice when a supervisor says that it will not be kept', () => {
    const story = referral().run().after('PT5H');
    expect(story.refused('explain-miss', { ...idOf(story, 'D8'), ...willNot }, 'caseworker')).toBe('supervisor-needed');
    story.do('explain-miss', { ...idOf(story, 'D8'), ...willNot }, 'hart-lead');
    expect(story.deadline('D8').status).toBe('missed-closed');
    expect(story.refused('explain-miss', { ...idOf(story, 'D8'), ...willNot })).toBe('deadline-closed');
  });
});

describe('that a deadline does not apply', () => {
  it('is for a lawyer alone to find, of any deadline', () => {
    expect(commandNamed('find-not-applicable').roles).toEqual(['legal']);
    for (const { id: rule } of policy.deadlines) {
      const story = sceneOf(rule);
      story.do('find-not-applicable', idOf(story, rule));
      expect(story.deadline(rule).status, rule).toBe('not-applicable');
    }
  });

  it('is found of an open deadline only', () => {
    const story = referral().run().do('start-response');
    expect(story.refused('find-not-applicable', idOf(story, 'D6'))).toBe('deadline-closed');
  });
});
