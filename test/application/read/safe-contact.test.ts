import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditReferral } from '../../../shared/application/read/audit.ts';
import { readIdentities } from '../../../shared/application/read/read-identities.ts';
import { countedWith } from '../../../shared/application/read/safe-contact.ts';
import { viewFor } from '../../../shared/application/read/view.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const ofB = 'Never tell the stepfather; call the aunt only.';
const trees = ['Aspen', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Ginkgo', 'Hazel', 'Ivy', 'Juniper', 'Katsura'];
let children = 0;

/**
 * Two referrals of one child. The first has a service that a provider accepted. The second has a note on safe contact and is merged
 * into the first.
 */
async function merged(note?: string): Promise<readonly [a: string, b: string]> {
  const child = { name: `${trees[children]} Example`, birthDate: `${2005 + children}-03-04` };
  children += 1;
  const a = await desk.opened({ ...child, ...whereKnown({ safeContact: note }) });
  const b = await desk.opened({ ...child, safeContact: ofB });
  await desk.do(a, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
  for (const step of ['ProposeEligibility', 'OpenServices'] as const) await desk.step(a, step);
  await desk.do(a, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
  await desk.do(a, 'accept-linkage', { service: 'education' }, 'contact:PV-1');
  await desk.do(b, 'answer-duplicate', { answer: 'same-child-open', of: a, reason: 'One school.' }, 'careline-worker');
  return [a, b];
}

/** What this person sees of safe contact, and whether they read that there is a note. */
async function shown(id: string, as: string) {
  const state = await desk.state(id);
  const others = await countedWith(desk.ledger, state);
  const view = viewFor(state, connecticutPolicy, visitor(as), others);
  const read = await readIdentities(desk.parts(), visitor(as), state, 'work-on-referral', others);
  return {
    has: 'hasSafeContact' in view && view.hasSafeContact,
    note: read?.safeContact,
    withheld: read?.safeContactWithheld,
  };
}
const seal = (id: string, ...more: readonly string[]) => {
  const named = ['careline-supervisor', 'careline-supervisor/2', ...more];
  const forPeople = named.map((as) => personOf(as).id);
  return desk.do(id, 'seal-referral', { because: 'known-to-staff', forPeople, reason: 'Words.' }, 'careline-manager');
};
const readsOf = async (id: string) =>
  (await auditReferral(desk.parts(), id, { id: 'P-ADMINISTRATOR' }))?.accesses.map(({ personId, read, purpose }) => ({
    personId,
    read,
    purpose,
  })) ?? [];

describe('the note on safe contact of a referral that is merged into another', () => {
  test.each(['caseworker', 'careline-worker', 'contact:PV-1'])(
    'is shown to %s, who works on the other one',
    async (as) => {
      const [a] = await merged();
      expect(await shown(a, as)).toEqual({ has: true, note: ofB });
    },
  );

  test('comes after the note of the other one, and a reader of the merged one sees both as well', async () => {
    const [a, b] = await merged('Only at school.');
    expect((await shown(a, 'contact:PV-1')).note).toBe(`Only at school.\n\n${ofB}`);
    expect((await shown(b, 'careline-worker')).note).toBe(`${ofB}\n\nOnly at school.`);
  });

  test('is read by name, with the purpose, in the record of the merged one', async () => {
    const [a, b] = await merged();
    const before = (await readsOf(b)).length;
    await shown(a, 'contact:PV-1');
    const reads = await readsOf(b);
    expect(reads).toHaveLength(before + 1);
    expect(reads).toContainEqual({ personId: 'PV-1.CONTACT', read: ['safeContact'], purpose: 'work-on-referral' });
  });

  test('can be changed there, and the change is shown', async () => {
    const [a, b] = await merged();
    await desk.do(b, 'note-safe-contact', { safeContact: 'The aunt has moved: call no one.' }, 'careline-worker');
    expect(await shown(a, 'contact:PV-1')).toEqual({ has: true, note: 'The aunt has moved: call no one.' });
  });

  test('is no longer shown once the merge is undone', async () => {
    const [a, b] = await merged();
    await desk.do(b, 'undo-merge', { reason: 'A cousin.' }, 'careline-supervisor');
    expect(await shown(a, 'contact:PV-1')).toEqual({ has: false });
    expect(await shown(b, 'caseworker')).toEqual({ has: true, note: ofB });
  });

  test('is not shown before the merge', async () => {
    const [a, b] = await merged();
    await desk.do(b, 'undo-merge', { reason: 'A cousin.' }, 'careline-supervisor');
    const open = await desk.state(a);
    const leased = { ...open, sameChild: { ...open.sameChild, merges: [{ from: b, at: desk.now }] } };
    expect(await countedWith(desk.ledger, leased)).toEqual([]);
  });

  test('is only for the people its seal names; others read which person to ask, not which referral', async () => {
    const [a, b] = await merged();
    await seal(b, 'caseworker');
    const before = (await readsOf(b)).length;
    for (const as of ['contact:PV-1', 'careline-worker']) {
      const { has, note, withheld } = await shown(a, as);
      expect([has, note], as).toEqual([true, undefined]);
      expect(withheld).toMatch(/Do not contact the family yet. First ask a Careline supervisor/);
      expect(withheld).not.toMatch(/CR-|seal/i);
    }
    expect((await readsOf(b)).length).toBe(before);
    expect(await shown(a, 'caseworker')).toEqual({ has: true, note: ofB });
  });

  test('is not shown to a person with a conflict of interest on either referral', async () => {
    const [a, b] = await merged();
    const state = await desk.state(a);
    const confidentialityAgreement = { notice: '1', conflict: 'yes', at: desk.now } as const;
    const others = (await countedWith(desk.ledger, state)).map((other) => ({
      ...other,
      team: { ...other.team, confidentialityAgreements: { 'PV-1.CONTACT': confidentialityAgreement } },
    }));
    expect(others.map(({ id }) => id)).toEqual([b]);
    const read = await readIdentities(desk.parts(), visitor('contact:PV-1'), state, 'provide-service', others);
    expect(read?.safeContact).toBeUndefined();
    expect(read?.safeContactWithheld).toBeDefined();
  });
});

test('the audit of the merged one does not name the provider of substance use treatment', async () => {
  const [a, b] = await merged();
  const consent = { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'given' };
  await desk.do(a, 'record-consent', consent, 'caseworker');
  await desk.do(a, 'offer-linkage', { service: 'substance-use', providerId: 'PV-2' }, 'caseworker');
  await desk.do(a, 'accept-linkage', { service: 'substance-use' }, 'contact:PV-2');
  await shown(a, 'contact:PV-2');
  const reads = await readsOf(b);
  expect(reads).toContainEqual(expect.objectContaining({ personId: 'PROVIDER-HELD-APART', read: ['safeContact'] }));
  expect(JSON.stringify(reads)).not.toContain('PV-2');
});
