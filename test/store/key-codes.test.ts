import { expect, test } from 'vitest';
import { createKeyCodes } from '../../shared/store/key-codes.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const codes = createKeyCodes({ writesAs: 'task', keys: { door: [arn], task: [] } });

test.each([
  ['no code', {}],
  ['the code of another key', { mac: Buffer.alloc(32).toString('base64'), keyId: 'another' }],
  ['a code that is too short', { mac: Buffer.alloc(31).toString('base64'), keyId: arn.slice(-36) }],
  ['a code that the service would refuse', { mac: Buffer.alloc(7000).toString('base64'), keyId: arn.slice(-36) }],
])('%s is no code of ours, and the key service is not asked', async (_, code) => {
  expect(await codes.holderOf('0'.repeat(64), code)).toBeUndefined();
});

test('a function without a key of its own makes no code', async () => {
  await expect(codes.codeOf('0'.repeat(64))).rejects.toThrow('No key is set for the codes of a task.');
});
