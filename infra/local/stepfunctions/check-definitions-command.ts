/**
 * `node infra/local/stepfunctions/check-definitions-command.ts FOLDER`: warns of the state machines of a synthesized
 * assembly that the embedded cloud refuses. It is for rooms that may not import the embedded cloud. Each warning is a line on
 * stderr. The status is 0: what a person wrote is still synthesized.
 */
import { readTemplate } from '../template/template.ts';
import { readDefinition } from './language/compile.ts';
import { DefinitionRefused } from './language/schema.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Give the folder of a synthesized assembly.');
  process.exitCode = 2;
} else {
  for (const { logicalId, properties } of readTemplate(folder).ofType('AWS::StepFunctions::StateMachine')) {
    try {
      readDefinition(String(properties.DefinitionString));
    } catch (error) {
      if (!(error instanceof DefinitionRefused)) throw error;
      console.error(`Warning: State machine ${logicalId} is refused: ${error.message}`);
    }
  }
}
