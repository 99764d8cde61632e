/** The commands that write entries of the directory: what they refuse, what they write, and what a second run does. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFirstAdministrator, readPerson } from '../../../infra/deploy/first-administrator.ts';
import { type Deployed, deleteWrong, readDirectory, writeDirectory } from '../../../infra/people/deployed.ts';
import { planned, readLine, wordsOf } from '../../../infra/people/verbs.ts';
import { numberOf, wordsOfList, wordsOfWrong } from '../../../infra/people/words-of-list.ts';
import { entryCodesInProcess } from '../../../shared/store/entries.ts';
import { startTables, type Tables } from '../../support/tables.ts';

const cognito = mockClient(CognitoIdentityProviderClient);
let tables: Tables;
let deployed: Deployed;
let ids = 0;
const newId = () => {
  ids += 1;
  return `P-NEW-${ids}`;
};
beforeEach(async () => {
  tables = await startTables();
  ids = 0;
  cognito.reset();
  cognito.on(AdminCreateUserCommand).callsFake(({ Username }) => ({
    User: { Attributes: [{ Name: 'sub', Value: `sub of ${Username}` }] },
  }));
  cognito.onAnyCommand().resolves({});
  cognito.on(AdminCreateUserCommand).callsFake(({ Username }) => ({
    User: { Attributes: [{ Name: 'sub', Value: `sub of ${Username}` }] },
  }));
  deployed = {
    cognito: new CognitoIdentityProviderClient({ region: 'us-east-1' }),
    userPoolId: 'us-east-1_pool',
    dynamodb: tables.client,
    directoryTable: 'Directory',
    codes: entryCodesInProcess(),
    writtenBy: 'arn:aws:iam::111122223333:user/pat',
    now: () => Date.parse('2026-11-09T15:00:00.000Z'),
  };
});

/** Runs these lines as the command does. Gives its sentences where it refuses. */
async function run(...lines: readonly string[]) {
  const found = await readDirectory(deployed);
  const numbered = lines.map((line, at) => ({ ...(lines.length > 1 && { number: at + 1 }), words: wordsOf(line) }));
  const { book, problems } = planned(found.book, numbered, newId, today);
  if (problems.length > 0) return problems;
  return writeDirectory(deployed, found, book);
}
const ending = {
  now: '2026-11-09T14:00:00.000Z',
  actor: { kind: 'person', id: 'P-ADMINISTRATOR-1' },
  cause: { kind: 'command', name: 'end-access', id: 'SHIFTS' },
} as const;
const today = '2026-11-09T15:00:00.000Z';
const pat = 'pat@agency.example';
const add = `add email=${pat} name="Pat Example" phone=203-555-0100`;
const rows = async () => (await tables.items('Directory')).filter(({ removed }) => !removed);

describe('add', () => {
  test('creates the account and the person, and the directory reads both role and duty', async () => {
    expect(await run(`${add} title="Careline worker" role=careline-worker scope=state order=2`)).toMatchObject({
      invited: [pat],
    });
    expect(await tables.directory.personBySub(`sub of ${pat}`)).toMatchObject({
      id: 'P-NEW-1',
      name: 'Pat Example',
      email: pat,
      title: 'Careline worker',
      roles: [{ role: 'careline-worker', scope: 'state' }],
    });
    expect(await tables.directory.onDuty('careline-worker', 'state')).toMatchObject([
      { personId: 'P-NEW-1', order: 2 },
    ]);
    expect(await rows()).toContainEqual(
      expect.objectContaining({
        pk: 'person#P-NEW-1',
        writtenBy: 'arn:aws:iam::111122223333:user/pat',
        writtenAt: '2026-11-09T15:00:00.000Z',
      }),
    );
  });

  test('finds the account of an earlier try, which may be disabled', async () => {
    cognito.on(AdminCreateUserCommand).rejects(Object.assign(new Error('exists'), { name: 'UsernameExistsException' }));
    cognito.on(AdminGetUserCommand).resolves({ UserAttributes: [{ Name: 'sub', Value: 'a1b2' }] });
    expect(await run(add)).toMatchObject({ invited: [] });
    expect((await tables.directory.personBySub('a1b2'))?.id).toBe('P-NEW-1');
    expect(cognito.commandCalls(AdminEnableUserCommand)).toHaveLength(1);
  });

  test('refuses an account that belongs to another person, and a known address', async () => {
    await run(add);
    expect(await run(add)).toMatchObject({ keys: [] });
    for (const other of [add.replace('Pat Example', 'Pat'), add.replace('0100', '0101'), `${add} id=P-OTHER`])
      expect(await run(other)).toEqual([expect.stringContaining('is in the directory already')]);
    cognito.on(AdminCreateUserCommand).resolves({ User: { Attributes: [{ Name: 'sub', Value: `sub of ${pat}` }] } });
    await expect(run('add email=kim@agency.example name=Kim phone=203-555-0101')).rejects.toThrow('another person');
    expect((await rows()).length).toBe(1);
  });
});

