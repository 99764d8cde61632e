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
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { noProgress, type Progress } from '../domain/core/progress.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import { batchGet } from './batch-get.ts';
import type { AcceptedCommits } from './commit.ts';
import type { CommitCodes } from './commit-codes.ts';
import { sizedCache } from './keep-latest.ts';
import { pagesUnder } from './partition.ts';
import { whether } from './whether.ts';

const consumers = ['react', 'send-alerts'] as const;
export type Consumer = (typeof consumers)[number];

export type Cursors = ReturnType<typeof createCursors>;

/** A chain as the watchdog saw it last: its commits, and the hash of the last. `at` is the UTC instant of this note. */
export interface Witness {
  readonly count: number;
  readonly head: string;
  readonly at: string;
  /** The commits that were all as they were written. Absent where one was not. */
  readonly right?: AcceptedCommits;
}

/** An entry as the watchdog saw it last: when it was written, a UTC instant, and its bytes. */
export interface SeenEntry {
  readonly at: string;
  readonly bytes: string;
}
/** By the key of the entry. */
export type SeenEntries = ReadonlyMap<string, SeenEntry>;

/** The notes of entries are in so many rows, each far below DynamoDB's limit of 400 KB. */
const partsOfEntries = '0123456789abcdef';
const partOf = (key: string): string => hash('sha256', key, 'hex').slice(0, 1);
const seenForm = z.array(z.tuple([z.string(), z.string(), z.string()]));
/** The text of each note, by its part. */
function notesOf(seen: SeenEntries): ReadonlyMap<string, string> {
  const parts = Map.groupBy(seen, ([key]) => partOf(key));
  const textOf = (part: string) =>
    JSON.stringify((parts.get(part) ?? []).map(([key, { at, bytes }]) => [key, at, bytes]).toSorted());
  return new Map([...partsOfEntries].map((part) => [part, textOf(part)]));
}

export type Followed = Readonly<Record<Consumer, Progress>>;

/**
 * How far the row of facts of a referral has come. `at`: when it was last looked at, a UTC instant, absent before the first time. `digest`:
 * of what the row said then.
 */
export interface FactProgress extends Progress {
  readonly at?: string;
  readonly digest?: string;
}
/** The key of that row. It is no consumer's: both `react` and the watchdog write it. */
const factCursor = 'facts';

type Item = Readonly<Record<string, AttributeValue>>;
/** What a row says, beside its keys and its code. */
type Content = Readonly<
  Partial<Record<'seq' | 'layout' | 'cut' | 'last', number> & Record<'head' | 'at' | 'digest' | 'seen', string>>
>;

const contentOf = ({ seq, layout, cut, head, at, last, digest, seen }: Item): Content => ({
  ...(seq?.N !== undefined && { seq: Number(seq.N) }),
  ...(layout?.N !== undefined && { layout: Number(layout.N) }),
  ...(cut?.N !== undefined && { cut: Number(cut.N) }),
  ...(head?.S !== undefined && { head: head.S }),
  ...(at?.S !== undefined && { at: at.S }),
  ...(last?.N !== undefined && { last: Number(last.N) }),
  ...(digest?.S !== undefined && { digest: digest.S }),
  ...(seen?.S !== undefined && { seen: seen.S }),
});

/** What the code of a row is made of. The hash of a commit has 64 digits alone, so no code of a commit is one of a row. */
const nameOf = (pk: string, sk: string, { seq, layout, cut, head, at, last, digest, seen }: Content): string => {
  // A row without entries keeps the code that it has.
  const parts = [pk, sk, seq, layout, cut, head, at, last, digest, ...(seen === undefined ? [] : [seen])];
  return `row of Cursors ${hash('sha256', JSON.stringify(parts), 'hex')}`;
};

/** The row of a consumer, or of the watchdog, with its code. */
export const codedRow = async (codes: Pick<CommitCodes, 'codeOf'>, pk: string, sk: string, content: Content) => ({
  pk,
  sk,
  ...content,
  ...(await codes.codeOf(nameOf(pk, sk, content))),
});

