/** Each command and each route is for its roles (docs/access.md), tried by every role at the API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { doorRefusals } from '../../shared/application/routes/door-refusals.ts';
import type { Route } from '../../shared/application/routes/route.ts';
import { type RouteName, routes } from '../../shared/application/routes/route-table.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';

let desk: Desk;
let id: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened();
  await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
    await desk.step(id, step);
  await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
});
afterAll(() => desk.stop());

/** They see no referral at all. */
const unseeing: readonly Role[] = ['evaluator', 'trainer', 'forum-member'];

/** A member who has not signed is only invited. */
const ofTheInvited: readonly CommandName[] = ['answer-seat', 'sign-confidentiality', 'acknowledge-alert'];
const isFor = (name: CommandName, role: Role) =>
  commandNamed(name).roles.includes(role) && (role !== 'mdt-member' || ofTheInvited.includes(name));

/** A person in this role who sees the referral: by the role, by a seat or by an offer. */
const seen = (role: Role) => ({ 'mdt-member': 'seat:medical', provider: 'contact:PV-1' })[role as string] ?? role;

describe.each(Object.keys(commands) as CommandName[])('the command %s', (name) => {
  /** No command takes this input, so an allowed command ends with "invalid". */
  const input = { unknown: 1 };
  const answer = async (as: string) => (await desk.command(id, name, input, { as })).kind;

  test('is for its roles, and forbidden to all others', async () => {
    const readers = roles.filter((role) => !unseeing.includes(role));
    const answers = await Promise.all(readers.map(async (role) => [role, await answer(seen(role))]));
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(readers.map((role) => [role, isFor(name, role) ? 'invalid' : 'forbidden'])),
    );
    for (const role of unseeing) expect(commandNamed(name).roles).not.toContain(role);
  });

  test('is unknown to people who see no referral, and to a member or provider without a part in it', async () => {
    const unknown = [...unseeing, 'mdt-member', 'provider'];
    expect(await Promise.all(unknown.map(answer))).toEqual(unknown.map(() => 'unknown'));
  });
});

/** Commands have their own, and the description is for each. */
const own = (Object.keys(routes) as RouteName[]).filter(
  (name) => !['perform-command', 'read-description'].includes(name),
);

describe.each(own)('the route %s', (name) => {
  const { method, path, forbidden, roles: meant }: Route = routes[name];
  const sentence = forbidden === undefined ? undefined : doorRefusals[forbidden].sentence;

  test('is for its roles, and forbidden to all others before anything of the request is read', async () => {
    const { ask } = openApi(desk);
    // No parameter fits and no body is JSON: only the roles can be the reason of a 403.
    const address = path.replaceAll(/\{\w+\}/g, '-');
    const answers = await Promise.all(
      roles.map(async (role) => {
        const sent = method === 'post' ? { text: '{' } : {};
        const { status, body } = await ask(address, {
          as: personOf(seen(role)).id,
          method: method.toUpperCase(),
          ...sent,
        });
        return [role, status === 403 && body.detail === sentence ? 'forbidden' : status === 403 ? 'refused' : 'let in'];
      }),
    );
    expect(Object.fromEntries(answers)).toEqual(
      Object.fromEntries(roles.map((role) => [role, meant.includes(role) ? 'let in' : 'forbidden'])),
    );
  });
});

test('the law enforcement member pauses outreach once they have signed, and no other member', async () => {
  const team = await desk.opened({ name: 'Alder Example' });
  await desk.do(team, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(team, step);
  const asked = { agencyId: 'PD-1', personReached: 'Words.', until: '2026-11-10T15:00:00Z', reason: 'Invented words.' };
  const pause = async (as: string) => (await desk.command(team, 'pause-outreach', asked, { as })).kind;
  expect(await pause('seat:law-enforcement')).toBe('forbidden');
  for (const as of ['seat:law-enforcement', 'seat:medical'])
    await desk.do(team, 'sign-confidentiality', { conflict: 'no' }, as);
  expect(await pause('seat:medical')).toBe('refused');
  expect(await pause('seat:law-enforcement')).toBe('done');
});

test('no command that was tried here has changed anything', async () => {
  expect((await desk.state(id)).seq).toBe(7);
});
