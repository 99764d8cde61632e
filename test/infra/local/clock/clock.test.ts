import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';

const start = Date.parse('2026-11-25T15:00:00Z');
const standing = () => {
  const activity = createActivity();
  return { activity, clock: createClock({ activity, frozenAt: start }) };
};

describe('the movable clock', () => {
  it('stands still until it is moved', async () => {
    const { clock } = standing();
    expect(clock.now()).toBe(start);
    await clock.advance(1000);
    expect(clock.now()).toBe(start + 1000);
  });

  it('fires timers in order of their instants, each at its own instant', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 20 }), async (delays) => {
        const { clock } = standing();
        const seen: number[] = [];
        for (const delay of delays) clock.at(start + 1 + delay, () => seen.push(clock.now() - start - 1));
        await clock.advance(20_000);
        expect(seen).toEqual(delays.toSorted((a, b) => a - b));
      }),
    ));

  it('lets the work a timer caused come to rest before the next timer fires', async () => {
    const { activity, clock } = standing();
    const seen: string[] = [];
    clock.at(start + 10, () => {
      void activity.track(async () => {
        for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        seen.push(`first done at ${clock.now() - start}`);
      });
    });
    clock.at(start + 20, () => seen.push('second'));
    await clock.advance(30);
    expect(seen).toEqual(['first done at 10', 'second']);
  });

  it('fires a timer that another timer set, if it is due within the same move', async () => {
    const { clock } = standing();
    const seen: number[] = [];
    clock.at(start + 10, () => clock.at(start + 15, () => seen.push(clock.now() - start)));
    await clock.advance(15);
    expect(seen).toEqual([15]);
  });

  it('does not fire a cancelled timer', async () => {
    const { clock } = standing();
    let fired = 0;
    const cancel = clock.at(start + 10, () => {
      fired += 1;
    });
    cancel();
    await clock.advance(20);
    expect(fired).toBe(0);
  });

  it('refuses to go back', async () => {
    const { clock } = standing();
    await expect(clock.advance(-1)).rejects.toThrow('only moves forward');
  });
});
