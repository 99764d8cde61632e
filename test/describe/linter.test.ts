/** The description of the API, checked by a public linter that knows nothing of this project. */
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { apiDescriptionText } from '../support/api-description.ts';

const made = apiDescriptionText();

async function problemsOf(source: string): Promise<readonly string[]> {
  const config = await createConfig({
    extends: ['recommended-strict'],
    rules: {
      'no-invalid-media-type-examples': 'error',
      'no-invalid-parameter-examples': 'error',
      'no-invalid-schema-examples': 'error',
    },
  });
  const found = await lintFromString({ source, absoluteRef: 'openapi.json', config });
  return found.map(({ ruleId, message, location: [at] }) => `${ruleId}: ${message} (${at?.pointer ?? ''})`);
}

test('the description is valid, and so is each of its examples', { timeout: 60_000 }, async () => {
  expect(await problemsOf(made)).toEqual([]);
});

test('a description that is not valid is reported', async () => {
  expect(await problemsOf(made.replace('"operationId": "read-queue"', '"operationId": "read-tasks"'))).not.toEqual([]);
  expect(await problemsOf(made.replace('"openapi": "3.1.0"', '"openapi": "3.1.0", "path": {}'))).not.toEqual([]);
});
