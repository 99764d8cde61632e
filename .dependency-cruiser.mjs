/** Which room may import what: the table of the design, checked by test/architecture. Paths are from the project's top. */

const npm = (...names) => names.map((name) => `^node_modules/(@types/)?${name}/`);
const aws = (...clients) => npm(...clients.map((client) => `@aws-sdk/${client}`));

/** A module of the room `from` may import what matches one of `mayImport`, and nothing else. */
const rooms = [
  {
    room: 'domain-and-policy-are-pure',
    from: '^shared/(domain|policy)/',
    mayImport: ['^shared/(domain|policy)/', ...npm('zod', 'temporal-polyfill', 'temporal-spec')],
  },
  {
    room: 'reports-are-pure',
    from: '^shared/reports/',
    mayImport: ['^shared/(reports|domain|policy)/', ...npm('zod')],
  },
  {
    // What checks a proof is handed to a court, so it needs nothing of this product.
    room: 'proof-stands-alone',
    from: '^shared/proof/(check-|cover-page|tree-hash|verify-(proof|file)[.])',
    mayImport: ['^shared/proof/(check-|cover-page|tree-hash|verify-proof[.])', '^(node:)?(crypto|fs)$'],
  },
  {
    room: 'proof-is-pure',
    from: '^shared/proof/(?!check-|cover-page|tree-hash|verify-)',
    mayImport: ['^shared/(proof|domain)/', '^shared/store/commit[.]ts$', ...npm('zod', 'fflate'), '^(node:)?crypto$'],
  },
  {
    room: 'contracts-know-the-domain',
    from: '^shared/contracts/',
    mayImport: ['^shared/(contracts|domain)/', ...npm('zod')],
  },
  {
    room: 'store-talks-to-its-tables',
    from: '^shared/store/',
    mayImport: [
      '^shared/(store|domain|contracts)/',
      ...npm('zod'),
      ...aws(
        'client-dynamodb',
        'util-dynamodb',
        'client-kms',
        'client-s3',
        'client-secrets-manager',
        'client-sfn',
        'client-cognito-identity-provider',
      ),
      '^(node:)?(crypto|zlib)$',
    ],
  },
  {
    room: 'composing-is-pure',
    from: '^shared/alerts/compose/',
    mayImport: [
      '^shared/(alerts/compose|domain|contracts)/',
      ...npm('zod', 'temporal-polyfill', 'temporal-spec'),
      '^(node:)?crypto$',
    ],
  },
  {
    room: 'sending-talks-to-its-services',
    from: '^shared/alerts/send/',
    mayImport: [
      '^shared/(alerts|domain|contracts)/',
      ...npm('zod', 'nodemailer'),
      ...aws('client-ses', 'client-pinpoint-sms-voice-v2'),
    ],
  },
  {
    room: 'lambda-wraps-handlers',
    from: '^shared/lambda/',
    mayImport: [
      '^shared/(lambda|contracts|domain|policy|store)/',
      ...npm('zod', 'aws-lambda', '@middy/[a-z-]+', '@aws-lambda-powertools/[a-z-]+', 'hono', 'jose'),
      ...aws('client-dynamodb', 'client-dynamodb-streams', 'client-s3'),
      '^(node:)?crypto$',
    ],
  },
  {
    room: 'application-does-what-both-doors-do',
    from: '^shared/application/',
    mayImport: [
      '^shared/(application|domain|policy|contracts|store|proof|reports|alerts/compose)/',
      ...npm('zod', 'jsonc-parser'),
      '^(node:)?crypto$',
    ],
  },
  {
    room: 'describe-reads-what-is-there',
    from: '^shared/describe/',
    mayImport: [
      '^shared/(describe|application|domain|policy|contracts|store|alerts/compose|reports)/',
      ...npm('zod', 'typescript'),
      '^(node:)?(fs|path|url|util)$',
    ],
  },
  {
    // Commands read, print and write. A data folder is read by commands of infra/local, in processes of their own.
    room: 'commands-answer-at-the-terminal',
    from: '^shared/cli/',
    mayImport: [
      '^shared/(?!lambda/|alerts/send/)',
      ...npm('zod'),
      '^(node:)?(child_process|crypto|events|fs|path|readline|sqlite|url|util)$',
    ],
  },
  {
    room: 'handlers-wire',
    from: '^functions/([^/]+)/handler[.]tsx?$',
    mayImport: [
      '^shared/',
      '^functions/$1/',
      ...npm('@aws-sdk/[a-z0-9-]+', 'aws-lambda', '@middy/[a-z-]+', '@aws-lambda-powertools/[a-z-]+'),
      ...npm('hono', 'jose', 'openid-client', 'zod'),
      '^(node:)?(crypto|fs|path|url)$',
    ],
  },
  {
    room: 'functions-take-everything-as-arguments',
    from: '^functions/([^/]+)/(?!handler[.]tsx?$|browser/)',
    mayImport: [
      '^shared/(domain|policy|contracts|application|reports|store|alerts|lambda|proof)/',
      '^functions/$1/(?!handler[.]tsx?$)',
      // Pages draw the definitions as they are deployed.
      '^workflows/[a-z]+[.]asl[.]json$',
      ...npm(
        'zod',
        'hono',
        'jose',
        'openid-client',
        'aws-lambda',
        'temporal-polyfill',
        'temporal-spec',
        'd3-scale',
        'd3-shape',
      ),
    ],
  },
  {
    // What runs in a browser knows nothing of the function, so that neither can lean on what only the other has.
    room: 'scripts-of-pages-stand-alone',
    from: '^functions/console/browser/',
    mayImport: ['^functions/console/browser/', '^shared/domain/', ...npm('@uswds/uswds')],
  },
  {
    room: 'infra-describes',
    from: '^infra/(?!local/|deploy/|people/|release/|(deploy|destroy|first-administrator|people|release|synth)-command[.]ts$)',
    mayImport: [
      '^infra/(?!local/|deploy/|people/|release/|(deploy|destroy|first-administrator|people|release|synth)-command[.]ts$)',
      // A stack with a policy below the law is not synthesized.
      '^shared/policy/(policies|anchor-rules|law/(law|connecticut-law))[.]ts$',
      ...npm('aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'sass'),
      '^(node:)?(child_process|crypto|events|fs|fs/promises|path|url|os|util)$',
    ],
  },
  {
    // Synthesis by hand reads the same words.
    room: 'deploying-asks-aws',
    from: '^infra/(deploy/|people/|release/|(deploy|destroy|first-administrator|people|release|synth)-command[.]ts$)',
    mayImport: [
      '^infra/(deploy/|people/|release/|constructs/settings[.]ts$|synthesize[.]ts$)',
      // Entries of the directory, in the shape and with the code that the functions read.
      '^shared/domain/(core/vocabulary|directory/(directory-entry|scopes))[.]ts$',
      '^shared/policy/places/(geography|towns|tribes)[.]ts$',
      '^shared/store/(canonical|entries|key-codes)[.]ts$',
      ...npm('@aws-sdk/[a-z0-9-]+'),
      '^(node:)?(child_process|crypto|events|fs|path|url|os|util)$',
    ],
  },
];

// biome-ignore lint/style/noDefaultExport: dependency-cruiser reads its configuration from the default export
export default {
  forbidden: [
    ...rooms.map(({ room, from, mayImport }) => ({
      name: room,
      severity: 'error',
      from: { path: from },
      to: { pathNot: mayImport },
    })),
    {
      name: 'functions-use-only-types-of-store-and-send',
      comment: 'What touches the world is handed in by handler.ts.',
      severity: 'error',
      from: { path: '^functions/([^/]+)/(?!handler[.]tsx?$)' },
      to: { path: '^shared/(store|alerts/send|lambda)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'policy-knows-only-types-of-the-domain',
      severity: 'error',
      from: { path: '^shared/policy/(?!law/(candidate-policy|law)[.]ts$)' },
      to: { path: '^shared/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-command-line-reads-drafts',
      comment: 'The shape of a whole policy is held against the codes of the domain: no Lambda bundles that.',
      severity: 'error',
      from: { pathNot: '^(test/|shared/cli/|shared/policy/law/candidate-policy[.]ts$)' },
      to: { path: '^shared/(policy/law/candidate-policy|domain/policy/policy-shape)[.]ts$' },
    },
    {
      name: 'law-is-checked-at-release',
      comment: 'Synthesis, the policy command and the tests check it: no Lambda bundles it or checks it at its start.',
      severity: 'error',
      from: { pathNot: '^(test/|infra/app[.]ts$|shared/(cli|policy/law)/)' },
      to: { path: '^shared/policy/law/' },
    },
    {
      name: 'embedded-cloud-runs-the-template',
      comment: 'It reads the synthesized template and its assets, as AWS would: never the source of what it runs.',
      severity: 'error',
      from: { path: '^infra/local/' },
      to: { path: '^(functions|shared|workflows|test)/', pathNot: '^shared/(policy/|store/entries[.]ts$)' },
    },
    {
      name: 'only-sample-data-writes-entries',
      comment: 'There is one way to write an entry of the directory: samples and the command use it.',
      severity: 'error',
      from: { path: '^infra/local/(?!samples/)' },
      to: { path: '^shared/store/entries[.]ts$' },
    },
    {
      name: 'only-sample-data-uses-policy',
      comment: 'Sample people live in the towns and districts of the policy: data made from data.',
      severity: 'error',
      from: { path: '^infra/local/(?!samples/)' },
      to: { path: '^shared/policy/' },
    },
    {
      name: 'nothing-that-runs-imports-describe',
      comment: 'The description is made beforehand: no function carries it or what makes it.',
      severity: 'error',
      from: { pathNot: '^(shared/(describe|cli)|test)/' },
      to: { path: '^shared/describe/' },
    },
    {
      name: 'nothing-imports-commands',
      comment: 'A command is run. What two of them need beside this room lies in another one.',
      severity: 'error',
      from: { pathNot: '^(shared/cli|test)/' },
      to: { path: '^shared/cli/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'nothing-imports-infra',
      severity: 'error',
      from: { pathNot: '^(infra|test)/' },
      to: { path: '^infra/' },
    },
    {
      name: 'no-circles',
      comment: 'Types count: two files that know of each other are one, and are read together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-imported-is-there',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(cdk[.]out|[.]data|coverage)/' },
    // Imports of types count: a room must not know another's shapes either, unless the table says so.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  },
};
