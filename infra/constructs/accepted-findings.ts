/** Accepted findings of cdk-nag, each with its reason. Wildcards are in forced-wildcards.ts. */

import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export const acceptedFindings = {
  'AwsSolutions-SMG4':
    'Rotating the key of the HMACs would make every earlier digest unrecognizable, so matching children would stop.',
  'AwsSolutions-COG8':
    'The plus plan is priced per person; a one-time code is required of everyone and only administrators create people.',
  'AwsSolutions-SF2':
    'The ledger and the log of every transition tell what happened; a trace would be another copy of case activity.',
  'Serverless-StepFunctionStateMachineXray': 'As AwsSolutions-SF2: no traces of case activity.',
  'Serverless-LambdaTracing': 'As AwsSolutions-SF2: no traces of case activity.',
  'Serverless-APIGWXrayEnabled': 'As AwsSolutions-SF2: no traces of case activity.',
  'AwsSolutions-SQS3': 'This queue is where the dead letters of a stream go; CDK does not see that it is used as one.',
  'Serverless-LambdaEventSourceMappingDestination':
    'A queue feeds this function. What it gives up goes to the queue that the queue itself names.',
  'Serverless-SQSRedrivePolicy': 'This queue is itself the end of the line; a message in it raises an alarm.',
  'Serverless-EventBusDLQ':
    'EventBridge tries for a day to tell the topic. A notice that it gives up does no work that could be done later.',
  'Serverless-SNSRedrivePolicy':
    'A person’s mailbox has no dead-letter queue to read; an alarm whose mail is lost still shows in CloudWatch.',
  'AwsSolutions-SNS2':
    'An alarm holds the name of a resource and no data. A key that is disabled would silence the alarm that tells of it.',
  'Serverless-LambdaDLQ':
    'Lambda uses a dead-letter queue for asynchronous invocations only; here the caller waits, or a stream retries.',
  'CloudFormation-Validate::W3694':
    'The subscriber is the alias of a function, which SNS calls like a function; the check knows functions alone.',
  'AwsSolutions-APIG2':
    'Every door parses each request with the schema of its command, and answers with what to correct.',
  'AwsSolutions-APIG4': 'The console checks its own session and sends a visitor without one to sign in.',
  'AwsSolutions-S1': 'The bucket is itself a log. Its objects are locked, and CloudTrail signs their digests.',
  'AwsSolutions-COG4':
    'Roles come from the directory and not from the token, so the API has an authorizer of its own and the console a session.',
} as const;

/** Accepts these findings on this construct and everything below it. */
export function accept(construct: IConstruct, ...ids: readonly (keyof typeof acceptedFindings)[]): void {
  for (const id of ids) Validations.of(construct).acknowledge({ id, reason: acceptedFindings[id] });
}
