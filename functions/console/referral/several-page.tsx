/** Several acts at once: what each will do, what is left out and why, and one confirmation. */
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { CommandAnswer, Would } from '../../../shared/application/use-cases/perform-command.ts';
import type { SeveralAnswer } from '../../../shared/application/use-cases/perform-several.ts';
import { waitsUntil } from '../../../shared/domain/alerts/alert-waiting.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { dutyTitle } from '../../../shared/domain/words/duty-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import { Token } from '../app/frame.tsx';
import { ErrorSummary } from '../app/layout.tsx';
import { recipientWords } from '../app/page-words.ts';
import { titleOf } from '../forms/command-form.tsx';
import { Fields } from '../forms/field-view.tsx';
import type { Field } from '../forms/form-fields.ts';
import { inWords } from '../forms/form-values.ts';
import type { Reading } from './reading.tsx';
import { Away, ReferralFrame } from './referral-frame.tsx';
import { pageNamed, pagePath } from './referral-pages.ts';
import { homeOf, type LeftOut, type SeveralAct, type SeveralKind } from './several-acts.ts';

const wordsOf: Readonly<Record<SeveralKind, { readonly title: string; readonly button: string }>> = {
  services: { title: 'Check what you chose', button: 'Yes, record all of this' },
  invitations: { title: 'Invite people to empty seats', button: 'Yes, invite them' },
  reminders: { title: 'Remind all who have not answered', button: 'Yes, send the reminders' },
};

export const severalPath = (referralId: string, kind: SeveralKind): string =>
  `/referrals/${referralId}/several/${kind}`;

/** An act with what it would do, or did. */
export interface Judged<Found> {
  readonly act: SeveralAct;
  readonly found: Found;
}

type NameOf = (personId: string) => string;

/** Who gets e-mail by these events: people by name, and groups. What waits for quiet hours says until when. */
const mailOf = (
  { events, after }: Would,
  { input }: SeveralAct,
  nameOf: NameOf,
  { about: { policy }, frame: { now } }: Pick<Reading, 'about' | 'frame'>,
): readonly string[] => {
  const asked = events.flatMap((event) => {
    if (event.type !== 'alert-requested') return [];
    const invited = typeof input.personId === 'string' && event.kind === 'mdt-invited' ? [input.personId] : undefined;
    const alert = after.alerts[event.alertId];
    const until = alert && waitsUntil(alert, after, policy, now);
    const waits = until === undefined ? '' : `, waits until ${clockTime(until, now)}`;
    return [...(invited ?? event.people).map(nameOf), ...(invited ? [] : event.to.map(recipientWords))].map(
      (who) => `${who}${waits}`,
    );
  });
  return asked.length === 0 ? ['No one'] : [...new Set(asked)];
};

/** The clocks that open and end by these events, a line each. */
function clocksOf({ events, state }: Would, policy: Reading['about']['policy']): readonly string[] {
  const titleIn = (rule: string) => dutyTitle(ruleIn(policy, rule));
  const lines = events.flatMap((event) => {
    if (event.type === 'deadline-opened') return [`Opens: ${titleIn(event.rule)}, due ${formatInstant(event.due)}`];
    if (event.type !== 'deadline-kept' && event.type !== 'deadline-ended') return [];
    const rule = state.deadlines[event.deadlineId]?.rule;
    if (rule === undefined) return [];
    return [`${event.type === 'deadline-kept' ? 'Completes' : 'Ends'}: ${titleIn(rule)}`];
  });
  return lines.length > 0 ? lines : ['No clock changes'];
}

interface FormProps {
  readonly reading: Reading;
  readonly kind: SeveralKind;
  readonly submission: string;
  readonly seq: number;
  readonly says: readonly (readonly [string, string])[];
  readonly button: string;
  readonly step: 'check' | 'do';
  readonly children?: Child;
}

