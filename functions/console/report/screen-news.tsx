/** Why the call screen is shown again, above its form. */
import { Alert } from '../app/components/alert.tsx';

/** The form is of a session that has ended. */
export const StaleNews = () => (
  <Alert kind="error" heading="Not stored yet: please send it again">
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
