/** A clock starts with the act of a person, not with its recording. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { startFields } from '../../../shared/domain/deadlines/clock-start-fields.ts';
import { currentScreening } from '../../../shared/domain/screening/current-screening.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { offer, sceneOf } from '../../support/scenes.ts';

/** The instants in a story's events of these fields, `<type>.<field>` or `<type>, recorded`. */
const instantsOf = (story: Story, fields: readonly string[]): readonly string[] =>
  story.commits.flatMap((commit) =>
    commit.events.flatMap((event) =>
      fields.flatMap((each) => {
        if (each === `${event.type}, recorded`) return commit.at;
        const [type, field = ''] = each.split('.');
        return type === event.type ? String((event as unknown as Record<string, unknown>)[field]) : [];
      }),
    ),
  );

it.each(policy.deadlines.map(({ id, clockStart }) => [id, clockStart] as const))(
  '%s starts with a field of an event that the table names: %s',
  (id, clockStart) => {
    const story = sceneOf(id);
    const fields = startFields[clockStart];
    if (fields.length === 0) expect(['D34', 'D44']).toContain(id);
    else expect(instantsOf(story, fields)).toContain(story.deadline(id).start);
  },
);

const unasked = {
  foreignNational: 'unknown',
  facilityEmployee: 'unknown',
  schoolEmployee: 'unknown',
  age: 15,
} as const;
const atHome = { dcfClient: 'no', legalStatus: 'none', population: 'living-at-home' } as const;
const inCare = () => referral({ legalStatus: 'committed', population: 'in-dcf-care' }).run();
const confirmed = { outcome: 'confirmed', definitionBasis: 'tvpa' };
const suspected = () => referral().run().screen('high-risk');
const consented = { service: 'substance-use', consentKind: 'written-part-2' } as const;
const withConsent = () => offer(referral().run(), 'substance-use');

/** Events whose recording is the act itself, so that no person could have known of it earlier. */
const doneHere: readonly string[] = [
  // The person proposes, takes or corrects it in this product.
  'downgrade-proposed',
  'withdrawal-proposed',
  'clearance-proposed',
  'lowering-proposed',
  'erasure-proposed',
  'emergency-access-taken',
  'finding-safety-asked',
  'place-corrected',
  'finding-safety-asked',
  // The system finds, invites or proposes it.
  'mdt-invited',
  'roster-drawn',
  'services-opened',
  'closure-opened',
  'candidates-found',
  'eligibility-proposed',
  // No team is known: the step after the screening finds that.
  'screened',
];

it('a clock starts with a recording only where the recording is the act', () => {
  const recorded = Object.values(startFields).flatMap((fields) =>
    fields.flatMap((field) => (field.endsWith(', recorded') ? field.slice(0, -', recorded'.length) : [])),
  );
  expect(recorded.filter((event) => !doneHere.includes(event))).toEqual([]);
});

/** Clocks that start with the report or with a question asked here, whichever act opens them. */
const ofItself = /^(D7|D8|D24a?|D31|D37[a-j])$/;
const instants = ['at', 'knownAt', 'screenedAt', 'informedAt'];

it('each act of a person that opens a clock holds the instant of what it records', () => {
  const lacking = new Set<string>();
  let opened = 0;
  for (const { id } of policy.deadlines) {
    for (const { actor, events } of sceneOf(id).commits) {
      const rules = events.flatMap((each) => (each.type === 'deadline-opened' ? each.rule : []));
      const asked = rules.filter((rule) => !ofItself.test(rule));
      if (actor.kind !== 'person' || asked.length === 0) continue;
      opened += 1;
      if (!events.some((each) => instants.some((field) => field in each)))
        lacking.add(`${events.map(({ type }) => type).join(', ')}: ${asked.join()}`);
    }
  }
  expect([...lacking]).toEqual([]);
  expect(opened).toBeGreaterThan(10);
});

