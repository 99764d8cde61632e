/** The needs of today that could not be met, each with its referral. */
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import type { BoardPage } from '../../../shared/store/board.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { addressOf } from './filter-words.ts';
import { officeWords } from './queue-rows.tsx';

export const UnmetPage = ({ frame, page: { rows, next } }: { readonly frame: Frame; readonly page: BoardPage }) => (
  <Page frame={frame} title="Service needs not met today">
    <h1>Service needs not met today</h1>
    <p>
      Each refusal since midnight counts here. The figures of needs count a child once, until the service has started.
    </p>
    {rows.length === 0 ? (
      <p>Every need recorded today has a provider, or waits for an answer.</p>
    ) : (
      <Table
        caption="Needs not met since midnight, the latest first"
        heads={['Referral', 'Service', 'When', 'Why', 'Who declined', 'Office']}
        rows={rows.map(({ referralId, subject, due, unmet, office }) => [
          <a class="reference" href={`${frame.base}/referrals/${referralId}`}>
            {referralId}
          </a>,
          words(subject ?? ''),
          formatInstant(due),
          words(unmet?.reason ?? ''),
          unmet?.by === 'provider' ? 'The provider' : 'Staff',
          officeWords(office),
        ])}
      />
    )}
    {next !== undefined && (
      <p>
        <a href={addressOf(`${frame.base}/unmet-today`, { after: next })} rel="next">
          Next page of needs
        </a>
      </p>
    )}
  </Page>
);
