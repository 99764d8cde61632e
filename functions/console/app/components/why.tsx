import type { Child } from 'hono/jsx';

/** Why a step is due: its rule, then source and confidence as small print. Closed until a person asks. */
export const Why = ({
  rule,
  source,
  confidence,
  children,
}: {
  /** Plain sentences, each on a line of its own. */
  readonly rule: Child | readonly string[];
  /** `C.G.S. 17a-101b` */
  readonly source?: string | undefined;
  /** `law`, `policy`, or in other words how sure the project is of it. */
  readonly confidence?: string | undefined;
  readonly children?: Child;
}) => (
  <details class="why">
    <summary>Why?</summary>
    {Array.isArray(rule) ? rule.map((line) => <p>{line}</p>) : <p>{rule}</p>}
    {children}
    {(source !== undefined || confidence !== undefined) && (
      <p class="small">{[source?.replaceAll('; ', ' · '), confidence].filter(Boolean).join(' · ')}</p>
    )}
  </details>
);
