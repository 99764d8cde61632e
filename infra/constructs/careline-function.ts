import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import type { Bundles } from './bundle.ts';
import { createLogGroup, nameExactly } from './kept-resources.ts';

/** The namespace and service of the functions' metrics. Alarms look for them there. */
export const metricsNamespace = 'Careline';
export const metricsService = 'careline';

export interface FunctionProps {
  readonly bundles: Bundles;
  /** Megabytes. Default 256. */
  readonly memorySize?: number;
  /** Default 30 seconds. */
  readonly timeout?: Duration;
  /** Environment variables without a permission. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The queue for events that the function gave up on, for asynchronous invocations. */
  readonly failures?: Queue;
  /** Files and folders copied beside the bundle. */
  readonly assets?: readonly string[];
}

/**
 * One function with a role of its own, which at first may only write to its own log group. `id` is its folder's name in
 * PascalCase: `SendAlerts` is `functions/send-alerts`.
 */
export function createFunction(scope: Construct, id: string, props: FunctionProps): LambdaFunction {
  const logGroup = createLogGroup(scope, `${id}Logs`);
  const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addToPolicy(
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
  );
  const created = new LambdaFunction(scope, id, {
    description: `Careline ${folderName(id)}`,
    code: Code.fromAsset(props.bundles.folderOf(folderName(id), props.assets)),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    memorySize: props.memorySize ?? 256,
    timeout: props.timeout ?? Duration.seconds(30),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    // A version outlives its release, so that the alias can go back to it. `npm run release -- prune` removes old ones.
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE },
    ...(props.failures ? { deadLetterQueue: props.failures } : {}),
    environment: {
      POWERTOOLS_SERVICE_NAME: metricsService,
      ...props.environment,
    },
  });
  nameExactly(created, id);
  accept(created, 'Serverless-LambdaTracing', ...(props.failures ? [] : (['Serverless-LambdaDLQ'] as const)));
  return created;
}

/** Adds one statement to the function's role. Every permission of a function is given here. */
export function allow(
  grantee: LambdaFunction,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): void {
  grantee.addToRolePolicy(
    new PolicyStatement({
      actions: [...actions],
      resources: [...resources],
      ...(conditions === undefined ? {} : { conditions }),
    }),
  );
}

/** `SendAlerts` → `send-alerts`. */
export function folderName(id: string): string {
  return id.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}
