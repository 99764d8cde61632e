/** ListObjectsV2 and ListObjectVersions, page by page. */
import type { AwsResponse } from '../endpoint/service.ts';
import { allow, type Call, refuseUnknown } from './call.ts';
import { S3Error } from './failure.ts';
import type { ObjectVersion } from './objects.ts';
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
    if (items.length + commonPrefixes.length === most) return { items, commonPrefixes, isCut: true, last };
    if (common === undefined) items.push(entry);
    else commonPrefixes.push(common);
    last = common ?? entry.key;
  }
  return { items, commonPrefixes, isCut: false, last };
}

/** What both lists are asked for. Clients that cannot read every key ask for the encoding `url`, as the AWS CLI does. */
function askedFor({ bucket, request: { query } }: Call) {
  const most = Number(query.get('max-keys') ?? mostListed);
  if (!(Number.isInteger(most) && most > 0)) {
    throw new S3Error(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range');
  }
  const encoding = query.get('encoding-type') ?? undefined;
  const text = (value: string) => (encoding === 'url' ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  const window = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    most: Math.min(most, mostListed),
  };
  const head = [
    element('Name', bucket.name),
    element('Prefix', text(window.prefix)),
    ...(window.delimiter === '' ? [] : [element('Delimiter', text(window.delimiter))]),
    element('MaxKeys', window.most),
    ...(encoding === undefined ? [] : [element('EncodingType', encoding)]),
  ];
  return { window, head, text };
}

const parameters = ['delimiter', 'encoding-type', 'max-keys', 'prefix'];

const contentOf = ({ at, etag, size }: ObjectVersion): readonly Xml[] => [
  element('LastModified', new Date(at).toISOString()),
  element('ETag', `"${etag}"`),
  element('ChecksumAlgorithm', 'CRC32'),
  element('ChecksumType', 'FULL_OBJECT'),
  element('Size', size),
  element('StorageClass', 'STANDARD'),
];

/** After `mark`, a key or a common prefix that was shown. */
const isAfter = (mark: string, delimiter: string) => (key: string) =>
  Buffer.compare(Buffer.from(key), Buffer.from(mark)) > 0 &&
  !(delimiter !== '' && mark.endsWith(delimiter) && key.startsWith(mark));

const xml = (body: string): AwsResponse => ({ status: 200, headers: { 'content-type': 'application/xml' }, body });

/** A token is the last key or prefix of the page before. */
export function listObjects(call: Call): AwsResponse {
  const { s3, request, bucket } = call;
  const { query } = request;
  refuseUnknown(request, { query: [...parameters, 'continuation-token', 'list-type', 'start-after'] });
  allow(call, 'ListBucket');
  const { window, head, text } = askedFor(call);
  const token = query.get('continuation-token') ?? undefined;
  const startAfter = query.get('start-after') ?? undefined;
  const mark = token === undefined ? startAfter : Buffer.from(token, 'base64url').toString('utf8');
  const follows = mark === undefined ? () => true : isAfter(mark, window.delimiter);
  function* entries(): Generator<Entry<ObjectVersion>> {
    for (const key of s3.objects.keys(bucket.name)) {
      const [item] = follows(key) ? s3.objects.versions({ bucket: bucket.name, key }) : [];
      if (item) yield { key, item };
    }
  }
  const { items, commonPrefixes, isCut, last = '' } = pageOf(entries(), window);
  return xml(
    documentOf(
      'ListBucketResult',
      ...head,
      element('KeyCount', items.length + commonPrefixes.length),
      element('IsTruncated', isCut),
      optional('ContinuationToken', token),
      optional('StartAfter', startAfter === undefined ? undefined : text(startAfter)),
      optional('NextContinuationToken', isCut ? Buffer.from(last).toString('base64url') : undefined),
      ...items.map(({ key, item }) => element('Contents', element('Key', text(key)), ...contentOf(item))),
      ...commonPrefixes.map((prefix) => element('CommonPrefixes', element('Prefix', text(prefix)))),
    ),
  );
}

/** Every version of each key, newest first. Where a page ends within a key, its mark is the last version shown. */
export function listVersions(call: Call): AwsResponse {
  const { s3, request, bucket } = call;
  const { query } = request;
  refuseUnknown(request, {
    query: ['encoding-type', 'max-keys', 'prefix', 'key-marker', 'version-id-marker', 'versions'],
  });
  allow(call, 'ListBucketVersions');
  const { window, head, text } = askedFor(call);
  const keyMarker = query.get('key-marker') ?? '';
  const versionMarker = query.get('version-id-marker') ?? '';
  const follows = isAfter(keyMarker, '');
  function* entries(): Generator<Entry<{ readonly version: ObjectVersion; readonly isLatest: boolean }>> {
    for (const key of s3.objects.keys(bucket.name)) {
      const isMarked = versionMarker !== '' && key === keyMarker;
      if (!isMarked && !follows(key)) continue;
      const versions = s3.objects.versions({ bucket: bucket.name, key });
      const start = isMarked ? versions.findIndex(({ versionId }) => versionId === versionMarker) + 1 : 0;
      for (const [at, version] of versions.entries()) {
        if (at >= start) yield { key, item: { version, isLatest: at === 0 } };
      }
    }
  }
  const { items, isCut } = pageOf(entries(), window);
  const last = isCut ? items.at(-1) : undefined;
  return xml(
    documentOf(
      'ListVersionsResult',
      ...head,
      element('KeyMarker', text(keyMarker)),
      element('VersionIdMarker', versionMarker),
      element('IsTruncated', isCut),
      optional('NextKeyMarker', last && text(last.key)),
      optional('NextVersionIdMarker', last?.item.version.versionId),
      ...items.map(({ key, item: { version, isLatest } }) =>
        element(
          'Version',
          element('Key', text(key)),
          element('VersionId', version.versionId),
          element('IsLatest', isLatest),
          ...contentOf(version),
        ),
      ),
    ),
  );
}
