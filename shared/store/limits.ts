/**
 * One limit of requests a person, over all instances: an item of the table `Sessions` by person. It holds one number, the
 * instant until which the person's requests are paid for. Each request adds its share to it.
 */
import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';

/** A busy instance pays for so many requests with one write. */
const mostAtOnce = 10;
/** What was paid for and not used by then, in milliseconds, is given up. */
const paidFor = 10_000;
/**
 * A stored instant further ahead than this counts as none. It is of another clock, or of a person with the table. In
 * milliseconds. Clocks of AWS differ by less.
 */
const otherClock = 2_000;
const secondsKept = 3600;

interface Account {
  /** The stored instant as last seen, in milliseconds. */
  tat: number;
  left: number;
  /** So many requests were paid for last. */
  size: number;
  paidAt: number;
  refusedUntil: number;
}

/**
 * Returns a check that counts a request of this person and gives 0. Or it gives the whole seconds until their next request
 * is let in. `now` is in milliseconds since 1970, alike in all instances. Throws what the table throws.
 *
 * The first request of a person costs one write. After it, an instance pays for twice as many each time.
 */
export function createLimits({
  client,
  table,
  limit: { perSecond, atOnce },
  now,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly limit: { readonly perSecond: number; readonly atOnce: number };
  readonly now: () => number;
}): (personId: string) => Promise<number> {
  const share = 1000 / perSecond;
  const most = atOnce * share;
  const accounts = new Map<string, Account>();

  /**
   * The stored instant after paying for `count` requests, or the one that refused it. After a payment it is reckoned from
   * the last one seen, because no write may answer with an item. Another instance may have paid meanwhile: then the
   * next refusal tells.
   */
  async function pay(personId: string, count: number, at: number, seen: number) {
    const isBehind = seen < at || seen > at + most + otherClock;
    const cost = count * share;
    const values = { ':expiresAt': Math.ceil(at / 1000) + secondsKept, ':now': at };
    const change = isBehind
      ? {
          UpdateExpression: 'SET tat = :paid, expiresAt = :expiresAt',
          // It holds too for what is no number, so that a damaged row locks no person out.
          ConditionExpression: 'attribute_not_exists(tat) OR NOT (tat BETWEEN :now AND :other)',
          values: { ...values, ':paid': at + cost, ':other': at + most + otherClock },
        }
      : {
          UpdateExpression: 'SET tat = tat + :cost, expiresAt = :expiresAt',
          ConditionExpression: 'tat BETWEEN :now AND :most',
          values: { ...values, ':cost': cost, ':most': at + most - cost },
        };
    const { values: numbers, ...expressions } = change;
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `rate#${personId}` } },
          ...expressions,
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(numbers).map(([name, value]) => [name, { N: String(value) }]),
          ),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { isPaid: true, tat: (isBehind ? at : seen) + cost };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { isPaid: false, tat: Number(error.Item?.tat?.N ?? 0) };
    }
  }

  const forget = (at: number) => {
    if (accounts.size < 10_000) return;
    for (const [id, { paidAt, refusedUntil }] of accounts) {
      if (at - paidAt > paidFor && refusedUntil < at) accounts.delete(id);
    }
  };

  return async (personId) => {
    const at = now();
    forget(at);
    const account = accounts.get(personId) ?? { tat: 0, left: 0, size: 0, paidAt: 0, refusedUntil: 0 };
    accounts.set(personId, account);
    const isFresh = at - account.paidAt < paidFor;
    if (isFresh && account.left > 0) {
      account.left -= 1;
      return 0;
    }
    if (at < account.refusedUntil) return Math.ceil((account.refusedUntil - at) / 1000);
    account.left = 0;
    let count = isFresh ? Math.min(mostAtOnce, atOnce, account.size * 2 || 1) : 1;
    // Each answer tells where the person stands. With it the next try fits, unless another instance paid meanwhile.
    for (let tries = 0; tries < 4; tries += 1) {
      const { isPaid, tat } = await pay(personId, count, at, account.tat);
      account.tat = tat;
      if (isPaid) {
        Object.assign(account, { left: account.left + count - 1, size: count, paidAt: at });
        return 0;
      }
      const isKnown = tat >= at && tat <= at + most + otherClock;
      const fits = isKnown ? Math.floor((at + most - tat) / share) : count;
      if (fits < 1) {
        account.refusedUntil = tat + share - most;
        return Math.max(1, Math.ceil((account.refusedUntil - at) / 1000));
      }
      count = Math.min(count, fits);
    }
    return 1;
  };
}

/**
 * A clock in milliseconds since 1970 that never stands still. `wall` stands still in a local cloud whose clock does, and
 * `running` in a function that AWS froze. So what advanced further counts. Where a local clock is moved, instances that
 * are older than the move are ahead of younger ones. Each of the two then counts for itself.
 */
export function steadyClock(wall: () => number, running: () => number, since: number): () => number {
  const [wallThen, runningThen] = [wall(), running()];
  return () => since + Math.max(wall() - wallThen, running() - runningThen);
}
