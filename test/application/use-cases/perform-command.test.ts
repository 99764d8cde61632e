import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { type CommandName, commandNamed, commands } from '../../../shared/domain/commands.ts';
import { idPattern } from '../../../shared/domain/core/ids.ts';
import { textFieldsIn } from '../../../shared/domain/core/text-fields.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { inClear } from '../../support/in-clear.ts';
import { versionOf, versions } from '../../support/second-version.ts';
import { playText } from '../../support/text-scenes.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ policyOf: versionOf, released: versions });
});
afterAll(() => desk.stop());

const names = Object.keys(commands) as CommandName[];
const fieldsOf = (name: CommandName) => textFieldsIn(commandNamed(name).input).map(({ field }) => field);
const vault = async () => JSON.stringify(await desk.items('Identities'));
const seqOf = async (id: string) => (await desk.state(id)).seq;
const plan = { placement: 'placed', plan: 'An invented plan.' };

describe('a command', () => {
  test('for a missing referral, or one that the person may not see, has the same answer', async () => {
    const id = await desk.opened();
    for (const referralId of ['CR-00000-000000', id]) {
      const answer = await desk.command(referralId, 'accept-linkage', { service: 'education' }, { as: 'contact:PV-1' });
      expect(answer).toEqual({ kind: 'unknown' });
    }
    expect(await seqOf(id)).toBe(1);
  });

  test('that the role does not allow is forbidden before its input is parsed', async () => {
    const id = await desk.opened();
    const answer = await desk.command(id, 'screen', { nonsense: 'Aspen Example' }, { as: 'careline-worker' });
    expect(answer).toMatchObject({
      kind: 'forbidden',
      sentence:
        'Record the screening outcome: this is for HART liaison, HART lead. Your roles in this referral: careline worker.',
    });
  });

  test('with a wrong input names each problem, and changes nothing', async () => {
    const id = await desk.opened();
    const before = await vault();
    const input = { placement: 'nowhere', at: 'yesterday', plan: 'A plan that must not be kept.', more: 1 };
    const answer = await desk.command(id, 'record-safety-plan', input, { as: 'caseworker' });
    if (answer.kind !== 'invalid') throw new Error(answer.kind);
    expect(answer.problems.map(({ path }) => path).toSorted()).toEqual(['at', 'more', 'placement']);
    expect([await vault(), await seqOf(id)]).toEqual([before, 1]);
    const without = await desk.command(id, 'record-safety-plan', undefined, { as: 'caseworker' });
    expect(without).toMatchObject({ kind: 'invalid', problems: [{ path: 'placement' }, { path: 'plan' }] });
  });

  test('that the domain refuses leaves vault and ledger untouched', async () => {
    const id = await desk.opened();
    const before = await vault();
    const input = {
      outcome: 'services-only',
      definitionBasis: 'tvpa',
      legalConsulted: 'no',
      rationale: 'Invented reasons.',
      reason: 'Words.',
    };
    expect(await desk.command(id, 'decide-eligibility', input, { as: 'area-supervisor' })).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'not-screened', sentence: expect.stringMatching(/\.$/) },
    });
    expect([await vault(), await seqOf(id)]).toEqual([before, 1]);
  });

  test('puts its text into the vault, and the commit names the text by an id', async () => {
    const id = await desk.opened();
    await desk.do(id, 'record-safety-plan', plan, 'caseworker');
    const { commits } = (await desk.ledger.referral(id)) ?? { commits: [] };
    const event = commits.at(-1)?.events.find(({ type }) => type === 'safety-plan-recorded');
    if (event?.type !== 'safety-plan-recorded') throw new Error('It was not recorded.');
    expect(event.plan).toMatch(idPattern);
    expect(await desk.identities.text(id, event.plan)).toBe('An invented plan.');
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toEqual([]);
    expect(commits.at(-1)).toMatchObject({ actor: { kind: 'person', id: 'P-CASEWORKER' }, at: desk.now });
    expect(commits.at(-1)?.stored.text).not.toContain('invented plan');
  });

  test('that is sent again under the same key has the first answer, and nothing is stored twice', async () => {
    const id = await desk.opened();
    const as = { as: 'caseworker', key: 'one submission' };
    const first = await desk.command(id, 'record-safety-plan', plan, as);
    const stored = await vault();
    const again = await desk.command(id, 'record-safety-plan', { plan: ` ${plan.plan}`, placement: 'placed' }, as);
    expect([first, again]).toMatchObject([
      { kind: 'done', repeated: false },
      { kind: 'done', repeated: true, state: { seq: 2 } },
    ]);
    expect(await vault()).toBe(stored);
  });

  test.each<[string, CommandName, object, object]>([
    ['another text', 'record-safety-plan', plan, { ...plan, plan: 'Another plan.' }],
    ['another code', 'assess-danger', { danger: 'yes' }, { danger: 'unknown' }],
    ['one field more', 'record-safety-plan', plan, { ...plan, at: '2026-11-09T14:00:00Z' }],
  ])(
    'with %s under the same key is refused, because the key came before, and nothing is stored',
    async (_, name, one, two) => {
      const id = await desk.opened({ danger: 'unknown' });
      const as = { as: 'caseworker', key: 'one submission' };
      expect(await desk.command(id, name, one, as)).toMatchObject({ kind: 'done', repeated: false });
      const stored = [await vault(), await desk.state(id)];
      expect(await desk.command(id, name, two, as)).toEqual({ kind: 'reused' });
      expect([await vault(), await desk.state(id)]).toEqual(stored);
    },
  );

  test('that gave the referral away has its first answer when sent again, and no other command has one', async () => {
    const id = await desk.opened();
    const as = { as: 'caseworker@office-DANBURY', key: 'given away' };
    await desk.do(id, 'confirm-routing', { office: 'DANBURY', team: 'MDT-DANBURY' }, 'careline-worker');
    const elsewhere = { office: 'NEW-HAVEN', team: 'MDT-NEW-HAVEN' };
    expect(await desk.command(id, 'confirm-routing', elsewhere, as)).toMatchObject({ kind: 'done', repeated: false });
    expect(await desk.command(id, 'confirm-routing', elsewhere, as)).toMatchObject({ kind: 'done', repeated: true });
    const others = [
      { ...as, key: 'another' },
      { ...as, as: 'caseworker/2@office-DANBURY' },
    ];
    for (const other of others)
      expect(await desk.command(id, 'confirm-routing', elsewhere, other)).toEqual({ kind: 'unknown' });
    const forPeople = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
    const seal = { because: 'workers-family', forPeople, reason: 'Invented words.' };
    await desk.do(id, 'seal-referral', seal, 'careline-manager');
    expect(await desk.command(id, 'confirm-routing', elsewhere, as)).toEqual({ kind: 'unknown' });
  });

  test('that stopped before its commit leaves its text unread, and the same key completes it', async () => {
    const id = await desk.opened();
    const order = { referralId: id, name: 'record-safety-plan', input: plan, key: 'stopped' } as const;
    const ledger = { ...desk.ledger, changeReferral: () => Promise.reject(new Error('The process ended.')) };
    await expect(performCommand({ ...desk.parts(), ledger }, visitor('caseworker'), order)).rejects.toThrow();
    const again = { as: 'caseworker', key: 'stopped' };
    const other = await desk.command(id, 'record-safety-plan', { ...plan, plan: 'Another plan.' }, again);
    expect([other, await seqOf(id)]).toEqual([{ kind: 'reused' }, 1]);
    expect(await desk.command(id, 'record-safety-plan', plan, again)).toMatchObject({ kind: 'done', repeated: false });
    expect(await vault()).not.toContain('Another plan.');
  });

  test('that stopped before its text was confirmed is completed by the same key', async () => {
    const id = await desk.opened();
    const order = { referralId: id, name: 'record-safety-plan', input: plan, key: 'stopped' } as const;
    const identities = { ...desk.identities, confirmAll: () => Promise.reject(new Error('The process ended.')) };
    await expect(performCommand({ ...desk.parts(), identities }, visitor('caseworker'), order)).rejects.toThrow();
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toHaveLength(1);
    await desk.command(id, 'record-safety-plan', plan, { as: 'caseworker', key: 'stopped' });
    expect(await desk.identities.pendingSince('2099-01-01T00:00:00Z')).toEqual([]);
  });

  test('that another one under its key overtook is refused, because the key came before', async () => {
    const id = await desk.opened({ danger: 'no' });
    const before = await desk.ledger.referral(id);
    const late = { ...desk.ledger, referral: async () => before };
    await desk.command(id, 'assess-danger', { danger: 'yes' }, { as: 'caseworker', key: 'key' });
    const order = { referralId: id, name: 'assess-danger', input: { danger: 'unknown' }, key: 'key' } as const;
    const answer = await performCommand({ ...desk.parts(), ledger: late }, visitor('caseworker'), order);
    expect([answer, (await desk.state(id)).response.danger]).toEqual([{ kind: 'reused' }, 'yes']);
  });

  test('leaves a digest in its commit that reveals nothing of the input', async () => {
    const [id, other] = [await desk.opened(), await desk.opened()];
    const digests = new Set<string>();
    for (const referralId of [id, other]) {
      await desk.do(referralId, 'record-safety-plan', plan, 'caseworker');
      const cause = (await desk.ledger.referral(referralId))?.commits.at(-1)?.cause;
      if (cause?.kind !== 'command') throw new Error('It was no command.');
      expect(cause.digest).toMatch(/^[0-9a-f]{64}$/);
      digests.add(cause.digest ?? '');
    }
    expect(digests.size).toBe(2);
  });

  test('that is sent again is answered even where it would be refused by now', async () => {
    const id = await desk.opened();
    const as = { as: 'caseworker', key: 'one submission' };
    expect(await desk.command(id, 'report-missing', {}, as)).toMatchObject({ kind: 'done', repeated: false });
    expect(await desk.command(id, 'report-missing', {}, as)).toMatchObject({ kind: 'done', repeated: true });
    expect(await desk.command(id, 'report-missing', {}, { as: 'caseworker' })).toMatchObject({ kind: 'refused' });
  });

  test('under the same key by another person, of another name or for another referral is another command', async () => {
    const [id, other] = [await desk.opened(), await desk.opened()];
    const key = 'key';
    const answers = [
      await desk.command(id, 'record-safety-plan', plan, { as: 'caseworker', key }),
      await desk.command(id, 'record-safety-plan', plan, { as: 'caseworker/2', key }),
      await desk.command(id, 'start-response', {}, { as: 'caseworker', key }),
      await desk.command(other, 'record-safety-plan', plan, { as: 'caseworker', key }),
    ];
    expect(answers.map((answer) => answer.kind === 'done' && !answer.repeated)).toEqual([true, true, true, true]);
  });

  test('finds the person of the provider in the directory, and refuses one that is not there', async () => {
    const id = await desk.opened();
    const offer = (providerId: string) =>
      desk.command(id, 'offer-linkage', { service: 'education', providerId }, { as: 'caseworker' });
    expect(await offer('PV-9')).toMatchObject({ kind: 'refused', refusal: { refused: 'no-such-provider' } });
    expect(await offer('PV-2')).toMatchObject({
      kind: 'done',
      state: { services: { linkages: { education: { contactId: 'PV-2.CONTACT' } } } },
    });
  });

  test('that another commit overtook decides again, and may then be refused', async () => {
    const id = await desk.opened();
    const before = await desk.ledger.referral(id);
    const late = { ...desk.ledger, referral: async () => before };
    await desk.do(id, 'report-missing', {}, 'caseworker');
    const order = { referralId: id, name: 'report-missing', input: {}, key: 'late' } as const;
    expect(await performCommand({ ...desk.parts(), ledger: late }, visitor('caseworker/2'), order)).toMatchObject({
      kind: 'refused',
      refusal: { refused: 'already-missing' },
    });
  });
});