test('many lines are done together: a later one counts on the earlier ones, and one that is wrong stops all', async () => {
  const lines = [
    add,
    `give email=${pat} role=mdt-member scope=team-MDT-NEW-HAVEN`,
    `seat email=${pat} team=MDT-NEW-HAVEN discipline=medical place=1`,
    `provider service=education id=PR-1 name="House (invented)" phone=203-555-0102 regions=1,2 email=${pat}`,
    'agency town="new haven" name="Police of New Haven (invented)" phone=203-555-0103',
  ];
  expect(await run(...lines, 'give email=kim@agency.example role=legal scope=state')).toEqual([
    'Line 6: The directory has no person with the address kim@agency.example: add them first.',
  ]);
  expect([await rows(), cognito.calls()]).toEqual([[], []]);
  ids = 0;
  await run(...lines);
  expect(await tables.directory.seats('MDT-NEW-HAVEN')).toMatchObject([{ personId: 'P-NEW-1', discipline: 'medical' }]);
  expect(await tables.directory.providers('education')).toMatchObject([{ id: 'PR-1', personId: 'P-NEW-1' }]);
  expect(await tables.directory.agencies('New Haven')).toMatchObject([
    { id: 'A-NEW-HAVEN', phone24h: '203-555-0103', town: 'New Haven' },
  ]);
});

describe('roles and seats', () => {
  beforeEach(async () => {
    await run(add, `give email=${pat} role=mdt-member scope=team-MDT-HARTFORD`);
    await run(
      `give email=${pat} role=area-oncall scope=office-DANBURY order=1`,
      `seat email=${pat} team=MDT-HARTFORD discipline=dcf place=1`,
    );
  });

  test('an order is moved, and can be none', async () => {
    await run(`give email=${pat} role=area-oncall scope=office-DANBURY order=3`);
    expect(await tables.directory.onDuty('area-oncall', 'office-DANBURY')).toMatchObject([{ order: 3 }]);
    await run(`give email=${pat} role=area-oncall scope=office-DANBURY order=none`);
    expect(await tables.directory.onDuty('area-oncall', 'office-DANBURY')).toEqual([]);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toHaveLength(2);
  });

  test('a role that is taken takes its duty and its seats with it', async () => {
    await run(`take email=${pat} role=mdt-member scope=team-MDT-HARTFORD`);
    expect(await tables.directory.seats('MDT-HARTFORD')).toEqual([]);
    await run(`take email=${pat} role=area-oncall scope=office-DANBURY`);
    expect(await tables.directory.isHeld('area-oncall')).toBe(false);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toEqual([]);
  });

  test('a seat is made vacant, and given to another', async () => {
    await run('unseat team=MDT-HARTFORD discipline=dcf place=1');
    expect(await tables.directory.seats('MDT-HARTFORD')).toEqual([]);
    await run(`seat email=${pat} team=MDT-HARTFORD discipline=dcf place=1`);
    expect(await tables.directory.seats('MDT-HARTFORD')).toHaveLength(1);
  });

  test('a person who is disabled loses account, roles, duties and seats, and keeps the name', async () => {
    await run(`disable email=${pat}`);
    expect(cognito.commandCalls(AdminDisableUserCommand)[0]?.args[0].input).toMatchObject({
      Username: `sub of ${pat}`,
    });
    expect(await tables.directory.person('P-NEW-1')).toMatchObject({ name: 'Pat Example', roles: [] });
    expect([await tables.directory.seats('MDT-HARTFORD'), await tables.directory.isHeld('area-oncall')]).toEqual([
      [],
      false,
    ]);
    expect(await run(`give email=${pat} role=legal scope=state`)).toEqual([expect.stringContaining('is disabled')]);
    await run(`enable email=${pat}`);
    expect(cognito.commandCalls(AdminEnableUserCommand)).toHaveLength(1);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toEqual([]);
  });

  test('a person whose access a page ended is let in again, with account and roles, by the same command', async () => {
    await run(`give email=${pat} role=legal scope=state`);
    await tables.ledger.changeShifts('SCHEDULE', ending, () => [
      { type: 'access-ended', v: 1, personId: 'P-NEW-1', reason: 'device-lost' },
    ]);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toEqual([]);
    const before = cognito.commandCalls(AdminEnableUserCommand).length;
    await run(`change email=${pat} phone=203-555-0119`);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toEqual([]);
    await run(`enable email=${pat}`);
    expect(cognito.commandCalls(AdminEnableUserCommand)).toHaveLength(before + 1);
    expect((await tables.directory.person('P-NEW-1'))?.roles).toContainEqual({ role: 'legal', scope: 'state' });
  });

  test('a new address is also that of the account', async () => {
    await run(`change email=${pat} newEmail=Pat.New@agency.example title= phone=203-555-0111`);
    expect(cognito.commandCalls(AdminUpdateUserAttributesCommand)).toHaveLength(1);
    expect(await tables.directory.personByEmail('pat.new@agency.example')).toMatchObject({
      id: 'P-NEW-1',
      phone: '203-555-0111',
    });
  });
});