/** Only a later commit replaces the row or, at the same commit, a later layout. */
const forwardTo = (seq: number, layout: number): Partial<PutItemCommandInput> => ({
  ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR (seq = :seq AND #layout < :layout)',
  ExpressionAttributeNames: { '#layout': 'layout' },
  ExpressionAttributeValues: { ':seq': { N: String(seq) }, ':layout': { N: String(layout) } },
});

const notProved: Progress = { ...noProgress, replaces: true };

/** The most chains of which a process remembers what it saw. */
const mostRemembered = 50_000;

/** `codes`: the functions' keys. Where they do not answer, every read and write rejects. */
export function createCursors({
  client,
  table,
  codes,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly codes: CommitCodes;
}) {
  /** What this process saw last of chains. A note that is deleted, or put back, is not forgotten with it. */
  const remembered = sizedCache<Witness>(mostRemembered, () => 1);

  /** What a row says, or undefined where it does not carry its code. */
  async function proved(pk: string, sk: string, item: Item): Promise<Content | undefined> {
    const content = contentOf(item);
    const code = { signature: item.signature?.S ?? '', signedBy: item.signedBy?.S ?? '' };
    return (await codes.holderOf(nameOf(pk, sk, content), code)) && content;
  }

  async function progressIn(referralId: string, consumer: Consumer, item: Item | undefined): Promise<Progress> {
    if (!item) return noProgress;
    const content = await proved(referralId, consumer, item);
    if (!content) return notProved;
    const { seq = 0, head = '', layout = 0, cut } = content;
    return { seq, head, layout, ...(cut !== undefined && { cut }) };
  }

  async function factProgressIn(referralId: string, item: Item | undefined): Promise<FactProgress> {
    if (!item) return noProgress;
    const content = await proved(referralId, factCursor, item);
    if (!content) return notProved;
    const { seq = 0, head = '', layout = 0, cut, at, digest } = content;
    return { seq, head, layout, ...whereKnown({ cut, at, digest }) };
  }

  const get = async (pk: string, sk: string): Promise<Item | undefined> => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    return (await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item;
  };

  /** The rows under these sort keys. A person could write thousands of others there, more than a page holds. */
  const query = async (pk: string, sks: readonly string[]): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for await (const items of pagesUnder({ client, table }, pk))
      found.push(...items.filter(({ sk }) => sks.includes(sk?.S ?? '')));
    return found;
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

    /** How far the row of facts has come. Read it before the chain, as `progress`. */
    facts: async (referralId: string): Promise<FactProgress> =>
      factProgressIn(referralId, await get(referralId, factCursor)),

    /** Notes that the row of facts says this at this UTC instant. It only moves forward, as `advance`. */
    async putFacts(
      referralId: string,
      { seq, head, layout, at, digest }: Omit<FactProgress, 'cut' | 'replaces'>,
      from: Progress,
    ): Promise<void> {
      const cut = from.cut !== undefined && from.cut > seq ? from.cut : undefined;
      const content = { seq, head, layout, ...whereKnown({ at, digest, cut }) };
      await put(referralId, factCursor, content, from.replaces ? {} : forwardTo(seq, layout));
    },

    /** Both consumers and the row of facts, with one read. */
    async of(referralId: string): Promise<Followed & { readonly facts: FactProgress }> {
      const items = await query(referralId, [...consumers, factCursor]);
      const at = (consumer: Consumer) =>
        progressIn(
          referralId,
          consumer,
          items.find(({ sk }) => sk?.S === consumer),
        );
      const [react, sendAlerts, facts] = await Promise.all([
        at('react'),
        at('send-alerts'),
        factProgressIn(
          referralId,
          items.find(({ sk }) => sk?.S === factCursor),
        ),
      ]);
      return { react, 'send-alerts': sendAlerts, facts };
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
      await put(referralId, consumer, { seq, head, layout, ...cut }, from.replaces ? {} : forwardTo(seq, layout));
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

    /** What the watchdog saw last of these chains, of any kind. A chain that it has not seen is left out. */
    async witnesses(chains: readonly string[]): Promise<ReadonlyMap<string, Witness>> {
      const keys = chains.map((chain) => ({ pk: { S: chain }, sk: { S: 'watchdog' } }));
      const found = new Map<string, Witness>();
      for (const item of await batchGet(client, table, keys)) {
        const chain = item.pk?.S ?? '';
        const content = await proved(chain, 'watchdog', item);
        if (!content) continue;
        const { seq: count = 0, head = '', at = '', last, digest } = content;
        const right = last !== undefined && digest !== undefined && { count, last, digest };
        found.set(chain, { count, head, at, ...(right && { right }) });
      }
      for (const chain of chains) {
        const own = remembered.get(chain);
        const noted = found.get(chain);
        if (own && (!noted || noted.at < own.at)) found.set(chain, own);
        else if (noted) remembered.keep(chain, noted);
      }
      return found;
    },

    /**
     * The entries of the directory as the watchdog saw them last. Undefined before its first look. `isDamaged`: a note is gone,
     * or does not carry its code.
     */
    async entries(): Promise<{ readonly seen: SeenEntries; readonly isDamaged: boolean } | undefined> {
      const items = await query('entries', [...partsOfEntries]);
      if (items.length === 0) return undefined;
      const notes = await Promise.all(items.map((item) => proved('entries', item.sk?.S ?? '', item)));
      const right = notes.flatMap((note) => (note?.seen === undefined ? [] : [note.seen]));
      const seen = right.flatMap((text) => seenForm.parse(JSON.parse(text)));
      return {
        seen: new Map(seen.map(([key, at, bytes]) => [key, { at, bytes }])),
        isDamaged: right.length !== partsOfEntries.length,
      };
    },

    /** Notes the entries where they differ from `before`, what was noted last. Without it, all notes are written. */
    async putEntries(seen: SeenEntries, before: SeenEntries | undefined): Promise<void> {
      const noted = before && notesOf(before);
      const changed = [...notesOf(seen)].filter(([part, text]) => noted?.get(part) !== text);
      await Promise.all(changed.map(([part, text]) => put('entries', part, { seen: text })));
    },

    async putWitness(chain: string, witness: Witness): Promise<void> {
      const { count, head, at, right } = witness;
      await put(chain, 'watchdog', { seq: count, head, at, ...(right && { last: right.last, digest: right.digest }) });
      remembered.keep(chain, witness);
    },
  };
}
