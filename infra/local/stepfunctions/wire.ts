/** The action table as a service: each input is checked against its schema before its action sees it. */
import type * as z from 'zod';
import { createJsonService, JsonRefusal } from '../endpoint/json.ts';
import type { AwsService } from '../endpoint/service.ts';
import type { Action } from './action-table.ts';

const sentence = (issue: z.core.$ZodIssue, action: string) =>
  issue.code === 'unrecognized_keys'
    ? `The local Step Functions does not implement ${issue.keys.join(', ')} of ${action}`
    : `Value at '${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`;

/** Serves `actions` under `X-Amz-Target: AWSStepFunctions.<action>`. `stop` is run when the service stops. */
export const createWire = (actions: ReadonlyMap<string, Action>, stop: () => void): AwsService =>
  createJsonService({
    client: 'sfn',
    title: 'Step Functions',
    target: 'AWSStepFunctions.',
    stop,
    actions: Object.fromEntries(
      [...actions].map(([name, action]) => [
        name,
        (given, principal) => {
          const input = action.input.safeParse(given);
          if (input.success) return action.run(input.data, principal);
          const { issues } = input.error;
          const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
          const sentences = issues.map((issue) => sentence(issue, name)).join('; ');
          throw new JsonRefusal('ValidationException', `${count}: ${sentences}`);
        },
      ]),
    ),
  });
