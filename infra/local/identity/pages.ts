/** The pages of the sign-in: small, server-rendered, and working without JavaScript. */
import { createHash } from 'node:crypto';
import { escapeXml as safe } from '../endpoint/xml.ts';
import type { SamplePerson } from './sample-person.ts';

const style = `
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; color: #1b1b1b; background: #fff; }
header { background: #162e51; color: #fff; padding: 0.5rem 1rem; }
main { max-width: 44rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin: 1.5rem 0 0.25rem; }
label { display: block; font-weight: 600; }
input { font: inherit; padding: 0.4rem; width: 20rem; max-width: 100%; box-sizing: border-box; border: 1px solid #565c65; }
button { font: inherit; padding: 0.4rem 1rem; border: 0; border-radius: 4px; background: #005ea2; color: #fff; cursor: pointer; }
button:focus-visible, input:focus-visible, a:focus-visible { outline: 4px solid #2491ff; outline-offset: 2px; }
ul { list-style: none; margin: 0; padding: 0; }
li button { display: block; width: 100%; text-align: left; background: #fff; color: #1b1b1b; border: 1px solid #a9aeb1; margin: 0.25rem 0; }
li button:hover { background: #e7f2ff; } li span { color: #565c65; }
.refusal { border-left: 4px solid #b50909; background: #f4e3db; padding: 0.5rem 1rem; }
`;

/** Cognito signs out without a question. */
const signOutScript = "document.getElementById('op.logoutForm').submit();";

const digestOf = (text: string) => createHash('sha256').update(text).digest('base64');

/** The policy for every page of the sign-in. `origins`: where a form may lead in the end, which browsers check as well. */
export function contentSecurityPolicy(origins: readonly string[]): string {
  return [
    "default-src 'none'",
    `style-src 'sha256-${digestOf(style)}'`,
    // oidc-provider adds the hash of its own self-submitting form to script-src, and only where there is one.
    `script-src 'self' 'sha256-${digestOf(signOutScript)}'`,
    `form-action ${["'self'", ...origins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)}</title><style>${style}</style></head>
<body><header>Local sign-in: for evaluation and training only</header>
<main><h1>${safe(title)}</h1>
${content}
</main></body></html>`;
}

/** A page of one sentence. */
export function noticePage(title: string, sentence: string): string {
  return page(title, `<p>${safe(sentence)}</p>`);
}

/** The list of sample people whose name, title or e-mail address holds `query`, by title. `base` is the interaction's path. */
export function signInPage(options: {
  base: string;
  people: readonly SamplePerson[];
  query: string;
  refusal?: string;
}): string {
  const { base, people, query, refusal } = options;
  const wanted = query.trim().toLowerCase();
  const found = people.filter(({ name, email, title }) =>
    [name, email, title].some((text) => text.toLowerCase().includes(wanted)),
  );
  const groups = Map.groupBy(found, ({ title }) => title);
  const list = [...groups].map(
    ([title, members]) =>
      `<h2>${safe(title)}</h2><ul>${members
        .map(
          ({ name, email }) =>
            `<li><button name="email" value="${safe(email)}">${safe(name)} <span>${safe(email)}</span></button></li>`,
        )
        .join('')}</ul>`,
  );
  const none = `<p>No sample person matches “${safe(query)}”. <a href="${base}">Show all</a></p>`;
  return page(
    'Sign in',
    `${refusal === undefined ? '' : `<p class="refusal" role="alert">${safe(refusal)}</p>`}
<p>Everyone here is invented, and no password is asked. Choose who you want to be.</p>
<form method="post" action="${base}/person">
<label for="email">E-mail address</label>
<input id="email" name="email" type="email" list="people" required autocomplete="off">
<datalist id="people">${people.map(({ name, email }) => `<option value="${safe(email)}">${safe(name)}</option>`).join('')}</datalist>
<button>Continue</button>
</form>
<form method="get" action="${base}" role="search">
<label for="q">Find by name, role or address</label>
<input id="q" name="q" type="search" value="${safe(query)}"> <button>Find</button>
</form>
<form method="post" action="${base}/person">${found.length > 0 ? list.join('\n') : none}</form>`,
  );
}

/** The second step, where Cognito would ask for a code. */
export function codePage(base: string, person: SamplePerson): string {
  const sentence =
    person.mfa === false
      ? `${person.name} has no second factor. The sign-in goes on without one, so that you can see it refused.`
      : 'In AWS a code from an authenticator app is asked here. On this machine the step is done for you: there is no code to type.';
  return page(
    'Verify with a one-time code',
    `<p>Signing in as <strong>${safe(person.name)}</strong>, ${safe(person.title)} (${safe(person.email)}).</p>
<p>${safe(sentence)}</p>
<form method="post" action="${base}/verify"><input type="hidden" name="email" value="${safe(person.email)}">
<button>Continue</button></form>
<p><a href="${base}">Choose someone else</a></p>`,
  );
}

/** Signs out at once, and by a button where scripts are off; `form` is oidc-provider's own. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    `${form}<input type="hidden" form="op.logoutForm" name="logout" value="yes">
<button form="op.logoutForm">Sign out</button>
<script>${signOutScript}</script>`,
  );
}
