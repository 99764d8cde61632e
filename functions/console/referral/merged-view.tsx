import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { Frame } from '../app/frame.tsx';

/** The referrals that count as one with this one, each with its own history. */
export function MergedInto({
  frame,
  view,
}: {
  readonly frame: Frame;
  readonly view: Pick<ReferralView, 'mergedInto' | 'merges'>;
}) {
  const link = (id: string) => <a href={`${frame.base}/referrals/${id}`}>{id}</a>;
  return (
    <>
      {view.mergedInto !== undefined && (
        <p>
          {link(view.mergedInto)}: This referral is merged into that one, and the work goes on there. Its open duties
          moved there too.
        </p>
      )}
      {view.merges.map(({ from }) => (
        <p>{link(from)}: That referral is about the same child, and is merged into this one. Read it as well.</p>
      ))}
    </>
  );
}
