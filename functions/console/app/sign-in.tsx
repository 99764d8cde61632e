/** The routes of signing in and out. */
import { type Context, Hono } from 'hono';
import type { Frame } from './layout.tsx';
import { NoticePage } from './layout.tsx';
import type { ConsoleEnv, ConsoleParts } from './parts.ts';
import { cookieOf, dropCookie, idleSeconds, putCookie, secondsOf, sessionSeconds, signInSeconds } from './session.ts';
import { localPath, type Site } from './site.ts';

/** The routes of the sign-in. They are open to all. Signing out needs a form of the session like any other act. */
export function createSignIn(parts: ConsoleParts, site: Site, frameOf: (context: Context<ConsoleEnv>) => Frame) {
  const { sessions, directory, oidc, now, newId } = parts;
  const app = new Hono<ConsoleEnv>();
  const notice = (context: Context<ConsoleEnv>, status: 200 | 400 | 403, title: string, sentence: string) =>
    context.html(
      <NoticePage frame={{ ...frameOf(context), visitor: undefined }} title={title}>
        <p>{sentence}</p>
        <p>
          <a href={`${site.base}/sign-in`}>Sign in</a>
        </p>
      </NoticePage>,
      status,
    );

  app.get('/sign-in', async (context) => {
    const { url, state, verifier } = await oidc.start();
    const id = newId();
    const returnTo = localPath(context.req.query('return'));
    await sessions.put(
      id,
      { kind: 'sign-in', formToken: '', state, verifier, returnTo },
      secondsOf(now()) + signInSeconds,
    );
    putCookie(context, site, 'signIn', id);
    return context.redirect(url, 302);
  });

  app.get('/signed-in', async (context) => {
    const id = cookieOf(context, site, 'signIn');
    const started = id === undefined ? undefined : await sessions.get(id, secondsOf(now()));
    if (id === undefined || started?.kind !== 'sign-in' || !started.state || !started.verifier) {
      return notice(
        context,
        400,
        'Please sign in again',
        'This sign-in was not started in this browser, or took too long.',
      );
    }
    // One try. A second answer to the same question finds nothing.
    await sessions.end(id);
    dropCookie(context, site, 'signIn');
    const { search } = new URL(context.req.url);
    const claims = await oidc.finish(search, { state: started.state, verifier: started.verifier });
    if (!claims) {
      return notice(context, 400, 'Please sign in again', 'The answer of the sign-in service could not be accepted.');
    }
    if (!claims.amr.includes('mfa')) {
      return notice(
        context,
        403,
        'A second factor is needed',
        'You signed in without a second factor, such as a one-time code. Without it nothing is shown here. Ask an administrator to set one up for you, then sign in again.',
      );
    }
    const person = await directory.personBySub(claims.sub);
    if (!person) {
      return notice(
        context,
        403,
        'You are not in the directory',
        'You signed in, but the directory of this Careline does not know you. Ask an administrator to add you.',
      );
    }
    const before = cookieOf(context, site, 'session');
    if (before !== undefined) await sessions.end(before);
    const sessionId = newId();
    const seconds = secondsOf(now());
    await sessions.put(
      sessionId,
      { kind: 'person', personId: person.id, formToken: newId(), endsAt: seconds + sessionSeconds },
      seconds + idleSeconds,
    );
    putCookie(context, site, 'session', sessionId);
    return context.redirect(site.url(localPath(started.returnTo)), 302);
  });

  app.post('/sign-out', async (context) => {
    const id = cookieOf(context, site, 'session');
    if (id !== undefined) await sessions.end(id);
    dropCookie(context, site, 'session');
    const url = await oidc.signOutUrl(site.url('/signed-out')).catch(() => site.url('/signed-out'));
    // Not a redirect: browsers check a form's redirect against form-action, and the issuer has another origin.
    context.header('refresh', `0; url=${url}`);
    return context.html(
      <NoticePage frame={{ ...frameOf(context), visitor: undefined }} title="Signed out here">
        <p>
          <a href={url}>Sign out of the sign-in service as well</a>
        </p>
      </NoticePage>,
    );
  });

  app.get('/signed-out', (context) => notice(context, 200, 'You are signed out', 'You can close this page.'));
  return app;
}
