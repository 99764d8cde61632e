import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleFunctions } from '../../infra/constructs/bundle.ts';
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
