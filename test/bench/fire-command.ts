/** Sends the requests of its standard input with autocannon, in a process of its own. Prints the result as JSON. */
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

/** `amount` requests over so many connections, taken from the list in turn. */
export interface Fire {
  readonly url: string;
  readonly connections: number;
  readonly amount: number;
  readonly requests: readonly {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
  }[];
}
/** Milliseconds, and how many answers were none or no success. */
export interface Fired {
  readonly p50: number;
  readonly p99: number;
  readonly perSecond: number;
  readonly errors: number;
}

const { url, connections, amount, requests } = JSON.parse(readFileSync(0, 'utf8')) as Fire;
const began = performance.now();
const { latency, errors, timeouts, non2xx } = await autocannon({
  url,
  connections,
  amount,
  requests: requests.map((request) => ({ ...request })),
  timeout: 60,
});
const fired: Fired = {
  p50: latency.p50,
  p99: latency.p99,
  perSecond: amount / ((performance.now() - began) / 1000),
  errors: errors + timeouts + non2xx,
};
console.log(JSON.stringify(fired));
