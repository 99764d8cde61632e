/** Says that names could not be compared, or that a part of them cannot be read. Says what to do meanwhile. */
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Alert } from '../app/components/alert.tsx';
import type { Reading } from './reading.tsx';

/** Nothing where all names are compared, or for a reader without the facts. */
export function Uncompared({ reading: { about, frame, whole } }: { readonly reading: Reading }) {
  const { uncomparedSince } = whole ?? {};
  const searchPage = isOneOf(about.visitor, searchers) ? `${frame.base}/search` : undefined;

  if (uncomparedSince === undefined) return null;
  return (
    <Alert kind="warning" heading="Names could not be compared">
      <p>
        We could not check all other referrals for the same child ({formatInstant(uncomparedSince)}). We try again every
        half hour.{' '}
        {searchPage === undefined ? (
          'Ask a Careline supervisor to search for the child by name.'
        ) : (
          <>
            Until then, <a href={searchPage}>search for the child by name</a>.
          </>
        )}
      </p>
    </Alert>
  );
}

const whoItIs = { childName: 'Name', birthDate: 'Date of birth', knownBy: 'Telephone and older references' };

/** Beside the question of the same child: what was known of this child and cannot be read. */
export function UnreadChild({ reading: { identities } }: { readonly reading: Reading }) {
  const lost = Object.entries(whoItIs).flatMap(([field, label]) =>
    identities?.unreadable?.includes(field) ? [label] : [],
  );
  if (lost.length === 0) return null;
  return (
    <Alert kind="warning" heading="Who the child is cannot be read in full">
      <p>
        It was recorded, and cannot be read: {lost.join(', ')}. Tell an administrator before you answer that it is not
        the same child.
      </p>
    </Alert>
  );
}
