/** The OpenAPI 3.1 description of the API. It is made from the command table, the schemas, and the domain's source. */
import * as z from 'zod';
import { rateLimits } from '../application/access/rate-limit.ts';
import { type DoorRefusal, doorRefusals, type Status } from '../application/routes/door-refusals.ts';
import { pagingInput } from '../application/routes/paging.ts';
import type { Route } from '../application/routes/route.ts';
import { routes } from '../application/routes/route-table.ts';
import { problemAnswer } from '../contracts/answer-shapes.ts';
import { type AnswerName, apiAnswers } from '../contracts/api-answers.ts';
import { type CommandName, commandNamed, commands } from '../domain/commands.ts';
import { type Role, roles } from '../domain/core/vocabulary.ts';
import { type RefusalKey, refusals, refuse } from '../domain/refusals.ts';
import { exampleOf, type Schema } from './examples.ts';
import { type KnownRefusal, withoutValues } from './refusal-codes.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly example: unknown;
  readonly required?: boolean;
}

const stages = ['open', 'closed', 'withdrawn', 'merged'];

const key: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Identifies this submission of this person at this address, for as long as what it is about is kept: the same key and body is answered as the first time, another body 422; at another address the same key names another submission. Without one every request is a submission of its own.',
  schema: { type: 'string', maxLength: 200 },
  example: '0f9a3c1e-6a0b-4a34-9a6e-5d1f6f0c2b7d',
};
const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  description:
    'The ETag with which the referral was read. Where it has moved since, nothing is done and the answer is 412. Without it the command is decided on what the referral is now. A command that replaces or approves what someone recorded is answered 428 without it.',
  schema: { type: 'string' },
  example: '"4"',
};

const statusWords: Readonly<Record<Status, string>> = {
  400: 'Fields need another answer: each is listed, and nothing was stored.',
  401: 'No one is signed in: send the access token of a sign-in.',
  403: 'Not for the roles of the caller.',
  404: 'There is no such thing, or it is not for the caller to see.',
  405: 'The address answers to other methods, which the header Allow names.',
  409: 'Not possible in this state of the referral, of the provider or of the draft: the code says which of the reasons, the detail says it in a sentence.',
  412: 'The referral has moved since it was read with this ETag: nothing was done. Read it again.',
  413: 'The body is larger than 256 KB.',
  415: 'The body is not sent as application/json in UTF-8.',
  422: 'The Idempotency-Key came before with other content: nothing was stored now.',
  428: 'The command replaces or approves what someone recorded: nothing was done. Read it, and send its ETag as If-Match.',
  429: 'Too many requests of this person, or of all clients together, where the gateway answers: Retry-After says in how many seconds to try again.',
  500: 'Something failed here. The same request with the same Idempotency-Key completes it.',
};

/** The description of a field that is kept in the vault, by the mark of its schema. */
const keptWords: Readonly<Record<string, string>> = {
  true: 'Free text: it is kept in the vault.',
  part2: 'Free text: it is kept in the vault, apart from all else (42 CFR Part 2).',
  'birth-date': 'It is kept in the vault.',
};

/**
 * A zod schema as the JSON schema of the description. It marks free text, and leaves out the pattern where a format says the
 * same.
 */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema: made }) {
      const node = made as Record<string, unknown>;
      const kept = node.kind === 'part2Records' ? keptWords.part2 : keptWords[String(node.vault)];
      if (kept !== undefined) node.description = kept;
      if (node.vault === true) delete node.kind;
      delete node.vault;
      if (node.format === 'date-time' || node.format === 'date' || node.type === 'integer') delete node.pattern;
      // Answers may have more fields in a later release.
      if (JSON.stringify(node.additionalProperties) === '{}') delete node.additionalProperties;
    },
  });
  return made;
}

const ref = (kind: 'schemas' | 'responses' | 'headers', name: string) => ({ $ref: `#/components/${kind}/${name}` });
const sentence = (list: readonly Role[]) => (list.length === roles.length ? 'every role' : list.join(', '));

/** What every route with a known person answers. */
const always: readonly Status[] = [401, 429, 500];
const answeredWith = (status: Status) => ref('responses', `Problem${status}`);
const refusalsOf = (statuses: readonly Status[]) =>
  Object.fromEntries([...statuses, ...always].map((each) => [each, answeredWith(each)]));

