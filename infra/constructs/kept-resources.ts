import { CfnElement, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct, IConstruct } from 'constructs';

/**
 * Gives the construct's CloudFormation resource exactly this logical id, without CDK's hash. The embedded cloud names resources
 * by logical id, so a person can type `--table-name Ledger`. A second use of an id fails synthesis.
 */
export function nameExactly(construct: IConstruct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnElement.isCfnElement(resource)) {
    throw new Error(`${construct.node.path} has no resource of its own to be named ${logicalId}.`);
  }
  resource.overrideLogicalId(logicalId);
}

/**
 * A customer-managed key, rotated yearly. It is kept when the stack is deleted, because the data that it encrypted is kept too.
 */
export function createKey(scope: Construct, id: string, description: string): Key {
  const key = new Key(scope, id, {
    description,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  nameExactly(key, id);
  return key;
}

/**
 * The one key of everything that holds ids and codes alone: working tables, logs, topics and backups. The first use makes it.
 * CloudWatch Logs and Step Functions write logs with it.
 */
export function operationsKey(scope: Construct): Key {
  const stack = Stack.of(scope);
  const id = 'OperationsKey';
  const made = stack.node.tryFindChild(id);
  if (made instanceof Key) return made;
  const key = createKey(stack, id, 'Careline: encrypts working tables, logs and topics');
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(`logs.${stack.region}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:DescribeKey',
      ],
      // In a key's own policy "*" means this key.
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': stack.formatArn({ service: 'logs', resource: 'log-group:*' }),
        },
      },
    }),
  );
  // Step Functions delivers its logs through this service.
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('delivery.logs.amazonaws.com')],
      actions: ['kms:Decrypt'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
    }),
  );
  return key;
}

/**
 * The part of the stack's id that no other stack has. The fixed name of a kept resource ends with it. Without it, the next
 * stack could not use the same name.
 */
export const stackMark = (scope: Construct): string => Fn.select(2, Fn.split('/', Stack.of(scope).stackId));

/**
 * A log group whose lines expire after one year. Logs have only ids and codes, and the ledger is the audit trail. The group is
 * kept with the stack's data. It is deleted when a first deployment fails, because the next one may need its name.
 */
export function createLogGroup(scope: Construct, id: string, logGroupName?: string): LogGroup {
  return new LogGroup(scope, id, {
    retention: RetentionDays.ONE_YEAR,
    encryptionKey: operationsKey(scope),
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    ...(logGroupName === undefined ? {} : { logGroupName }),
  });
}
