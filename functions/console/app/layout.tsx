/** The frame of every page. */
import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import { auditors, isOneOf, ownOf, reporters, seesEveryReferral } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { mailLoadReaders } from '../../../shared/application/read/mail-load.ts';
import { shiftReaders } from '../../../shared/application/read/on-call.ts';
import type { UnansweredList } from '../../../shared/application/read/read-calls.ts';
import { searchers } from '../../../shared/application/read/search.ts';
import { gapReaders } from '../../../shared/application/read/team-gaps.ts';
import { planners } from '../../../shared/application/read/unmet-needs.ts';
import { delegators } from '../../../shared/application/use-cases/keep-delegations.ts';
import { returnReaders } from '../../../shared/domain/missing/return-rows.ts';
import { UnansweredLine } from '../call/unanswered.tsx';
import { controlId } from '../forms/field-view.tsx';

/** What every page of a signed-in person is given. */
export interface Frame {
  /** The path before every link: empty, or the stage of the gateway. */
  readonly base: string;
  readonly visitor?: Visitor | undefined;
  readonly formToken?: string | undefined;
  /** Tells this person from another, and names none. */
  readonly tag?: string | undefined;
  /** Seconds until the session ends, if nothing more is done in it. */
  readonly left?: number | undefined;
  /** The address of this page can be opened again. What a POST answered has none. */
  readonly reopens?: boolean | undefined;
  /** The session ended with this page: the other tabs look at once whether theirs did. */
  readonly ended?: boolean | undefined;
  /** UTC instant. */
  readonly now: string;
  /** Referrals without an answer, as this person may see them. */
  readonly unanswered?: UnansweredList | undefined;
}

/** For all free text below: no browser sends it elsewhere, to have it checked or completed. */
const typedHereAlone: Readonly<Record<string, string>> = { spellcheck: 'false', writingsuggestions: 'false' };

export function Page({
  frame,
  title,
  children,
}: {
  readonly frame: Frame;
  readonly title: string;
  readonly children?: Child;
}) {
  const { base, visitor, ended = false } = frame;
  return html`<!doctype html>${(
    <html lang="en" {...typedHereAlone}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} – Careline</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`${base}/assets/uswds.min.css`} />
        <link rel="stylesheet" href={`${base}/assets/careline.css`} />
        {(visitor || ended) && <script src={`${base}/assets/session.js`} defer />}
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
        <Header frame={frame} />
        {frame.unanswered && <UnansweredLine base={base} unanswered={frame.unanswered} />}
        <main id="main" class="grid-container" tabindex={-1}>
          {children}
        </main>
        {visitor && <SessionEnded base={base} />}
      </body>
    </html>
  )}`;
}

/** What the script shows in the place of a page whose session has ended. */
const SessionEnded = ({ base }: { readonly base: string }) => (
  <template id="session-ended">
    <header class="console-header">
      <div class="grid-container console-bar">
        <strong>Careline referrals</strong>
      </div>
    </header>
    <main class="grid-container">
      <h1 id="session-over" tabindex={-1}>
        Your session has ended
      </h1>
      <p data-typed="no">
        This page was closed, so that no other person reads it. <a href={`${base}/`}>Sign in again</a>
      </p>
      <div data-typed="yes">
        <p>This page was hidden, so that no other person reads it. What you typed was not sent. It is not lost.</p>
        <ol class="usa-list">
          <li>
            <a href={`${base}/sign-in`} target="_blank" rel="noopener">
              Sign in in another tab
            </a>
          </li>
          <li>Come back to this tab. What you typed is here again.</li>
        </ol>
      </div>
    </main>
  </template>
);

