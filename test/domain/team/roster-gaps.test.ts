import { describe, expect, it } from 'vitest';
import { gapWords } from '../../../shared/domain/team/gap-words.ts';
import { foldRoster, gapsIn, lookedAt, type RosterEvent } from '../../../shared/domain/team/roster-gaps.ts';

const now = '2026-11-09T15:00:00Z';
const later = '2026-11-10T15:00:00Z';
const seat = (personId: string, order: number) => ({ discipline: 'medical' as const, personId, order });
const there = { email: 'member@team.example' };
const away = { ...there, absentUntil: later };
const found = (
  seats: ReturnType<typeof seat>[],
  people: Readonly<Record<string, NonNullable<ReturnType<Parameters<typeof gapsIn>[2]>>>>,
) => gapsIn(seats, ['medical'], (id) => people[id], now).map(({ gap }) => gap);
const two = [seat('P-1', 1), seat('P-2', 2)];

describe('a required seat', () => {
  it('with a holder and a deputy who can be written to has no gap', () => {
    expect(found(two, { 'P-1': there, 'P-2': there })).toEqual([]);
    expect(found(two, { 'P-1': away, 'P-2': there })).toEqual([]);
  });

  it.each([
    ['no-holder', [], {}],
    ['no-deputy', [seat('P-1', 1)], { 'P-1': there }],
    ['unknown-person', two, { 'P-1': there }],
    ['no-email', two, { 'P-1': there, 'P-2': { email: '' } }],
    ['no-telephone', two, { 'P-1': { ...there, flaws: ['no-telephone'] }, 'P-2': there }],
    ['unknown-language', two, { 'P-1': there, 'P-2': { ...there, flaws: ['unknown-language'] } }],
    ['mail-fails', two, { 'P-1': there, 'P-2': { ...there, mailFailsSince: now } }],
    ['away', two, { 'P-1': away, 'P-2': away }],
  ] as const)('has the gap %s', (gap, seats, people) => {
    expect(found([...seats], people)).toEqual([gap]);
    expect(gapWords({ discipline: 'medical', gap })).toMatch(/^The medical seat: .+\.$/);
  });

  it('whose holder is away without any deputy has both gaps, and one who is back has not', () => {
    expect(found([seat('P-1', 1)], { 'P-1': away })).toEqual(['no-deputy', 'away']);
    expect(gapsIn(two, ['medical'], () => ({ ...there, absentUntil: now }), now)).toEqual([]);
  });

  it('is the only kind that is looked at', () => {
    expect(gapsIn([], [], () => undefined, now)).toEqual([]);
  });
});

describe('the gaps of a team', () => {
  const gap = { discipline: 'medical', gap: 'no-holder' } as const;
  const commit = (seq: number, ...events: readonly RosterEvent[]) => ({
    seq,
    at: now,
    actor: { kind: 'function', id: 'sweep' } as const,
    events,
  });
  const opened = foldRoster([commit(1, ...lookedAt([], [gap]))]);

  it('stand from when they were found until they are filled', () => {
    expect(opened).toEqual([{ ...gap, since: now, foundIn: 1 }]);
    expect(lookedAt(opened, [gap])).toEqual([]);
    const filled = [commit(1, ...lookedAt([], [gap])), commit(2, ...lookedAt(opened, []))];
    expect(foldRoster(filled)).toEqual([]);
  });

  it('are new when they are found again', () => {
    const filled = [commit(1, ...lookedAt([], [gap])), commit(2, ...lookedAt(opened, []))];
    const again = foldRoster([...filled, commit(3, ...lookedAt([], [gap]))]);
    expect(again).toEqual([{ ...gap, since: now, foundIn: 3 }]);
  });
});
