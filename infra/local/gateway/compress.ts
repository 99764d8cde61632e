/** Compressed answers, as API Gateway makes them where the API has a `minimumCompressionSize`. */
import { gzipSync } from 'node:zlib';
import type { GatewayAnswer } from './gateway-responses.ts';

/**
 * The answer in gzip, where the client likes that best. It stays as it is where it has a coding already, or is smaller than `from`
 * bytes. Without the header `Accept-Encoding` nothing is compressed.
 */
export function compress(answer: GatewayAnswer, accepted: string | undefined, from: number): GatewayAnswer {
  const isCoded = answer.headers.some(([name]) => name.toLowerCase() === 'content-encoding');
  if (isCoded || answer.body.length < from || bestOf(accepted) !== 'gzip') return answer;
  return { ...answer, headers: [...answer.headers, ['Content-Encoding', 'gzip']], body: gzipSync(answer.body) };
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
