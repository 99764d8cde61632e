/**
 * What may change on the way: a late report, danger ruled out, a withdrawal, another screening. Each comes at several
 * stages.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn } from '../support/stage.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import {
  addressOf,
  besides,
  deadlineOf,
  firstMorning,
  keep,
  play,
  report,
  screening,
  standing,
} from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => {
  expect(stage.givenUp()).toBe(0);
  expect(stage.faults).toEqual([]);
  return stage.stop();
});

const withdraw = [
  {
    by: 'careline-supervisor',
    command: 'propose-withdrawal',
    input: { because: 'made-in-error', reason: 'An invented reason.' },
  },
  { by: 'careline-manager', command: 'agree-withdrawal' },
];

/** `.D9.1-g1` for a deadline's run, `-g1` for the referral's own. */
const running = async (id: string) =>
  stage
    .executions(id)
    .filter(({ status }) => status === 'RUNNING')
    .map(({ name }) => name.slice(id.length));
const outcomes = (view: { readonly screenings: readonly { readonly outcome: string }[] }) =>
  view.screenings.map(({ outcome }) => outcome);
const of = (view: Parameters<typeof standing>[0], rule: string) =>
  view.deadlines.filter((deadline) => deadline.rule === rule).map(({ status }) => status);

describe('a report that is entered thirteen hours after it was received', () => {
  let id: string;
  let enteredAt: string;
  beforeAll(async () => {
    enteredAt = stage.now();
    const receivedAt = new Date(Date.parse(stage.now()) - 13 * 3_600_000).toISOString();
    id = await report(stage, {}, { receivedAt });
    // A run waits for one second at least.
    await stage.hours(1 / 3600);
  });

  it('raises at once what is past, from its own receipt, and says when it was entered', async () => {
    const view = await stage.view(id);
    expect(Date.parse(view.recordedAt) - Date.parse(view.receivedAt)).toBe(13 * 3_600_000);
    expect(standing(view)).toEqual([
      'D1 open missed',
      'D21 open',
      'D3 open missed',
      'D39 open',
      'D7 open',
      'D8 open missed',
      'D9 open',
    ]);
    const raised = eventsIn(await stage.audit(id), 'checkpoint-raised');
    const of = (rule: string) =>
      raised.filter(({ deadlineId }) => deadlineId === `${id}.${rule}.1`).map(({ kind }) => kind);
    expect(of('D1')).toEqual(['ring', 'remind', 'warn', 'due', 'escalate']);
    expect(of('D3')).toEqual(['ring', 'remind', 'warn', 'due']);
    expect(of('D7')).toEqual(['remind']);
    // D1 rings in the commit that opens it, before any run of it starts. D3 is overdue too, and rings with it.
    const [call, together, ...others] = raised;
    expect(call).toMatchObject({ deadlineId: `${id}.D1.1`, kind: 'ring', committedAt: enteredAt });
    expect(together).toMatchObject({ deadlineId: `${id}.D3.1`, kind: 'ring', committedAt: enteredAt });
    expect(new Set(others.map(({ committedAt }) => committedAt))).toEqual(new Set([stage.now()]));
  });

  it('alerts once for each, at its most severe', () => {
    const to = (words: string, at: string) =>
      stage
        .mails(id)
        .filter((mail) => mail.at === at && mail.subject.startsWith(words))
        .map((mail) => mail.to)
        .toSorted();
    const first = (...roles: readonly string[]) => roles.map((role) => addressOf(role)).toSorted();
    // What is overdue already calls at once the director on call, the people of the escalation and its own people.
    expect(to('URGENT, OVERDUE: accept report or not', enteredAt)).toEqual(
      first('careline-supervisor', 'careline-manager', 'director-oncall'),
    );
    expect(to('URGENT, OVERDUE: notify police', enteredAt)).toEqual(
      first('careline-worker', 'hart-liaison', 'area-director', 'hart-director'),
    );
    expect(stage.mails(id).filter(({ at, subject }) => at !== enteredAt && subject.startsWith('URGENT'))).toEqual([]);
    // Doing them late helps no child in danger. From then on they are mail of a miss, and call no one.
    const missed = stage.mails(id).filter(({ subject }) => /^(OVERDUE|ESCALATED): /.test(subject));
    expect(missed.map(({ to: each }) => each)).toEqual(
      expect.arrayContaining(first('careline-supervisor', 'careline-manager')),
    );
    expect(to('Reminder: respond', stage.now())).toEqual([addressOf('careline-supervisor')]);
  });

  it('calls no one else within the hour', async () => {
    const called = () => stage.mails(id).filter(({ subject }) => subject.startsWith('URGENT')).length;
    const before = called();
    await stage.hours(1);
    expect(called()).toBe(before);
  });
});

