/** The event source mappings of the template, as the API of Lambda tells them. */
import { createHash } from 'node:crypto';
import type { Resource, Template } from '../template/template.ts';

/** A mapping in the words of Lambda's EventSourceMappingConfiguration. */
export interface MappingConfiguration {
  readonly UUID: string;
  readonly EventSourceArn: string;
  readonly FunctionArn: string;
  readonly [field: string]: unknown;
}

/** AWS makes an id at random. Here it follows from the logical id, so that it is the same after a restart. */
function uuidOf(logicalId: string): string {
  const hex = createHash('sha256').update(logicalId).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** `find` gives a function by its name or ARN. */
export function mappingsOf(
  template: Template,
  find: (nameOrArn: string) => { readonly FunctionArn: string } | undefined,
): readonly MappingConfiguration[] {
  return template.ofType('AWS::Lambda::EventSourceMapping').map(({ logicalId, properties }: Resource) => {
    const { EventSourceArn, FunctionName, Enabled, Tags: _tags, ...more } = properties;
    return {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 0,
      ParallelizationFactor: 1,
      MaximumRecordAgeInSeconds: -1,
      BisectBatchOnFunctionError: false,
      TumblingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      ...more,
      UUID: uuidOf(logicalId),
      EventSourceArn: String(EventSourceArn),
      FunctionArn: find(String(FunctionName))?.FunctionArn ?? String(FunctionName),
      State: Enabled === false ? 'Disabled' : 'Enabled',
      StateTransitionReason: 'User action',
    };
  });
}
