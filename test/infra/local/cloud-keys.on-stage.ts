/** The keys and buckets of the deployment, in the whole cloud: what a key encrypts obeys it. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DisableKeyCommand, EnableKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { localRegion } from '../../../infra/local/endpoint/service.ts';
import { stage } from './shared-stage.ts';

const settings = () => ({
  endpoint: stage.cloud.endpointUrl,
  region: localRegion,
  credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
});

describe('in the whole cloud', () => {
  it('a table whose key is disabled answers no one until it is enabled', async () => {
    const kms = new KMSClient(settings());
    const key = { KeyId: 'IdentitiesKey' };
    const read = () =>
      stage.dynamodb.send(
        new GetItemCommand({ TableName: stage.table('Identities'), Key: { pk: { S: 'child#none' } } }),
      );
    await read();
    await kms.send(new DisableKeyCommand(key));
    try {
      await expect(read()).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining('key/IdentitiesKey is disabled.'),
      });
    } finally {
      await kms.send(new EnableKeyCommand(key));
    }
    expect((await read()).Item).toBeUndefined();
    kms.destroy();
  });

  it('S3 answers, with the buckets of the template', async () => {
    const s3 = new S3Client(settings());
    for (const Bucket of ['anchors', 'trailrecords']) {
      expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Name).toBe(Bucket);
    }
    s3.destroy();
  });
});
