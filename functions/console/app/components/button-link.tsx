import type { Child } from 'hono/jsx';

/** A link that starts an act on a page of its own, and looks like a button. */
export const ButtonLink = ({
  href,
  kind = 'primary',
  children,
}: {
  readonly href: string;
  readonly kind?: 'primary' | 'outline';
  readonly children: Child;
}) => (
  <a class={`usa-button${kind === 'outline' ? ' usa-button--outline' : ''}`} href={href}>
    {children}
  </a>
);
