import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { acceptedFindings } from '../../infra/constructs/accepted-findings.ts';
import { acceptedIn, acceptedRules } from '../../infra/constructs/accepted-rules.ts';
import { forcedWildcards } from '../../infra/constructs/forced-wildcards.ts';
import { settingTable } from '../../infra/constructs/settings.ts';
import { released } from '../../shared/policy/policies.ts';
import { controls, controlsPage } from '../bench/controls.ts';
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
  const packs = ['AwsSolutions', 'Serverless', 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'];

  test('finds nothing that was not accepted with a reason', async () => {
    expect(unacknowledged((await readAssembly()).folder)).toEqual([]);
  });

  test('accepted findings of the three packs are those that docs/controls.md lists, and no other', async () => {
    const [functionsFolder, outFolder] = [makeFolder(), makeFolder()];
    writeHandlers(functionsFolder);
    const stack = createApp({ context: {}, outFolder, functionsFolder }).node.findChild('Careline') as Stack;
    const accepted = acceptedIn(stack).map(({ id, resource }) => ({ id, path: resource.node.path }));
    expect(accepted.length).toBeGreaterThan(100);
    // Each rule is still needed.
    expect(new Set(accepted.map(({ id }) => id.slice(id.lastIndexOf('-') + 1)))).toEqual(
      new Set(Object.keys(acceptedRules)),
    );
    await expect(controlsPage(accepted)).toMatchFileSnapshot('../../docs/controls.md');
  });

  test('each control has a price, and what is off names the setting or says why there is none', () => {
    for (const { state, dollars, protects } of controls) {
      expect(dollars).toBeGreaterThanOrEqual(0);
      expect(state).toMatch(/^(on|on from the second run|on where the account has room|left out|[a-zA-Z]+=on)$/);
      const [, setting] = /^([a-zA-Z]+)=on$/.exec(state) ?? [];
      if (setting !== undefined) expect(settingTable).toHaveProperty(setting);
      expect(protects).toMatch(/\.$/);
    }
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

    test('every pack sees it and synthesis fails', () => {
      expect(() => app.synth()).toThrow(/Careline\/CarelessBucket/);
      const found = unacknowledged(outFolder);
      expect(found).toEqual(
        expect.arrayContaining(['AwsSolutions: AwsSolutions-S1', 'Serverless: Serverless-SQSRedrivePolicy']),
      );
      for (const pack of packs)
        expect(
          found.some((finding) => finding.startsWith(`${pack}: `)),
          pack,
        ).toBe(true);
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
    const reasoned = [...Object.values(forcedWildcards), ...Object.values(acceptedRules)];
    const reasons = [...Object.values(acceptedFindings), ...reasoned.map(({ reason }) => reason)];
    expect(reasons.filter((reason) => reason.length < 30 || !reason.endsWith('.'))).toEqual([]);
  });
});
