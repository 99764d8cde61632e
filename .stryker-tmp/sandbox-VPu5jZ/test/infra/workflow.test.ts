// @ts-nocheck
import { describe, expect, test } from 'vitest';
import { folderName } from '../../infra/constructs/careline-function.ts';
import { placeholderProblems } from '../../infra/constructs/workflow.ts';

describe('placeholders of a definition', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how ASL names a function
  const definition = '{ "FunctionName": "${DrawRosterFunctionArn}" }';

  test('each one given and named is in order', () => {
    expect(placeholderProblems(definition, ['DrawRosterFunctionArn'])).toEqual([]);
  });

  test('one that is named but not given is a problem', () => {
    expect(placeholderProblems(definition, [])).toEqual([expect.stringContaining('no such function is wired')]);
  });

  test('one that is given but not named is a problem', () => {
    expect(placeholderProblems(definition, ['DrawRosterFunctionArn', 'InviteMdtFunctionArn'])).toEqual([
      expect.stringContaining('never names it'),
    ]);
  });
});

test.each([
  ['Api', 'api'],
  ['SendAlerts', 'send-alerts'],
  ['OpenSignOff', 'open-sign-off'],
])('the function %s lives in functions/%s', (id, folder) => {
  expect(folderName(id)).toBe(folder);
});
