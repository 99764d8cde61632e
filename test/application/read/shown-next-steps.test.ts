/** The next steps of the API, as a script reads them that takes the first choice of each field. */

import { describe, expect, it } from 'vitest';
import { stepsThatWaitOn, viewNextSteps } from '../../../shared/application/read/shown-next-steps.ts';
import { dutiesNow, mayCall } from '../../../shared/domain/calls/calls.ts';
import { visitor } from '../../support/desk.ts';
import { noToAll, personOf, referral, type Story } from '../../support/referral-builder.ts';
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

describe('a service that a provider is asked for', () => {
  const asked = () => sceneOf('D35b');
  const accepted = () => asked().do('accept-linkage', { service: 'education' });

  it.each([
    ['not answered', asked],
    ['accepted', accepted],
  ])('is to be started once, on the page and in the API, %s', (_, scene) => {
    const { state, policy, now } = scene();
    const provider = { ...visitor('contact:PV-1'), at: now };
    const starts = (steps: readonly { readonly acts: readonly { readonly command: string }[] }[]) =>
      steps.filter(({ acts }) => acts.some(({ command }) => command === 'start-linkage'));
    expect(Object.values(state.services.linkages).map(({ contactId }) => contactId)).toContain(provider.id);
    expect(starts(stepsThatWaitOn(state, policy, provider))).toMatchObject([{ rule: 'D35b' }]);
    expect(starts(viewNextSteps(state, policy, provider))).toMatchObject([{ rule: 'D35b' }]);
    expect(stepsThatWaitOn(state, policy, provider)).toHaveLength(1);
  });
});

describe('a proposal that waits for a second person', () => {
  const proposed = (as: string) =>
    referral({ danger: 'yes' }).run().do('assess-danger', { danger: 'no', reason: 'Seen safe at home.' }, as);
  const stepOf = ({ state, policy, now }: Told, as: string) => {
    const reader = { ...visitor(as), id: personOf(as).id, at: now };
    const step = viewNextSteps(state, policy, reader).find(({ rule }) => rule === 'D37h');
    return step && { ...step, acts: step.acts.filter(({ command }) => command !== 'record-call') };
  };

  it('is answered by another person', () => {
    const step = stepOf(proposed('area-supervisor'), 'area-supervisor/2');
    expect(step?.title).toBe('Approve or decline the lower danger level: no danger now');
    expect(step?.acts.map(({ command }) => command)).toEqual(['agree-lowering', 'refuse-proposal']);
  });

  it.each(['area-supervisor', 'caseworker'])('tells the %s who proposed it which roles it waits for', (as) => {
    const step = stepOf(proposed(as), as);
    expect(step?.title).toBe('Waits for a second person to approve or decline the lower danger level: no danger now');
    expect(step?.note).toBe(
      'One of these must answer: Careline supervisor, Careline manager, area supervisor, area director or director on call. You can take it back.',
    );
    expect(step?.waitsOnYou).toBe(true);
    expect(step?.acts).toMatchObject([
      { command: 'refuse-proposal', button: 'Take your proposal back', input: { proposal: 'lowering' } },
    ]);
  });
});

describe('the calls about a child in danger', () => {
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

  it.each(['D1', 'D6', 'D21'])('is a step of the director on call about %s, who says "I\'m handling this"', (rule) => {
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

describe('the decision on the notice to the parents', () => {
  const cleared = () =>
    referral({ perpetrators: ['third-party'] })
      .run()
      .do('classify-report', { track: 'investigation' })
      .do('answer-checklist', { answers: noToAll });
  const unsure = () => sceneOf('D38');
  const stepOf = (story: Story, as: string) => stepsFor(story, as).find(({ rule }) => rule === 'D38');

  it('says to the caseworker why a parent is not told yet, and who can confirm it', () => {
    expect(unsure().refused('record-parents-notice', { method: 'phone' })).toBe('caregiver-not-cleared');
    const step = stepOf(unsure(), 'caseworker');
    expect(step?.acts.map(({ command }) => command)).toEqual(['withhold-parents-notice']);
    expect(step?.note).toBe(
      'Tell no one of the family yet: no one knows whether a caregiver had a part in it. Withhold the notice, or ask the area supervisor to confirm it.',
    );
  });

  it('waits on the area supervisor, who confirms it, and then no more', () => {
    const story = unsure();
    expect(stepOf(story, 'area-supervisor')).toMatchObject({ waitsOnYou: true });
    expect(stepOf(story, 'area-supervisor')?.acts[0]?.command).toBe('approve-parents-notice');
    story.do('approve-parents-notice', { reason: 'Invented words.' }, 'area-supervisor');
    expect(stepOf(story, 'area-supervisor')?.waitsOnYou).toBe(false);
    expect(stepOf(story, 'caseworker')?.note).toBeUndefined();
    expect(stepOf(story, 'caseworker')?.acts[0]?.command).toBe('record-parents-notice');
  });

  it('says that another parent may be told where a caregiver is named', () => {
    const story = unsure().do('record-facts', { perpetrators: ['caregiver'] });
    expect(stepOf(story, 'caseworker')?.note).toBe(
      'Do not tell the caregiver who is said to have had a part in it. Tell another person, withhold the notice, or ask the area supervisor to confirm it.',
    );
  });

  it('has no such note where no caregiver had a part in it', () => {
    expect(stepOf(cleared(), 'caseworker')).toMatchObject({ rule: 'D38' });
    expect(stepOf(cleared(), 'caseworker')?.note).toBeUndefined();
  });
});
