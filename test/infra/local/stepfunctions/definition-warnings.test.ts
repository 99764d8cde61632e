import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { definitionWarnings } from '../../../../infra/local/stepfunctions/definition-warnings.ts';
import { readTemplate } from '../../../../infra/local/template/template.ts';
import { readAssembly } from '../../assembly.ts';
import { machine, oneTask } from './stage.ts';

const command = fileURLToPath(
  new URL('../../../../infra/local/stepfunctions/check-definitions-command.ts', import.meta.url),
);

/** An assembly of these state machines alone, by logical id. */
function assemblyOf(definitions: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'careline-definitions-'));
  const Resources = Object.fromEntries(
    Object.entries(definitions).map(([logicalId, DefinitionString]) => [
      logicalId,
      { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString } },
    ]),
  );
  writeFileSync(join(folder, 'Careline.template.json'), JSON.stringify({ Resources }));
  return folder;
}

const unknown = oneTask({ Output: { v: '{% $referral.id %}' } });

describe('what `npm run synth` says of state machines', () => {
  it('is nothing of those of the stack', async () => {
    const deployed = readTemplate((await readAssembly()).folder);
    expect(deployed.ofType('AWS::StepFunctions::StateMachine').length).toBe(2);
    expect(definitionWarnings(deployed)).toEqual([]);
  });

  it('is a warning for each reference that can only fail, and the template is still there', () => {
    const folder = assemblyOf({ Referral: unknown });
    const { status, stderr } = spawnSync(process.execPath, [command, folder], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe(
      'Warning: State machine Referral: $referral is neither a function of Step Functions nor $states. at /States/Ask/Output/v\n',
    );
    expect(status).toBe(0);
  });

  it('names what is refused', () => {
    const folder = assemblyOf({ Deadline: machine({ StartAt: 'A', States: { A: { Type: 'Loop' } } }) });
    const template = readTemplate(folder);
    rmSync(folder, { recursive: true });
    expect(definitionWarnings(template)).toEqual([
      expect.stringMatching(/^State machine Deadline is refused: .*states of these types/),
    ]);
  });
});
