/**
 * Anchors at a desk: the embedded S3 with Object Lock, the embedded KMS, and the functions over them. It plays
 * the stream for every row that is new since the last time.
 */
import { generateKeyPairSync, sign } from 'node:crypto';
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { type Anchored, anchorHeads } from '../../functions/anchor-heads/anchor-heads.ts';
import { noteHead } from '../../functions/react/note-head.ts';
import { localRegion } from '../../infra/local/endpoint/service.ts';
import type { HeadLeaf, StoredAnchor } from '../../shared/proof/anchor.ts';
import { createAnchorArchive } from '../../shared/store/anchor-archive.ts';
import { createAnchorSigner } from '../../shared/store/anchor-key.ts';
import { type StoredCommit, verifyChain } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { createNotedHeads } from '../../shared/store/noted-heads.ts';
import { locked, startS3 } from '../infra/local/s3/s3-over-http.ts';
import type { Desk } from './desk.ts';

export type AnchorStage = Awaited<ReturnType<typeof startAnchors>>;

/** `desk`: the tables, and the clock. */
export async function startAnchors(desk: Pick<Desk, 'client' | 'openLedger' | 'items' | 'put' | 'now' | 'at'>) {
  const s3 = await startS3({
    Anchors: locked,
    AnchorKey: { Type: 'AWS::KMS::Key', Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } },
  });
  const kms = new KMSClient({
    endpoint: s3.url,
    region: localRegion,
    credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
  });
  const archive = createAnchorArchive({ client: s3.operator, bucket: 'anchors' });
  const signer = createAnchorSigner({ client: kms, keyArn: 'arn:aws:kms:us-east-1:000000000000:key/AnchorKey' });
  const heads = createNotedHeads({ client: desk.client, table: 'Cursors' });
  const told: StoredAnchor[] = [];
  const doubts: HeadLeaf[] = [];
  let seen = new Set<string>();
  const nameOf = ({ pk, seq }: Readonly<Record<string, unknown>>) => `${pk} ${seq}`;

  const stage = {
    s3: s3.operator,
    archive,
    signer,
    heads,
    told,
    doubts,
    /** What React does with the rows that are new. */
    async stream(): Promise<void> {
      const ledger = desk.openLedger();
      const rows = await desk.items('Ledger');
      for (const row of rows.toSorted((one, other) => Number(one.seq) - Number(other.seq))) {
        if (seen.has(nameOf(row))) continue;
        const inserted = {
          chain: String(row.pk),
          seq: Number(row.seq),
          item: marshall(row),
          arrivedAt: Date.parse(desk.now),
        };
        await noteHead({ ledger, heads }, inserted, desk.now);
      }
      seen = new Set(rows.map(nameOf));
    },
    /** One round, by a process that has just started. */
    async round(): Promise<Anchored> {
      return anchorHeads({
        ledger: desk.openLedger({ codes: codesInProcess('task') }),
        heads,
        archive,
        signer,
        verify: verifyChain,
        tell: async (anchor) => void told.push(anchor),
        onDoubt: (leaf) => void doubts.push(leaf),
        now: desk.now,
      });
    },
    /** The stream, then a round an hour later. */
    async hour(): Promise<Anchored> {
      await stage.stream();
      desk.at(new Date(Date.parse(desk.now) + 3_600_000).toISOString());
      return stage.round();
    },
    async day(): Promise<readonly Anchored[]> {
      const rounds: Anchored[] = [];
      for (let each = 0; each < 24; each += 1) rounds.push(await stage.hour());
      return rounds;
    },
    write: (chain: string, seq: number, { text, prev, hash, signature, signedBy, vouches }: StoredCommit) =>
      desk.put('Ledger', [
        { pk: chain, seq, at: desk.now, body: text, prev, hash, signature, signedBy, ...(vouches && { vouches }) },
      ]),
    remove: (chain: string, seq: number) =>
      desk.client.send(
        new DeleteItemCommand({ TableName: 'Ledger', Key: { pk: { S: chain }, seq: { N: String(seq) } } }),
      ),
    findings: async () =>
      (await desk.openLedger().findings(desk.now.slice(0, 10))).map(({ what, about }) => `${what} ${about}`),
    async stop(): Promise<void> {
      kms.destroy();
      await s3.stop();
    },
  };
  return stage;
}

/** A signature as KMS makes it, by a key that no one knows. */
export function signedByStranger(statement: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    signature: sign('sha256', Buffer.from(statement), privateKey).toString('base64'),
    keyId: 'a-stranger',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  };
}
