import { RemovalPolicy } from 'aws-cdk-lib';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import { nameExactly } from './kept-resources.ts';

export type CodeHolder = 'door' | 'task';

/** The keys of the codes that commits carry. Only a door may make a code under the doors' key, so only there people act. */
export interface CodeKeys {
  /** May ask whether a code is right, and may make none. */
  allowCheck(grantee: LambdaFunction): void;
  allowMake(grantee: LambdaFunction, as: CodeHolder): void;
}

export function createCodeKeys(scope: Construct): CodeKeys {
  const create = (id: string, description: string) => {
    const key = new Key(scope, id, {
      description,
      keySpec: KeySpec.HMAC_256,
      keyUsage: KeyUsage.GENERATE_VERIFY_MAC,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    nameExactly(key, id);
    return key;
  };
  const keys = {
    door: create('DoorCodeKey', 'Careline: codes of commits that people and the doors make'),
    task: create('TaskCodeKey', 'Careline: codes of commits that functions other than the doors make'),
  };
  // A key of codes has no encryption context. This is the one algorithm that the ledger uses.
  const conditions = { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } };
  return {
    allowCheck(grantee) {
      allow(grantee, ['kms:VerifyMac'], [keys.door.keyArn, keys.task.keyArn], conditions);
      grantee.addEnvironment('DOOR_CODE_KEYS', keys.door.keyArn);
      grantee.addEnvironment('TASK_CODE_KEYS', keys.task.keyArn);
    },
    allowMake(grantee, as) {
      allow(grantee, ['kms:GenerateMac'], [keys[as].keyArn], conditions);
      grantee.addEnvironment('WRITES_AS', as);
      grantee.addEnvironment(`${as.toUpperCase()}_CODE_KEYS`, keys[as].keyArn);
    },
  };
}
