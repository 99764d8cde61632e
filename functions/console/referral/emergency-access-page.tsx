/** The page on which a supervisor judges an emergency access: every link of its alerts leads here. A GET never acts. */
import { Hono } from 'hono';
import {
  type AccessReport,
  type AccessUse,
  accessReport,
  judgesAccess,
} from '../../../shared/application/access/emergency-access-report.ts';
import { mayRead, type Visitor } from '../../../shared/application/access/visitor.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { noteSeen } from '../../../shared/application/use-cases/note-seen.ts';
import { performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { emergencyAccessOf, reviewRule } from '../../../shared/domain/access/emergency-access.ts';
import type { BoardRow } from '../../../shared/domain/board/board-row.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelAt, labelOf } from '../../../shared/domain/words/field-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { Alert } from '../app/components/alert.tsx';
import { DueTime } from '../app/components/due-time.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { namesOf } from '../app/lookups.ts';
import { timeLeft } from '../app/page-words.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { type Attempt, commandAction } from '../forms/command-form.tsx';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';
import { pagePath, taskPath } from './referral-pages.ts';

const name = 'review-emergency-access';

export const emergencyAccessPath = (referralId: string): string => `/referrals/${referralId}/emergency-access`;

/** Whether a row waits for a role, and not for a person by name. */
export const isOfRole = ({ owner }: Pick<BoardRow, 'owner'>): boolean => owner?.includes('@') === true;

/**
 * The page of a task in a list. A review has its own page, so a supervisor without access to the referral can open it. A
 * duty leads to the form of its act. A seat and an offer lead to the form of the answer.
 */
export function pageOfTask(row: Pick<BoardRow, 'kind' | 'referralId' | 'rule' | 'deadlineId' | 'subject' | 'owner'>) {
  const { kind, referralId, rule, deadlineId, subject } = row;
  if (rule === reviewRule) return emergencyAccessPath(referralId);
  if (kind === 'step') return pagePath(referralId, 'tasks');
  const isAnswer = (kind === 'seat' || kind === 'linkage') && !isOfRole(row);
  return taskPath(referralId, { dutyId: deadlineId, subject: isAnswer ? subject : undefined });
}

/** Stands on each page of a referral that its reader opened by emergency access. */
export function EmergencyBanner({
  state,
  visitor,
  now,
}: {
  readonly state: Referral;
  readonly visitor: Visitor;
  /** UTC instant. */
  readonly now: string;
}) {
  const access = emergencyAccessOf(state, visitor.id, now);
  if (!access) return null;
  return (
    <Alert kind="warning" heading={`Emergency access: ${timeLeft(access.until, now)}`}>
      You have this referral until {formatInstant(access.until)}. Open and change only what the emergency needs. Your
      supervisor sees what you open and reviews it.
    </Alert>
  );
}

const scopeWords = (scope: string): string => {
  const [, kind, id = ''] = /^(office|region|team)-(.+)$/.exec(scope) ?? [];
  if (kind === 'office') return offices.find((office) => office.id === id)?.name ?? id;
  return kind === undefined ? 'the whole state' : `${kind} ${id}`;
};

const dutyWords = ({ duties }: AccessUse): string =>
  duties.map(({ role, scope }) => `${words(role)}, ${scopeWords(scope)}`).join('; ') || 'Not recorded';

function Opened({ use }: { readonly use: AccessUse }) {
  const lines = [
    ...use.read.map(({ at, fields }) => ({ at, text: `read ${fields.map(labelOf).map(lower).join(', ')}` })),
    ...use.did.map(({ at, command }) => ({ at, text: `did: ${wordsInside(command)}` })),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  if (lines.length === 0) return <>Nothing of the child was read, and nothing was recorded.</>;
  return (
    <ul class="usa-list">
      {lines.map(({ at, text }) => (
        <li>
          {formatInstant(at)}: {text}
        </li>
      ))}
    </ul>
  );
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function reviewWords({ review }: AccessUse, nameOf: (id: string) => string): string {
  if (!review) return 'Not reviewed yet';
  return `${words(review.finding)}, by ${nameOf(review.by)}, ${formatInstant(review.at)}`;
}

function Use({
  frame,
  report,
  use,
  nameOf,
  submission,
  attempt,
}: {
  readonly frame: Frame;
  readonly report: AccessReport;
  readonly use: AccessUse;
  readonly nameOf: (id: string) => string;
  readonly submission: string;
  readonly attempt: Attempt | undefined;
}) {
  const isOver = Date.parse(use.until) <= Date.parse(frame.now);
  const mine = attempt?.typed.get('use') === String(use.use) ? attempt : undefined;
  return (
    <>
      <h2>{report.uses.length > 1 ? `Emergency access ${use.use}` : 'The emergency access'}</h2>
      <SummaryList
        pairs={[
          ['Who', nameOf(use.personId)],
          ['Role and office', dutyWords(use)],
          ['Why', words(use.because)],
          ['In their words', use.reason === undefined ? 'Erased' : <span class="prose">{use.reason}</span>],
          ['From', formatInstant(use.at)],
          ['Until', `${formatInstant(use.until)} (${isOver ? 'over' : timeLeft(use.until, frame.now)})`],
          ['What they opened', <Opened use={use} />],
          ['Review', reviewWords(use, nameOf)],
          ...(use.review === undefined && use.reviewDue !== undefined
            ? ([
                [
                  'Review due',
                  <>
                    {formatInstant(use.reviewDue)} (<DueTime due={use.reviewDue} now={frame.now} short />)
                  </>,
                ],
              ] as const)
            : []),
        ]}
      />
      {use.isYours && (
        <details class="act" id={`do-${name}-${use.use}`} open>
          <summary>{commandNamed(name).title}</summary>
          {mine?.refusal !== undefined && (
            <Alert kind="error" heading="This was not done" focused>
              {mine.refusal}
            </Alert>
          )}
          <form
            class="usa-form usa-form--large"
            method="post"
            action={commandAction(frame, report.referralId, name)}
            novalidate
          >
            <Token frame={frame} />
            <input type="hidden" name="key" value={mine?.submission ?? `${submission}-${use.use}`} />
            <input type="hidden" name="use" value={use.use} />
            <Fields
              fields={fieldsOf(commandNamed(name).input).filter(({ path }) => path !== 'use')}
              form={{ id: `${name}-${use.use}`, typed: mine?.typed, problems: mine?.problems }}
            />
            <button class="usa-button" type="submit">
              Record review
            </button>
          </form>
        </details>
      )}
    </>
  );
}

interface AccessPageProps {
  readonly frame: Frame;
  readonly report: AccessReport;
  readonly nameOf: (id: string) => string;
  readonly submission: string;
  /** Whether the reader may open the referral too. */
  readonly reads: boolean;
  readonly isDone: boolean;
  readonly attempt?: Attempt | undefined;
}

const EmergencyAccessPage = ({ frame, report, nameOf, submission, reads, isDone, attempt }: AccessPageProps) => {
  const { referralId, office, region, danger, missing, outcome, stage, receivedAt } = report;
  const officeName = offices.find(({ id }) => id === office)?.name ?? office;
  return (
    <Page frame={frame} title={`Emergency access to ${referralId}`}>
      {isDone && (
        <Alert kind="success" heading="Recorded">
          Your review is recorded. The audit of the referral shows it.
        </Alert>
      )}
      {attempt && attempt.refusal === undefined && (
        <ErrorSummary
          form={`${name}-${attempt.typed.get('use') ?? ''}`}
          heading="Not done yet"
          problems={attempt.problems}
          labelAt={labelAt}
        />
      )}
      <h1>
        Emergency access to <Reference id={referralId} />
      </h1>
      <p>
        A member of staff without access opened this referral for one hour.{' '}
        {report.uses.every(({ review }) => review !== undefined)
          ? 'It was reviewed.'
          : 'Decide whether that was justified.'}{' '}
        All times are New York time.
      </p>
      {report.uses.map((use) => (
        <Use frame={frame} report={report} use={use} nameOf={nameOf} submission={submission} attempt={attempt} />
      ))}
      <h2>The referral</h2>
      <SummaryList
        pairs={[
          ['Reference', reads ? <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a> : referralId],
          ['Stage', words(stage)],
          ['Received', formatInstant(receivedAt)],
          ['Responsible office', office === undefined ? 'Not known yet' : `${officeName}, region ${region}`],
          ...(danger === undefined
            ? []
            : ([
                ['In danger now', words(danger)],
                ['Missing now', missing ? 'Yes' : 'No'],
                ['Screening outcome', words(outcome ?? 'not screened yet')],
              ] as const)),
        ]}
      />
      {!reads && <p>You see how this referral was opened. Who the child is, is not shown here.</p>}
    </Page>
  );
};

interface Asked {
  readonly alertId?: string;
  readonly attempt?: Attempt;
  readonly status?: 200 | 400 | 409;
}

/** The page of a referral's emergency accesses, and their review. */
export function createEmergencyAccess(parts: ConsoleParts, { frameOf, visitorIn, url, notice }: Place) {
  const { ledger, directory, now, newId } = parts;
  const app = new Hono<ConsoleEnv>();
  const digests = async () => createDigests(await parts.secretKey());

  /** The page. Undefined for a reader who does not review the access, so that the page does not exist for them. */
  const show = async (context: Request, id: string, { alertId, attempt, status = 200 }: Asked = {}) => {
    const visitor: Visitor = { ...visitorIn(context), at: now() };
    const referral = isReference('CR', id) ? await ledger.referral(id) : undefined;
    if (!referral || !judgesAccess(referral.state, visitor)) return undefined;
    const report = await accessReport({ ...parts, now: now() }, referral, visitor);
    if (!report) return undefined;
    if (alertId !== undefined) await noteSeen(ledger, alertId, visitor.id, now()).catch(() => undefined);
    const people = report.uses.flatMap(({ personId, review }) => [personId, ...(review ? [review.by] : [])]);
    return context.html(
      <EmergencyAccessPage
        frame={frameOf(context)}
        report={report}
        nameOf={await namesOf(directory, people)}
        submission={newId()}
        reads={mayRead(referral.state, visitor)}
        isDone={context.req.query('done') !== undefined}
        attempt={attempt}
      />,
      status,
    );
  };
  const notFound = (context: Request) =>
    notice(
      context,
      404,
      'Not there, or not for you',
      'There is no emergency access with this reference that you may review. Check the reference.',
    );

  app.get('/referrals/:id/emergency-access', async (context) => {
    const page = await show(context, context.req.param('id'));
    return page ?? notFound(context);
  });

  app.post(`/referrals/:id/do/${name}`, async (context) => {
    const id = context.req.param('id');
    if (!isReference('CR', id)) return notFound(context);
    const form = context.get('form');
    const read = readFields(fieldsOf(commandNamed(name).input), form);
    const key = form.get('key') || newId();
    const answer = await performCommand({ ...parts, digests: await digests(), now: now() }, visitorIn(context), {
      referralId: id,
      name,
      input: read.input,
      key,
    });
    const again = { name, submission: key, typed: form, problems: [] } as const;
    const shown = (attempt: Attempt, status: 400 | 409) => show(context, id, { attempt, status });
    switch (answer.kind) {
      case 'done':
        return context.redirect(url(`${emergencyAccessPath(id)}?done=${name}`), 303);
      case 'invalid':
        return (await shown({ ...again, problems: inWords(answer.problems) }, 400)) ?? notFound(context);
      case 'refused':
        return (await shown({ ...again, refusal: answer.refusal.sentence }, 409)) ?? notFound(context);
      case 'reused':
        return (
          (await shown(
            { ...again, submission: newId(), refusal: 'This form was sent before with other words. Send it again.' },
            409,
          )) ?? notFound(context)
        );
      default:
        return notFound(context);
    }
  });

  return { app, show };
}
