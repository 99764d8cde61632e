/**
 * Sources of packages that the bundles take in a shorter form with the same behavior. Together they make a tenth of a bundle.
 * Each throws where a new release of its package has another form, so that bundling fails and not a function.
 */

export interface LighterSource {
  /** Of the file's path, with `/`. */
  readonly path: RegExp;
  readonly lighten: (source: string, file: string) => string;
}

const here = 'infra/constructs/lighter-sources.ts';

/** The class of one error, as the SDK writes it. It has a name, whose fault it is, and its own fields. */
const errorClass =
  /^export class (\w+) extends __BaseException \{(?:\n {4}static shapeId = "[\w.#]+";)?\n {4}name = "\1";\n {4}\$fault = "(client|server)";\n((?: {4}[\w$]+(?: = \{[^;]*\})?;\n)*) {4}constructor\(opts\) \{\n {8}super\(\{\n {12}name: "\1",\n {12}\$fault: "\2",\n {12}\.\.\.opts,?\n {8}\}\);\n {8}Object\.setPrototypeOf\(this, \1\.prototype\);\n((?: {8}this\.\w+ = opts\.\w+;\n)*) {4}\}\n\}\n?/gm;

/** A function that makes such a class. `more`: fields that are the same for each error of the class. */
const errorMaker = `const errorOf = (name, $fault, fields = [], more = {}) => class extends __BaseException {
  constructor(opts) {
    super({ name, $fault, ...opts });
    Object.setPrototypeOf(this, new.target.prototype);
    Object.assign(this, { name, $fault, ...more });
    for (const field of fields) this[field] = opts[field];
  }
};
`;

/**
 * The errors of a client of the AWS SDK. It registers every error that its service has, fifty for KMS, each with a class of its
 * own. The shape of an error is the same: `name`, `$fault`, its own fields, and the class that `instanceof` asks for.
 */
export function shortErrors(source: string): string {
  const short = source.replace(errorClass, (_, name: string, fault: string, declared: string, set: string) => {
    const fields = [...set.matchAll(/this\.(\w+)/g)].map(([, field]) => field);
    const more = [...declared.matchAll(/([\w$]+) = (\{[^;]*\});/g)].map(([, field, value]) => `${field}: ${value}`);
    if (!errorsByClass.includes(name)) return '';
    return `export const ${name} = errorOf("${name}", "${fault}", ${JSON.stringify(fields)}, { ${more.join(', ')} });\n`;
  });
  if (/^export class /m.test(short) || short === source) {
    throw new Error(`The AWS SDK writes its errors in another form than ${here} shortens: mend the pattern there.`);
  }
  const [imports = ''] = /^(import .*\n)+/.exec(short) ?? [];
  return `${imports}${errorMaker}${short.slice(imports.length)}`;
}

/**
 * The errors that code tells apart by their class, and those with a field that says to try again. Any other error has the
 * same name, message and status, and the class of all errors of its service. Code that asks for another class is not bundled.
 */
export const errorsByClass: readonly string[] = [
  'ConditionalCheckFailedException',
  'ExecutionAlreadyExists',
  'ExecutionDoesNotExist',
  'InvalidCiphertextException',
  'InvalidParameterException',
  'InvalidToken',
  'TaskDoesNotExist',
  'TaskTimedOut',
  'UserNotFoundException',
  'InternalServerException',
  'ReplicatedWriteConflictException',
  'ThrottlingException',
];

