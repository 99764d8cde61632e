/** Reads stored rows one by one, so that a row that cannot be read hides none of the others. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';

/** Hears why a row was left out. The error may quote the row: log its codes alone (`faultOf`). */
export type OnUnread = (error: unknown) => void;

/**
 * What a row says. A number that JavaScript cannot hold becomes the nearest one. The SDK would throw, and one row that no
 * function wrote would stop each list with it.
 */
export const saidBy = (item: Readonly<Record<string, AttributeValue>>): Record<string, unknown> =>
  unmarshall(item, { wrapNumbers: Number });

/** The row, or undefined where it has another shape; `onUnread` hears of that. */
export function readableRow<Row>(
  schema: z.ZodType<Row>,
  item: Readonly<Record<string, AttributeValue>>,
  onUnread: OnUnread,
): Row | undefined {
  try {
    return schema.parse(saidBy(item));
  } catch (error) {
    onUnread(error);
    return undefined;
  }
}
