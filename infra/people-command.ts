/**
 * `npm run people -- …`: the people of the directory, with their roles, duties and seats, police agencies and providers. It is
 * the one way to write an entry that counts. docs/using.md#operator has examples.
 */
import { readFileSync } from 'node:fs';
import { Refused, refuseIf, runCommand } from './deploy/refused.ts';
import { keyOf, peopleIn } from './people/book.ts';
import { connect, newPersonId, useEndpoint } from './people/connect.ts';
import { type Deployed, deleteWrong, type Found, readDirectory, writeDirectory } from './people/deployed.ts';
import { type Line, planned, readLine, verbs, wordsOf } from './people/verbs.ts';
import { numberOf, wordsOfList, wordsOfWrong } from './people/words-of-list.ts';

const help = `npm run people -- COMMAND name=value … [region=REGION | endpoint=http://127.0.0.1:4566] [--check]

${Object.entries(verbs)
  .map(([name, { needs, takes, does }]) => {
    const named = [...needs.map((each) => `${each}=`), ...takes.map((each) => `[${each}=]`)].join(' ');
    return `  ${name} ${named}\n      ${does}`;
  })
  .join('\n')}
  file PATH
      does many at once: a file with one of these commands a line, such as: give email=… role=… scope=…
  list [email=]
      prints the entries that count, and each row without a right code
  clear NUMBER
      deletes a row without a right code, by the number that list gives it

Nothing is written before every line was checked. --check only checks. A run that was cut short is completed by running it again.`;

const places = /^(region|endpoint)=(.*)$/;

/** The words of where, and the others. */
function sorted(words: readonly string[]) {
  const given = Object.fromEntries(
    words.flatMap((word) => {
      const [, name = '', value = ''] = places.exec(word) ?? [];
      return name === '' ? [] : [[name, value]];
    }),
  );
  return {
    place: given as { readonly region?: string; readonly endpoint?: string },
    isCheck: words.includes('--check'),
    line: words.filter((word) => !places.test(word) && word !== '--check'),
  };
}

/** The commands of the words, or of the file that they name. */
function linesOf(line: Line): readonly { readonly number?: number; readonly words: Line }[] {
  const [name, path] = line;
  if (name !== 'file') return [{ words: line }];
  if (path === undefined || line.length > 2) throw new Refused(['Give one file: npm run people -- file people.txt']);
  const text = (() => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      throw new Refused([`The file ${path} cannot be read.`]);
    }
  })();
  const lines = text.split(/\r?\n/).map((each, index) => ({ number: index + 1, words: wordsOf(each) }));
  return lines.filter(({ words: [first = '#'] }) => !first.startsWith('#'));
}

function printList({ book, wrong }: Found, words: Line): number {
  const [, email, ...more] = words;
  if (more.length > 0 || (email !== undefined && !email.startsWith('email=')))
    throw new Refused(['Give "list", or "list email=ADDRESS".']);
  const address = email?.slice('email='.length).toLowerCase();
  console.log([...wordsOfList(book, address), ...wordsOfWrong(wrong)].join('\n'));
  return 0;
}

async function clear(deployed: Deployed, found: Found, [, number, ...more]: Line): Promise<number> {
  const [key, ...others] = found.wrong.filter((each) => numberOf(each) === number);
  if (key === undefined || others.length > 0 || more.length > 0)
    throw new Refused(['There is no row of this number without a right code: "list" gives the numbers.']);
  await deleteWrong(deployed, found, key);
  console.log('The row was deleted.');
  return 0;
}

async function run(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h')) {
    console.log(help);
    return 0;
  }
  const { place, isCheck, line } = sorted(words);
  const reads = line[0] === 'list' || line[0] === 'clear';
  const lines = reads ? [] : linesOf(line);
  // What is wrong with the words alone is told before AWS is asked.
  refuseIf(
    lines.flatMap(({ number, words: each }) => {
      const { problems } = readLine(each);
      return problems.map((problem) => (number === undefined ? problem : `Line ${number}: ${problem}`));
    }),
  );
  useEndpoint(place.endpoint);
  const deployed = await connect(place);
  const found = await readDirectory(deployed);
  if (line[0] === 'list') return printList(found, line);
  if (line[0] === 'clear') return clear(deployed, found, line);
  const { book, problems } = planned(found.book, lines, newPersonId, new Date(deployed.now()).toISOString());
  refuseIf(problems);
  if (isCheck) {
    console.log(`${lines.length} ${lines.length === 1 ? 'command' : 'commands'} can be done. Nothing was written.`);
    return 0;
  }
  const { keys, invited } = await writeDirectory(deployed, found, book);
  console.log(keys.length === 0 ? 'It is so already. Nothing was written.' : `Entries written: ${keys.length}.`);
  // What was there before may have been put back by someone else, and now counts. So the operator sees all of it.
  const written = peopleIn(book).filter((person) => keys.includes(keyOf(person)));
  if (written.length > 0 && written.length <= 20)
    console.log(['As they are now:', ...written.flatMap(({ email }) => wordsOfList(book, email))].join('\n'));
  if (invited.length > 0)
    console.log(`These people get a mail with a first password, good for three days: ${invited.join(', ')}.`);
  if (found.wrong.length > 0)
    console.log(`Rows without a right code: ${found.wrong.length}. "npm run people -- list" names them.`);
  return 0;
}

await runCommand(() => run(process.argv.slice(2)), 'Nothing else was written.');