describe('what is written', () => {
  test('is written once: a second run writes nothing', async () => {
    await run(add);
    const before = await tables.items('Directory');
    expect(await run(`change email=${pat} phone=203-555-0100`)).toEqual({ keys: [], invited: [] });
    expect(await tables.items('Directory')).toEqual(before);
  });

  test('has a later instant each time, also with a slow clock, and keeps the mark of failing mail', async () => {
    await run(add);
    await tables.directory.markMail('P-NEW-1', 'failed', '2026-11-09T15:00:00.000Z');
    deployed = { ...deployed, now: () => 0 };
    await run(`change email=${pat} title=Boss`);
    expect(await rows()).toMatchObject([{ writtenAt: '2026-11-09T15:00:00.001Z', mailFailsSince: expect.any(String) }]);
    await run(`change email=${pat} newEmail=kim@agency.example`);
    expect((await rows())[0]).not.toHaveProperty('mailFailsSince');
  });

  test('does not go over what another command wrote meanwhile', async () => {
    await run(add);
    const found = await readDirectory(deployed);
    await run(`change email=${pat} title=Boss`);
    const { book } = planned(found.book, [{ words: wordsOf(`change email=${pat} phone=203-555-0111`) }], newId, today);
    await expect(writeDirectory(deployed, found, book)).rejects.toThrow('Run this one again');
    expect(await tables.directory.person('P-NEW-1')).toMatchObject({ title: 'Boss', phone: '203-555-0100' });
  });

  test('leaves a row without a right code out of account, and replaces it', async () => {
    await run(`${add} id=P-PAT`);
    const [row] = await rows();
    await tables.put('Directory', [
      { ...row, roles: [{ role: 'legal', scope: 'state' }] },
      { pk: 'duty#legal', sk: 'state#1#P-PAT', personId: 'P-PAT', order: 1 },
    ]);
    const { wrong } = await readDirectory(deployed);
    expect(wordsOfWrong(wrong)).toEqual([
      'Without a right code, so it does not count: ["person#P-PAT","profile"]',
      `  to delete it: clear ${numberOf(JSON.stringify(['person#P-PAT', 'profile']))}`,
      'Without a right code, so it does not count: ["duty#legal","state#1#P-PAT"]',
      `  to delete it: clear ${numberOf(JSON.stringify(['duty#legal', 'state#1#P-PAT']))}`,
    ]);
    cognito.on(AdminCreateUserCommand).rejects(Object.assign(new Error('exists'), { name: 'UsernameExistsException' }));
    cognito.on(AdminGetUserCommand).resolves({ UserAttributes: [{ Name: 'sub', Value: `sub of ${pat}` }] });
    await run(`${add} id=P-PAT`);
    expect(await tables.directory.person('P-PAT')).toMatchObject({ roles: [] });
    await deleteWrong(deployed, await readDirectory(deployed), JSON.stringify(['duty#legal', 'state#1#P-PAT']));
    expect((await readDirectory(deployed)).wrong).toEqual([]);
  });

  test.each([
    ['that a shell carries out', '$(id)', '"; id; "'],
    ['that moves the cursor of a terminal', 'a\u001b[1A\u001b[2K', '\nAll is well.\u009b'],
    ['that turns text around', '\u202eprofile', '\u2066'],
  ])('with a key %s is printed in plain letters, and none of it is in a command', async (_, pk, sk) => {
    await tables.put('Directory', [{ pk, sk }]);
    const { wrong } = await readDirectory(deployed);
    const [shown = '', command = '', ...more] = wordsOfWrong(wrong);
    expect(more).toEqual([]);
    expect(shown).toMatch(/^[ -~]+$/);
    expect(command).toMatch(/^ {2}to delete it: clear [0-9a-f]{20}$/);
  });

  test.each([5, 'AAAA', ''])('is written anew by the command where %j stood for its code', async (signature) => {
    await run('agency town=Union name=Police phone=203-555-0103');
    const [row] = (await rows()).filter(({ pk }) => pk === 'agency#UNION');
    await tables.put('Directory', [{ ...row, signature }]);
    const { wrong } = await readDirectory(deployed);
    expect(await run('agency town=Union name=Police phone=203-555-0104')).toMatchObject({ keys: wrong });
    expect(await tables.directory.agencies('Union')).toMatchObject([{ phone24h: '203-555-0104' }]);
  });

  test('in part by a command that was cut short, is completed by the same command', async () => {
    await run(add);
    const role = 'role=careline-worker scope=state order=1';
    expect(await run(`${add} ${role}`)).toMatchObject({ invited: [] });
    expect(await tables.directory.onDuty('careline-worker', 'state')).toMatchObject([
      { personId: 'P-NEW-1', order: 1 },
    ]);
    expect(await run(`${add} ${role}`)).toMatchObject({ keys: [] });
  });

  test('by two commands at once, of one person, can be disabled', async () => {
    cognito.on(AdminGetUserCommand).resolves({ UserAttributes: [{ Name: 'sub', Value: `sub of ${pat}` }] });
    await Promise.all([run(`${add} role=careline-worker scope=state`), run(`${add} role=legal scope=state`)]);
    expect(await run(`give email=${pat} role=legal scope=state`)).toHaveLength(1);
    expect(await run(`disable email=${pat}`)).toMatchObject({ invited: [] });
    for (const id of ['P-NEW-1', 'P-NEW-2']) expect(await tables.directory.person(id)).toMatchObject({ id, roles: [] });
    expect(cognito.commandCalls(AdminDisableUserCommand)).toHaveLength(2);
  });

  test('is not deleted once the command wrote it anew', async () => {
    await run(add, 'agency town=Union name=Police phone=203-555-0103');
    const [row] = (await rows()).filter(({ pk }) => pk === 'agency#UNION');
    await tables.put('Directory', [{ ...row, signature: 'AAAA' }]);
    const found = await readDirectory(deployed);
    expect(await run('agency town=Union name=Police phone=203-555-0104')).toMatchObject({ keys: found.wrong });
    await expect(deleteWrong(deployed, found, found.wrong[0] ?? '')).rejects.toThrow('Another command changed');
    expect(await tables.directory.agencies('Union')).toMatchObject([{ phone24h: '203-555-0104' }]);
  });

  test('of a tribe is entered, changed and dropped, and names its services and police', async () => {
    const tribe = 'tribe tribe=MOHEGAN name="Family office" phone=860-555-0101';
    await run(`${tribe} services=victim-advocacy,basic-needs police="Tribal police" policePhone=860-555-0102`);
    const police = { police: 'Tribal police', policePhone: '860-555-0102' };
    const own = { id: 'MOHEGAN', office: 'Family office', phone: '860-555-0101' };
    expect(await tables.directory.tribes()).toEqual([
      { ...own, services: ['victim-advocacy', 'basic-needs'], ...police },
    ]);
    await run(tribe);
    expect(await tables.directory.tribes()).toEqual([{ ...own, services: [] }]);
    const { book } = await readDirectory(deployed);
    expect(wordsOfList(book, undefined)).toEqual(['tribe tribe=MOHEGAN name="Family office" phone=860-555-0101']);
    await run('drop-tribe tribe=MOHEGAN');
    expect(await tables.directory.tribes()).toEqual([]);
  });

  test('is listed without account and code', async () => {
    await run(`${add} role=careline-worker scope=state order=1`, `agency town=Union name=Police phone=203-555-0103`);
    const { book } = await readDirectory(deployed);
    expect(wordsOfList(book, undefined)).toEqual([
      `${pat}  Pat Example, 203-555-0100, P-NEW-1`,
      '  role=careline-worker scope=state order=1',
      'agency town="Union" id=A-UNION name="Police" phone=203-555-0103',
    ]);
    expect(wordsOfList(book, 'kim@agency.example')).toEqual([]);
  });
});

