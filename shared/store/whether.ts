import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Whether this write was done: false where its condition did not hold. Any other fault rejects. */
export async function whether(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
