/** ListObjectsV2 and ListObjectVersions, page by page. */
import { localAccount } from '../endpoint/service.ts';
import type { Bucket } from './buckets.ts';
import { invalidArgument } from './failure.ts';
import type { Objects, ObjectVersion, Version } from './objects.ts';
import { documentOf, element, optional, type Xml } from './xml.ts';

const mostListed = 1000;

interface Window {
  readonly prefix: string;
  readonly delimiter: string;
  readonly most: number;
}

interface Entry<Item> {
  readonly key: string;
  readonly item: Item;
}

interface Page<Item> {
  readonly items: readonly Entry<Item>[];
  readonly commonPrefixes: readonly string[];
  readonly isCut: boolean;
  /** The last key, or prefix, that the page shows. */
  readonly last: string | undefined;
}

/** `entries` come in order, and begin after what the page before has shown. */
export function pageOf<Item>(entries: Iterable<Entry<Item>>, { prefix, delimiter, most }: Window): Page<Item> {
  const items: Entry<Item>[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  for (const entry of entries) {
    if (!entry.key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : entry.key.indexOf(delimiter, prefix.length);
    const common = end === -1 ? undefined : entry.key.slice(0, end + delimiter.length);
    if (common !== undefined && commonPrefixes.at(-1) === common) continue;
    if (items.length + commonPrefixes.length === most) {
      return { items, commonPrefixes, isCut: most > 0, last };
    }
    if (common === undefined) items.push(entry);
    else commonPrefixes.push(common);
    last = common ?? entry.key;
  }
  return { items, commonPrefixes, isCut: false, last };
}

/** The query parameters that both lists have. Throws S3Error for a wrong one. */
function windowOf(query: URLSearchParams) {
  const encoding = query.get('encoding-type');
  if (encoding !== null && encoding !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  }
  const most = Number(query.get('max-keys') ?? mostListed);
  if (!Number.isInteger(most) || most < 0) {
    throw invalidArgument(
      'Provided max-keys not an integer or within integer range',
      'max-keys',
      query.get('max-keys') ?? '',
    );
  }
  const text = (value: string) => (encoding === 'url' ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  const window = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    most: Math.min(most, mostListed),
  };
  const head = [
    element('Prefix', text(window.prefix)),
    ...(window.delimiter === '' ? [] : [element('Delimiter', text(window.delimiter))]),
    element('MaxKeys', window.most),
    ...(encoding === null ? [] : [element('EncodingType', encoding)]),
  ];
  return { window, head, text };
}

const commonPrefixesOf = (prefixes: readonly string[], text: (value: string) => string): readonly Xml[] =>
  prefixes.map((prefix) => element('CommonPrefixes', element('Prefix', text(prefix))));

const instant = (at: number) => new Date(at).toISOString();

const contentOf = ({ at, etag, checksum, size }: ObjectVersion): readonly Xml[] => [
  element('LastModified', instant(at)),
  element('ETag', `"${etag}"`),
  element('ChecksumAlgorithm', checksum.algorithm),
  element('ChecksumType', 'FULL_OBJECT'),
  element('Size', size),
  element('StorageClass', 'STANDARD'),
];

const owner = element('Owner', element('ID', localAccount));

/** After `mark`, a key or a common prefix that was shown. */
const isAfter = (mark: string, delimiter: string) => (key: string) =>
  Buffer.compare(Buffer.from(key), Buffer.from(mark)) > 0 &&
  !(delimiter !== '' && mark.endsWith(delimiter) && key.startsWith(mark));

/** A token is the last key or prefix of the page before. */
const tokenOf = (last: string) => Buffer.from(last).toString('base64url');

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (tokenOf(text) !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  }
  return text;
}

export function listObjects(bucket: Bucket, query: URLSearchParams, objects: Objects): string {
  const { window, head, text } = windowOf(query);
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? undefined;
  const mark = token === undefined ? startAfter : readToken(token);
  const follows = mark === undefined ? () => true : isAfter(mark, window.delimiter);
  function* entries(): Generator<Entry<ObjectVersion>> {
    for (const key of objects.keys(bucket.name)) {
      if (!follows(key)) continue;
      const [item] = objects.versions({ bucket: bucket.name, key });
      if (item && !item.isDeleteMarker) yield { key, item };
    }
  }
  const page = pageOf(entries(), window);
  const withOwner = query.get('fetch-owner') === 'true' ? [owner] : [];
  return documentOf(
    'ListBucketResult',
    element('Name', bucket.name),
    ...head,
    element('KeyCount', page.items.length + page.commonPrefixes.length),
    element('IsTruncated', page.isCut),
    optional('ContinuationToken', token),
    optional('StartAfter', startAfter === undefined ? undefined : text(startAfter)),
    page.isCut && page.last !== undefined ? element('NextContinuationToken', tokenOf(page.last)) : undefined,
    ...page.items.map(({ key, item }) =>
      element('Contents', element('Key', text(key)), ...contentOf(item), ...withOwner),
    ),
    ...commonPrefixesOf(page.commonPrefixes, text),
  );
}

export function listVersions(bucket: Bucket, query: URLSearchParams, objects: Objects): string {
  const { window, head, text } = windowOf(query);
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  if (keyMarker === '' && versionMarker !== '') {
    const sentence = 'A version-id marker cannot be specified without a key marker.';
    throw invalidArgument(sentence, 'version-id-marker', versionMarker);
  }
  const follows = keyMarker === '' ? () => true : isAfter(keyMarker, window.delimiter);
  function* entries(): Generator<Entry<{ readonly version: Version; readonly isLatest: boolean }>> {
    for (const key of objects.keys(bucket.name)) {
      const versions = objects.versions({ bucket: bucket.name, key });
      // With a version as mark, the rest of the marked key comes first.
      const isMarked = versionMarker !== '' && key === keyMarker;
      if (!isMarked && !follows(key)) continue;
      const start = isMarked ? versions.findIndex(({ versionId }) => versionId === versionMarker) + 1 : 0;
      for (const [at, version] of versions.entries()) {
        if (at >= start) yield { key, item: { version, isLatest: at === 0 } };
      }
    }
  }
  const page = pageOf(entries(), window);
  const lastItem = page.items.at(-1);
  const endsWithItem = lastItem !== undefined && lastItem.key === page.last;
  return documentOf(
    'ListVersionsResult',
    element('Name', bucket.name),
    ...head,
    element('KeyMarker', text(keyMarker)),
    element('VersionIdMarker', versionMarker),
    element('IsTruncated', page.isCut),
    page.isCut && page.last !== undefined ? element('NextKeyMarker', text(page.last)) : undefined,
    page.isCut && endsWithItem ? element('NextVersionIdMarker', lastItem.item.version.versionId) : undefined,
    ...page.items.map(({ key, item: { version, isLatest } }) => {
      const names = [element('Key', text(key)), element('VersionId', version.versionId), element('IsLatest', isLatest)];
      return version.isDeleteMarker
        ? element('DeleteMarker', ...names, element('LastModified', instant(version.at)), owner)
        : element('Version', ...names, ...contentOf(version), owner);
    }),
    ...commonPrefixesOf(page.commonPrefixes, text),
  );
}
