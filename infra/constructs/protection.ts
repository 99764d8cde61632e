import type { Stack } from 'aws-cdk-lib';
import { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';

/**
 * Protects every table and the pool of people from deletion, or says that they are not. A first deployment must do without:
 * a protected table refuses the rollback of a deployment that failed. Called last, when all of them are there.
 */
export function protectFromDeletion(stack: Stack, isProtected: boolean): void {
  for (const resource of stack.node.findAll()) {
    if (resource instanceof CfnTable) resource.deletionProtectionEnabled = isProtected;
    if (resource instanceof CfnUserPool) resource.deletionProtection = isProtected ? 'ACTIVE' : 'INACTIVE';
  }
}
