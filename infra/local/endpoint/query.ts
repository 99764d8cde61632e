/** A service that speaks AWS's Query protocol: a form in, XML out. */
import { randomUUID } from 'node:crypto';
import { isForm, signedService } from './protocol-refusal.ts';
import { type AwsService, type Principal, Refusal } from './service.ts';
import { toXml, type XmlValue } from './xml.ts';

export type QueryActions = Readonly<
  Record<string, (form: URLSearchParams, principal: Principal) => XmlValue | Promise<XmlValue>>
>;

/** `name` as in a signature, such as `sts`; `version` is the one of the API that each form names. */
export function createQueryService(name: string, version: string, actions: QueryActions): AwsService {
  return {
    operations: Object.keys(actions).map((action) => `${name}:${action}`),
    handles: (request) =>
      isForm(request) &&
      (signedService(request) ?? name) === name &&
      new URLSearchParams(request.body.toString('utf8')).get('Version') === version,
    stop: async () => undefined,
    async handle({ body, principal }) {
      const form = new URLSearchParams(body.toString('utf8'));
      const action = form.get('Action') ?? '';
      const perform = Object.hasOwn(actions, action) ? actions[action] : undefined;
      if (!perform) {
        const offered = Object.keys(actions).join(', ');
        throw new Refusal('InvalidAction', `The embedded ${name} does not offer ${action}: it has ${offered}.`);
      }
      const content = {
        [`${action}Result`]: await perform(form, principal),
        ResponseMetadata: { RequestId: randomUUID() },
      };
      const xmlns = `https://${name}.amazonaws.com/doc/${version}/`;
      const answer = `<${action}Response xmlns="${xmlns}">${toXml(content)}</${action}Response>`;
      return { status: 200, headers: { 'content-type': 'text/xml' }, body: answer };
    },
  };
}
