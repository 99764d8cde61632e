/**
 * Text messages in the embedded cloud. One call is not answered, another is answered in time, and the inbox shows the
 * messages. How many there are in longer stories is in test/workflows/text-messages.test.ts.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stage, stageCloud } from '../../support/stage-cloud.ts';
import { addressOf, idOf, report } from '../../support/story.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageCloud();
});
afterAll(() => stage.stop());

interface Sent {
  readonly at: string;
  readonly to: string;
  readonly body: string;
}
const inbox = async (accept = 'application/json') => {
  const answer = await fetch(`${stage.cloud.endpointUrl}/_local/texts`, { headers: { accept } });
  return answer.text();
};
const texts = async () => JSON.parse(await inbox()) as readonly Sent[];
const minutes = (amount: number) => stage.hours(amount / 60);
const canary = (name: string) => `CANARY-${name}`;

/** The text messages in the chains of alerts: the person, and what became of it. */
const recorded = async (referralId: string) =>
  (await stage.audit(referralId)).alerts.flatMap((alert) =>
    alert.texts.map((text) => ({ rule: alert.deadlineId, ...text })),
  );

it('a call that is answered within five minutes makes no text message', async () => {
  const id = await report(stage, { danger: 'yes' });
  await minutes(3);
  await stage.does(addressOf('careline-manager'), id, 'answer-alarm');
  await minutes(12);
  expect(await recorded(id)).toEqual([]);
  expect(await texts()).toEqual([]);
});

it('the people on call get one sentence after five minutes, when a child is in danger and no one answers', async () => {
  const id = await report(
    stage,
    { danger: 'yes', name: canary('CHILD'), birthDate: '2012-03-04', safeContact: canary('CONTACT') },
    { narrative: canary('NARRATIVE'), reporter: { name: canary('REPORTER'), phone: '203-555-0171' } },
  );
  await minutes(4);
  expect(await texts()).toEqual([]);
  await minutes(6);
  const sent = await texts();
  const people = new Set((await recorded(id)).map(({ personId }) => personId));
  expect(people).toEqual(new Set([idOf('careline-supervisor'), idOf('area-oncall')]));
  expect(sent).toHaveLength(people.size);
  for (const { body } of sent) expect(body).toMatch(/^Careline, URGENT: [^\d]+(\d{3}-555-01\d\d)?$/);
  for (const text of await recorded(id)) {
    expect(text).toMatchObject({ status: 'sent' });
    expect(JSON.stringify(text)).not.toMatch(/\d{3}-?555/);
  }
  const page = await inbox('text/html');
  expect(page).toContain('Careline, URGENT: ');
  for (const all of [page, JSON.stringify(sent)]) {
    expect(all).not.toContain('CANARY');
    expect(all).not.toContain(id);
    expect(all).not.toContain('203-555-0171');
  }
  // The staff of the referral see that a text message went out, and when.
  const ringing = (await stage.view(id)).deadlines.filter(({ rule }) => ['D1', 'D6'].includes(rule));
  expect(ringing.map(({ rule }) => rule).toSorted()).toEqual(['D1', 'D6']);
  await stage.does(addressOf('careline-manager'), id, 'answer-alarm');
  expect(stage.cloud.failures()).toEqual([]);
  expect(stage.faults).toEqual([]);
});
