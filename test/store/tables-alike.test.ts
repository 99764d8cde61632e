/**
 * The tables in memory, on which most tests run, answer the stores as the embedded DynamoDB does. Both do the same
 * random work, call by call.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { spanOfHour } from '../../shared/domain/core/spans.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { event } from '../../shared/domain/events.ts';
import { referral } from '../support/referral-builder.ts';
import { type DynamoTables, startDynamoTables, startTables, type Tables } from '../support/tables.ts';

let real: DynamoTables;
beforeAll(async () => {
  real = await startDynamoTables();
});
afterAll(() => real.stop());

type Stores = Pick<
  Tables,
  'ledger' | 'identities' | 'board' | 'waits' | 'cursors' | 'directory' | 'sessions' | 'openLedger'
>;
type Call = (stores: Stores) => Promise<unknown>;

const few = (name: string, most: number) => fc.integer({ min: 1, max: most }).map((number) => `${name}-${number}`);
const id = few('CR-A', 3);
const instant = fc.integer({ min: 0, max: 5 }).map((hours) => `2026-11-09T1${hours}:00:00.000Z`);
const yes = fc.boolean();
const number = fc.integer({ min: 1, max: 6 });
/** A call of the stores with drawn values. */
const call = <Given extends unknown[]>(
  given: { [Index in keyof Given]: fc.Arbitrary<Given[Index]> },
  make: (...given: Given) => Call,
): fc.Arbitrary<Call> => fc.tuple(...given).map((drawn) => make(...(drawn as Given)));

const part = (key: string) => ({ key, content: `Invented words of ${key}` });
/**
 * A rank, such as that of harm, sorts a row first, then its due instant. A row without one is sorted by its due instant
 * alone.
 */
