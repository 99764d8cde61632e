import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import type * as z from 'zod';
import { DependencyUnavailable } from '../contracts/faults.ts';
import { faultOf, logger, speakable } from './logger.ts';

/** Errors of the AWS SDK after which a later try helps. They become `DependencyUnavailable`, which the definitions retry. */
const passing =
  /Throttl|TimeoutError|ProvisionedThroughput|RequestLimit|ServiceUnavailable|InternalServerError|ECONN|NetworkingError|Unavailable/;

/** A task of a workflow. Parses its input and its output, so that neither can drift from the definition. */
export function task<Input, Output>(
  input: z.ZodType<Input>,
  output: z.ZodType<Output>,
  work: (input: Input) => Promise<Output>,
) {
  return middy(async (event: unknown, _context: Context): Promise<Output> => {
    try {
      return output.parse(await work(input.parse(event)));
    } catch (error) {
      throw speakable(error);
    }
  }).onError(({ error }) => {
    logger.error('A task failed.', faultOf(error));
    if (error && passing.test(error.name)) throw new DependencyUnavailable('A service this task needs did not answer.');
  });
}
