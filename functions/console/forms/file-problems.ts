/** The problems of an imported file, for the summary of its form. */
import type { Problem } from '../../../shared/application/input/problems.ts';

/** A page shows this many wrong lines. The sender corrects the file and sends it again. */
const mostShown = 100;

/** Each wrong line by its number, with a link to the control `csv` of the form. */
export const fileProblems = (problems: readonly Problem[]): readonly Problem[] => {
  const said = problems.slice(0, mostShown).map(({ path, sentence }) => {
    const [, line, field] = /^lines\[(\d+)\](?:\.([\w ]+))?$/.exec(path) ?? [];
    return {
      path: 'csv',
      sentence: line === undefined ? sentence : `line ${line}${field ? `, ${field}` : ''}: ${sentence}`,
    };
  });
  const more = problems.length - said.length;
  return more > 0 ? [...said, { path: 'csv', sentence: `${more} more problems follow. Correct these first.` }] : said;
};