/** The refusals of a row by name: those of its handler, and those of the checks before it. */
const noesOf = ({ misfit, forbidden, body, refusals }: Route): readonly DoorRefusal[] => [
  ...Object.values(misfit ?? {}),
  ...(forbidden ? [forbidden] : []),
  // Each address refuses a parameter that it does not have.
  'invalid',
  ...(body ? (['too-large', 'not-json'] as const) : []),
  ...refusals,
];

/** Each status of a row once, in order. */
function statusesOf(row: Route): readonly Status[] {
  const decides = Array.isArray(row.decides) ? ([409] as const) : [];
  return [...new Set([...noesOf(row).map((name) => doorRefusals[name].status), ...decides])].toSorted(
    (one, other) => one - other,
  );
}

/** The refusals with which a row answers 409, each value of a sentence as `…`. */
const conflictsOf = (row: Route): readonly KnownRefusal[] => [
  ...noesOf(row)
    .filter((name) => doorRefusals[name].status === 409)
    .map((code) => ({ code, sentence: sentenceOf(code) })),
  ...(Array.isArray(row.decides) ? (row.decides as readonly RefusalKey[]) : []).map((key) => ({
    code: key.split('/')[0] ?? '',
    sentence: withoutValues(refusals[key]),
  })),
];

function sentenceOf(name: DoorRefusal): string {
  const { sentence: said } = doorRefusals[name];
  const unsaid = new Proxy({}, { get: () => '…' });
  return typeof said === 'string' ? said : (said as (given: object) => string)(unsaid);
}

const problemExample = (status: number, more: object = {}) => ({
  type: 'about:blank',
  title: 'The request is not right',
  status,
  detail: 'A sentence that a person can act on.',
  ...more,
});

function bodyOf(schema: z.ZodType) {
  const made = jsonSchema(schema, 'input');
  return { required: true, content: { 'application/json': { schema: made, example: exampleOf(made) } } };
}

/** The schema of a parameter, without the words that stand beside it. */
function schemaOf({ description: _description, example: _example, ...schema }: Schema): Schema {
  return schema;
}

/** The parameters of a zod object, in the path or in the query. */
function parametersOf(schema: z.ZodType | undefined, where: 'path' | 'query'): readonly Parameter[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as {
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, node]) => ({
    name,
    in: where,
    description: String(node.description),
    schema: schemaOf(node),
    example: node.example,
    ...(required.includes(name) && { required: true }),
  }));
}

const optional = (parameter: Parameter) => ({ ...parameter, required: false });

/** The answer of one referral carries its ETag; an answer that created a thing carries its Location. */
const okHeaders = (answer: AnswerName, status: 200 | 201 = 200) => ({
  'x-request-id': ref('headers', 'RequestId'),
  ...(answer === 'Referral' && { ETag: ref('headers', 'ETag') }),
  ...(status === 201 && { Location: ref('headers', 'Location') }),
});

/** A row whose operation is described here. The description itself and the command table have descriptions of their own. */
export type Described = Route & { readonly answer: AnswerName };
const isDescribed = (row: Route): row is Described => row.answer !== undefined && row.decides !== 'of-the-command';
export const describedRoutes: readonly (readonly [string, Described])[] = Object.entries<Route>(routes).flatMap(
  ([name, row]) => (isDescribed(row) ? [[name, row] as const] : []),
);

function described(id: string, row: Described) {
  const { method, title, tag, relation, answer, body, statuses = [200] } = row;
  const statusesOfRow = statusesOf(row);
  return {
    [method]: {
      operationId: id,
      summary: title,
      description: [`For ${sentence(row.roles)}.`, relation].filter(Boolean).join(' '),
      tags: [tag],
      'x-roles': row.roles,
      'x-refusals': statusesOfRow.flatMap((status): readonly object[] =>
        status === 409 ? conflictsOf(row).map((refusal) => ({ status, ...refusal })) : [{ status }],
      ),
      parameters: [
        ...parametersOf(row.params, 'path'),
        ...(row.paging ? parametersOf(pagingInput, 'query') : []),
        ...parametersOf(row.query, 'query'),
        ...(row.key ? [{ ...key, required: row.key === 'required' }] : []),
      ],
      ...(body && body !== 'of-the-command' && { requestBody: bodyOf(body) }),
      responses: {
        ...Object.fromEntries(
          statuses.map((status) => [
            status,
            {
              description: title,
              headers: okHeaders(answer, status),
              content: { 'application/json': { schema: ref('schemas', answer) } },
            },
          ]),
        ),
        ...refusalsOf(statusesOfRow),
      },
    },
  };
}

