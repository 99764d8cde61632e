/** The state machines there are: those of the template, and those that were created by the API, which can change. */
import { localAccount } from '../endpoint/service.ts';
import type { MachineRecord } from './records.ts';

/** A state machine of the template; `definition` is its JSON text with all placeholders resolved. */
export interface DeployedMachine {
  readonly arn: string;
  readonly name: string;
  readonly definition: string;
  readonly roleArn?: string;
}

/** `definition` names a text. Instants in epoch milliseconds. */
export interface Machine extends MachineRecord {
  readonly isDeployed: boolean;
  readonly createdAt: number;
  readonly status: 'ACTIVE' | 'DELETING';
}

export interface Machines {
  get(arn: string): Machine | undefined;
  /** Those of the template first, then the others as they were created. */
  list(): readonly Machine[];
  put(record: MachineRecord, at: number): void;
  deploy(machine: DeployedMachine, definition: string, at: number): void;
  markDeleted(arn: string): void;
  remove(arn: string): void;
}

const roleOf = (machine: DeployedMachine) => machine.roleArn ?? `arn:aws:iam::${localAccount}:role/${machine.name}`;

export function createMachines(): Machines {
  const deployed = new Map<string, Machine>();
  const created = new Map<string, Machine>();
  return {
    get: (arn) => deployed.get(arn) ?? created.get(arn),
    list: () => [...deployed.values(), ...[...created.values()].filter(({ arn }) => !deployed.has(arn))],
    put(record, at) {
      const createdAt = created.get(record.arn)?.createdAt ?? at;
      created.set(record.arn, { ...record, isDeployed: false, createdAt, status: 'ACTIVE' });
    },
    deploy({ arn, name, ...rest }, definition, at) {
      const roleArn = roleOf({ arn, name, ...rest });
      deployed.set(arn, { arn, name, roleArn, definition, isDeployed: true, createdAt: at, status: 'ACTIVE' });
    },
    markDeleted(arn) {
      const machine = created.get(arn);
      if (machine) created.set(arn, { ...machine, status: 'DELETING' });
    },
    remove: (arn) => void created.delete(arn),
  };
}
