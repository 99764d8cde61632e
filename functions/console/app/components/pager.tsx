/** Which page of a list this is, with links to its neighbors. Nothing for a list of one page. Pages count from 1. */
export const Pager = ({
  page,
  pages,
  at,
}: {
  readonly page: number;
  readonly pages: number;
  /** The address of a page. */
  readonly at: (page: number) => string;
}) =>
  pages > 1 ? (
    <p>
      Page {page} of {pages}.{' '}
      {page > 1 && (
        <a href={at(page - 1)} rel="prev">
          Page before
        </a>
      )}{' '}
      {page < pages && (
        <a href={at(page + 1)} rel="next">
          Next page
        </a>
      )}
    </p>
  ) : null;
