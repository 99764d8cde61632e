/** The row of facts says what the commits say, and nothing of the vault. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event, EventOf, EventType } from '../../../shared/domain/events.ts';
import { factRow } from '../../../shared/domain/facts/fact-row.ts';
import { factRowShape } from '../../../shared/domain/facts/fact-row-shape.ts';
import { fold } from '../../../shared/domain/fold.ts';
import { examplesOf, seedOf } from '../../support/examples.ts';
import { acts, happen, otherReferral, reports } from '../../support/random-story.ts';
import { monday, referral, referralId, type Story } from '../../support/referral-builder.ts';

const rowOf = (story: Story) => factRow({ state: story.state, commits: story.commits }, story.policy);
const hours = (some: number): string => new Date(Date.parse(monday) + some * 3_600_000).toISOString();

describe('the row of a referral', () => {
  test('says when each stage was reached, by the act and not by its entry', () => {
    const story = referral({ danger: 'no', age: 15 }).run().after('PT10H');
    story
      .do('start-response', { at: hours(2) })
      .do('record-child-seen', { sighting: 'attempted', seenBy: 'caseworker', at: hours(3) });
    story.do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker', at: hours(9) });
    story
      .do('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'police', at: hours(5) })
      .screen('high-risk');
    expect(rowOf(story).stages).toMatchObject({ response: hours(2), seen: hours(5), screened: hours(10) });
    story.do('record-child-seen', { sighting: 'not-seen', seenBy: 'caseworker' });
    expect(rowOf(story).stages.seen).toBeUndefined();
    expect(rowOf(story).stages).not.toHaveProperty('met');
  });

  test('has each duty by its rule and as extended, as law or policy', () => {
    const story = referral({ danger: 'no' }).run();
    const row = rowOf(story);
    for (const duty of row.duties) {
      const deadline = story.state.deadlines[duty.id];
      expect(duty).toMatchObject({ dueByRule: deadline?.dueByRule, due: deadline?.due, status: deadline?.status });
    }
    expect(row.duties.find(({ rule }) => rule === 'D3')?.kind).toBe('statute');
    expect(row.duties.find(({ rule }) => rule === 'D9')?.kind).toBe('policy');
  });

  test('counts a refused service with every decline, and its start', () => {
    const story = referral({ danger: 'no', age: 15 }).run().screen('high-risk').after('PT1H');
    const decline = { service: 'education', reasonCode: 'waiting-list', waitDays: 30 };
    story
      .do('decline-linkage', decline)
      .after('PT1H')
      .do('offer-linkage', { service: 'education', providerId: 'PV-1' });
    const service = rowOf(story).services.find((each) => each.service === 'education');
    expect(service).toMatchObject({
      status: 'offered',
      offeredAt: hours(2),
      declines: [{ at: hours(1), reason: 'waiting-list', by: 'staff', waitDays: 30 }],
    });
  });

  test('says when a provider reached the child, and not when it tried', () => {
    const story = referral({ danger: 'no', age: 15 }).run().screen('high-risk').after('PT1H');
    const service = 'victim-advocacy';
    story.do('offer-linkage', { service, providerId: 'PV-1' }).after('PT1H').do('accept-linkage', { service });
    story.after('PT1H').do('record-contact', { service, reached: 'no' });
    const reachedAt = () => rowOf(story).services.find((each) => each.service === service)?.reachedAt;
    expect(reachedAt()).toBeUndefined();
    story.after('PT1H').do('record-contact', { service, reached: 'yes' });
    expect(reachedAt()).toBe(hours(4));
  });

  test('has the window of an acute exam, and each notice to the police without the agency’s number', () => {
    const row = rowOf(
      referral({ danger: 'no', age: 15, lastAssaultAt: hours(-20) })
        .run()
        .screen('high-risk'),
    );
    expect(Date.parse(row.duties.find(({ rule }) => rule === 'D17')?.hardStop ?? '')).toBe(Date.parse(hours(100)));
    const told = referral({ danger: 'no' }).run().after('PT1H');
    told.do('notify-police', {
      ...{
        covers: ['state'],
        agencyId: 'A-ONE',
        personReached: 'P',
        method: 'phone',
        at: hours(1),
        agencyReference: 'N-1',
      },
    });
    expect(rowOf(told).policeNotices).toEqual([{ at: hours(1), agency: 'A-ONE', covers: ['state'] }]);
  });

  test('links the referrals of which a person said that they are about the same child, by the last word', () => {
    const told = { candidates: [otherReferral] };
    const answer = (how: string) => ({ answer: how, of: otherReferral });
    const asked = referral(told).run().othersAre('closed').do('answer-duplicate', answer('earlier-closed'));
    const changedAt = asked.commits.at(-1)?.at;
    expect(rowOf(asked).links).toEqual({ earlier: [otherReferral], changedAt });
    const takenBack = asked.do('answer-duplicate', answer('not-a-duplicate'));
    expect(rowOf(takenBack).links).toEqual({ earlier: [], changedAt: takenBack.commits.at(-1)?.at });
    // That it is no known child links nothing.
    const never = referral(told).run().do('answer-duplicate', answer('not-a-duplicate'));
    expect(rowOf(never).links).toEqual({ earlier: [] });
    const merged = referral(told).run().do('answer-duplicate', answer('same-child-open'));
    expect(rowOf(merged)).toMatchObject({ stage: 'merged', links: { mergedInto: otherReferral } });
  });

  test('keeps what was reported beside what is known now', () => {
    const story = referral({ gender: 'girl' }).do('record-facts', { gender: 'boy', population: 'in-dcf-care' });
    const { reported, now } = rowOf(story);
    expect([reported.gender, reported.population]).toEqual(['girl', 'unknown']);
    expect([now.gender, now.population]).toEqual(['boy', 'in-dcf-care']);
  });

  test('counts no hold twice whose beginning was corrected', () => {
    const story = referral({ danger: 'no', age: 15 })
      .run()
      .after('PT5H')
      .do('invoke-hold', { at: hours(4) });
    story.do('invoke-hold', { at: hours(3) });
    expect(story.all('hold-invoked')).toHaveLength(2);
    expect(rowOf(story).holds).toBe(1);
  });
});

/** An obvious way to the same: every event of a type, with the instant of its commit. */
function eventsOf<Type extends EventType>({ commits }: Story, type: Type) {
  const found: { readonly at: string; readonly event: EventOf<Type> }[] = [];
  for (const { at, events } of commits) {
    for (const event of events) if (event.type === type) found.push({ at, event: event as Event & EventOf<Type> });
  }
  return found;
}
const leastOf = (instants: readonly string[]) =>
  instants.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];

