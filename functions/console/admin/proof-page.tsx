/** The proof file of a referral, for administrators and auditors: what it proves now, and the file itself. */
import { Hono } from 'hono';
import { auditors, isOneOf } from '../../../shared/application/access/visitor.ts';
import { type ProofFile, proofFileOf } from '../../../shared/application/read/proof-download.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { verdictOf } from '../../../shared/proof/verify-proof.ts';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import type { Frame } from '../app/frame.tsx';
import { Page } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place } from '../app/parts.ts';

interface ProofPageProps {
  readonly frame: Frame;
  readonly referralId: string;
  readonly file: ProofFile;
}

const ProofPage = ({ frame, referralId, file }: ProofPageProps) => (
  <Page frame={frame} title={`Proof file of ${referralId}`}>
    <h1>
      Proof file of <Reference id={referralId} />
    </h1>
    <p>
      <a href={`${frame.base}/referrals/${referralId}/audit`}>The audit</a>
    </p>
    <p class="prose">
      The file shows a court that the record was not changed after the fact. It names no child. Facts about the child
      and mail stand in it as hashes alone.
    </p>
    {file.problems.length > 0 ? (
      <Alert kind="warning" heading="This file proves less than it should">
        <ul>
          {file.problems.slice(0, 20).map((problem) => (
            <li>{problem}</li>
          ))}
        </ul>
      </Alert>
    ) : (
      <p>Checked now: {verdictOf(file)}</p>
    )}
    <p>
      <a class="usa-button" download={file.name} href={`data:application/zip;base64,${file.zip}`}>
        Save the proof file
      </a>
    </p>
    <h2>How to check it</h2>
    <p class="prose">
      Unpack it, and run <code>node verify.mjs</code> in its folder. Compare the fingerprint with the mail of a witness.
    </p>
    <SummaryList
      pairs={[
        ['File', file.name],
        ['Fingerprint of the key', file.fingerprint ?? 'none yet: the first anchor comes within the hour'],
      ]}
    />
    <details>
      <summary>What is in it, chain by chain</summary>
      <ul>
        {file.facts.slice(2, 60).map((fact) => (
          <li>{fact}</li>
        ))}
      </ul>
    </details>
  </Page>
);

export function createProofs(parts: ConsoleParts, { frameOf, visitorIn, notFound, forbidden }: Place) {
  const app = new Hono<ConsoleEnv>();
  app.get('/referrals/:id/proof', async (context) => {
    const visitor = visitorIn(context);
    const id = context.req.param('id');
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['audits-for-auditors'].sentence);
    if (!isReference('CR', id)) return notFound(context);
    const file = await proofFileOf({ ...parts, now: parts.now() }, id, visitor);
    if (!file) return notFound(context);
    return context.html(<ProofPage frame={frameOf(context)} referralId={id} file={file} />);
  });
  return app;
}