const row = (
  number: string,
  seq: number,
  { due, rank, queue, owner }: Record<'due', string> & Record<'rank' | 'queue' | 'owner', string | undefined>,
) => ({
  kind: 'deadline' as const,
  id: number,
  referralId: 'CR-A-1',
  seq,
  due,
  stage: 'open',
  missed: 0,
  open: 1,
  ...(rank !== undefined && { order: `${rank}#${due}` }),
  ...whereKnown({ queue, owner }),
});
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const frame = { actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
const opened = referral().events()[0];

type ListedBy = 'queue' | 'owner';
type Page = Awaited<ReturnType<Stores['board']['queue']>>;
const textOf = (value: unknown) => JSON.stringify(value);

/**
 * Every page of a list: the places that its rows take, and whether another follows. Then the rows of all pages. Rows of
 * one key of an index may sort alike, and DynamoDB promises no order among them. A list with such rows has them all in
 * an order of their own. A mark is compared by the page that it leads to, because it may be of any of those rows.
 */
async function pages(listedBy: ListedBy, read: (after: string | undefined) => Promise<Page>): Promise<unknown> {
  const found: Page[] = [];
  for (let after: string | undefined, count = 0; count < 30; count += 1) {
    const page = await read(after);
    found.push(page);
    after = page.next;
    if (after === undefined) break;
  }
  const rows = found.flatMap((page) => page.rows);
  const placeOf = (row: Page['rows'][number]) => textOf([row[listedBy], row.due]);
  const sortAlike = new Set(rows.map(placeOf)).size < rows.length;
  return {
    pages: found.map((page) => ({ places: page.rows.map(placeOf), isLast: page.next === undefined })),
    rows: sortAlike ? rows.map(textOf).toSorted() : rows,
  };
}

const calls = (world: string): fc.Arbitrary<Call> => {
  const of = (name: string) => `${world}-${name}`;
  const reading = fc.record({
    limit: fc.integer({ min: 1, max: 4 }),
    from: maybe(instant),
    before: maybe(instant),
    backwards: yes,
  });
  return fc.oneof(
    call(
      [id, number],
      (one, seq) =>
        ({ cursors }) =>
          cursors.advance(of(one), 'react', { seq, head: `h${seq}` }),
    ),
    call(
      [id],
      (one) =>
        ({ cursors }) =>
          cursors.progress(of(one), 'react'),
    ),
    call(
      [
        few('row', 8),
        number,
        instant,
        maybe(fc.constantFrom('0', '2')),
        maybe(few('queue', 2)),
        maybe(few('owner', 2)),
      ],
      (name, seq, due, rank, queue, owner) =>
        ({ board }) =>
          board.put(row(of(name), seq, { due, rank, queue: queue && of(queue), owner: owner && of(owner) })),
    ),
    call(
      [few('queue', 2), reading],
      (queue, how) =>
        ({ board }) =>
          pages('queue', (after) => board.queue(of(queue), { ...how, after })),
    ),
    call(
      [few('owner', 2), reading],
      (owner, how) =>
        ({ board }) =>
          pages('owner', (after) => board.ownedBy(of(owner), { ...how, after })),
    ),
    call(
      [reading],
      (how) =>
        ({ board }) =>
          pages('queue', (after) => board.queues([of('queue-1'), of('queue-2')], { ...how, after })),
    ),
    call(
      [id, few('run', 2), number, instant],
      (one, run, generation, enteredAt) =>
        ({ waits }) =>
          waits.save({
            run: 'deadline',
            referralId: of(one),
            runId: run,
            checkpointAt: enteredAt,
            token: `token ${generation}`,
            generation,
            enteredAt,
            retryCount: 0,
            startedAt: enteredAt,
          }),
    ),
    call(
      [id],
      (one) =>
        ({ waits }) =>
          waits.of(of(one)),
    ),
    call(
      [id, few('part', 3), number],
      (one, key, command) =>
        ({ identities }) =>
          identities.putPending([part(`text#${of(one)}#${key}`)], {
            referralId: of(one),
            commandId: `command ${command}`,
            digest: `digest ${command}`,
            now: '2026-11-09T10:00:00.000Z',
          }),
    ),
    call(
      [id, few('part', 3)],
      (one, key) =>
        ({ identities }) =>
          identities.removePending({ key: `text#${of(one)}#${key}` }),
    ),
    call(
      [id, few('part', 3)],
      (one, key) =>
        ({ identities }) =>
          identities.text(of(one), key),
    ),
    call(
      [id],
      (one) =>
        ({ identities }) =>
          identities.eraseKeys(of(one)),
    ),
    call(
      [id, few('blind', 2)],
      (one, key) =>
        ({ identities }) =>
          identities.match(of(key), of(one)),
    ),
    call(
      [id, few('blind', 2)],
      (one, key) =>
        ({ identities }) =>
          identities.unmatch(of(key), of(one)),
    ),
    call(
      [id, few('blind', 2)],
      (one, key) =>
        ({ identities }) =>
          identities.index(of(`i-${key}`), of(one), 'marks'),
    ),
    call(
      [id, few('blind', 2)],
      (one, key) =>
        ({ identities }) =>
          identities.takeOut(of(`i-${key}`), of(one)),
    ),
    call(
      [few('blind', 2)],
      (key) =>
        ({ identities }) =>
          identities.lookUp(of(`i-${key}`)),
    ),
    call(
      [id, yes, number],
      (one, erases, mark) =>
        ({ identities }) =>
          identities.markIndex(of(one), erases ? 'erasing' : 'out-of-date', `mark ${mark}`),
    ),
    call(
      [id, number],
      (one, mark) =>
        ({ identities }) =>
          identities.unmarkErasing(of(one), `mark ${mark}`),
    ),
    call(
      [id, fc.subarray(['a', 'b']), number],
      (one, keys, mark) =>
        ({ identities }) =>
          identities.noteIndexed(of(one), { by: of('key'), keys, mark: mark === 1 ? '' : `mark ${mark}` }),
    ),
    call([id], (one) => async ({ identities }) => {
      const found = await identities.indexed(of(one));
      return found && { ...found, keys: found.keys.toSorted() };
    }),
    call(
      [],
      () =>
        async ({ identities }) =>
          (await identities.indexedBy(of('key'), 10)).toSorted(),
    ),
    call(
      [id],
      (one) =>
        async ({ identities }) =>
          (await identities.partsOf(of(one))).toSorted(),
    ),
    call(
      [few('draft', 2), number, maybe(number), maybe(few('writer', 2))],
      (draft, revision, after, writer) =>
        ({ identities }) =>
          identities.saveDraft(of(draft), { revision, content: `Words ${revision}`, after, writer }),
    ),
    call(
      [few('draft', 2)],
      (draft) =>
        ({ identities }) =>
          identities.draftText(of(draft)),
    ),
    call(
      [few('draft', 2), instant],
      (draft, now) =>
        ({ identities }) =>
          identities.closeDraft(of(draft), now),
    ),
    call(
      [few('session', 2), number],
      (session, seconds) =>
        ({ sessions }) =>
          sessions.keep(of(session), seconds),
    ),
    call(
      [few('session', 2), number],
      (session, seconds) =>
        ({ sessions }) =>
          sessions.put(of(session), {} as never, seconds),
    ),
    call(
      [few('P', 2), yes, instant],
      (person, fails, at) =>
        ({ directory }) =>
          directory.markMail(of(person), fails ? 'failed' : 'delivered', at),
    ),
    call(
      [few('P', 3), few('P', 3)],
      (one, other) =>
        async ({ directory }) =>
          (await directory.people([of(one), of(other)])).map(({ id: known }) => known).toSorted(),
    ),
    call([id, instant, yes, yes], (one, now, holds, looks) => async ({ ledger }) => {
      const alertId = of(one);
      const who = { v: 1, personId: 'P-1', addressedAs: 'hart-liaison', order: 1 } as const;
      await ledger.changeAlert(alertId, { ...frame, now }, () => [
        holds ? { type: 'alert-deferred', until: now, ...who } : { type: 'alert-leased', until: now, ...who },
      ]);
      const span = spanOfHour(now.slice(0, 13));
      const found = await (looks ? ledger.deferredIn(span) : ledger.leasedIn(span));
      return [...found].filter(([each]) => each.startsWith(world)).toSorted();
    }),
    call([id, instant, yes], (one, now, anew) => async ({ ledger, openLedger }) => {
      const chain = anew ? openLedger() : ledger;
      const changed = await chain.changeReferral(of(one), { ...frame, now }, (state) =>
        state || !opened ? [event('swept', { found: 'lost-run' })] : [opened],
      );
      return [changed, (await chain.referral(of(one)))?.commits.map(({ seq, stored }) => [seq, stored.hash])];
    }),
    call(
      [instant],
      (hour) =>
        async ({ ledger }) =>
          (await ledger.openedIn(spanOfHour(hour.slice(0, 13)))).filter((each) => each.startsWith(world)).toSorted(),
    ),
  );
};

/** What a call gives, or the name of what it throws. */
const answerOf = (made: Call, stores: Stores): Promise<string> =>
  made(stores).then(
    (answer) => JSON.stringify(answer) ?? 'nothing',
    (error: unknown) => `throws ${(error as Error).name}`,
  );

test('the stores answer alike, whatever they are asked, in whatever order', async () => {
  let worlds = 0;
  await fc.assert(
    fc.asyncProperty(
      // Each run works on keys of its own, as the embedded tables are the same for all.
      fc.constant(undefined).chain(() => {
        worlds += 1;
        return fc.array(calls(`W${worlds}`), { minLength: 30, maxLength: 30 });
      }),
      async (made) => {
        const inMemory = startTables();
        for (const [index, each] of made.entries()) {
          expect([index, await answerOf(each, inMemory)]).toEqual([index, await answerOf(each, real)]);
        }
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});
