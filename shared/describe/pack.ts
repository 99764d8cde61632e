/**
 * The pack for another state: policy, measures, forms, curricula, and the guide. It is made of this code and its documents
 * alone, so it has no case. Pure, but for reading the documents.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CommandName, commandNamed, commands } from '../domain/commands.ts';
import { words } from '../domain/words/code-words.ts';
import { labelOf } from '../domain/words/field-words.ts';
import { connecticut20261 } from '../policy/connecticut-2026-1.ts';
import { courses, trainingBaselines, trainingRules } from '../policy/training-rules.ts';
import { scoreMeasures } from '../reports/scorecard.ts';
import { baselines, targets } from '../reports/targets.ts';
import { apiDescription } from './documents.ts';
import { jsonSchema } from './openapi.ts';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

/** The documents that go with it as they are. */
export const packedDocuments = [
  'another-jurisdiction.md',
  'policy.md',
  'pathway.svg',
  'measures.md',
  'domain.md',
  'glossary.md',
  'using.md',
] as const;

/** A form as people fill it in: who may, what it is for, and each field with its label. */
function formOf(name: CommandName) {
  const { title, note, roles, input } = commandNamed(name);
  return {
    name,
    title,
    ...(note !== undefined && { note }),
    roles: roles.map((role) => words(role)),
    fields: Object.fromEntries(Object.keys(input.shape).map((field) => [field, labelOf(field)])),
    schema: jsonSchema(input, 'input'),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const readme = `# Pack for another state

Begin with another-jurisdiction.md. It says what is law of Connecticut, what is federal, and what your state decides.

| File | What it is |
|---|---|
| another-jurisdiction.md | What to replace, rule by rule, and how to check it |
| policy.md, policy.json | Every rule and clock of Connecticut, with its source and how sure it is |
| pathway.svg | The whole pathway in one picture |
| measures.md, targets.json | What is counted, and what the program aims at |
| curricula.json | The courses, and who must be trained how often |
| scorecard.json | The fifteen measures of the five practices |
| forms.json | Each form: who fills it in, its fields and their labels |
| openapi.json | The interface for other systems |
| domain.md, glossary.md, using.md | The law and practice, the words, and how people use it |

It was made from the code and has no case. What is assumed says so. Ask your counsel before you use any of it.
`;

/** The files of the pack, by name. */
export const packFiles = (): Readonly<Record<string, string>> => ({
  'README.md': readme,
  ...Object.fromEntries(packedDocuments.map((name) => [name, readFileSync(join(docs, name), 'utf8')])),
  'openapi.json': apiDescription.text(),
  'policy.json': json(connecticut20261),
  'targets.json': json({ targets, baselines }),
  'curricula.json': json({ courses, rules: trainingRules, baselines: trainingBaselines }),
  'scorecard.json': json(scoreMeasures.map(({ measured: _, evidence: __, ...measure }) => measure)),
  'forms.json': json((Object.keys(commands) as CommandName[]).map(formOf)),
});
