/** The runtime writes the error that leaves a function into its log, and a workflow keeps it in its history. */
import type { Context, SNSEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readMailNews } from '../../shared/alerts/send/mail-news.ts';
import { faultOf } from '../../shared/lambda/logger.ts';
import { notice } from '../../shared/lambda/notice.ts';
import { task } from '../../shared/lambda/workflow-task.ts';

const context = { awsRequestId: 'R' } as Context;
const failing = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not fail.');
};
const named = z.object({ detail: z.strictObject({ name: z.enum(['one', 'two']) }) });
/** Everything of the error that a runtime could write. */
const written = (error: Error) =>
  `${error.name} ${error.message} ${error.stack} ${JSON.stringify(error)} ${JSON.stringify(faultOf(error))}`;

describe('the error that leaves a function', () => {
  test('for an input of the wrong shape has the code and the path of each problem', async () => {
    const handler = task(named, z.void(), async () => {});
    const error = await failing(handler({ detail: { name: 'Aspen', 'Aspen Example': 1 } }, context));
    expect([error.name, error.message]).toEqual([
      'ZodError',
      'Something read here does not have its shape: invalid_value at detail.name; unrecognized_keys at detail.',
    ]);
    expect(written(error)).not.toContain('Aspen');
    expect(written(error)).not.toContain('"one"');
  });

  test('for a row deeper down names no key that is data', async () => {
    const rows = z.array(z.record(z.string(), z.number()));
    const handler = task(z.unknown(), z.void(), async () => void rows.parse([{ 'Aspen Example': 'x' }]));
    const error = await failing(handler({}, context));
    expect(error.message).toBe('Something read here does not have its shape: invalid_type at [0].?.');
    expect(written(error)).not.toContain('Aspen');
    expect(faultOf(error)).toMatchObject({ fault: 'ZodError', at: expect.stringContaining('speakable-faults') });
  });

  test.each(['Aspen Example', '{"eventType":"Aspen"}'])('for a notice such as %j repeats no value', async (Message) => {
    const handler = notice(async (message) => void readMailNews(message));
    const error = await failing(handler({ Records: [{ Sns: { Message } }] } as SNSEvent, context));
    expect(error.message).toMatch(/^Something read here /);
    expect(written(error)).not.toContain('Aspen');
  });

  test('for any other fault is that fault', async () => {
    const fault = new Error('The table does not answer.');
    const handler = task(z.unknown(), z.void(), () => Promise.reject(fault));
    expect(await failing(handler({}, context))).toBe(fault);
  });
});

test('the log of a fault has no message, and for a wrong shape only codes and paths', () => {
  const { error } = named.safeParse({ detail: { name: 'Aspen' } });
  expect(faultOf(error)).toMatchObject({ fault: 'ZodError', issues: ['invalid_value at detail.name'] });
  const met = new Error('Aspen was seen at the station.\nAspen was at home.');
  expect(faultOf(met)).toEqual({ fault: 'Error', at: expect.stringMatching(/^at .*speakable-faults/) });
});
