import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyCommand } from '../../shared/cli/policy-command.ts';
import { outcomes } from '../../shared/domain/core/vocabulary.ts';
import { mapOf } from '../../shared/domain/policy/pathway-map.ts';
import { pictureOf, picturesOf } from '../../shared/domain/policy/pathway-picture.ts';
import { longSentences, riddleWords } from '../support/plain-language.ts';
import { connecticutPolicy as policy } from '../support/released-policy.ts';
import { miniature } from './miniature-policy.ts';

const map = mapOf(policy);
const clocks = map.stages.flatMap(({ starts }) => starts.flatMap((each) => each.clocks));
const clock = (id: string) => clocks.find((each) => each.id === id);
const outcome = (name: string) => map.outcomes.find((each) => each.outcome === name);

it('docs/pathway.svg shows what the policy says', () => {
  const stored = readFileSync(new URL('../../docs/pathway.svg', import.meta.url), 'utf8');
  expect(stored === pictureOf(map), 'docs/pathway.svg is stale. Renew it: npm run policy -- map').toBe(true);
});

describe('the map of the pathway', () => {
  it('has every clock of the policy once', () => {
    expect(clocks.map(({ id }) => id).toSorted()).toEqual(policy.deadlines.map(({ id }) => id).toSorted());
  });

  it('tells law and policy apart, and says how loudly a clock calls, for the rule as it is', () => {
    for (const { id, kind, alarm } of policy.deadlines) {
      expect(clock(id)).toMatchObject({ isLaw: kind === 'statute', alarm: alarm.class });
    }
  });

  it('says who acts on the police notice and what ends its clock', () => {
    expect(clock('D3')).toMatchObject({
      time: '12 hours',
      who: ['Careline worker', 'HART liaison'],
      next: ['Area director', 'HART director'],
      ends: [expect.stringContaining('records the notice to the police')],
    });
  });

  it('names who stands in for the exam until a liaison has accepted', () => {
    expect(clock('D17')?.who).toEqual(['HART liaison', 'Careline supervisor until a HART liaison has accepted']);
  });

  it('counts danger that is not ruled out as danger, in times and alarm classes', () => {
    expect(clock('D10')?.otherTimes).toEqual(['4 hours while danger is not ruled out']);
    expect(clock('D21')?.otherAlarms).toEqual(['now while danger is not ruled out']);
  });

  it('says the seven consultations of an absent discipline in one phrase', () => {
    expect(clock('D32')?.ends).toEqual([expect.stringContaining('or the like for 6 others')]);
  });

  it('puts the clocks of one start in the order in which they are due', () => {
    const [report] = map.stages;
    expect(report?.starts[0]?.clocks.map(({ id }) => id).slice(0, 2)).toEqual(['D1', 'D6']);
  });

  it('has a stage for each part of another jurisdiction that has clocks, and no empty one', () => {
    const small = mapOf(miniature);
    expect(small.stages.flatMap(({ starts }) => starts.flatMap((each) => each.clocks))).toHaveLength(
      miniature.deadlines.length,
    );
    for (const { starts } of small.stages) expect(starts).not.toEqual([]);
  });
});

describe('what an outcome opens', () => {
  it('is there for each outcome and population', () => {
    expect(map.outcomes).toHaveLength(outcomes.length);
    for (const { populations } of map.outcomes) expect(populations).toHaveLength(3);
  });

  it('starts the decision, the team and the services for a confirmed or suspected victim alike', () => {
    for (const name of ['Confirmed', 'High risk']) {
      expect(outcome(name)?.opens.map(({ id }) => id)).toEqual(['D10', 'D15', 'D19a', 'D20', 'D22a', 'D23']);
    }
  });

  it('tells the police of a confirmed victim in the care of the department', () => {
    const [inCare, ...others] = outcome('Confirmed')?.populations ?? [];
    expect(inCare?.also).toEqual(['D5']);
    for (const { also } of others) expect(also).toEqual([]);
  });

  it('proposes another decision for a child in care than for one at home', () => {
    const [inCare, , atHome] = outcome('Confirmed')?.populations ?? [];
    expect([inCare?.proposal, atHome?.proposal]).toEqual([
      'Basis noted, no new petition',
      'Basis to allege: trafficking',
    ]);
  });
});

describe.each([1160, 720, 340])('the picture at a width of %i pixels', (width) => {
  const { overview, stages } = picturesOf(map, width);
  const words = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, said]) => said).join(' ');
  const all = stages.flat().map(words).join(' ');

  it('has every clock, with its kind and class in words', () => {
    for (const { id, isLaw, alarm } of clocks) {
      expect(all).toContain(`${id}, ${isLaw ? 'LAW' : 'POLICY'}`);
      expect(all).toContain(alarm.toUpperCase());
    }
  });

  it('names every stage in the overview', () => {
    for (const { title } of map.stages) expect(words(overview)).toContain(title);
  });

  it('needs no style sheet, which the pages of the console would not allow', () => {
    for (const svg of [overview, ...stages.flat()]) expect(svg).not.toMatch(/<style|style=|<script|class=/);
  });

  it('leaves its words for readers aloud to the page around it', () => {
    for (const svg of [overview, ...stages.flat()]) expect(svg).toContain('aria-hidden="true"');
  });
});

it('says each stage in short sentences of plain words', () => {
  const said = map.stages.map(({ says }) => says).join(' ');
  expect(longSentences(said, 20)).toEqual([]);
  expect(riddleWords(said)).toEqual([]);
});

it('prints the data of the map, and writes no file then', async () => {
  const { status, out } = await policyCommand(['map', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(map)));
});

it.each(['map', 'document'])('asked for help on %s, prints the usage and writes no file', async (name) => {
  const { out } = await policyCommand([name, '--help']);
  expect(out).toContain('npm run policy -- map [--json]');
});
