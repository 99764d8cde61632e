import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';
import { errorsByClass, hosts, lighterSources } from '../../infra/constructs/lighter-sources.ts';
import { addressOf, defaultProvider, eventStreamSerdeProvider } from '../../infra/constructs/sdk-stand-ins.ts';
import { makeFolder, writeHandler } from './trivial-handlers.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

describe('a bundle with a client of the AWS SDK', () => {
  const outFolder = makeFolder();
  let code: string;
  beforeAll(() => {
    const functionsFolder = makeFolder();
    writeHandler(
      functionsFolder,
      'one',
      "import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n" +
        "const client = new DynamoDBClient({ region: 'us-east-1' });\n" +
        'export const handler = () => client.config.credentials();',
    );
    bundleFunctions({ functionsFolder, outFolder, projectFolder });
    code = readFileSync(join(outFolder, 'one', 'index.js'), 'utf8');
  });

  test('takes its credentials from the environment', async () => {
    setEnvironment({ AWS_ACCESS_KEY_ID: 'LOCAL.One', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: 'session' });
    const { handler } = createRequire(import.meta.url)(join(outFolder, 'one', 'index.js')) as {
      readonly handler: () => Promise<unknown>;
    };
    expect(await handler()).toMatchObject({
      accessKeyId: 'LOCAL.One',
      secretAccessKey: 'local',
      sessionToken: 'session',
    });
  });

  test('has no code that looks for credentials elsewhere', () => {
    const elsewhere = [
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_CONTAINER_CREDENTIALS',
      'sso_start_url',
      'credential_process',
    ];
    expect(elsewhere.filter((word) => code.includes(word))).toEqual([]);
  });

  test('has no import(), which would start the loader of ES modules', () => {
    expect(code.match(/\bimport\([^)]*/g)).toBeNull();
  });
});

describe('a bundle with lighter sources', () => {
  const outFolder = makeFolder();
  beforeAll(() => {
    const functionsFolder = makeFolder();
    writeHandler(
      functionsFolder,
      'one',
      "import { ConditionalCheckFailedException, DynamoDBClient, DynamoDBServiceException, PutItemCommand } from '@aws-sdk/client-dynamodb';\n" +
        "import * as z from 'zod';\n" +
        'const order = z.object({ endpoint: z.url() });\n' +
        'export const handler = async (event) => {\n' +
        "  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: order.parse(event).endpoint });\n" +
        "  const error = await client.send(new PutItemCommand({ TableName: 'T', Item: { pk: { S: 'a' } } })).catch((thrown) => thrown);\n" +
        '  const { name, message, $fault, Item, $metadata } = error;\n' +
        '  return { isIt: error instanceof ConditionalCheckFailedException, isOfService: error instanceof DynamoDBServiceException, name, message, $fault, Item, status: $metadata.httpStatusCode };\n' +
        '};\n' +
        'export const schema = () => order.toJSONSchema();',
    );
    writeHandler(
      functionsFolder,
      'mail',
      "import MailComposer from 'nodemailer/lib/mail-composer';\n" +
        "const icalEvent = { method: 'REQUEST', filename: 'meeting.ics', content: 'BEGIN:VCALENDAR' };\n" +
        "const attachments = [{ filename: 'plan.pdf', content: 'a plan' }];\n" +
        "export const handler = () => new MailComposer({ text: 'Words.', html: '<p>Words.</p>', icalEvent, attachments }).compile().build();",
    );
    bundleFunctions({ functionsFolder, outFolder, projectFolder });
  });
  const bundle = () =>
    createRequire(import.meta.url)(join(outFolder, 'one', 'index.js')) as {
      readonly handler: (event: object) => Promise<unknown>;
      readonly schema: () => unknown;
    };

  /** What the handler makes of this refusal by a service, and how its request was signed. */
  async function answeredWith(refusal: {
    readonly __type: string;
    readonly message: string;
    readonly [field: string]: unknown;
  }) {
    setEnvironment({ AWS_ACCESS_KEY_ID: 'LOCAL.One', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: undefined });
    const signatures: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      signatures.push(request.headers.authorization);
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(JSON.stringify({ ...refusal, __type: `com.amazonaws.dynamodb.v20120810#${refusal.__type}` }));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const told = await bundle().handler({ endpoint: `http://127.0.0.1:${port}` });
    return { told, signatures };
  }

  test('has the errors of the SDK as the SDK has them: class, name, whose fault, and their own fields', async () => {
    const { told, signatures } = await answeredWith({
      __type: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: { pk: { S: 'a' } },
    });
    expect(told).toEqual({
      isIt: true,
      isOfService: true,
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      $fault: 'client',
      Item: { pk: { S: 'a' } },
      status: 400,
    });
    expect(signatures).toEqual([
      expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=LOCAL\.One\/\d{8}\/us-east-1\/dynamodb\/aws4_request, SignedHeaders=\S+, Signature=[0-9a-f]{64}$/,
      ),
    ]);
  });

  test('has any other error with its name, message and status, and of the class of its service', async () => {
    const { told } = await answeredWith({ __type: 'ResourceNotFoundException', message: 'No such table.' });
    expect(told).toEqual({
      isIt: false,
      isOfService: true,
      name: 'ResourceNotFoundException',
      message: 'No such table.',
      $fault: 'client',
      status: 400,
    });
  });

  test('writes mail whose parts have their types, and gives the default type to a file without one', async () => {
    const { handler } = createRequire(import.meta.url)(join(outFolder, 'mail', 'index.js')) as {
      readonly handler: () => Promise<Buffer>;
    };
    const types = [...String(await handler()).matchAll(/^Content-Type: ([^;\r]+)(?:;.*(method=\w+))?/gm)];
    expect(types.map(([, type, method]) => [type, method].join(' ').trim())).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar method=REQUEST',
      'application/octet-stream',
      'application/ics',
    ]);
  });

  test('parses by its schemas, and says where JSON schemas have gone', async () => {
    await expect(bundle().handler({ endpoint: 'nowhere' })).rejects.toThrow('Invalid URL');
    expect(bundle().schema).toThrow('lighter-sources.ts');
  });

  test.each(lighterSources)('fails where the source at $path has another form', ({ lighten }) => {
    expect(() => lighten('another form', '/node_modules/@aws-sdk/client-kms/file.js')).toThrow();
  });
});

