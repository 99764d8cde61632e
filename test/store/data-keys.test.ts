/** The data keys of the vault: how often the key service is asked, and that erased content stays unreadable. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textPart } from '../../shared/store/identities.ts';
import type { KeyWrapping } from '../../shared/store/wrapping-key.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

let asked: string[] = [];
let answers = true;
let now = 0;
/** The key service, which counts what it is asked and may not answer. */
const counted: KeyWrapping = {
  generate: (owner) => {
    asked.push('generate');
    return answers ? tables.wrapping.generate(owner) : Promise.reject(new Error('The key service is away.'));
  },
  unwrap: (owner, wrapped) => {
    asked.push('unwrap');
    return answers ? tables.wrapping.unwrap(owner, wrapped) : Promise.reject(new Error('The key service is away.'));
  },
};
beforeEach(() => {
  asked = [];
  answers = true;
  now = 0;
});
/** A warm instance of a function. */
const instance = () => tables.openVault(counted, () => now);
const longAgo = '2026-11-01T15:00:00.000Z';
let referrals = 0;
const newReferral = () => {
  referrals += 1;
  return `CR-${referrals}`;
};
const ownerOf = (referralId: string, commandId = 'OPEN') => ({
  referralId,
  commandId,
  digest: commandId,
  now: '2026-11-09T15:00:00.000Z',
});
const words = (referralId: string, ...ids: readonly string[]) =>
  ids.map((id) => ({ key: textPart(referralId, id), content: `Words of ${id}` }));
const rowOf = async (owner: string) =>
  (await tables.client.send(new GetItemCommand({ TableName: 'VaultKeys', Key: { pk: { S: owner } } }))).Item;

test('a data key that is junk makes content that cannot be read, and no new key takes its place', async () => {
  const id = newReferral();
  const vault = instance();
  await vault.putPending(words(id, 'A'), ownerOf(id));
  const Item = { ...(await rowOf(id)), wrappedKey: { B: new Uint8Array([1, 2, 3]) } };
  await tables.client.send(new PutItemCommand({ TableName: 'VaultKeys', Item }));
  await expect(instance().text(id, 'A')).rejects.toMatchObject({ name: 'DamagedContent' });
  await expect(instance().putPending(words(id, 'B'), ownerOf(id, 'LATER'))).rejects.toMatchObject({
    name: 'DependencyUnavailable',
  });
  expect((await rowOf(id))?.wrappedKey?.B).toEqual(new Uint8Array([1, 2, 3]));
});

describe('the key service is asked', () => {
  test('once for a new referral, and not again by the same instance', async () => {
    const id = newReferral();
    const vault = instance();
    await vault.putPending(words(id, 'A', 'B', 'C'), ownerOf(id));
    await vault.putPending(words(id, 'D'), ownerOf(id, 'LATER'));
    expect(await Promise.all(['A', 'B', 'C', 'D'].map((each) => vault.text(id, each)))).toEqual([
      ...['Words of A', 'Words of B', 'Words of C', 'Words of D'],
    ]);
    expect(asked).toEqual(['generate']);
  });

  test('once by another instance, for all parts that it reads and writes side by side', async () => {
    const id = newReferral();
    await instance().putPending(words(id, 'A', 'B', 'C'), ownerOf(id));
    const other = instance();
    asked = [];
    await Promise.all(['A', 'B', 'C'].map((each) => other.text(id, each)));
    await other.putPending(words(id, 'D'), ownerOf(id, 'LATER'));
    expect(asked).toEqual(['unwrap']);
  });

  test('again after five minutes, and for the oldest of more than five hundred referrals', async () => {
    const vault = instance();
    const ids = Array.from({ length: 501 }, newReferral);
    for (const id of ids) await vault.putPending(words(id, 'A'), ownerOf(id));
    const [first = '', second = ''] = ids;
    const last = ids.at(-1) ?? '';
    asked = [];
    for (const id of [last, second]) await vault.text(id, 'A');
    expect(asked).toEqual([]);
    await vault.text(first, 'A');
    expect(asked).toEqual(['unwrap']);
    now = 300_000;
    await vault.text(last, 'A');
    expect(asked).toEqual(['unwrap', 'unwrap']);
  });

  test('once for a draft, whose words are sealed anew at each save', async () => {
    const vault = instance();
    const sealed = async () => {
      const Key = { pk: { S: 'draft#DR-SAVED' } };
      return (await tables.client.send(new GetItemCommand({ TableName: 'Identities', Key }))).Item?.content?.B;
    };
    await vault.saveDraft('DR-SAVED', { revision: 1, content: 'First words' });
    const first = await sealed();
    await vault.saveDraft('DR-SAVED', { revision: 2, content: 'First words' });
    expect(Buffer.compare(first ?? Buffer.alloc(0), (await sealed()) ?? Buffer.alloc(0))).not.toBe(0);
    expect(await vault.draftText('DR-SAVED')).toEqual({ revision: 2, text: 'First words' });
    expect(asked).toEqual(['generate']);
    // The same save again is answered as kept, though it was sealed anew.
    expect(await vault.saveDraft('DR-SAVED', { revision: 2, content: 'First words' })).toEqual({
      kind: 'kept',
      revision: 2,
    });
    expect(await vault.saveDraft('DR-SAVED', { revision: 2, content: 'Others' })).toMatchObject({
      kind: 'changed-meanwhile',
    });
  });
});

