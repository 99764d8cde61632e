import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RateLimit, rateLimits } from '../../shared/application/access/rate-limit.ts';
import { createLimits, steadyClock } from '../../shared/store/limits.ts';
import { type DynamoTables, startDynamoTables } from '../support/tables.ts';

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const { person } = rateLimits;
let people = 0;
/** So many instances of the doors, for one person of their own, at one clock. */
function doors(instances: number, limit: RateLimit = person) {
  people += 1;
  const personId = `P-${people}`;
  let at = Date.parse('2026-11-09T15:00:00Z');
  let writes = 0;
  const checks = Array.from({ length: instances }, () => {
    const client = tables.newClient();
    client.middlewareStack.add(
      (next) => (args) => {
        writes += 1;
        return next(args);
      },
      { step: 'initialize' },
    );
    return createLimits({ client, table: 'Sessions', limit, now: () => at });
  });
  const ask = (instance: number) => checks[instance % instances]?.(personId) ?? Promise.reject(new Error('None.'));
  return {
    personId,
    ask,
    /** How many of these requests are let in, one after the other, by turns of the instances. */
    async letIn(requests: number, every = 0): Promise<number> {
      let found = 0;
      for (let index = 0; index < requests; index += 1) {
        if ((await ask(index)) === 0) found += 1;
        at += every;
      }
      return found;
    },
    passes(milliseconds: number) {
      at += milliseconds;
    },
    writes: () => writes,
  };
}

describe('the limit of one person', () => {
  test.each([1, 4, 10])('over %i instances lets in its number at once, and no more', async (instances) => {
    const { letIn } = doors(instances);
    const found = await letIn(300);
    expect(found).toBeLessThanOrEqual(person.atOnce);
    // Each instance may hold a few that it paid for and did not use.
    expect(found).toBeGreaterThanOrEqual(person.atOnce - 10 * (instances - 1));
  });

  test('holds for 1,500 requests in five seconds over ten instances', async () => {
    const { letIn } = doors(10);
    const found = await letIn(1500, 5000 / 1500);
    expect(found).toBeLessThanOrEqual(person.atOnce + 5 * person.perSecond);
    expect(found).toBeGreaterThanOrEqual(person.atOnce);
  });

  test('holds for requests that come at the same moment', async () => {
    const { ask } = doors(10);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => ask(index)));
    expect(answers.filter((wait) => wait === 0).length).toBeLessThanOrEqual(person.atOnce);
  });

  test.each([
    ['text', { tat: 'x' }],
    ['text that looks like an instant', { tat: String(Date.parse('2026-11-09T15:00:00Z') + 1000) }],
    ['a flag', { tat: true }],
    ['an instant of long ago', { tat: -1 }],
    ['an instant that never comes', { tat: Number.MAX_SAFE_INTEGER }],
    ['no instant', {}],
  ])('starts anew over a row with %s, and then holds', async (_, row) => {
    const { letIn, personId } = doors(1);
    await tables.put('Sessions', [{ pk: `rate#${personId}`, ...row }]);
    expect(await letIn(300)).toBe(person.atOnce);
  });

  test('gives the wait in whole seconds, and lets the person in once it is over', async () => {
    const { ask, letIn, passes } = doors(1, { perSecond: 0.5, atOnce: 2 });
    expect(await letIn(2)).toBe(2);
    expect(await ask(0)).toBe(2);
    passes(1000);
    expect(await ask(0)).toBe(1);
    passes(1000);
    expect(await ask(0)).toBe(0);
    passes(3_600_000);
    expect(await letIn(4)).toBe(2);
  });

  test('counts each person alone', async () => {
    const [one, other] = [doors(1), doors(1)];
    await one.letIn(200);
    expect(await other.ask(0)).toBe(0);
  });

  test('costs at most one write a request by hand, and one in ten of a busy caller', async () => {
    const byHand = doors(1);
    expect(await byHand.letIn(20, 15_000)).toBe(20);
    expect(byHand.writes()).toBeLessThanOrEqual(21);
    const busy = doors(1);
    expect(await busy.letIn(500, 100)).toBe(500);
    expect(busy.writes()).toBeLessThanOrEqual(80);
    const refused = doors(1);
    await refused.letIn(100);
    const before = refused.writes();
    await refused.letIn(1000);
    expect(refused.writes() - before).toBeLessThanOrEqual(3);
  });

  test('forgets an instant that another clock stored', async () => {
    const { ask } = doors(1);
    await tables.client.send(
      new UpdateItemCommand({
        TableName: 'Sessions',
        Key: { pk: { S: `rate#P-${people}` } },
        UpdateExpression: 'SET tat = :tat',
        ExpressionAttributeValues: { ':tat': { N: String(Date.parse('2027-01-01T00:00:00Z')) } },
      }),
    );
    expect(await ask(0)).toBe(0);
  });
});

test('a steady clock runs where the local clock stands, and where AWS froze the function', () => {
  let [wall, running] = [1000, 5];
  const clock = steadyClock(
    () => wall,
    () => running,
    7000,
  );
  running += 100;
  expect(clock()).toBe(7100);
  wall += 60_000;
  expect(clock()).toBe(67_000);
});
