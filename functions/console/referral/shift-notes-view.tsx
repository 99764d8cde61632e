/** The notes for the next shift, with who has read each. */
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { notesThatStand } from '../../../shared/domain/shift-notes/shift-note-state.ts';
import { PressForm } from '../forms/press-form.tsx';
import { unreadableWords } from './identity-view.tsx';
import type { Reading } from './reading.tsx';
import { actPath } from './referral-pages.ts';

/** Nothing where no note stands that this reader may read. The newest note is the first. */
export function ShiftNotes({ reading }: { readonly reading: Reading }) {
  const { about, frame, offered, submission, texts } = reading;
  const { state, lookups } = about;

  const written = notesThatStand(state.shiftNotes, frame.now).toReversed();
  const notes = written.flatMap((note) => {
    const text = texts.find(({ id }) => id === note.words);
    return text ? { ...note, text } : [];
  });
  if (notes.length === 0) return null;
  const asks = (name: 'read-notes' | 'leave-note') => offered.some((each) => each.name === name);
  return (
    <section aria-labelledby="shift-notes">
      <h2 id="shift-notes">For the next shift</h2>
      <ul class="history">
        {notes.map(({ at, by, readBy, text }) => (
          <li>
            <p class="prose">{text.words ?? unreadableWords}</p>
            <p class="small">
              {clockTime(at, frame.now)}, {lookups.nameOf(by)}.{' '}
              {readBy.length === 0
                ? 'No one has marked it as read.'
                : `Read by ${readBy.map((mark) => `${lookups.nameOf(mark.by)} (${clockTime(mark.at, frame.now)})`).join(', ')}.`}
            </p>
          </li>
        ))}
      </ul>
      <div class="invite-acts">
        {asks('read-notes') && (
          <PressForm
            frame={frame}
            referralId={state.id}
            name="read-notes"
            submission={`${submission}-notes`}
            fields={{ seq: String(state.seq) }}
            look="usa-button usa-button--outline"
          >
            I have read this
          </PressForm>
        )}
        {asks('leave-note') && <a href={`${frame.base}${actPath(state.id, 'leave-note')}`}>Leave another note</a>}
      </div>
    </section>
  );
}