test('two instances that write the first parts at the same time use one data key', async () => {
  const id = newReferral();
  const vaults = Array.from({ length: 4 }, instance);
  await Promise.all(vaults.map((vault, at) => vault.putPending(words(id, `P${at}`), ownerOf(id, `C${at}`))));
  const reader = instance();
  for (const at of vaults.keys()) expect(await reader.text(id, `P${at}`)).toBe(`Words of P${at}`);
});

describe('while the key service does not answer', () => {
  test('a new referral writes nothing, and the same submission is taken after', async () => {
    const id = newReferral();
    const vault = instance();
    answers = false;
    await expect(vault.putPending(words(id, 'A'), ownerOf(id))).rejects.toThrow('away');
    expect([await rowOf(id), (await tables.items('Identities')).filter(({ referralId }) => referralId === id)]).toEqual(
      [undefined, []],
    );
    answers = true;
    expect(await vault.putPending(words(id, 'A'), ownerOf(id))).toBe(true);
    expect(await vault.text(id, 'A')).toBe('Words of A');
  });

  test('a cold instance reads and writes nothing, and a draft keeps its words', async () => {
    const id = newReferral();
    await instance().putPending(words(id, 'A'), ownerOf(id));
    await instance().saveDraft('DR-AWAY', { revision: 1, content: 'Kept words' });
    const [row, cold] = [await rowOf(id), instance()];
    answers = false;
    await expect(cold.text(id, 'A')).rejects.toThrow('away');
    await expect(cold.putPending(words(id, 'B'), ownerOf(id, 'LATER'))).rejects.toThrow('away');
    await expect(cold.saveDraft('DR-AWAY', { revision: 2, content: 'Lost' })).rejects.toThrow('away');
    expect(await rowOf(id)).toEqual(row);
    answers = true;
    expect([await cold.text(id, 'A'), await cold.text(id, 'B')]).toEqual(['Words of A', undefined]);
    expect(await cold.draftText('DR-AWAY')).toEqual({ revision: 1, text: 'Kept words' });
  });
});

/** The vault cannot tell erased from lost. Its readers ask the referral whether the identity was erased. */
const lost = { name: 'LostContent' };

