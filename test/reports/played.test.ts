/** A played history is made by the real domain, the same for the same seed, and rich enough to learn from. */
import { beforeAll, describe, expect, test } from 'vitest';
import { isReference } from '../../shared/domain/core/ids.ts';
import { type Event, readEvent } from '../../shared/domain/events.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { connecticut20261 as policy } from '../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { childrenOf } from '../../shared/reports/children.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { type Recorded, rowsAt } from '../../shared/reports/whole-report.ts';

const until = '2026-11-28T00:00:00.000Z';
const asked = { seed: 'invented', referrals: 24, from: '2024-11-28T00:00:00.000Z', until };

describe('a played history', () => {
  let history: readonly Recorded[];
  let rows: readonly FactRow[];
  beforeAll(() => {
    history = playHistory(asked, policy);
    rows = rowsAt(history, until, policyOf);
  }, 60_000);

  test('is the same for the same seed, and another for another', () => {
    const few = { ...asked, referrals: 2 };
    expect(playHistory(few, policy)).toEqual(playHistory(few, policy));
    expect(playHistory({ ...few, seed: 'other' }, policy)).not.toEqual(playHistory(few, policy));
  });

  test('has commits in the order of time, up to its end, that are read as stored events', () => {
    for (const { commits } of history) {
      const times = commits.map(({ at }) => Date.parse(at));
      expect(times).toEqual(times.toSorted((one, other) => one - other));
      expect(times.at(-1)).toBeLessThanOrEqual(Date.parse(until));
      expect(commits.map(({ seq }) => seq)).toEqual(commits.map((_, index) => index + 1));
      for (const each of commits.flatMap(({ events }) => events)) {
        expect(readEvent(JSON.parse(JSON.stringify(each)))).toEqual(JSON.parse(JSON.stringify(each)));
      }
    }
  });

  test('comes to an end by itself: old referrals are closed or withdrawn', () => {
    const old = rows.filter(({ receivedAt }) => receivedAt < '2026-01-01');
    const ended = old.filter(({ stage }) => stage === 'closed' || stage === 'withdrawn');
    expect(old.length).toBeGreaterThan(10);
    expect(ended.length / old.length).toBeGreaterThan(0.8);
  });

  test('has duties kept, late and missed, services started and refused, and facts that stay unknown', () => {
    const duties = rows.flatMap((row) => row.duties);
    expect(duties.filter(({ status }) => status === 'kept').length).toBeGreaterThan(100);
    expect(
      duties.some(({ keptAt, dueByRule }) => keptAt !== undefined && Date.parse(keptAt) > Date.parse(dueByRule)),
    ).toBe(true);
    const services = rows.flatMap((row) => row.services);
    expect(services.some(({ startedAt }) => startedAt !== undefined)).toBe(true);
    expect(services.some(({ declines }) => declines.length > 0)).toBe(true);
    expect(rows.some(({ careTiming }) => careTiming === 'unknown')).toBe(true);
    expect(rows.some(({ careTiming }) => careTiming !== 'unknown')).toBe(true);
    expect(new Set(rows.flatMap(({ screenings }) => screenings.map(({ outcome }) => outcome))).size).toBeGreaterThan(2);
  });

  test('holds no more children than referrals, and links only to referrals that it holds', () => {
    expect(childrenOf(rows).length).toBeLessThanOrEqual(rows.length);
    const ids = new Set(rows.map(({ id }) => id));
    for (const { links } of rows) for (const earlier of links.earlier) expect(ids).toContain(earlier);
  });

  test('has second reports that are merged, and merges that are undone: a child is counted once', () => {
    const some = { ...asked, seed: 'merges and undone', referrals: 140, from: '2026-06-28T00:00:00.000Z' };
    const played = playHistory(some, policy);
    const many = rowsAt(played, until, policyOf);
    const merged = many.filter(({ links }) => links.mergedInto !== undefined);
    expect(merged.length).toBeGreaterThan(2);
    const byId = new Map(many.map((row) => [row.id, row]));
    for (const { stage, links, now } of merged) {
      expect(stage).toBe('merged');
      // They are about the same child.
      expect(byId.get(links.mergedInto ?? '')?.reported.gender).toBe(now.gender);
    }
    const events = played.flatMap(({ commits }) => commits.flatMap((commit) => commit.events as readonly Event[]));
    const count = (type: Event['type']) => events.filter((event) => event.type === type).length;
    expect(count('merge-reserved')).toBe(count('merged'));
    expect(count('merge-undone')).toBeGreaterThan(0);
    expect(count('merge-reservation-ended')).toBe(count('merge-undone'));
    expect(childrenOf(many).length).toBeLessThan(many.length - merged.length + 1);
    expect(many.filter(({ links }) => links.changedAt !== undefined && !links.mergedInto).length).toBeGreaterThan(0);
  }, 60_000);

  test('has late entries and restricted referrals, with references that pages accept', () => {
    const many = rowsAt(playHistory({ ...asked, referrals: 60, seed: 'various' }, policy), until, policyOf);
    expect(many.some(({ receivedAt, recordedAt }) => recordedAt > receivedAt)).toBe(true);
    expect(many.some(({ sealed }) => sealed)).toBe(true);
    expect(many.some(({ stage }) => stage === 'withdrawn')).toBe(true);
    expect(many.filter(({ id }) => !isReference('CR', id))).toEqual([]);
  }, 60_000);

  test('names who acted: a liaison screens', () => {
    const acts = history.flatMap(({ commits }) => commits.filter(({ actor }) => actor.kind === 'person'));
    expect(acts.length).toBeGreaterThan(200);
    expect(acts.some(({ actor }) => actor.id === 'P-PLAYED-HART-LIAISON')).toBe(true);
  });
});
