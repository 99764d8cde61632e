import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where Node keeps what it has compiled, of the tests' own processes and of the commands that they start. */
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url));

/** Node runs the sources as they are, a fifth faster than what Vite makes of them. It cannot read the console's JSX. */
const byNode = { experimental: { viteModuleRunner: false, nodeLoader: false } };

const inBrowser = ['pages', 'calls'].map((what) => `test/console/${what}-in-browser.test.ts`);
/** These run the whole synthesized stack. */
export const ofTheCloud = [
  ...inBrowser,
  'test/**/{cloud-grants,cloud-history,cloud-killed,cloud-release,cloud-restore,cloud-texts,damaged-folder,demo,on-stage,preview-command,used-grants}.test.ts',
];
/** These open the console of one process in Chromium. */
export const ofThePages = [
  'test/console/{accessibility-tree,asks-little,duty-pages,first-sight,home-size,person-who-goes,pickers,played-noes,program-pages,queue-live,referral-size,shell,unsent}.test.ts',
];
/** These read what synthesis made. */
const ofTheTemplate = ['test/infra/{grants,nag,template}.test.ts'];
const apart = [...ofTheCloud, ...ofThePages, ...ofTheTemplate];
/** Nothing in these changes what a module holds, so that one worker loads the domain once for all of them. */
const shared = [
  'test/{alerts,application,cli,contracts,describe,domain,fixtures,functions,infra/local,policy,simulate,store}/**/*.test.ts',
];
/** With what else opens the console. */
const console = ['test/console/**/*.test.ts', 'test/functions/safe-contact-of-merged.test.ts'];

/** The files and projects that take longest. Vitest itself goes by the names of projects and by the size of files. */
const longest = [
  ...inBrowser,
  ...['used-grants', 'cloud-restore', 'on-stage', 'cloud-release', 'cloud-killed', 'adding'].map(
    (name) => `/${name}.test.ts`,
  ),
];
const projects = ['cloud', 'pages', 'template', 'part2', 'console', 'shared'];

/** The longest come first. Otherwise one worker is left with one of them, and the other has nothing to do. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const at = longest.findIndex((name) => moduleId.endsWith(name));
      return at === -1 ? longest.length + projects.indexOf(project.name) : at;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    reporters: ['default', './test/support/count-reporter.ts'],
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: './test/support/own-temporary-folder.ts',
    setupFiles: ['./test/support/fixed-seed.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'cloud', include: ofTheCloud, globalSetup: './test/support/synthesize-once.ts', ...byNode },
      },
      { extends: true, test: { name: 'pages', include: ofThePages, isolate: false } },
      {
        extends: true,
        test: { name: 'template', include: ofTheTemplate, globalSetup: './test/support/synthesize-once.ts', ...byNode },
      },
      {
        extends: true,
        test: { name: 'shared', include: shared, exclude: [...apart, ...console], isolate: false, ...byNode },
      },
      { extends: true, test: { name: 'console', include: console, exclude: apart, isolate: false } },
      {
        extends: true,
        test: { name: 'part2', include: ['test/**/*.test.ts'], exclude: [...apart, ...shared, ...console], ...byNode },
      },
    ],
  },
});
