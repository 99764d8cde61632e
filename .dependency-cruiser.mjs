/** Which room may import what: the table of the design, checked by test/architecture. Paths are from the project's top. */

const npm = (...names) => names.map((name) => `^node_modules/(@types/)?${name}/`);
const aws = (...clients) => npm(...clients.map((client) => `@aws-sdk/${client}`));

/** The figures themselves. Their command reads folders and prints. */
const pureReports = '^shared/reports/(?!(reports-command|training-command|read-folder|played/history-command)[.]ts$)';

/** A module of the room `from` may import what matches one of `mayImport`, and nothing else. */
const rooms = [
  {
    room: 'domain-and-policy-are-pure',
    from: '^shared/(domain|policy)/(?!policy-command[.]ts$)',
    mayImport: [
      '^shared/(domain|policy)/(?!policy-command[.]ts$)',
      ...npm('zod', 'temporal-polyfill', 'temporal-spec'),
    ],
  },
  {
    room: 'policy-command-prints-and-writes',
    from: '^shared/policy/policy-command[.]ts$',
    mayImport: [
      '^shared/(domain|policy)/',
      '^shared/reports/read-folder[.]ts$',
      '^(node:)?(child_process|events|fs|path|url)$',
    ],
  },
  {
    room: 'reports-are-pure',
    from: pureReports,
    mayImport: ['^shared/(domain|policy)/', pureReports, ...npm('zod')],
  },
  {
    room: 'reports-command-reads-prints-and-writes',
    from: '^shared/reports/(reports-command|read-folder)[.]ts$',
    // A data folder's ledger is read by a command of infra/local, in a process of its own.
    mayImport: [
      '^shared/(reports|domain|policy)/',
      '^shared/store/commit[.]ts$',
      '^(node:)?(child_process|events|fs|path|readline|url|util)$',
    ],
  },
  {
    // It prints the coverage that the console shows.
    room: 'training-command-sends-reads-and-prints',
    from: '^shared/reports/training-command[.]ts$',
    mayImport: [
      '^shared/(reports|domain|policy)/',
      '^shared/application/read/shown-training[.]ts$',
      '^shared/store/commit[.]ts$',
      '^(node:)?(fs|path|util)$',
    ],
  },
  {
    // It prints rows of the tables, which the embedded cloud writes.
    room: 'history-command-prints-rows',
    from: '^shared/reports/played/history-command[.]ts$',
    mayImport: [
      '^shared/(reports|domain|policy)/',
      '^shared/store/(commit|commit-codes|cursors)[.]ts$',
      '^(node:)?util$',
    ],
  },
  {
    // What checks a proof is handed to a court, so it needs nothing of this product.
    room: 'proof-stands-alone',
    from: '^shared/proof/(check-|tree-hash|verify-(proof|file)[.])',
    mayImport: ['^shared/proof/(check-|tree-hash|verify-proof[.])', '^(node:)?(crypto|fs)$'],
  },
  {
    room: 'proof-command-reads-and-prints',
    from: '^shared/proof/verify-command[.]ts$',
    mayImport: ['^shared/proof/', '^(node:)?(fs|util)$'],
  },
  {
    room: 'proof-is-pure',
    from: '^shared/proof/(?!check-|tree-hash|verify-)',
    mayImport: ['^shared/(proof|domain)/', '^shared/store/commit[.]ts$', ...npm('zod', 'fflate'), '^(node:)?crypto$'],
  },
  {
    // A data folder is read by commands of infra/local, in processes of their own.
    room: 'audit-command-reads-and-prints',
    from: '^shared/audit/',
    mayImport: [
      '^shared/(audit|application|domain|policy|proof)/',
      '^shared/reports/read-folder[.]ts$',
      '^shared/store/commit[.]ts$',
      '^(node:)?(child_process|events|fs|path|readline|url|util)$',
    ],
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
    from: '^shared/alerts/compose/(?!mail-command[.]ts$)',
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
    room: 'mail-command-prints-and-writes',
    from: '^shared/alerts/compose/mail-command[.]ts$',
    mayImport: ['^shared/(alerts|domain)/', '^(node:)?(fs|path)$'],
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
    from: '^shared/application/(?!matching/vault-key-command[.]ts$)',
    mayImport: [
      '^shared/(application|domain|policy|contracts|store|proof|alerts/compose)/',
      pureReports,
      ...npm('zod', 'jsonc-parser'),
      '^(node:)?crypto$',
    ],
  },
  {
    room: 'vault-key-command-reads-and-writes',
    from: '^shared/application/matching/vault-key-command[.]ts$',
    mayImport: ['^shared/application/matching/secret[.]ts$', '^(node:)?(crypto|fs|path|sqlite)$', ...npm('zod')],
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
      '^shared/(domain|policy|contracts|application)/',
      pureReports,
      '^shared/(store|alerts|lambda|proof)/',
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
      from: { path: '^shared/policy/(?!(policy-command|law/(candidate-policy|law))[.]ts$)' },
      to: { path: '^shared/domain/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-command-line-reads-drafts',
      comment: 'The shape of a whole policy is held against the codes of the domain: no Lambda bundles that.',
      severity: 'error',
      from: { pathNot: '^(test/|shared/policy/(policy-command|law/candidate-policy)[.]ts$)' },
      to: { path: '^shared/(policy/law/candidate-policy|domain/policy/policy-shape)[.]ts$' },
    },
    {
      name: 'law-is-checked-at-release',
      comment: 'Synthesis, the policy command and the tests check it: no Lambda bundles it or checks it at its start.',
      severity: 'error',
      from: { pathNot: '^(test/|infra/app[.]ts$|shared/policy/(policy-command[.]ts$|law/))' },
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
      from: { pathNot: '^(shared/describe|test)/' },
      to: { path: '^shared/describe/' },
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
