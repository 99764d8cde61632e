import { gunzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compress } from '../../../../infra/local/gateway/compress.ts';

const page = { status: 200, headers: [['content-type', 'text/html']] as const, body: Buffer.from('word '.repeat(400)) };
const codingOf = (answer: { readonly headers: readonly (readonly [string, string])[] }) =>
  answer.headers.find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];

describe('an answer of at least the smallest size', () => {
  test.each([
    ['gzip, deflate, br', 'gzip', gunzipSync],
    ['deflate', 'deflate', inflateSync],
    ['gzip;q=0.5, deflate', 'deflate', inflateSync],
    ['GZIP', 'gzip', gunzipSync],
  ])('is sent in the coding that the client likes best: %s', (accepted, coding, read) => {
    const answer = compress(page, accepted, 1024);
    expect(codingOf(answer)).toBe(coding);
    expect(read(answer.body)).toEqual(page.body);
    expect(answer.body.length).toBeLessThan(page.body.length / 10);
  });

  test.each([
    ['no coding is accepted', undefined],
    ['any coding is accepted', '*'],
    ['the best coding is none of API Gateway’s', 'br, gzip;q=0.9'],
    ['the coding is refused', 'gzip;q=0'],
    ['the header is empty', ''],
  ])('stays as it is where %s', (_, accepted) => {
    expect(compress(page, accepted, 1024)).toBe(page);
  });

  test('stays as it is where the API has no smallest size, and where it has a coding already', () => {
    expect(compress(page, 'gzip', undefined)).toBe(page);
    const coded = { ...page, headers: [['Content-Encoding', 'br']] as const };
    expect(compress(coded, 'gzip', 0)).toBe(coded);
  });
});

test('a smaller answer stays as it is', () => {
  expect(compress(page, 'gzip', page.body.length + 1)).toBe(page);
  expect(codingOf(compress(page, 'gzip', page.body.length))).toBe('gzip');
});
