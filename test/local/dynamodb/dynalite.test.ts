import { expect, test } from 'vitest';
import { openStore, type TableRow, tableKey } from '../../../infra/local/dynamodb/dynalite.ts';

test('what a table is is read from disk once, and that there is none each time', async () => {
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
