/** The actions on state machines. Those of the template can be read and run; what the API created can change too. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { localAccount, localRegion } from '../endpoint/service.ts';
import {
  arn,
  checkArn,
  checkName,
  type Define,
  machineOf,
  pageStart,
  pageToken,
  paging,
  runOf,
  ServiceError,
  secondsOf,
} from './action-table.ts';
import type { Engine } from './interpreter/engine.ts';
import { DefinitionRefused } from './language/schema.ts';
import { defaultSettings } from './machine-settings.ts';
import type { Machine } from './machines.ts';
import { validate } from './validate.ts';

const definition = z.string().min(1).max(1_048_576);

/** What the local service has one value for, and refuses any other of. */
const fixed = {
  loggingConfiguration: z
    .strictObject({
      level: z.literal('OFF').optional(),
      includeExecutionData: z.literal(false).optional(),
      destinations: z.array(z.never()).optional(),
    })
    .optional(),
  tracingConfiguration: z.strictObject({ enabled: z.literal(false).optional() }).optional(),
  encryptionConfiguration: z.strictObject({ type: z.literal('AWS_OWNED_KEY') }).optional(),
  publish: z.literal(false).optional(),
};

const described = ({ arn: stateMachineArn, name, createdAt }: Machine) => ({
  stateMachineArn,
  name,
  type: 'STANDARD',
  creationDate: secondsOf(createdAt),
});

function checkRole(roleArn: string): void {
  if (!/^arn:aws:iam::\d{12}:role\/.+/.test(roleArn)) {
    throw new ServiceError('InvalidArn', `Invalid Role Arn: '${roleArn}'`);
  }
}

function checkIsCreated({ isDeployed, name }: Machine): void {
  if (!isDeployed) return;
  throw new ServiceError(
    'ValidationException',
    `The state machine ${name} is part of the deployed template: change it there and start again.`,
  );
}

/** Runs `put`, whose refusal of a definition becomes the service's. */
function orInvalid(put: () => Machine): Machine {
  try {
    return put();
  } catch (error) {
    if (!(error instanceof DefinitionRefused)) throw error;
    throw new ServiceError('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
  }
}

export function defineMachineActions(define: Define, engine: Engine, clock: Clock): void {
  define(
    'CreateStateMachine',
    z.strictObject({
      name: z.string(),
      definition,
      roleArn: arn,
      type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
      tags: z.array(z.never()).optional(),
      ...fixed,
    }),
    ({ name, definition: text, roleArn, type }, allow) => {
      const machineArn = `arn:aws:states:${localRegion}:${localAccount}:stateMachine:${name}`;
      allow(machineArn);
      checkName(name);
      checkRole(roleArn);
      if (type === 'EXPRESS') {
        throw new ServiceError('StateMachineTypeNotSupported', 'The local Step Functions has the type STANDARD only.');
      }
      const earlier = engine.machines.get(machineArn);
      checkIsThere(earlier);
      if (earlier && engine.textOf(earlier) !== text) {
        throw new ServiceError('StateMachineAlreadyExists', `State Machine Already Exists: '${machineArn}'`);
      }
      const { createdAt } =
        earlier ?? orInvalid(() => engine.putMachine({ arn: machineArn, name, definition: text, roleArn }));
      return { stateMachineArn: machineArn, creationDate: secondsOf(createdAt) };
    },
  );

  define(
    'UpdateStateMachine',
    z.strictObject({ stateMachineArn: arn, definition: definition.optional(), roleArn: arn.optional(), ...fixed }),
    ({ stateMachineArn, definition: text, roleArn, ...rest }, allow) => {
      allow(stateMachineArn);
      const machine = machineOf(engine, stateMachineArn);
      checkIsThere(machine);
      checkIsCreated(machine);
      if (roleArn !== undefined) checkRole(roleArn);
      const { loggingConfiguration, tracingConfiguration, encryptionConfiguration } = rest;
      if (![text, roleArn, loggingConfiguration, tracingConfiguration, encryptionConfiguration].some(Boolean)) {
        throw new ServiceError(
          'MissingRequiredParameter',
          'Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified',
        );
      }
      const revisionId = randomUUID();
      orInvalid(() =>
        engine.putMachine({
          arn: stateMachineArn,
          name: machine.name,
          definition: text ?? engine.textOf(machine),
          roleArn: roleArn ?? machine.roleArn,
          revisionId,
        }),
      );
      return { updateDate: secondsOf(clock.now()), revisionId };
    },
  );

  define('DeleteStateMachine', z.strictObject({ stateMachineArn: arn }), ({ stateMachineArn }, allow) => {
    allow(stateMachineArn);
    checkArn(stateMachineArn, 'stateMachine');
    const machine = engine.machines.get(stateMachineArn);
    if (machine) checkIsCreated(machine);
    if (machine?.status === 'ACTIVE') engine.deleteMachine(stateMachineArn);
    return {};
  });

  define('ListStateMachines', z.strictObject(paging), ({ nextToken, maxResults }, allow) => {
    allow('*');
    const all = engine.machines.list();
    const start = pageStart(nextToken, 0, all.length);
    const end = start + (maxResults || 100);
    return { stateMachines: all.slice(start, end).map(described), ...(end < all.length ? pageToken(end) : {}) };
  });

  define(
    'DescribeStateMachine',
    z.strictObject({ stateMachineArn: arn, includedData: z.literal('ALL_DATA').optional() }),
    ({ stateMachineArn }, allow) => {
      allow(stateMachineArn);
      const machine = machineOf(engine, stateMachineArn);
      return { ...described(machine), status: machine.status, ...details(engine, machine, engine.textOf(machine)) };
    },
  );

  define(
    'DescribeStateMachineForExecution',
    z.strictObject({ executionArn: arn, includedData: z.literal('ALL_DATA').optional() }),
    ({ executionArn }, allow) => {
      allow(executionArn);
      const run = runOf(engine, executionArn);
      const machine = engine.machines.get(run.machineArn);
      return {
        stateMachineArn: run.machineArn,
        name: run.machineName,
        updateDate: secondsOf(machine?.updatedAt ?? run.startedAt),
        ...details(
          engine,
          { settings: machine?.settings, roleArn: run.roleArn },
          engine.textOf({ definition: run.definitionId }),
        ),
      };
    },
  );

  define(
    'ValidateStateMachineDefinition',
    z.strictObject({
      definition: z.string().max(1_048_576),
      type: z.enum(['STANDARD', 'EXPRESS']).default('STANDARD'),
      severity: z.enum(['ERROR', 'WARNING']).default('ERROR'),
      maxResults: z.int().min(0).max(100).default(100),
    }),
    ({ definition: text, type, severity, maxResults }, allow) => {
      allow('*');
      return validate(engine, text, type, { severity, most: maxResults || 100 });
    },
  );
}

type Described = Pick<Machine, 'settings' | 'roleArn' | 'revisionId'>;

function details(engine: Engine, { settings, roleArn, revisionId }: Described, text: string) {
  const { references } = engine.read(text);
  return {
    definition: text,
    roleArn,
    ...(settings ?? defaultSettings),
    ...(Object.keys(references).length === 0 ? {} : { variableReferences: references }),
    ...(revisionId === undefined ? {} : { revisionId }),
  };
}

/** Throws where the machine is being deleted. */
export function checkIsThere(machine: Machine | undefined): void {
  if (machine?.status !== 'DELETING') return;
  throw new ServiceError('StateMachineDeleting', `State Machine is being deleted: '${machine.arn}'`);
}
