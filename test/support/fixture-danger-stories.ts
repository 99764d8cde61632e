/** Stories of the ledger's fixtures about danger: lowered by two people, called about, rung for. */
import { type Desk, personOf } from './desk.ts';
import { act, aspen, at } from './fixture-acts.ts';

/** Danger lowered by two people, then raised; reasonable cause on a track without an investigation. */
async function lowered(desk: Desk): Promise<string> {
  at(desk, 12, 18);
  const id = await desk.opened({ ...aspen, name: 'Tansy Example' });
  const does = act(desk, id);
  await desk.step(id, 'OpenIntakeDeadlines');
  await does('assess-danger', { danger: 'no', reason: 'With her aunt.' }, 'caseworker');
  await does('agree-lowering', {}, 'area-director');
  await does('assess-danger', { danger: 'yes' }, 'caseworker');
  await does('classify-report', { track: 'other-agency' }, 'careline-worker');
  await does('record-reasonable-cause', { reasonableCause: 'yes' }, 'area-supervisor');
  return id;
}

/** In danger: who was called, and what came of it. */
async function called(desk: Desk): Promise<string> {
  at(desk, 12, 15);
  const id = await desk.opened({ danger: 'yes', residenceTown: 'Hartford' });
  const does = act(desk, id);
  await desk.step(id, 'OpenIntakeDeadlines');
  const toSee = { deadlineId: `${id}.D6.1` };
  const [first, second] = ['area-oncall', 'area-oncall/2'].map((as) => personOf(as).id);
  await does('record-call', { ...toSee, personId: first, result: 'calling' }, 'careline-worker');
  await does('record-call', { ...toSee, personId: first, result: 'no-answer', notes: 'It rang.' }, 'careline-worker');
  await does('record-call', { ...toSee, personId: second, result: 'reached' }, 'careline-worker');
  const police = { deadlineId: `${id}.D3.1`, agencyId: 'PD-1' };
  await does('record-call', { ...police, result: 'reached' }, 'careline-worker/2');
  return id;
}

/** People were called about a child in danger: one answered, and a call stopped when danger was lowered. */
async function rung(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened(aspen);
  const does = act(desk, id);
  await desk.step(id, 'OpenIntakeDeadlines');
  await does('answer-alarm', {}, 'area-oncall');
  at(desk, 10, 3);
  await desk.step(id, 'RaiseCheckpoint', `${id}.D21.1`);
  await does('assess-danger', { danger: 'no', reason: 'She is with her aunt.' }, 'caseworker');
  await does('agree-lowering', {}, 'area-director');
  return id;
}

/** The id of each of these referrals, by the name of its file. */
export const dangerStories = async (desk: Desk) => ({
  lowered: await lowered(desk),
  rung: await rung(desk),
  called: await called(desk),
});