const performing: Route = routes['perform-command'];
const commandRefusals = statusesOf(performing);

function describedCommand(name: CommandName, known: ReadonlyMap<string, readonly KnownRefusal[]>) {
  const row = commandNamed(name);
  const own = known.get(name);
  if (!own) throw new Error(`The source of the command ${name} was not found: its refusals cannot be described.`);
  const inStages = row.stages ?? ['open'];
  const staged = stages.filter((stage) => !(inStages as readonly string[]).includes(stage));
  const conflicts: readonly KnownRefusal[] = [
    ...(staged.length > 0
      ? [
          {
            code: 'wrong-stage',
            sentence: refuse('wrong-stage', { stage: staged.join(' or '), title: row.title }).sentence,
          },
        ]
      : []),
    ...own,
  ];
  const [first] = conflicts;
  const statuses = commandRefusals.filter((status) => status !== 428 || row.restsOn !== undefined);
  return {
    post: {
      operationId: name,
      summary: row.title,
      description: `For ${row.roles.join(', ')}. In the stages: ${inStages.join(', ')}.${row.restsOn ? ' It replaces or approves what someone recorded: where there is such, send If-Match.' : ''}`,
      tags: ['commands'],
      'x-roles': row.roles,
      'x-stages': inStages,
      'x-refusals': [
        ...statuses.map((status) => ({ status })),
        ...conflicts.map((refusal) => ({ status: 409, ...refusal })),
      ],
      parameters: [
        ...parametersOf(performing.params, 'path').filter(({ name: each }) => each === 'id'),
        optional(key),
        optional(ifMatch),
      ],
      requestBody: bodyOf(row.input),
      responses: {
        200: ref('responses', 'ReferralAfter'),
        ...(first && {
          409: {
            description: statusWords[409],
            headers: { 'x-request-id': ref('headers', 'RequestId') },
            content: {
              'application/problem+json': {
                schema: {
                  allOf: [ref('schemas', 'Problem')],
                  properties: { code: { enum: conflicts.map(({ code }) => code) } },
                  required: ['code'],
                },
                example: {
                  type: 'about:blank',
                  title: 'Not possible in this state',
                  status: 409,
                  detail: first.sentence,
                  code: first.code,
                },
              },
            },
          },
        }),
        ...refusalsOf(statuses),
      },
    },
  };
}

function problemResponses() {
  const statuses = [400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429, 500] as const;
  return Object.fromEntries(
    statuses.map((status) => {
      const example = problemExample(
        status,
        status === 400
          ? { problems: [{ path: 'children[0].danger', sentence: 'Choose one of: yes, no, unknown.' }] }
          : {},
      );
      return [
        `Problem${status}`,
        {
          description: statusWords[status],
          headers: {
            'x-request-id': ref('headers', 'RequestId'),
            ...(status === 429 && { 'Retry-After': ref('headers', 'RetryAfter') }),
          },
          content: { 'application/problem+json': { schema: ref('schemas', 'Problem'), example } },
        },
      ];
    }),
  );
}

function schemas() {
  const { ReferralAfter: _, ...named } = apiAnswers;
  const made: Record<string, z.ZodType> = { Problem: problemAnswer, ...named };
  return Object.fromEntries(
    Object.entries(made).map(([name, schema]) => {
      const json = jsonSchema(schema, 'output');
      return [name, { ...json, examples: [name === 'Problem' ? problemExample(400) : exampleOf(json)] }];
    }),
  );
}

