/** A confirmed referral in the middle of its work, and the people who open it. It is played as the workflow would. */
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';

/** Two days after the report: screened, decided, the team invited, the first services referred. */
export const twoDaysLater = '2026-11-11T16:00:00Z';
const invented = 'An invented reason.';

/** Who opens it, by what they are called in the desk. */
export const readers = {
  'a Careline worker': 'careline-worker',
  'a Careline supervisor': 'careline-supervisor',
  'a caseworker': 'caseworker',
  'a HART liaison': 'hart-liaison',
  'an area supervisor': 'area-supervisor',
  'a lawyer': 'legal',
  'a coordinator': 'mdt-coordinator',
  'a member who signed': 'seat:medical',
  'a member who is invited': 'seat:mental-health',
  'a provider': 'contact:PV-1',
  'an administrator': 'administrator',
  'an auditor': 'auditor',
} as const;

/**
 * A desk with a referral on which no one has worked for so many days, and its reference. The child is in danger and missing, and
 * the clocks rang.
 */
export async function startMissed(days: number): Promise<{ readonly desk: Desk; readonly id: string }> {
  const desk = await startDesk();
  const id = await desk.opened({
    name: 'Wren Example',
    safeContact: 'Only by text, after four.',
    danger: 'yes',
    missingNow: 'yes',
    perpetrators: ['third-party'],
    indicators: ['disclosure', 'hotel-keys'],
  });
  desk.at(new Date(Date.parse(desk.now) + days * 24 * 3_600_000).toISOString());
  await missAll(desk, id);
  return { desk, id };
}

/** Raises the checkpoints of every open clock, as the runs do. */
export async function missAll(desk: Desk, id: string): Promise<void> {
  const open = Object.values((await desk.state(id)).deadlines).filter(({ status }) => status === 'open');
  for (const run of new Set(open.map(({ id: own, group }) => group?.id ?? own)))
    await desk.step(id, 'RaiseCheckpoint', run);
}

/** A confirmed referral on which no one has worked since, for a month. */
export async function leftForAMonth(): Promise<{ readonly desk: Desk; readonly id: string }> {
  const confirmed = await startConfirmed();
  confirmed.desk.at('2026-12-12T16:00:00Z');
  await missAll(confirmed.desk, confirmed.id);
  return confirmed;
}

/** A desk with one such referral, and its reference. */
export async function startConfirmed(): Promise<{ readonly desk: Desk; readonly id: string }> {
  const desk = await startDesk();
  const id = await desk.opened(
    {
      name: 'Wren Example',
      safeContact: 'Only by text, after four.',
      perpetrators: ['third-party'],
      missingNow: 'no',
      indicators: ['disclosure', 'hotel-keys'],
    },
    { reporter: { name: 'Teal Example', phone: '203-555-0199' } },
  );
  const after = (hours: number) =>
    desk.at(new Date(Date.parse('2026-11-09T15:00:00Z') + hours * 3_600_000).toISOString());
  const act = (name: CommandName, input: object, as: string) => desk.do(id, name, input, as);
  after(0.5);
  await act('classify-report', { track: 'investigation' }, 'careline-worker');
  await act(
    'notify-police',
    { covers: ['state'], agencyId: 'PD-1', personReached: 'The desk', method: 'phone', agencyReference: 'H-1' },
    'careline-worker',
  );
  await act('assign-liaison', { personId: personOf('hart-liaison').id }, 'hart-lead');
  after(1.5);
  await act('start-response', {}, 'caseworker');
  await act('record-child-seen', { sighting: 'seen', seenAlone: 'seen-alone', seenBy: 'caseworker' }, 'caseworker');
  after(20);
  await act('answer-checklist', { answers: { disclosure: 'yes', 'hotel-keys': 'yes' } }, 'hart-liaison');
  await act('screen', { outcome: 'confirmed', definitionBasis: '53a-192a', rationale: invented }, 'hart-liaison');
  await desk.step(id, 'ProposeEligibility');
  await desk.step(id, 'DrawRoster');
  await desk.step(id, 'InviteMdt');
  await desk.step(id, 'OpenServices');
  after(24);
  await act('answer-seat', { discipline: 'medical', answer: 'accepted' }, 'seat:medical');
  await act('sign-confidentiality', { conflict: 'no' }, 'seat:medical');
  await act('sign-confidentiality', { conflict: 'no' }, 'mdt-coordinator');
  await act('schedule-meeting', { startsAt: '2026-11-12T15:00:00Z', minutes: 60, place: 'virtual' }, 'mdt-coordinator');
  await act('offer-linkage', { service: 'victim-advocacy', providerId: 'PV-1' }, 'hart-liaison');
  desk.at(twoDaysLater);
  return { desk, id };
}

/** Calls everyone in line about these referrals, and no one answers. */
async function ringThrough(desk: Desk, ids: readonly string[]): Promise<void> {
  const since = Date.parse(desk.now);
  for (const minutes of [1, 10, 20, 30, 40]) {
    desk.at(new Date(since + minutes * 60_000).toISOString());
    for (const id of ids) await missAll(desk, id);
  }
}

/** A desk where much is to be done: calls, overdue work, and a team to convene. Two alarms ring, and no one takes them. */
export async function startBusy(): Promise<Desk> {
  const { desk, id } = await startConfirmed();
  const opened: string[] = [id];
  for (const child of [
    { danger: 'yes', missingNow: 'yes' },
    { danger: 'yes', missingNow: 'no' },
    { danger: 'unknown', missingNow: 'yes' },
    { danger: 'yes', missingNow: 'unknown' },
    { danger: 'no', missingNow: 'no' },
    { danger: 'unknown', missingNow: 'unknown' },
  ])
    opened.push(await desk.opened(child));
  await ringThrough(desk, opened.slice(1, 3));
  await reactTo(desk, ...opened);
  return desk;
}