test.each([
  ['grow email=x', 'There is no command "grow"'],
  ['toString', 'There is no command "toString"'],
  ['add email=pat name=Pat phone=203-555-0100', '"email" is wrong'],
  ['add email=pat@agency.example name=" " phone=203-555-0100', '"name" is wrong'],
  ['add email=pat@agency.example name=Pat phone="the desk"', '"phone" is wrong'],
  ['add email=pat@agency.example name=Pat phone=203-555-0100 boss=yes', 'has no field "boss"'],
  ['add email=pat@agency.example name=Pat phone=203-555-0100 name=Kim', 'is given twice'],
  ['add email=pat@agency.example name=Pat', '"phone" is missing'],
  ['add email=pat@agency.example name=Pat phone=203-555-0100 desk', '"desk" is not understood'],
  ['add email=pat@agency.example name=Pat phone=203-555-0100 textPhone=2035550100', '"textPhone" is wrong'],
  ['change email=pat@agency.example absentUntil=soon', '"absentUntil" is wrong'],
  ['give email=pat@agency.example role=boss scope=state', '"role" is wrong'],
  ['give email=pat@agency.example role=legal scope=office-PARIS', '"scope" is wrong'],
  ['give email=pat@agency.example role=legal scope=state order=0', '"order" is wrong'],
  ['seat email=pat@agency.example team=MDT-PARIS discipline=medical place=1', '"team" is wrong'],
  ['agency town=Paris name=Police phone=203-555-0100', '"town" is wrong'],
  ['tribe tribe=PARIS name=Office phone=203-555-0100', '"tribe" is wrong'],
  ['tribe tribe=MOHEGAN name=Office phone="the desk"', '"phone" is wrong'],
  ['tribe tribe=MOHEGAN name=Office phone=203-555-0100 services=poems', '"services" is wrong'],
  [
    'provider service=education id=pr name=House phone=203-555-0100 regions=9 email=pat@agency.example',
    '"id" is wrong',
  ],
])('%s is refused with a sentence', (line, sentence) => {
  expect(readLine(wordsOf(line)).problems).toContainEqual(expect.stringContaining(sentence));
});

