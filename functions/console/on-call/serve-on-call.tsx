/** The page of who is on call, and the acts of those who keep the shifts. A GET never acts. */

import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import { auditors, isOneOf } from '../../../shared/application/access/visitor.ts';
import { onCallFor, shiftHistory } from '../../../shared/application/read/shown-on-call.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  handShiftOver,
  importShiftFile,
  keepsShiftsOf,
  type ShiftAnswer,
  shiftKeepers,
  swapTwoShifts,
  takeShiftOut,
} from '../../../shared/application/use-cases/keep-shifts.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import { namesOf, peopleIn } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { notStored } from '../forms/not-stored.ts';
import { OnCallPage, ShiftHistoryPage, ShiftPage } from './on-call-page.tsx';
import type { ShiftAttempt } from './shift-attempt.ts';

/** How far the page looks ahead, in hours. */
export const spans = [24, 168, 336] as const;
const longest = 336;
type Status = 200 | 400 | 403 | 404 | 409;

export function createOnCall(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, notice, forbidden }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => {
    const now = parts.now();
    return { ...parts, policy: policyInForce(released, now), now };
  };

  const page = async (context: Request, attempt?: ShiftAttempt, status: Status = 200) => {
    const visitor = visitorIn(context);
    const hours = spans.find((each) => String(each) === context.req.query('hours')) ?? spans[0];
    const view = await onCallFor(door(), visitor, hours);
    if (!view) return forbidden(context, doorRefusals['on-call-for-staff'].sentence);
    return context.html(
      <OnCallPage
        frame={frameOf(context)}
        view={view}
        hours={hours}
        place={context.req.query('place')}
        keeps={(scope) => keepsShiftsOf(visitor, scope)}
        isKeeper={isOneOf(visitor, shiftKeepers)}
        readsHistory={isOneOf(visitor, [...shiftKeepers, ...auditors])}
        submission={parts.newId()}
        done={context.req.query('done')}
        attempt={attempt}
      />,
      status,
    );
  };

  const shiftPage = async (context: Request, id: string, attempt?: ShiftAttempt, status: Status = 200) => {
    const visitor = visitorIn(context);
    const view = await onCallFor(door(), visitor, longest);
    const place = view?.places.find(({ shifts }) => shifts.some((each) => each.id === id));
    const shift = place?.shifts.find((each) => each.id === id);
    if (!place || !shift || !keepsShiftsOf(visitor, place.scope)) {
      return notice(
        context,
        404,
        'There is no such shift',
        'It has ended or was changed meanwhile, or you do not keep the shifts of its office.',
      );
    }
    const props = { shift, others: place.shifts.filter((each) => each.personId !== shift.personId) };
    return context.html(
      <ShiftPage frame={frameOf(context)} {...props} submission={parts.newId()} attempt={attempt} />,
      status,
    );
  };

  const submissionOf = (typed: URLSearchParams) => submissionUnder(parts, typed.get('key') || undefined);

  const answered = (
    context: Request,
    answer: ShiftAnswer,
    form: ShiftAttempt['form'],
    show: (attempt: ShiftAttempt, status: Status) => Response | Promise<Response>,
  ) => {
    const typed = context.get('form');
    switch (answer.kind) {
      case 'forbidden':
        return forbidden(context, doorRefusals['shifts-for-keepers'].sentence);
      case 'done':
        return context.redirect(url(`/on-call?done=${form}`), 303);
      default: {
        const { says, status } = notStored(answer);
        return show({ form, typed, ...says }, status);
      }
    }
  };

  app.get('/on-call', (context) => page(context));
  app.get('/on-call/history', async (context) => {
    const changes = await shiftHistory(parts, visitorIn(context));
    if (!changes) return forbidden(context, doorRefusals['shift-history-for-keepers'].sentence);
    const people = changes.flatMap(({ by, events }) => [by, ...peopleIn(events)]);
    const nameOf = await namesOf(parts.directory, people);
    return context.html(<ShiftHistoryPage frame={frameOf(context)} changes={changes} nameOf={nameOf} />);
  });
  app.get('/on-call/shifts/:id', (context) => shiftPage(context, context.req.param('id')));

  app.post('/on-call/import', async (context) => {
    const typed = context.get('form');
    const answer = await importShiftFile(
      door(),
      visitorIn(context),
      { csv: typed.get('csv') ?? '' },
      await submissionOf(typed),
    );
    return answered(context, answer, 'import', (attempt, status) => page(context, attempt, status));
  });
  app.post('/on-call/shifts/:id/:act', async (context) => {
    const { id, act } = context.req.param();
    const typed = context.get('form');
    const [visitor, submission] = [visitorIn(context), await submissionOf(typed)];
    const text = (name: string) => typed.get(name)?.trim() ?? '';
    const show = (attempt: ShiftAttempt, status: Status) => shiftPage(context, id, attempt, status);
    switch (act) {
      case 'swap':
        return answered(
          context,
          await swapTwoShifts(door(), visitor, { shiftId: id, withId: text('withId') }, submission),
          act,
          show,
        );
      case 'hand-over': {
        const input = { shiftId: id, person: text('person'), phone: text('phone') };
        return answered(context, await handShiftOver(door(), visitor, input, submission), act, show);
      }
      case 'remove':
        return answered(context, await takeShiftOut(door(), visitor, { shiftId: id }, submission), act, show);
      default:
        return notice(context, 404, 'There is no such page', 'Check the address.');
    }
  });
  return app;
}
