import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDirectory, type Directory } from '../store/directory-reads.ts';
import { createEntryCodes } from '../store/entries.ts';
import { createKeyService } from '../store/key-codes.ts';
import { env, keysIn } from './env.ts';

/** The directory, whose entries count by the codes of its own keys. */
export const openDirectory = (client: DynamoDBClient, more: { readonly keepsDuties?: boolean } = {}): Directory =>
  createDirectory({
    client,
    table: env('DIRECTORY_TABLE'),
    entries: createEntryCodes(createKeyService({ directory: keysIn('DIRECTORY_CODE_KEYS') }, { skipsFormer: true })),
    ...more,
  });
