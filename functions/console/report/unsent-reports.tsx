/** The reports that this browser keeps sealed, because no server has them. The script fills the list. */
import type { OnCallView } from '../../../shared/application/read/shown-on-call.ts';
import { isTelephone } from '../../../shared/domain/directory/directory-entry.ts';
import { Phone } from '../app/components/phone.tsx';
import { type Frame, Token } from '../app/frame.tsx';

/** What became of a draft while words of it stayed in this browser. */
const ends = [
  ['submitted', 'The report was sent elsewhere. Words that are only on this computer may be missing from it.'],
  ['discarded', 'This draft was ended elsewhere, without a report. These words are only on this computer.'],
  ['expired', 'This draft ended because no one changed it. These words are only on this computer.'],
] as const;

export function UnsentReports({ frame, numbers }: { readonly frame: Frame; readonly numbers: OnCallView | undefined }) {
  const { base, visitor } = frame;
  const supervisor = numbers?.places
    .find(({ role }) => role === 'careline-supervisor')
    ?.now.find(({ phone, personId }) => isTelephone(phone) && personId !== visitor?.id);
  const name = supervisor?.name ?? 'the supervisor';
  return (
    <>
      <section
        class="asked"
        id="unsent"
        hidden
        aria-labelledby="unsent-title"
        data-secret={`${base}/drafts/secret`}
        data-send={`${base}/reports`}
        data-draft={`${base}/drafts/save`}
        data-both={`${base}/drafts/both`}
        data-fate={`${base}/drafts/fate`}
        data-drafts={`${base}/drafts`}
      >
        <h2 id="unsent-title">Not sent from this computer</h2>
        <Token frame={frame} />
        <ul class="usa-list" />
        <p data-others="" hidden>
          This computer also keeps a report of another person. Only that person can open it, after signing in.
        </p>
        {supervisor && (
          <p>
            {supervisor.name}, Careline supervisor: <Phone number={supervisor.phone} />
          </p>
        )}
      </section>
      <template id="unsent-row">
        <li>
          A report, written <time /> New York time
          {ends.map(([status, sentence]) => (
            <p data-ended={status} hidden>
              {sentence}
            </p>
          ))}
          <div class="call-act">
            <button class="usa-button" type="button" value="send" data-for="open">
              Send it now
            </button>
            <button class="usa-button usa-button--outline" type="button" value="open" data-for="open">
              Open it, to go on
            </button>
            <button class="usa-button" type="button" value="anew" data-for="ended" hidden>
              Keep it as a new draft
            </button>
            <button class="usa-button usa-button--outline" type="button" value="hand">
              Hand it to {name}
            </button>
            <button class="usa-button usa-button--outline" type="button" value="print">
              Print it
            </button>
            <button class="usa-button usa-button--outline" type="button" value="ask" data-for="ended" hidden>
              Remove it from this computer
            </button>
          </div>
          <div class="call-act" data-sure="" hidden>
            <p>These words are nowhere else. Remove them for good?</p>
            <button class="usa-button usa-button--secondary" type="button" value="remove">
              Yes, remove the words
            </button>
            <button class="usa-button usa-button--outline" type="button" value="keep">
              No, leave them here
            </button>
          </div>
          <p role="status" />
        </li>
      </template>
    </>
  );
}
