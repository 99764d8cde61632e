/**
 * `npm run mail -- list|preview`: prints or writes mails. Where it cannot, it prints one sentence to stderr and exits with status
 * 2.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRefusal } from '../../domain/core/refusal.ts';
import { askedForMail } from './preview.ts';

const asked = askedForMail(process.argv.slice(2));
if (isRefusal(asked)) {
  console.error(asked.sentence);
  process.exitCode = 2;
} else {
  for (const line of asked.lines ?? []) console.log(line);
  const { preview, folder = '.' } = asked;
  if (preview) {
    mkdirSync(folder, { recursive: true });
    for (const kind of ['html', 'text'] as const) {
      const file = join(folder, `${preview.name}.${kind === 'text' ? 'txt' : kind}`);
      writeFileSync(file, kind === 'text' ? `Subject: ${preview.subject}\n\n${preview.text}` : preview.html);
      console.log(file);
    }
  }
}
