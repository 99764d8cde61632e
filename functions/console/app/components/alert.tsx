import type { Child } from 'hono/jsx';

interface AlertProps {
  readonly kind: 'success' | 'error' | 'warning' | 'info';
  /** Absent in a slim one, of a line or two. */
  readonly heading?: string;
  readonly children?: Child;
  /** The page's content begins here. The focus is on it when the page opens. */
  readonly focused?: boolean;
}

export const Alert = ({ kind, heading, children, focused }: AlertProps) => (
  <div
    class={`usa-alert usa-alert--no-icon usa-alert--${kind}${heading === undefined ? ' usa-alert--slim' : ''}`}
    role={kind === 'error' ? 'alert' : kind === 'success' ? 'status' : undefined}
    {...(focused && { tabindex: -1, autofocus: true })}
  >
    <div class="usa-alert__body">
      {heading !== undefined && <h2 class="usa-alert__heading">{heading}</h2>}
      <div class="usa-alert__text">{children}</div>
    </div>
  </div>
);
