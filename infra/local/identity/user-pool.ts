/**
 * The user pool's API, over the sample people: looking an account up, disabling it, listing its authenticator app. State is
 * kept under `<folder>/user-pool.json`; without a folder, in memory.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { keep, readKept } from '../data-folder/kept-file.ts';
import { AccessDenied, type Authorize, type AwsResponse, type AwsService } from '../endpoint/service.ts';
import { identify } from '../template/resource-kinds.ts';
import type { Template } from '../template/template.ts';
import type { SamplePerson } from './sample-person.ts';

const target = 'AWSCognitoIdentityProviderService.';

class PoolError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const stateForm = z.object({ disabled: z.array(z.string()), listed: z.array(z.string()) });
const setting = z.object({ Enabled: z.boolean().default(false), PreferredMfa: z.boolean().default(false) });
const request = z.object({
  UserPoolId: z.string(),
  Username: z.string(),
  SoftwareTokenMfaSettings: setting.optional(),
  SMSMfaSettings: setting.optional(),
});

export interface UserPool {
  readonly service: AwsService;
  isEnabled(sub: string): boolean;
}

/** `people` is read anew for each call. A person is named by `sub` or e-mail address. */
export function createUserPool(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly people: () => readonly SamplePerson[];
  readonly folder?: string;
}): UserPool {
  const { template, authorize, people, folder } = options;
  const file = folder === undefined ? undefined : join(folder, 'user-pool.json');
  const found = file === undefined ? undefined : readKept(file, stateForm);
  const disabled = new Set(found?.disabled);
  const listed = new Set(found?.listed);
  const store = () => {
    if (folder === undefined || file === undefined) return;
    mkdirSync(folder, { recursive: true });
    keep(file, { disabled: [...disabled], listed: [...listed] });
  };
  /** Changes a set, and writes the file where that changed anything. */
  const put = (set: Set<string>, sub: string, isIn: boolean) => {
    if (set.has(sub) === isIn) return;
    if (isIn) set.add(sub);
    else set.delete(sub);
    store();
  };

  const operations: Readonly<Record<string, (person: SamplePerson, asked: z.infer<typeof request>) => object>> = {
    // As in AWS, an app that no call ever listed is missing here, though each sign-in asks for its code.
    AdminGetUser: ({ sub, email }) => ({
      Username: sub,
      Enabled: !disabled.has(sub),
      UserStatus: 'CONFIRMED',
      UserAttributes: [
        { Name: 'sub', Value: sub },
        { Name: 'email', Value: email },
        { Name: 'email_verified', Value: 'true' },
      ],
      ...(listed.has(sub) && { UserMFASettingList: ['SOFTWARE_TOKEN_MFA'], PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA' }),
    }),
    AdminDisableUser({ sub }) {
      put(disabled, sub, true);
      return {};
    },
    AdminEnableUser({ sub }) {
      put(disabled, sub, false);
      return {};
    },
    AdminSetUserMFAPreference({ sub, mfa }, { SoftwareTokenMfaSettings: app, SMSMfaSettings: text }) {
      if (text?.Enabled)
        throw new PoolError('InvalidParameterException', 'The embedded user pool has no text messages.');
      if (app?.Enabled && mfa === false) {
        throw new PoolError('InvalidParameterException', 'User has not verified software token mfa');
      }
      if (app) put(listed, sub, app.Enabled);
      return {};
    },
  };

  return {
    isEnabled: (sub) => !disabled.has(sub),
    service: {
      handles: ({ headers }) => headers['x-amz-target']?.startsWith(target) ?? false,
      stop: async () => undefined,
      async handle({ headers, body, principal }) {
        const name = headers['x-amz-target']?.slice(target.length) ?? '';
        try {
          const perform = operations[name];
          if (!perform) {
            throw new PoolError('UnknownOperationException', `The embedded user pool does not offer ${name}.`);
          }
          const read = request.safeParse(JSON.parse(body.toString('utf8') || '{}'));
          if (!read.success) throw new PoolError('InvalidParameterException', 'UserPoolId and Username are required.');
          const { UserPoolId, Username } = read.data;
          const pool = template.ofType('AWS::Cognito::UserPool').find((each) => identify(each) === UserPoolId);
          authorize(principal, `cognito-idp:${name}`, pool?.arn ?? UserPoolId);
          if (!pool) throw new PoolError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
          const person = people().find(({ sub, email }) => sub === Username || email === Username.toLowerCase());
          if (!person) throw new PoolError('UserNotFoundException', 'User does not exist.');
          return answer(200, perform(person, read.data));
        } catch (error) {
          if (!(error instanceof PoolError || error instanceof AccessDenied)) throw error;
          return answer(400, { __type: error.name, message: error.message });
        }
      },
    },
  };
}

function answer(status: number, body: object): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(body) };
}
