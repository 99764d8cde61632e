/** A referral of another place, carried through the whole domain by that place's rules alone. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { whyDue } from '../../shared/domain/deadlines/deadlines.ts';
import { differences } from '../../shared/domain/policy/policy-diff.ts';
import { policyDocument } from '../../shared/domain/policy/policy-document.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { problemsOf } from '../../shared/policy/law/law.ts';
import { referral, type Told } from '../support/referral-builder.ts';
import { bringToAnEnd } from '../support/scenes.ts';
import { altamiraLaw, miniature } from './miniature-policy.ts';

const north = { office: 'NORTH', team: 'TABLE-NORTH' };

/** Monday November 9, 2026, 10:00: a girl of 15 of another state, missing, a stranger suspected. */
const told: Told = {
  policy: miniature,
  team: 'none',
  danger: 'no',
  age: 15,
  connecticutResident: 'no',
  missingNow: 'yes',
  perpetrators: ['third-party'],
};
const story = (more: Told = {}) => referral({ ...told, ...more }).run();

/** Each deadline's time from its start, in hours. */
const hoursOf = ({ start, due }: { readonly start: string; readonly due: string }) =>
  (Date.parse(due) - Date.parse(start)) / 3_600_000;

it('Altamira is another place: no rule, row, holiday or seat is as in Connecticut', () => {
  const said = differences(connecticut20261, miniature);
  for (const { id } of connecticut20261.deadlines) expect(said.join('\n')).toContain(`${id} changed: duration`);
  expect(said).toContain("2026-11-11 was Veterans' Day; now a business day.");
  expect(problemsOf(miniature, altamiraLaw)).toEqual([]);
});

describe('a referral of Altamira', () => {
  it('runs the clocks of Altamira', () => {
    const { state } = story();
    const times = Object.fromEntries(
      Object.values(state.deadlines).map((deadline) => [deadline.rule, hoursOf(deadline)]),
    );
    expect(times).toMatchObject({ D3: 6, D4: 7, D7: 36, D8: 9, D9: 30, D12a: 3, D12b: 5, D21: 11 });
  });

  it('tells the people of Altamira, at the parts of the time that Altamira names', () => {
    const asked = story().after('PT6H');
    expect(asked.deadline('D3').raised).toMatchObject([
      { kind: 'remind', at: '2026-11-09T16:30:00Z' },
      { kind: 'warn', at: '2026-11-09T19:48:00Z' },
      { kind: 'due', at: '2026-11-09T21:00:00Z' },
    ]);
    const about = asked.all('alert-requested').filter(({ kind }) => kind === 'checkpoint');
    expect(new Set(about.flatMap(({ to }) => to))).toEqual(new Set(['program-manager', 'administrator']));
  });

  it('is routed within Altamira only', () => {
    expect(story().refused('confirm-routing', { office: 'HARTFORD', team: 'MDT-HARTFORD' })).toBe('no-such-place');
    expect(story().refused('confirm-routing', north)).toBe('accepted');
  });

  it('proposes by the table of Altamira, which does not ask where the child lives', () => {
    expect(story().screen('high-risk').state.eligibility.proposal).toMatchObject({
      outcome: 'basis-trafficking',
      row: 2,
    });
    const there = referral({ ...told, policy: connecticut20261, team: 'MDT-HARTFORD' })
      .run()
      .screen('high-risk');
    expect(there.state.eligibility.proposal).toMatchObject({ outcome: 'legal-review' });
  });

  it('seats the three disciplines of Altamira and meets by its calendar', () => {
    const met = story().do('confirm-routing', north).screen('high-risk').tellTeam();
    expect(met.state.team.seats.filter(({ required }) => required).map(({ discipline }) => discipline)).toEqual([
      'law-enforcement',
      'medical',
      'victim-advocate',
    ]);
    expect(whyDue(met.deadline('D15'), miniature)).toContain(
      "due Thu Nov 12, 2026, 5:00 PM EST: 2 business days after the notice to the team (Mon Nov 9, 2026, 10:00 AM EST), counted from the day after, skipping Tue Nov 10 (Founders' Day)",
    );
    met.do('record-meeting', {
      attended: ['law-enforcement', 'victim-advocate'],
      absent: [{ discipline: 'medical', reason: 'unavailable' }],
    });
    expect(met.state.team.meetings).toMatchObject([{ quorum: true }]);
    expect(met.deadline('D15').status).toBe('kept');
  });

  it.each([
    ['confirmed', ['legal', 'education', 'basic-needs']],
    ['high-risk', ['legal', 'education']],
    ['at-risk', ['caregiver-support']],
    ['not-indicated', []],
  ])('links after %s the services of Altamira: %j', (outcome, services) => {
    const screened = story().do('confirm-routing', north).screen(outcome);
    expect(Object.keys(screened.state.services.linkages)).toEqual(services);
  });

  it('gives more time as Altamira allows it', () => {
    const asked = story();
    const more = (due: string, as: string) =>
      asked.refused('extend-deadline', { deadlineId: asked.deadline('D8').id, due }, as);
    expect(more('2026-11-10T06:00:00Z', 'area-supervisor')).toBe('not-theirs');
    expect(more('2026-11-10T12:00:01Z', 'program-manager')).toBe('too-far');
    expect(more('2026-11-10T12:00:00Z', 'program-manager')).toBe('accepted');
  });

  it.each(['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'])(
    'screened %s is closed in the end',
    (outcome) => {
      const ended = story().do('confirm-routing', north).screen(outcome);
      expect(bringToAnEnd(ended).state.stage).toBe('closed');
    },
  );

  it('has a document of its own, in which nothing is of Connecticut', () => {
    const document = policyDocument(miniature, { holidays: [], limits: altamiraLaw.limits });
    expect(document).toContain("| Tuesday | Founders' Day |");
    expect(document).not.toMatch(/Connecticut|C\.G\.S\.|U\.S\.C\.|Careline|HART|Love146/);
  });
});

/** The words of Connecticut's law, programme and place; comments may name a source. */
const words =
  /Connecticut|C\.G\.S\.|\d{2}a-\d{2,3}|46b-|New[_ ]?York|\bHART\b|'hart-|'dcf|\bDCF\b|dcfClient|Careline|'careline-|states-attorney|'D\d+[ab]?'/;
const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/.*$/gm, '');

it('each file of the domain that still names something of Connecticut is in the guide, so that nothing hides', () => {
  const folder = fileURLToPath(new URL('../../shared/domain', import.meta.url));
  const guide = readFileSync(new URL('../../docs/another-jurisdiction.md', import.meta.url), 'utf8');
  const naming = globSync(`${folder}/**/*.ts`).filter((file) => words.test(code(file)));
  expect(naming.length).toBeGreaterThan(0);
  expect(naming.map((file) => basename(file)).filter((file) => !guide.includes(`\`${file}\``))).toEqual([]);
});