describe('what was erased cannot be read, not from an old backup of the vault either', () => {
  /** Puts the items of the vault back as they were, as a restored backup has them. */
  async function restored(act: () => Promise<unknown>): Promise<void> {
    const before = await tables.items('Identities');
    await act();
    await tables.put('Identities', before);
  }

  test('a whole referral, by an instance that had its key in memory too', async () => {
    const id = newReferral();
    const [vault, warm] = [instance(), instance()];
    await vault.putPending(words(id, 'A', 'B'), ownerOf(id));
    await warm.text(id, 'A');
    await restored(() => vault.eraseKeys(id));
    for (const reader of [vault, warm, instance()]) await expect(reader.text(id, 'A')).rejects.toMatchObject(lost);
  });

  test('the parts of a command that was never committed, and no other part of the referral', async () => {
    const id = newReferral();
    const vault = instance();
    await vault.putPending(words(id, 'KEPT'), ownerOf(id));
    await vault.putPending(words(id, 'LOST'), { ...ownerOf(id, 'NEVER'), now: longAgo });
    await restored(async () => {
      const pending = await vault.pendingSince('2026-11-02T00:00:00.000Z');
      for (const part of pending) if (part.key === textPart(id, 'LOST')) await vault.removePending(part);
    });
    for (const reader of [vault, instance()]) {
      expect(await reader.text(id, 'KEPT')).toBe('Words of KEPT');
      await expect(reader.text(id, 'LOST')).rejects.toMatchObject(lost);
    }
  });

  test('an ended draft', async () => {
    const vault = instance();
    await vault.saveDraft('DR-ENDED', { revision: 1, content: 'Words of a draft' });
    await restored(async () => {
      await vault.closeDraft('DR-ENDED', longAgo);
      const pending = await vault.pendingSince('2026-11-02T00:00:00.000Z');
      for (const part of pending) if (part.key === 'draft#DR-ENDED') await vault.removePending(part);
      expect(await rowOf('DR-ENDED')).toBeUndefined();
    });
    expect(await instance().draftText('DR-ENDED')).toEqual({ revision: 1, text: '', isLost: true });
  });

  test('a part that was written at the moment of the erasure cannot bring the key back', async () => {
    const id = newReferral();
    const vault = instance();
    await vault.putPending(words(id, 'A'), ownerOf(id));
    const old = await rowOf(id);
    await instance().eraseKeys(id);
    // This instance still holds the erased key in its memory, and makes a new one.
    await vault.putPending(words(id, 'B'), ownerOf(id, 'LATE'));
    expect(
      Buffer.compare((await rowOf(id))?.wrappedKey?.B ?? Buffer.alloc(0), old?.wrappedKey?.B ?? Buffer.alloc(0)),
    ).not.toBe(0);
    await expect(vault.text(id, 'A')).rejects.toMatchObject(lost);
    expect(await vault.text(id, 'B')).toBe('Words of B');
  });
});

test('content that was moved to another part or referral, or never sealed, is an error and no text', async () => {
  const [one, other] = [newReferral(), newReferral()];
  const vault = instance();
  for (const id of [one, other]) await vault.putPending(words(id, 'A', 'B'), ownerOf(id));
  const item = async (pk: string) =>
    (await tables.client.send(new GetItemCommand({ TableName: 'Identities', Key: { pk: { S: pk } } }))).Item ?? {};
  const put = (pk: string, more: object) =>
    tables.client.send(new PutItemCommand({ TableName: 'Identities', Item: { pk: { S: pk }, ...more } }));
  const { pk: _, ...sealed } = await item(textPart(one, 'A'));
  const { half } = await item(textPart(one, 'B'));
  await put(textPart(one, 'B'), { ...sealed, half });
  await expect(vault.text(one, 'B')).rejects.toMatchObject({ name: 'DamagedContent' });
  await put(textPart(one, 'B'), sealed);
  await expect(vault.text(one, 'B')).rejects.toMatchObject({ name: 'DamagedContent' });
  await put(textPart(one, 'A'), { ...sealed, content: { S: 'Planted words' } });
  await expect(vault.text(one, 'A')).rejects.toMatchObject({ name: 'DamagedContent' });
});

test('a part that the sweep is removing is not written again: the submission is to be sent again', async () => {
  const id = newReferral();
  const vault = instance();
  await vault.putPending(words(id, 'A'), ownerOf(id));
  const Key = { pk: { S: textPart(id, 'A') } };
  const { Item } = await tables.client.send(new GetItemCommand({ TableName: 'Identities', Key }));
  await tables.client.send(
    new PutItemCommand({ TableName: 'Identities', Item: { ...Item, ...Key, removing: { S: 'yes' } } }),
  );
  await expect(vault.putPending(words(id, 'A'), ownerOf(id))).rejects.toMatchObject({ name: 'DependencyUnavailable' });
  await expect(vault.confirm(textPart(id, 'A'))).rejects.toThrow();
});
