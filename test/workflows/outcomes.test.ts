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
  meeting,
  play,
  report,
  reportOf,
  screening,
  standing,
} from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

const started = (service: string) => [
  { by: `provider:${service}`, command: 'accept-linkage', input: { service } },
  { by: `provider:${service}`, command: 'start-linkage', input: { service } },
];
const declined = (service: string) => ({
  by: 'caseworker',
  command: 'decline-linkage',
  input: { service, reasonCode: 'child-declined' },
});

/** What became of a service is asked long after closing, by runs that wait for it. */
const isFollowUp = (name: string) => /(^|\.)D36[ABC]?/i.test(name);

/**
 * Everything has ended: the referral, and each of its runs but those that follow a service. Nothing failed on the way.
 */
async function isOver(id: string): Promise<void> {
  const audit = await stage.audit(id);
  expect(audit).toMatchObject({ stage: 'closed', chain: { intact: true }, alertChainsIntact: true });
  expect(audit.waits.filter(({ run }) => !isFollowUp(run))).toEqual([]);
  expect(audit.deadlines.filter(({ status, rule }) => status === 'open' && !isFollowUp(rule))).toEqual([]);
  const executions = stage.executions(id);
  const ended = executions.filter(({ name }) => !isFollowUp(name));
  expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  const following = executions.filter(({ name }) => isFollowUp(name));
  expect(following.every(({ status }) => status === 'RUNNING')).toBe(true);
  expect(executions.map(({ name }) => name).toSorted()).toEqual(
    audit.runs.map(({ execution }) => execution).toSorted(),
  );
  expect(stage.givenUp()).toBe(0);
  expect(stage.faults).toEqual([]);
}

describe('each outcome of the screening goes its own way to its end', () => {
  it('confirmed: team, decision and every service, and then the final review', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await stage.hours(2);
    await play(stage, id, screening('confirmed'));

    const open = await stage.view(id);
    expect(open.proposal).toMatchObject({ outcome: 'basis-trafficking', row: 6 });
    expect(standing(open).filter((each) => !each.endsWith(' kept'))).toEqual([
      'D10 open',
      'D10a open',
      'D15 open',
      'D19a open',
      'D20 open',
      'D22a open',
      // The fourth is about substance use, which stands apart from who reads this.
      'D23 open',
      'D23 open',
      'D23 open',
      'D35a open',
    ]);
    // The invitation went out and was delivered in the same instant, and the clock of the meeting began with it.
    expect(deadlineOf(open, 'D15')).toMatchObject({ status: 'open', start: stage.now() });
    const invited = stage.mails(id).filter(({ at, to }) => at === stage.now() && to.startsWith('mdt.'));
    expect(new Set(invited.map(({ to }) => to))).toEqual(
      new Set([addressOf('mdt-coordinator'), ...open.seats.map(({ discipline }) => addressOf(`seat:${discipline}`))]),
    );

    await play(stage, id, {
      by: 'area-supervisor',
      command: 'decide-eligibility',
      input: {
        outcome: 'basis-trafficking',
        definitionBasis: '53a-192a',
        legalConsulted: 'no',
        rationale: 'Invented reasons.',
      },
    });
    await play(stage, id, {
      by: 'seat:medical',
      command: 'answer-seat',
      input: { discipline: 'medical', answer: 'accepted' },
    });
    await stage.hours(20);
    await play(stage, id, meeting({ services: ['education'] }));
    expect((await stage.view(id)).linkages.education).toMatchObject({ status: 'needed' });

    await keep(stage, id, 'D19a', 'D22a');
    await stage.hours(3);
    await play(stage, id, ...started('victim-advocacy'), ...started('mental-health'));
    await play(stage, id, declined('medical-acute-forensic'));
    expect((await stage.view(id)).closureOpened).toBe(false);
    await play(stage, id, ...besides);

    expect(deadlineOf(await stage.view(id), 'D33')).toMatchObject({ status: 'open', start: stage.now() });
    await keep(stage, id, 'D33');
    const left = standing(await stage.view(id)).filter((each) => !each.endsWith(' kept'));
    expect(left).toEqual(['D10a ended', 'D16 ended', 'D36a open']);
    await isOver(id);
  });

  it('high-risk: services on reasonable belief, and the team within five business days', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('high-risk'));
    const open = await stage.view(id);
    expect(open.proposal).toMatchObject({ outcome: 'services-only' });
    expect(open.linkages['medical-acute-forensic']).toBeUndefined();
    expect(deadlineOf(open, 'D15').why).toContain('5 business days');

    await play(stage, id, {
      by: 'area-supervisor',
      command: 'decide-eligibility',
      input: {
        outcome: 'services-only',
        definitionBasis: 'tvpa',
        legalConsulted: 'no',
        rationale: 'Invented reasons.',
      },
    });
    await play(stage, id, declined('victim-advocacy'), declined('mental-health'), meeting(), ...besides);
    await keep(stage, id, 'D33');
    await isOver(id);
  });

  it('at-risk: prevention, one more screening after 30 days, and no third one', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('at-risk'), declined('prevention'));
    const open = await stage.view(id);
    expect(deadlineOf(open, 'D28').why).toContain('30 calendar days');
    expect(standing(open)).not.toContainEqual(expect.stringMatching(/^D1(0|4|5) /));

    await stage.hours(24 * 14);
    expect(
      await stage.tries(addressOf('area-supervisor'), id, 'close-referral', { review: 'Too early.' }),
    ).toMatchObject({
      status: 409,
      body: { code: 'not-ready', detail: expect.stringContaining('(rule D28)') },
    });
    await play(stage, id, screening('at-risk'));
    const again = await stage.view(id);
    expect(again.deadlines.filter(({ rule }) => rule === 'D28').map(({ status }) => status)).toEqual(['kept']);
    await keep(stage, id, 'D33');
    await isOver(id);
  });

  it('insufficient-info: screened again within 72 hours, and never closed before the child is back', async () => {
    const id = await report(stage, { missingNow: 'yes' });
    // A missing child cannot be seen.
    await keep(stage, id, ...firstMorning.filter((rule) => rule !== 'D39'), 'D12a', 'D12b');
    await play(stage, id, screening('insufficient-info'));
    expect(deadlineOf(await stage.view(id), 'D28').why).toContain('72 hours');

    await stage.hours(70);
    await play(stage, id, screening('insufficient-info'));
    const waiting = await stage.view(id);
    expect(
      waiting.deadlines
        .filter(({ rule }) => rule === 'D28')
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['kept', 'open']);
    await stage.hours(1);
    expect(await stage.tries(addressOf('area-supervisor'), id, 'close-referral', { review: 'No.' })).toMatchObject({
      status: 409,
      body: {
        detail: expect.stringMatching(/The child is missing\..*A screening without enough information never closes\./),
      },
    });

    await play(stage, id, { by: 'caseworker', command: 'record-return' });
    const back = await stage.view(id);
    expect(
      back.deadlines
        .filter(({ rule }) => rule === 'D9')
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['kept', 'open']);
    await play(stage, id, screening('not-indicated'));
    await keep(stage, id, 'D13', 'D39', 'D29', 'D33');
    await isOver(id);
    expect(eventsIn(await stage.audit(id), 'screened').map(({ outcome }) => outcome)).toEqual([
      'insufficient-info',
      'insufficient-info',
      'not-indicated',
    ]);
  });

  it('not-indicated: a supervisor signs off, and the final review closes it', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning, 'D9', 'D29');
    expect(standing(await stage.view(id))).toContain('D33 open');
    await keep(stage, id, 'D33');
    await isOver(id);
  });
});

