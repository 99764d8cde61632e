/** A service that speaks AWS's JSON protocol: JSON in and out, and the operation in the header `X-Amz-Target`. */
import type * as z from 'zod';
import { type Authorize, type AwsService, type Principal, Refusal } from './service.ts';

/** Who asks. */
export interface Asked {
  readonly principal: Principal;
  /** Throws AccessDenied unless policies allow the caller this action on the resource. */
  allow(resource: string, context?: Parameters<Authorize>[3]): void;
}

export interface JsonAction {
  readonly input: z.ZodType;
  run(input: never, asked: Asked): object;
}

/** An action with its checked input. A strict form refuses a field that would be accepted and ignored. */
export const action = <Input extends z.ZodType>(
  input: Input,
  run: (input: z.output<Input>, asked: Asked) => object,
): JsonAction => ({ input, run });

/**
 * `client` as the SDK names it, such as `kms`, `title` as people do, and `target` with its last point. `prefix` stands before the
 * actions in policies. An empty body is an empty object. `stop` is run when the service stops.
 */
export function createJsonService(options: {
  readonly client: string;
  readonly prefix: string;
  readonly title: string;
  readonly target: string;
  readonly authorize: Authorize;
  readonly actions: Readonly<Record<string, JsonAction>>;
  readonly stop?: () => void;
}): AwsService {
  const { client, prefix, title, target, authorize, actions, stop } = options;
  const names = Object.keys(actions);
  return {
    operations: names.map((name) => `${client}:${name}`),
    handles: ({ headers }) => headers['x-amz-target']?.startsWith(target) ?? false,
    stop: async () => stop?.(),
    async handle({ headers, body, principal }) {
      const name = headers['x-amz-target']?.slice(target.length) ?? '';
      const asked = Object.hasOwn(actions, name) ? actions[name] : undefined;
      if (!asked) {
        const sentence = `The embedded ${title} does not offer ${name}: it has ${names.join(', ')}.`;
        throw new Refusal('UnknownOperationException', sentence);
      }
      const input = asked.input.safeParse(parseJson(body.toString('utf8') || '{}'));
      if (!input.success) {
        const wrong = input.error.issues.map(({ path, message }) => [...path, message].join(': '));
        const sentence = `The embedded ${title} does not take ${name} as it was sent: ${wrong.join('; ')}`;
        throw new Refusal('ValidationException', sentence);
      }
      const answer = asked.run(input.data as never, {
        principal,
        allow: (resource, context = {}) => authorize(principal, `${prefix}:${name}`, resource, context),
      });
      const type = headers['content-type'] ?? 'application/x-amz-json-1.1';
      return { status: 200, headers: { 'content-type': type }, body: JSON.stringify(answer) };
    },
  };
}

/** Throws a refusal where the text of a request is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('SerializationException', 'The request body is not JSON.');
  }
}
