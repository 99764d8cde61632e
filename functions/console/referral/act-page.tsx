/** The page of one act: what it changes, its form, and the answer where it was refused. */

import { type CommandName, commandNamed } from '../../../shared/domain/commands.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { ErrorSummary } from '../app/layout.tsx';
import { type Attempt, CommandForm, formFor, titleOf } from '../forms/command-form.tsx';
import { Due } from './due.tsx';
import { actPath, type Opener, pageNamed, pagePath } from './pages.ts';
import type { Reading } from './reading.tsx';
import { Away, Confirmation, type Done, PurposeAsked, ReferralFrame } from './referral-frame.tsx';

interface ActPageProps {
  readonly reading: Reading;
  readonly name: CommandName;
  readonly opener: Opener;
  readonly attempt?: Attempt | undefined;
  /** The act before it, which led here. */
  readonly done?: Done | undefined;
}

/** The page on which the form was opened, without the base. */
export const wayBack = (referralId: string, { from, alertId }: Opener): string =>
  alertId === undefined ? pagePath(referralId, from) : `/alerts/${alertId}`;

export function ActPage({ reading, name, opener, attempt, done }: ActPageProps) {
  const { frame, about, asked, offered, submission, working } = reading;
  const { id, seq } = about.state;
  const ofDuty = asked.filter(({ deadlineId }) => deadlineId !== undefined && deadlineId === opener.dutyId);
  const isOffered = offered.some((each) => each.name === name);
  // The choices of a form tell of the child, so a reader without a purpose has none.
  const form =
    !working && (isOffered || attempt) ? formFor(name, about, ofDuty.length > 0 ? ofDuty : asked) : undefined;
  const back = `${frame.base}${wayBack(id, opener)}`;
  const title = titleOf(name);
  return (
    <ReferralFrame
      reading={reading}
      title={attempt ? `Not done yet: ${title}` : title}
      top={
        <>
          {attempt && <NotDone attempt={attempt} />}
          <Away reading={reading} />
        </>
      }
    >
      <Confirmation reading={reading} done={done} here={actPath(id, name, opener)} from={opener.from ?? ''} />
      <p>
        <a href={back}>Back to {opener.alertId === undefined ? pageNamed(opener.from ?? '')?.title : 'the alert'}</a>
      </p>
      <h1>{title}</h1>
      {working && <PurposeAsked reading={reading} from={opener.from ?? ''} />}
      {form ? (
        <>
          <Changes reading={reading} name={name} />
          <CommandForm
            frame={frame}
            referralId={id}
            offered={form}
            submission={submission}
            seq={seq}
            hidden={{ from: opener.from, alert: opener.alertId, for: opener.dutyId }}
            attempt={attempt}
          />
          <p>
            <a href={back}>Cancel</a>
          </p>
        </>
      ) : (
        !working && <p>There is nothing to record here now: it is done, or it does not apply to this referral.</p>
      )}
    </ReferralFrame>
  );
}

/** What the act settles, by the table of next steps, and the note of the act. */
function Changes({ reading, name }: Pick<ActPageProps, 'reading' | 'name'>) {
  const { view, frame } = reading;
  const { note } = commandNamed(name);
  const settled = view.nextSteps.filter(({ acts }) => acts.some(({ command, settles }) => command === name && settles));
  return (
    <>
      {settled.length > 0 ? (
        <>
          <p>With this you settle:</p>
          <ul class="usa-list">
            {settled.map(({ title, due }) => (
              <li>
                {title}
                {due !== undefined && (
                  <>
                    , due <Due due={due} now={frame.now} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>This is added to the referral with your name and the time.</p>
      )}
      {note !== undefined && <p class="prose">{note}</p>}
    </>
  );
}

function NotDone({ attempt: { name, problems, refusal } }: { readonly attempt: Attempt }) {
  if (refusal === undefined) {
    const heading = `Not done yet, please correct this: ${titleOf(name)}`;
    return <ErrorSummary form={name} heading={heading} problems={problems} labelAt={labelAt} />;
  }
  return (
    <Alert kind="error" heading="Not done yet" focused>
      <p>{refusal}</p>
    </Alert>
  );
}
