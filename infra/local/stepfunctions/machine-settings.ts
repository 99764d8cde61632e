/** How a state machine logs, traces and encrypts, as the template says it and as the API tells it. */
import type { Resource } from '../template/template.ts';

export interface MachineSettings {
  readonly loggingConfiguration: unknown;
  readonly tracingConfiguration: unknown;
  readonly encryptionConfiguration: unknown;
}

/** What a machine has where nothing is said. */
export const defaultSettings: MachineSettings = {
  loggingConfiguration: { level: 'OFF', includeExecutionData: false },
  tracingConfiguration: { enabled: false },
  encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
};

/** CloudFormation's names begin with a capital letter, those of the API with a small one. */
function withSmallNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSmallNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name.charAt(0).toLowerCase() + name.slice(1), withSmallNames(each)]),
  );
}

const given = (value: unknown, otherwise: unknown) =>
  value === undefined ? otherwise : { ...(otherwise as object), ...(withSmallNames(value) as object) };

/** Of an AWS::StepFunctions::StateMachine. */
export const settingsOf = ({ properties }: Pick<Resource, 'properties'>): MachineSettings => ({
  loggingConfiguration: given(properties.LoggingConfiguration, defaultSettings.loggingConfiguration),
  tracingConfiguration: given(properties.TracingConfiguration, defaultSettings.tracingConfiguration),
  encryptionConfiguration: given(properties.EncryptionConfiguration, defaultSettings.encryptionConfiguration),
});
