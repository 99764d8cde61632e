import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { blocksOf, longSentences, riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));
const files = (...patterns: readonly string[]) => globSync([...patterns], { cwd: projectFolder });
const read = (file: string) => readFileSync(join(projectFolder, file), 'utf8');

/** Each anchor of a document: those it names, and those that a heading gets by its words. */
function anchorsOf(document: string): readonly string[] {
  const text = read(document);
  const named = [...text.matchAll(/<a id="([^"]+)"><\/a>/g)].map(([, id]) => id ?? '');
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    (heading ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
  return [...named, ...headings];
}

const documents = files('README.md', 'docs/**/*.md', '{infra,functions,shared,test,workflows}/**/*.md');
const code = files('{infra,functions,shared,test}/**/*.{ts,tsx}', 'workflows/*.json');

/** Each place of a document that code or a document names in full, such as `docs/policy.md#d3`. */
const citations = [...code, ...documents].flatMap((from) =>
  [...read(from).matchAll(/\b(docs\/[\w/.-]+[.]md)#([\w-]+)/g)].map(([, to, anchor]) => ({ from, to, anchor })),
);

/** Each link of a document to a file of the repository, with its anchor where it has one. */
const links = documents.flatMap((from) =>
  [...read(from).matchAll(/\]\((?![a-z]+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([, path, anchor]) => ({
    from,
    to: path ? relative(projectFolder, join(projectFolder, dirname(from), path)) : from,
    anchor,
  })),
);

describe('what is cited is there', () => {
  const leadsNowhere = ({ to, anchor }: { to?: string | undefined; anchor?: string | undefined }) =>
    to === undefined ||
    !existsSync(join(projectFolder, to)) ||
    (anchor !== undefined && to.endsWith('.md') && !anchorsOf(to).includes(anchor));

  test('a clause that code or a document cites has its anchor', () => {
    expect(citations.length).toBeGreaterThan(30);
    expect(citations.filter(leadsNowhere)).toEqual([]);
  });

  test('a link of a document leads to a file and an anchor', () => {
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter(leadsNowhere)).toEqual([]);
  });

  test('a name after a link of a guide is in the linked file', () => {
    const named = ['docs/where.md', 'docs/adding.md'].flatMap((from) =>
      [...read(from).matchAll(/\]\((\.\.\/[^)#\s]+\.(?:tsx?|json))\)((?:,? `[^`]+`)+)/g)].flatMap(
        ([, path = '', names = '']) =>
          [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => ({ from, to: join('docs', path), name })),
      ),
    );
    expect(named.length).toBeGreaterThan(80);
    const has = ({ to, name }: (typeof named)[number]) =>
      new RegExp(`(?<![\\w-])${name.replaceAll(/[^\w-]/g, '\\$&')}(?![\\w-])`).test(read(to));
    expect(named.filter((each) => !has(each))).toEqual([]);
  });

  test('an anchor stands once in its document', () => {
    const twice = ['docs/domain.md', 'docs/policy.md'].flatMap((document) => {
      const anchors = [...read(document).matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
      return anchors.filter((id, at) => anchors.indexOf(id) !== at);
    });
    expect(twice).toEqual([]);
  });

  test('law is cited by an anchor of docs/domain.md, never by the number of a section', () => {
    expect([...code, ...documents].filter((file) => /\bDOMAIN \d/.test(read(file)))).toEqual([]);
  });
});

const countOfWords = (text: string): number => text.split(/\s+/).filter((word) => /[a-z0-9]/i.test(word)).length;

/** The documents that people read from top to bottom. Generated ones are not among them. */
const plain = [
  ...files('{infra,shared}/**/README.md', 'docs/{decisions,runbooks}/*.md', 'docs/local-versus-aws.md'),
  'README.md',
  ...['using', 'api', 'glossary', 'domain', 'architecture', 'where', 'adding', 'another-jurisdiction'].map(
    (name) => `docs/${name}.md`,
  ),
].filter((file) => existsSync(join(projectFolder, file)));

describe('documents are plain', () => {
  test('README.md has at most 700 words', () => {
    const words = countOfWords(read('README.md'));
    expect(words).toBeGreaterThan(100);
    expect(words).toBeLessThanOrEqual(700);
  });

  test.each(plain)('no sentence of %s has more than 25 words', (file) => {
    expect(blocksOf(read(file)).length).toBeGreaterThan(5);
    expect(longSentences(read(file), 25)).toEqual([]);
  });

  test.each(plain)('%s names who acts', (file) => {
    expect(riddleWords(read(file))).toEqual([]);
  });
});

/** How the ledger proves what it holds: these are not held to a page. */
const ofEvidence = ['026', '027', '034', '035', '038', '046', '061'];

describe('a decision is one page: what, why, and what was not chosen', () => {
  const records = files('docs/decisions/*.md').map((file) => ({ file, number: basename(file).slice(0, 3) }));
  const short = records.filter(({ number }) => !ofEvidence.includes(number)).map(({ file }) => file);

  test('each record of evidence is there, so that no other hides behind its number', () => {
    expect(records.length - short.length).toBe(ofEvidence.length);
  });

  test.each(short)('%s has at most 320 words, and says what and why', (file) => {
    expect(countOfWords(read(file))).toBeLessThanOrEqual(320);
    expect(read(file)).toMatch(/^# \d+[.] .+\n\n## What\n.*\n## Why\n/s);
  });

  test('all of them have at most 14,000 words', () => {
    const words = short.map((file) => countOfWords(read(file)));
    expect(words.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(14_000);
  });
});

describe('the measure of sentences', () => {
  test('a paragraph over two lines is one block, an item and a cell are each their own', () => {
    expect(blocksOf('One line\nand another.\n\n- item\n  goes on\n\n| a | b |\n|---|---|\n\n    code\n')).toEqual([
      'One line and another.',
      'item goes on',
      'a',
      'b',
    ]);
  });

  test('the number of a section ends no sentence, a capital letter after a full stop does', () => {
    expect(sentencesOf('See C.G.S. 17a-101b and 42 U.S.C. 671. Police are told. (They answer.)')).toHaveLength(3);
  });

  test('code within a line is one word, and a link counts by its text', () => {
    expect(wordsOf(blocksOf('Run `npm run check` as [the guide](a.md#b) says.')[0] ?? '')).toEqual([
      'Run',
      'Code',
      'as',
      'the',
      'guide',
      'says.',
    ]);
  });

  test('a sentence of 26 words is found, one of 25 is not', () => {
    const words = (many: number) => `${Array.from({ length: many }, (_, at) => `word${at}`).join(' ')}.`;
    expect(longSentences(words(25), 25)).toEqual([]);
    expect(longSentences(`Short one. W${words(26)}`, 25)).toHaveLength(1);
  });

  test('a riddle word is found in any case', () => {
    expect(riddleWords('Somebody tells whomsoever; whom? `nobody`')).toEqual(['Somebody', 'whom']);
  });
});
