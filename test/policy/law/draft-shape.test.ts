/**
 * Each field of a candidate is read. A field that is missing, of another kind or unknown is named, before any clause is
 * asked.
 */
import { describe, expect, it } from 'vitest';
import type { DeadlineRule, Policy } from '../../../shared/domain/policy/policy.ts';
import { misshapen } from '../../../shared/domain/policy/policy-shape.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { problemsOfDraft } from '../../../shared/policy/law/candidate-policy.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { miniature } from '../miniature-policy.ts';

const hours = (amount: number) => ({ unit: 'hours', amount }) as const;

const found = (change: object) => problemsOfDraft({ ...policy, version: 'draft', ...change }, connecticutLaw);
const row = (id: string, change: Partial<DeadlineRule>): Partial<Policy> => ({
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});

it('a policy of another place has the shape of one', () => {
  expect(misshapen(miniature)).toEqual([]);
});

describe('a draft is refused, by the field, where it has not the shape of a policy:', () => {
  const { disclosure: _disclosure, ...topics } = policy.screening.topics;
  const { deputyAfter: _deputyAfter, ...team } = policy.team;
  const { 'substance-use': _service, ...catalogue } = policy.catalogue;
  const { released: _released, ...whole } = policy;
  it.each([
    ['no text as its version', { version: 7 }, 'version is no text'],
    ['an empty version', { version: ' ' }, 'version is empty'],
    ['a part that is no list', { overlays: 'none' }, 'overlays is no list'],
    ['no deadline', { deadlines: [] }, 'deadlines is empty'],
    [
      'a row that is none',
      { deadlines: [...policy.deadlines, null] },
      `deadlines.${policy.deadlines.length} is no object`,
    ],
    ['a time below zero', row('D3', { duration: hours(-1) }), 'deadlines.D3.duration is no whole time above zero'],
    ['no time at all', row('D3', { duration: hours(0) }), 'deadlines.D3.duration is no whole time above zero'],
    ['a broken time', row('D3', { duration: hours(Number.NaN) }), 'deadlines.D3.duration is no whole time above zero'],
    ['half a time', row('D3', { duration: hours(11.5) }), 'deadlines.D3.duration is no whole time above zero'],
    [
      'a time beyond all dates',
      row('D15', { duration: hours(1e15) }),
      'deadlines.D15.duration is no whole time above zero',
    ],
    ['a time in words', row('D3', { duration: '12h' as never }), 'deadlines.D3.duration is no whole time above zero'],
    [
      'calls that are passed on in days',
      { ringing: { ...policy.ringing, nextPersonAfter: { unit: 'business-days', amount: 1 } } },
      'ringing.nextPersonAfter is no whole number of minutes or hours above zero',
    ],
    [
      'calls without a pause',
      { ringing: { ...policy.ringing, againEvery: { unit: 'minutes', amount: 0 } } },
      'ringing.againEvery is no whole number of minutes or hours above zero',
    ],
    [
      'a group that there is not',
      row('D3', { group: 'no-group' as never }),
      'deadlines.D3.group is none of the codes that there are',
    ],
    ['no one who is told', row('D3', { alert: [] }), 'deadlines.D3.alert is empty'],
    ['no one who is told next', row('D3', { escalate: undefined as never }), 'deadlines.D3.escalate is missing'],
    [
      'a role there is not',
      row('D21', { alert: ['case-worker' as never] }),
      'deadlines.D21.alert.0 is none of the codes that there are',
    ],
    ['no warning', row('D3', { warnAfter: [] }), 'deadlines.D3.warnAfter is empty'],
    ['nothing that keeps a rule', row('D3', { keptBy: [] }), 'deadlines.D3.keptBy is empty'],
    [
      'a fact there is not',
      row('D21', { keptBy: ['offered-nothing' as never] }),
      'deadlines.D21.keptBy.0 is none of the codes that there are',
    ],
    ['an empty obligation', row('D3', { obligation: '' }), 'deadlines.D3.obligation is empty'],
    ['an empty source', row('D3', { source: ' ' }), 'deadlines.D3.source is empty'],
    [
      'a confidence there is not',
      row('D5', { confidence: 'certain' as never }),
      'deadlines.D5.confidence is none of the codes that there are',
    ],
    [
      'a field that nothing reads',
      row('D3', { durationInDangr: hours(1) } as object),
      'deadlines.D3 has what no policy has there: durationInDangr',
    ],
    [
      'a topic that is not asked',
      { screening: { ...policy.screening, topics } },
      'screening.topics.disclosure is missing',
    ],
    [
      'no number of absences',
      { screening: { ...policy.screening, oftenMissing: Number.NaN } },
      'screening.oftenMissing is no number',
    ],
    ['no screening rule', { screening: { ...policy.screening, rules: [] } }, 'screening.rules is empty'],
    ['alerts without end', { mostAlerts: Number.POSITIVE_INFINITY }, 'mostAlerts is no number'],
    ['half an alert', { mostAlerts: 4.5 }, 'mostAlerts is no whole number'],
    ['no alert', { mostAlerts: 0 }, 'mostAlerts is less than 1'],
    ['no one after all others', { afterEscalation: [] }, 'afterEscalation.0 is missing'],
    ['a checkpoint that never comes', { overdueAt: Number.NaN }, 'overdueAt is no number'],
    ['quiet hours that end at none', { quiet: { ...policy.quiet, to: 24 } }, 'quiet.to is more than 23'],
    ['an hour there is not', { digest: { ...policy.digest, hour: 24 } }, 'digest.hour is more than 23'],
    ['no office', { geography: { ...policy.geography, offices: [] } }, 'geography.offices is empty'],
    ['no team of any district', { geography: { ...policy.geography, teams: [] } }, 'geography.teams is empty'],
    ['no time until the deputy is asked', { team }, 'team.deputyAfter is missing'],
    ['no quorum', { quorum: [] }, 'quorum is empty'],
    ['an empty quorum', { quorum: [...policy.quorum, []] }, `quorum.${policy.quorum.length} is empty`],
    [
      'no word on the services of an outcome',
      { servicesFor: { confirmed: ['legal'], 'high-risk': ['legal'], 'at-risk': [], 'not-indicated': [] } },
      'servicesFor.insufficient-info is missing',
    ],
    ['a service that the catalogue lacks', { catalogue }, 'catalogue.substance-use is missing'],
    [
      'a calendar that answers nothing',
      { calendar: { why: policy.calendar.why } },
      'calendar.isBusinessDay is no function',
    ],
  ])('%s', (_, change, words) => {
    expect(found(change)).toEqual([`The field ${words}.`]);
  });

  it('an overlay that says nothing, or is of no basis', () => {
    const overlays = policy.overlays.map((each) => (each.letter === 'D' ? { ...each, says: '', basis: ' ' } : each));
    expect(found({ overlays })).toEqual([
      'The field overlays.D.says is empty.',
      'The field overlays.D.basis is empty.',
    ]);
  });

  it('services of no outcome', () => {
    expect(found({ servicesFor: {} })).toHaveLength(5);
  });

  it.each(Object.keys(whole))('one that has no %s at all', (part) => {
    const said = found({ [part]: undefined });
    expect(said).toEqual([
      expect.stringMatching(new RegExp(`^The field ${part} (is missing|is no whole time .*)\\.$`)),
    ]);
  });

  it('nothing', () => {
    expect(problemsOfDraft(null as never, connecticutLaw)).toEqual(['The draft is no object.']);
  });
});

