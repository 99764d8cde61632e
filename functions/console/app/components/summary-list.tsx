import type { Child } from 'hono/jsx';
import { Explained } from './explained.tsx';

/** Facts, each a term and its value. On a phone the value stands under its term. */
export const SummaryList = ({ pairs }: { readonly pairs: readonly (readonly [string, Child])[] }) => (
  <dl class="summary">
    {pairs.map(([term, description]) => (
      <div>
        <dt>
          <Explained text={term} />
        </dt>
        <dd>{description}</dd>
      </div>
    ))}
  </dl>
);
