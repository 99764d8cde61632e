/** The objects of the anchors. Each is written once. The bucket locks each for the years of `anchor-rules.ts`. */
import { GetObjectCommand, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';

export type AnchorArchive = ReturnType<typeof createAnchorArchive>;

export function createAnchorArchive({ client, bucket }: { readonly client: S3Client; readonly bucket: string }) {
  return {
    /** The names that begin so, in order. `after`: only those behind this name. */
    async names(prefix: string, after?: string): Promise<readonly string[]> {
      const found: string[] = [];
      const asked = { Bucket: bucket, Prefix: prefix, ...(after !== undefined && { StartAfter: after }) };
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, asked))
        found.push(...Contents.flatMap(({ Key }) => Key ?? []));
      return found;
    },

    /** Rejects where there is none. */
    async read(name: string): Promise<string> {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
      if (!Body) throw new Error('The store of the anchors gave no content.');
      return Body.transformToString();
    },

    /** False where there is an object of this name. */
    async write(name: string, text: string): Promise<boolean> {
      const object = { Bucket: bucket, Key: name, Body: text, ContentType: 'application/json', IfNoneMatch: '*' };
      try {
        await client.send(new PutObjectCommand(object));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'PreconditionFailed') return false;
        throw error;
      }
    },
  };
}
