/** Everything calls a function by its alias `live`, and a change of a function makes a version of it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../infra/app.ts';
import {
  back,
  type DeployedFunction,
  forward,
  newestRelease,
  staying,
  superfluous,
} from '../../infra/release/version-moves.ts';
import { makeFolder, writeHandler, writeHandlers } from './trivial-handlers.ts';

interface Raw {
  readonly Type: string;
  readonly Properties?: unknown;
  readonly DeletionPolicy?: string;
}
type Resources = Readonly<Record<string, Raw>>;

const functionsFolder = makeFolder();
function synthesized(context: Readonly<Record<string, string>> = {}): Resources {
  const outFolder = makeFolder();
  createApp({ context, outFolder, functionsFolder }).synth();
  return JSON.parse(readFileSync(join(outFolder, 'Careline.template.json'), 'utf8')).Resources;
}
const idsOf = (resources: Resources, type: string) =>
  Object.entries(resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));

let resources: Resources;
beforeAll(() => {
  writeHandlers(functionsFolder);
  process.env.CDK_VALIDATION = 'false';
  resources = synthesized();
});

describe('the template', () => {
  test('names a function only where a version of it is made, where it is measured, and where it has its alias', () => {
    const functions = new Set(idsOf(resources, 'AWS::Lambda::Function'));
    const mayName = [
      'AWS::Lambda::Version',
      'AWS::Lambda::Alias',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::Dashboard',
    ];
    const named = Object.entries(resources).flatMap(([id, { Type, Properties }]) => {
      if (mayName.includes(Type)) return [];
      const text = JSON.stringify(Properties ?? {});
      const references = [...text.matchAll(/"(?:Ref":"|Fn::GetAtt":\[")(\w+)"/g)].map(([, name = '']) => name);
      return references.filter((name) => functions.has(name)).map((name) => `${id} names ${name}`);
    });
    expect(functions.size).toBeGreaterThan(10);
    expect(named).toEqual([]);
  });

  test('has the alias live of each function, and keeps the versions of earlier releases', () => {
    const functions = idsOf(resources, 'AWS::Lambda::Function');
    expect(idsOf(resources, 'AWS::Lambda::Alias').toSorted()).toEqual(functions.map((id) => `${id}Live`).toSorted());
    const versions = idsOf(resources, 'AWS::Lambda::Version');
    expect(versions).toHaveLength(functions.length);
    for (const id of versions) expect(resources[id]?.DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('makes a version of what changed alone: code, or a setting in the environment', () => {
    const before = new Set(idsOf(resources, 'AWS::Lambda::Version'));
    const changedBy = (after: Resources) =>
      idsOf(after, 'AWS::Lambda::Version')
        .filter((id) => !before.has(id))
        .map((id) => id.replace(/CurrentVersion.*/, ''))
        .toSorted();
    expect(changedBy(synthesized())).toEqual([]);
    expect(changedBy(synthesized({ consoleUrl: 'http://127.0.0.1:3999' }))).toEqual(['Api', 'Console', 'SendAlerts']);
    writeHandler(functionsFolder, 'take-step', 'export const handler = async () => 2;');
    expect(changedBy(synthesized())).toEqual(['TakeStep']);
    writeHandlers(functionsFolder);
  }, 180_000);
});

describe('the versions of a release', () => {
  const version = (number: number, hour: number) => ({ number, at: `2027-03-01T${hour}:00:00Z` });
  const api: DeployedFunction = {
    functionName: 'Api',
    live: 3,
    versions: [version(1, 10), version(2, 12), version(3, 14)],
  };
  const sweep: DeployedFunction = { functionName: 'Sweep', live: 1, versions: [version(1, 10)] };
  const fresh: DeployedFunction = { functionName: 'New', live: 1, versions: [version(1, 14)] };

  test('go back to what was in use before an instant, and what is new since then stays', () => {
    expect(back([api, sweep, fresh], '2027-03-01T13:59:00Z')).toEqual({
      moves: [{ functionName: 'Api', from: 3, to: version(2, 12) }],
      without: ['New'],
    });
    expect(back([api], '2027-03-01T11:00:00Z').moves).toEqual([{ functionName: 'Api', from: 3, to: version(1, 10) }]);
  });

  test('that are newest tell where to go back to, though a later deployment changed no function', () => {
    const slow: DeployedFunction = {
      functionName: 'Slow',
      live: 2,
      versions: [version(1, 10), { number: 2, at: '2027-03-01T13:50:00Z' }],
    };
    const all = [api, sweep, slow];
    const before = newestRelease(all, '2027-03-01T18:00:00Z') ?? '';
    expect(before).toBe('2027-03-01T13:50:00.000Z');
    expect(back(all, before).moves.map(({ functionName, to }) => [functionName, to.number])).toEqual([
      ['Api', 2],
      ['Slow', 1],
    ]);
    expect(newestRelease(all, '2027-03-01T13:45:00Z')).toBe('2027-03-01T13:45:00Z');
  });

  test('that are the only ones leave nothing to go back to', () => {
    expect(newestRelease([api], undefined)).toBeUndefined();
    expect(newestRelease([sweep], '2027-03-01T18:00:00Z')).toBeUndefined();
    expect(newestRelease([], '2027-03-01T18:00:00Z')).toBeUndefined();
  });

  test('that stay live are told with their dates', () => {
    const all = [api, sweep, fresh];
    expect(staying(all, back(all, '2027-03-01T13:59:00Z'))).toEqual([
      'Sweep: 1 stays live (of 2027-03-01T10:00:00Z)',
      'New: there is no such version, and 1 stays live (of 2027-03-01T14:00:00Z)',
    ]);
  });

  test('that are in use already are not moved again', () => {
    expect(back([{ ...api, live: 2 }], '2027-03-01T13:00:00Z').moves).toEqual([]);
    expect(forward([api, sweep]).moves).toEqual([]);
  });

  test('go forward to the newest', () => {
    expect(forward([{ ...api, live: 1 }]).moves).toEqual([{ functionName: 'Api', from: 1, to: version(3, 14) }]);
  });

  test('are removed but for the newest, and never the one in use', () => {
    expect(superfluous([api, sweep], 2)).toEqual([{ functionName: 'Api', number: 1 }]);
    expect(superfluous([{ ...api, live: 1 }], 2)).toEqual([]);
  });
});
