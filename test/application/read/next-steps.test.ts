/** The next steps of the API, as a script reads them that takes the first choice of each field. */

import { describe, expect, it } from 'vitest';
import { viewNextSteps } from '../../../shared/application/read/next-steps.ts';
import { dutiesNow, mayCall } from '../../../shared/domain/calls/calls.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { sceneOf } from '../../support/scenes.ts';

type Told = Pick<Story, 'state' | 'policy' | 'now'>;

const stepsFor = ({ state, policy, now }: Told, as: string) =>
  viewNextSteps(state, policy, { ...visitor(as), at: now });
const actIn = (story: Told, as: string, command: string) =>
  stepsFor(story, as)
    .flatMap(({ acts }) => acts)
    .find((act) => act.command === command);
const fieldsIn = (story: Told, as: string, command: string) => actIn(story, as, command)?.fields ?? [];

/** A referral whose routing follows from its places and waits for a person to confirm it. */
const unconfirmed = (): Told => {
  const { state, policy, now } = referral().run();
  const { routing } = state.places;
  if (!routing) throw new Error('The story has no routing.');
  return { policy, now, state: { ...state, places: { ...state.places, routing: { ...routing, confirmed: false } } } };
};

describe('the office and team to confirm', () => {
  const fields = (story: Told) => fieldsIn(story, 'careline-worker', 'confirm-routing');
  const firsts = (story: Told) => fields(story).map(({ name, choices }) => [name, choices?.[0]]);

  it('begin with those of the referral, and all others follow', () => {
    expect(firsts(unconfirmed())).toEqual([
      ['office', 'HARTFORD'],
      ['team', 'MDT-HARTFORD'],
    ]);
    for (const { choices = [] } of fields(unconfirmed())) {
      expect(choices.length).toBeGreaterThan(5);
      expect(new Set(choices).size).toBe(choices.length);
    }
  });

  it('begin with those that a corrected place leads to', () => {
    const story = sceneOf('D37e');
    const { office, team, responseOffice } = story.state.places.suggestedRouting ?? {};
    expect(firsts(story)).toEqual([
      ['office', office],
      ['team', team],
      ...(responseOffice === undefined ? [] : [['responseOffice', responseOffice]]),
    ]);
  });

  it('name the office as the pages do', () => {
    expect(fields(unconfirmed())[0]?.label).toBe('Responsible office');
  });
});

describe('whom to call about a child in danger', () => {
  const inDanger = () => referral({ danger: 'yes' }).run();
  const actsOn = (story: Story, as: string, rule: string) =>
    stepsFor(story, as)
      .find((step) => step.rule === rule)
      ?.acts.map(({ command }) => command) ?? [];

  it('is a step of the Careline worker, who records the call', () => {
    expect(actsOn(inDanger(), 'careline-worker', 'D6')).toEqual(['record-call']);
    const act = actIn(inDanger(), 'careline-worker', 'record-call');
    expect(act).toMatchObject({ settles: false, input: { deadlineId: expect.any(String) } });
    expect(act?.fields).toContainEqual(
      expect.objectContaining({ name: 'personId', listedAt: '/referrals/CR-7F3KD-9QXMT2/calls' }),
    );
    expect(act?.fields).toContainEqual(
      expect.objectContaining({ name: 'result', choices: expect.arrayContaining(['reached']) }),
    );
  });

  it.each(['D1', 'D6', 'D21'])('is a step of the director on call about %s, who says "I have this child"', (rule) => {
    const story = inDanger();
    const step = stepsFor(story, 'director-oncall').find((each) => each.rule === rule);
    const called = step?.call && 'roles' in step.call ? step.call.roles : [];
    const rings = story.deadline(rule).ring !== undefined;
    expect(actsOn(story, 'director-oncall', rule)).toEqual(rings ? ['answer-alarm', 'record-call'] : ['record-call']);
    expect([called.includes('director-oncall'), rule]).toEqual([true, rule]);
  });

  it('comes after the act that keeps the duty', () => {
    expect(actsOn(inDanger(), 'area-oncall', 'D6')).toEqual(['start-response', 'answer-alarm', 'record-call']);
  });

  it('is no step once a person has the child', () => {
    const story = inDanger();
    story.do(
      'record-call',
      { deadlineId: story.deadline('D6').id, personId: 'AREA-ONCALL', result: 'reached' },
      'careline-worker',
    );
    expect(actsOn(story, 'careline-worker', 'D6')).toEqual([]);
    expect(actsOn(story, 'area-oncall', 'D6')).toEqual(['start-response']);
  });

  it.each(['careline-worker', 'director-oncall', 'area-oncall', 'hart-lead', 'legal', 'caseworker'])(
    'is offered to %s for the duties that the domain accepts a call about, and no others',
    (as) => {
      const story = inDanger();
      const { state, policy } = story;
      const offered = stepsFor(story, as).flatMap(({ deadlineId, acts }) =>
        acts.some(({ command }) => command === 'record-call') ? [deadlineId] : [],
      );
      const called = dutiesNow(state, policy).filter((each) => mayCall(visitor(as).roles, each, state, policy));
      expect(offered.toSorted()).toEqual(called.map(({ id }) => id).toSorted());
    },
  );
});
