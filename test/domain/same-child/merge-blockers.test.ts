import { describe, expect, it } from 'vitest';
import { isCommandName } from '../../../shared/domain/commands.ts';
import { mergeBlockers } from '../../../shared/domain/same-child/merge-blockers.ts';
import { referral, type Story, type Told } from '../../support/referral-builder.ts';

const other = 'CR-0THER-0NE000';
const calm = { danger: 'no', age: 15 } as const;
const told = (facts: Told = {}) => referral({ ...calm, ...facts }).run();

/** What has to be recorded there first, as `fact (command)`; nothing where the two may be counted as one. */
const asked = (here: Story, there: Story): string | undefined =>
  /people hear of it: (.+)\. Where/.exec(
    mergeBlockers(here.state, { other: there.state }, here.now)?.sentence ?? '',
  )?.[1];

/** Each fact: who knows it and who does not, what the sentence names, and how it is recorded there. */
const facts: readonly (readonly [
  what: string,
  here: () => Story,
  there: () => Story,
  named: string,
  record: (there: Story) => unknown,
])[] = [
  [
    'danger that the other rules out',
    () => told({ danger: 'yes' }),
    () => told(),
    'danger yes (assess-danger)',
    (there) => there.do('assess-danger', { danger: 'yes' }),
  ],
  [
    'danger of which the other knows nothing',
    () => told({ danger: 'yes' }),
    () => told({ danger: 'unknown' }),
    'danger yes (assess-danger)',
    (there) => there.do('assess-danger', { danger: 'yes' }),
  ],
  [
    'danger that is no longer ruled out',
    () => told({ danger: 'unknown' }),
    () => told(),
    'danger unknown (assess-danger)',
    (there) => there.do('assess-danger', { danger: 'unknown' }),
  ],
  [
    'a child who is missing',
    () => told({ missingNow: 'yes' }),
    () => told(),
    'missing (report-missing)',
    (there) => there.do('report-missing'),
  ],
  [
    'a caregiver who is alleged',
    () => told({ perpetrators: ['caregiver'] }),
    () => told(),
    'caregiverNamed yes (record-facts)',
    (there) => there.do('record-facts', { caregiverNamed: 'yes' }),
  ],
  [
    'a caregiver named by the checklist, beside a stranger',
    () => told({ perpetrators: ['third-party'], indicators: ['caregiver-facilitation'] }),
    () => told({ perpetrators: ['third-party'] }),
    'caregiverNamed yes (record-facts)',
    (there) => there.do('record-facts', { perpetrators: ['caregiver', 'third-party'] }),
  ],
  [
    'a stranger where no perpetrator is alleged',
    () => told({ perpetrators: ['third-party'] }),
    () => told({ perpetrators: ['none-alleged'] }),
    'perpetrators third-party (record-facts)',
    (there) => there.do('record-facts', { perpetrators: ['third-party'] }),
  ],
  [
    'an assault later than the last one known there',
    () => told({ lastAssaultAt: '2026-11-09T14:00:00Z' }),
    () => told({ lastAssaultAt: '2026-11-07T14:00:00Z' }),
    'lastAssaultAt (record-facts)',
    (there) => there.do('record-facts', { lastAssaultAt: '2026-11-09T14:00:00Z' }),
  ],
  ...(['foreignNational', 'tribalMember', 'inFacility', 'schoolEmployee', 'dcfClient'] as const).map(
    (fact) =>
      [
        `${fact} yes`,
        () => told({ [fact]: 'yes' }),
        () => told({ [fact]: 'no' }),
        `${fact} yes (record-facts)`,
        (there: Story) => there.do('record-facts', { [fact]: 'yes' }),
      ] as const,
  ),
  [
    'that it is a child of another state',
    () => told({ connecticutResident: 'no' }),
    () => told(),
    'connecticutResident no (record-facts)',
    (there) => there.do('record-facts', { connecticutResident: 'no' }),
  ],
  [
    'a child in care',
    () => told({ population: 'in-dcf-care', legalStatus: 'committed' }),
    () => told(),
    'population in-dcf-care, legalStatus committed (record-facts)',
    (there) => there.do('record-facts', { population: 'in-dcf-care', legalStatus: 'committed' }),
  ],
  [
    'the first entry to care',
    () => told().do('record-entry-to-care'),
    () => told(),
    'population in-dcf-care (record-facts); first entry to care (record-entry-to-care)',
    (there) => there.do('record-entry-to-care'),
  ],
  ['a hold', () => told().do('invoke-hold'), () => told(), 'hold (invoke-hold)', (there) => there.do('invoke-hold')],
  [
    'charges against the child',
    () => told().do('record-charges'),
    () => told(),
    'charges (record-charges)',
    (there) => there.do('record-charges'),
  ],
  [
    'that it is a child, where the other says an adult',
    () => told(),
    () => told({ age: 18 }),
    'birthDate (record-birth-date)',
    (there) => there.do('record-birth-date', { birthDate: '2011-01-02', reason: 'The year was wrong.' }),
  ],
  [
    'that the person is of age, where the other referral has no age',
    () => told({ age: 21 }),
    () => referral({ danger: 'no' }).run(),
    'birthDate (record-birth-date)',
    (there) => there.do('record-birth-date', { birthDate: '2005-01-02' }),
  ],
  [
    'a higher outcome of a screening',
    () => told().screen('high-risk'),
    () => told(),
    'outcome high-risk (screen); service victim-advocacy, service mental-health (offer-linkage)',
    (there) => there.screen('high-risk'),
  ],
  [
    'a service that a provider was asked for',
    () => told().screen('high-risk').do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' }),
    () => told().screen('high-risk'),
    'service mental-health (offer-linkage)',
    (there) => there.do('offer-linkage', { service: 'mental-health', providerId: 'PV-1' }),
  ],
];

