/**
 * `npm run audit -- SUBCOMMAND …`: reads a data folder of `npm start` for an auditor. What it cannot answer is one sentence on stderr and
 * status 2, and nothing is written. Each subcommand has a row of the table, and a file of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { proveFromFolder } from './prove-command.ts';
import { CannotRead, readChains } from './read-chains.ts';

const options = { data: { type: 'string', default: '.data' }, out: { type: 'string' } } as const;

interface Asked {
  /** What stands behind the name of the subcommand. */
  readonly about: string | undefined;
  readonly data: string;
  readonly out: string | undefined;
}

interface Subcommand {
  readonly usage: string;
  /** Gives the lines to print. */
  readonly run: (asked: Asked) => Promise<readonly string[]>;
}

/** A command of the stack's folder makes it, because this room may not import that one. */
const verifyScript = (): string =>
  execFileSync(process.execPath, [
    fileURLToPath(new URL('../../infra/constructs/verify-script.ts', import.meta.url)),
  ]).toString('utf8');

const subcommands: Readonly<Record<string, Subcommand>> = {
  proof: {
    usage: 'npm run audit -- proof CR-7F3KD-9QXMTQ --out FILE.zip [--data .data]',
    async run({ about, data, out }) {
      if (about === undefined || out === undefined) throw new CannotRead('Name the referral, and the file with --out.');
      const { file, lines } = await proveFromFolder(await readChains(data), about, verifyScript());
      writeFileSync(out, file);
      return [...lines, `Written to ${out}.`];
    },
  },
};

/** The subcommands that print from the ledger alone: `runs`, `log` and `referral`. */
function printsFromLedger(args: readonly string[]): void {
  const file = fileURLToPath(new URL('../reports/audit-command.ts', import.meta.url));
  process.exitCode = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' }).status ?? 2;
}

async function provesFromFolder(): Promise<void> {
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [name = '', about] = positionals;
  const subcommand = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
  if (!subcommand) {
    const usages = Object.values(subcommands).map(({ usage }) => usage);
    throw new CannotRead(`Name a subcommand: ${usages.join('; ')}.`);
  }
  for (const line of await subcommand.run({ about, data: values.data, out: values.out })) console.log(line);
}

const [asked = ''] = process.argv.slice(2);
try {
  if (Object.hasOwn(subcommands, asked)) await provesFromFolder();
  else printsFromLedger(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
