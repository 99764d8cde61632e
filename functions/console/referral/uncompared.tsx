/** Says that names could not be compared, and what to do meanwhile. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Alert } from '../app/components/alert.tsx';

/** Nothing where all names are compared. `searchPage`: absent for a reader who may not search. */
export function Uncompared({
  view: { uncomparedSince },
  searchPage,
}: {
  readonly view: ReferralView;
  readonly searchPage: string | undefined;
}) {
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
