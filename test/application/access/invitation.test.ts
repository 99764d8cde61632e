/** What a member sees and does before and after signing, in API and console, with refusals as well as permissions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  isOnlyInvited,
  mayRead,
  mayReadChild,
  seesWhole,
  visitorOf,
} from '../../../shared/application/access/visitor.ts';
import { peopleOf } from '../../../shared/application/read/people-of-referral.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { viewFor, viewReferral } from '../../../shared/application/read/view.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { orderByTime } from '../../../shared/domain/board/harm-order.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const holder = 'seat:medical';
const deputy = 'seat:medical/2';

/** A child with a name, whose team is invited. */
async function invited(): Promise<string> {
  const id = await desk.opened({ name: 'Aspen Example', birthDate: '2011-03-03', safeContact: 'Not at home.' });
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
    await desk.step(id, step);
  return id;
}
const sign = (id: string, as: string, conflict: string) => desk.do(id, 'sign-confidentiality', { conflict }, as);
const identities = async (id: string, as: string) =>
  readIdentities(desk.parts(), visitor(as), await desk.state(id), 'team-review', []);
const seen = async (id: string, as: string) => {
  const state = await desk.state(id);
  return {
    reads: mayRead(state, visitor(as)),
    whole: seesWhole(state, visitor(as)),
    child: mayReadChild(state, visitor(as)),
    identities: (await identities(id, as))?.childName,
  };
};
const nothing = { reads: false, whole: false, child: false, identities: undefined };
const invitation = { reads: true, whole: false, child: false, identities: undefined };
const everything = { reads: true, whole: true, child: true, identities: 'Aspen Example' };

describe('before signing,', () => {
  test.each([holder, deputy])('%s sees the invitation and nothing of the case or the child', async (as) => {
    const id = await invited();
    expect(await seen(id, as)).toEqual(invitation);
    const state = await desk.state(id);
    const view = viewFor(state, connecticutPolicy, visitor(as), []);
    expect(Object.keys(view).toSorted()).toEqual([
      'alerts',
      'commands',
      'id',
      'invitation',
      'nextSteps',
      'seq',
      'stage',
    ]);
    expect(view).toMatchObject({
      invitation: {
        team: 'MDT-HARTFORD',
        seats: [{ discipline: 'medical', as: as === holder ? 'holder' : 'deputy' }],
        answerBy: expect.stringMatching(/Z$/),
        invitedBy: [{ role: 'mdt-coordinator' }, { role: 'mdt-chair' }],
      },
    });
    expect(view.commands.map(({ name }) => name)).toEqual(['answer-seat', 'sign-confidentiality', 'acknowledge-alert']);
    expect(view.nextSteps.flatMap(({ acts }) => acts.map(({ command }) => command))).toEqual([
      'answer-seat',
      'sign-confidentiality',
    ]);
    const said = JSON.stringify(view);
    for (const word of ['Hartford"', 'high-risk', 'danger', 'D15', 'D3', 'safe', 'P-SEAT-DCF', 'hart-lead']) {
      expect(said).not.toContain(word);
    }
  });

  test('the people to call are those who invite', async () => {
    const id = await invited();
    const people = await peopleOf(desk.directory, await desk.state(id), policy, visitor(holder), desk.now);
    expect(people.roles.map(({ role }) => role)).toEqual(['mdt-coordinator', 'mdt-chair']);
    expect([people.seats, people.providers]).toEqual([[], []]);
  });

  test("the seat can be answered, and every other command of the member's roles is forbidden", async () => {
    const id = await invited();
    const accept = { discipline: 'medical', answer: 'accepted' };
    expect((await desk.command(id, 'answer-seat', accept, { as: holder })).kind).toBe('done');
    expect(await seen(id, holder)).toEqual(invitation);
    await desk.do(
      id,
      'invite-seat',
      { discipline: 'school', personId: 'P-HART-LEAD', reason: 'Words.' },
      'mdt-coordinator',
    );
    expect(await seen(id, 'hart-lead')).toEqual(everything);
  });

  test('a coordinator of another team who holds a seat here leads nothing here', async () => {
    const id = await invited();
    const roles = [{ role: 'mdt-coordinator' as const, scope: 'team-X' }];
    const strange = (as: string) => visitorOf({ ...visitor(as), email: '', phone: '', roles });
    const stranger = strange('hart-lead/2');
    const seat = { discipline: 'school', personId: stranger.id, reason: 'Words.' };
    await desk.do(id, 'invite-seat', seat, 'mdt-coordinator');
    const state = await desk.state(id);
    expect(isOnlyInvited(state, stranger)).toBe(true);
    // A seat of the roster alone needs a role of its team.
    expect(mayRead(state, strange(holder))).toBe(false);
    const order = { referralId: id, name: 'record-meeting', input: {}, key: 'a key' } as const;
    const answer = await performCommand(desk.parts(), stranger, order);
    expect(answer).toMatchObject({ kind: 'forbidden', sentence: expect.stringContaining('first sign the notice') });
  });

  test('the row on their list says nothing of the case', async () => {
    const id = await invited();
    const mine = boardRows(await desk.state(id), connecticutPolicy).filter(({ owner }) => owner === visitor(holder).id);
    expect(mine.map((row) => Object.keys(row).toSorted())).toEqual([
      ['due', 'id', 'kind', 'missed', 'open', 'order', 'owner', 'referralId', 'seq', 'stage', 'subject'],
    ]);
    // Its place in the list follows from its own time alone.
    expect(mine.map(({ order, due }) => order === orderByTime(due))).toEqual([true]);
  });
});