describe('reaching a deadline early, twice or after the event', () => {
  it('keeps what a person does before the run has opened its clock, and a second notice changes nothing', async () => {
    const worker = addressOf('careline-worker');
    const { command = '', input } = keeping.D3 ?? {};
    // Straight after one another, with nothing at rest in between.
    const { body } = await stage.asks(worker, '/reports', { body: reportOf({}) });
    const [id = ''] = body.referralIds as string[];
    await stage.does(worker, id, command, input);
    const first = deadlineOf(await stage.view(id), 'D3');
    expect(first).toMatchObject({ status: 'kept', late: false, keptAt: stage.now() });

    await stage.does(worker, id, command, input);
    expect(deadlineOf(await stage.view(id), 'D3')).toEqual(first);
    expect((await stage.view(id)).deadlines.map(({ rule }) => rule).toSorted()).toEqual([
      'D1',
      'D21',
      'D3',
      'D39',
      'D7',
      'D8',
      'D9',
    ]);
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D39', 'D9', 'D29', 'D33');
    await isOver(id);
  });

  it('takes an act by phone with its true earlier time, so that a late entry of a timely notice is no miss', async () => {
    const id = await report(stage);
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D9', 'D21', 'D39', 'D29');
    const reachedAt = new Date(Date.parse(stage.now()) + 11 * 3_600_000).toISOString();
    await stage.hours(13);
    expect(deadlineOf(await stage.view(id), 'D3')).toMatchObject({ status: 'open', missed: true });
    await play(stage, id, {
      by: 'careline-worker',
      command: 'notify-police',
      input: { ...keeping.D3?.input, at: reachedAt },
    });
    expect(deadlineOf(await stage.view(id), 'D3')).toMatchObject({
      status: 'kept',
      late: false,
      keptAt: reachedAt,
      owesExplanation: false,
    });
    await keep(stage, id, 'D33');
    await isOver(id);
  });
});
