/**
 * `kill -9` at many moments. `test/infra/local/cloud-killed.test.ts` does it at one of each kind. `.ci/run` plays the whole pathway
 * with a kill after a fifth of its acts. So a change of what a referral does fails there, and not first here.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { synthesize } from '../../infra/synthesize.ts';
import { createKilledCloud, isWhole, type KilledCloud, keepAt } from '../support/killed-cloud.ts';
import { eventsIn } from '../support/stage.ts';
import { type Act, addressOf, firstMorning, keeping, meeting, reportOf, screening } from '../support/story.ts';

let cloud: KilledCloud;
beforeAll(async () => {
  await synthesize();
}, 300_000);
beforeEach(async () => {
  cloud = createKilledCloud();
  await cloud.start();
  await cloud.untilMonday();
});
afterEach(() => cloud.remove());

const submit = async (): Promise<string> => {
  const { body } = await cloud.ask(addressOf('careline-worker'), '/reports', { body: reportOf({}), key: 'call 1' });
  return (body.referralIds as string[])[0] ?? '';
};
const again = async (): Promise<void> => {
  await cloud.kill();
  await cloud.start();
};

describe('killed while a report is being taken', () => {
  it.each([0, 2, 5, 10, 20, 40, 80, 160, 320, 640])('%i ms after it was sent', async (milliseconds) => {
    const sent = submit().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    await again();
    await sent;
    const id = await submit();
    await cloud.advance('PT5M');
    expect((await isWhole(cloud, id)).deadlines).toHaveLength(7);
  });
});

describe('killed while the clock is moved', () => {
  it.each([1, 3, 5, 8, 12, 16, 20])('when %i checkpoints have been raised', async (count) => {
    const id = await submit();
    const moving = cloud.advance('PT30H').catch(() => undefined);
    while (eventsIn(await cloud.audit(id), 'checkpoint-raised').length < count);
    await again();
    await moving;
    await cloud.advance('PT5M');
    const { deadlines } = await isWhole(cloud, id);
    expect(deadlines.every(({ status, missed }) => status === 'open' && missed)).toBe(true);
  });

  it.each([1, 3, 5])('by few hours, which the watchdog looks at first, when %i have been raised', async (count) => {
    const id = await submit();
    const moving = cloud.advance('PT4H').catch(() => undefined);
    while (eventsIn(await cloud.audit(id), 'checkpoint-raised').length < count);
    await again();
    await moving;
    await cloud.advance('PT10M');
    const { deadlines } = await isWhole(cloud, id);
    expect(deadlines.filter(({ missed }) => missed).map(({ rule }) => rule)).toEqual(['D1', 'D8']);
  });

  it('again and again, over ten days', async () => {
    const id = await submit();
    for (let round = 0; round < 12; round += 1) {
      const moving = cloud.advance('PT20H').catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 40 * round));
      await again();
      await moving;
    }
    await cloud.untilMonday();
    await isWhole(cloud, id);
  });
});

it.each([
  ['a fifth of the acts', 5],
  ['each act', 1],
])('killed after %s of the whole pathway, it comes to the same end', async (_, step) => {
  const id = await submit();
  let acts = 0;
  const act = async ({ by, command, input = {} }: Act) => {
    const path = `/referrals/${id}/commands/${command}`;
    const { status, body } = await cloud.ask(addressOf(by), path, { body: input });
    expect([command, status, body.detail]).toEqual([command, 200, undefined]);
    acts += 1;
    if (acts % step === 0) await again();
    await cloud.advance('PT1H');
    await isWhole(cloud, id);
  };
  for (const rule of firstMorning) await act(keeping[rule] as Act);
  await act(screening('confirmed'));
  await act(keeping.D10 as Act);
  await act({ by: 'seat:medical', command: 'answer-seat', input: { discipline: 'medical', answer: 'accepted' } });
  await act(meeting({ services: ['education'] }));
  await keepAt(cloud, id, 'D19a', 'D22a');
  await again();
  for (const service of ['victim-advocacy', 'mental-health']) {
    await act({ by: `provider:${service}`, command: 'start-linkage', input: { service } });
  }
  await act(keeping.D20 as Act);
  for (const service of ['medical-acute-forensic', 'education', 'legal', 'substance-use', 'victim-compensation']) {
    await act({ by: 'caseworker', command: 'decline-linkage', input: { service, reasonCode: 'child-declined' } });
  }
  await act(keeping.D33 as Act);
  expect((await cloud.audit(id)).stage).toBe('closed');
});
