/**
 * Each grant of the stack is used. The stories are played through the embedded cloud, which records every call that a
 * role's policies allowed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTemplate } from '../../../../infra/local/template/template.ts';
import { synthesize } from '../../../../infra/synthesize.ts';
import { type Stage, stageCloud } from '../../../support/stage-cloud.ts';
import { createUse, exceptions, type Grant, grantsIn, nameOf, pageOf, storyThatUsed } from './grants.ts';
import { stories, storiesBegin } from './stories.ts';

const use = createUse();
let stage: Stage;
let grants: readonly Grant[];
beforeAll(async () => {
  const { folder } = await synthesize();
  grants = grantsIn(readTemplate(folder));
  stage = await stageCloud(storiesBegin, { onAllowed: use.note });
  for (const { name, does } of stories) {
    use.during(name);
    await does(stage);
    await stage.cloud.rest();
  }
}, 600_000);
afterAll(() => stage.stop());

const exceptionOf = (grant: Grant) => exceptions.find(({ matches }) => matches(grant));
const isUsed = (grant: Grant) => storyThatUsed(grant, use.calls()) !== undefined;

test('the stories run without a fault but the four that they bring about', () => {
  const told = [
    'The policy names roles that no one holds.',
    'A chain of the ledger is not as it was written, or came on another day than its key.',
    'A chain of the ledger is not as it was anchored.',
    'People cannot change a record until a supervisor has confirmed it.',
  ];
  for (const words of told) expect(stage.faults.filter((fault) => fault.includes(words)).length).toBeGreaterThan(0);
  expect(stage.faults.filter((fault) => !told.some((words) => fault.includes(words)))).toEqual([]);
});

test('each grant is used by a story, or has a reason why none can use it', () => {
  expect(grants.length).toBeGreaterThan(150);
  const unused = grants.filter((grant) => !isUsed(grant) && !exceptionOf(grant));
  expect(unused.map(nameOf), 'Take the grant out of infra/careline-stack.ts, or add a story that needs it.').toEqual(
    [],
  );
});

test('each exception is for grants that the stack has and no story uses', () => {
  const needless = exceptions.filter(({ matches, byChance }) => {
    const covered = grants.filter(matches);
    return covered.length === 0 || (byChance !== true && covered.some(isUsed));
  });
  expect(needless.map(({ because }) => because)).toEqual([]);
});

test('docs/grants.md lists every grant (write it anew with `npx vitest run -u` on this file)', async () => {
  await expect(pageOf(grants)).toMatchFileSnapshot('../../../../docs/grants.md');
});
