import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { acceptedFindings } from '../../infra/constructs/accepted-findings.ts';
import { forcedWildcards } from '../../infra/constructs/forced-wildcards.ts';
import { released } from '../../shared/policy/policies.ts';
import { readAssembly } from './assembly.ts';
import { makeFolder, writeHandlers } from './trivial-handlers.ts';

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly { readonly ruleName: string; readonly violatingResources: readonly unknown[] }[];
  }[];
}

const unacknowledged = (folder: string) => {
  const report: Report = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
  return report.pluginReports.flatMap(({ pluginName, violations }) =>
    violations.map(({ ruleName }) => `${pluginName}: ${ruleName}`),
  );
};

describe('cdk-nag', () => {
  test('finds nothing that was not accepted with a reason', async () => {
    expect(unacknowledged((await readAssembly()).folder)).toEqual([]);
  });

  describe('when something careless is added to the stack', () => {
    const outFolder = makeFolder();
    const functionsFolder = makeFolder();
    let app: ReturnType<typeof createApp>;
    beforeAll(() => {
      writeHandlers(functionsFolder);
      app = createApp({ context: {}, outFolder, functionsFolder });
      const stack = app.node.findChild('Careline');
      new Bucket(stack, 'CarelessBucket');
      new Queue(stack, 'CarelessQueue');
    });

    test('both packs see it and synthesis fails', () => {
      expect(() => app.synth()).toThrow(/Careline\/CarelessBucket/);
      expect(unacknowledged(outFolder)).toEqual(
        expect.arrayContaining(['AwsSolutions: AwsSolutions-S1', 'Serverless: Serverless-SQSRedrivePolicy']),
      );
    });
  });

  test('no stack is made with a policy that loosens the law', () => {
    const [policy] = released;
    if (!policy) throw new Error('There is no released policy.');
    const deadlines = policy.deadlines.map((rule): typeof rule =>
      rule.id === 'D3' ? { ...rule, duration: { unit: 'hours', amount: 13 } } : rule,
    );
    expect(() => createApp({ policies: [{ ...policy, deadlines }] })).toThrow(
      'D3 gives 13 hours, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.',
    );
  });

  test('every acceptance says why, in a sentence', () => {
    const reasons = [...Object.values(acceptedFindings), ...Object.values(forcedWildcards).map(({ reason }) => reason)];
    expect(reasons.filter((reason) => reason.length < 30 || !reason.endsWith('.'))).toEqual([]);
  });
});