const SeveralForm = ({ reading: { frame, about }, kind, submission, seq, says, button, step, children }: FormProps) => (
  <form
    class="usa-form usa-form--large"
    id={`several-${kind}`}
    method="post"
    action={`${frame.base}${severalPath(about.state.id, kind)}`}
    novalidate
  >
    <Token frame={frame} />
    <input type="hidden" name="step" value={step} />
    <input type="hidden" name="key" value={submission} />
    <input type="hidden" name="seq" value={seq} />
    {says.map(([field, value]) => (
      <input type="hidden" name={field} value={value} />
    ))}
    {children}
    <button class="usa-button" type="submit">
      {button}
    </button>
  </form>
);

const Sentences = ({ of }: { readonly of: readonly LeftOut[] }) => (
  <ul class="usa-list">
    {of.map(({ words, why }) => (
      <li>
        {words}: {why}
      </li>
    ))}
  </ul>
);

const Back = ({ reading: { frame, about }, kind }: { readonly reading: Reading; readonly kind: SeveralKind }) => {
  const page = homeOf(kind, about);
  return (
    <p>
      <a href={`${frame.base}${pagePath(about.state.id, page)}`}>Back to {pageNamed(page)?.title}</a>
    </p>
  );
};

/** The label of the field at a path. The e-mail address of a person has that of the person. */
const labelsOf =
  (fields: readonly Field[]) =>
  (path: string): string =>
    fields.find((field) => path === field.path || path.startsWith(`${field.path}.`))?.label ?? path;

interface SeveralPageProps {
  readonly reading: Reading;
  readonly kind: SeveralKind;
  readonly nameOf: NameOf;
  /** The acts that would be stored now. */
  readonly would: readonly Judged<Would>[];
  readonly leftOut: readonly LeftOut[];
  readonly says: readonly (readonly [string, string])[];
  /** Why the press before stored nothing new. */
  readonly refusal?: string | undefined;
  /** The acts of the press before that are recorded already. */
  readonly recorded?: readonly string[] | undefined;
  readonly typed?: URLSearchParams | undefined;
  readonly problems?: readonly Problem[] | undefined;
}

export function SeveralPage(props: SeveralPageProps) {
  const { reading, kind, nameOf, would, leftOut, says, refusal, recorded = [], typed, problems = [] } = props;
  const { about, submission } = reading;
  const { title, button } = wordsOf[kind];
  const asks = would.flatMap(({ act }) => act.asks);
  return (
    <ReferralFrame
      reading={reading}
      title={title}
      top={
        <>
          {refusal !== undefined && (
            <Alert kind="error" heading="Nothing new was stored" focused>
              <p>{refusal}</p>
            </Alert>
          )}
          {problems.length > 0 && (
            <ErrorSummary
              form={`several-${kind}`}
              heading="Nothing was stored yet, please correct this"
              problems={problems}
              labelAt={labelsOf(asks)}
            />
          )}
          <Away reading={reading} />
        </>
      }
    >
      <Back reading={reading} kind={kind} />
      <h1>{title}</h1>
      {recorded.length > 0 && (
        <>
          <h2>Recorded already</h2>
          <ul class="usa-list">
            {recorded.map((words) => (
              <li>{words}</li>
            ))}
          </ul>
        </>
      )}
      {would.length === 0 ? (
        <p>There is nothing to send or record now.</p>
      ) : (
        <>
          <p>Nothing is stored yet. This is what happens:</p>
          <Table
            caption="What happens"
            heads={['What', 'Who gets e-mail', 'Clocks']}
            rows={would.map(({ act, found }) => [
              act.words,
              mailOf(found, act, nameOf, reading).map((who) => <div>{who}</div>),
              clocksOf(found, about.policy).map((line) => <div>{line}</div>),
            ])}
          />
          {would.some(({ act }) => act.name === 'decline-linkage' && act.subject === 'medical-acute-forensic') && (
            <p class="prose">{commandNamed('decline-linkage').note}</p>
          )}
        </>
      )}
      {leftOut.length > 0 && (
        <>
          <h2>Left out</h2>
          <Sentences of={leftOut} />
        </>
      )}
      {would.length > 0 && (
        <SeveralForm
          reading={reading}
          kind={kind}
          submission={submission}
          seq={about.state.seq}
          says={says}
          button={button}
          step="do"
        >
          <Fields fields={asks} form={{ id: `several-${kind}`, typed, problems }} />
        </SeveralForm>
      )}
    </ReferralFrame>
  );
}

