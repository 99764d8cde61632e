/** The notes for the next shift, with who has read each. */
import { notesThatStand } from '../../../shared/domain/shift-notes/shift-note-state.ts';
import { Token } from '../app/frame.tsx';
import { useWording } from '../app/spoken.ts';
import { commandAction } from '../forms/command-form.tsx';
import { unreadableWords } from './identity-view.tsx';
import type { Reading } from './reading.tsx';
import { actPath } from './referral-pages.ts';

/** Nothing where no note stands that this reader may read. The newest note is the first. */
export function ShiftNotes({ reading }: { readonly reading: Reading }) {
  const { about, frame, offered, submission, texts } = reading;
  const { state, lookups } = about;
  const { say, clock } = useWording();
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
            <p class="prose">{text.words ?? say(unreadableWords)}</p>
            <p class="small">
              {clock(at, frame.now)}, {lookups.nameOf(by)}.{' '}
              {readBy.length === 0
                ? 'No one has marked it as read.'
                : `Read by ${readBy.map((mark) => `${lookups.nameOf(mark.by)} (${clock(mark.at, frame.now)})`).join(', ')}.`}
            </p>
          </li>
        ))}
      </ul>
      <div class="invite-acts">
        {asks('read-notes') && (
          <form method="post" action={commandAction(frame, state.id, 'read-notes')}>
            <Token frame={frame} />
            <input type="hidden" name="key" value={`${submission}-notes`} />
            <input type="hidden" name="seq" value={state.seq} />
            <button class="usa-button usa-button--outline" type="submit">
              I have read this
            </button>
          </form>
        )}
        {asks('leave-note') && <a href={`${frame.base}${actPath(state.id, 'leave-note')}`}>Leave another note</a>}
      </div>
    </section>
  );
}
