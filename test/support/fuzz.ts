/**
 * Requests made of the API's own description. Some are right, some are nearly right, and some come from an attacker.
 * This file states the rules for each answer. It is no fault, a refusal repeats no word of the request, and a refused
 * request does nothing.
 */

import type { Schema } from '../../shared/describe/examples.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';

export interface FuzzParameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}
export interface FuzzOperation {
  readonly path: string;
  readonly method: string;
  readonly roles: readonly string[];
  readonly parameters: readonly FuzzParameter[];
  readonly body?: Schema;
}

/** What of a description is needed to make requests of it. */
export function operationsIn(description: unknown): readonly FuzzOperation[] {
  const { paths } = description as { paths: Record<string, Record<string, Record<string, unknown>>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: Schema }> } };
      const body = requestBody?.content['application/json']?.schema;
      return {
        path,
        method: method.toUpperCase(),
        roles: operation['x-roles'] as readonly string[],
        parameters: (operation.parameters ?? []) as readonly FuzzParameter[],
        ...(body && { body }),
      };
    }),
  );
}

export interface FuzzRequest {
  readonly kind: 'valid' | 'almost' | 'hostile';
  /** The path of the description that it is made of. */
  readonly operation: string;
  readonly path: string;
  readonly method: string;
  readonly roles: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  readonly text?: string;
  /** What must not come back in a no: what no client could have had from the API. */
  readonly secrets: readonly string[];
}

/** Ids that are there, by what fields call them. */
export type Pool = Readonly<Record<string, readonly string[]>>;

const many = (text: string, times: number) => Array.from({ length: times }, () => text).join('');

