/** The next steps of the API, as a script reads them that takes the first choice of each field. */

import { describe, expect, it } from 'vitest';
import { viewNextSteps } from '../../../shared/application/read/next-steps.ts';
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
