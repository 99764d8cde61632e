import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { disciplines, indicatorTopics, outcomes, trainedToScreen } from '../../shared/domain/core/vocabulary.ts';
import { mandatedCallings } from '../../shared/domain/deadlines/clocks.ts';
import { estimateMargin } from '../../shared/domain/intake/report-facts.ts';
import { policyDocument } from '../../shared/domain/policy/policy-document.ts';
import { holidayRules, holidays } from '../../shared/policy/calendar.ts';
import { appliesTo, notes } from '../../shared/policy/connecticut-2026-1/document-notes.ts';
import { retiredClocks as retired } from '../../shared/policy/connecticut-2026-1/retired-clocks.ts';
import { connecticutLaw } from '../../shared/policy/law/connecticut-law.ts';
import { changedLaw, connecticut20271 } from '../support/next-january.ts';
import { connecticutPolicy as policy } from '../support/released-policy.ts';

const stored = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
const document = policyDocument(policy, {
  holidays: holidayRules,
  limits: connecticutLaw.limits,
  trained: trainedToScreen,
  appliesTo,
  notes,
  retired,
});
const anchors = [...document.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id);

it('docs/policy.md says what the policy says', () => {
  expect(stored === document, 'docs/policy.md is stale. Renew it: npm run policy -- document').toBe(true);
});

describe('the beginning', () => {
  it('says since when the version is in force, and that the first holds for earlier reports as well', () => {
    expect(document).toContain('In force for reports received from Thu Jan 1, 2026, 12:00 AM EST on.');
    expect(document).toContain('It is the first version, so it holds for earlier reports as well.');
    expect(document).not.toContain('## What changed');
  });

  it('of a later version lists what changed from the version before, and the law of its own time', () => {
    const later = policyDocument(connecticut20271, { holidays: [], limits: changedLaw.limits }, policy);
    expect(later).toContain('received from Fri Jan 1, 2027, 12:00 AM EST on.');
    expect(later).toContain(
      '## What changed from version connecticut-2026.1\n\nVersion connecticut-2026.1 is in force from Thu Jan 1, 2026, 12:00 AM EST until then.\n\n- D3 changed: duration: 12 hours; now 10 hours.\n- Policy, in force from: 2026-01-01; now 2027-01-01.\n',
    );
    expect(later).toContain('10 hours (an invented Public Act; summary)');
    expect(later).not.toContain('12 hours (C.G.S. 17a-101b and 17a-103(c); summary)');
  });
});

describe('for a lawyer to mark up', () => {
  it('every rule, row, topic, holiday, discipline, quorum and outcome has an anchor of its own', () => {
    expect(new Set(anchors).size).toBe(anchors.length);
    const expected = [
      ...policy.deadlines.map(({ id }) => id.toLowerCase()),
      ...indicatorTopics.map((topic) => `indicator-${topic}`),
      ...[...holidays(2026), ...holidays(2027)].map(({ date }) => `holiday-${date}`),
      ...disciplines.map((discipline) => `discipline-${discipline}`),
      ...policy.quorum.map((_, index) => `quorum-${index + 1}`),
      ...outcomes.map((outcome) => `services-${outcome}`),
      ...policy.screening.rules.map(({ number }) => `screening-${number}`),
    ];
    for (const id of expected) expect(anchors).toContain(id);
    expect(anchors.filter((id) => id?.startsWith('eligibility-'))).toHaveLength(policy.eligibility.length);
  });

  it('an anchor stays when another rule comes or goes', () => {
    const [first, ...others] = policy.deadlines;
    const fewer = policyDocument({ ...policy, deadlines: others }, { holidays: [], limits: [] });
    for (const { id } of others) expect(fewer).toContain(`<a id="${id.toLowerCase()}"></a>\n### ${id}. `);
    expect(fewer).not.toContain(`<a id="${first?.id.toLowerCase()}"></a>`);
  });

  it('each has an empty place for who confirmed it and when', () => {
    const sections = document.split(/^### /m).slice(1);
    expect(sections).toHaveLength(policy.deadlines.length);
    for (const section of sections) expect(section).toContain('| Confirmed by / date |  |');
    const rows = document.split('\n').filter((line) => line.startsWith('| <a id='));
    for (const row of rows) expect(row.endsWith('|  |'), row).toBe(true);
  });
});

describe.each(policy.deadlines.map((rule) => [rule.id, rule] as const))('the section of %s', (id, rule) => {
  const section = document.split(`### ${id}. `)[1]?.split('\n#')[0] ?? '';

  it('says what it asks, since when, by which source and how sure that is', () => {
    for (const words of [rule.obligation, rule.clockStart, rule.source, `| Confidence | ${rule.confidence}: `])
      expect(section).toContain(words);
  });

  it('says what keeps it, who is told, who is next, and who may extend it', () => {
    for (const field of ['Kept when', 'Who is told', 'Who is next']) expect(section).toMatch(`| ${field} | `);
    expect(section.includes('| Who may extend | No one: law is never extended or waived |')).toBe(
      rule.kind === 'statute',
    );
  });

  it('says which children it applies to, and how loudly it calls', () => {
    expect(section).toMatch(/\| Applies to \| [A-Z].{5,} \|/);
    expect(section).toContain(`| Alarm class | ${rule.alarm.class}: `);
  });

  it('carries the mark of what waits for the lawyers', () => {
    expect(section.includes('awaits legal sign-off')).toBe(rule.awaitsLegalSignOff);
  });
});

describe('what the rules infer', () => {
  it.each([
    'mandated-inference',
    'guessed-age',
    'responsibility',
    'alert-tribe',
    'alert-charges',
    'definition-46a-170',
    'definition-53a-192a',
  ])('has a row with an anchor, a source and a confidence: %s', (id) => {
    const row = document.split('\n').find((line) => line.startsWith(`| <a id="${id}"></a>`));
    expect(row).toMatch(/^\| [^|]+ \| [^|]{40,} \| [^|]{5,} \| [a-z]+ \| {2}\|$/);
  });

  it('is what the code does: the callings that count as mandated, and the margin of a guessed age', () => {
    const says = (id: string) => notes.find((note) => note.id === id)?.says ?? '';
    expect(says('guessed-age')).toContain(`by ${estimateMargin} years`);
    for (const calling of mandatedCallings)
      expect(says('mandated-inference')).toContain(calling === 'dcf-staff' ? 'staff of the department' : calling);
  });
});
