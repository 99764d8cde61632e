/** The CDK command line of this project, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Place } from './account.ts';

const cdk = fileURLToPath(new URL('../../node_modules/aws-cdk/bin/cdk', import.meta.url));

/** Runs it, with its questions and progress for the person at the terminal. Gives its exit status. */
export async function runCdk(words: readonly string[], { region, account }: Place): Promise<number> {
  const child = spawn(process.execPath, [cdk, ...words], {
    stdio: 'inherit',
    env: { ...process.env, AWS_REGION: region, CDK_DEFAULT_REGION: region, CDK_DEFAULT_ACCOUNT: account },
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return status ?? 1;
}
