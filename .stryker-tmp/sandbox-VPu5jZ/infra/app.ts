// @ts-nocheck
import { fileURLToPath } from 'node:url';
import { App, AssetStaging, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { CarelineStack } from './careline-stack.ts';
import { readSettings } from './constructs/settings.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));

export interface AppOptions {
  /** CDK context, feature flags included. Without it, what the CDK command line hands over. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly outFolder?: string;
  /** Default: `functions` of this project. */
  readonly functionsFolder?: string;
}

/** The CDK app: one stack, `Careline`. A finding of cdk-nag that nobody acknowledged fails the synthesis. */
export function createApp(options: AppOptions = {}): App {
  // CDK remembers hashes by path for the life of the process; the bundles under a path may have changed since.
  AssetStaging.clearAssetHashCache();
  const app = new App({
    analyticsReporting: false,
    treeMetadata: false,
    ...(options.outFolder === undefined ? {} : { outdir: options.outFolder }),
    ...(options.context === undefined ? {} : { context: options.context }),
  });
  new CarelineStack(app, 'Careline', {
    settings: readSettings(app.node),
    projectFolder,
    functionsFolder:
      options.functionsFolder ??
      app.node.tryGetContext('functionsFolder') ??
      fileURLToPath(new URL('../functions', import.meta.url)),
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return app;
}

if (import.meta.main) createApp().synth();
