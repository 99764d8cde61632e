import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createActivity } from '../../../../infra/local/clock/clock.ts';
import { createBackground } from '../../../../infra/local/lambda/background.ts';
import type { InvokeResult } from '../../../../infra/local/lambda/invocation.ts';

test('background work runs a number of pieces at once; the next begins when one has ended, and rest comes with the last', async () => {
  const activity = createActivity();
  const begun: string[] = [];
  const ends = new Map<string, (result: InvokeResult) => void>();
  const invoke = (name: string) => {
    begun.push(name);
    const { promise, resolve } = Promise.withResolvers<InvokeResult>();
    ends.set(name, resolve);
    return promise;
  };
  const background = createBackground({ invoke }, activity, 2);
  const answers = ['One', 'Two', 'Three'].map((name) => background.invoke(name, {}));
  const atRest = activity.rest().then(() => 'at rest');
  expect(begun).toEqual(['One', 'Two']);

  ends.get('Two')?.({ ok: true, payload: 2 });
  expect(await answers[1]).toEqual({ ok: true, payload: 2 });
  await answers[1];
  expect(begun).toEqual(['One', 'Two', 'Three']);

  ends.get('One')?.({ ok: true, payload: 1 });
  await answers[0];
  // Rest is known after two turns of the event loop.
  const aWhile = (async () => {
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    return 'under way';
  })();
  expect(await Promise.race([atRest, aWhile])).toBe('under way');
  ends.get('Three')?.({ ok: true, payload: 3 });
  expect([await answers[2], await atRest]).toEqual([{ ok: true, payload: 3 }, 'at rest']);
});