describe('danger', () => {
  it('that is unknown runs the two hours until two people say no; then the longer clock runs from receipt', async () => {
    const id = await report(stage, { danger: 'unknown' });
    const received = stage.now();
    expect(of(await stage.view(id), 'D6')).toEqual(['open']);
    await stage.hours(0.75);
    const reason = 'An invented reason.';
    await play(stage, id, { by: 'careline-worker', command: 'assess-danger', input: { danger: 'no', reason } });
    expect(of(await stage.view(id), 'D6')).toEqual(['open']);
    await play(stage, id, { by: 'area-supervisor', command: 'agree-lowering', input: {} });
    const view = await stage.view(id);
    expect(of(view, 'D6')).toEqual(['not-applicable']);
    expect(deadlineOf(view, 'D7')).toMatchObject({ status: 'open', start: received });
    expect(await running(id)).not.toContain('.D6.1-g1');
    await stage.hours(2);
    expect(
      stage.mails(id).filter(({ subject }) => /^(?:Reminder|Due soon|OVERDUE|ESCALATED): respond/.test(subject)),
    ).toEqual([]);

    await play(stage, id, { by: 'caseworker', command: 'assess-danger', input: { danger: 'yes' } });
    expect(of(await stage.view(id), 'D6')).toEqual(['not-applicable', 'open']);
    await keep(stage, id, 'D6');
    expect(of(await stage.view(id), 'D7')).toEqual(['kept']);
    await play(stage, id, ...withdraw);
    await keep(stage, id, 'D1', 'D3');
  });
});

describe('a withdrawal', () => {
  it('takes two people, and is only for an error or a duplicate', async () => {
    const id = await report(stage);
    const supervisor = addressOf('careline-supervisor');
    expect(
      await stage.tries(supervisor, id, 'propose-withdrawal', { because: 'reporter', reason: 'No.' }),
    ).toMatchObject({
      status: 400,
    });
    await stage.does(supervisor, id, 'propose-withdrawal', withdraw[0]?.input);
    expect(await stage.tries(supervisor, id, 'agree-withdrawal')).toMatchObject({
      status: 409,
      body: { code: 'second-person' },
    });
    await stage.does(addressOf('careline-supervisor', '2'), id, 'agree-withdrawal');
    await keep(stage, id, 'D1', 'D3', 'D7');
  });

  it('before the screening ends the clocks of policy and their runs; the clocks of law run on until they are kept', async () => {
    const id = await report(stage);
    await play(stage, id, ...withdraw);
    expect(standing(await stage.view(id))).toEqual([
      'D1 open',
      'D21 ended',
      'D3 open',
      'D37b kept',
      'D39 ended',
      'D7 open',
      'D8 ended',
      'D9 ended',
    ]);
    expect((await running(id)).toSorted()).toEqual(['.D1.1-g1', '.D7.1-g1', '.G1-g1']);
    expect((await stage.tries(addressOf('hart-liaison'), id, 'screen', screening('at-risk').input)).status).toBe(409);

    await stage.hours(0.6);
    const about = (words: RegExp) =>
      stage
        .mails(id)
        .filter(({ subject }) => words.test(subject))
        .map(({ to }) => to);
    expect(about(/^URGENT: accept report or not/)).toContain(addressOf('careline-supervisor'));
    // Once it is missed, it is mail to its people, and calls no one.
    expect(about(/^URGENT, OVERDUE: accept report/)).toEqual([]);
    expect(about(/^(OVERDUE|ESCALATED): accept report/)).toContain(addressOf('careline-supervisor'));
    await keep(stage, id, 'D1', 'D3', 'D7');
    expect(await running(id)).toEqual([]);
  });

  it('after the team was invited ends the meeting and every service that waits, for the team too', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('confirmed'));
    await keep(stage, id, 'D19a');
    const medical = addressOf('seat:medical');
    const waits = async () =>
      ((await stage.asks(medical, '/tasks')).body.rows as { referralId: string }[]).filter(
        ({ referralId }) => referralId === id,
      ).length;
    expect(await waits()).toBe(1);

    await play(stage, id, ...withdraw);
    const view = await stage.view(id);
    expect(view.deadlines.filter(({ status }) => status === 'open')).toEqual([]);
    expect(of(view, 'D15')).toEqual(['ended']);
    expect(of(view, 'D19b')).toEqual(['ended']);
    expect(await waits()).toBe(0);
    expect(await running(id)).toEqual([]);
    // The next morning's digest tells of the end, and after it there is nothing more to tell.
    const mails = stage.mails(id).length;
    await stage.hours(24);
    const told = stage.mails(id).slice(mails);
    expect(
      told
        .map(({ subject }) => subject)
        .filter((subject) => !/^(Daily summary|Stop work: referral withdrawn)/.test(subject)),
    ).toEqual([]);
    await stage.hours(48);
    expect(stage.mails(id)).toHaveLength(mails + told.length);
  });

  it('ends an open final review as well', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning, 'D9', 'D29');
    expect(of(await stage.view(id), 'D33')).toEqual(['open']);
    await play(stage, id, ...withdraw);
    expect(of(await stage.view(id), 'D33')).toEqual(['ended']);
    expect(await running(id)).toEqual([]);
    expect((await stage.tries(addressOf('area-supervisor'), id, 'close-referral', { review: 'No.' })).status).toBe(409);
  });
});

