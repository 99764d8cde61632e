/** The one button for "I'm handling this". It is on a call card and on the page of a call's mail. */
import type { CommandName } from '../../../shared/domain/commands.ts';
import type { Frame } from '../app/frame.tsx';
import { PressForm } from '../forms/press-form.tsx';

/** What the press answers. It is the duty of a card, perhaps instead of its holder, or all that a mail called about. */
type Answers =
  | { readonly deadlineId: string; readonly insteadOf?: { readonly id: string; readonly name: string } }
  | { readonly alertId: string };

export function HandleThis({
  frame,
  referralId,
  submission,
  answers,
  look,
}: {
  readonly frame: Frame;
  readonly referralId: string;
  readonly submission: string;
  readonly answers: Answers;
  readonly look: string;
}) {
  const isMail = 'alertId' in answers;
  const instead = isMail ? undefined : answers.insteadOf;
  const own = isMail ? answers.alertId : `${answers.deadlineId}-${instead ? 'over' : 'handle'}`;
  const command: CommandName = isMail ? 'acknowledge-alert' : 'answer-alarm';
  const fields: Readonly<Record<string, string>> = isMail
    ? { alert: answers.alertId, alertId: answers.alertId }
    : { deadlineId: answers.deadlineId, ...(instead && { insteadOf: instead.id }) };
  return (
    <PressForm
      frame={frame}
      referralId={referralId}
      name={command}
      submission={`${submission}-${own}`}
      fields={fields}
      look={look}
      id={`press-${own}`}
    >
      I'm handling this
      {instead && `: take over from ${instead.name}`}
    </PressForm>
  );
}
