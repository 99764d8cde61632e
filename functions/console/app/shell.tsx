/** What stands around every page: the strip of the state, the header, the footer, and what a session's end leaves. */

import { isOneOf, seesNoReferral } from '../../../shared/application/access/visitor.ts';
import { numberFinders } from '../../../shared/application/read/find-by-number.ts';
import { Phone } from './components/phone.tsx';
import { type Frame, Token } from './frame.tsx';
import { type Entry, entryOf, helpAnchor, navigationFor } from './navigation.ts';

/** The number of the Careline, at any hour. */
export const careline = '1-800-842-2288';

export function Strip({ frame: { training } }: { readonly frame: Pick<Frame, 'training'> }) {
  return (
    <section aria-label="About this site">
      <div class="strip">
        <div class="grid-container">
          <span>
            State of Connecticut
            <span class="strip-more"> · Department of Children and Families</span>
          </span>
        </div>
      </div>
      {training && (
        <div class="training">
          <p class="grid-container">
            Training: every person here is invented.
            <span class="strip-more"> Never enter a real person.</span>
          </p>
        </div>
      )}
    </section>
  );
}

/** The handset with a lamp, as in the icon of the browser's tab. */
const Mark = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="6" fill="#162e51" />
    <path
      transform="translate(3.5 5)"
      fill="#fff"
      d="M6.62 10.79c1.44 2.83 3.76 5.14 6.59 6.59l2.2-2.2c.27-.27.67-.36 1.02-.24 1.12.37 2.33.57 3.57.57.55 0 1 .45 1 1V20c0 .55-.45 1-1 1-9.39 0-17-7.61-17-17 0-.55.45-1 1-1h3.5c.55 0 1 .45 1 1 0 1.25.2 2.45.57 3.57.11.35.03.74-.25 1.02l-2.2 2.2z"
    />
    <circle cx="24.5" cy="7.5" r="3.5" fill="#ffbe2e" />
  </svg>
);

const Name = ({ base }: { readonly base: string }) => (
  <p class="shell-name">
    <a href={`${base}/`}>
      <Mark />
      Careline referrals
    </a>
  </p>
);

export function Header({ frame }: { readonly frame: Frame }) {
  const { base, visitor } = frame;

  return (
    <header class="shell">
      <div class="grid-container shell-bar">
        <Name base={base} />
        {visitor && (
          <details class="shell-menu">
            <summary>Menu</summary>
            <div class="shell-parts">
              <Navigation frame={frame} />
              {!seesNoReferral(visitor) && (
                <search>
                  <form class="shell-find" method="post" action={`${base}/find`}>
                    <Token frame={frame} />
                    <label class="usa-label" for="find">
                      {isOneOf(visitor, numberFinders) ? 'Number or name' : 'Reference'}
                    </label>
                    <input class="usa-input" id="find" name="reference" autocomplete="off" placeholder="CR-" />
                    <button class="usa-button usa-button--outline" type="submit">
                      Find
                    </button>
                  </form>
                </search>
              )}
              <form class="shell-person" method="post" action={`${base}/sign-out`}>
                <Token frame={frame} />
                <span>
                  {visitor.name}, {visitor.title}
                </span>
                <button class="usa-button usa-button--unstyled" type="submit">
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

function Navigation({ frame: { base, visitor, path = '' } }: { readonly frame: Frame }) {
  if (!visitor) return null;
  const { primary, more } = navigationFor(visitor);
  const here = entryOf([...primary, ...more], path);
  const Links = ({ entries }: { readonly entries: readonly Entry[] }) => (
    <>
      {entries.map((entry) => (
        <li>
          <a
            href={`${base}${entry.path}`}
            aria-current={entry !== here ? undefined : entry.path === path ? 'page' : 'true'}
          >
            {entry.words}
          </a>
        </li>
      ))}
    </>
  );
  return (
    <nav aria-label="Main">
      <ul>
        <Links entries={primary} />
        {more.length > 0 && (
          <li>
            <details class="shell-more">
              <summary>More</summary>
              <ul>
                <Links entries={more} />
              </ul>
            </details>
          </li>
        )}
      </ul>
    </nav>
  );
}

export function Footer({ frame: { base, visitor, path = '' } }: { readonly frame: Frame }) {
  const { primary, more } = visitor ? navigationFor(visitor) : { primary: [], more: [] };
  const here = entryOf([...primary, ...more], path);

  return (
    <footer class="foot">
      <div class="grid-container">
        <p>
          Careline, day and night: <Phone number={careline} />. A child is in danger now: <Phone number="911" />.
        </p>
        <p>
          {visitor && (
            <>
              <a href={`${base}/help${here ? `#${helpAnchor(here.path)}` : ''}`}>Help</a> ·{' '}
            </>
          )}
          This site gives no legal advice. All times are New York time.
        </p>
      </div>
    </footer>
  );
}

/** What the script shows two minutes before the session ends. */
export function SessionSoon() {
  const words = 'Your session ends at {time}. What you typed is kept for you.';
  return (
    <section class="session-soon" id="session-soon" aria-label="Your session" data-words={words} hidden>
      <div class="grid-container">
        <p role="status" />
        <button class="usa-button" type="button">
          Stay signed in
        </button>
      </div>
    </section>
  );
}

/** What the script shows in the place of a page whose session has ended. */
export function SessionEnded({ base }: { readonly base: string }) {
  return (
    <template id="session-ended">
      <header class="shell">
        <div class="grid-container shell-bar">
          <Name base={base} />
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
}
