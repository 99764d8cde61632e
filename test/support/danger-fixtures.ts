/** The stories of danger among the fixtures of the ledger, and how each of those stories acts. */
import { type Desk, personOf } from './desk.ts';

export const aspen = { name: 'Aspen Example', birthDate: '2011-03-03', residenceTown: 'Hartford', danger: 'yes' };

/** Carries out a command on a referral, as the person of a role. */
export const act = (desk: Desk, id: string) => (name: Parameters<Desk['do']>[1], input: object, as: string) =>
  desk.do(id, name, input, as);

/** Moves the desk to an hour of November 2026, UTC. */
export const at = (desk: Desk, day: number, hour: number) =>
  desk.at(`2026-11-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00Z`);

/** Danger lowered by two people, then raised; reasonable cause on a track without an investigation. */
export async function lowered(desk: Desk): Promise<string> {
  at(desk, 12, 18);
  const id = await desk.opened({ ...aspen, name: 'Tansy Example' });
  const does = act(desk, id);
  await does('assess-danger', { danger: 'no', reason: 'With her aunt.' }, 'caseworker');
  await does('agree-lowering', {}, 'area-director');
  await does('assess-danger', { danger: 'yes' }, 'caseworker');
  await does('classify-report', { track: 'other-agency' }, 'careline-worker');
  await does('record-reasonable-cause', { reasonableCause: 'yes' }, 'area-supervisor');
  return id;
}

/** In danger: who was called, and what came of it. */
export async function called(desk: Desk): Promise<string> {
  at(desk, 12, 15);
  const id = await desk.opened({ danger: 'yes', residenceTown: 'Hartford' });
  const does = act(desk, id);
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
export async function rung(desk: Desk): Promise<string> {
  at(desk, 9, 15);
  const id = await desk.opened(aspen);
  const does = act(desk, id);
  await does('answer-alarm', {}, 'area-oncall');
  await does('release-alarm', { deadlineId: `${id}.D6.1`, releaseReason: 'wrong-tap' }, 'area-oncall');
  await does('answer-alarm', {}, 'area-oncall');
  at(desk, 10, 3);
  await desk.step(id, 'RaiseCheckpoint', `${id}.D21.1`);
  await does('assess-danger', { danger: 'no', reason: 'She is with her aunt.' }, 'caseworker');
  await does('agree-lowering', {}, 'area-director');
  return id;
}
