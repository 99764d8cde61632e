/** The API over a desk, called as the gateway calls it. */

import { createApi } from '../../functions/api/api.ts';
import type { ApiParts } from '../../functions/api/api-parts.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import type { Desk } from './desk.ts';
import { notAnchored } from './not-anchored.ts';

export interface Asked {
  /** As `personOf` of the desk names people, or the id of one. */
  readonly as?: string | undefined;
  /** Epoch seconds of the sign-in. */
  readonly signedInAt?: number;
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is, instead of a body. */
  readonly text?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** `proofs`: without them, nothing is anchored. */
export function openApi(
  desk: Desk,
  { waitFor = async () => 0, proofs = notAnchored }: Partial<Pick<ApiParts, 'waitFor' | 'proofs'>> = {},
) {
  const faults: unknown[] = [];
  let requests = 0;
  const api = createApi({
    ...desk,
    secretKey: async () => 'the key of these tests',
    personIdOf: (request) => (request as { personId?: string }).personId,
    signedInAtOf: (request) => (request as { signedInAt?: number }).signedInAt ?? 0,
    requestIdOf: (request) => (request as { requestId?: string }).requestId,
    evenly: (work) => work(),
    now: () => desk.now,
    newId: () => crypto.randomUUID(),
    proofs,
    description: () => '{"openapi":"3.1.0"}',
    onFault: (error) => faults.push(error),
    waitFor,
  });

  return {
    faults,
    async ask(path: string, { as, signedInAt, method, body, text, headers }: Asked = {}): Promise<Answer> {
      const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
      requests += 1;
      const response = await api.request(
        `/api/v1${path}`,
        {
          method: method ?? (sent === undefined ? 'GET' : 'POST'),
          headers: { 'content-type': 'application/json', ...headers },
          ...whereKnown({ body: sent }),
        },
        { requestContext: { personId: as, signedInAt, requestId: `REQUEST-${requests}` } },
      );
      const answered = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text: answered,
        body: answered === '' ? {} : JSON.parse(answered),
      };
    },
  };
}
