/** `npm run mail`: lists the mails, or writes one with invented values. */
import { join } from 'node:path';
import { previewOf } from '../alerts/compose/preview.ts';
import { templates } from '../alerts/compose/templates.ts';
import { languages } from '../domain/core/vocabulary.ts';
import { answerTo, CannotAnswer, type Command, print } from './command-line.ts';
import { type Machine, thisMachine } from './this-machine.ts';

const flags = {
  lang: { value: 'LANGUAGE', says: `The language: ${languages.join(', ')}.`, otherwise: 'en' },
  out: { value: 'FOLDER', says: 'Where the mail is written.', otherwise: 'mail-preview' },
} as const;

const command: Command<typeof flags, Pick<Machine, 'write'>> = {
  run: 'npm run mail --',
  flags,
  acts: {
    list: {
      usage: '',
      takes: [],
      answer() {
        const width = Math.max(...templates.map(({ id }) => id.length));
        return templates
          .map((each) => `${each.id.padEnd(width)}  version ${each.version}  ${previewOf(each, 'en').subject}`)
          .join('\n');
      },
    },
    preview: {
      usage: 'ID [--lang es] [--out FOLDER]',
      words: 1,
      takes: ['lang', 'out'],
      answer({ words: [id = ''], flags: { lang, out } }, { write }) {
        const template = templates.filter((each) => each.id === id).at(-1);
        if (!template) throw new CannotAnswer(`There is no template "${id}": see "npm run mail -- list".`);
        const language = languages.find((each) => each === lang);
        if (!language) throw new CannotAnswer(`Give one of ${languages.join(', ')} after --lang.`);
        const { subject, text, html } = previewOf(template, language);
        const [page, letter] = ['html', 'txt'].map((kind) => join(out, `${id}.${language}.${kind}`)) as [
          string,
          string,
        ];
        write(page, html);
        write(letter, `Subject: ${subject}\n\n${text}`);
        return `${page}\n${letter}`;
      },
    },
  },
};

export const mailCommand = (args: readonly string[], parts: Pick<Machine, 'write'>) => answerTo(command, args, parts);

if (import.meta.main) await print(mailCommand(process.argv.slice(2), thisMachine));
