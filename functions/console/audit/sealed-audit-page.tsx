/** The audit of a sealed referral. */
import type { redactContent } from '../../../shared/application/access/redact-sealed.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import { type NameOf, withPrincipal } from './chapter.tsx';
import { foldReads, ReadsTable } from './reads-chapter.tsx';
import { isIntact } from './summary-chapter.tsx';

/** What a reader sees of a sealed referral that does not name them: who acted and who read. It holds no content. */
export const SealedAuditPage = ({
  frame,
  audit,
  nameOf,
}: {
  readonly frame: Frame;
  readonly audit: ReturnType<typeof redactContent>;
  readonly nameOf: NameOf;
}) => (
  <Page frame={frame} title={`Audit of ${audit.referralId}, which is restricted`}>
    <h1>A restricted referral</h1>
    <p>
      {audit.referralId} is restricted: only the people it names see what happened in it. It is {audit.stage} and has{' '}
      {audit.commits.length} commits. Its chains are {isIntact(audit) ? 'intact' : 'damaged'}. All times are New York
      time.
    </p>
    <Table
      caption="Who acted, without what was done"
      heads={['No.', 'When', 'Who']}
      rows={audit.commits.map(({ seq, at, actor, onBehalfOf }) => [
        `${seq}`,
        formatInstant(at),
        actor.kind === 'person' ? withPrincipal(nameOf(actor.id), onBehalfOf, nameOf) : `The function ${actor.id}`,
      ])}
    />
    <h2>Who read of the child</h2>
    <ReadsTable reads={foldReads(audit.accesses)} nameOf={nameOf} />
  </Page>
);
