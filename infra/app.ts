import { fileURLToPath } from 'node:url';
import { App, AssetStaging, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks, ServerlessChecks } from 'cdk-nag';
import { connecticutLaw } from '../shared/policy/law/connecticut-law.ts';
import { releasable } from '../shared/policy/law/law.ts';
import { released } from '../shared/policy/policies.ts';
import { CarelineStack } from './careline-stack.ts';
import { acceptByRule } from './constructs/accepted-rules.ts';
import { writeApiDescription } from './constructs/api-description.ts';
import { readSettings } from './constructs/settings.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

export interface AppOptions {
  /** CDK context with feature flags. Default: what the CDK command line passes. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly outFolder?: string;
  /** Default: `functions` of this project. */
  readonly functionsFolder?: string;
  /** The policies that the functions carry, oldest first. Default: every released one. */
  readonly policies?: Parameters<typeof releasable>[0];
}

/**
 * The CDK app with one stack, `Careline`. Throws where a released policy loosens the law, with the clause, or comes into force too early. The synthesis fails on a
 * finding of cdk-nag that is not accepted. With the context `unchecked`, no one looks for findings: for this machine alone.
 */
export function createApp(options: AppOptions = {}): App {
  releasable(options.policies ?? released, connecticutLaw);
  // The CDK caches hashes by path for the whole process, but the bundles under a path may have changed.
  AssetStaging.clearAssetHashCache();
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    ...(options.outFolder === undefined ? {} : { outdir: options.outFolder }),
    ...(options.context === undefined ? {} : { context: options.context }),
  });
  const stack = new CarelineStack(app, 'Careline', {
    settings: readSettings(app.node),
    projectFolder,
    functionsFolder:
      options.functionsFolder ??
      app.node.tryGetContext('functionsFolder') ??
      fileURLToPath(new URL('../functions', import.meta.url)),
    bundlesFolder: app.node.tryGetContext('bundlesFolder'),
  });
  acceptByRule(stack);
  if (app.node.tryGetContext('unchecked') === true) return app;
  Validations.of(app).addPlugins(
    new AwsSolutionsChecks(app),
    new ServerlessChecks(app),
    new HIPAASecurityChecks(app),
    new NIST80053R5Checks(app),
    new PCIDSS321Checks(app),
  );
  return app;
}

if (import.meta.main) {
  // Who makes the bundles meanwhile ends our input once they are there (`synthesize.ts`).
  if (process.argv.includes('--when-bundled')) {
    writeApiDescription(projectFolder);
    await new Promise((resolve) => process.stdin.resume().once('end', resolve));
  }
  createApp().synth();
}
