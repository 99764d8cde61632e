/** Who is called while a shift runs, in a story in this process. The directory of its functions knows the shifts. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shiftKeeper } from '../../infra/local/samples/shifts.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import { addressOf, idOf, report } from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

/** The first person of this group who got a mail about the referral. */
async function firstTold(id: string, group: string): Promise<string | undefined> {
  const { alerts } = await stage.audit(id);
  return alerts.flatMap(({ deliveries }) => deliveries).find(({ addressedAs }) => addressedAs === group)?.personId;
}

it('the person on shift is called first, though another is first in the directory', async () => {
  const before = await report(stage, { danger: 'yes' });
  expect(await firstTold(before, 'careline-supervisor')).toBe(idOf('careline-supervisor'));

  const shift = `careline-supervisor,state,${addressOf('careline-supervisor', '2')},2026-11-10 08:00,2026-11-10 20:00,203-555-0199,1`;
  const csv = `role,office,person,from,to,phone,order\n${shift}`;
  expect(await stage.asks(shiftKeeper, '/shifts/import', { body: { csv }, key: 'shifts' })).toMatchObject({
    status: 200,
    body: { shifts: 1 },
  });
  const after = await report(stage, { danger: 'yes' });
  expect(await firstTold(after, 'careline-supervisor')).toBe(idOf('careline-supervisor', 2));
});
