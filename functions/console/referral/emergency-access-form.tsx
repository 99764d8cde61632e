/** The page for a reader with local roles, in the place of a referral that the reader may not see. */

import type { Visitor } from '../../../shared/application/access/visitor.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { type Attempt, commandAction } from '../forms/command-form.tsx';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';

const name = 'take-emergency-access';
const row = commandNamed(name);

/** Whether referrals may be closed to this person only because of the office or region. */
export const maySeeEmergencyPage = ({ scopes }: Visitor): boolean =>
  scopes.some(({ role, scope }) => scope !== 'state' && row.roles.includes(role));

/** Always the same form: for a missing reference, a sealed referral, and one of another office. */
export const EmergencyAccessForm = ({
  frame,
  referralId,
  submission,
  attempt,
}: {
  readonly frame: Frame;
  readonly referralId: string;
  readonly submission: string;
  readonly attempt?: Attempt | undefined;
}) => (
  <Page frame={frame} title="Not there, or not for you">
    {attempt && <ErrorSummary form={name} heading="Not done yet" problems={attempt.problems} labelAt={labelAt} />}
    <h1>Not there, or not for you</h1>
    <p>
      There is no referral with this reference, or it is not for you to see. Check the reference first. If it is right
      and the child cannot wait, you can open it for an hour.
    </p>
    <details class="act" open={attempt !== undefined}>
      <summary>{row.title}</summary>
      <form class="usa-form usa-form--large" method="post" action={commandAction(frame, referralId, name)} novalidate>
        <Token frame={frame} />
        <input type="hidden" name="key" value={submission} />
        <p class="prose">{row.note}</p>
        <Fields fields={fieldsOf(row.input)} form={{ id: name, typed: attempt?.typed, problems: attempt?.problems }} />
        <button class="usa-button" type="submit">
          Open it
        </button>
      </form>
    </details>
  </Page>
);
