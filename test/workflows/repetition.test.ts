/** Doing the same twice, several people at once, and mail that comes back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn } from '../support/stage.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';
import { addressOf, deadlineOf, firstMorning, idOf, keep, keeping, play, report, reportOf } from '../support/story.ts';

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => {
  expect(stage.givenUp()).toBe(0);
  expect(stage.faults).toEqual([]);
  return stage.stop();
});

const worker = addressOf('careline-worker');

/** Opened once, with one run for the referral and one for each deadline, and each alert sent once. */
async function isThereOnce(id: string): Promise<void> {
  const audit = await stage.audit(id);
  expect(eventsIn(audit, 'referral-opened')).toHaveLength(1);
  expect(audit.deadlines.map(({ rule }) => rule).toSorted()).toEqual(['D1', 'D21', 'D3', 'D39', 'D7', 'D8', 'D9']);
  const executions = stage.executions(id).map(({ name }) => name);
  expect(executions.toSorted()).toEqual(audit.runs.map(({ execution }) => execution).toSorted());
  const mails = stage.mails(id).map(({ to, subject }) => `${to} ${subject}`);
  expect(mails).toHaveLength(new Set(mails).size);
}

describe('the same report', () => {
  it('submitted again under its key is the same referral, hours later too', async () => {
    const first = await stage.reports(reportOf({}), { key: 'call 1' });
    await stage.hours(0.2);
    const second = await stage.reports(reportOf({}), { key: 'call 1' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    const [id = ''] = first.body.referralIds as string[];
    await isThereOnce(id);
    await keep(stage, id, ...firstMorning, 'D9', 'D29', 'D33');
  });

  it('submitted four times at once is one referral', async () => {
    const submit = () => stage.asks(worker, '/reports', { body: reportOf({}, {}), key: 'call 2' });
    const answers = await Promise.all([submit(), submit(), submit(), submit()]);
    await stage.rest();
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    const ids = new Set(answers.flatMap(({ body }) => body.referralIds as string[]));
    expect(ids.size).toBe(2);
    for (const id of ids) {
      await isThereOnce(id);
      await keep(stage, id, ...firstMorning, 'D9', 'D29', 'D33');
    }
  });

  it('under the key of another person, or under another key, is another referral', async () => {
    const ids = [
      await stage.reports(reportOf({}), { key: 'call 3' }),
      await stage.reports(reportOf({}), { key: 'call 3', by: addressOf('careline-worker', '2') }),
      await stage.reports(reportOf({}), { key: 'call 4' }),
    ].flatMap(({ body }) => body.referralIds as string[]);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) await keep(stage, id, ...firstMorning, 'D9', 'D29', 'D33');
  });
});

describe('the same command', () => {
  const { command = '', input = {} } = keeping.D3 ?? {};

  it('given again under its key, one after the other or at once, is done once', async () => {
    const id = await report(stage);
    const path = `/referrals/${id}/commands/${command}`;
    const give = () => stage.asks(worker, path, { body: input, key: 'notice 1' });
    const answers = [await give(), ...(await Promise.all([give(), give(), give()]))];
    await stage.rest();
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const audit = await stage.audit(id);
    expect(eventsIn(audit, 'police-notified')).toHaveLength(1);
    expect(eventsIn(audit, 'deadline-kept')).toHaveLength(1);
    await keep(stage, id, 'D1', 'D24a', 'D7', 'D8', 'D21', 'D39', 'D9', 'D29', 'D33');
  });
});

describe('several people at once', () => {
  it('all succeed and lose nothing, where their acts do not exclude each other', async () => {
    const id = await report(stage);
    // Nothing is indicated where every topic is answered: that comes first.
    await play(stage, id, ...[keeping.D9?.first].filter((act) => act !== undefined));
    // The question of reasonable cause begins with the classification.
    const atOnce = [...firstMorning.filter((rule) => rule !== 'D24a'), 'D9'];
    const acts = atOnce.map((rule) => keeping[rule]);
    const answers = await Promise.all(
      acts.map((act) =>
        stage.asks(addressOf(act?.by ?? ''), `/referrals/${id}/commands/${act?.command}`, {
          body: act?.input ?? {},
        }),
      ),
    );
    await stage.rest();
    expect(answers.map(({ status }) => status)).toEqual(acts.map(() => 200));
    const audit = await stage.audit(id);
    expect(audit.chain.intact).toBe(true);
    expect(
      eventsIn(audit, 'deadline-kept')
        .map(({ deadlineId }) => deadlineId.split('.')[1])
        .toSorted(),
    ).toEqual(atOnce.toSorted());
    await keep(stage, id, 'D24a', 'D29', 'D33');
  });

  it('get one act done and the other refused with a sentence, where one act excludes the other', async () => {
    const id = await report(stage);
    await keep(stage, id, ...firstMorning, 'D9', 'D29');
    const because = { because: 'made-in-error', reason: 'An invented reason.' };
    await stage.does(addressOf('careline-supervisor'), id, 'propose-withdrawal', because);
    const answers = await Promise.all([
      stage.asks(addressOf('careline-manager'), `/referrals/${id}/commands/agree-withdrawal`, { body: {} }),
      stage.asks(addressOf('area-supervisor'), `/referrals/${id}/commands/close-referral`, {
        body: { review: 'An invented review.' },
      }),
    ]);
    await stage.rest();
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.detail).toMatch(/can no longer be done/);
    const audit = await stage.audit(id);
    expect(eventsIn(audit, 'withdrawn').length + eventsIn(audit, 'closed').length).toBe(1);
    expect(new Set(stage.executions(id).map(({ status }) => status))).toEqual(new Set(['SUCCEEDED']));
  });
});

