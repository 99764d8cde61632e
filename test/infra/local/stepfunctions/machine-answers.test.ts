/**
 * What the API tells of state machines. The shapes are those that AWS answered to `localstack/localstack`,
 * `tests/aws/services/stepfunctions/v2`: test_sfn_api_variable_references and test_sfn_api_validation.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { settingsOf } from '../../../../infra/local/stepfunctions/machine-settings.ts';
import { createStage, executionArn, machine, machineArn, noon, oneTask } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'careline-machines-'));
afterAll(() => rmSync(folder, { recursive: true }));

const pass = (more: object = {}) => ({ Type: 'Pass', End: true, ...more });
const reading = machine({
  StartAt: 'Hear',
  States: {
    Hear: { ...pass({ Assign: { heard: 1, twice: 2 } }), End: undefined, Next: 'Answer' },
    Answer: pass({ Output: { both: '{% $heard + $twice + $count($states.input) %}', again: '{% $heard %}' } }),
  },
});
const definition = oneTask();

describe('DescribeStateMachine', () => {
  it('tells when the machine was first deployed, also after a restart and a change', async () => {
    const first = createStage({ machines: { M: definition }, folder });
    await first.stop();
    const later = createStage({ machines: { M: reading }, folder, at: noon + 3_600_000 });
    expect(await later.call('DescribeStateMachine', { stateMachineArn: machineArn('M') })).toMatchObject({
      creationDate: noon / 1000,
      status: 'ACTIVE',
      definition: reading,
    });
    await later.start('M', 'x');
    const of = { executionArn: executionArn('M', 'x') };
    expect(await later.call('DescribeStateMachineForExecution', of)).toMatchObject({ updateDate: noon / 1000 + 3600 });
    await later.stop();
  });

  it('does not know a machine that the template no longer has', async () => {
    const without = createStage({ folder });
    expect(await without.call('DescribeStateMachine', { stateMachineArn: machineArn('M') })).toMatchObject({
      __type: 'StateMachineDoesNotExist',
    });
    expect((await without.call('ListStateMachines', {})).stateMachines).toEqual([]);
    await without.stop();
  });

  it('tells which variables each state reads', async () => {
    const stage = createStage({ machines: { M: reading, None: definition } });
    expect(await stage.call('DescribeStateMachine', { stateMachineArn: machineArn('M') })).toMatchObject({
      variableReferences: { Answer: ['heard', 'twice'] },
    });
    expect(await stage.call('DescribeStateMachine', { stateMachineArn: machineArn('None') })).not.toHaveProperty(
      'variableReferences',
    );
  });

  it('tells the logging, tracing and encryption that the template has, in the names of the API', () => {
    const LogGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:Referral:*';
    const LoggingConfiguration = { Level: 'ALL', Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn } }] };
    expect(settingsOf({ properties: { LoggingConfiguration, TracingConfiguration: { Enabled: true } } })).toEqual({
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: LogGroupArn } }],
      },
      tracingConfiguration: { enabled: true },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
    });
  });
});

describe('DescribeStateMachineForExecution', () => {
  it('tells the definition that the execution was started with', async () => {
    const stage = createStage();
    const roleArn = 'arn:aws:iam::000000000000:role/Role';
    await stage.call('CreateStateMachine', { name: 'M', definition: reading, roleArn });
    const arn = await stage.start('M', 'x');
    await stage.clock.advance(60_000);
    await stage.call('UpdateStateMachine', { stateMachineArn: machineArn('M'), definition });
    expect(await stage.call('DescribeStateMachineForExecution', { executionArn: arn })).toEqual({
      stateMachineArn: machineArn('M'),
      name: 'M',
      updateDate: noon / 1000 + 60,
      definition: reading,
      roleArn,
      loggingConfiguration: { level: 'OFF', includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      variableReferences: { Answer: ['heard', 'twice'] },
    });
  });

  it('refuses an execution that does not exist', async () => {
    const of = { executionArn: executionArn('M', 'none') };
    expect(await createStage().call('DescribeStateMachineForExecution', of)).toMatchObject({
      __type: 'ExecutionDoesNotExist',
    });
  });
});

describe('ValidateStateMachineDefinition', () => {
  const validate = async (text: string, more: object = {}) =>
    createStage().call('ValidateStateMachineDefinition', { definition: text, ...more });
  const failed = (...diagnostics: object[]) => ({ result: 'FAIL', diagnostics, truncated: false });
  const schema = { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED' };

  it('finds nothing wrong with a machine that AWS takes', async () => {
    expect(await validate(definition)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
  });

  it.each([
    [' ', { ...schema, message: 'Definition must be a valid JSON object' }],
    ['{}', { ...schema, message: 'These fields are required: [States, StartAt]', location: '/' }],
    [
      machine({ StartAt: 'A', States: { A: pass({ QueryLanguage: 'JSONPath' }) } }),
      {
        ...schema,
        message: "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        location: '/States/A',
      },
    ],
  ])('says in the words of AWS what is wrong with %s', async (text, diagnostic) => {
    expect(await validate(text)).toEqual(failed(diagnostic));
  });

  it('refuses a wait for a token in an EXPRESS machine', async () => {
    const waiting = oneTask({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' });
    expect(await validate(waiting, { type: 'EXPRESS' })).toEqual(
      failed({
        ...schema,
        message: "Express state machine does not support '.waitForTaskToken' service integration ",
        location: '/States/Ask/Resource',
      }),
    );
  });

  it('warns of what can only fail where warnings are asked for, and tells at most so many', async () => {
    const text = machine({ StartAt: 'A', States: { A: pass({ Output: ['{% $a %}', '{% $b %}'] }) } });
    expect(await validate(text)).toEqual({ result: 'OK', diagnostics: [], truncated: false });
    expect(await validate(text, { severity: 'WARNING', maxResults: 1 })).toMatchObject({
      result: 'OK',
      diagnostics: [{ severity: 'WARNING', location: '/States/A/Output[0]' }],
      truncated: true,
    });
  });
});
