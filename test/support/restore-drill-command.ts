/** `npm run restore-drill`: plays docs/runbooks/restore.md in the embedded cloud, and says what each step found. */
import { playRestoreDrill } from './restore-drill.ts';

const words = process.argv.slice(2);
if (words.length > 0) {
  const isHelp = words.every((word) => word === '--help');
  const usage =
    'npm run restore-drill plays a restore in the embedded cloud, with invented people. It takes no options.';
  (isHelp ? console.log : console.error)(usage);
  process.exit(isHelp ? 0 : 2);
}

const drill = await playRestoreDrill((sentence) => console.log(sentence));
console.log(`Erased again: ${drill.erasedAgain.join(', ')}; left of it in the vault: ${drill.leftOfErased} items.`);
console.log(`Reported after that instant, to be entered anew: ${drill.lost.join(', ')}.`);
console.log(
  `Listed in the work queue: ${drill.listed.join(', ') || 'none'}. Runs: ${drill.after.running.length}. Waits: ${drill.after.waiting.length}.`,
);
for (const kind of ['running', 'waiting'] as const) {
  const [before, after] = [drill.before[kind], drill.after[kind]];
  for (const run of before.filter((each) => !after.includes(each))) console.log(`Not ${kind} any more: ${run}.`);
  for (const run of after.filter((each) => !before.includes(each))) console.log(`Newly ${kind}: ${run}.`);
}
console.log(`Mails sent twice: ${drill.repeated.length}. Next checkpoint raised: ${drill.raised ? 'yes' : 'no'}.`);
const isWhole =
  drill.leftOfErased === 0 &&
  drill.broken.length === 0 &&
  drill.repeated.length === 0 &&
  JSON.stringify(drill.after) === JSON.stringify(drill.before) &&
  drill.raised;
console.log(
  isWhole ? 'The restore is whole.' : `The restore is not whole. In doubt: ${drill.broken.join(', ') || 'none'}.`,
);
process.exitCode = isWhole ? 0 : 1;
