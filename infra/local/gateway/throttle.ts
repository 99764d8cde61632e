/** The throttle of the stage: a number of requests at once, then a number a second, of all clients together. */
import * as z from 'zod';
import { readProperties } from '../template/read-properties.ts';
import type { Template } from '../template/template.ts';

const settings = z.object({
  MethodSettings: z
    .array(
      z.object({
        ResourcePath: z.string(),
        HttpMethod: z.string(),
        ThrottlingRateLimit: z.number().optional(),
        ThrottlingBurstLimit: z.number().optional(),
      }),
    )
    .default([]),
});

/**
 * Whether a request may come in now, which is then counted. `now` is in milliseconds of the time that really passes: the movable
 * clock may stand still. Throws where the template has a limit for one method alone, which is not known here.
 */
export function createThrottle(template: Template, now: () => number): () => boolean {
  const limits = template.ofType('AWS::ApiGateway::Stage').flatMap((stage) => {
    return readProperties(stage, settings).MethodSettings.flatMap(({ ResourcePath, HttpMethod, ...limit }) => {
      const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = limit;
      if (rate === undefined || burst === undefined) return [];
      if (ResourcePath !== '/*' || HttpMethod !== '*') {
        throw new Error(
          `${stage.logicalId} throttles ${HttpMethod} ${ResourcePath}: here is one limit for all methods.`,
        );
      }
      return [{ rate, burst }];
    });
  });
  const [limit] = limits;
  if (!limit) return () => true;
  let left = limit.burst;
  let at = now();
  return () => {
    const then = now();
    left = Math.min(limit.burst, left + ((then - at) / 1000) * limit.rate);
    at = then;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}
