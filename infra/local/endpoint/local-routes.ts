/** `/_local/*` on the endpoint's port: what only a machine of one's own has. */
import { Temporal } from 'temporal-polyfill';
import * as z from 'zod';
import type { MovableClock } from '../clock/clock.ts';
import type { ClockMemory } from '../clock/clock-memory.ts';
import type { SendLimits } from '../ses/quota.ts';
import { inboxPage } from '../text-messages/inbox.ts';
import type { SentText } from '../text-messages/text-messages.ts';
import type { AwsRequest, AwsResponse } from './service.ts';

interface Person {
  readonly email: string;
  readonly name: string;
  readonly title: string;
}

const json = (status: number, body: unknown): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body)}\n`,
});
const wrong = (sentence: string) => json(400, { error: sentence });

/**
 * Milliseconds of an ISO 8601 duration such as `PT72H` or `P30D`. Undefined for anything else, and for a negative one.
 */
export function durationOf(text: unknown): number | undefined {
  try {
    const duration = Temporal.Duration.from(String(text));
    const milliseconds = duration.total({ unit: 'milliseconds', relativeTo: Temporal.PlainDate.from('2000-01-01') });
    return milliseconds >= 0 ? milliseconds : undefined;
  } catch {
    return undefined;
  }
}

const limits = z.strictObject({
  throttleNext: z.int().min(0).optional(),
  dailyQuota: z.int().min(0).optional(),
});

/** Moving takes the clock's own turn and answers when everything that came due has come to rest. */
export function createLocalRoutes(parts: {
  readonly clock: MovableClock;
  readonly memory: ClockMemory;
  readonly texts: () => readonly SentText[];
  readonly people: () => readonly Person[];
  readonly token: (email: string) => Promise<string>;
  readonly mail: { limit(limits: SendLimits): void; limits(): Required<SendLimits> };
}) {
  const { clock, memory, texts, people, token, mail } = parts;
  const time = () => json(200, { now: new Date(clock.now()).toISOString() });
  const bodyOf = ({ body }: AwsRequest): unknown => {
    try {
      return JSON.parse(body.toString('utf8'));
    } catch {
      return undefined;
    }
  };
  const fieldOf = (request: AwsRequest, field: string): unknown =>
    (bodyOf(request) as Record<string, unknown> | null | undefined)?.[field];

  const routes: Readonly<Record<string, (request: AwsRequest) => Promise<AwsResponse>>> = {
    'GET /_local/clock': async () => time(),
    'POST /_local/clock': async (request) => {
      const milliseconds = durationOf(fieldOf(request, 'advance'));
      if (milliseconds === undefined) return wrong('Send {"advance": "PT72H"}: an ISO 8601 duration of zero or more.');
      // Kept first as well: killed on the way, the restart must not fall back behind what has already happened.
      memory.keep(clock.now() + milliseconds);
      await clock.advance(milliseconds);
      memory.keep(clock.now());
      return time();
    },
    'GET /_local/mail': async () => json(200, mail.limits()),
    'POST /_local/mail': async (request) => {
      const asked = limits.safeParse(bodyOf(request));
      if (!asked.success) {
        return wrong(
          'Send {"throttleNext": 3} or {"dailyQuota": 100}: whole numbers of mails to refuse, and of recipients a day.',
        );
      }
      mail.limit(asked.data as SendLimits);
      return json(200, mail.limits());
    },
    'GET /_local/texts': async ({ headers }) =>
      headers.accept?.includes('text/html') ? inboxPage(texts()) : json(200, texts()),
    'GET /_local/people': async () =>
      json(
        200,
        people().map(({ email, name, title }) => ({ email, name, title })),
      ),
    'POST /_local/token': async (request) => {
      const email = String(fieldOf(request, 'person') ?? '');
      const known = people().some((person) => person.email === email);
      if (!known)
        return wrong('Send {"person": "<e-mail>"} with the address of a sample person: GET /_local/people lists them.');
      return json(200, { token: await token(email) });
    },
  };
  return async (request: AwsRequest): Promise<AwsResponse | undefined> =>
    routes[`${request.method} ${request.path}`]?.(request);
}