test('of a random life, the row is as its events say, reads back, and is the same for the same commits', () => {
  fc.assert(
    fc.property(reports, acts, (told, doings) => {
      const story = referral(told).run();
      for (const doing of doings) happen(story, doing);
      const row = rowOf(story);
      expect(factRowShape.parse(JSON.parse(JSON.stringify(row)))).toEqual(row);
      // No id of a text in the vault, and no person. The random agency has a word of its own, and is no person.
      const withoutAgencies = { ...row, policeNotices: row.policeNotices.map(({ agency: _, ...notice }) => notice) };
      expect(JSON.stringify(withoutAgencies)).not.toMatch(/\.T\d|MEMBER-|HER-OWN-WORDS/);
      const state = fold(referralId, story.commits);
      if (!state) throw new Error('It folds to nothing.');
      expect(factRow({ state, commits: story.commits }, story.policy)).toEqual(row);
      expect(row.seq).toBe(story.commits.length);
      const { stages } = row;
      expect(stages.screened).toBe(eventsOf(story, 'screened')[0]?.at);
      expect(stages.decided).toBe(eventsOf(story, 'eligibility-decided')[0]?.at);
      expect(stages.closed).toBe(eventsOf(story, 'closed')[0]?.at);
      expect(stages.police).toBe(leastOf(eventsOf(story, 'police-notified').map(({ event }) => event.at)));
      expect(stages.started).toBe(leastOf(eventsOf(story, 'linkage-started').map(({ event }) => event.at)));
      const contacts = eventsOf(story, 'linkage-contacted').filter(({ event }) => event.reached === 'yes');
      const reached = row.services.map(({ reachedAt }) => reachedAt).filter((at) => at !== undefined);
      expect(leastOf(reached)).toBe(leastOf(contacts.map(({ event }) => event.at)));
      expect(row.policeNotices).toEqual(
        eventsOf(story, 'police-notified').map(({ event: { at, agencyId, covers } }) => ({
          at,
          agency: agencyId,
          covers,
        })),
      );
      expect(row.duties.map(({ hardStop }) => hardStop)).toEqual(
        Object.values(story.state.deadlines).map(({ hardStop }) => hardStop),
      );
      expect(row.duties).toHaveLength(eventsOf(story, 'deadline-opened').length);
      expect(row.services.flatMap(({ declines }) => declines)).toHaveLength(eventsOf(story, 'linkage-declined').length);
      expect(row.screenings).toHaveLength(eventsOf(story, 'screened').length);
      expect(row.moves).toHaveLength(eventsOf(story, 'placement-moved').length);
      expect(row.chargeEnds.map(({ at }) => at)).toEqual(eventsOf(story, 'charges-ended').map(({ event }) => event.at));
      expect(row.charged).toBe(eventsOf(story, 'charges-recorded').length > 0);
    }),
    { numRuns: examplesOf(15), seed: seedOf(251) },
  );
});