/** The description as a plain value, the same for the same table. `known` holds the refusals of each command (`refusalsIn`). */
export function describeApi(known: ReadonlyMap<string, readonly KnownRefusal[]>) {
  const names = Object.keys(commands) as CommandName[];
  const header = (description: string, schema: object, example: unknown) => ({ description, schema, example });
  return {
    openapi: '3.1.0',
    info: {
      title: 'Careline referrals',
      version: '1',
      description: [
        'Reports and referrals of suspected trafficking of children, for systems of staff. Every person, place and reference in the examples is invented.',
        'Instants are RFC 3339 with Z or an offset, and come back in UTC. A body is JSON in UTF-8 with each field once. Errors are RFC 9457 problems and never repeat what was sent. Roles come from the directory, never from the token.',
        `One person may send ${rateLimits.person.atOnce} requests at once and ${rateLimits.person.perSecond} a second after that, all clients together about 500 a second; beyond that the answer is 429 with Retry-After. Reports and drafts of reports have no limit a person.`,
      ].join('\n\n'),
      license: { name: 'Unlicensed', identifier: 'LicenseRef-UNLICENSED' },
    },
    // The address is relative to this document, so that it is right under a stage of the gateway too.
    servers: [{ url: '../v1', description: 'Where this document is' }],
    security: [{ signIn: [] }],
    tags: [
      { name: 'reports', description: 'What the Careline hears.' },
      { name: 'referrals', description: 'The work on one child.' },
      { name: 'commands', description: 'What a person can do to a referral, one of the command table each.' },
      {
        name: 'lists',
        description:
          'Open work, most urgent first: children in danger or missing with a duty of class now, then other duties of class now, then what is missed, then the rest by the day it is due. In the last two, law comes before policy.',
      },
      { name: 'directory', description: 'Providers to refer to and people to call.' },
      { name: 'training', description: 'Who was trained, as counts. It is about no referral.' },
      { name: 'figures', description: 'Counts, shares and times of the program, each with its measure and watermark.' },
      { name: 'audit', description: 'For administrators and auditors.' },
      { name: 'program', description: 'Agreements, forums, and concerns about venues.' },
      { name: 'description', description: 'This document.' },
    ],
    paths: {
      ...paths(describedRoutes.map(([name, row]) => [row.path, described(name, row)])),
      ...paths(names.map((name) => [performing.path.replace('{name}', name), describedCommand(name, known)])),
      [routes['read-description'].path]: {
        get: {
          operationId: 'read-description',
          summary: routes['read-description'].title,
          description: routes['read-description'].relation,
          tags: [routes['read-description'].tag],
          security: [],
          'x-roles': [],
          'x-refusals': [],
          responses: {
            200: {
              description: 'This document',
              headers: { 'x-request-id': ref('headers', 'RequestId') },
              content: { 'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } } },
            },
            429: answeredWith(429),
            500: answeredWith(500),
          },
        },
      },
    },
    components: {
      securitySchemes: {
        signIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The access token of the sign-in (OpenID Connect), with evidence of a second factor.',
        },
      },
      headers: {
        RequestId: header(
          'Names this request, in the audit trail too.',
          { type: 'string' },
          'b5a1f0de-2c57-4a55-9f0e-0a3f6f1c9d11',
        ),
        ETag: header('What the referral was when it was read: give it back as If-Match.', { type: 'string' }, '"4"'),
        Location: header(
          'Where to read what was made, relative to the address asked: a draft, the delegations of the caller or, of a report, the referral of the first child. Of several children each has its own, in referralIds.',
          { type: 'string' },
          'referrals/CR-7F3KD-9QXMTQ',
        ),
        RetryAfter: header('In how many seconds to try again.', { type: 'integer' }, 1),
      },
      schemas: schemas(),
      responses: {
        ReferralAfter: {
          description: 'The referral after the command. The same where the command had been carried out before.',
          headers: okHeaders('Referral'),
          content: {
            'application/json': { schema: { anyOf: [ref('schemas', 'Referral'), ref('schemas', 'OutOfSight')] } },
          },
        },
        ...problemResponses(),
      },
    },
  };
}

function paths(each: readonly (readonly [string, object])[]): Record<string, object> {
  const made: Record<string, object> = {};
  for (const [path, methods] of each) made[path] = { ...made[path], ...methods };
  return made;
}
