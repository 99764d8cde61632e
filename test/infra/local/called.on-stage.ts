/**
 * The embedded cloud answers what is called, and nothing else. The list of what is called is made. It comes from the sources of
 * the product, the template and both state machines. Commands of the AWS CLI are in docs/api.md.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { conditionKeys, conditionOperators } from '../../../infra/local/iam/conditions.ts';
import { functionNames } from '../../../infra/local/stepfunctions/language/references.ts';
import { stateTypes } from '../../../infra/local/stepfunctions/language/schema.ts';
import { knownTypes } from '../../../infra/local/template/resource-kinds.ts';
import { readAssembly } from '../assembly.ts';
import { makeFolder, writeHandlers } from '../trivial-handlers.ts';
import { stage } from './shared-stage.ts';

const project = new URL('../../../', import.meta.url);
const filesIn = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(new URL(`${folder}/`, project), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => `${entry.parentPath.slice(fileURLToPath(project).length)}/${entry.name}`.replaceAll('//', '/'));
const textOf = (file: string) => readFileSync(new URL(file, project), 'utf8');

/** The operations that a source constructs commands or pages of, such as `dynamodb:Query`. */
function calledBy(file: string): readonly string[] {
  const imports = [...textOf(file).matchAll(/^import \{([^}]+)\} from '@aws-sdk\/client-([\w-]+)';/gm)];
  return imports.flatMap(([, names = '', client]) =>
    names.split(',').flatMap((name) => {
      const [, command, paginated] = /^(?:(\w+)Command|paginate(\w+))$/.exec(name.trim()) ?? [];
      return command || paginated ? [`${client}:${command ?? paginated}`] : [];
    }),
  );
}

const ofTheProduct = [
  ...filesIn('shared', /\.ts$/),
  ...filesIn('functions', /\.tsx?$/),
  ...filesIn('infra', /\.ts$/).filter((file) => !file.startsWith('infra/local/')),
];

/** A deployment looks at its account, and a removal takes the stack away. Neither is done on one machine. */
const ofAnAccountAlone: readonly string[] = [
  'acm:DescribeCertificate',
  'backup:DescribeRegionSettings',
  'cloudformation:DeleteStack',
  'cloudformation:GetTemplate',
  'cognito-identity-provider:DescribeUserPool',
  'cognito-identity-provider:DescribeUserPoolDomain',
  'lambda:GetAccountSettings',
  'sesv2:GetAccount',
  'sesv2:GetEmailIdentity',
  'sns:ListSubscriptionsByTopic',
  'ssm:GetParameter',
];

const clientsByTarget: Readonly<Record<string, string>> = { DynamoDB_20120810: 'dynamodb', TrentService: 'kms' };
/** The samples are written without the SDK, which takes longer to load than all of the writing. */
const ofTheSamples = filesIn('infra/local/samples', /\.ts$/).flatMap((file) =>
  [...textOf(file).matchAll(/'(DynamoDB_20120810|TrentService)\.(\w+)'/g)].map(
    ([, target = '', operation]) => `${clientsByTarget[target]}:${operation}`,
  ),
);

/** Tests of the interpreter make machines of their own. */
const ofTests = ['sfn:CreateStateMachine'];

const clientsByCommand: Readonly<Record<string, string>> = {
  'cognito-idp': 'cognito-identity-provider',
  logs: 'cloudwatch-logs',
  s3api: 's3',
  secretsmanager: 'secrets-manager',
  stepfunctions: 'sfn',
};
/** These make several calls. */
const composed: Readonly<Record<string, readonly string[]>> = {
  's3 ls': ['s3:ListObjectsV2'],
  's3 cp': ['s3:HeadObject', 's3:GetObject'],
};
const operationsOf = (command: string): readonly string[] => {
  const [service = '', words = ''] = command.split(' ');
  const operation = words.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return composed[command] ?? [`${clientsByCommand[service] ?? service}:${operation}`];
};

/** The commands in the table of docs/api.md, such as `stepfunctions list-executions`. */
const commands = [...textOf('docs/api.md').matchAll(/^\| `aws ([\w-]+)` \| (.+) \|$/gm)].flatMap(
  ([, service, names = '']) => [...names.matchAll(/`([\w-]+)`/g)].map(([, name]) => `${service} ${name}`),
);

const called = new Set([
  ...ofTheProduct.flatMap(calledBy).filter((operation) => !ofAnAccountAlone.includes(operation)),
  ...ofTheSamples,
  ...ofTests,
  ...commands.flatMap(operationsOf),
]);

