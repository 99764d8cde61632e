/** S3 over its REST protocol: the buckets of the template, by path or by host name. */
import type { Clock } from '../clock/clock.ts';
import {
  AccessDenied,
  type Authorize,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  localAccount,
} from '../endpoint/service.ts';
import type { UseKey } from '../kms/kms.ts';
import type { Template } from '../template/template.ts';
import { type Bucket, bucketsOf } from './buckets.ts';
import { type BucketCall, type ObjectCall, refuseUnknown, type S3 } from './call.ts';
import { accessDenied, errorAnswer, notImplemented, S3Error } from './failure.ts';
import { getObject } from './get-object.ts';
import { openObjects } from './objects.ts';
import { bucketOperations, objectOperations } from './operations.ts';
import { putObject } from './put-object.ts';
import { documentOf, element } from './xml.ts';

/** By method and the subresource in the query, such as `GET versioning`. */
const onBucket: Readonly<Record<string, (call: BucketCall) => AwsResponse>> = {
  HEAD: bucketOperations.headBucket,
  'GET list-type': bucketOperations.listObjects,
  'GET versions': bucketOperations.listVersions,
  'GET location': bucketOperations.getLocation,
  'GET versioning': bucketOperations.getVersioning,
  'GET object-lock': bucketOperations.getLock,
  'GET policy': bucketOperations.getPolicy,
};
const onObject: Readonly<Record<string, (call: ObjectCall) => AwsResponse>> = {
  GET: getObject,
  HEAD: getObject,
  PUT: putObject,
  DELETE: objectOperations.deleteObject,
  'GET retention': objectOperations.getRetention,
  'PUT retention': objectOperations.putRetention,
};

const subresourcesOf = (table: object) =>
  Object.keys(table).flatMap((name) => (name.includes(' ') ? [name.replace(/^.* /, '')] : []));
const ofBuckets = subresourcesOf(onBucket);
const ofObjects = subresourcesOf(onObject);

/** `anchors.localhost:4566` and `anchors.s3.localhost` are the bucket `anchors`. */
function bucketOfHost(host = ''): string | undefined {
  const [, bucket] = /^(.+?)(?:\.s3(?:\.[a-z0-9-]+)?)?\.localhost(?::\d+)?$/i.exec(host) ?? [];
  return bucket === undefined || bucket === 's3' ? undefined : bucket;
}

/** Path as `/bucket/key`, or as `/key` where the host names the bucket. */
function addressOf({ headers, path }: AwsRequest): { readonly bucket: string; readonly key: string } {
  const ofHost = bucketOfHost(headers.host);
  if (ofHost !== undefined) return { bucket: ofHost, key: path.slice(1) };
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return { bucket, key };
}

const isSigned = ({ headers }: AwsRequest) => /\/s3\/aws4_request\b/.test(headers.authorization ?? '');
const isPresigned = ({ query }: AwsRequest) => query.has('X-Amz-Signature');

/**
 * Serves the template's AWS::S3::Bucket resources. Versions and bodies are kept under `folder`; without one, in a folder
 * of the system until `stop`. Throws a sentence for a property of a bucket that is not reproduced.
 */
export function createS3(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  readonly clock: Pick<Clock, 'now'>;
  readonly folder?: string;
}): AwsService {
  const { clock } = options;
  const buckets = bucketsOf(options.template);
  const objects = openObjects(buckets.keys(), clock.now(), options.folder);
  const s3: S3 = { objects, authorize: options.authorize, useKey: options.useKey, now: () => clock.now() };

  const listBuckets = (request: AwsRequest): AwsResponse => {
    refuseUnknown(request, { query: ['max-buckets', 'prefix'] });
    s3.authorize(request.principal, 's3:ListAllMyBuckets', '*');
    const list = [...buckets.keys()].sort().map((name) => {
      const created = new Date(objects.createdAt(name)).toISOString();
      return element('Bucket', element('Name', name), element('CreationDate', created));
    });
    const body = documentOf(
      'ListAllMyBucketsResult',
      element('Buckets', ...list),
      element('Owner', element('ID', localAccount)),
    );
    return { status: 200, headers: { 'content-type': 'application/xml' }, body };
  };

  const find = (name: string): Bucket => {
    const bucket = buckets.get(name);
    if (bucket) return bucket;
    const fields = { BucketName: name };
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', { fields });
  };

  const perform = (request: AwsRequest): AwsResponse => {
    const { method, query, headers } = request;
    if (isPresigned(request))
      throw notImplemented('The embedded S3 checks no signatures, so it takes no signed links.');
    if (headers.authorization === undefined) throw accessDenied();
    const { bucket: name, key } = addressOf(request);
    if (name === '') {
      if (method === 'GET') return listBuckets(request);
      throw notImplemented(`The embedded S3 does not offer ${method} /.`);
    }
    if (method === 'PUT' && key === '' && !buckets.has(name))
      throw notImplemented('The embedded S3 makes no buckets: its buckets are those of the template.');
    const bucket = find(name);
    const named = (key === '' ? ofBuckets : ofObjects).find((each) => query.has(each));
    const operation = named === undefined ? method : `${method} ${named}`;
    if (key === '') {
      const run = onBucket[operation];
      if (run) return run({ s3, request, bucket });
    } else {
      const run = onObject[operation];
      if (run) return run({ s3, request, bucket, key });
    }
    const asked = [...query.keys()].filter((each) => each !== 'x-id');
    const what = `${method} ${key === '' ? 'of a bucket' : 'of an object'}${asked.length > 0 ? ` with ?${asked.join('&')}` : ''}`;
    throw notImplemented(`The embedded S3 does not offer ${what}.`);
  };

  return {
    handles: (request) =>
      isSigned(request) ||
      isPresigned(request) ||
      (request.headers['x-amz-target'] === undefined &&
        request.headers.authorization === undefined &&
        buckets.has(addressOf(request).bucket)),
    stop: async () => objects.close(),
    async handle(request) {
      try {
        return perform(request);
      } catch (error) {
        if (error instanceof S3Error) return errorAnswer(error);
        if (error instanceof AccessDenied) return errorAnswer(accessDenied(error.message));
        throw error;
      }
    },
  };
}
