/** Compressed answers, as API Gateway makes them where the API has a `minimumCompressionSize`. */
import { deflateSync, gzipSync } from 'node:zlib';
import type { GatewayAnswer } from './gateway-responses.ts';

const codings = { gzip: gzipSync, deflate: deflateSync } as const;
const isCoding = (name: string): name is keyof typeof codings => name in codings;

/**
 * The answer in the coding that the client likes best. It stays as it is where that coding is none of API Gateway's. It also
 * stays where it has a coding already, or is smaller than `from` bytes. Without the header `Accept-Encoding` nothing is compressed.
 */
export function compress(answer: GatewayAnswer, accepted: string | undefined, from: number | undefined): GatewayAnswer {
  const coding = bestOf(accepted);
  const isCoded = answer.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
  if (from === undefined || isCoded || answer.body.length < from || !isCoding(coding)) return answer;
  return {
    ...answer,
    headers: [...answer.headers, ['Content-Encoding', coding]],
    body: codings[coding](answer.body),
  };
}

/** The coding with the highest weight, the first of several. `gzip;q=0` refuses it. */
function bestOf(accepted = ''): string {
  const weighed = accepted.split(',').map((each) => {
    const [name = '', ...parameters] = each.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((part) => part.startsWith('q='))?.slice(2) ?? '1';
    return { name, weight: Number(weight) };
  });
  const [best] = weighed.toSorted((one, other) => other.weight - one.weight);
  return best !== undefined && best.weight > 0 ? best.name : '';
}
