/** The form of an act that one press records. */
import type { Child } from 'hono/jsx';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { type Frame, Token } from '../app/frame.tsx';
import { commandAction } from './command-form.tsx';

interface PressProps {
  readonly frame: Frame;
  readonly referralId: string;
  readonly name: CommandName;
  /** The key of this press. The same press that is sent again is recorded once. */
  readonly submission: string;
  /** What the act says, by the names of its fields. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The classes of the button. */
  readonly look?: string;
  readonly id?: string | undefined;
  /** The words of the button. */
  readonly children: Child;
}

export const PressForm = ({
  frame,
  referralId,
  name,
  submission,
  fields = {},
  look = 'usa-button',
  id,
  children,
}: PressProps) => (
  <form method="post" action={commandAction(frame, referralId, name)}>
    <Token frame={frame} />
    <input type="hidden" name="key" value={submission} />
    {Object.entries(fields).map(([field, value]) => (
      <input type="hidden" name={field} value={value} />
    ))}
    <button class={look} type="submit" id={id}>
      {children}
    </button>
  </form>
);
