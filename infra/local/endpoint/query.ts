/** A service that speaks AWS's Query protocol: a form in, XML out. */
import { randomUUID } from 'node:crypto';
import { refusal, signedService } from './protocol-refusal.ts';
import { AccessDenied, type AwsRequest, type AwsService, type Principal } from './service.ts';
import { toXml, type XmlValue } from './xml.ts';

/** A refusal of the service; `code` is what the AWS SDK looks at. */
export class QueryRefusal extends Error {
  override name = 'QueryRefusal';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export type QueryActions = Readonly<Record<string, (form: URLSearchParams, principal: Principal) => XmlValue>>;

/** `name` as in a signature, such as `sts`; `version` is the one of the API that each form names. */
export function createQueryService(name: string, version: string, actions: QueryActions): AwsService {
  const isForm = (request: AwsRequest) =>
    request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    operations: Object.keys(actions).map((action) => `${name}:${action}`),
    handles: (request) =>
      isForm(request) &&
      (signedService(request) ?? name) === name &&
      new URLSearchParams(request.body.toString('utf8')).get('Version') === version,
    stop: async () => undefined,
    async handle(request) {
      const form = new URLSearchParams(request.body.toString('utf8'));
      const action = form.get('Action') ?? '';
      const perform = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (!perform) {
        const offered = Object.keys(actions).join(', ');
        return refusal(request, 400, 'InvalidAction', `The local ${name} does not offer ${action}: it has ${offered}.`);
      }
      try {
        const result = `<${action}Result>${toXml(perform(form, request.principal))}</${action}Result>`;
        const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
        const body = `<${action}Response xmlns="https://${name}.amazonaws.com/doc/${version}/">${result}${metadata}</${action}Response>`;
        return { status: 200, headers: { 'content-type': 'text/xml' }, body };
      } catch (error) {
        if (error instanceof AccessDenied) return refusal(request, 403, error.name, error.message);
        if (error instanceof QueryRefusal) return refusal(request, 400, error.code, error.message);
        throw error;
      }
    },
  };
}
