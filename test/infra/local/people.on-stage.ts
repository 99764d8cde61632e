/** The command that writes entries, and what a person with the table writes, in the whole cloud. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, it } from 'vitest';
import { stage } from './shared-stage.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** Runs `npm run people` against the stage, in a process of its own. */
const people = (...words: readonly string[]) =>
  new Promise<{ readonly status: number; readonly told: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(project, 'infra/people-command.ts'), ...words, `endpoint=${stage.cloud.endpointUrl}`],
      (_error, output, errors) => resolve({ status: child.exitCode ?? -1, told: `${output}${errors}` }),
    );
  });

/** The status of a request of this person. */
async function asked(email: string, path: string): Promise<number> {
  const headers = { authorization: `Bearer ${await stage.cloud.token(email)}` };
  return (await fetch(`${stage.cloud.webUrl}/api/v1${path}`, { headers })).status;
}

describe('a person that an operator enters', () => {
  const email = 'entered.person@dcf.example';

  it('can sign in and do what their role opens, until they are disabled', async () => {
    const added = await people('add', `email=${email}`, 'name=Entered Person', 'phone=203-555-0100');
    expect(added).toMatchObject({ status: 0, told: expect.stringContaining('first password') });
    expect(await asked(email, '/queue')).toBe(401);
    expect(await people('give', `email=${email}`, 'role=careline-worker', 'scope=state')).toMatchObject({ status: 0 });
    expect(await asked(email, '/queue')).toBe(200);
    expect((await people('list', `email=${email}`)).told).toContain('role=careline-worker scope=state');
    expect(await people('disable', `email=${email}`)).toMatchObject({ status: 0 });
    expect(await asked(email, '/queue')).toBe(401);
  });

  it('is refused with sentences, and nothing is written', async () => {
    expect(await people('give', 'email=no.one@dcf.example', 'role=legal', 'scope=state')).toEqual({
      status: 2,
      told: expect.stringContaining('The directory has no person with the address no.one@dcf.example'),
    });
  });
});

describe('a role that a person with the table writes into a row', () => {
  it('opens nothing, and is told by the list of the command', async () => {
    const Key = { pk: { S: 'person#P-PROVIDER-EDUCATION-2' }, sk: { S: 'profile' } };
    const TableName = stage.table('Directory');
    const { Item = {} } = await stage.dynamodb.send(new GetItemCommand({ TableName, Key }));
    const email = Item.email?.S ?? '';
    expect(await asked(email, '/queue')).toBe(403);
    const roles = { L: [{ M: { role: { S: 'careline-supervisor' }, scope: { S: 'state' } } }] };
    await stage.dynamodb.send(new PutItemCommand({ TableName, Item: { ...Item, roles } }));
    try {
      expect([401, 403]).toContain(await asked(email, '/queue'));
      expect((await people('list')).told).toContain('["person#P-PROVIDER-EDUCATION-2","profile"]');
    } finally {
      await stage.dynamodb.send(new PutItemCommand({ TableName, Item }));
    }
  });
});
