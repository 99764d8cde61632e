import { RemovalPolicy } from 'aws-cdk-lib';
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

/** The ARNs of new keys, that of the key in use first. */
function createAll(
  scope: Construct,
  id: string,
  description: string,
  { count, inUse }: CodeKeySettings,
): readonly string[] {
  const arns = Array.from({ length: count }, (_, index) => {
    const name = index === 0 ? id : `${id}${index + 1}`;
    const key = new Key(scope, name, {
      description,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    nameExactly(key, name);
    return key.keyArn;
  });
  return [...arns.slice(inUse - 1, inUse), ...arns.filter((_, index) => index !== inUse - 1)];
}

/** The keys of the codes that entries of the directory carry. No function may make one: a person with a command does. */
export function createEntryKeys(scope: Construct, settings: CodeKeySettings) {
  const arns = createAll(scope, 'DirectoryCodeKey', 'Careline: codes of the entries of the directory', settings);
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
  return {
    allowCheck(grantee) {
      allow(grantee, ['kms:VerifyMac'], [...keys.door, ...keys.task], conditions);
      grantee.addEnvironment('DOOR_CODE_KEYS', keys.door.join(','));
      grantee.addEnvironment('TASK_CODE_KEYS', keys.task.join(','));
    },
    allowMake(grantee, as) {
      allow(grantee, ['kms:GenerateMac'], keys[as].slice(0, 1), conditions);
      grantee.addEnvironment('WRITES_AS', as);
      grantee.addEnvironment(`${as.toUpperCase()}_CODE_KEYS`, keys[as].join(','));
    },
  };
}
