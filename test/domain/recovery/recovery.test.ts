/** The plan for the next time the child is missing, and the talk that is offered after a return. */
import { describe, expect, test } from 'vitest';
import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import { asStep } from '../../../shared/application/read/shown-events.ts';
import { roles } from '../../../shared/domain/core/vocabulary.ts';
import { factRow } from '../../../shared/domain/facts/fact-row.ts';
import { recoverySteps } from '../../../shared/domain/recovery/recovery-steps.ts';
import { memberOf, referral, type Story } from '../../support/referral-builder.ts';
import { signed } from '../../support/scenes.ts';

const teamed = () => signed(referral({ missingNow: 'yes' }).run().screen('confirmed').tellTeam());
const plan = { readers: ['law-enforcement', 'victim-advocate'], lookFirst: 'Words.' };
const returned = () => teamed().at('2026-11-10T15:00:00Z').do('record-return', {});
const stepsOf = ({ state, now }: Story) => recoverySteps(state, now).map(({ acts: [act] }) => act?.input);

describe('the plan', () => {
  test('is read by the seats that its author named, and by no one else', () => {
    const { state, now } = teamed().do('write-recovery-plan', plan, 'seat:victim-advocate');
    const reads = (id: string, role: (typeof roles)[number]) =>
      fieldsFor(state, {
        id,
        name: '',
        title: '',
        roles: [role],
        scopes: [{ role, scope: role.startsWith('mdt-c') ? `team-${state.team.id}` : 'state' }],
        at: now,
      }).has('recoveryPlan');
    const readers = state.team.seats.filter(({ personId }) => reads(personId, 'mdt-member'));
    expect(readers.map(({ discipline }) => discipline).toSorted()).toEqual(['law-enforcement', 'victim-advocate']);
    expect(roles.filter((role) => reads('P-OTHER', role))).toEqual([]);
    expect(memberOf('medical').personId).not.toBe('');
  });

  test('takes the place of the whole plan before, so that a new reader learns nothing of it', () => {
    const story = teamed().do('write-recovery-plan', { ...plan, safeWords: 'Blue.' }, 'caseworker');
    story.do('write-recovery-plan', { readers: ['medical'], callFirst: 'Words.' }, 'seat:medical');
    expect(Object.keys(story.state.recovery?.plan?.texts ?? {})).toEqual(['callFirst']);
    expect(story.state.recovery?.plan?.readers).toEqual(['medical']);
  });

  test('is always read by the seat of its author too', () => {
    const story = teamed().do('write-recovery-plan', { ...plan, readers: ['medical'] }, 'seat:victim-advocate');
    expect(story.state.recovery?.plan?.readers).toEqual(['medical', 'victim-advocate']);
    // Staff without a seat of the team add none.
    story.do('write-recovery-plan', { ...plan, readers: ['medical'] }, 'caseworker');
    expect(story.state.recovery?.plan?.readers).toEqual(['medical']);
  });

  test.each([
    ['without words', { readers: ['medical'], lookFirst: undefined }, 'caseworker', 'empty-plan'],
    ['for a seat that the team lacks', { readers: ['love146'] }, 'caseworker', 'no-seat-for-plan'],
    ['by the police', {}, 'seat:law-enforcement', 'not-with-the-child'],
    ['by the advocate', {}, 'seat:victim-advocate', 'accepted'],
  ])('is written %s', (_, more, as, said) => {
    expect(teamed().refused('write-recovery-plan', { ...plan, ...more }, as)).toBe(said);
  });
});

describe('the offer to talk after a return', () => {
  test('is a next step until it is recorded, or some weeks have passed', () => {
    expect(stepsOf(teamed())).toEqual([]);
    expect(stepsOf(returned())).toEqual([{ episode: 1 }]);
    expect(stepsOf(returned().at('2026-11-25T15:00:00Z'))).toEqual([]);
    const story = returned().do('offer-debrief', {});
    expect(stepsOf(story)).toEqual([]);
    expect(story.refused('offer-debrief', {})).toBe('offered-already');
    expect(story.refused('offer-debrief', { episode: 2 })).toBe('no-such-return');
  });

  test.each([
    ['before a return', () => teamed(), {}, 'not-returned'],
    ['at a time before the return', returned, { at: '2026-11-09T16:00:00Z' }, 'before-the-return'],
  ])('is refused %s', (_, story, input, said) => {
    expect(story().refused('offer-debrief', input)).toBe(said);
  });

  test('tells no person, is in no figure, and has no name for auditors', () => {
    const story = returned();
    const figuresOf = ({ state, commits, policy }: Story) =>
      JSON.stringify(factRow({ state, commits }, policy)).replace(/"seq":\d+/g, '');
    const before = figuresOf(story);
    story.do('offer-debrief', { at: '2026-11-10T15:00:00Z' });
    const [offered] = story.all('debrief-offered');
    expect(Object.keys(offered ?? {}).toSorted()).toEqual(['at', 'episode', 'type', 'v']);
    expect(figuresOf(story)).toBe(before);
    expect(offered && asStep(offered)).toEqual({ type: 'facts-recorded', v: 1 });
  });
});