test.each([
  ['role=legal scope=office-DANBURY'],
  ['role=mdt-member scope=state'],
  ['role=hart-liaison scope=office-DANBURY'],
  ['role=provider scope=region-4'],
])('%s: a role is not given in a place of another kind', async (words) => {
  await run(add);
  expect(await run(`give email=${pat} ${words}`)).toEqual([expect.stringContaining('is not held in')]);
});

test('what cannot be done is refused with a sentence', async () => {
  await run(add);
  expect(await run(`seat email=${pat} team=MDT-HARTFORD discipline=dcf place=1`)).toEqual([
    expect.stringContaining('first run "give'),
  ]);
  expect(await run(`take email=${pat} role=legal scope=state`)).toEqual([expect.stringContaining('does not hold')]);
  expect(await run('unseat team=MDT-HARTFORD discipline=dcf place=1')).toEqual(['This seat is vacant already.']);
  expect(await run('drop-agency town=Union id=A-UNION')).toEqual([expect.stringContaining('no police agency')]);
  expect(await run('drop-provider service=education id=PR-1')).toEqual([expect.stringContaining('no provider PR-1')]);
  expect(await run('drop-tribe tribe=MOHEGAN')).toEqual([expect.stringContaining('Nothing is entered of MOHEGAN')]);
  expect(await run('tribe tribe=MOHEGAN name=Office phone=203-555-0100 police=Police')).toEqual([
    'Give police and policePhone together, or neither.',
  ]);
});

describe('the first administrator', () => {
  const person = { email: pat, name: 'Pat Example', phone: '203-555-0100' };

  test('is created as an administrator of the state with the duty, once', async () => {
    const { words } = readPerson(person);
    expect(await createFirstAdministrator(words, deployed, newId)).toEqual({ isNew: true });
    expect(await tables.directory.personByEmail(pat)).toMatchObject({
      title: 'Administrator',
      roles: [{ role: 'administrator', scope: 'state' }],
    });
    expect(await tables.directory.onDuty('administrator', 'state')).toMatchObject([{ order: 1 }]);
    cognito.resetHistory();
    expect(
      await createFirstAdministrator(readPerson({ ...person, email: 'kim@agency.example' }).words, deployed, newId),
    ).toBeUndefined();
    expect(cognito.calls()).toEqual([]);
  });

  test.each([
    [{ ...person, email: 'pat' }, '"email"'],
    [{ ...person, name: ' ' }, '"name"'],
    [{ ...person, phone: 'the desk' }, '"phone"'],
    [{ ...person, title: 'Boss' }, '"title" is not understood'],
    [{ email: pat, name: 'Pat' }, '"phone" is missing'],
  ])('%j is refused with one sentence', (given, sentence) => {
    expect(readPerson(given).problems).toEqual([expect.stringContaining(sentence)]);
  });
});