interface ChoiceProps {
  readonly reading: Reading;
  readonly kind: SeveralKind;
  readonly fields: readonly Field[];
  readonly typed?: URLSearchParams | undefined;
  readonly problems?: readonly Problem[];
}

/** The form in which people are named for the seats without one. */
export function SeveralChoice({ reading, kind, fields, typed, problems = [] }: ChoiceProps) {
  const { title } = wordsOf[kind];
  return (
    <ReferralFrame
      reading={reading}
      title={title}
      top={
        problems.length > 0 && (
          <ErrorSummary
            form={`several-${kind}`}
            heading="Nothing was sent yet, please correct this"
            problems={problems}
            labelAt={labelsOf(fields)}
          />
        )
      }
    >
      <Back reading={reading} kind={kind} />
      <h1>{title}</h1>
      {fields.length === 0 ? (
        <p>Every seat has a person.</p>
      ) : (
        <>
          <p>Leave a seat empty to invite no one to it now. On the next page you read who gets e-mail.</p>
          <SeveralForm
            reading={reading}
            kind={kind}
            submission={reading.submission}
            seq={reading.about.state.seq}
            says={[]}
            button="Check these invitations"
            step="check"
          >
            <Fields fields={fields} form={{ id: `several-${kind}`, typed, problems }} />
          </SeveralForm>
        </>
      )}
    </ReferralFrame>
  );
}

/** Why an act is not done. */
const notDone = (found: SeveralAnswer): string => {
  switch (found.kind) {
    case 'refused':
      return found.refusal.sentence;
    case 'forbidden':
      return found.sentence;
    case 'failed':
      return 'a store did not answer, so it may or may not be recorded. Try again: nothing is recorded twice.';
    case 'not-tried':
      return 'it was not tried, because the one before it failed';
    case 'changed-meanwhile':
      return 'another person changed the referral meanwhile';
    default:
      return 'it could not be recorded';
  }
};

/** Some acts of the press are stored, and others are not. The same press does the rest. */
export function SeveralHalfDone({
  reading,
  kind,
  tried,
  says,
  submission,
  seq,
}: Pick<FormProps, 'reading' | 'kind' | 'submission' | 'seq' | 'says'> & {
  readonly tried: readonly Judged<SeveralAnswer>[];
}) {
  const done = tried.filter(({ found }) => found.kind === 'done');
  const others = tried.filter(({ found }) => found.kind !== 'done');
  const mayGoOn = others.some(({ found }) => found.kind === 'failed');
  return (
    <ReferralFrame
      reading={reading}
      title={wordsOf[kind].title}
      top={
        <Alert kind="error" heading={`Not all is done: ${others.length} of ${tried.length} are missing`} focused>
          <Sentences of={others.map(({ act, found }) => ({ words: act.words, why: notDone(found) }))} />
        </Alert>
      }
    >
      <Back reading={reading} kind={kind} />
      <h1>{wordsOf[kind].title}</h1>
      <h2>Done</h2>
      {done.length === 0 ? (
        <p>Nothing yet.</p>
      ) : (
        <ul class="usa-list">
          {done.map(({ act }) => (
            <li>{act.words}</li>
          ))}
        </ul>
      )}
      {mayGoOn && (
        <SeveralForm
          reading={reading}
          kind={kind}
          submission={submission}
          seq={seq}
          says={says}
          button="Try the rest again"
          step="do"
        />
      )}
    </ReferralFrame>
  );
}

/** The sentence of an act that is not possible now, for the list of what is left out. */
export const whyNot = (found: CommandAnswer, act: SeveralAct): string =>
  found.kind === 'invalid'
    ? inWords(found.problems)
        .map(({ sentence }) => sentence)
        .join(' ')
    : found.kind === 'unknown'
      ? `${titleOf(act.name)} is not possible here`
      : notDone(found);
