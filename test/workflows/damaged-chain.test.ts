/** A referral whose chain is damaged, and what becomes of a later report of the same child. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventsIn } from '../support/stage.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import { play, report, screening } from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

const known = { name: 'Aspen Example', birthDate: '2012-05-01' };

/** An intruder with full rights puts a row that can be no commit in place of the first. */
function damage(id: string): void {
  const [text, prev] = [{ S: 'This is no commit.' }, { S: 'none' }];
  stage.putItem('Ledger', { pk: { S: `referral#${id}` }, seq: { N: '1' }, body: text, prev, hash: prev });
}

it('does not stop the pathway of a new referral, which asks about the readable ones', async () => {
  const damaged = await report(stage, known);
  const readable = await report(stage, known);
  damage(damaged);
  const id = await report(stage, known);
  expect((await stage.view(id)).candidates).toEqual([readable]);
  await play(stage, id, screening('confirmed'));
  const audit = await stage.audit(id);
  const has = (type: Parameters<typeof eventsIn>[1]) => eventsIn(audit, type).length > 0;
  expect(
    ['eligibility-proposed', 'roster-drawn', 'mdt-invited', 'services-opened'].filter((type) => !has(type as never)),
  ).toEqual([]);
  expect(stage.executions(`${id}-`).map(({ name, status }) => `${name} ${status}`)).toEqual([`${id}-g1 RUNNING`]);
  // The fault of the step names the referral that could not be read.
  expect(stage.faults.filter((line) => line.includes(damaged)).length).toBeGreaterThan(0);
});
