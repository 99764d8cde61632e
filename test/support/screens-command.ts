/** `npm run screens`: takes the pictures of docs/screens anew. */
import { fileURLToPath } from 'node:url';
import { takeScreens } from './screens.ts';

const words = process.argv.slice(2);
if (words.length > 0) {
  const isHelp = words.every((word) => word === '--help');
  const usage = 'npm run screens takes the pictures of docs/screens anew, with invented people. It takes no options.';
  (isHelp ? console.log : console.error)(usage);
  process.exit(isHelp ? 0 : 2);
}

await takeScreens(fileURLToPath(new URL('../../docs/screens', import.meta.url)), (sentence) => console.log(sentence));
