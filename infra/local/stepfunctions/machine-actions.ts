/** The actions on state machines: people list them, and tests create some of their own. */
import * as z from 'zod';
import { JsonRefusal } from '../endpoint/json.ts';
import { localAccount, localRegion } from '../endpoint/service.ts';
import { arn, checkName, type Define, secondsOf } from './action-table.ts';
import type { Engine } from './interpreter/engine.ts';
import { DefinitionRefused } from './language/schema.ts';

export function defineMachineActions(define: Define, engine: Engine): void {
  define(
    'CreateStateMachine',
    z.strictObject({ name: z.string(), definition: z.string().min(1).max(1_048_576), roleArn: arn }),
    ({ name, definition, roleArn }, allow) => {
      const machineArn = `arn:aws:states:${localRegion}:${localAccount}:stateMachine:${name}`;
      allow(machineArn);
      checkName(name);
      const earlier = engine.machines.get(machineArn);
      if (earlier && engine.textOf(earlier) !== definition) {
        throw new JsonRefusal('StateMachineAlreadyExists', `State Machine Already Exists: '${machineArn}'`);
      }
      try {
        const { createdAt } = earlier ?? engine.createMachine({ arn: machineArn, name, definition, roleArn });
        return { stateMachineArn: machineArn, creationDate: secondsOf(createdAt) };
      } catch (error) {
        if (!(error instanceof DefinitionRefused)) throw error;
        throw new JsonRefusal('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
      }
    },
  );

  define('ListStateMachines', z.strictObject({}), (_, allow) => {
    allow('*');
    const stateMachines = engine.machines.list().map(({ arn: stateMachineArn, name, createdAt }) => ({
      stateMachineArn,
      name,
      type: 'STANDARD',
      creationDate: secondsOf(createdAt),
    }));
    return { stateMachines };
  });
}
