import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { DependencyUnavailable, isPassing } from '../contracts/faults.ts';
import { beginRequest } from './current-request.ts';
import { faultOf, logger, speakable } from './logger.ts';

const givenWith = z.object({ requestId: z.string().optional() });

/** A task of a workflow. Parses its input and its output, so that neither can drift from the definition. */
export function task<Input, Output>(
  input: z.ZodType<Input>,
  output: z.ZodType<Output>,
  work: (input: Input) => Promise<Output>,
) {
  return middy(async (event: unknown, _context: Context): Promise<Output> => {
    beginRequest(givenWith.safeParse(event).data?.requestId);
    try {
      return output.parse(await work(input.parse(event)));
    } catch (error) {
      throw speakable(error);
    }
  }).onError(({ error }) => {
    logger.error('A task failed.', faultOf(error));
    // The definitions retry it.
    if (isPassing(error)) throw new DependencyUnavailable('A service this task needs did not answer.');
  });
}
