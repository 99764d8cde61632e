/** The state machines there are: those of the template, and those that tests create by the API. */
import { localAccount } from '../endpoint/service.ts';
import type { MachineRecord } from './records.ts';

/** A state machine of the template; `definition` is its JSON text with all placeholders resolved. */
export interface DeployedMachine {
  readonly arn: string;
  readonly name: string;
  readonly definition: string;
  readonly roleArn?: string;
}

/** `definition` names a text. `createdAt` in epoch milliseconds. */
export interface Machine extends MachineRecord {
  readonly createdAt: number;
}

export type Machines = ReturnType<typeof createMachines>;

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

export function createMachines() {
  const deployed = new Set<string>();
  const put = new Map<string, Machine>();
  /** What was once of the template and is no longer is no machine. */
  const get = (arn: string): Machine | undefined => {
    const machine = put.get(arn);
    return machine?.deployed && !deployed.has(arn) ? undefined : machine;
  };
  return {
    get,
    /** Those of the template first, then the others as they were created. */
    list: (): readonly Machine[] =>
      [...deployed, ...[...put.keys()].filter((arn) => !deployed.has(arn))].flatMap((arn) => get(arn) ?? []),
    /** What was last put, even if it was of the template and is no longer. */
    recorded: (arn: string): MachineRecord | undefined => put.get(arn),
    put: (record: MachineRecord, at: number) =>
      void put.set(record.arn, { ...record, createdAt: put.get(record.arn)?.createdAt ?? at }),
    /** Makes the recorded machine one of the template. It was created with the first record of it. */
    deploy: (arn: string) => void deployed.add(arn),
  };
}
