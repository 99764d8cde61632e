/** The request that this invocation serves. An instance of a function serves one invocation after the other. */
import * as z from 'zod';
import { logger } from './logger.ts';

let current: string | undefined;

const named = z.object({ requestContext: z.object({ requestId: z.string().max(64) }) });

/** The id that the door's answer has in its header `x-request-id`. Undefined where no request began this work. */
export const currentRequest = (): string | undefined => current;

/** Begins an invocation. Each of its log lines and commits then names the request. A definition gives `none` for none. */
export function beginRequest(id: string | undefined): void {
  current = id === 'none' ? undefined : id;
  if (current === undefined) logger.removeKeys(['requestId']);
  else logger.appendKeys({ requestId: current });
}

/** Begins the invocation of a door with the gateway's own id of the request. */
export const beginAtDoor = (event: unknown): void =>
  beginRequest(named.safeParse(event).data?.requestContext.requestId);