describe('a fact that only the referral to be merged knows', () => {
  it.each(facts)('is named until it is recorded there: %s', (_, here, there, named, record) => {
    const known = there();
    expect(asked(here(), known)).toBe(named);
    record(known);
    expect(asked(here(), known)).toBeUndefined();
  });

  it.each(facts)('is no matter the other way round: %s', (_, here, there, __, record) => {
    const known = there();
    record(known);
    expect(asked(known, here())).toBeUndefined();
  });

  it('is named in one sentence, by the command that records it', () => {
    const here = told({ danger: 'yes', perpetrators: ['caregiver'], lastAssaultAt: '2026-11-09T14:00:00Z' });
    expect(asked(here, told())).toBe('danger yes (assess-danger); caregiverNamed yes, lastAssaultAt (record-facts)');
  });

  it('is recorded by commands that there are', () => {
    const commands = facts.flatMap(([, , , named]) => [...named.matchAll(/\(([a-z-]+)\)/g)].map(([, name]) => name));
    expect(commands.filter((name) => !isCommandName(name ?? ''))).toEqual([]);
  });

  it('blocks the merge, and a withdrawal as a duplicate', () => {
    const story = referral({
      candidates: [other],
      there: {
        response: {
          danger: 'no',
          hold: false,
          enteredCare: false,
          charged: false,
          tribeNotices: [],
          caseNumbers: [],
          licensingNotices: [],
          educationNotices: [],
        },
      },
    }).run();
    expect(story.refused('answer-duplicate', { answer: 'same-child-open', of: other })).toBe('record-there-first');
    expect(story.refused('propose-withdrawal', { because: 'duplicate', of: other })).toBe('record-there-first');
    expect(story.refused('propose-withdrawal', { because: 'made-in-error' })).toBe('accepted');
  });

  it('holds up nothing where a service was declined here', () => {
    const declined = { service: 'mental-health', reasonCode: 'child-declined' };
    const here = told().screen('high-risk').do('decline-linkage', declined);
    expect(asked(here, told().screen('high-risk'))).toBeUndefined();
  });
});
