import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../../../../infra/local/data-folder/journal.ts';
import { newFolder } from '../dynamodb/new-folder.ts';

const newFile = () => join(newFolder(), 'entries.jsonl');

describe('a journal', () => {
  it('gives back what was appended, in order, when it is opened again', () => {
    const file = newFile();
    const first = openJournal<{ n: number }>(file);
    first.append({ n: 1 });
    first.append({ n: 2 });
    first.close();
    expect(openJournal(file).replayed).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('drops a last line torn by a kill, and goes on from there', () => {
    const file = newFile();
    writeFileSync(file, '{"n":1}\n');
    appendFileSync(file, '{"n":2');
    const journal = openJournal<{ n: number }>(file);
    expect(journal.replayed).toEqual([{ n: 1 }]);
    journal.append({ n: 3 });
    journal.close();
    expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":3}\n');
  });

  it('names the file and the line where an earlier line is damaged', () => {
    const file = newFile();
    writeFileSync(file, '{"n":1}\nnonsense\n{"n":3}\n');
    expect(() => openJournal(file)).toThrow(`${file} is damaged at line 2`);
  });
});
