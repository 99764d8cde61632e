/** A service that speaks AWS's JSON protocol: JSON in and out, and the operation in the header `X-Amz-Target`. */
import { refusal } from './protocol-refusal.ts';
import { AccessDenied, type AwsService, type Principal } from './service.ts';

/** A refusal of the service. Its name goes over the wire, and is what the AWS SDK looks at. */
export class JsonRefusal extends Error {
  constructor(name: string, message = '') {
    super(message);
    this.name = name;
  }
}

export type JsonActions = Readonly<Record<string, (input: unknown, principal: Principal) => object>>;

/**
 * `client` as the SDK names it, such as `kms`, `title` as people do, and `target` with its last point. An empty body is an
 * empty object. `stop` is run when the service stops.
 */
export function createJsonService(options: {
  readonly client: string;
  readonly title: string;
  readonly target: string;
  readonly actions: JsonActions;
  readonly stop?: () => void;
}): AwsService {
  const { client, title, target, actions, stop } = options;
  const names = Object.keys(actions);
  return {
    operations: names.map((name) => `${client}:${name}`),
    handles: ({ headers }) => headers['x-amz-target']?.startsWith(target) ?? false,
    stop: async () => stop?.(),
    async handle(request) {
      const { headers, body, principal } = request;
      const name = headers['x-amz-target']?.slice(target.length) ?? '';
      const perform = Object.hasOwn(actions, name) ? actions[name] : undefined;
      try {
        if (!perform) {
          const sentence = `The embedded ${title} does not offer ${name}: it has ${names.join(', ')}.`;
          throw new JsonRefusal('UnknownOperationException', sentence);
        }
        const type = headers['content-type'] ?? 'application/x-amz-json-1.1';
        return {
          status: 200,
          headers: { 'content-type': type },
          body: JSON.stringify(perform(parse(body), principal)),
        };
      } catch (error) {
        if (!(error instanceof JsonRefusal || error instanceof AccessDenied)) throw error;
        return refusal(request, 400, error.name, error.message);
      }
    },
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new JsonRefusal('SerializationException', 'The request body is not JSON.');
  }
}
