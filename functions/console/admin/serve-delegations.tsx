/** Delegates: the person's own delegates, the colleagues they act for, and for administrators all of them. */

import { Hono } from 'hono';
import { isOneOf, ownOf, type Visitor } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  delegationsFor,
  delegators,
  type EndAnswer,
  endDelegate,
  type NameAnswer,
  nameDelegate,
} from '../../../shared/application/use-cases/keep-delegations.ts';
import { type Delegation, delegationInput, holdsAt } from '../../../shared/domain/directory/delegations.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { withPeople } from '../app/people-to-name.ts';
import { Fields } from '../forms/field-view.tsx';
import { type Field, fieldsOf, type Option } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';
import { namePeople } from '../forms/named-people.ts';

interface Attempt {
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

/** The kinds of work that this person can hand on, from their own roles. */
const fieldsFor = (visitor: Visitor, people: readonly Option[]): readonly Field[] =>
  withPeople(fieldsOf(delegationInput), people).map((field) =>
    field.kind === 'choices'
      ? { ...field, options: field.options.filter(({ value }) => ownOf(visitor).roles.some((role) => role === value)) }
      : field,
  );

const idOf = (form: URLSearchParams, name: string) => (form.get(name) ?? '').trim().toUpperCase();

/** A GET never acts. */
export function createDelegations(parts: ConsoleParts, { frameOf, visitorIn, url, people }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => ({ ...parts, now: parts.now() });

  const page = async (context: Request, attempt: Attempt = {}, status: 200 | 400 | 403 | 409 = 200) => {
    const visitor = visitorIn(context);
    const found = await delegationsFor(door(), visitor);
    const shown = [...found.given, ...found.received, ...(found.everybody ?? [])];
    const nameOf = await namesOf(
      parts.directory,
      shown.flatMap(({ personId, delegateId }) => [personId, delegateId]),
    );
    const fields = fieldsFor(visitor, await people(visitor));
    const props = {
      frame: frameOf(context),
      visitor,
      fields,
      ...found,
      nameOf,
      done: context.req.query('done') !== undefined,
    };
    return context.html(<DelegationsPage {...props} {...attempt} />, status);
  };
  const answered = (context: Request, answer: NameAnswer | EndAnswer, typed: URLSearchParams) => {
    switch (answer.kind) {
      case 'forbidden':
        return page(context, { typed, refusal: doorRefusals['delegating-for-roles'].sentence }, 403);
      case 'invalid':
        return page(context, { typed, problems: inWords(answer.problems) }, 400);
      case 'refused':
        return page(context, { typed, refusal: answer.refusal.sentence }, 409);
      case 'done':
        return context.redirect(url('/delegations?done=yes'), 303);
    }
  };

  app.get('/delegations', (context) => page(context));
  app.post('/delegations', async (context) => {
    const typed = context.get('form');
    const fields = fieldsFor(visitorIn(context), []);
    const named = await namePeople(fields, typed, parts.directory);
    const read = readFields(fields, named.form);
    const problems = [...named.problems, ...read.problems];
    if (problems.length > 0) return page(context, { typed, problems }, 400);
    return answered(context, await nameDelegate(door(), visitorIn(context), read.input), typed);
  });
  app.post('/delegations/end', async (context) => {
    const typed = context.get('form');
    const ended = { personId: idOf(typed, 'personId'), id: idOf(typed, 'id') };
    return answered(context, await endDelegate(door(), visitorIn(context), ended), new URLSearchParams());
  });
  return app;
}

interface PageProps extends Attempt {
  readonly frame: Frame;
  readonly visitor: Visitor;
  readonly fields: readonly Field[];
  readonly given: readonly Delegation[];
  readonly received: readonly Delegation[];
  readonly everybody?: readonly Delegation[] | undefined;
  readonly nameOf: (personId: string) => string;
  readonly done: boolean;
}

const form = 'delegation';

const DelegationsPage = (props: PageProps) => {
  const { frame, visitor, fields, given, received, everybody, nameOf, done, typed, problems = [], refusal } = props;
  const list = (caption: string, rows: readonly Delegation[]) => (
    <Table
      caption={caption}
      heads={['On leave', 'Delegate', 'For the work of', 'From', 'Until', 'Now', 'End it']}
      rows={rows.map((each) => [
        nameOf(each.personId),
        nameOf(each.delegateId),
        each.work.map(words).join(', '),
        formatInstant(each.from),
        formatInstant(each.until),
        holdsAt(each, frame.now) ? 'In force' : 'Not begun',
        <End frame={frame} delegation={each} nameOf={nameOf} />,
      ])}
    />
  );
  return (
    <Page frame={frame} title="Delegates">
      {done && (
        <Alert kind="success" heading="Recorded">
          It holds for the delegate from their next page on, or a moment after.
        </Alert>
      )}
      <ErrorSummary form={form} problems={problems} labelAt={labelAt} />
      {refusal !== undefined && (
        <Alert kind="error" heading="Not done" focused>
          {refusal}
        </Alert>
      )}
      <h1>Delegates</h1>
      <p class="prose">
        While you are on leave a delegate does your work and gets your e-mail. What they do is recorded with both names.
        It ends with its period, or when you, they or an administrator end it. Restricted referrals stay closed to them.
        So do records of substance use, and referrals where you have a conflict of interest.
      </p>
      {given.length > 0 && list('Who acts for you', given)}
      {received.length > 0 && list('The colleagues you act for', received)}
      {everybody !== undefined &&
        (everybody.length > 0 ? list('All delegates', everybody) : <p>No delegate is named for now.</p>)}
      {isOneOf(ownOf(visitor), delegators) && (
        <>
          <h2>Name a delegate</h2>
          <form class="usa-form usa-form--large" method="post" action={`${frame.base}/delegations`} novalidate>
            <Token frame={frame} />
            <Fields fields={fields} form={{ id: form, typed, problems }} />
            <button class="usa-button" type="submit">
              Name the delegate
            </button>
          </form>
        </>
      )}
    </Page>
  );
};

const End = ({
  frame,
  delegation: { personId, delegateId, id },
  nameOf,
}: {
  readonly frame: Frame;
  readonly delegation: Delegation;
  readonly nameOf: (personId: string) => string;
}) => (
  <form method="post" action={`${frame.base}/delegations/end`}>
    <Token frame={frame} />
    <input type="hidden" name="personId" value={personId} />
    <input type="hidden" name="id" value={id} />
    <button class="usa-button usa-button--outline" type="submit">
      End
      <span class="usa-sr-only">
        {' '}
        what {nameOf(delegateId)} does for {nameOf(personId)}
      </span>
    </button>
  </form>
);