describe('mail that comes back', () => {
  it('goes to the next person at once, and is written down as unreachable where there is no next', async () => {
    await stage.setEmail(idOf('area-oncall'), 'bounce.oncall@dcf.example');
    await stage.setEmail(idOf('hart-lead'), 'complaint.lead@dcf.example');
    await stage.setEmail(idOf('hart-lead', 2), 'bounce.lead@dcf.example');
    const begun = Date.parse(stage.now());
    const id = await report(stage, { danger: 'yes' });
    const { alerts } = await stage.audit(id);
    // The person with a duty of class now gets a mail apart from the others. The one on call is called as well.
    const told = (word: string, kind: string) =>
      alerts.filter((alert) => alert.kind === kind && alert.to.some((to) => to === word));
    const heard = (word: string, kind = 'referral-opened') =>
      told(word, kind).flatMap(({ deliveries }) =>
        deliveries
          .filter(({ addressedAs }) => addressedAs.endsWith(word))
          .map(({ personId, status }) => [personId, status]),
      );
    const passedOn = [
      [idOf('area-oncall'), 'failed'],
      [idOf('area-oncall', 2), 'delivered'],
    ];
    expect(heard('area-oncall')).toEqual(passedOn);
    expect(heard('area-oncall', 'checkpoint')).toEqual(passedOn);
    expect(heard('hart-lead')).toEqual([
      [idOf('hart-lead'), 'failed'],
      [idOf('hart-lead', 2), 'failed'],
    ]);
    expect(eventsIn(await stage.audit(id), 'alert-unreachable').map(({ alertId }) => alertId)).toEqual(
      told('hart-lead', 'referral-opened').map(({ id }) => id),
    );
    // Failed mail does not stop the clock of the response. Its calls go to those who can be reached.
    await stage.hours(1);
    expect(deadlineOf(await stage.view(id), 'D6')).toMatchObject({ status: 'open' });
    const called = (minutes: number) =>
      stage
        .mails(id)
        .filter(
          ({ at, subject, text }) =>
            Date.parse(at) === begun + minutes * 60_000 &&
            subject.startsWith('URGENT') &&
            /start the response: go to the child (?:by|\(was due)/i.test(text),
        )
        .map(({ to }) => to);
    expect(called(10)).toEqual([addressOf('area-oncall', '2')]);
    // From here on each call is for the next place in line, and tells of D1 too.
    expect(called(20)).toEqual([addressOf('director-oncall'), addressOf('careline-manager')]);
    // The line begins again. The call of the person who cannot be reached is for the other one at once.
    expect(called(50)).toEqual([addressOf('area-oncall', '2')]);

    await stage.setEmail(idOf('area-oncall'), addressOf('area-oncall'));
    for (const which of ['', '2'] as const)
      await stage.setEmail(idOf('hart-lead', which ? 2 : 1), addressOf('hart-lead', which));
    await keep(stage, id, 'D1', 'D3', 'D6', 'D8', 'D21', 'D39');
    await play(stage, id, keeping.D9 ?? { by: '', command: '' });
  });
});
