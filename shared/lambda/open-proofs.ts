import { S3Client } from '@aws-sdk/client-s3';
import { createAnchorArchive } from '../store/anchor-archive.ts';
import { sdk } from '../store/sdk.ts';
import { env } from './env.ts';

/** What a door makes proof files with. `script`: the text of the script that checks them. */
export const openProofs = (script: () => string) => ({
  archive: createAnchorArchive({ client: new S3Client(sdk), bucket: env('ANCHORS_BUCKET') }),
  script,
});