it.each([
  [
    'an overlay begins',
    { overlays: policy.overlays.map((each) => ({ ...each, opens: [...(each.opens ?? []), 'D99'] })) },
    'Overlay A names',
  ],
  [
    'a proposal begins',
    { eligibility: policy.eligibility.map((each) => ({ ...each, opens: ['D99'] })) },
    'Eligibility row 2 names',
  ],
  [
    'a service is watched by',
    { catalogue: { ...policy.catalogue, legal: { ...policy.catalogue.legal, clocks: ['D99'] } } },
    'The service legal names',
  ],
])('a draft is refused where %s a deadline that there is not', (_, change, words) => {
  expect(found(change)[0]).toBe(`${words} D99, which is no deadline of this policy.`);
});

it.each<[string, Partial<DeadlineRule>, string]>([
  [
    'tell different people',
    { alert: ['hart-liaison'] },
    'D4 and D3 are in one group of duties, police-notice, and tell different people.',
  ],
  [
    'escalate to different people',
    { escalate: ['area-director'] },
    'D4 and D3 are in one group of duties, police-notice, and tell different people.',
  ],
  [
    'tell different people without a liaison',
    { alertUntilAccepted: ['hart-lead'] },
    'D4 and D3 are in one group of duties, police-notice, and tell different people.',
  ],
  [
    'tell a provider',
    { alert: ['careline-worker', 'hart-liaison', 'provider'] },
    'D4 tells a provider, so it can be in no group of duties.',
  ],
  [
    'have a hard stop',
    { hardStop: policy.deadlines.find(({ hardStop }) => hardStop)?.hardStop as never },
    'D4 has a hard stop, so it can be in no group of duties.',
  ],
])('a draft is refused where rules of one group %s', (_, change, sentence) => {
  expect(found(row('D4', change))).toContain(sentence);
});

it('rules of one group may tell the same people in another order', () => {
  expect(found(row('D4', { alert: ['hart-liaison', 'careline-worker'] }))).toEqual([]);
});