/** An act with an instant of its own, and the clocks that it starts. */
const acts: readonly (readonly [CommandName, string, () => Story, object, readonly string[]])[] = [
  [
    'classify-report',
    'as an investigation',
    () => referral().run(),
    { track: 'investigation' },
    ['D18', 'D38', 'D38a'],
  ],
  ['classify-report', 'as an assessment', () => referral().run(), { track: 'assessment' }, ['D38c']],
  ['screen', 'of a child in the responsibility of the department', inCare, confirmed, ['D5', 'D10', 'D19a', 'D22a']],
  ['screen', 'with too little known', () => referral().run(), { outcome: 'insufficient-info' }, ['D28']],
  ['assess-danger', '', () => referral({ danger: 'no' }).run(), { danger: 'yes' }, ['D6']],
  ['record-facts', 'of a foreign national', () => referral(unasked).run(), { foreignNational: 'yes' }, ['D27']],
  ['record-facts', 'of a facility', () => referral(unasked).run(), { facilityEmployee: 'yes' }, ['D41a']],
  ['record-facts', 'of a school', () => referral(unasked).run(), { schoolEmployee: 'yes' }, ['D41b']],
  [
    'record-facts',
    'of a third party',
    () => referral({ perpetrators: ['caregiver'] }).run(),
    { perpetrators: ['caregiver', 'third-party'] },
    ['D4'],
  ],
  ['record-facts', 'of an adult', () => referral({}).run(), { ageClass: '18-and-over', dcfClient: 'no' }, ['D30']],
  [
    'record-facts',
    'of a child in care who was identified before',
    () => referral(atHome).run().screen('confirmed'),
    { legalStatus: 'committed', population: 'in-dcf-care' },
    ['D5', 'D26'],
  ],
  [
    'answer-checklist',
    'higher than the last screening',
    () => referral().run().screen('at-risk'),
    { answers: { disclosure: 'yes' } },
    ['D9'],
  ],
  [
    'decline-linkage',
    'by the provider',
    () => offer(referral().run(), 'education'),
    { service: 'education', reasonCode: 'waiting-list', waitDays: 9 },
    ['D35a'],
  ],
  ['report-missing', '', () => referral().run(), {}, ['D12a', 'D12b', 'D45']],
  ['renew-search', '', () => sceneOf('D12a'), {}, ['D45']],
  ['record-return', '', () => sceneOf('D12a'), {}, ['D13', 'D9', 'D39']],
  ['invoke-hold', '', () => referral().run(), {}, ['D11']],
  ['record-ex-parte-order', '', () => referral().run(), {}, ['D43', 'D26']],
  ['record-entry-to-care', '', () => referral().run(), {}, ['D26']],
  [
    'record-disposition',
    'substantiated',
    () => sceneOf('D24'),
    { disposition: 'substantiated', reasonableCause: 'no' },
    ['D40'],
  ],
  ['record-reasonable-cause', '', () => sceneOf('D24'), { reasonableCause: 'yes' }, ['D25']],
  ['offer-linkage', 'to an advocate', suspected, { service: 'victim-advocacy', providerId: 'PV-1' }, ['D19b']],
  ['offer-linkage', 'to therapy', suspected, { service: 'mental-health', providerId: 'PV-1' }, ['D22b']],
  ['offer-linkage', 'to a school', () => referral().run(), { service: 'education', providerId: 'PV-1' }, ['D35b']],
  ['start-linkage', '', () => sceneOf('D35b'), { service: 'education' }, ['D36a']],
  ['record-case-review', '', () => sceneOf('D16'), {}, ['D16']],
  ['record-consent', 'withdrawn', withConsent, { ...consented, consentAnswer: 'withdrawn' }, ['D35a']],
  [
    'record-consent',
    'given again',
    () => withConsent().do('record-consent', { ...consented, consentAnswer: 'withdrawn' }),
    { ...consented, consentAnswer: 'given' },
    ['D35b'],
  ],
];