describe('after signing,', () => {
  test('without a conflict of interest the member sees the case and the child, and the deputy still does not', async () => {
    const id = await invited();
    await sign(id, holder, 'no');
    expect(await seen(id, holder)).toEqual(everything);
    expect(await seen(id, deputy)).toEqual(invitation);
  });

  test('an unknown conflict is not a no: the member still sees the invitation alone', async () => {
    const id = await invited();
    await sign(id, holder, 'unknown');
    expect(await seen(id, holder)).toEqual(invitation);
    expect(viewFor(await desk.state(id), connecticutPolicy, visitor(holder), [])).toMatchObject({
      invitation: { conflict: 'unknown' },
    });
    await sign(id, holder, 'no');
    expect(await seen(id, holder)).toEqual(everything);
  });

  test('a conflict of interest hides the referral from the member, and the deputy holds the seat', async () => {
    const id = await invited();
    await sign(id, holder, 'yes');
    expect(await seen(id, holder)).toEqual(nothing);
    expect((await desk.command(id, 'sign-confidentiality', { conflict: 'no' }, { as: holder })).kind).toBe('unknown');
    expect(await seen(id, deputy)).toEqual(invitation);
    await sign(id, deputy, 'no');
    expect(await seen(id, deputy)).toEqual(everything);
  });

  test('a conflict that is found later hides the case again', async () => {
    const id = await invited();
    await sign(id, holder, 'no');
    await sign(id, holder, 'yes');
    expect(await seen(id, holder)).toEqual(nothing);
  });

  test('a conflict counts for staff and leaders as well', async () => {
    const id = await invited();
    await sign(id, 'mdt-chair', 'yes');
    expect(await seen(id, 'mdt-chair')).toEqual(nothing);
    const seat = { discipline: 'hart-liaison', personId: 'P-HART-LIAISON', reason: 'Words.' };
    await desk.do(id, 'invite-seat', seat, 'mdt-coordinator');
    await sign(id, 'hart-liaison', 'yes');
    expect(await seen(id, 'hart-liaison')).toEqual(nothing);
  });

  test('a removed member sees nothing any more', async () => {
    const id = await invited();
    const youth = 'seat:youth-service-bureau';
    expect(await seen(id, youth)).toEqual(nothing);
    const seat = { discipline: 'youth-service-bureau', personId: visitor(youth).id, reason: 'Words.' };
    await desk.do(id, 'invite-seat', seat, 'mdt-coordinator');
    await sign(id, youth, 'no');
    expect(await seen(id, youth)).toEqual(everything);
    await desk.do(id, 'remove-seat', { discipline: 'youth-service-bureau', reason: 'Words.' }, 'mdt-coordinator');
    expect(await seen(id, youth)).toEqual(nothing);
  });
});

test('only a person with a role that sits on teams is invited', async () => {
  const id = await invited();
  for (const personId of ['P-NO-ONE', 'P-CARELINE-WORKER']) {
    const seat = { discipline: 'school', personId, reason: 'Words.' };
    const answer = await desk.command(id, 'invite-seat', seat, { as: 'mdt-coordinator' });
    expect(answer.kind === 'refused' && isRefusal(answer.refusal) && answer.refusal.refused).toBe('no-such-member');
  }
});

test('a meeting shows by itself that it was held, and by itself that it was complete', async () => {
  const id = await invited();
  const [absent, ...attended] = connecticutPolicy.requiredDisciplines;
  const absence = [{ discipline: absent, reason: 'unavailable' }];
  await desk.do(id, 'record-meeting', { attended: [absent, ...attended] }, 'mdt-coordinator');
  for (const discipline of connecticutPolicy.requiredDisciplines) await sign(id, `seat:${discipline}`, 'no');
  await desk.do(id, 'record-meeting', { attended, absent: absence, waiver: 'Urgent.' }, 'mdt-coordinator');
  await desk.do(id, 'record-meeting', { attended: [absent, ...attended] }, 'mdt-coordinator');
  await desk.do(id, 'record-meeting', { attended, absent: absence }, 'mdt-coordinator');
  const state = await desk.state(id);
  const shown = viewReferral(state, connecticutPolicy, visitor('mdt-chair'), []).meetings;
  expect(shown.map(({ held, composition }) => [held, composition])).toEqual([
    ['with-quorum', 'incomplete'],
    ['under-waiver', 'incomplete'],
    ['with-quorum', 'complete'],
    ['below-quorum', 'incomplete'],
  ]);
});