function Header({ frame }: { readonly frame: Frame }) {
  const { base, visitor } = frame;
  return (
    <header class="console-header">
      <div class="grid-container console-bar">
        <strong>
          <a href={`${base}/`}>Careline referrals</a>
        </strong>
        {visitor && (
          <details class="console-menu">
            <summary>Menu</summary>
            <div class="console-parts">
              <nav aria-label="Main">
                <ul>
                  <li>
                    <a href={`${base}/`}>What waits</a>
                  </li>
                  <li>
                    <a href={`${base}/deadlines`}>My deadlines</a>
                  </li>
                  {seesEveryReferral(visitor) && (
                    <li>
                      <a href={`${base}/referrals`}>All referrals</a>
                    </li>
                  )}
                  <li>
                    <a href={`${base}/providers`}>Providers</a>
                  </li>
                  {isOneOf(visitor, shiftReaders) && (
                    <li>
                      <a href={`${base}/on-call`}>On call</a>
                    </li>
                  )}
                  {isOneOf(visitor, gapReaders) && (
                    <li>
                      <a href={`${base}/teams`}>Gaps in the teams</a>
                    </li>
                  )}
                  {isOneOf(visitor, searchers) && (
                    <li>
                      <a href={`${base}/search`}>Search by name</a>
                    </li>
                  )}
                  {isOneOf(ownOf(visitor), [...delegators, ...auditors]) && (
                    <li>
                      <a href={`${base}/delegations`}>Delegates</a>
                    </li>
                  )}
                  {isOneOf(visitor, planners) && (
                    <li>
                      <a href={`${base}/unmet-needs`}>Unmet needs</a>
                    </li>
                  )}
                  {isOneOf(visitor, mailLoadReaders) && (
                    <li>
                      <a href={`${base}/noise`}>Mail load</a>
                    </li>
                  )}
                  {isOneOf(visitor, reporters) && (
                    <li>
                      <a href={`${base}/reports/new`}>New report</a>
                    </li>
                  )}
                  {isOneOf(visitor, reporters) && (
                    <li>
                      <a href={`${base}/drafts`}>Drafts</a>
                    </li>
                  )}
                  {seesEveryReferral(visitor) && (
                    <li>
                      <a href={`${base}/policy`}>The pathway</a>
                    </li>
                  )}
                  {isOneOf(visitor, returnReaders) && (
                    <li>
                      <a href={`${base}/returns`}>Returns from missing</a>
                    </li>
                  )}
                </ul>
              </nav>
              <search>
                <form method="get" action={`${base}/find`}>
                  <label class="usa-label" for="find">
                    Reference
                  </label>
                  <input class="usa-input" id="find" name="reference" autocomplete="off" />
                  <button class="usa-button usa-button--outline" type="submit">
                    Find
                  </button>
                </form>
              </search>
              <form method="post" action={`${base}/sign-out`}>
                <Token frame={frame} />
                <span>
                  {visitor.name}, {visitor.title}
                </span>
                <button class="usa-button usa-button--outline" type="submit">
                  Sign out
                </button>
              </form>
            </div>
          </details>
        )}
      </div>
    </header>
  );
}

/** The session's secret, which every form carries. */
export const Token = ({ frame }: { readonly frame: Frame }) => (
  <input type="hidden" name="token" value={frame.formToken ?? ''} />
);

interface AlertProps {
  readonly kind: 'success' | 'error' | 'warning' | 'info';
  readonly heading: string;
  readonly children?: Child;
  /** The page's content begins here. The focus is on it when the page opens. */
  readonly focused?: boolean;
}

export const Alert = ({ kind, heading, children, focused }: AlertProps) => (
  <div
    class={`usa-alert usa-alert--no-icon usa-alert--${kind}`}
    role={kind === 'error' ? 'alert' : kind === 'success' ? 'status' : undefined}
    {...(focused && { tabindex: -1, autofocus: true })}
  >
    <div class="usa-alert__body">
      <h2 class="usa-alert__heading">{heading}</h2>
      <div class="usa-alert__text">{children}</div>
    </div>
  </div>
);

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
              {labelAt(path)}: {sentence}
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

/** Facts, each a term and its value. */
export const List = ({ pairs }: { readonly pairs: readonly (readonly [string, Child])[] }) => (
  <dl class="facts">
    {pairs.map(([term, description]) => (
      <>
        <dt>{term}</dt>
        <dd>{description}</dd>
      </>
    ))}
  </dl>
);

/**
 * A table that scrolls on a narrow screen, also by keyboard. On a phone each row is a block, with the head before each
 * cell. `numbers`: all cells but the first of a row are numbers, so they stand on one line there.
 */
export const Table = ({
  caption,
  heads,
  rows,
  numbers = false,
}: {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly Child[])[];
  readonly numbers?: boolean;
}) => (
  <section class="scroll" tabindex={0} aria-label={caption}>
    <table class={`usa-table usa-table--borderless usa-table--stacked-header${numbers ? ' numbers' : ''}`}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th scope="col">{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...others]) => (
          <tr>
            <th scope="row">{first}</th>
            {others.map((cell, index) => (
              <td data-label={heads[index + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