/** A client of the SDK registers each error of its service, also of the operations that no function calls. */
export function fewerErrors(source: string): string {
  const registered = /^export var (\w+)\$ = \[-3, n0, [\s\S]*?\n\];\nn0_registry\.registerError\(\1\$, \1\);\n/gm;
  const imported = /^import \{ ([\w, ]+),? \} from "\.\.\/models\/errors";$/m;
  const fewer = source
    .replace(registered, (each, name: string) => (errorsByClass.includes(name) ? each : ''))
    .replace(imported, (_, names: string) => {
      const kept = names.split(', ').filter((name) => errorsByClass.includes(name));
      return `import { ${kept.join(', ')} } from "../models/errors";`;
    });
  const left = fewer.match(/^n0_registry\.registerError\(/gm)?.length ?? 0;
  if (fewer === source || left > errorsByClass.length || !imported.test(source)) {
    throw new Error(
      `The AWS SDK registers its errors in another form than ${here} leaves out: mend the pattern there.`,
    );
  }
  return fewer;
}

/**
 * A client of the SDK finds its address by rules and a table of AWS's partitions. These take seven percent of a bundle. The
 * stand-in knows the one form of address that a function uses. An address of S3 has the bucket in it, so S3 keeps its rules.
 */
export function plainEndpoint(source: string, file: string): string {
  const [, client = ''] = /\/client-([^/]+)\//.exec(file) ?? [];
  if (client === 's3') return source;
  const host = hosts[client];
  if (!source.includes('export const defaultEndpointResolver = ') || host === undefined) {
    throw new Error(`The AWS SDK resolves the address of ${client || file} in a form that ${here} does not know.`);
  }
  return `import { addressOf } from "${standInsName}"; export const defaultEndpointResolver = addressOf(${JSON.stringify(host)});`;
}

/** The first part of a service's address, by the name of its client. */
export const hosts: Readonly<Record<string, string>> = {
  'cognito-identity-provider': 'cognito-idp',
  dynamodb: 'dynamodb',
  'dynamodb-streams': 'streams.dynamodb',
  kms: 'kms',
  'pinpoint-sms-voice-v2': 'sms-voice',
  'secrets-manager': 'secretsmanager',
  ses: 'email',
  sfn: 'states',
};

/** The name by which lighter sources import `sdk-stand-ins.ts`. */
export const standInsName = 'careline-sdk-stand-ins';

/** The rules of S3 look partitions up. Each partition knows its regions by a pattern, so their names can go. */
export function noRegionNames(source: string): string {
  const named = /"regions": \{\s*(?:"[^"]+": \{[^}]*\},?\s*)*\}/g;
  if (!named.test(source)) {
    throw new Error(`The AWS SDK names its regions in another form than ${here} leaves out: mend the pattern there.`);
  }
  return source.replace(named, '"regions": {}');
}

/** A function that gives the same always. `name`: what the source exports so far. */
export const alwaysGiving =
  (name: string, value: string, more = '') =>
  (source: string): string => {
    if (!source.includes(`export const ${name} = `)) {
      throw new Error(`The AWS SDK has no ${name} where ${here} replaces it: mend the path there.`);
    }
    return `${more}export const ${name} = async () => (${value});`;
  };

/** A class that no function makes. `why`: a sentence for the day on which one does. */
export const withoutClass =
  (name: string, why: string) =>
  (source: string): string => {
    if (!source.includes(`export class ${name} `)) {
      throw new Error(`The AWS SDK has no class ${name} where ${here} replaces it: mend the path there.`);
    }
    return `export class ${name} { constructor() { throw new Error(${JSON.stringify(`${why} See ${here}.`)}); } }`;
  };

/** zod hangs its writer of JSON schemas on every schema. Only the documents use it, and no function writes them. */
export function withoutJsonSchema(source: string): string {
  const names = [...source.matchAll(/^export (?:const|function|class) (\w+)/gm)].map(([, name]) => name);
  if (names.length === 0) throw new Error(`zod has no exports where ${here} replaces them: mend the path there.`);
  const sentence = `JSON schemas are left out of the bundles: see ${here}.`;
  return [
    `const leftOut = () => { throw new Error(${JSON.stringify(sentence)}); };`,
    ...names.map((name) => `export const ${name} = () => leftOut;`),
  ].join('\n');
}

/**
 * nodemailer looks up the type of a file by its ending. Its two tables make a tenth of the bundle. Mail names the type of each of
 * its parts. For a part without one, nodemailer's own default is left.
 */
export function withoutFileTypes(source: string): string {
  const table = /^(const \w+ = new Map\()\[\n[\s\S]*?\n\](\);)$/gm;
  if (source.match(table)?.length !== 2) {
    throw new Error(
      `nodemailer keeps its types of files in another form than ${here} empties: mend the pattern there.`,
    );
  }
  return source.replace(table, '$1$2');
}

/** A client of the SDK names its version in each request. The rest of its package.json is for installing it. */
export function versionAlone(source: string): string {
  const { version } = JSON.parse(source) as { readonly version: string };
  return JSON.stringify({ version });
}

export const lighterSources: readonly LighterSource[] = [
  { path: /\/node_modules\/@aws-sdk\/client-[^/]+\/dist-es\/models\/errors\.js$/, lighten: shortErrors },
  { path: /\/node_modules\/@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/, lighten: fewerErrors },
  { path: /\/node_modules\/@aws-sdk\/client-[^/]+\/dist-es\/endpoint\/endpointResolver\.js$/, lighten: plainEndpoint },
  {
    path: /\/@aws-sdk\/core\/dist-es\/submodules\/client\/util-endpoints\/lib\/aws\/partitions\.js$/,
    lighten: noRegionNames,
  },
  // A function has no files of settings, and takes its region from the environment.
  {
    path: /\/@smithy\/core\/dist-es\/submodules\/config\/shared-ini-file-loader\/loadSharedConfigFiles\.js$/,
    lighten: alwaysGiving(
      'loadSharedConfigFiles',
      '{ configFile: {}, credentialsFile: {} }',
      'export { CONFIG_PREFIX_SEPARATOR } from "./constants";',
    ),
  },
  {
    path: /\/@smithy\/core\/dist-es\/submodules\/config\/config-resolver\/regionConfig\/getInstanceMetadataRegion\.js$/,
    lighten: alwaysGiving('getInstanceMetadataRegion', 'undefined'),
  },
  { path: /\/node_modules\/@aws-sdk\/client-[^/]+\/package\.json$/, lighten: versionAlone },
  {
    path: /\/@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    lighten: withoutClass('Sha256Js', 'SHA-256 is taken from Node.'),
  },
  {
    path: /\/@smithy\/core\/dist-es\/submodules\/retry\/util-retry\/AdaptiveRetryStrategy\.js$/,
    lighten: withoutClass('AdaptiveRetryStrategy', 'The retries of the functions are the standard ones.'),
  },
  { path: /\/node_modules\/nodemailer\/dist\/esm\/mime-funcs\/mime-types\.js$/, lighten: withoutFileTypes },
  { path: /\/node_modules\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/, lighten: withoutJsonSchema },
];