/** Makes requests out of numbers from 0 to 1. */
export function createFuzz(operations: readonly FuzzOperation[], pool: () => Pool, random: () => number) {
  const below = (limit: number) => Math.floor(random() * limit);
  const chance = (share: number) => random() < share;
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  let secrets: string[] = [];
  let count = 0;

  /** A word that is nowhere else, to be looked for in the answer. */
  const secret = (): string => {
    count += 1;
    const word = `Zq${count.toString(36)}Xw${below(1e9).toString(36)}`;
    secrets.push(word);
    return word;
  };

  const instants = ['2026-11-09T15:00:00Z', '2026-11-09T10:30:00-05:00', '2026-11-08T23:59:59.999Z'];
  const absurd = [
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '2001-05-05T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '1969-12-31',
  ];
  /** Characters that no text of a person has, and such as break what does not expect them. */
  const broken = ['\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085', '\ud800', '\u0000\u0000'];
  const injections = [
    "' OR 1=1 --",
    '{"$ne":null}',
    '<script>',
    '{{7*7}}',
    '../../etc/passwd',
    '%00',
    '\u202e',
    '#',
    'referral#',
  ];

  const idFor = (name: string): string => {
    const known = pool()[name] ?? (/Id$|^of$/.test(name) ? Object.values(pool()).flat() : []);
    return known.length > 0 ? oneOf(known) : 'A-1';
  };

  const textFor = ({ minLength, maxLength, pattern, format }: Schema, name: string): string => {
    if (format === 'date-time') return oneOf(instants);
    if (format === 'date') return oneOf(['2011-05-17', '2012-02-29', '2026-11-01']);
    if (name in pool() || typeof pattern === 'string') return idFor(name);
    const word = `${secret()} said on the phone.`;
    return word.slice(0, Math.max(Number(minLength ?? 0), Number(maxLength ?? 200)));
  };

  function valid(schema: Schema, name = ''): unknown {
    if ('const' in schema) return schema.const;
    if (Array.isArray(schema.enum)) return oneOf(schema.enum);
    const ways = (schema.anyOf ?? schema.oneOf) as readonly Schema[] | undefined;
    if (ways) return valid(oneOf(ways), name);
    switch (schema.type) {
      case 'string':
        return textFor(schema, name);
      case 'boolean':
        return chance(0.5);
      case 'integer':
      case 'number': {
        const from = Number(schema.minimum ?? 0);
        return from + below(Math.min(Number(schema.maximum ?? from + 20) - from, 20) + 1);
      }
      case 'array': {
        const length = Math.min(Number(schema.maxItems ?? 3), Math.max(Number(schema.minItems ?? 0), 1 + below(2)));
        return Array.from({ length }, () => valid((schema.items ?? {}) as Schema, name.replace(/s$/, '')));
      }
      case 'object': {
        const required = (schema.required ?? []) as readonly string[];
        const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
        return Object.fromEntries(
          fields
            .filter(([field]) => required.includes(field) || chance(0.5))
            .map(([field, member]) => [field, valid(member, field)]),
        );
      }
      default:
        return secret();
    }
  }

  /** Of another kind than any field takes, or beyond what it takes. */
  const wrong = (): unknown =>
    oneOf<() => unknown>([
      () => null,
      () => below(1e9) + 1e12,
      () => -1.5,
      () => [],
      () => ({}),
      () => [[secret()]],
      () => ({ [secret()]: secret() }),
      () => secret(),
      () => `${secret()}${oneOf(broken)}${secret()}`,
      () => `${secret()}${oneOf(injections)}`,
      () => many(secret(), 3000),
      () => oneOf(absurd),
      () => '',
      () => '   ',
      () => true,
    ])();

  /** The value with one thing of it wrong. */
  function spoiled(value: unknown): unknown {
    if (Array.isArray(value) && value.length > 0 && chance(0.8)) {
      const at = below(value.length);
      return value.map((each, index) => (index === at ? spoiled(each) : each));
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong();
    const fields = Object.keys(value);
    const field = oneOf(fields);
    const rest = { ...value } as Record<string, unknown>;
    if (field === undefined || chance(0.2)) {
      const name = oneOf([secret(), 'constructor', 'toString', 'seq', 'personId', '__proto__', 'unknownField']);
      return JSON.parse(
        `{${JSON.stringify(name)}:${JSON.stringify(wrong())},${JSON.stringify(rest).slice(1)}`.replace(',}', '}'),
      );
    }
    if (chance(0.15)) delete rest[field];
    else rest[field] = spoiled(rest[field]);
    return rest;
  }

  const hostileBody = (): string =>
    oneOf<() => string>([
      () => '',
      () => `{"narrative": "${secret()}"`,
      () => `${many('[', 5000)}${many(']', 5000)}`,
      () => `{"children":${many('[', 2000)}"${secret()}"${many(']', 2000)}}`,
      () => `{"__proto__":{"roles":["administrator"],"x":"${secret()}"}}`,
      () => `{"constructor":{"prototype":{"x":"${secret()}"}}}`,
      () => JSON.stringify({ narrative: many(secret(), 40_000) }),
      () => `"${secret()}"`,
      () => '1e999',
      () => 'null',
      () => `[${many('{},', 2000)}{}]`,
      () => `\ufeff{"narrative":"${secret()}"}`,
      () => `{"narrative":"\\u0000\\ud800${secret()}","children":[{"danger":"yes"}]}`,
      () => JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, () => [secret(), 1]))),
      () => JSON.stringify(wrong()),
    ])();

  const hostilePart = (): string =>
    encodeURIComponent(
      oneOf([
        () => secret(),
        () => many(secret(), 300),
        () => `${secret()}\u0000`,
        () => '..',
        () => `../${secret()}`,
        () => oneOf(injections),
        () => ' ',
        () => '__proto__',
        () => 'é'.repeat(99),
      ])(),
    );

  function addressOf({ path, parameters }: FuzzOperation, kind: FuzzRequest['kind']): string {
    const isSpoiled = () => kind === 'hostile' && chance(0.3);
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const schema = parameters.find((each) => each.name === name)?.schema ?? {};
      return isSpoiled()
        ? hostilePart()
        : encodeURIComponent(String(valid(schema, name === 'id' ? idName(path) : name)));
    });
    const query = parameters
      .filter((parameter) => parameter.in === 'query')
      .flatMap(({ name, schema }) => {
        if (kind !== 'valid' && chance(0.25)) return [`${name}=${hostilePart()}`];
        if (name === 'after' && kind === 'valid') return [];
        return chance(0.4) ? [`${name}=${encodeURIComponent(String(valid(schema, name)))}`] : [];
      });
    if (kind !== 'valid' && chance(0.1))
      query.push(`${oneOf([secret(), 'limit', '__proto__', 'a[]'])}=${hostilePart()}`);
    return `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  }
  const idName = (path: string) => (path.startsWith('/providers') ? 'providerId' : 'referralId');

  function headersOf(kind: FuzzRequest['kind']): Record<string, string> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (kind === 'valid') return headers;
    if (chance(0.05)) headers['content-type'] = oneOf(['text/plain', 'application/xml', '', `x/${secret()}`]);
    if (chance(0.1)) headers['if-match'] = oneOf(['*', '"1"', 'W/"1"', secret(), `"${secret()}"`, '"999999999999999"']);
    if (chance(0.1)) headers['idempotency-key'] = oneOf(['', many(secret(), 40), secret(), 'é', '"']);
    return headers;
  }

  return {
    next(): FuzzRequest {
      secrets = [];
      const kind = chance(0.3) ? 'valid' : chance(0.6) ? 'almost' : 'hostile';
      const operation = oneOf(operations);
      const path = addressOf(operation, kind);
      const headers = headersOf(kind);
      const { method, roles, body } = operation;
      const value = body && valid(body);
      const text =
        body === undefined
          ? undefined
          : kind === 'valid'
            ? JSON.stringify(value)
            : kind === 'almost'
              ? JSON.stringify(spoiled(value))
              : hostileBody();
      return {
        kind,
        operation: operation.path,
        path,
        method,
        roles,
        headers,
        ...whereKnown({ text }),
        secrets,
      };
    },
  };
}

/**
 * An answer may name a field that does not exist, or that holds control characters. The name must look like one
 * (`fieldName` of `problems.ts`). The name stands nowhere else in the answer.
 */
const withoutFieldNames = (text: string): string =>
  text.replaceAll(/"path":"[\w.[\]-]*","sentence":"(There is no such field|It holds control characters)/g, '');

/**
 * What is wrong with an answer, in words; empty where it keeps the rules. `written`: whether anything was stored
 * meanwhile.
 */
export function faultsOf(
  { secrets, text: sent = '' }: Pick<FuzzRequest, 'secrets' | 'text'>,
  { status, text, written }: { readonly status: number; readonly text: string; readonly written: boolean },
): readonly string[] {
  const isDirty = ['\\u000', '\\u001b', '\\ud800', '\u007f', '\u0085'].some((character) => sent.includes(character));
  if (status < 300 && isDirty) return ['a control character was taken'];
  if (status < 400) return [];
  return [
    ...(status >= 500 ? ['a fault'] : []),
    ...(secrets.some((word) => withoutFieldNames(text).includes(word)) ? ['an echo of what was sent'] : []),
    ...(written ? ['something was stored'] : []),
  ];
}
