/**
 * What a function's bundle gets instead of Node's `http`. Its AWS calls then go to the main thread as messages, without
 * socket and HTTP parser. That is a quarter of a demo's processor time. Runs inside the worker; the bundle sees no difference.
 */
import { EventEmitter } from 'node:events';
import * as http from 'node:http';
import { Readable } from 'node:stream';
import type { CallAnswer, HandedCall } from './worker-messages.ts';

export interface HandedOver {
  /** Stands in for `node:http`: requests to the endpoint are posted, all others are sent as ever. */
  readonly http: typeof http;
  /** To be called with the answer to a call that was posted. */
  answer(answer: CallAnswer): void;
}

/** `post` carries a call to the main thread. */
export function handOver(endpointUrl: string, post: (call: HandedCall) => void): HandedOver {
  const { hostname, port } = new URL(endpointUrl);
  const waiting = new Map<number, HandedRequest>();
  let calls = 0;

  /** In the form that the AWS SDK uses: one object of options, and a listener of the response. */
  const request = (...given: Parameters<typeof http.request>) => {
    const [options, listener] = given as unknown as [http.RequestOptions, ((response: unknown) => void)?];
    if (options.host !== hostname || String(options.port) !== port) return http.request(...given);
    const call = calls++;
    const handed = new HandedRequest(options, (head) => post({ call, ...head }));
    waiting.set(call, handed);
    handed.once('close', () => waiting.delete(call));
    if (listener) handed.once('response', listener);
    return handed;
  };
  return {
    // A copy would read every export, and some load half of Node when they are read.
    http: Object.create(http, { request: { value: request } }) as typeof http,
    answer: (answered) => waiting.get(answered.call)?.answer(answered),
  };
}

/**
 * As much of a `ClientRequest` as the AWS SDK uses. Ended with the body, the request emits `socket`. With the answer it emits
 * `response`, then `close`.
 */
class HandedRequest extends EventEmitter {
  readonly #options: http.RequestOptions;
  readonly #send: (call: Omit<HandedCall, 'call'>) => void;

  constructor(options: http.RequestOptions, send: (call: Omit<HandedCall, 'call'>) => void) {
    super();
    this.#options = options;
    this.#send = send;
  }

  end(body?: string | Uint8Array): void {
    const { method = 'GET', path = '/', headers = {} } = this.#options;
    const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
    const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body ?? []);
    // A message needs no connection. Without this word of one, the SDK gives up where an answer takes a second.
    this.emit('socket', { connecting: false });
    this.#send({ method, path: String(path), headers: Object.fromEntries(lowered), body: bytes.toString('latin1') });
  }

  /**
   * The response is its own body. The SDK takes bytes as they are, and would collect a stream piece by piece. Only an
   * object of S3 must be a stream, as the caller gets it.
   */
  answer({ status, headers, body }: CallAnswer): void {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const isObject = /\/s3\/aws4_request\b/.test(String(headerOf(this.#options, 'authorization')));
    const response = isObject ? Readable.from([bytes], { objectMode: false }) : bytes;
    this.emit('response', Object.assign(response, { statusCode: status, headers }));
    this.emit('close');
  }

  /** The answer then finds no request any more. */
  destroy(): void {
    this.emit('close');
  }
}

const headerOf = ({ headers = {} }: http.RequestOptions, name: string) =>
  Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
