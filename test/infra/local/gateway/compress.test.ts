import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compress } from '../../../../infra/local/gateway/compress.ts';

const page = { status: 200, headers: [['content-type', 'text/html']] as const, body: Buffer.from('word '.repeat(400)) };
const codingOf = (answer: { readonly headers: readonly (readonly [string, string])[] }) =>
  answer.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];

describe('an answer of at least the smallest size', () => {
  test.each(['gzip, deflate, br', 'GZIP', 'br;q=0.5, gzip'])(
    'is sent in gzip where the client likes that best: %s',
    (accepted) => {
      const answer = compress(page, accepted, 1024);
      expect(codingOf(answer)).toBe('gzip');
      expect(gunzipSync(answer.body)).toEqual(page.body);
      expect(answer.body.length).toBeLessThan(page.body.length / 10);
    },
  );

  test.each([
    ['no coding is accepted', undefined],
    ['any coding is accepted', '*'],
    ['another coding is liked better', 'br, gzip;q=0.9'],
    ['the coding is refused', 'gzip;q=0'],
    ['the header is empty', ''],
  ])('stays as it is where %s', (_, accepted) => {
    expect(compress(page, accepted, 1024)).toBe(page);
  });

  test('stays as it is where it has a coding already', () => {
    const coded = { ...page, headers: [['Content-Encoding', 'br']] as const };
    expect(compress(coded, 'gzip', 0)).toBe(coded);
  });
});

test('a smaller answer stays as it is', () => {
  expect(compress(page, 'gzip', page.body.length + 1)).toBe(page);
  expect(codingOf(compress(page, 'gzip', page.body.length))).toBe('gzip');
});
