/** Says that names could not be compared, and what to do meanwhile. */
import type { ReferralView } from '../../../shared/application/read/view.ts';
import { Alert } from '../app/components/alert.tsx';
import { useWording } from '../app/spoken.ts';

/** Nothing where all names are compared. `searchPage`: absent for a reader who may not search. */
export function Uncompared({
  view: { uncomparedSince },
  searchPage,
}: {
  readonly view: ReferralView;
  readonly searchPage: string | undefined;
}) {
  const { say, when } = useWording();
  if (uncomparedSince === undefined) return null;
  return (
    <Alert kind="warning" heading={say('Names could not be compared')}>
      <p>
        {say('We could not check all other referrals for the same child ({when}). We try again every half hour.', {
          when: when(uncomparedSince, uncomparedSince),
        })}{' '}
        {searchPage === undefined ? (
          say('Ask a Careline supervisor to search for the child by name.')
        ) : (
          <>
            Until then, <a href={searchPage}>search for the child by name</a>.
          </>
        )}
      </p>
    </Alert>
  );
}