describe('what stands in for parts of the SDK', () => {
  const regions = ['us-east-1', 'us-west-2', 'eu-central-1', 'mx-central-1', 'us-gov-west-1', 'cn-north-1'];
  test.each(Object.entries(hosts))('finds the address of %s as the SDK does: %s', async (client, host) => {
    const path = join(projectFolder, `node_modules/@aws-sdk/client-${client}/dist-cjs/index.js`);
    const sdk = createRequire(import.meta.url)(path) as Readonly<Record<string, unknown>>;
    const [, Client] = Object.entries(sdk).find(([name]) => /^(?!__)\w+Client$/.test(name) && name !== 'Client') ?? [];
    const { config } = new (Client as new (given: object) => { readonly config: Resolving })({ region: 'us-east-1' });
    for (const Region of regions) {
      const wanted = config.endpointProvider({ Region, UseFIPS: false, UseDualStack: false });
      expect(addressOf(host)({ Region }).url.href).toBe(wanted.url.href);
    }
    const Endpoint = 'http://127.0.0.1:4566';
    expect(addressOf(host)({ Region: 'us-east-1', Endpoint }).url.href).toBe(
      config.endpointProvider({ Region: 'us-east-1', Endpoint }).url.href,
    );
  });

  test.each([
    ['a region without an address that is known', { Region: 'us-iso-east-1' }],
    ['no region', {}],
    ['an address of FIPS', { Region: 'us-east-1', UseFIPS: true }],
    ['an address of dual stack', { Region: 'us-east-1', UseDualStack: true }],
  ])('refuses %s with a sentence', (_, given) => {
    expect(() => addressOf('kms')(given)).toThrow('sdk-stand-ins.ts');
  });

  test('each client of the functions has the host of its address', () => {
    const clients = new Set(
      sourcesOfFunctions().flatMap((text) => [...text.matchAll(/'@aws-sdk\/client-([^']+)'/g)].map(([, name]) => name)),
    );
    // An address of S3 has the bucket in it, so S3 keeps its own rules.
    expect([...clients].sort()).toEqual([...Object.keys(hosts), 's3'].sort());
  });

  test('code that asks for an error of a class that is left out is not bundled', () => {
    const bundled = (error: string) => {
      const functionsFolder = makeFolder();
      writeHandler(
        functionsFolder,
        'one',
        `import { ${error} } from '@aws-sdk/client-dynamodb';\nexport const handler = (event) => event instanceof ${error};`,
      );
      return bundleFunctions({ functionsFolder, outFolder: makeFolder(), projectFolder });
    };
    expect(errorsByClass).toContain('ConditionalCheckFailedException');
    expect(bundled('ConditionalCheckFailedException')).toBeDefined();
    expect(() => bundled('ResourceNotFoundException')).toThrow('bundle-in-process.ts');
  });

  test('missing credentials are a sentence that names the variables', async () => {
    setEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  });

  test('an event stream is refused with a sentence that names the file to change', () => {
    expect(eventStreamSerdeProvider).toThrow('sdk-stand-ins.ts');
  });
});

interface Resolving {
  readonly endpointProvider: (given: object) => { readonly url: URL };
}

/** The text of each source that may come into a bundle. */
const sourcesOfFunctions = (): readonly string[] =>
  globSync('{shared,functions}/**/*.{ts,tsx}', { cwd: projectFolder }).map((file) =>
    readFileSync(join(projectFolder, file), 'utf8'),
  );

/** Sets variables of this process until the test has ended. */
function setEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    const before = process.env[name];
    const put = (to: string | undefined) => {
      if (to === undefined) delete process.env[name];
      else process.env[name] = to;
    };
    put(value);
    onTestFinished(() => put(before));
  }
}
