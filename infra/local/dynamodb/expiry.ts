/** Time to live: removes items whose expiry has passed by the clock, as AWS does some time after it. */
import type { Activity, MovableClock } from '../clock/clock.ts';
import { type ActionStore, act, type Item, validate } from './dynalite.ts';
import type { Table } from './tables.ts';
import type { Write } from './write.ts';

const minute = 60_000;
/** AWS leaves items alone whose expiry is more than five years past. */
const fiveYears = 5 * 365 * 86_400;

/**
 * Sweeps the tables that have an expiry attribute (epoch seconds), at most once a minute by the clock. It sweeps at
 * every move of the clock and every minute of real time. Items stay visible until they are swept. Returns what stops
 * it.
 */
export function startExpiry(options: {
  tables: Iterable<Table>;
  store: ActionStore;
  write: Write;
  clock: MovableClock;
  activity: Activity;
}): () => void {
  const { store, write, clock, activity } = options;
  const tables = [...options.tables].filter(({ expiryAttribute }) => expiryAttribute !== undefined);
  let sweptAt = Number.NEGATIVE_INFINITY;

  let stopped = false;

  const sweep = async () => {
    if (stopped || clock.now() - sweptAt < minute) return;
    sweptAt = clock.now();
    const seconds = Math.floor(clock.now() / 1000);
    for (const table of tables) {
      const isPast = {
        ExpressionAttributeNames: { '#expiry': table.expiryAttribute },
        ExpressionAttributeValues: { ':now': { N: String(seconds) }, ':oldest': { N: String(seconds - fiveYears) } },
      };
      const expression = '#expiry <= :now AND #expiry > :oldest';
      for await (const item of scan(store, { TableName: table.name, FilterExpression: expression, ...isPast })) {
        const key = Object.fromEntries(table.keyNames.map((name) => [name, item[name]]));
        const removal = { TableName: table.name, Key: key, ConditionExpression: expression, ...isPast };
        await write('DeleteItem', validate('DeleteItem', structuredClone(removal), store), { expired: true }).catch(
          unlessProlonged,
        );
      }
    }
  };

  clock.onHop(sweep);
  const timer = setInterval(() => void activity.track(sweep), minute);
  timer.unref();
  return () => {
    stopped = true;
    clearInterval(timer);
  };
}

async function* scan(store: ActionStore, parameters: Record<string, unknown>): AsyncGenerator<Item> {
  let page: { Items?: Item[]; LastEvaluatedKey?: Item } = {};
  do {
    const from = page.LastEvaluatedKey && { ExclusiveStartKey: page.LastEvaluatedKey };
    page = await act('Scan', validate('Scan', structuredClone({ ...parameters, ...from }), store), store);
    yield* page.Items ?? [];
  } while (page.LastEvaluatedKey);
}

/** An item that was prolonged between scan and removal stays. */
function unlessProlonged(error: unknown): void {
  if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
}
