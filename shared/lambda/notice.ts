import middy from '@middy/core';
import type { SNSEvent } from 'aws-lambda';
import { faultOf, logger, speakable } from './logger.ts';

/**
 * A subscriber of a topic that calls `work` for each message. Where one fails, all are delivered again, and at last go to the
 * dead-letter queue.
 */
export function notice(work: (message: string) => Promise<void>) {
  return middy(async ({ Records }: SNSEvent): Promise<void> => {
    try {
      for (const { Sns } of Records) await work(Sns.Message);
    } catch (error) {
      throw speakable(error);
    }
  }).onError(({ error }) => {
    logger.error('A notice could not be worked on.', faultOf(error));
  });
}
