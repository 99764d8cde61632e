/** ListObjectsV2 and ListObjectVersions. A list is one page, however long it is. */
import type { AwsResponse } from '../endpoint/service.ts';
import { toXml, type XmlValue } from '../endpoint/xml.ts';
import { allow, type Call, notImplemented, refuseUnknown } from './call.ts';
import type { ObjectVersion } from './objects.ts';

/** Some clients, such as the AWS CLI, say how many they would get anyway. */
const pageOfClients = '1000';
const parameters = ['encoding-type', 'max-keys', 'prefix'];

/** What both lists are asked for. Clients that cannot read every key ask for the encoding `url`, as the AWS CLI does. */
function askedFor({ s3, bucket, request: { query } }: Call) {
  if ((query.get('max-keys') ?? pageOfClients) !== pageOfClients)
    throw notImplemented('The embedded S3 lists all at once: leave max-keys out.');
  const prefix = query.get('prefix') ?? '';
  const encoding = query.get('encoding-type') ?? undefined;
  const text = (value: string) => (encoding === 'url' ? encodeURIComponent(value).replaceAll('%2F', '/') : value);
  const head = { Name: bucket.name, Prefix: text(prefix), EncodingType: encoding, IsTruncated: false };
  return { prefix, keys: s3.objects.keys(bucket.name).filter((key) => key.startsWith(prefix)), head, text };
}

const contentOf = ({ at, etag, size }: ObjectVersion) => ({
  LastModified: new Date(at).toISOString(),
  ETag: `"${etag}"`,
  ChecksumAlgorithm: 'CRC32',
  ChecksumType: 'FULL_OBJECT',
  Size: size,
  StorageClass: 'STANDARD',
});

const documentOf = (name: string, content: XmlValue): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${toXml(content)}</${name}>`,
});

/** The newest version of each key. What a delimiter ends is folded. */
export function listObjects(call: Call): AwsResponse {
  const { s3, request, bucket } = call;
  refuseUnknown(request, { query: [...parameters, 'delimiter', 'list-type', 'start-after'] });
  allow(call, 'ListBucket');
  const { prefix, keys, head, text } = askedFor(call);
  const delimiter = request.query.get('delimiter') ?? undefined;
  const start = Buffer.from(request.query.get('start-after') ?? '');
  const asked = keys.filter((key) => Buffer.compare(Buffer.from(key), start) > 0);
  const foldedTo = (key: string) => {
    const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
    return end === -1 ? [] : [key.slice(0, end + 1)];
  };
  const shown = asked.filter((key) => foldedTo(key).length === 0);
  const folded = [...new Set(asked.flatMap(foldedTo))];
  return documentOf('ListBucketResult', {
    ...head,
    Delimiter: delimiter,
    KeyCount: shown.length + folded.length,
    Contents: shown.flatMap((key) =>
      s3.objects
        .versions({ bucket: bucket.name, key })
        .slice(0, 1)
        .map((version) => ({ Key: text(key), ...contentOf(version) })),
    ),
    CommonPrefixes: folded.map((each) => ({ Prefix: text(each) })),
  });
}

/** Every version of each key, newest first. */
export function listVersions(call: Call): AwsResponse {
  const { s3, request, bucket } = call;
  refuseUnknown(request, { query: [...parameters, 'versions'] });
  allow(call, 'ListBucketVersions');
  const { keys, head, text } = askedFor(call);
  const versions = keys.flatMap((key) =>
    s3.objects.versions({ bucket: bucket.name, key }).map((version, index) => ({
      Key: text(key),
      VersionId: version.versionId,
      IsLatest: index === 0,
      ...contentOf(version),
    })),
  );
  return documentOf('ListVersionsResult', { ...head, Version: versions });
}
