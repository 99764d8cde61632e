import { RootConstruct } from 'constructs';
import { expect, test } from 'vitest';
import { readSettings } from '../../infra/constructs/settings.ts';

test.each([
  [{ stage: 'Production' }, '"stage"'],
  [{ stage: 'production' }, 'needs an https:// address'],
  [{ stage: 'production', consoleUrl: 'https://careline.example' }, '"oncallEmail" is missing'],
  [{ codeKeys: '0' }, '"codeKeys" is "0"; use a number from 1 to 9'],
  [{ codeKeyInUse: '2' }, 'first deploy the new key, then use it'],
  [{ mailFrom: 'someone@elsewhere.example' }, '"mailDomain"'],
])('the context %j is refused with a sentence that says what to change', (context, sentence) => {
  const { node } = new RootConstruct();
  for (const [name, value] of Object.entries(context)) node.setContext(name, value);
  expect(() => readSettings(node)).toThrow(sentence);
});
