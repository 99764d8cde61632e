/** Runs that are lost, in several ways. The next generation takes over, and every deadline is still raised once. */
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn } from '../support/stage.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import {
  addressOf,
  besides,
  deadlineOf,
  firstMorning,
  keep,
  keeping,
  play,
  report,
  screening,
} from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

/** Name behind the reference and status: `-g1 RUNNING`, `.G1-g2 SUCCEEDED`. */
const runs = async (id: string, of = '') =>
  stage
    .executions(id)
    .map(({ name, status }) => `${name.slice(id.length)} ${status}`)
    .filter((run) => run.startsWith(of))
    .toSorted();

const stop = (name: string) => stage.stopRun(name);

const raisedFor = async (id: string, rule: string) =>
  eventsIn(await stage.audit(id), 'checkpoint-raised')
    .filter(({ deadlineId }) => deadlineId === `${id}.${rule}.1`)
    .map(({ kind }) => kind);

const deleteWait = (referralId: string, runId: string) =>
  stage.deleteItem('Waits', { pk: { S: referralId }, sk: { S: runId } });

/** Moves to nine in the morning of the next day in New York. */
async function untilMorning(): Promise<void> {
  const local = Temporal.Instant.from(stage.now()).toZonedDateTimeISO('America/New_York');
  const date = local.toPlainDate().add({ days: 1 });
  const nine = date.toZonedDateTime({ timeZone: local.timeZoneId, plainTime: '09:00' });
  await stage.until(nine.toInstant().toString());
}

const nothingTwice = (id: string) => {
  const mails = stage.mails(id).map(({ at, to, subject }) => `${at} ${to} ${subject}`);
  expect(mails).toHaveLength(new Set(mails).size);
};

describe('a run that is too old', () => {
  it('hands over after 300 days, and the next generation carries on to the end', async () => {
    const id = await report(stage);
    const begun = Date.parse(stage.now());
    await keep(stage, id, ...firstMorning);
    const { id: deadlineId } = deadlineOf(await stage.view(id), 'D9');
    await play(stage, id, {
      by: 'hart-lead',
      command: 'extend-deadline',
      input: { deadlineId, due: new Date(begun + 2 * 86_400_000).toISOString(), reason: 'An invented reason.' },
    });
    await stage.hours(24 * 330);
    expect(await runs(id)).toEqual(
      [
        '-g1',
        '-g2',
        '.D1.1-g1',
        '.D21.1-g1',
        '.D24A.1-g1',
        '.D39.1-g1',
        '.D7.1-g1',
        '.D8.1-g1',
        '.D9.1-g1',
        '.D9.1-g2',
        '.G1-g1',
      ].map((run) => `${run} ${run.endsWith('g2') ? 'RUNNING' : 'SUCCEEDED'}`),
    );
    const handed = eventsIn(await stage.audit(id), 'run-handed-over');
    expect(handed.map(({ run }) => run).toSorted()).toEqual([id, deadlineId]);
    const ages = handed.map(({ committedAt }) => (Date.parse(committedAt) - begun) / 86_400_000);
    for (const days of ages) expect(days).toBeGreaterThan(300);
    expect([...new Set(await raisedFor(id, 'D9'))]).toEqual(['remind', 'warn', 'due', 'escalate']);

    await keep(stage, id, 'D9', 'D29', 'D33');
    expect((await stage.view(id)).stage).toBe('closed');
    expect((await runs(id)).filter((run) => run.endsWith('RUNNING'))).toEqual([]);
    expect((await stage.audit(id)).chain.intact).toBe(true);
    expect(stage.mails(id).filter(({ to }) => to === addressOf('hart-liaison')).length).toBeGreaterThan(2);
  });
});

