import { Logger } from '@aws-lambda-powertools/logger';

/** Logs carry ids, codes and instants. Never pass an event, a body or an error's cause. */
export const logger = new Logger({ logRecordOrder: ['level', 'message'] });

/** What of a fault may be logged: its name and where it came from, never its message, which may quote data. */
export const faultOf = (error: unknown) =>
  error instanceof Error
    ? {
        fault: error.name,
        at: error.stack
          ?.split('\n')
          .find((line) => line.includes(' at '))
          ?.trim(),
      }
    : { fault: typeof error };
