/** Reads stored rows one by one, so that a row that cannot be read hides none of the others. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';

/** Hears why a row was left out. The error may quote the row: log its codes alone (`faultOf`). */
export type OnUnread = (error: unknown) => void;

/** The row, or undefined where it has another shape; `onUnread` hears of that. */
export function readableRow<Row>(
  schema: z.ZodType<Row>,
  item: Readonly<Record<string, AttributeValue>>,
  onUnread: OnUnread,
): Row | undefined {
  try {
    return schema.parse(unmarshall(item));
  } catch (error) {
    onUnread(error);
    return undefined;
  }
}
