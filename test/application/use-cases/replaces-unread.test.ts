/**
 * No act takes the place of what its sender has not read. Each act of the lives of the ledger is sent again, with other words. It comes from a page older than the act, and from a script
 * that read nothing. Nothing is stored.
 */
import { afterAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type Order, performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { type CommandName, commandNamed, commands } from '../../../shared/domain/commands.ts';
import { isRefusal } from '../../../shared/domain/core/refusal.ts';
import { fold } from '../../../shared/domain/fold.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { type Desk, startDesk, visitor } from '../../support/desk.ts';
import { isLong } from '../../support/examples.ts';
import * as lives from '../../support/ledger-lives.ts';
import { meetTogether } from '../../support/meet-together.ts';
import { versionOf, versions } from '../../support/second-version.ts';

/** What follows by itself from acts of people, and is written by none. */
const derived = [
  'seq',
  'generation',
  'alerts',
  'runs',
  'runEnds',
  'pathway',
  'eligibility.proposal',
  'eligibility.proposedOn',
  'places.suggestedRouting',
  'team.meeting.sequence',
];
const isDerived = (path: string) =>
  derived.some((each) => path === each || path.startsWith(`${each}.`)) ||
  /^services\.linkages\..*\.suspended$/.test(path) ||
  (path.startsWith('deadlines.') && !path.includes('.explanation') && !path.endsWith('.countersignedBy'));

/** A proposal lapses by what it was made without. Counsel's word about a card lapses by the next words of it. */
const isVoidByNews = (path: string) => path.startsWith('proposals.') || path === 'card.parentMayRead';

function leavesOf(value: unknown, path = '', found = new Map<string, unknown>()): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) found.set(path, value);
  else for (const [key, each] of Object.entries(value)) leavesOf(each, path === '' ? key : `${path}.${key}`, found);
  return found;
}

/** Where what one act wrote is changed or gone after the other. */
function lost(before: Referral, between: Referral, after: Referral): readonly string[] {
  const [was, wrote, is] = [leavesOf(before), leavesOf(between), leavesOf(after)];
  return [...wrote]
    .filter(([path, value]) => value !== undefined && was.get(path) !== value && is.get(path) !== value)
    .map(([path]) => path)
    .filter((path) => !isDerived(path));
}

const inner = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? inner(schema.unwrap()) : schema;
const isText = (schema: unknown) => (inner(schema) as z.ZodType).meta()?.vault === true;

/** The input with other words, and then each of its codes and numbers by itself as another. */
function variants(name: CommandName, input: object): readonly object[] {
  const shape: Readonly<Record<string, unknown>> = commandNamed(name).input.shape;
  const words = Object.fromEntries(
    Object.entries(input).map(([field, value]) => [field, isText(shape[field]) ? `${value} Otherwise.` : value]),
  );
  const others = Object.entries(input).flatMap(([field, value]): object[] => {
    const schema = inner(shape[field]);
    if (schema instanceof z.ZodEnum)
      return schema.options
        .filter((each) => each !== value)
        .slice(0, 2)
        .map((other) => ({ ...words, [field]: other }));
    if (typeof value === 'number') return [{ ...words, [field]: value + 1 }];
    return typeof value === 'boolean' ? [{ ...words, [field]: !value }] : [];
  });
  return [words, ...others];
}

class Accepted extends Error {
  readonly state: Referral;
  constructor(state: Referral) {
    super('The act would be stored.');
    this.state = state;
  }
}

/** The referral as it would be after the act, or undefined where nothing would be stored. Nothing is. */
async function dryRun(desk: Desk, as: string, order: Order): Promise<Referral | undefined> {
  const changeReferral = async (
    id: string,
    { actor }: { actor: unknown },
    decide: (...given: unknown[]) => unknown,
  ) => {
    const read = await desk.ledger.referral(id);
    const events = decide(read?.state, { policy: desk.policyOf(read?.policy ?? '') });
    if (isRefusal(events)) return events;
    const commit = { seq: (read?.state.seq ?? 0) + 1, at: desk.now, actor, events } as never;
    throw new Accepted(fold(id, [commit], read?.state) as Referral);
  };
  const nothing = async () => true;
  const parts = {
    ...desk.parts(),
    ledger: { ...desk.ledger, changeReferral },
    identities: { ...desk.identities, putPending: nothing, confirmAll: nothing, markIndex: nothing },
  } as unknown as Parameters<typeof performCommand>[0];
  try {
    await performCommand(parts, visitor(as), order);
  } catch (error) {
    if (error instanceof Accepted) return error.state;
    throw error;
  }
  return undefined;
}

const desk = await startDesk({ policyOf: versionOf, released: versions });
afterAll(() => desk.stop());

const done = new Set<string>();
const replaced: string[] = [];
const acts: { readonly referralId: string; readonly name: CommandName; readonly input: object; readonly as: string }[] =
  [];
let tried = 0;

/** The desk, on which each act is then tried again without being stored. */
const watched: Desk = Object.assign(Object.create(desk), {
  async do(id: string, name: CommandName, input: object, as: string) {
    const before = await desk.state(id);
    await desk.do(id, name, input, as);
    done.add(name);
    const between = await desk.state(id);
    const others = acts.filter((each) => each.referralId === id && each.name !== name);
    for (const { as: by, ...other } of others.filter((_, index) => isLong || (index + tried) % 8 === 0)) {
      tried += 1;
      const order = { ...other, key: `again ${tried}`, seen: { shown: before.seq }, isAnother: true };
      const after = await dryRun(desk, by, order);
      const gone = (after ? lost(before, between, after) : []).filter((path) => !isVoidByNews(path));
      if (gone.length > 0) replaced.push(`${other.name}, from before ${name}: ${gone.join(', ')}`);
    }
    acts.push({ referralId: id, name, input, as });
    for (const [number, again] of variants(name, input).entries()) {
      for (const seen of [{ shown: before.seq }, undefined]) {
        tried += 1;
        const key = `again ${tried}`;
        const after = await dryRun(desk, as, { referralId: id, name, input: again, key, seen, isAnother: true });
        // Danger is raised by each person who sees it, and a proposal to lower it lapses.
        const raises = name === 'assess-danger' && Object(again).danger === 'yes';
        const gone = after && !raises ? lost(before, between, after) : [];
        if (gone.length > 0)
          replaced.push(`${name} (${seen ? 'an older page' : 'a script'}, ${number}): ${gone.join(', ')}`);
      }
    }
  },
});

test('no act, from an older page or from a script, takes the place of what another wrote unread', async () => {
  for (const live of Object.values(lives)) {
    if (typeof live === 'function' && live.length === 1) await (live as (desk: Desk) => Promise<unknown>)(watched);
  }
  await meetTogether(watched);
  expect([...new Set(replaced)]).toEqual([]);
  expect(tried).toBeGreaterThan(500);
}, 120_000);

test('every command is done in a life of the ledger, so that a new one is tried too', () => {
  expect(Object.keys(commands).filter((name) => !done.has(name))).toEqual([]);
});
