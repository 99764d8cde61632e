/** S3 over its REST protocol, by path: what the product and its runbooks ask of the template's buckets. */
import type { Clock } from '../clock/clock.ts';
import { signedService } from '../endpoint/protocol-refusal.ts';
import { type Authorize, type AwsResponse, type AwsService, Refusal } from '../endpoint/service.ts';
import type { UseKey } from '../kms/kms.ts';
import type { Template } from '../template/template.ts';
import { bucketsOf } from './buckets.ts';
import { type Call, notImplemented, type S3 } from './call.ts';
import { listObjects, listVersions } from './listing.ts';
import { openObjects } from './objects.ts';
import { getObject, putObject } from './objects-over-http.ts';

/** By what is asked for, the method, and for a list its word in the query. */
const routes: Readonly<Record<string, readonly [name: string, run: (call: Call) => AwsResponse]>> = {
  'object PUT': ['PutObject', putObject],
  'object GET': ['GetObject', getObject],
  'object HEAD': ['HeadObject', getObject],
  'bucket GET list-type': ['ListObjectsV2', listObjects],
  'bucket GET versions': ['ListObjectVersions', listVersions],
};

/**
 * Serves the template's AWS::S3::Bucket resources. Versions and bodies are kept under `folder`, or in memory without
 * one. Throws a sentence for a property of a bucket that is not reproduced.
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
  const objects = openObjects(options.folder);
  const s3: S3 = { objects, authorize: options.authorize, useKey: options.useKey, now: () => clock.now() };

  return {
    operations: Object.values(routes).map(([name]) => `s3:${name}`),
    handles: (request) => signedService(request) === 's3',
    stop: async () => objects.close(),
    async handle(request) {
      const { method, query, path } = request;
      const [, name = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
      const list = ['list-type', 'versions'].find((each) => query.has(each));
      const asked = `${key === '' ? 'bucket' : 'object'} ${method}${key === '' && list !== undefined ? ` ${list}` : ''}`;
      const route = name === '' || !Object.hasOwn(routes, asked) ? undefined : routes[asked];
      if (!route) {
        const known = Object.values(routes).map(([each]) => each);
        throw notImplemented(`The embedded S3 does not offer ${method} ${path}: it has ${known.join(', ')}.`);
      }
      const bucket = buckets.get(name);
      if (bucket) return route[1]({ s3, request, bucket, key });
      throw new Refusal('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
    },
  };
}
