import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';
import { lighterSources } from '../../infra/constructs/lighter-sources.ts';
import { defaultProvider, eventStreamSerdeProvider } from '../../infra/constructs/sdk-stand-ins.ts';
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
      "import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';\n" +
        "import * as z from 'zod';\n" +
        'const order = z.object({ endpoint: z.url() });\n' +
        'export const handler = async (event) => {\n' +
        "  const client = new DynamoDBClient({ region: 'us-east-1', endpoint: order.parse(event).endpoint });\n" +
        "  const error = await client.send(new PutItemCommand({ TableName: 'T', Item: { pk: { S: 'a' } } })).catch((thrown) => thrown);\n" +
        '  const { name, message, $fault, Item, $metadata } = error;\n' +
        '  return { isIt: error instanceof ConditionalCheckFailedException, name, message, $fault, Item, status: $metadata.httpStatusCode };\n' +
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

  test('has the errors of the SDK as the SDK has them: class, name, whose fault, and their own fields', async () => {
    setEnvironment({ AWS_ACCESS_KEY_ID: 'LOCAL.One', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: undefined });
    const server = createServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
      const __type = 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException';
      response.end(JSON.stringify({ __type, message: 'The conditional request failed', Item: { pk: { S: 'a' } } }));
    }).listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await bundle().handler({ endpoint: `http://127.0.0.1:${port}` })).toEqual({
      isIt: true,
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      $fault: 'client',
      Item: { pk: { S: 'a' } },
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
    expect(() => lighten('another form')).toThrow();
  });
});

describe('what stands in for parts of the SDK', () => {
  test('missing credentials are a sentence that names the variables', async () => {
    setEnvironment({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined });
    await expect(defaultProvider()()).rejects.toThrow('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  });

  test('an event stream is refused with a sentence that names the file to change', () => {
    expect(eventStreamSerdeProvider).toThrow('sdk-stand-ins.ts');
  });
});

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
