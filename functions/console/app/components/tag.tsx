import type { Child } from 'hono/jsx';

/** A state in one or two words. The words say it, the color only repeats it. */
export const Tag = ({
  kind,
  children,
}: {
  readonly kind: 'danger' | 'missing' | 'overdue' | 'law' | 'policy' | 'restricted' | 'done' | 'plain';
  readonly children: Child;
}) => <span class={`tag tag--${kind}`}>{children}</span>;
