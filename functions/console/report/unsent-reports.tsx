/** The reports that this browser keeps sealed, because no server has them. The script fills the list. */
import type { OnCallView } from '../../../shared/application/read/on-call.ts';
import { isTelephone } from '../../../shared/domain/directory/directory-entry.ts';
import { Phone } from '../app/components/phone.tsx';
import type { Frame } from '../app/frame.tsx';

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
      >
        <h2 id="unsent-title">Not sent from this computer</h2>
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
          <div class="call-act">
            <button class="usa-button" type="button" value="send">
              Send it now
            </button>
            <button class="usa-button usa-button--outline" type="button" value="open">
              Open it, to go on or to print
            </button>
            <button class="usa-button usa-button--outline" type="button" value="hand">
              Hand it to {name}
            </button>
          </div>
          <p role="status" />
        </li>
      </template>
    </>
  );
}
