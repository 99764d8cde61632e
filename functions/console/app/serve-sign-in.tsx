/** The routes of signing in and out. */
import { type Context, Hono } from 'hono';
import { openSignIn, sealSignIn } from '../../../shared/application/access/sealed-sign-in.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { SignInServiceBusy } from '../../../shared/contracts/sign-in-service-busy.ts';
import { admits } from '../../../shared/contracts/token-claims.ts';
import { hasEnded } from '../../../shared/domain/directory/access-ends.ts';
import { ButtonLink } from './components/button-link.tsx';
import type { Frame } from './frame.tsx';
import { NoticePage } from './layout.tsx';
import type { ConsoleEnv, ConsoleParts } from './parts.ts';
import { cookieOf, dropCookie, idleSeconds, putCookie, secondsOf, sessionSeconds, signInSeconds } from './session.ts';
import { localPath, type Site } from './site.ts';

const refusals = {
  'no-factor': {
    title: 'A second factor is needed',
    sentence:
      'You signed in without a second factor, such as a one-time code. Without it nothing is shown here. Ask an administrator to set one up for you, then sign in again.',
  },
  disabled: { title: 'This account is closed', sentence: 'Ask an administrator whether it should be open.' },
  ended: {
    title: 'Your access has ended',
    sentence: 'An administrator ended your access. If this is wrong, call the Careline supervisor on duty.',
  },
} as const;

/** The routes of the sign-in. They are open to all. Signing out needs a form of the session like any other act. */
export function createSignIn(parts: ConsoleParts, site: Site, frameOf: (context: Context<ConsoleEnv>) => Frame) {
  const { sessions, directory, oidc, lookUpAccount, secretKey, now, newId } = parts;
  const app = new Hono<ConsoleEnv>();
  const notice = (
    context: Context<ConsoleEnv>,
    status: 200 | 400 | 403,
    title: string,
    sentence: string,
    { href, words } = { href: `${site.base}/sign-in`, words: 'Sign in' },
  ) =>
    context.html(
      <NoticePage frame={{ ...frameOf(context), visitor: undefined }} title={title}>
        <p>{sentence}</p>
        <p>
          <ButtonLink href={href}>{words}</ButtonLink>
        </p>
      </NoticePage>,
      status,
    );
  const signOutUrl = () => oidc.signOutUrl(site.url('/signed-out')).catch(() => site.url('/signed-out'));

  const digests = async () => createDigests(await secretKey());

  app.get('/sign-in', async (context) => {
    const { url, ...started } = await oidc.start();
    const returnTo = localPath(context.req.query('return'));
    const underWay = { ...started, returnTo, startedAt: secondsOf(now()) };
    putCookie(context, site, 'signIn', sealSignIn(await digests(), underWay, newId()));
    return context.redirect(url, 302);
  });

  app.get('/signed-in', async (context) => {
    const sealed = cookieOf(context, site, 'signIn');
    const started =
      sealed === undefined ? undefined : openSignIn(await digests(), sealed, secondsOf(now()), signInSeconds);
    if (!started) {
      return notice(
        context,
        400,
        'Please sign in again',
        'This sign-in was not started in this browser, or took too long.',
      );
    }
    // One try. The issuer takes each of its codes once, so the same answer again is refused there.
    dropCookie(context, site, 'signIn');
    const { search } = new URL(context.req.url);
    const claims = await oidc.finish(search, started);
    if (claims === 'earlier') {
      return notice(
        context,
        403,
        'Please sign in again',
        'The sign-in service did not ask who you are. First sign out there.',
        { href: await signOutUrl(), words: 'Sign out of the sign-in service' },
      );
    }
    if (!claims) {
      return notice(context, 400, 'Please sign in again', 'The answer of the sign-in service could not be accepted.');
    }
    const admitted = admits(await lookUpAccount(claims.sub), claims.factor);
    if (admitted === 'ask-later') throw new SignInServiceBusy(admitted);
    if (admitted !== 'yes') return notice(context, 403, refusals[admitted].title, refusals[admitted].sentence);
    const person = await directory.personBySub(claims.sub);
    if (!person) {
      return notice(
        context,
        403,
        'You are not in the directory',
        'You signed in, but the directory of this Careline does not know you. Ask an administrator to add you.',
      );
    }
    if (hasEnded(person.ending)) return notice(context, 403, refusals.ended.title, refusals.ended.sentence);
    const before = cookieOf(context, site, 'session');
    if (before !== undefined) await sessions.end(before);
    const sessionId = newId();
    const seconds = secondsOf(now());
    await sessions.put(
      sessionId,
      { personId: person.id, sub: claims.sub, formToken: newId(), endsAt: seconds + sessionSeconds },
      seconds + idleSeconds,
    );
    putCookie(context, site, 'session', sessionId);
    return context.redirect(site.url(localPath(started.returnTo)), 302);
  });

  app.post('/sign-out', async (context) => {
    const id = cookieOf(context, site, 'session');
    if (id !== undefined) await sessions.end(id);
    dropCookie(context, site, 'session');
    const url = await signOutUrl();
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

  app.get('/signed-out', (context) =>
    context.html(
      <NoticePage frame={{ ...frameOf(context), visitor: undefined, ended: true }} title="You are signed out">
        <p>No page of yours is left open here. You can close this window.</p>
        <p>
          <ButtonLink href={`${site.base}/sign-in`}>Sign in</ButtonLink>
        </p>
      </NoticePage>,
    ),
  );
  return app;
}
