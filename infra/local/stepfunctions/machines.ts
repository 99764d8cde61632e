/** The state machines there are: those of the template, and those that were created by the API, which can change. */
import { localAccount } from '../endpoint/service.ts';
import type { MachineSettings } from './machine-settings.ts';
import type { MachineRecord } from './records.ts';

/** A state machine of the template; `definition` is its JSON text with all placeholders resolved. */
export interface DeployedMachine {
  readonly arn: string;
  readonly name: string;
  readonly definition: string;
  readonly roleArn?: string;
  readonly settings?: MachineSettings;
}

/** `definition` names a text. Instants in epoch milliseconds. */
export interface Machine extends MachineRecord {
  readonly isDeployed: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly status: 'ACTIVE' | 'DELETING';
  readonly settings?: MachineSettings | undefined;
}

export interface Machines {
  get(arn: string): Machine | undefined;
  /** Those of the template first, then the others as they were created. */
  list(): readonly Machine[];
  /** What was last put, even if it was of the template and is no longer. */
  recorded(arn: string): MachineRecord | undefined;
  put(record: MachineRecord, at: number): void;
  /** Makes the recorded machine one of the template. Its instants are those of the first and last record of it. */
  deploy(arn: string, settings: MachineSettings | undefined): void;
  markDeleted(arn: string): void;
  remove(arn: string): void;
}

/** What is written down of a machine of the template, whose definition is kept under this name. */
export const recordOf = ({ arn, name, roleArn }: DeployedMachine, definition: string): MachineRecord => ({
  arn,
  name,
  roleArn: roleArn ?? `arn:aws:iam::${localAccount}:role/${name}`,
  definition,
  deployed: true,
});

export const isSame = (one: MachineRecord | undefined, other: MachineRecord) =>
  one?.deployed === true && one.roleArn === other.roleArn && one.definition === other.definition;

export function createMachines(): Machines {
  const deployed = new Map<string, Machine>();
  const put = new Map<string, Machine>();
  /** What was once of the template and is no longer is no machine. */
  const created = (arn: string) => {
    const machine = put.get(arn);
    return machine?.isDeployed ? undefined : machine;
  };
  return {
    get: (arn) => deployed.get(arn) ?? created(arn),
    list: () => [
      ...deployed.values(),
      ...[...put.keys()].flatMap((arn) => (deployed.has(arn) ? [] : (created(arn) ?? []))),
    ],
    recorded: (arn) => put.get(arn),
    put(record, at) {
      const createdAt = put.get(record.arn)?.createdAt ?? at;
      const isDeployed = record.deployed === true;
      put.set(record.arn, { ...record, isDeployed, createdAt, updatedAt: at, status: 'ACTIVE' });
    },
    deploy(arn, settings) {
      const known = put.get(arn);
      if (known) deployed.set(arn, { ...known, settings });
    },
    markDeleted(arn) {
      const machine = put.get(arn);
      if (machine) put.set(arn, { ...machine, status: 'DELETING' });
    },
    remove: (arn) => void put.delete(arn),
  };
}
