import { Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import { nameExactly } from './kept-resources.ts';
import type { CodeKeySettings } from './settings.ts';

export type CodeHolder = 'door' | 'task';

/** The keys of the codes that commits carry. Only a door may make a code under the doors' key, so only there people act. */
export interface CodeKeys {
  /** May ask whether a code is right, and may make none. */
  allowCheck(grantee: LambdaFunction): void;
  allowMake(grantee: LambdaFunction, as: CodeHolder): void;
}

// A key of codes has no encryption context. This is the one algorithm that is used.
const conditions = { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } };

/** The new keys, the key in use first. */
function createAll(
  scope: Construct,
  id: string,
  description: string,
  { count, inUse }: CodeKeySettings,
): readonly Key[] {
  const keys = Array.from({ length: count }, (_, index) => {
    const name = index === 0 ? id : `${id}${index + 1}`;
    const key = new Key(scope, name, {
      description,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    nameExactly(key, name);
    return key;
  });
  return [...keys.slice(inUse - 1, inUse), ...keys.filter((_, index) => index !== inUse - 1)];
}
const arnsOf = (keys: readonly Key[]): readonly string[] => keys.map(({ keyArn }) => keyArn);

/**
 * Refuses an action with these keys to all but the roles that are told later. That holds for the account's root too.
 * Administrators still administer the keys, or no one could mend them: `KeyTouched` tells of it. Gives the way to tell a role.
 */
function denyToOthers(keys: readonly Key[], action: 'kms:GenerateMac' | 'kms:VerifyMac') {
  const roles = new Set<string>();
  for (const key of keys) {
    key.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [action],
        // In a key's own policy "*" means this key.
        resources: ['*'],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => [...roles] }) } },
      }),
    );
  }
  return ({ role }: LambdaFunction): void => {
    if (role) roles.add(role.roleArn);
  };
}

/** The keys of the codes that entries of the directory carry. No function may make one: a person with a command does. */
export function createEntryKeys(scope: Construct, settings: CodeKeySettings) {
  const arns = arnsOf(
    createAll(scope, 'DirectoryCodeKey', 'Careline: codes of the entries of the directory', settings),
  );
  return {
    /** Separated by commas. */
    arns: arns.join(','),
    allowCheck(grantee: LambdaFunction): void {
      allow(grantee, ['kms:VerifyMac'], arns, conditions);
      grantee.addEnvironment('DIRECTORY_CODE_KEYS', arns.join(','));
    },
  };
}

export function createCodeKeys(scope: Construct, settings: CodeKeySettings): CodeKeys {
  const keys = {
    door: createAll(scope, 'DoorCodeKey', 'Careline: codes of commits that people and the doors make', settings),
    task: createAll(
      scope,
      'TaskCodeKey',
      'Careline: codes of commits that functions other than the doors make',
      settings,
    ),
  };
  const arns = { door: arnsOf(keys.door), task: arnsOf(keys.task) };
  const mayCheck = denyToOthers([...keys.door, ...keys.task], 'kms:VerifyMac');
  const mayMake = {
    door: denyToOthers(keys.door, 'kms:GenerateMac'),
    task: denyToOthers(keys.task, 'kms:GenerateMac'),
  };
  return {
    allowCheck(grantee) {
      allow(grantee, ['kms:VerifyMac'], [...arns.door, ...arns.task], conditions);
      mayCheck(grantee);
      grantee.addEnvironment('DOOR_CODE_KEYS', arns.door.join(','));
      grantee.addEnvironment('TASK_CODE_KEYS', arns.task.join(','));
    },
    allowMake(grantee, as) {
      allow(grantee, ['kms:GenerateMac'], arns[as].slice(0, 1), conditions);
      mayMake[as](grantee);
      grantee.addEnvironment('WRITES_AS', as);
      grantee.addEnvironment(`${as.toUpperCase()}_CODE_KEYS`, arns[as].join(','));
    },
  };
}
