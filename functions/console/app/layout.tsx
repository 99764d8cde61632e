/** The frame of every page. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { rolesOfKind } from '../../../shared/domain/core/role-groups.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { UnansweredLine } from '../call/unanswered.tsx';
import { controlId } from '../forms/field-view.tsx';
import { Alert } from './components/alert.tsx';
import { ExplainsTerms } from './components/explained.tsx';
import type { Frame } from './frame.tsx';
import type { TermName } from './help/help-words.ts';
import { Footer, Header, SessionEnded, SessionSoon, Strip } from './shell.tsx';

/** For all free text below: no browser sends it elsewhere, to have it checked or completed. */
const typedHereAlone: Readonly<Record<string, string>> = { spellcheck: 'false', writingsuggestions: 'false' };

interface PageProps {
  readonly frame: Frame;
  /** Tells this tab from others. It never has a name in it. */
  readonly title: string;
  /** Stays in view above the content on a wide screen. */
  readonly head?: Child;
  /** Navigation beside the content: a `SideNavigation`. */
  readonly side?: Child;
  readonly children?: Child;
}

/** A whole page. Its content begins with the one `h1`, or that is in `head`. */
export function Page({ frame, title, head, side, children }: PageProps) {
  const { base, visitor, ended = false, assetPath } = frame;

  const isPartner = visitor?.roles.every((role) => rolesOfKind('partner').includes(role));
  const pageTerms = isPartner ? { base, explained: new Set<TermName>() } : undefined;
  return html`<!doctype html>${(
    <ExplainsTerms value={pageTerms}>
      <html lang="en" {...typedHereAlone}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <meta name="format-detection" content="telephone=no" />
          <title>{title} – Careline</title>
          <link rel="icon" type="image/svg+xml" href={`${base}${assetPath('careline.svg')}`} />
          <link rel="stylesheet" href={`${base}${assetPath('careline.css')}`} />
          {(visitor || ended) && <script src={`${base}${assetPath('careline.js')}`} defer />}
        </head>
        <body
          {...(visitor && {
            'data-session': `${base}/session`,
            'data-person': frame.tag ?? '',
            'data-left': `${frame.left ?? 0}`,
            'data-reopens': frame.reopens ? 'yes' : 'no',
          })}
        >
          <a class="usa-skipnav" href="#main">
            Skip to main content
          </a>
          <Strip frame={frame} />
          <p class="on-paper">
            {title} – Careline referrals. Printed {formatInstant(frame.now)}
            {visitor && `, ${visitor.name}`}
          </p>
          <Header frame={frame} />
          {frame.unanswered && <UnansweredLine base={base} unanswered={frame.unanswered} />}
          <main id="main" class={`grid-container${head ? ' has-head' : ''}`} tabindex={-1}>
            {head && <div class="page-head">{head}</div>}
            {side ? (
              <div class="page-columns">
                <div class="page-side">{side}</div>
                <div>{children}</div>
              </div>
            ) : (
              children
            )}
          </main>
          <Footer frame={frame} />
          {visitor && <SessionSoon />}
          {visitor && <SessionEnded base={base} />}
        </body>
      </html>
    </ExplainsTerms>
  )}`;
}

/** The problems of a form, each with a link to its control. `labelAt` gives the words for a path. */
export function ErrorSummary({
  form,
  heading = 'Not stored yet: please correct this',
  problems,
  labelAt,
}: {
  readonly form: string;
  readonly heading?: string;
  readonly problems: readonly Problem[];
  readonly labelAt: (path: string) => string;
}) {
  if (problems.length === 0) return null;
  return (
    <Alert kind="error" heading={heading} focused>
      <ul class="usa-list">
        {problems.map(({ path, sentence }) => (
          <li>
            <a href={`#${controlId(form, path)}`}>
              {sentence.includes(`“${labelAt(path)}”`) ? sentence : `${labelAt(path)}: ${sentence}`}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

/** A page with one message. */
export const NoticePage = ({
  frame,
  title,
  children,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly children?: Child;
}) => (
  <Page frame={frame} title={title}>
    <h1>{title}</h1>
    {children}
  </Page>
);
