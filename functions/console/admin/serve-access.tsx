/** Where an administrator ends the access of a person, and where auditors read whose access ended. A GET never acts. */

import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import { isOneOf, ownOf } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { heldBy } from '../../../shared/application/read/held-by.ts';
import { shiftFaults } from '../../../shared/application/read/shown-on-call.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  accessEnders,
  accessEndReaders,
  type EndAnswer,
  endPersonsAccess,
  followUpEnd,
} from '../../../shared/application/use-cases/end-persons-access.ts';
import { idPattern } from '../../../shared/domain/core/ids.ts';
import { lastEndOf } from '../../../shared/domain/directory/access-ends.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { namesOf, phonesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { namePeople } from '../forms/named-people.ts';
import { notStored } from '../forms/not-stored.ts';
import { EndAccessPage, type EndAttempt, fieldOfPerson, PeoplePage, pathOfShifts } from './end-access-page.tsx';

/** So many ends are listed, the latest first. */
const mostListed = 50;

export function createPeopleAndAccess(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, notice, forbidden, people }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => ({ ...parts, now: parts.now() });
  const isEnder = (context: Request) => isOneOf(ownOf(visitorIn(context)), accessEnders);
  const refused = (context: Request) => forbidden(context, doorRefusals['access-ends-for-administrators'].sentence);
  const unknown = (context: Request) =>
    notice(context, 404, 'There is no such person', 'The directory has no person of this id.');

  const list = async (context: Request, problems: readonly Problem[] = [], status: 200 | 400 = 200) => {
    const visitor = visitorIn(context);
    if (!isOneOf(ownOf(visitor), accessEndReaders)) return refused(context);
    const { ends } = (await parts.ledger.shifts()).schedule;
    const last = ends.toReversed().slice(0, mostListed);
    const known = await parts.directory.people([...new Set(last.map(({ personId }) => personId))]);
    const nameOf = await namesOf(
      parts.directory,
      last.flatMap(({ personId, by }) => [personId, by]),
    );
    // Of several ends of one person, the last one tells whether they were let in again.
    const isOver = (end: (typeof last)[number]) => {
      const person = known.find(({ id }) => id === end.personId);
      const latest = person && lastEndOf(ends, person);
      return latest !== undefined && (latest.isOver || latest.at !== end.at);
    };
    const field = isEnder(context) ? fieldOfPerson(await people(visitor)) : undefined;
    const props = { frame: frameOf(context), field, ends: last, isOver, nameOf, problems };
    return context.html(<PeoplePage {...props} typed={context.get('form')} />, status);
  };

  const page = async (context: Request, id: string, attempt: EndAttempt = {}, status: 200 | 400 | 409 = 200) => {
    if (!isEnder(context)) return refused(context);
    if (!idPattern.test(id)) return unknown(context);
    const visitor = visitorIn(context);
    const now = parts.now();
    const found = await heldBy({ ...parts, now }, visitor, id);
    if (!found) return unknown(context);
    const told = await Promise.all(
      found.stays.map(async ({ tell }) => {
        const [first] = tell
          ? (await parts.directory.onCall(tell.role, tell.scope, now)).filter((each) => each.personId !== id)
          : [];
        return first && { id: first.personId, phone: first.phone };
      }),
    );
    const named = [
      id,
      ...found.stays.flatMap(({ others }) => others),
      ...found.duties.flatMap(({ next }) => next?.id ?? []),
      ...told.flatMap((each) => each?.id ?? []),
      ...[...found.held, ...found.given].flatMap(({ personId, delegateId }) => [personId, delegateId]),
      ...(found.person.ending ? [found.person.ending.by] : []),
    ];
    const [nameOf, phones, delegates] = await Promise.all([
      namesOf(parts.directory, named),
      phonesOf(parts.directory, named),
      found.held.length > 0 ? people(visitor) : [],
    ]);
    const props = {
      frame: frameOf(context),
      found,
      told,
      nameOf,
      phones,
      delegates: delegates.filter(({ value }) => value !== id),
      isOneself: visitor.id === id,
      faults: shiftFaults(found.schedule.shifts, policyInForce(released, now), now).filter((fault) =>
        found.person.roles.some(({ role, scope }) => role === fault.role && scope === fault.scope),
      ).length,
      done: context.req.query('done'),
      isUntold: context.req.query('untold') === 'yes',
      submission: parts.newId(),
    };
    return context.html(<EndAccessPage {...props} attempt={attempt} />, status);
  };

  const answered = (context: Request, id: string, answer: EndAnswer) => {
    const typed = context.get('form');
    switch (answer.kind) {
      case 'forbidden':
        return refused(context);
      case 'unknown':
        return unknown(context);
      case 'done':
        return context.redirect(
          url(`/people/${id}?done=${answer.isClosed ? 'yes' : 'open'}${answer.untold > 0 ? '&untold=yes' : ''}`),
          303,
        );
      default: {
        const { says, status } = notStored(answer);
        return page(context, id, { typed, ...says }, status);
      }
    }
  };

  app.get('/people', (context) => list(context));
  app.post('/people', async (context) => {
    if (!isEnder(context)) return refused(context);
    const named = await namePeople([fieldOfPerson([])], context.get('form'), parts.directory);
    const id = (named.form.get('personId') ?? '').trim().toUpperCase();
    if (named.problems.length > 0) return list(context, named.problems, 400);
    if (id === '') return list(context, [{ path: 'personId', sentence: 'Choose a person.' }], 400);
    return context.redirect(url(`/people/${encodeURIComponent(id)}`), 303);
  });
  app.get('/people/:id', (context) => page(context, context.req.param('id')));
  app.post('/people/:id/end', async (context) => {
    const { id } = context.req.param();
    const typed = context.get('form');
    const shifts = [...typed].flatMap(([name, to]) => {
      const [, role, scope] = /^shifts\/([\w-]+)\/([\w.-]+)$/.exec(name) ?? [];
      return role === undefined || scope === undefined ? [] : [{ role, scope, to }];
    });
    const input = {
      reason: typed.get('reason') ?? '',
      shifts,
      delegations: typed.get('delegations') ?? 'none',
      seen: typed.get('seen') ?? '',
    };
    const submission = await submissionUnder(parts, typed.get('key') || undefined);
    const answer = await endPersonsAccess(door(), visitorIn(context), id, input, submission);
    if (answer.kind !== 'invalid') return answered(context, id, answer);
    const problems = answer.problems.map(({ path, sentence }) => {
      const index = /^shifts\[(\d+)\]/.exec(path)?.[1];
      const group = index === undefined ? undefined : shifts[Number(index)];
      return { path: group ? pathOfShifts(group) : path, sentence };
    });
    return answered(context, id, { kind: 'invalid', problems });
  });
  app.post('/people/:id/follow-up', async (context) => {
    const { id } = context.req.param();
    return answered(context, id, await followUpEnd(door(), visitorIn(context), id));
  });
  return app;
}