describe('another screening', () => {
  it('with a higher outcome in the same minute leaves open only the clocks of that outcome', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('at-risk'), screening('confirmed'));
    const view = await stage.view(id);
    expect(of(view, 'D28')).toEqual(['kept']);
    expect([of(view, 'D10'), of(view, 'D15')]).toEqual([['open'], ['open']]);
    expect(eventsIn(await stage.audit(id), 'eligibility-proposed').map(({ outcome }) => outcome)).toEqual([
      'prevention-services',
      'basis-trafficking',
    ]);
    await play(stage, id, ...withdraw);
  });

  it('with a higher outcome after the team was invited shortens its clock and invites no one twice', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('high-risk'));
    const before = deadlineOf(await stage.view(id), 'D15');
    await stage.hours(3);
    await play(stage, id, screening('confirmed'));
    const after = await stage.view(id);
    expect(of(after, 'D15')).toEqual(['open']);
    expect(Date.parse(deadlineOf(after, 'D15').due)).toBe(Date.parse(stage.now()) + 48 * 3_600_000);
    expect(Date.parse(deadlineOf(after, 'D15').due)).toBeLessThan(Date.parse(before.due));
    expect(after.linkages['medical-acute-forensic']).toMatchObject({ status: 'needed' });
    expect(eventsIn(await stage.audit(id), 'mdt-invited')).toHaveLength(1);
    // The clock that waited for the later instant has taken up the earlier one.
    await stage.hours(24);
    expect(
      eventsIn(await stage.audit(id), 'checkpoint-raised').filter(({ deadlineId }) => deadlineId.includes('D15')),
    ).toHaveLength(1);
    await play(stage, id, ...withdraw);
  });

  it('with a higher outcome during the final review starts the whole pathway, and then the referral can be closed', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning, 'D9', 'D29');
    await play(stage, id, screening('high-risk'));
    const view = await stage.view(id);
    expect([of(view, 'D10'), of(view, 'D15'), of(view, 'D19a'), of(view, 'D22a')]).toEqual(Array(4).fill(['open']));
    expect((await stage.tries(addressOf('area-supervisor'), id, 'close-referral', { review: 'No.' })).status).toBe(409);
    await keep(stage, id, 'D10', 'D15');
    await play(stage, id, ...besides);
    for (const service of ['victim-advocacy', 'mental-health']) {
      const input = { service, reasonCode: 'child-declined' };
      await play(stage, id, { by: 'caseworker', command: 'decline-linkage', input });
    }
    expect(of(await stage.view(id), 'D33')).toContain('open');
    await keep(stage, id, 'D33');
    expect((await stage.view(id)).stage).toBe('closed');
    expect(await running(id)).toEqual([]);
  });

  it('with a lower outcome counts only when a second reviewer agrees, and the notice to the police stands', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning);
    await play(stage, id, screening('confirmed'));
    const lead = addressOf('hart-lead');
    await stage.does(lead, id, 'screen', screening('at-risk').input);
    expect(outcomes(await stage.view(id))).toEqual(['confirmed']);
    expect(of(await stage.view(id), 'D15')).toEqual(['open']);
    const asked = stage
      .mails(id)
      .slice(-2)
      .map(({ to }) => to);
    // The lead proposed it and cannot be the second person.
    expect(asked.toSorted()).toEqual([addressOf('hart-director'), addressOf('hart-lead', '2')]);
    expect(await stage.tries(lead, id, 'agree-downgrade')).toMatchObject({
      status: 409,
      body: { code: 'second-person' },
    });

    await stage.does(addressOf('hart-director'), id, 'agree-downgrade');
    const view = await stage.view(id);
    expect(outcomes(view)).toEqual(['confirmed', 'at-risk']);
    expect(standing(view).filter((each) => each.endsWith(' ended'))).toEqual([
      'D10 ended',
      'D15 ended',
      'D19a ended',
      'D20 ended',
      'D22a ended',
      // The fourth is about substance use, which stands apart from who reads this.
      'D23 ended',
      'D23 ended',
      'D23 ended',
    ]);
    expect([of(view, 'D3'), of(view, 'D28')]).toEqual([['kept'], ['open']]);
    // One run for the service plan: prevention, and the three needs whose clocks ended with the higher outcome.
    expect(of(view, 'D35a')).toEqual(['open', 'open', 'open', 'open']);
    expect((await running(id)).toSorted()).toEqual(['-g1', '.D10A.1-g1', '.D28.1-g1', '.G2-g1']);
    await play(stage, id, ...withdraw);
    expect(await running(id)).toEqual([]);
  });
});
