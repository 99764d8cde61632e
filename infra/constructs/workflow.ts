import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { createLogGroup, nameExactly, stackMark } from './kept-resources.ts';
import { readDefinition } from './machine-definition.ts';
import { live } from './release.ts';

/** A state machine's fixed name, and the ARN that follows from it. */
export interface WorkflowName {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
}

/**
 * Names a state machine before it exists. Functions need the ARNs of the machines, because `react` starts them and `await-person`
 * resumes them. The machines need the ARNs of the functions. CloudFormation refuses such a circle. With a fixed name, a function
 * gets the ARN that follows from the name.
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

/**
 * Lets a function start runs (`StartExecution`) of these machines, or resume their waits (`SendTaskSuccess`). A wait whose
 * checkpoint has moved is told so by `SendTaskFailure`.
 */
export function allowOnWorkflows(
  grantee: LambdaFunction,
  actions: readonly ('StartExecution' | 'SendTaskSuccess' | 'SendTaskFailure')[],
  workflows: readonly WorkflowName[],
): void {
  allow(
    grantee,
    actions.map((action) => `states:${action}`),
    workflows.map((workflow) => workflow.arn),
  );
}

/** Lets a function see whether runs of these machines are running. */
export function allowLookAtRuns(grantee: LambdaFunction, workflows: readonly WorkflowName[]): void {
  const executions = workflows.map(({ arn }) => `${arn.replace(':stateMachine:', ':execution:')}:*`);
  allow(grantee, ['states:DescribeExecution'], executions);
  for (const { name } of workflows) {
    if (grantee.role) acknowledgeForced(grantee.role, 'executions of a machine', name);
  }
}

/**
 * A Standard machine from its ASL file. `tasks` are the functions that the file names as `${<id>FunctionArn}`: the machine may
 * invoke exactly these, by their alias `live`. So a run that waits for weeks meets the code of its day. A missing or an unused
 * one fails synthesis, and so does a task without retries. Everything is logged except the data.
 */
export function createWorkflow(
  scope: Construct,
  workflow: WorkflowName,
  definitionFile: string,
  tasks: readonly LambdaFunction[],
): StateMachine {
  const definition = readDefinition(definitionFile);
  const substitutions = Object.fromEntries(tasks.map((task) => [`${task.node.id}FunctionArn`, live(task).functionArn]));
  const problems = placeholderProblems(definition, Object.keys(substitutions));
  if (problems.length > 0) throw new Error(`${workflow.id}: ${problems.join(' ')}`);

  const machine = new StateMachine(scope, workflow.id, {
    stateMachineName: workflow.name,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromString(definition),
    definitionSubstitutions: substitutions,
    logs: {
      // Log groups under this prefix do not count against the size limit of CloudWatch's resource policy.
      destination: createLogGroup(
        scope,
        `${workflow.id}Logs`,
        `/aws/vendedlogs/states/${workflow.name}-${stackMark(scope)}`,
      ),
      level: LogLevel.ALL,
      includeExecutionData: false,
    },
  });
  machine.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: tasks.map((task) => live(task).functionArn),
    }),
  );
  nameExactly(machine, workflow.id);
  accept(machine, 'AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray');
  acknowledgeForced(machine.role, 'state machine log delivery');
  return machine;
}

/** Sentences about placeholders of an ASL text that get no value, and about values without a placeholder. */
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
