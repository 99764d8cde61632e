import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { synthesize } from '../../../infra/synthesize.ts';
import { createKilledCloud, isWhole, type KilledCloud, keepAt } from '../../support/killed-cloud.ts';
import { eventsIn } from '../../support/stage.ts';
import { addressOf, firstMorning, reportOf } from '../../support/story.ts';

let cloud: KilledCloud;
beforeAll(async () => {
  await synthesize();
});
beforeEach(() => {
  cloud = createKilledCloud();
});
afterEach(() => cloud.remove());

it('a process that is killed after a report, in the middle of a wait and after an act loses nothing and doubles nothing', async () => {
  await cloud.start();
  await cloud.untilMonday();
  const taken = await cloud.ask(addressOf('careline-worker'), '/reports', { body: reportOf({}), key: 'call 1' });
  await cloud.kill();
  expect(taken.status).toBe(201);
  const [id = ''] = taken.body.referralIds as string[];

  await cloud.start();
  // The caller cannot know whether the report was taken, so it is submitted again.
  const again = await cloud.ask(addressOf('careline-worker'), '/reports', { body: reportOf({}), key: 'call 1' });
  expect(again.body).toEqual(taken.body);
  await cloud.advance('PT0S');
  expect((await isWhole(cloud, id)).deadlines.map(({ rule }) => rule)).toEqual([
    'D1',
    'D3',
    'D7',
    'D8',
    'D9',
    'D21',
    'D39',
  ]);

  // The clock moves past the due instants of all of them. The process is killed once the first was raised.
  const moving = cloud.advance('PT30H').catch(() => undefined);
  while (eventsIn(await cloud.audit(id), 'checkpoint-raised').length === 0);
  await cloud.kill();
  await moving;

  await cloud.start();
  // A mail may have been leased and not sent when the process died, more than a day ago by now. One of the next four
  // sweeps takes it up. Of half an hour that is moved at once, only the ends are swept.
  for (let sweeps = 0; sweeps < 6; sweeps += 1) await cloud.advance('PT5M');
  const missed = await isWhole(cloud, id);
  expect(missed.deadlines.every((deadline) => deadline.status === 'open' && deadline.missed)).toBe(true);

  await keepAt(cloud, id, ...firstMorning, 'D9');
  await cloud.kill();
  await cloud.start();
  await cloud.advance('PT0S');
  expect(
    (await isWhole(cloud, id)).deadlines.filter(({ status }) => status === 'open').map(({ rule }) => rule),
  ).toEqual(['D10a', 'D29']);
});
