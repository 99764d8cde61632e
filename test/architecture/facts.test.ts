/** Pages and API read a referral and its audit only from where the class of each field decides. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const whole = /\b(viewFor|viewReferral|auditReferral|viewDeadline)\b/;

test('no function reads a whole referral or a whole audit', () => {
  const files = readdirSync('functions', { recursive: true, encoding: 'utf8' }).filter((file) => /[.]tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => whole.test(readFileSync(join('functions', file), 'utf8')))).toEqual([]);
});
