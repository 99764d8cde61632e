/** An error in the form of each protocol that AWS's services speak, so that a client shows its sentence. */
import { randomUUID } from 'node:crypto';
import type { AwsRequest, AwsResponse } from './service.ts';
import { escapeXml } from './xml.ts';

type Protocol = 'json' | 'cbor' | 'query' | 'ec2' | 'rest-json' | 'rest-xml';

/** What of a request an error answer needs: its headers say which protocol the caller speaks. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The services whose REST answers are XML, by their name in a signature. */
const xmlServices = new Set(['s3', 's3express', 'cloudfront', 'route53']);

/** The service's name in the scope of the signature. */
export function signedService({ headers }: Asked): string | undefined {
  return /\bCredential=[^/]+\/[^/]*\/[^/]*\/([^/]+)\//.exec(String(headers.authorization ?? ''))?.[1];
}

export function protocolOf(asked: Asked): Protocol {
  const { headers } = asked;
  if (headers['x-amz-target'] !== undefined) return 'json';
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return 'cbor';
  const service = signedService(asked);
  if (String(headers['content-type']).startsWith('application/x-www-form-urlencoded')) {
    return service === 'ec2' ? 'ec2' : 'query';
  }
  return xmlServices.has(service ?? '') ? 'rest-xml' : 'rest-json';
}

/** `code` is the name of the error, `message` the sentence that the client shows. */
export function refusal(asked: Asked, status: number, code: string, message: string): AwsResponse {
  const protocol = protocolOf(asked);
  const xml = (body: string): AwsResponse => ({ status, headers: { 'content-type': 'text/xml' }, body });
  const named = code === 'AccessDeniedException' ? 'AccessDenied' : code;
  const error = `<Code>${escapeXml(named)}</Code><Message>${escapeXml(message)}</Message>`;
  const requestId = randomUUID();
  switch (protocol) {
    case 'query': {
      const type = status < 500 ? 'Sender' : 'Receiver';
      return xml(
        `<ErrorResponse><Error><Type>${type}</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      );
    }
    case 'ec2':
      return xml(`<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`);
    case 'rest-xml':
      return signedService(asked)?.startsWith('s3')
        ? xml(`<Error>${error}<RequestId>${requestId}</RequestId></Error>`)
        : xml(`<ErrorResponse><Error>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`);
    case 'cbor': {
      const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
      return { status, headers, body: cborOf({ __type: code, message }) };
    }
    default: {
      const said = String(asked.headers['content-type']);
      const type = said.startsWith('application/x-amz-json') ? said : 'application/json';
      const headers = { 'content-type': type, 'x-amzn-errortype': code };
      return { status, headers, body: JSON.stringify({ __type: code, message }) };
    }
  }
}

/** A map of fewer than 24 texts in CBOR (RFC 8949): each item begins with its kind and its length. */
function cborOf(texts: Readonly<Record<string, string>>): Buffer {
  const head = (kind: number, length: number) =>
    length < 24
      ? Buffer.from([(kind << 5) | length])
      : Buffer.from([(kind << 5) | 25, (length >> 8) & 255, length & 255]);
  const text = (value: string) => {
    const bytes = Buffer.from(value).subarray(0, 65_535);
    return Buffer.concat([head(3, bytes.length), bytes]);
  };
  const entries = Object.entries(texts);
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([name, value]) => [text(name), text(value)])]);
}

/** What a request is for: its target, or the service of its signature, with the operation where it says one. */
export function askedFor(request: AwsRequest): string {
  const { headers, method, path, body } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) return `The call ${target}`;
  const [, operation] = /\/operation\/(\w+)$/.exec(path) ?? [];
  const form = protocolOf(request) === 'query' || protocolOf(request) === 'ec2';
  const action = operation ?? (form ? new URLSearchParams(body.toString('utf8')).get('Action') : undefined);
  const service = signedService(request);
  if (service === undefined) return action ? `The action ${action}` : `${method} ${path}`;
  return action ? `${action} of the service ${service}` : `The service ${service}`;
}
