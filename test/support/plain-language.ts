/**
 * Measures how plainly a text is written. It counts the words of each sentence, and finds the words that make a reader
 * guess who is meant. A sentence ends with a full stop, question mark or exclamation mark before white space, or with
 * its block.
 */

const riddles = /\b(nobody|somebody|whoever|whom|everybody)\b/gi;

/**
 * The blocks of a Markdown text, one string each: paragraph, heading, list item, cell of a table. Code blocks, comments
 * and tags are left out. Code within a line counts as one word. Of a link, its text counts.
 */
export function blocksOf(markdown: string): readonly string[] {
  const prose = markdown
    .replace(/^```[\s\S]*?^```/gm, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(`+)[\s\S]*?\1/g, 'Code')
    .replace(/<https?:[^>]+>/g, 'Address')
    .replace(/<\/?[a-z][^>]*>/g, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
  const blocks: string[] = [];
  let goesOn = false;
  for (const line of prose.split('\n')) {
    const isCode = /^( {4}|\t)/.test(line) && !goesOn;
    const stands = line.trim();
    if (stands === '' || isCode) {
      goesOn = false;
    } else if (stands.startsWith('|')) {
      blocks.push(...stands.split(/(?<!\\)\|/).map((cell) => cell.trim()));
      goesOn = false;
    } else if (/^(#+|[-*+]|\d+[.]) /.test(stands)) {
      blocks.push(stands.replace(/^(#+|[-*+]|\d+[.]) +/, ''));
      goesOn = !stands.startsWith('#');
    } else if (goesOn) {
      blocks.push(`${blocks.pop()} ${stands}`);
    } else {
      blocks.push(stands);
      goesOn = true;
    }
  }
  return blocks.filter((block) => /[a-z0-9]/i.test(block));
}

/** The sentences of one block. "C.G.S. 17a-101b" and "U.S.C. 671" end none, because no capital letter follows. */
export function sentencesOf(block: string): readonly string[] {
  return block.split(/(?<=[.!?]["'”’)*_]*)\s+(?=["'“‘(*_]*[A-Z])/);
}

export const wordsOf = (sentence: string): readonly string[] =>
  sentence.split(/\s+/).filter((word) => /[a-z0-9]/i.test(word));

/** The sentences with more words than `most`. */
export const longSentences = (markdown: string, most: number): readonly string[] =>
  blocksOf(markdown)
    .flatMap(sentencesOf)
    .filter((sentence) => wordsOf(sentence).length > most);

/** The words of a text that leave the reader to guess who acts. */
export const riddleWords = (markdown: string): readonly string[] =>
  blocksOf(markdown).flatMap((block) => block.match(riddles) ?? []);
