import type { Child } from 'hono/jsx';

/** Facts, each a term and its value. On a phone the value stands under its term. */
export const SummaryList = ({ pairs }: { readonly pairs: readonly (readonly [string, Child])[] }) => (
  <dl class="summary">
    {pairs.map(([term, description]) => (
      <div>
        <dt>{term}</dt>
        <dd>{description}</dd>
      </div>
    ))}
  </dl>
);