const minutesAfter = (instant: string, minutes: number) =>
  new Date(Date.parse(instant) + minutes * 60_000).toISOString();

/** Start and due of the clocks that an act opened, done `after` so many minutes and recorded `delay` minutes later. */
function opened([command, , begin, input, rules]: (typeof acts)[number], after: number, delay: number) {
  const story = begin();
  const before = new Set(Object.keys(story.state.deadlines));
  const at = minutesAfter(story.now, after);
  const { shape } = commandNamed(command).input;
  const field = ['screenedAt', 'knownAt'].find((each) => each in shape) ?? 'at';
  const as = command === 'decline-linkage' ? 'contact:PV-1' : undefined;
  story.at(minutesAfter(at, delay)).do(command, { ...input, [field]: at }, as);
  const found = Object.values(story.state.deadlines).filter(({ id, rule }) => !before.has(id) && rules.includes(rule));
  return { at, found: found.map(({ rule, start, due }) => ({ rule, start, due })) };
}

describe.each(acts)('%s %s', (...act) => {
  it('starts its clocks when it was done', () => {
    const { at, found } = opened(act, 30, 180);
    expect(found.map(({ rule }) => rule).toSorted()).toEqual([...act[4]].toSorted());
    for (const { start } of found) expect(Date.parse(start)).toBe(Date.parse(at));
  });

  it('is never due later for being recorded later', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 3000 }), (after, delay) => {
        const [prompt, late] = [opened(act, after, 0).found, opened(act, after, delay).found];
        expect(prompt.length).toBeGreaterThan(0);
        for (const { rule, due } of late) {
          const known = prompt.find((each) => each.rule === rule);
          expect(known && Date.parse(due) <= Date.parse(known.due), rule).toBe(true);
        }
      }),
      { numRuns: 4 },
    );
  });
});

it('a meeting starts the next review and the consultations from its own time', () => {
  const story = suspected().tellTeam();
  const at = minutesAfter(story.now, 60);
  const absent = [{ discipline: 'medical', reason: 'unavailable' }];
  const attended = policy.requiredDisciplines.filter((each) => each !== 'medical');
  story.at(minutesAfter(at, 240)).do('record-meeting', { at, attended, absent, waiver: 'The others agreed.' });
  for (const rule of ['D16', 'D32']) expect(Date.parse(story.deadline(rule).start), rule).toBe(Date.parse(at));
});

it('a hold identifies no earlier than the screening, and starts the federal notice at the later of the two', () => {
  const outside = { dcfClient: 'no' } as const;
  const story = referral(outside).run().after('PT2H').screen('confirmed');
  const screened = currentScreening(story.state)?.at ?? '';
  const at = minutesAfter(story.now, 30);
  story.at(minutesAfter(at, 240)).do('invoke-hold', { at });
  expect(Date.parse(story.deadline('D5').start)).toBe(Date.parse(at));
  const before = referral(outside).run().after('PT2H').screen('confirmed');
  before.at(minutesAfter(before.now, 240)).do('invoke-hold', { at: minutesAfter(screened, -60) });
  expect(Date.parse(before.deadline('D5').start)).toBe(Date.parse(screened));
});

it('a new offer of the exam starts it anew when it was made', () => {
  const story = referral({ lastAssaultAt: '2026-11-09T12:00:00Z' }).run();
  story.do('record-birth-date', { birthDate: '2011-05-17' });
  story.do('decline-linkage', {
    service: 'medical-acute-forensic',
    reasonCode: 'child-declined',
    reason: 'Asked alone, and said no.',
  });
  const at = minutesAfter(story.now, 60);
  story.at(minutesAfter(at, 120)).do('offer-linkage', { service: 'medical-acute-forensic', providerId: 'PV-1', at });
  expect(Date.parse(story.deadline('D17').start)).toBe(Date.parse(at));
});
