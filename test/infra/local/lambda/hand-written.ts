/** Small hand-written templates and bundles, for the tests of what runs a template. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Activity, createActivity, createClock, type MovableClock } from '../../../../infra/local/clock/clock.ts';
import type { Authorize } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import type { Lambda } from '../../../../infra/local/lambda/invocation.ts';
import { createLambda, type LambdaOptions } from '../../../../infra/local/lambda/lambda.ts';
import { readTemplate, type Template } from '../../../../infra/local/template/template.ts';

export interface WrittenResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** 2027-03-01T12:00:00Z. */
export const noon = Date.UTC(2027, 2, 1, 12);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** An empty folder that is removed after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'careline-'));
  folders.push(folder);
  return folder;
}

/** Writes an assembly of these resources and bundles (CommonJS by function name) and reads it as the start does. */
export function writeTemplate(
  resources: Readonly<Record<string, WrittenResource>>,
  bundles: Readonly<Record<string, string>> = {},
): Template {
  const folder = temporaryFolder();
  const files: Record<string, unknown> = {};
  for (const [name, code] of Object.entries(bundles)) {
    mkdirSync(join(folder, `asset.${name}`));
    writeFileSync(join(folder, `asset.${name}`, 'index.js'), code);
    files[name] = { source: { path: `asset.${name}` }, destinations: { here: { objectKey: `${name}.zip` } } };
  }
  // As in the project, whose package.json calls every .js file an ES module.
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'Careline.template.json'), JSON.stringify({ Resources: resources }));
  writeFileSync(join(folder, 'Careline.assets.json'), JSON.stringify({ files }));
  return readTemplate(folder);
}

/** The functions here have no roles: the policies of resources alone are judged. */
export const judgeResources = (template: Template): Authorize =>
  createAuthorize({ ...template, ofType: (type) => (type === 'AWS::Lambda::Function' ? [] : template.ofType(type)) });

export function functionResource(name: string, more: Readonly<Record<string, unknown>> = {}): WrittenResource {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Code: { S3Bucket: 'assets', S3Key: `${name}.zip` },
      ...more,
    },
  };
}

/** A version of the function, and the alias `live` that names it. */
export function released(name: string): Readonly<Record<string, WrittenResource>> {
  const FunctionName = { Ref: name };
  return {
    [`${name}Version`]: { Type: 'AWS::Lambda::Version', Properties: { FunctionName } },
    [`${name}Live`]: {
      Type: 'AWS::Lambda::Alias',
      Properties: { Name: 'live', FunctionName, FunctionVersion: { 'Fn::GetAtt': [`${name}Version`, 'Version'] } },
    },
  };
}

/** Lets a service invoke the function on behalf of the source, given as an ARN or an intrinsic. */
export function permission(name: string, service: string, SourceArn: unknown): WrittenResource {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [name, 'Arn'] },
      Principal: `${service}.amazonaws.com`,
      SourceArn,
    },
  };
}

export interface Cloud {
  readonly lambda: Lambda;
  readonly clock: MovableClock;
  readonly activity: Activity;
  readonly template: Template;
  /** Lines as `<logicalId> <line>`. */
  readonly lines: string[];
}

const noEndpoint = async () => ({ status: 500, headers: {}, body: 'There is no endpoint here.' });

/** A Lambda of the given functions (CommonJS by name) with a clock that stands at `noon`; further resources as given. */
export function startFunctions(
  bundles: Readonly<Record<string, string>>,
  more: {
    readonly properties?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly resources?: Readonly<Record<string, WrittenResource>>;
    readonly options?: Partial<LambdaOptions>;
  } = {},
): Cloud {
  const functions = Object.keys(bundles).map((name) => [name, functionResource(name, more.properties?.[name])]);
  const template = writeTemplate({ ...Object.fromEntries(functions), ...more.resources }, bundles);
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: noon });
  const lines: string[] = [];
  const lambda = createLambda({
    template,
    clock,
    activity,
    authorize: () => undefined,
    endpoint: () => ({ url: 'http://127.0.0.1:9', call: noEndpoint }),
    onLog: (logicalId, line) => lines.push(`${logicalId} ${line}`),
    ...more.options,
  });
  return { lambda, clock, activity, template, lines };
}
