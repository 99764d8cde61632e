/** Why the call screen is shown again, above its form. */
import { Alert } from '../app/components/alert.tsx';
import { actPath } from '../referral/referral-pages.ts';

/** The form is of a session that has ended. */
export const StaleNews = () => (
  <Alert kind="error" heading="Not stored yet: please send it again" focused>
    <p>This form was from an earlier sign-in. Everything you wrote is still here.</p>
  </Alert>
);

/** This page's words and another's were just kept together. */
export const BothNews = () => (
  <Alert kind="warning" heading="Kept: your words, and beside them the words of the other page">
    <p>
      This draft was written in two places at once. The fields below say what your page said. Where the other page
      differs, its words are listed here. Put each line where it belongs.
    </p>
  </Alert>
);

/** The words of the reopened draft cannot be read any more. */
export const LostNews = () => (
  <Alert kind="error" heading="The words of this draft cannot be read">
    <p>They are not empty: the key to them is gone. Ask the person who wrote them, and tell an administrator.</p>
  </Alert>
);

/** What could not be sent was sealed in the browser, and is open again. */
export const ReopenedNews = () => (
  <Alert kind="warning" heading="Not sent yet: go on with this report" focused>
    <p>These words were kept in your browser. Send the report, or print this page.</p>
  </Alert>
);

/** The same form was sent before, and says something else now. */
export const SentNews = ({ base, referralIds }: { readonly base: string; readonly referralIds: readonly string[] }) => (
  <Alert kind="warning" heading="This report was sent already. Nothing new is stored." focused>
    <p>
      It is{' '}
      {referralIds.map((id, index) => (
        <>
          {index > 0 && ', '}
          <a href={`${base}/referrals/${id}`}>{id}</a>
        </>
      ))}
      . Do you know more about the same child?{' '}
      <a href={`${base}${actPath(referralIds[0] ?? '', 'add-to-report')}`}>Add it to that report</a>.
    </p>
    <p>
      <button class="usa-button usa-button--outline" type="submit" name="action" value="anew">
        It is another child: send a new report
      </button>
    </p>
  </Alert>
);
