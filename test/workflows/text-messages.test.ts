/** The people that text messages reach in stories of an hour and more, played in this process. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import { addressOf, idOf, report } from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

it('each alert makes one text message to each person, however long it stays unanswered', async () => {
  const id = await report(stage, { danger: 'yes' });
  await stage.hours(1.5);
  const { alerts } = await stage.audit(id);
  const all = alerts.flatMap(({ texts }) => texts);
  expect(all.length).toBeGreaterThan(4);
  for (const { texts: own } of alerts) expect(new Set(own.map(({ personId }) => personId)).size).toBe(own.length);
  expect(new Set(all.map(({ personId }) => personId))).toContain(idOf('director-oncall'));
  await stage.does(addressOf('careline-manager'), id, 'answer-alarm');
});

it('mail that calls no one makes no text message, though the person gave a number', async () => {
  const id = await report(stage, { danger: 'no' });
  await stage.hours(1);
  const { alerts } = await stage.audit(id);
  const texted = alerts.filter(({ texts: own }) => own.length > 0);
  expect(new Set(texted.map(({ checkpoint }) => checkpoint))).toEqual(new Set(['ring']));
  const toOthers = alerts.filter(({ checkpoint }) => checkpoint !== 'ring').flatMap(({ deliveries }) => deliveries);
  expect(toOthers.map(({ personId }) => personId)).toContain(idOf('careline-supervisor'));
  expect(stage.faults).toEqual([]);
});