describe('a run that an operator stops', () => {
  it('of a deadline is followed by the next generation, which raises every checkpoint at its instant', async () => {
    const id = await report(stage);
    const begun = Date.parse(stage.now());
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D39', 'D9', 'D29');
    await stop(`${id}.G1-g1`);
    expect(await runs(id, '.G')).toEqual(['.G1-g1 ABORTED', '.G1-g2 RUNNING']);
    expect(eventsIn(await stage.audit(id), 'run-lost')).toMatchObject([
      { run: `${id}.G1`, generation: 1, by: 'record-lost-run', committedAt: stage.now() },
    ]);

    await stage.hours(10);
    await stop(`${id}.G1-g2`);
    await stage.hours(6);
    const raised = eventsIn(await stage.audit(id), 'checkpoint-raised').filter(
      ({ deadlineId }) => deadlineId === `${id}.D3.1`,
    );
    const minutes = (at: string) => (Date.parse(at) - begun) / 60_000;
    const planned = raised.filter(({ kind }) => kind !== 'ring');
    expect(planned.map(({ kind, at }) => [kind, minutes(at) / 60])).toEqual([
      ['remind', 6],
      ['warn', 9],
      ['due', 12],
      ['escalate', 15],
    ]);
    // It calls every ten minutes for two hours and then less often. Once it is missed, doing it helps this child no more.
    const everyTen = (from: number) => Array.from({ length: 15 }, (_, index) => from + 10 * index);
    const calls = raised.filter(({ kind }) => kind === 'ring').map(({ at }) => minutes(at));
    expect(calls).toEqual([...everyTen(9 * 60), 700]);
    nothingTwice(id);
    await keep(stage, id, 'D3');
    expect(await runs(id, '.G')).toEqual(['.G1-g1 ABORTED', '.G1-g2 ABORTED', '.G1-g3 SUCCEEDED']);
  });

  it('of two duties is followed by one that raises each; a tick of one ends neither the run nor the calls of the other', async () => {
    const id = await report(stage, { perpetrators: ['third-party'] });
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D9', 'D29');
    expect((await stage.audit(id)).runs).toContainEqual({
      run: `${id}.G1`,
      execution: `${id}.G1-g1`,
      waitsFor: 'people',
      group: 'police-notice',
      deadlineIds: [`${id}.D3.1`, `${id}.D4.1`],
    });
    await stop(`${id}.G1-g1`);
    await stage.hours(10);
    const ringsOf = async (rule: string) => (await raisedFor(id, rule)).filter((kind) => kind === 'ring').length;
    const before = [await ringsOf('D3'), await ringsOf('D4')];
    expect(before).toEqual([7, 7]);
    await keep(stage, id, 'D3');
    expect(await runs(id, '.G')).toEqual(['.G1-g1 ABORTED', '.G1-g2 RUNNING']);
    // Lost again, with one duty kept and one open.
    await stop(`${id}.G1-g2`);
    expect(eventsIn(await stage.audit(id), 'run-lost').map(({ run }) => run)).toEqual([`${id}.G1`, `${id}.G1`]);
    await stage.hours(3);
    expect(await ringsOf('D3')).toBe(7);
    // It calls until it is missed.
    expect(await ringsOf('D4')).toBe(16);
    const rest = (kinds: readonly string[]) => kinds.filter((kind) => kind !== 'ring');
    expect([rest(await raisedFor(id, 'D3')), rest(await raisedFor(id, 'D4'))]).toEqual([
      ['remind', 'warn'],
      ['remind', 'warn', 'due'],
    ]);
    nothingTwice(id);
    await keep(stage, id, 'D4');
    expect(await runs(id, '.G')).toEqual(['.G1-g1 ABORTED', '.G1-g2 ABORTED', '.G1-g3 SUCCEEDED']);
  });

  it('of a referral before its screening and after is followed by the next, and no step is taken twice', async () => {
    // At night the invitations to the team would wait for the morning.
    await untilMorning();
    const id = await report(stage);
    await stop(`${id}-g1`);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('confirmed'));
    await stop(`${id}-g2`);
    expect(await runs(id, '-g')).toEqual(['-g1 ABORTED', '-g2 ABORTED', '-g3 RUNNING']);
    const audit = await stage.audit(id);
    for (const type of ['roster-drawn', 'mdt-invited', 'services-opened', 'eligibility-proposed'] as const) {
      expect(eventsIn(audit, type)).toHaveLength(1);
    }
    const opened = audit.deadlines.map(({ rule, subject }) => `${rule} ${subject}`);
    expect(opened).toHaveLength(new Set(opened).size);

    // The third generation takes what comes, as the first would have.
    await keep(stage, id, 'D10', 'D15');
    await play(stage, id, ...besides);
    for (const service of ['medical-acute-forensic', 'victim-advocacy', 'mental-health']) {
      const input = { service, reasonCode: 'child-declined' };
      await play(stage, id, { by: 'caseworker', command: 'decline-linkage', input });
    }
    await keep(stage, id, 'D33');
    expect(await runs(id, '-g')).toEqual(['-g1 ABORTED', '-g2 ABORTED', '-g3 SUCCEEDED']);
    nothingTwice(id);
  });

  it('of a deadline that is over by then has no successor', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning, 'D9', 'D29', 'D33');
    const before = await runs(id);
    await stop(`${id}.G1-g1`);
    expect(await runs(id)).toEqual(before);
    expect(eventsIn(await stage.audit(id), 'run-lost')).toEqual([]);
  });
});

describe('a lost message', () => {
  it('about a wait that is no longer stored is repaired by the sweep, and the deadline is raised once', async () => {
    const id = await report(stage);
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D39', 'D9', 'D29');
    deleteWait(id, `${id}.G1`);
    await stage.hours(0.25);
    const audit = await stage.audit(id);
    expect(eventsIn(audit, 'swept').map(({ found }) => found)).toEqual(['lost-run']);
    expect(eventsIn(audit, 'run-lost')).toMatchObject([{ run: `${id}.G1`, by: 'sweep' }]);
    await stage.hours(11);
    // Its calls began nine hours after the report, every ten minutes.
    expect(await raisedFor(id, 'D3')).toEqual(['remind', 'warn', ...Array(14).fill('ring')]);
    // The run that was only forgotten has found that another has taken over.
    expect(await runs(id, '.G')).toEqual(['.G1-g1 SUCCEEDED', '.G1-g2 RUNNING']);
    nothingTwice(id);
    await keep(stage, id, 'D3', 'D33');
    expect(stage.givenUp()).toBe(0);
    expect(stage.faults).toEqual([]);
  });

  it('is repaired beside a bad row of the waits, which delays neither its own referral nor another', async () => {
    const id = await report(stage);
    const others = [await report(stage), await report(stage)];
    for (const each of [id, ...others]) await keep(stage, each, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D39', 'D9', 'D29');
    stage.putItem('Waits', { pk: { S: id }, sk: { S: 'BROKEN' } });
    for (const other of others) deleteWait(other, `${other}.G1`);
    await stage.hours(0.25);
    for (const other of others) expect(eventsIn(await stage.audit(other), 'run-lost')).toHaveLength(1);

    const { status } = await stage.tries(addressOf('careline-worker'), id, 'notify-police', keeping.D3?.input);
    // The reaction passes the bad row over, and resumes the run.
    expect([status, await runs(id, '.G')]).toEqual([200, ['.G1-g1 SUCCEEDED']]);
    nothingTwice(id);
    for (const other of others) await keep(stage, other, 'D3');
    for (const each of [id, ...others]) {
      await keep(stage, each, 'D33');
      expect((await stage.view(each)).stage).toBe('closed');
    }
    expect(stage.givenUp()).toBe(0);
  });
});
