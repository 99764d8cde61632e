/** The keys of the deployment, in the whole cloud: each is there, and what it encrypts obeys it. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ListKeysCommand,
} from '@aws-sdk/client-kms';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { localRegion } from '../../../infra/local/endpoint/service.ts';
import { stage } from './shared-stage.ts';

const settings = () => ({
  endpoint: stage.cloud.endpointUrl,
  region: localRegion,
  credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
});

describe('in the whole cloud', () => {
  it('the keys of the template encrypt tables, topics and the secret', async () => {
    const kms = new KMSClient(settings());
    const { Keys = [] } = await kms.send(new ListKeysCommand({}));
    const ids = Keys.map(({ KeyId }) => KeyId ?? '').sort();
    const ofCodes = ['DirectoryCodeKey', 'DoorCodeKey', 'TaskCodeKey'];
    const { KeyMetadata: signs } = await kms.send(new DescribeKeyCommand({ KeyId: 'AnchorKey' }));
    expect(signs).toMatchObject({ KeyState: 'Enabled', KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    const others = ids.filter((id) => id !== 'AnchorKey' && !ofCodes.includes(id));
    expect(others).toEqual([...['DirectoryKey', 'IdentitiesKey', 'LedgerKey', 'OperationsKey', 'WrappingKey']]);
    expect(ids).toEqual(expect.arrayContaining(ofCodes));
    for (const KeyId of others) {
      const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
      expect(KeyMetadata).toMatchObject({ KeyState: 'Enabled', KeySpec: 'SYMMETRIC_DEFAULT' });
    }
    kms.destroy();
  });

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
    const { Buckets } = await s3.send(new ListBucketsCommand({}));
    expect((Buckets ?? []).map(({ Name }) => Name)).toEqual(['anchors', 'trailrecords']);
    s3.destroy();
  });
});
