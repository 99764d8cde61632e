/** Words that wait sealed in a browser, with the keys of two people. */
import { expect, test } from 'vitest';
import { keyOf, openWords, sealWords } from '../../functions/console/browser/sealed-words.ts';

const secretOf = (byte: number) => Buffer.alloc(32, byte).toString('base64');
const about = { place: 'unsent 1', person: 'tag-1', at: '2026-11-10T15:00:00.000Z' };
const words = 'Words of a caller, “quoted”, é.';

test('sealed words open with the key of the person who typed them, and show nothing before', async () => {
  const key = await keyOf(secretOf(1));
  const sealed = await sealWords(key, about, words);
  expect(JSON.stringify(sealed)).not.toMatch(/Words|caller/);
  expect([sealed.person, sealed.at]).toEqual([about.person, about.at]);
  expect(await openWords(await keyOf(secretOf(1)), about.place, sealed)).toBe(words);
});

test('the same words are sealed otherwise each time', async () => {
  const key = await keyOf(secretOf(1));
  const [one, other] = await Promise.all([sealWords(key, about, words), sealWords(key, about, words)]);
  expect([one.words, one.key, one.iv]).not.toEqual([other.words, other.key, other.iv]);
});

test.each([
  ['with the key of another person', 2, {}, about.place],
  ['under another place', 1, {}, 'unsent 2'],
  ['as the words of another person', 1, { person: 'tag-2' }, about.place],
  ['after a change', 1, { words: 'AAAA' }, about.place],
])('sealed words do not open %s', async (_, secret, change, place) => {
  const sealed = { ...(await sealWords(await keyOf(secretOf(1)), about, words)), ...change };
  await expect(openWords(await keyOf(secretOf(secret)), place, sealed)).rejects.toThrow();
});

test('the key of a person cannot be read out of the browser', async () => {
  const key = await keyOf(secretOf(1));
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});
