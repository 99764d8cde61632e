import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { previewOf } from '../../shared/alerts/compose/preview.ts';
import { templates } from '../../shared/alerts/compose/templates.ts';
import { mailCommand } from '../../shared/cli/mail-command.ts';

const command = fileURLToPath(new URL('../../shared/cli/mail-command.ts', import.meta.url));
const run = (...args: readonly string[]) => spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });

test('the list of the mail command names every template with its version', () => {
  const { stdout, status } = run('list');
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(templates.length);
  expect(stdout).toMatch(/^escalation +version 3 {2}ESCALATED: notify police \(Mon 10:00 PM\) – CR-7F3KD-9QXMT2$/m);
});

test('a preview is written as HTML and as text, in the chosen language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'careline-mail-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { stdout, status } = run('preview', 'reminder', '--lang', 'es', '--out', folder);
  expect(status).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([join(folder, 'reminder.es.html'), join(folder, 'reminder.es.txt')]);
  expect(readFileSync(join(folder, 'reminder.es.html'), 'utf8')).toContain('<html lang="es"');
  expect(readFileSync(join(folder, 'reminder.es.txt'), 'utf8')).toMatch(
    /^Subject: Recordatorio: avise a la policía \(lun 10:00 pm\)|Avise a la policía antes del lun 10:00 pm – CR-7F3KD-9QXMT2\n/,
  );
});

test('an unknown template is refused in one sentence with status 2', () => {
  const { stdout, stderr, status } = run('preview', 'gone');
  expect([stdout, stderr, status]).toEqual(['', 'There is no template "gone": see "npm run mail -- list".\n', 2]);
});

test.each([
  [[], 'Say what to do: list, preview.'],
  [['show'], 'There is no command "show".'],
  [['list', 'more'], 'This is not understood; write npm run mail -- list.'],
  [['list', '--lang', 'es'], 'There is no flag "--lang" here'],
  [['preview'], 'write npm run mail -- preview ID'],
  [['preview', '--lang', 'es'], 'write npm run mail -- preview ID'],
  [['preview', 'reminder', '--lang', 'fr'], 'Give one of en, es after --lang.'],
  [['preview', 'reminder', '--lang'], 'The flag "--lang" needs a value.'],
  [['preview', 'reminder', '--out'], 'The flag "--out" needs a value.'],
  [['preview', '../reminder'], 'There is no template'],
])('%j is refused with a sentence that says what to give', async (args, sentence) => {
  const write = () => expect.unreachable('Nothing is written.');
  expect(await mailCommand(args, { write })).toEqual({ status: 2, out: '', err: expect.stringContaining(sentence) });
});

test.each(templates.map((template) => [template.id, template] as const))(
  'the preview of %s has every line of its template, but lists of several tasks',
  (_, template) => {
    for (const language of ['en', 'es'] as const) {
      const { text } = previewOf(template, language);
      const lines = template[language].lines.map((line) => (typeof line === 'string' ? { say: line } : line));
      const shown = lines.filter(
        ({ say, ...rest }) => !/tasks|time(?:Left|Over)/.test(say) && !('when' in rest && rest.when === 'nothingOwed'),
      );
      for (const { say } of shown) expect(text).toContain(say.split('{')[0]);
      expect(text).toMatch(/:\/\/careline\.example\/alerts\//);
      expect(text).not.toMatch(/[{}]|undefined/);
    }
  },
);
