/** Places that could not be read as a town go to a person, and the clocks run meanwhile. */
import { describe, expect, it } from 'vitest';
import { scopeOf } from '../../../shared/domain/directory/scopes.ts';
import { placesAsked } from '../../../shared/domain/intake/places.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

const home = (town: string) => ({ place: 'residenceTown', townId: town.toUpperCase().replaceAll(' ', '-') });
const misspelt = () => referral({ residenceTown: 'other', team: 'none' }).run();

describe('a place in words that are no town', () => {
  it('is asked for, and every clock of the report runs', () => {
    const story = misspelt();
    expect(placesAsked(story.state)).toEqual([{ place: 'residenceTown', nearest: [] }]);
    expect(story.open()).toEqual(expect.arrayContaining(['D1', 'D3', 'D6', 'D9']));
  });

  it('is corrected by a person: the routing follows, and the newly responsible people are told', () => {
    const story = misspelt();
    const due = story.deadline('D3').due;
    story.do('correct-place', home('Avon'));
    expect(placesAsked(story.state)).toEqual([]);
    expect(story.state).toMatchObject({
      child: { residenceTown: 'Avon' },
      places: {
        routing: { office: 'NEW-BRITAIN', judicialDistrict: 'Litchfield', team: 'MDT-LITCHFIELD', confirmed: true },
      },
    });
    const told = story.all('alert-requested');
    expect(told.filter(({ kind }) => kind === 'referral-opened')).toHaveLength(3);
    expect(told.at(-1)).toMatchObject({ checkpoint: 'ring', to: ['area-oncall'] });
    expect(story.deadline('D3').due).toBe(due);
  });

  it('is refused with the nearest names where it is misspelt again', () => {
    expect(misspelt().ask('correct-place', home('Simsburry'))).toMatchObject({
      refused: 'no-such-town',
      sentence: expect.stringContaining('Simsbury'),
    });
  });

  it.each(['out of state', 'unknown'])('may be %s, which leads to no office: the question of it is over', (town) => {
    const story = misspelt().do('correct-place', home(town));
    expect(placesAsked(story.state)).toEqual([]);
    expect(story.state.places.routing).toBeUndefined();
    expect(story.refused('correct-place', home(town))).toBe('nothing-new');
  });

  it('changes no routing that a person has confirmed, and asks to confirm it again where it leads elsewhere', () => {
    const story = misspelt().do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
    story.do('correct-place', home('Avon'));
    expect(story.state).toMatchObject({
      child: { residenceTown: 'Avon' },
      places: {
        routing: { office: 'HARTFORD', team: 'MDT-HARTFORD', confirmed: false },
        suggestedRouting: { office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD' },
      },
    });
    expect(story.all('alert-requested').at(-1)).toMatchObject({
      kind: 'deadline-opened',
      deadlineId: story.deadline('D37e').id,
      to: expect.arrayContaining(['careline-supervisor']),
    });
    story.do('confirm-routing', { office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD' });
    expect(story.state.places.routing).toMatchObject({ office: 'NEW-BRITAIN', confirmed: true });
    expect(story.state.places.suggestedRouting).toBeUndefined();
  });

  it.each([
    ['to another office', { office: 'HARTFORD', team: 'MDT-LITCHFIELD', responseOffice: 'NEW-BRITAIN' }],
    ['to another team', { office: 'NEW-BRITAIN', team: 'MDT-HARTFORD' }],
    ['to another office that responds', { office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD', responseOffice: 'NORWICH' }],
  ])('asks to confirm again where it leads %s than a person confirmed, in that alone', (_, confirmed) => {
    const story = misspelt().do('confirm-routing', confirmed).do('correct-place', home('Avon'));
    expect(story.state.places.routing).toMatchObject({ ...confirmed, confirmed: false });
    expect(story.state.places.suggestedRouting).toMatchObject({ office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD' });
    expect(story.open()).toContain('D37e');
  });

  it('that leads nowhere leaves what a person has confirmed as it is', () => {
    const story = misspelt().do('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' });
    story.do('correct-place', home('out of state'));
    expect(story.state.places.routing).toMatchObject({ office: 'HARTFORD', confirmed: true });
    expect(story.state.places.suggestedRouting).toBeUndefined();
  });

  it('is refused without a guess where no town is near to it', () => {
    const refused = misspelt().ask('correct-place', home('Qqqqqqqq'));
    expect(refused).toMatchObject({ refused: 'no-such-town' });
    expect(refused).not.toHaveProperty('sentence', expect.stringContaining('nearest'));
    expect(misspelt().ask('correct-place', home('Simsburry'))).toHaveProperty(
      'sentence',
      expect.stringContaining('nearest'),
    );
  });

  it('that leads where a person has confirmed it asks nothing again', () => {
    const story = misspelt().do('confirm-routing', { office: 'NEW-BRITAIN', team: 'MDT-LITCHFIELD' });
    story.do('correct-place', home('Avon'));
    expect(story.state.places.routing?.confirmed).toBe(true);
    expect(story.all('alert-requested').map(({ kind }) => kind)).not.toContain('answer-needed');
  });
});

describe('a place in another region', () => {
  const ofHartford = () => referral({ residenceTown: 'Hartford' }).run();
  const moved = (story: Story, town: string) => story.after('PT1H').do('correct-place', home(town));
  const assigned = () => ofHartford().do('assign-liaison', { personId: 'LIAISON-1' });
  const clocksOf = ({ state }: Story, of: string) => Object.values(state.deadlines).filter(({ rule }) => rule === of);
  const told = (story: Story) => story.all('alert-requested').filter(({ kind }) => kind === 'referral-opened');

  it('asks for another liaison, with the whole time from now, and each new owner is told once', () => {
    const story = moved(assigned(), 'New Haven');
    expect(story.state.response.liaison).toBeUndefined();
    expect(clocksOf(story, 'D8').map(({ status, start }) => [status, start === story.now])).toEqual([
      ['kept', false],
      ['open', true],
    ]);
    expect(told(story)).toHaveLength(3);
    expect(told(story).at(-1)?.to).toEqual(expect.arrayContaining(['hart-lead', 'caseworker', 'area-oncall']));
    // The liaison is asked for in the news of the referral: no other alert asks the same person.
    expect(story.all('alert-requested').filter(({ deadlineId }) => deadlineId === story.deadline('D8').id)).toEqual([]);
  });

  it('asks for the first liaison as before where there was none', () => {
    const story = moved(ofHartford(), 'New Haven');
    expect(clocksOf(story, 'D8').map(({ status, start }) => [status, start === story.now])).toEqual([['open', false]]);
  });

  it('does not ask again for the first liaison where a lawyer found that it does not apply', () => {
    const story = ofHartford();
    story.do('find-not-applicable', { deadlineId: story.deadline('D8').id }, 'legal');
    expect(clocksOf(moved(story, 'New Haven'), 'D8').map(({ status }) => status)).toEqual(['not-applicable']);
  });

  it('of the same region keeps its liaison', () => {
    const story = moved(assigned(), 'Manchester');
    expect(story.state.response.liaison).toBe('LIAISON-1');
    expect(clocksOf(story, 'D8')).toHaveLength(1);
  });
});

describe('the office that responds', () => {
  it('is that of where the child is now; the others stay where it lives', () => {
    const story = misspelt()
      .do('correct-place', home('Avon'))
      .do('correct-place', { place: 'presentTown', townId: 'NORWICH' });
    expect(scopeOf('area-oncall', story.state)).toBe('office-NORWICH');
    expect(scopeOf('caseworker', story.state)).toBe('office-NEW-BRITAIN');
  });

  it('hears of the referral when it becomes so, and is one of the policy', () => {
    const story = referral().run();
    const input = { office: 'HARTFORD', team: 'MDT-HARTFORD' };
    expect(story.refused('confirm-routing', { ...input, responseOffice: 'NOWHERE' })).toBe('no-such-place');
    story.do('confirm-routing', { ...input, responseOffice: 'NORWICH' });
    expect(story.all('alert-requested').slice(-2)).toMatchObject([
      { kind: 'referral-opened', to: ['area-oncall'] },
      { checkpoint: 'ring', to: ['area-oncall'] },
    ]);
  });
});
