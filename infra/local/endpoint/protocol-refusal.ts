/** A refusal in the form of the protocol that its caller speaks, so that the client shows its sentence. */
import { randomUUID } from 'node:crypto';
import { AccessDenied, type AwsRequest, type AwsResponse, type Refusal } from './service.ts';
import { toXml, type XmlValue } from './xml.ts';

/** What of a request an error answer needs: its headers say which protocol the caller speaks. */
export interface Asked {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** The service's name in the scope of the signature. */
export function signedService({ headers }: Asked): string | undefined {
  return /\bCredential=[^/]+\/[^/]*\/[^/]*\/([^/]+)\//.exec(String(headers.authorization ?? ''))?.[1];
}

/** True for the Query protocol: a form in, XML out. */
export const isForm = ({ headers }: Asked): boolean =>
  String(headers['content-type']).startsWith('application/x-www-form-urlencoded');

/** A service of any other protocol is not part of this cloud, and is refused as REST with JSON. */
export function answerTo(asked: Asked, refusal: Refusal): AwsResponse {
  const { name, message, status, fields } = refusal;
  const isJson = asked.headers['x-amz-target'] !== undefined;
  if (!isJson && (isForm(asked) || signedService(asked) === 's3')) {
    const Code = refusal instanceof AccessDenied ? 'AccessDenied' : name;
    const error = { Code, Message: message, ...(fields as Readonly<Record<string, XmlValue>>) };
    const RequestId = randomUUID();
    const body = isForm(asked)
      ? { ErrorResponse: { Error: { Type: status < 500 ? 'Sender' : 'Receiver', ...error }, RequestId } }
      : { Error: { ...error, RequestId } };
    return { status, headers: { 'content-type': 'text/xml' }, body: toXml(body) };
  }
  const said = String(asked.headers['content-type']);
  const type = said.startsWith('application/x-amz-json') ? said : 'application/json';
  return {
    status: isJson && refusal instanceof AccessDenied ? 400 : status,
    headers: { 'content-type': type, 'x-amzn-errortype': name },
    body: JSON.stringify({ __type: name, message, ...fields }),
  };
}

/** What a request is for: its target, or the service of its signature, with the operation where it says one. */
export function askedFor(request: AwsRequest): string {
  const { headers, method, path, body } = request;
  const target = headers['x-amz-target'];
  if (target !== undefined) return `The call ${target}`;
  const action = isForm(request) ? new URLSearchParams(body.toString('utf8')).get('Action') : null;
  const service = signedService(request);
  if (service === undefined) return action === null ? `${method} ${path}` : `The action ${action}`;
  return action === null ? `The service ${service}` : `${action} of the service ${service}`;
}
