import { describe, expect, test } from 'vitest';
import { folderName } from '../../infra/constructs/careline-function.ts';
import { placeholderProblems } from '../../infra/constructs/workflow.ts';

describe('placeholders of a definition', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how ASL names a function
  const definition = '{ "FunctionName": "${DrawRosterFunctionArn}" }';

  test('are in order where each is both given and named', () => {
    expect(placeholderProblems(definition, ['DrawRosterFunctionArn'])).toEqual([]);
  });

  test('are a problem where one is named but not given', () => {
    expect(placeholderProblems(definition, [])).toEqual([expect.stringContaining('no such function is wired')]);
  });

  test('are a problem where one is given but not named', () => {
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
