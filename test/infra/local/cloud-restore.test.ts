/** The restore drill, as `npm run restore-drill` plays it. */
import { expect, it } from 'vitest';
import { playRestoreDrill } from '../../support/restore-drill.ts';

// A busy machine takes twice the usual minute.
it('a restore brings back all but what was erased since, and nothing is sent or started twice', {
  timeout: 300_000,
}, async () => {
  const sentences: string[] = [];
  const drill = await playRestoreDrill((sentence) => sentences.push(sentence));
  expect(sentences.length).toBeGreaterThan(4);
  expect(drill.erasedAgain).toHaveLength(1);
  expect(drill.removed).toBeGreaterThan(2);
  expect(drill.leftOfErased).toBe(0);
  expect(drill.leftOfOther).toBeGreaterThan(2);
  expect(drill.lost).toHaveLength(1);
  expect(drill.chains).toBeGreaterThan(2);
  expect(drill.broken).toEqual([]);
  expect(drill.listed).not.toContain(drill.lost[0]);
  // The withdrawn one is listed too, for its open duties.
  expect(drill.listed).toEqual([expect.stringMatching(/^CR-/), expect.stringMatching(/^CR-/)]);
  // The same runs live under their names, and wait for people, as at that instant.
  expect(drill.before.running.length).toBeGreaterThan(3);
  expect(drill.after).toEqual(drill.before);
  expect(drill.repeated).toEqual([]);
  expect(drill).toMatchObject({ raised: true, agreedAgain: true });
});
