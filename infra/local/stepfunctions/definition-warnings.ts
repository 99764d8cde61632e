/** What to know of a template's state machines before they are deployed. */
import type { Template } from '../template/template.ts';
import { readDefinition } from './language/compile.ts';
import { DefinitionRefused } from './language/schema.ts';

/**
 * One sentence for each expression that AWS takes although it can only fail. One for each machine that AWS or the local
 * interpreter refuses. Each names the machine, and where it stands.
 */
export function definitionWarnings(template: Pick<Template, 'ofType'>): readonly string[] {
  return template.ofType('AWS::StepFunctions::StateMachine').flatMap(({ logicalId, properties }) => {
    try {
      const { warnings } = readDefinition(String(properties.DefinitionString));
      return warnings.map(({ message, location }) => `State machine ${logicalId}: ${message} at ${location}`);
    } catch (error) {
      if (!(error instanceof DefinitionRefused)) throw error;
      return [`State machine ${logicalId} is refused: ${error.message}`];
    }
  });
}
