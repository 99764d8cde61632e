/**
 * The progress of each consumer of the stream with each referral, and what the watchdog saw last of each chain. Each row names
 * the commit that it ends at, and carries a code under the functions' key. A row that a person wrote counts as none.
 */
import { hash } from 'node:crypto';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { noProgress, type Progress } from '../domain/core/progress.ts';
import type { AcceptedCommits } from './commit.ts';
import { type CommitCodes, rememberCodes } from './commit-codes.ts';
import { whether } from './whether.ts';

export type Consumer = 'react' | 'send-alerts';

export type Cursors = ReturnType<typeof createCursors>;

/** A chain as the watchdog saw it last: its commits, and the hash of the last. `at` is the UTC instant of this note. */
export interface Witness {
  readonly count: number;
  readonly head: string;
  readonly at: string;
  /** The commits that were all as they were written. Absent where one was not. */
  readonly right?: AcceptedCommits;
}

export type Followed = Readonly<Record<Consumer, Progress>>;

type Item = Readonly<Record<string, AttributeValue>>;
/** What a row says, beside its keys and its code. */
type Content = Readonly<
  Partial<Record<'seq' | 'layout' | 'cut' | 'last', number> & Record<'head' | 'at' | 'digest', string>>
>;

const contentOf = ({ seq, layout, cut, head, at, last, digest }: Item): Content => ({
  ...(seq?.N !== undefined && { seq: Number(seq.N) }),
  ...(layout?.N !== undefined && { layout: Number(layout.N) }),
  ...(cut?.N !== undefined && { cut: Number(cut.N) }),
  ...(head?.S !== undefined && { head: head.S }),
  ...(at?.S !== undefined && { at: at.S }),
  ...(last?.N !== undefined && { last: Number(last.N) }),
  ...(digest?.S !== undefined && { digest: digest.S }),
});

/** What the code of a row is made of. The hash of a commit has 64 digits alone, so no code of a commit is one of a row. */
const nameOf = (pk: string, sk: string, { seq, layout, cut, head, at, last, digest }: Content): string =>
  `row of Cursors ${hash('sha256', JSON.stringify([pk, sk, seq, layout, cut, head, at, last, digest]), 'hex')}`;

/** The row of a consumer, or of the watchdog, with its code. */
export const codedRow = async (codes: Pick<CommitCodes, 'codeOf'>, pk: string, sk: string, content: Content) => ({
  pk,
  sk,
  ...content,
  ...(await codes.codeOf(nameOf(pk, sk, content))),
});

const notProved: Progress = { ...noProgress, replaces: true };

/** `codes`: the functions' keys. Where they do not answer, every read and write rejects. */
export function createCursors({
  client,
  table,
  codes: given,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly codes: CommitCodes;
}) {
  const codes = rememberCodes(given);

  /** What a row says, or undefined where it does not carry its code. */
  async function proved(pk: string, sk: string, item: Item): Promise<Content | undefined> {
    const content = contentOf(item);
    const code = { mac: item.mac?.S ?? '', keyId: item.keyId?.S ?? '' };
    return (await codes.holderOf(nameOf(pk, sk, content), code)) && content;
  }

  async function progressIn(referralId: string, consumer: Consumer, item: Item | undefined): Promise<Progress> {
    if (!item) return noProgress;
    const content = await proved(referralId, consumer, item);
    if (!content) return notProved;
    const { seq = 0, head = '', layout = 0, cut } = content;
    return { seq, head, layout, ...(cut !== undefined && { cut }) };
  }

  const get = async (pk: string, sk: string): Promise<Item | undefined> => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    return (await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  };

  /** Changes nothing where the condition does not hold. */
  async function put(pk: string, sk: string, content: Content, condition: Partial<PutItemCommandInput> = {}) {
    const Item = marshall(await codedRow(codes, pk, sk, content));
    await whether(client.send(new PutItemCommand({ TableName: table, Item, ...condition })));
  }

  return {
    /** Nothing was completed where no row carries its code. Read it before the chain: then it never passes a commit there. */
    progress: async (referralId: string, consumer: Consumer): Promise<Progress> =>
      progressIn(referralId, consumer, await get(referralId, consumer)),

    /** Both consumers, with one read. */
    async of(referralId: string): Promise<Followed> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :id',
          ExpressionAttributeValues: { ':id': { S: referralId } },
        }),
      );
      const at = (consumer: Consumer) =>
        progressIn(
          referralId,
          consumer,
          Items.find(({ sk }) => sk?.S === consumer),
        );
      const [react, sendAlerts] = await Promise.all([at('react'), at('send-alerts')]);
      return { react, 'send-alerts': sendAlerts };
    },

    /**
     * Only moves forward: a slower worker that comes later changes nothing. At the same commit, a later layout counts. `from` is
     * what this worker began at. Where that replaces a row, the new one takes its place in any case.
     */
    async advance(
      referralId: string,
      consumer: Consumer,
      { seq, head, layout = 0 }: Pick<Progress, 'seq' | 'head'> & { readonly layout?: number },
      from: Progress = noProgress,
    ): Promise<void> {
      const cut = from.cut !== undefined && from.cut > seq ? { cut: from.cut } : {};
      const forward = {
        ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR (seq = :seq AND #layout < :layout)',
        ExpressionAttributeNames: { '#layout': 'layout' },
        ExpressionAttributeValues: { ':seq': { N: String(seq) }, ':layout': { N: String(layout) } },
      };
      await put(referralId, consumer, { seq, head, layout, ...cut }, from.replaces ? {} : forward);
    },

    /**
     * The last round up to which the watchdog has done all (`roundAt`). Undefined before its first, and where the row does
     * not carry its code.
     */
    async round(): Promise<number | undefined> {
      const item = await get('sweep', 'watchdog');
      return item && (await proved('sweep', 'watchdog', item))?.seq;
    },

    /** Without a condition: an older round written late only makes the watchdog look again. */
    putRound: (round: number): Promise<void> => put('sweep', 'watchdog', { seq: round }),

    /** What the watchdog saw last of any chain. Undefined for a chain that it has not seen. */
    async witness(chain: string): Promise<Witness | undefined> {
      const item = await get(chain, 'watchdog');
      const content = item && (await proved(chain, 'watchdog', item));
      if (!content) return undefined;
      const { seq: count = 0, head = '', at = '', last, digest } = content;
      return { count, head, at, ...(last !== undefined && digest !== undefined && { right: { count, last, digest } }) };
    },

    putWitness: (chain: string, { count, head, at, right }: Witness): Promise<void> =>
      put(chain, 'watchdog', { seq: count, head, at, ...(right && { last: right.last, digest: right.digest }) }),
  };
}
