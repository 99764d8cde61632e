/** `npm run bench`: measures one referral, every bundle and the start, prints the figures and stores them in docs/bench.md. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { startCloud } from '../../infra/local/cloud.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import { readTemplate } from '../../infra/local/template.ts';
import { synthesize } from '../../infra/synthesize.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const start = Date.parse('2026-11-10T14:00:00.000Z');
const reportFile = join(project, 'docs/examples/confirmed-living-at-home.json');
const worker = 'careline.worker@dcf.example';

const residentOf = (pid: number): string => {
  try {
    const kilobytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    return `${Math.round(kilobytes / 1024)} MB`;
  } catch {
    return 'not measured';
  }
};

async function measureReferral(assembly: string) {
  const cloud = await startCloud({ assembly, frozenAt: start });
  try {
    const api = createApiClient(cloud);
    const began = performance.now();
    const { referralIds } = await api.report(worker, JSON.parse(readFileSync(reportFile, 'utf8')));
    await cloud.clock.advance(0);
    const before = { ...cloud.units() };
    await play({ api, clock: cloud.clock, act: 'on-time', onProgress: () => undefined }, referralIds);
    const audit = await api.audit('administrator@dcf.example', referralIds[0] ?? '');
    return {
      seconds: (performance.now() - began) / 1000,
      transitions: cloud.transitions(),
      invocations: cloud.invocations(),
      units: { read: cloud.units().read - before.read, write: cloud.units().write - before.write },
      mails: cloud.sent().length,
      commits: audit.chain.length,
      deadlines: audit.deadlines.length,
      stage: audit.stage,
    };
  } finally {
    await cloud.stop();
  }
}

/** What one deadline costs: a referral nobody works on, before and after the first checkpoint of D1 was raised. */
async function measureCheckpoint(assembly: string) {
  const cloud = await startCloud({ assembly, frozenAt: start });
  try {
    await createApiClient(cloud).report(worker, JSON.parse(readFileSync(reportFile, 'utf8')));
    await cloud.clock.advance(0);
    const before = cloud.transitions();
    await cloud.clock.advance(16 * 60_000);
    return cloud.transitions() - before;
  } finally {
    await cloud.stop();
  }
}

const importTime = (file: string): number => {
  const script = `const s=performance.now();require(${JSON.stringify(file)});process.stdout.write(String(performance.now()-s))`;
  const env = new Proxy({ ...process.env }, {});
  for (const name of ['LEDGER', 'IDENTITIES', 'BOARD', 'WAITS', 'CURSORS', 'DIRECTORY', 'SESSIONS'])
    env[`${name}_TABLE`] = 'x';
  for (const name of [
    'REFERRAL_MACHINE_ARN',
    'DEADLINE_MACHINE_ARN',
    'MAIL_FROM',
    'CONFIGURATION_SET',
    'VAULT_SECRET_ARN',
    'OIDC_CLIENT_ID',
  ])
    env[name] = 'x';
  const times = Array.from({ length: 5 }, () =>
    Number(
      execFileSync(process.execPath, ['-e', script], {
        encoding: 'utf8',
        env: {
          ...env,
          AWS_REGION: 'us-east-1',
          CONSOLE_URL: 'http://127.0.0.1:3000',
          OIDC_ISSUER: 'http://127.0.0.1:3001',
        },
      }),
    ),
  );
  return times.toSorted((one, other) => one - other)[2] ?? Number.NaN;
};

function measureBundles(assembly: string) {
  const template = readTemplate(assembly);
  const bundles = template.ofType('AWS::Lambda::Function').map(({ logicalId, properties }) => ({
    name: logicalId,
    file: join(template.assetFolder(String((properties.Code as { S3Key: string }).S3Key)), 'index.js'),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const bare = join(folder, 'bare.js');
  buildSync({
    stdin: {
      contents:
        "import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';new DynamoDBClient({});globalThis.x = PutItemCommand;",
      resolveDir: project,
    },
    outfile: bare,
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
  });
  const rows = [{ name: 'bare DynamoDB client, whole SDK', file: bare }, ...bundles].map(({ name, file }) => {
    const code = readFileSync(file);
    return {
      name,
      minified: code.length / 1000,
      gzipped: gzipSync(code).length / 1000,
      milliseconds: importTime(file),
    };
  });
  rmSync(folder, { recursive: true });
  return rows;
}

async function measureStart() {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const began = performance.now();
  const ports = ['--web-port', '0', '--endpoint-port', '0', '--mail-port', '0', '--sign-in-port', '0'];
  const running = spawn(process.execPath, [join(project, 'infra/local/main.ts'), '--data', folder, ...ports], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: running.stdout })) if (line === 'ready') break;
  const seconds = (performance.now() - began) / 1000;
  const resident = residentOf(running.pid ?? 0);
  await new Promise((resolve) => {
    running.on('exit', resolve);
    running.kill('SIGINT');
  });
  rmSync(folder, { recursive: true });
  return { seconds, resident };
}

const { folder: assembly } = await synthesize();
const started = await measureStart();
const bundles = measureBundles(assembly);
const perCheckpoint = await measureCheckpoint(assembly);
const referral = await measureReferral(assembly);
const afterDemo = residentOf(process.pid);
const largest = Math.max(...bundles.slice(1).map(({ minified }) => minified));

const met = (value: number, aim: number) => (value <= aim ? 'met' : '**not met**');
const text = `# Bench

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB,
Node ${process.version}, ${process.platform}. The machine may have had other work; times are one run each, import times the median of five.

| Aim | Measured | |
|---|---|---|
| at most 160 transitions for a confirmed referral | ${referral.transitions} (${referral.stage}, ${referral.deadlines} deadlines) | ${met(referral.transitions, 160)} |
| at most 3 more transitions per checkpoint | ${perCheckpoint} for the first checkpoint of D1 | ${met(perCheckpoint, 3)} |
| no bundle above 400 KB minified | largest ${largest.toFixed(0)} KB | ${met(largest, 400)} |
| ready within 3 s of a cached synthesis | ${started.seconds.toFixed(1)} s, empty data folder | ${met(started.seconds, 3)} |
| at most 350 MB after the demo | ${afterDemo} for this process, which ran the cloud and the demo's people | ${met(Number.parseInt(afterDemo, 10) || 0, 350)} |

\`npm start\` when ready: ${started.resident}.

## One confirmed referral, everybody on time

${referral.commits} commits, ${referral.mails} e-mails, ${referral.units.read} read units and ${referral.units.write} write units after the report (including what the
demo's own looking reads), ${referral.seconds.toFixed(1)} s. A deadline kept before its first checkpoint takes AwaitPerson, WhatHappened and Done.

| Function | Invocations |
|---|---|
${Object.entries(referral.invocations)
  .map(([name, times]) => `| ${name} | ${times} |`)
  .join('\n')}

## Bundles

| Function | Minified, KB | Gzipped, KB | Import, ms |
|---|---|---|---|
${bundles.map(({ name, minified, gzipped, milliseconds }) => `| ${name} | ${minified.toFixed(0)} | ${gzipped.toFixed(0)} | ${milliseconds.toFixed(0)} |`).join('\n')}
`;
writeFileSync(join(project, 'docs/bench.md'), text);
console.log(text);
process.exit(0);