/** Every schema below this one, with its path. */
function leaves(schema: unknown, path: string): readonly { readonly path: string; readonly schema: z.ZodType }[] {
  if (isVault(schema)) return [{ path, schema: schema as z.ZodType }];
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`));
  if (schema instanceof z.ZodArray) return leaves(schema.element, `${path}[]`);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return leaves(schema.unwrap(), path);
  if (schema instanceof z.ZodPipe) return leaves(schema.in, path);
  return [{ path, schema: schema as z.ZodType }];
}
const isVault = (schema: unknown): boolean => (schema as z.ZodType).meta?.()?.vault === true;

describe('every command of the table', () => {
  const all = names.flatMap((name) => leaves(commandNamed(name).input, name));

  test('has each free text as a field of its own, where the application takes it out', () => {
    for (const name of names) {
      const texts = leaves(commandNamed(name).input, '').filter(({ schema }) => isVault(schema));
      expect(texts.map(({ path }) => path.slice(1)).toSorted()).toEqual([...fieldsOf(name)].toSorted());
    }
    expect(all.filter(({ schema }) => isVault(schema)).length).toBeGreaterThan(10);
  });

  test("has any other text as an id, a code or an instant, or as a part of the child's identity", () => {
    const accepts = (schema: z.ZodType) => schema.safeParse('Aspen Example ran away.').success;
    const isIdentity = (schema: z.ZodType) =>
      /^(child-name|phone|prior-ids|reporter-[a-z]+)$/.test(
        String((schema.meta?.() as { vault?: unknown } | undefined)?.vault),
      );
    const others = all.filter(({ schema }) => !isVault(schema) && !isIdentity(schema));
    expect(others.filter(({ schema }) => accepts(schema)).map(({ path }) => path)).toEqual([]);
    expect(all.filter(({ schema }) => isIdentity(schema))).toHaveLength(7);
  });

  test('takes the place of a mistyped date of birth, for people and for the proposal', async () => {
    const id = await desk.opened({ birthDate: '2000-03-03' });
    await desk.do(id, 'record-birth-date', { birthDate: '2011-03-03', reason: 'Mistyped.' }, 'caseworker');
    const {
      identity: { birthCorrectedBy },
      child,
    } = await desk.state(id);
    expect(child.age).toEqual({ known: 'exact', years: 15 });
    expect(await desk.identities.birthDate(id, birthCorrectedBy)).toBe('2011-03-03');
    const tables = ['Ledger', 'Board', 'Waits', 'Identities', 'VaultKeys'] as const;
    const outside = inClear(await Promise.all(tables.map(desk.items)));
    expect(outside).not.toMatch(/2000-03-03|2011-03-03/);
  });

  test.each(names.filter((name) => fieldsOf(name).length > 0))(
    'puts its texts into the vault alone, each under the id that the commit names: %s',
    async (name) => {
      const fields = fieldsOf(name);
      const { id, texts } = await playText(desk, name);
      const tables = ['Ledger', 'Board', 'Waits', 'Identities', 'VaultKeys'] as const;
      const outside = inClear(await Promise.all(tables.map(desk.items)));
      for (const text of Object.values(texts)) expect(outside).not.toContain(text.slice(1, -1));
      const committed = (await desk.ledger.referral(id))?.commits.at(-1)?.stored.text ?? '';
      const kept = await desk.vaultTexts();
      for (const field of fields) {
        const [key] = [...kept].find(([, content]) => content === texts[field]) ?? [];
        const [, , textId = ''] = String(key).split('#');
        expect(textId).toMatch(idPattern);
        expect(committed).toContain(`"${field}":"${textId}"`);
      }
    },
  );
});
