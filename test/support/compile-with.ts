/** Compiles the product in memory with some of its files changed, and says which other files that breaks. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Text to put before the one place in a file that reads `before`. */
export interface Insertion {
  readonly file: string;
  readonly before: string;
  readonly text: string;
}

/** Something that the compiler says of a file: `file` is its path in the repository. */
export interface Complaint {
  readonly file: string;
  readonly says: string;
}

function insert(text: string, { file, before, text: added }: Insertion): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${file} has "${before}" ${parts.length - 1} times: name one place.`);
  return parts.join(`${added}${before}`);
}

const configFile = `${projectFolder}tsconfig.json`;

/** What the compiler said last, and the digest of all text that it read. */
interface Answer {
  readonly of: string;
  readonly complaints: readonly Complaint[];
}
const lastAnswer = `${projectFolder}node_modules/.cache/complaints.json`;

/**
 * Every error of `shared` and `functions` with these insertions made, in memory alone. A call costs half a minute of
 * processor time. It costs nothing where the last call read the same text: `node_modules/.cache` keeps its answer.
 */
export function complaintsWith(insertions: readonly Insertion[]): readonly Complaint[] {
  const config = ts.readConfigFile(configFile, ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config.config, include: ['shared', 'functions'] },
    ts.sys,
    projectFolder,
  );
  const changed = new Map<string, string>();
  for (const each of insertions) {
    const path = `${projectFolder}${each.file}`;
    changed.set(path, insert(changed.get(path) ?? readFileSync(path, 'utf8'), each));
  }
  const digest = createHash('sha256').update(ts.version);
  const others = [configFile, `${projectFolder}package-lock.json`, fileURLToPath(import.meta.url)];
  for (const file of [...others, ...fileNames])
    digest.update(`\0${file}\0`).update(changed.get(file) ?? readFileSync(file));
  const of = digest.digest('hex');
  const last = existsSync(lastAnswer) ? (JSON.parse(readFileSync(lastAnswer, 'utf8')) as Answer) : undefined;
  if (last?.of === of) return last.complaints;
  const complaints = compile(fileNames, options, changed);
  mkdirSync(dirname(lastAnswer), { recursive: true });
  writeFileSync(lastAnswer, JSON.stringify({ of, complaints } satisfies Answer));
  return complaints;
}

function compile(
  fileNames: readonly string[],
  options: ts.CompilerOptions,
  changed: ReadonlyMap<string, string>,
): readonly Complaint[] {
  const { tsBuildInfoFile: _, ...rest } = options;
  const quick: ts.CompilerOptions = { ...rest, incremental: false };
  const host = ts.createCompilerHost(quick);
  const program = ts.createProgram(fileNames, quick, {
    ...host,
    readFile: (path) => changed.get(path) ?? host.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const text = changed.get(path);
      return text === undefined
        ? host.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, text, version, true);
    },
  });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => !fileName.includes('/node_modules/'))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => ({
      file: relative(projectFolder, file?.fileName ?? ''),
      says: ts.flattenDiagnosticMessageText(messageText, ' '),
    }));
}
