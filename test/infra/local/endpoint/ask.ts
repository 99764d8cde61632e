import { serve } from '../../../../infra/local/endpoint/endpoint.ts';
import type { AwsRequest, AwsService, Principal } from '../../../../infra/local/endpoint/service.ts';

export const operator: Principal = { kind: 'operator' };

/** What a client of this service signs with, so that the endpoint knows what was asked for. */
export const signedFor = (service: string, accessKeyId = 'x') =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261102/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

export const requestOf = (more: Partial<Omit<AwsRequest, 'body'>> & { readonly body?: string }): AwsRequest => ({
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  principal: operator,
  ...more,
  body: Buffer.from(more.body ?? ''),
});

/** The form of the Query protocol. */
export const formRequest = (fields: Readonly<Record<string, string>>, principal: Principal = operator): AwsRequest =>
  requestOf({
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: String(new URLSearchParams(fields)),
    principal,
  });

/** What a service answered: its status, and the fields of its JSON. */
export interface Answered {
  readonly status: number;
  readonly [field: string]: unknown;
}

/** A call of AWS JSON 1.1 to a service, and its answer. Throws where the service does not take it. */
export async function askJson(
  service: AwsService,
  target: string,
  input: object,
  principal: Principal = operator,
): Promise<Answered> {
  const headers = { 'x-amz-target': target, 'content-type': 'application/x-amz-json-1.1' };
  const request = requestOf({ headers, body: JSON.stringify(input), principal });
  const { status, body } = await serve(request, [service]);
  return { status, ...(JSON.parse(String(body)) as Record<string, unknown>) };
}
