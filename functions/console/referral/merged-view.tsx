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
          Merged into {link(view.mergedInto)}: the work goes on there. What the law asks for of this report stays here.
        </p>
      )}
      {view.merges.map(({ from }) => (
        <p>{link(from)} was reported about the same child and is merged into this referral. Read it as well.</p>
      ))}
    </>
  );
}
