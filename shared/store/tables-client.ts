/** The client of DynamoDB, as every function uses it. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sdk } from './sdk.ts';

/** What DynamoDB says where it refuses a request for being one too many. */
const refusals = new Set(['ProvisionedThroughputExceededException', 'RequestLimitExceeded', 'ThrottlingException']);

/** A batch that was refused in part is answered, and names what was left. */
const isLeftOver = (output: object): boolean =>
  'UnprocessedKeys' in output && Object.keys(output.UnprocessedKeys ?? {}).length > 0;

/**
 * A client of DynamoDB. `onRefused` hears of each request that was one too many, also where the SDK then tries again and
 * succeeds.
 */
export function createTablesClient({ onRefused }: { readonly onRefused: () => void }): DynamoDBClient {
  const client = new DynamoDBClient(sdk);
  client.middlewareStack.add(
    (next) => async (given) => {
      try {
        const answer = await next(given);
        if (isLeftOver(answer.output)) onRefused();
        return answer;
      } catch (error) {
        if (error instanceof Error && refusals.has(error.name)) onRefused();
        throw error;
      }
    },
    // Within the retries of the SDK, so that it sees each try.
    { step: 'finalizeRequest', priority: 'low', name: 'countRefusals' },
  );
  return client;
}