describe('the embedded cloud', () => {
  it('answers each operation that is called', () => {
    expect(called.size).toBeGreaterThan(40);
    expect([...called].filter((operation) => !stage.cloud.operations.includes(operation))).toEqual([]);
  });

  it('answers no operation without a caller', () => {
    const uncalled = stage.cloud.operations.filter((operation) => !called.has(operation));
    expect(uncalled, 'Take the operation out of infra/local, or add its command to docs/api.md.').toEqual([]);
  });

  it('has no answer to what is for an account alone, which a command does call', () => {
    const all = ofTheProduct.flatMap(calledBy);
    expect(ofAnAccountAlone.filter((operation) => !all.includes(operation))).toEqual([]);
    expect(ofAnAccountAlone.filter((operation) => called.has(operation))).toEqual([]);
  });

  it('is told in each runbook of the commands that work here too', () => {
    const wrong = filesIn('docs/runbooks', /\.md$/).flatMap((file) => {
      const text = textOf(file);
      const [line = ''] = /^Works on one machine too: .*$/m.exec(text) ?? [];
      const shown = [...text.replace(line, '').matchAll(/\baws ([a-z][a-z\d-]+) ([a-z][a-z\d-]+)/g)];
      const works = shown
        .map(([, service, name]) => `${service} ${name}`)
        .filter((command) => operationsOf(command).every((operation) => called.has(operation)));
      const right = [...new Set(works)].toSorted().map((command) => `\`aws ${command}\``);
      const told = right.length === 0 ? '' : `Works on one machine too: ${right.join(', ')}.`;
      return line === told ? [] : [`${file}: ${told}`];
    });
    expect(wrong).toEqual([]);
  });

  it('runs the kinds of states of both machines, a pass and a wait', () => {
    const written = filesIn('workflows', /\.asl\.json$/).flatMap((file) =>
      Object.values((JSON.parse(textOf(file)) as { States: Record<string, { Type: string }> }).States),
    );
    const used = new Set([...written.map(({ Type }) => Type), 'Pass', 'Wait']);
    expect(stateTypes.toSorted()).toEqual([...used].toSorted());
  });

  it('has the functions of JSONata that both machines call', () => {
    const expressions = filesIn('workflows', /\.asl\.json$/).flatMap((file) => textOf(file).match(/\{%.*?%\}/g) ?? []);
    const used = expressions.flatMap((text) => [...text.matchAll(/\$(\w+)\(/g)].map(([, name]) => name));
    expect(functionNames.toSorted()).toEqual([...new Set(used)].toSorted());
  });

  it('evaluates the conditions that the policies of the stack have', async () => {
    const { folder } = await readAssembly();
    const policies = readFileSync(`${folder}/Careline.template.json`, 'utf8');
    const used: Record<string, Readonly<Record<string, unknown>>>[] = [];
    JSON.parse(policies, (key, value) => {
      if (key === 'Condition') used.push(value);
      return value;
    });
    const operators = used.flatMap((block) => Object.keys(block).map((name) => name.replace(/^\w+:|IfExists$/g, '')));
    expect(conditionOperators.toSorted()).toEqual([...new Set(operators)].toSorted());
    const keys = used.flatMap((block) => Object.values(block).flatMap((each) => Object.keys(each)));
    const plain = keys.filter((key) => !key.startsWith('kms:EncryptionContext:')).map((key) => key.toLowerCase());
    expect(conditionKeys.map((key) => key.toLowerCase()).toSorted()).toEqual([...new Set(plain)].toSorted());
  });

  it('knows the types of resources that the stack has, here and with all that a deployment may add', async () => {
    const [functionsFolder, outFolder] = [makeFolder(), makeFolder()];
    writeHandlers(functionsFolder);
    const oncallEmail = 'oncall@careline.example';
    const urls = { consoleUrl: 'https://careline.example', pageUrl: 'https://pager.example/careline' };
    const certificateArn = `arn:aws:acm:us-east-1:000000000000:certificate/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`;
    const budget = { budgetAmount: '100', budgetEmail: oncallEmail };
    const context = { stage: 'training', oncallEmail, certificateArn, ...urls, ...budget };
    const stacks = [await readAssembly(), await readAssembly({ functionsFolder, outFolder, context })];
    const types = new Set(stacks.flatMap(({ resources }) => resources.map(({ type }) => type)));
    expect(knownTypes.toSorted()).toEqual([...types].toSorted());
  });
});
