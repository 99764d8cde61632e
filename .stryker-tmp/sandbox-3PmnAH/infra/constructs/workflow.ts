// @ts-nocheck
import { readFileSync } from 'node:fs';
import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { createLogGroup, nameExactly } from './kept-resources.ts';

/** A state machine's fixed name and the ARN that follows from it. */
export interface WorkflowName {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
}

/**
 * Names a state machine before it exists. Functions need the machines' ARNs (`react` starts them, `await-person`
 * resumes them) while the machines need the functions' ARNs; a reference each way would be a circle that
 * CloudFormation refuses. A fixed name breaks it: the functions are given the ARN that follows from the name.
 */
export function nameWorkflow(scope: Construct, id: string, stage: string): WorkflowName {
  const name = `${stage}-careline-${id.toLowerCase()}`;
  const arn = Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: name,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return { id, name, arn };
}

/** Lets a function start runs (`StartExecution`) or resume their waits (`SendTaskSuccess`) of these machines. */
export function allowOnWorkflows(
  grantee: LambdaFunction,
  actions: readonly ('StartExecution' | 'SendTaskSuccess')[],
  workflows: readonly WorkflowName[],
): void {
  allow(
    grantee,
    actions.map((action) => `states:${action}`),
    workflows.map((workflow) => workflow.arn),
  );
}

/**
 * A Standard machine from its ASL file. `tasks` are the functions that the file names as `${<id>FunctionArn}`; a missing
 * or a superfluous one fails synthesis, and the machine may invoke exactly these. Everything is logged except the data.
 */
export function createWorkflow(
  scope: Construct,
  workflow: WorkflowName,
  definitionFile: string,
  tasks: readonly LambdaFunction[],
): StateMachine {
  const definition = readFileSync(definitionFile, 'utf8');
  const substitutions = Object.fromEntries(tasks.map((task) => [`${task.node.id}FunctionArn`, task.functionArn]));
  const problems = placeholderProblems(definition, Object.keys(substitutions));
  if (problems.length > 0) throw new Error(`${workflow.id}: ${problems.join(' ')}`);

  const machine = new StateMachine(scope, workflow.id, {
    stateMachineName: workflow.name,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(JSON.stringify(JSON.parse(definition))),
    definitionSubstitutions: substitutions,
    logs: {
      // Log groups under this prefix do not count against the size limit of CloudWatch's resource policy.
      destination: createLogGroup(scope, `${workflow.id}Logs`, `/aws/vendedlogs/states/${workflow.name}`),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
  });
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: tasks.map((task) => task.functionArn),
    }),
  );
  nameExactly(machine, workflow.id);
  accept(machine, 'AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray');
  acknowledgeForced(machine.role, 'state machine log delivery');
  return machine;
}

/** Sentences about placeholders of an ASL text that are not given, or given and not there. */
export function placeholderProblems(definition: string, given: readonly string[]): readonly string[] {
  const named = new Set(Array.from(definition.matchAll(/\$\{([^}]*)\}/g), (match) => match[1] ?? ''));
  return [
    ...[...named]
      .filter((name) => !given.includes(name))
      .map((name) => `The definition names \${${name}}, but no such function is wired to it.`),
    ...given
      .filter((name) => !named.has(name))
      .map((name) => `A function is wired as \${${name}}, but the definition never names it.`),
  ];
}
