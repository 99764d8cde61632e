/** What a function answers to a proxy event, as HTTP. */
import * as z from 'zod';
import type { GatewayAnswer } from './gateway-responses.ts';

const single = z.union([z.string(), z.number(), z.boolean()]);

const proxyResponse = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), single).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(single)).nullish(),
  body: z.string().nullish(),
  // The API has no binary media types.
  isBase64Encoded: z.literal(false).nullish(),
});

/** API Gateway hands these on under another name, or sets them itself. */
const remapped = /^(authorization|connection|content-length|date|server|www-authenticate)$/i;
const dropped = /^(transfer-encoding|keep-alive)$/i;

/** Undefined where the answer is malformed, which API Gateway answers with 502. */
export function toAnswer(payload: unknown, requestId: string): GatewayAnswer | undefined {
  const parsed = proxyResponse.safeParse(payload);
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body } = parsed.data;

  const many = Object.entries(multiValueHeaders ?? {});
  const repeated = new Set(many.map(([name]) => name.toLowerCase()));
  const pairs = [
    ...Object.entries(headers ?? {}).filter(([name]) => !repeated.has(name.toLowerCase())),
    ...many.flatMap(([name, values]) => values.map((value) => [name, value] as const)),
  ]
    .filter(([name]) => !dropped.test(name))
    .map(
      ([name, value]) => [remapped.test(name) ? `x-amzn-remapped-${name.toLowerCase()}` : name, String(value)] as const,
    );
  if (!pairs.some(([name]) => name.toLowerCase() === 'content-type')) pairs.push(['content-type', 'application/json']);

  return {
    status: statusCode,
    headers: [...pairs, ['x-amzn-requestid', requestId]],
    body: Buffer.from(body ?? ''),
  };
}
