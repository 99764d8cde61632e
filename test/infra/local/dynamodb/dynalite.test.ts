import { expect, test } from 'vitest';
import {
  act,
  createKey,
  itemPrefix,
  openStore,
  type TableRow,
  tableKey,
  type Values,
  validate,
} from '../../../../infra/local/dynamodb/dynalite.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';

test('the description of a table is read from disk once, and its absence each time', async () => {
  const store = await openStore(undefined);
  const find = () =>
    new Promise<TableRow | undefined>((resolve) => store.getTable('Ledger', (_error, row) => resolve(row)));
  try {
    expect(await find()).toBeUndefined();
    const row = { TableName: 'Ledger', KeySchema: [], AttributeDefinitions: [], TableStatus: 'ACTIVE' };
    await store.db.batch([{ type: 'put', key: tableKey('Ledger'), value: row }]);
    const first = await find();
    expect(first).toEqual(row);
    expect(await find()).toBe(first);
  } finally {
    await store.db.close();
  }
});

test('a query leaves no iterator open, whether it read all there is or its limit', async () => {
  const store = await openStore(undefined);
  const opened: Values[] = [];
  const values = store.db.values.bind(store.db);
  store.db.values = (range) => {
    const iterator = values(range);
    opened.push(iterator);
    return iterator;
  };
  try {
    const key = { AttributeName: 'pk', KeyType: 'HASH' };
    const sort = { AttributeName: 'sk', KeyType: 'RANGE' };
    const row = {
      TableName: 'Ledger',
      KeySchema: [key, sort],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      TableStatus: 'ACTIVE',
    };
    await store.db.batch([{ type: 'put', key: tableKey('Ledger'), value: row }]);
    const items = ['A', 'B', 'C'].map((sk) => ({ pk: { S: 'CR-1' }, sk: { S: sk } }));
    await store.db.batch(
      items.map((item) => ({ type: 'put', key: itemPrefix('Ledger') + createKey(item, row), value: item })),
    );
    for (const [limit, count] of [
      [undefined, 3],
      [1, 1],
      [3, 3],
    ]) {
      const asked = {
        TableName: 'Ledger',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'CR-1' } },
        ...whereKnown({ Limit: limit }),
      };
      expect(await act('Query', validate('Query', asked, store), store)).toMatchObject({ Count: count });
    }
    expect(opened).toHaveLength(3);
    for (const iterator of opened) {
      await expect(iterator.next()).rejects.toMatchObject({ code: 'LEVEL_ITERATOR_NOT_OPEN' });
    }
  } finally {
    await store.db.close();
  }
});
