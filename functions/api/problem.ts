/** Refusals and errors of the API, as problems of RFC 9457. */
import type { Problem } from '../../shared/application/input/problems.ts';
import {
  type DoorRefusal,
  doorRefusals,
  type GivenWith,
  type Status,
} from '../../shared/application/routes/door-refusals.ts';
import type { Refusal } from '../../shared/domain/core/refusal.ts';

const titles: Readonly<Record<Status, string>> = {
  400: 'The request is not right',
  401: 'Not signed in',
  403: 'Not for your role',
  404: 'There is no such thing',
  405: 'Not in this way',
  409: 'Not possible in this state',
  412: 'The referral has moved',
  413: 'Too large',
  415: 'Not JSON',
  422: 'This key came before with other content',
  428: 'Read it first',
  429: 'Too many requests',
  500: 'Something failed here',
};

type Headers = Readonly<Record<string, string>>;

/** A problem of RFC 9457. It never repeats what was sent. */
const written = (status: Status, detail: string, more: object, headers: Headers = {}) =>
  new Response(JSON.stringify({ type: 'about:blank', title: titles[status], status, detail, ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

/** A "no" of the door, with what its sentence is made of and with headers. */
export interface No<Name extends DoorRefusal = DoorRefusal> {
  readonly no: Name;
  readonly given: unknown;
  readonly headers?: Headers | undefined;
}

export const no = <const Name extends DoorRefusal>(
  name: Name,
  ...[given, headers]: GivenWith<Name> extends undefined
    ? [given?: undefined, headers?: Headers]
    : [given: GivenWith<Name>, headers?: Headers]
): No<Name> => ({ no: name, given, headers });

/** A "no" of the domain. */
export interface Decided<Code extends string = string> {
  readonly decided: Refusal<Code>;
}

/** Codes of the domain that the API answers with a "no" of its own, such as 404. */
const asOfDoor = {
  'id-reused': 'key-reused',
  'read-first': 'not-read-first',
  'no-such-shift': 'no-such-shift',
  'no-such-delegation': 'no-such-delegation',
} as const satisfies Readonly<Record<string, DoorRefusal>>;
type OfDoor = typeof asOfDoor;

type Answer<Code extends string> = Code extends keyof OfDoor ? No<OfDoor[Code]> : Decided<Code>;

/** The answer to a refusal of the domain, by its code. */
export function decided<Code extends string>(refusal: Refusal<Code>): Answer<Code> {
  const { refused } = refusal;
  const ofDoor = Object.hasOwn(asOfDoor, refused) ? no(asOfDoor[refused as keyof OfDoor]) : undefined;
  return (ofDoor ?? { decided: refusal }) as Answer<Code>;
}

/** The "no" for an act that was not stored: by its fields, by its key, or by the domain. */
export function notStored<Code extends string>(
  answer:
    | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
    | { readonly kind: 'reused' }
    | { readonly kind: 'refused'; readonly refusal: Refusal<Code> },
) {
  switch (answer.kind) {
    case 'invalid':
      return no('invalid', { problems: answer.problems });
    case 'reused':
      return no('key-reused');
    case 'refused':
      return decided(answer.refusal);
  }
}

export function problemOf(refused: No | Decided): Response {
  if ('decided' in refused) return written(409, refused.decided.sentence, { code: refused.decided.refused });
  const { status, sentence, ...row } = doorRefusals[refused.no];
  const detail = typeof sentence === 'string' ? sentence : (sentence as (given: unknown) => string)(refused.given);
  const more = { ...(status === 409 && { code: refused.no }), ...('shown' in row && Object(refused.given)) };
  return written(status, detail, more, refused.headers);
}
