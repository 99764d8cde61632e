/** A client of the API that reads first what a command replaces or approves, as the API asks by 428. */

/** `fetch` to one referral's command. Where mail raises the number of the referral meanwhile (412), it is read again. */
export async function readFirst(
  send: (headers: Readonly<Record<string, string>>) => Promise<Response>,
  read: () => Promise<Response>,
): Promise<Response> {
  let answer = await send({});
  for (let tries = 0; tries < 5 && (answer.status === 428 || answer.status === 412); tries += 1) {
    answer = await send({ 'if-match': (await read()).headers.get('etag') ?? '' });
  }
  return answer;
}

/** The address of the referral that this path gives a command to. Undefined for any other path. */
export const commandedIn = (path: string): string | undefined => /^(\/referrals\/[^/]+)\/commands\//.exec(path)?.[1];
