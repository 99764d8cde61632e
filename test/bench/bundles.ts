/** Size and import time of every function's bundle, beside a bare DynamoDB client. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { readTemplate } from '../../infra/local/template/template.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));

export interface MeasuredBundle {
  readonly name: string;
  /** Thousands of bytes. */
  readonly minified: number;
  /** Thousands of bytes. */
  readonly gzipped: number;
  /** Median over fresh processes. */
  readonly milliseconds: number;
}

interface Bundle {
  readonly name: string;
  /** Outside this project, whose package.json would make a module of it. The console reads the files beside it. */
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
}

export const rounds = 7;

/** The SDK as it comes, with the settings of our bundles but none of its parts replaced. */
function bundleBareClient(file: string): void {
  buildSync({
    stdin: {
      contents:
        "import { DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';" +
        'const client = new DynamoDBClient({}); export const handler = (event) => client.send(event.query ? new QueryCommand(event) : new PutItemCommand(event));',
      resolveDir: project,
    },
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    minify: true,
    legalComments: 'none',
  });
}

function importMilliseconds({ file, env }: Bundle): number {
  const script = `const began = performance.now(); require(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - began)); process.exit();`;
  return Number(
    execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { ...env, AWS_REGION: 'us-east-1' } }),
  );
}

export function measureBundles(assembly: string): readonly MeasuredBundle[] {
  const template = readTemplate(assembly);
  const folder = mkdtempSync(join(tmpdir(), 'bench-bundles-'));
  try {
    const bare = join(folder, 'bare.cjs');
    bundleBareClient(bare);
    const functions = template.ofType('AWS::Lambda::Function').map(({ logicalId, properties }): Bundle => {
      const { Code, Environment } = properties as {
        readonly Code: { readonly S3Key: string };
        readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
      };
      const own = join(folder, logicalId);
      cpSync(template.assetFolder(Code.S3Key), own, { recursive: true });
      return { name: logicalId, file: join(own, 'index.js'), env: Environment.Variables };
    });
    const bundles = [{ name: 'a bare DynamoDB client', file: bare, env: {} }, ...functions];
    // All in turn, several times over. So other work of the machine falls on all of them alike.
    const times = Array.from({ length: rounds }, () => bundles.map(importMilliseconds));
    return bundles.map(({ name, file }, index) => {
      const code = readFileSync(file);
      const sorted = times.map((round) => round[index] ?? Number.NaN).toSorted((one, other) => one - other);
      return {
        name,
        minified: code.length / 1000,
        gzipped: gzipSync(code).length / 1000,
        milliseconds: sorted[Math.floor(rounds / 2)] ?? Number.NaN,
      };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
