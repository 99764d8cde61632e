/** A reference such as `CR-7F3KD-9QXMTQ`, as a link to its referral where `base` is given. It never breaks over two lines. */
export const Reference = ({ id, base }: { readonly id: string; readonly base?: string }) =>
  base === undefined ? (
    <span class="reference">{id}</span>
  ) : (
    <a class="reference" href={`${base}/referrals/${id}`}>
      {id}
    </a>
  );
