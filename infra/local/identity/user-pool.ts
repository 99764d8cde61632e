/**
 * The user pool's API, over the sample people and those that were created here. It looks an account up, creates, disables or
 * renames it, and lists its authenticator app. State is kept under `<folder>/user-pool.json`; without a folder, in memory.
 */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { openKept } from '../data-folder/kept-file.ts';
import { action, createJsonService } from '../endpoint/json.ts';
import { type Authorize, Refusal } from '../endpoint/service.ts';
import { identify } from '../template/resource-kinds.ts';
import type { Template } from '../template/template.ts';
import type { SamplePerson } from './sample-person.ts';

const createdPerson = z.object({ sub: z.string(), email: z.string(), name: z.string(), title: z.string() });
const stateForm = z.object({
  disabled: z.array(z.string()),
  listed: z.array(z.string()),
  created: z.array(createdPerson).default([]),
  /** The addresses that were changed, by `sub`. */
  renamed: z.array(z.tuple([z.string(), z.string()])).default([]),
});
const setting = z.object({ Enabled: z.boolean().default(false), PreferredMfa: z.boolean().default(false) });
const request = z.object({
  UserPoolId: z.string(),
  Username: z.string(),
  SoftwareTokenMfaSettings: setting.optional(),
  SMSMfaSettings: setting.optional(),
  UserAttributes: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
});
type Asked = z.infer<typeof request>;

/** `people`: the samples. A person is named by `sub` or e-mail address. */
export function createUserPool(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly people: readonly SamplePerson[];
  readonly folder?: string;
}) {
  const { template, authorize, people, folder } = options;
  const { found, keep } = openKept(folder, 'user-pool.json', stateForm);
  const disabled = new Set(found?.disabled);
  const listed = new Set(found?.listed);
  const created = [...(found?.created ?? [])];
  const renamed = new Map(found?.renamed);
  /** Everyone with an account, each with the present address. */
  const everyone = (): readonly SamplePerson[] =>
    [...people, ...created].map((each) => ({ ...each, email: renamed.get(each.sub) ?? each.email }));
  const store = () => keep({ disabled: [...disabled], listed: [...listed], created, renamed: [...renamed] });
  /** Changes a set, and writes the file where that changed anything. */
  const put = (set: Set<string>, sub: string, isIn: boolean) => {
    if (set.has(sub) === isIn) return;
    if (isIn) set.add(sub);
    else set.delete(sub);
    store();
  };

  const attributeIn = ({ UserAttributes }: Asked, name: string) =>
    UserAttributes.find(({ Name }) => Name === name)?.Value.trim();
  const attributesOf = ({ sub, email }: SamplePerson) => [
    { Name: 'sub', Value: sub },
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
  ];

  /** No mail with a first password goes out: here a person signs in without one. */
  function create(asked: Asked): object {
    const email = (attributeIn(asked, 'email') ?? asked.Username).toLowerCase();
    if (everyone().some((person) => person.email === email))
      throw new Refusal('UsernameExistsException', 'User account already exists');
    const person = {
      sub: randomUUID(),
      email,
      name: attributeIn(asked, 'name') ?? email,
      title: 'Added by an operator',
    };
    created.push(person);
    store();
    const User = { Username: person.sub, Enabled: true, UserStatus: 'FORCE_CHANGE_PASSWORD' };
    return { User: { ...User, Attributes: attributesOf(person) } };
  }

  const operations: Readonly<Record<string, (person: SamplePerson, asked: Asked) => object>> = {
    // As in AWS, an app that no call ever listed is missing here, though each sign-in asks for its code.
    AdminGetUser: ({ sub, ...person }) => ({
      Username: sub,
      Enabled: !disabled.has(sub),
      UserStatus: 'CONFIRMED',
      UserAttributes: attributesOf({ sub, ...person }),
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
    // Here a token cannot be renewed, so there is none to end.
    AdminUserGlobalSignOut: () => ({}),
    AdminUpdateUserAttributes({ sub }, asked) {
      const email = attributeIn(asked, 'email')?.toLowerCase();
      if (email === undefined) return {};
      if (everyone().some((person) => person.email === email && person.sub !== sub))
        throw new Refusal('AliasExistsException', 'An account with the email already exists.');
      renamed.set(sub, email);
      store();
      return {};
    },
    AdminSetUserMFAPreference({ sub, mfa }, { SoftwareTokenMfaSettings: app, SMSMfaSettings: text }) {
      if (text?.Enabled) throw new Refusal('InvalidParameterException', 'The embedded user pool has no text messages.');
      if (app?.Enabled && mfa === false) {
        throw new Refusal('InvalidParameterException', 'User has not verified software token mfa');
      }
      if (app) put(listed, sub, app.Enabled);
      return {};
    },
  };

  return {
    isEnabled: (sub: string) => !disabled.has(sub),
    everyone,
    service: createJsonService({
      client: 'cognito-identity-provider',
      prefix: 'cognito-idp',
      title: 'user pool',
      target: 'AWSCognitoIdentityProviderService.',
      authorize,
      actions: Object.fromEntries(
        ['AdminCreateUser', ...Object.keys(operations)].map((name) => [
          name,
          action(request, (asked, { allow }) => {
            const { UserPoolId, Username } = asked;
            const pool = template.ofType('AWS::Cognito::UserPool').find((each) => identify(each) === UserPoolId);
            allow(pool?.arn ?? UserPoolId);
            if (!pool) throw new Refusal('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
            const perform = operations[name];
            if (!perform) return create(asked);
            const person = everyone().find(({ sub, email }) => sub === Username || email === Username.toLowerCase());
            if (!person) throw new Refusal('UserNotFoundException', 'User does not exist.');
            return perform(person, asked);
          }),
        ]),
      ),
    }),
  };
}
