/** The pool did not say: it throttled the question, or does not answer. No one is refused for that, and no one let in. */
export class SignInServiceBusy extends Error {
  override name = 'SignInServiceBusy';
  constructor(cause: unknown) {
    super('The pool of sign-ins did not answer.', { cause });
  }
}
