/** Short digests of what a release reads: the fields of each stored event, and each part of a released policy. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { agreementEvent } from '../../shared/domain/agreements/agreements.ts';
import { alertEventSchemas } from '../../shared/domain/alerts/alerts.ts';
import { findingEvent } from '../../shared/domain/audit/findings.ts';
import { delegationEvent } from '../../shared/domain/directory/delegations.ts';
import { shiftEvent } from '../../shared/domain/directory/on-call-shifts.ts';
import { doubtEvent } from '../../shared/domain/doubts/doubts.ts';
import { draftNewsEvent } from '../../shared/domain/drafts/draft-news.ts';
import { draftEvent } from '../../shared/domain/drafts/drafts.ts';
import { eventSchemas } from '../../shared/domain/events.ts';
import { forumEvent } from '../../shared/domain/forums/forums.ts';
import { addDays } from '../../shared/domain/policy/due.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import { providerEvent } from '../../shared/domain/services/providers.ts';
import { rosterEvent } from '../../shared/domain/team/roster-gaps.ts';
import { trainingEvent } from '../../shared/domain/training/training.ts';
import { venueEvent } from '../../shared/domain/venues/venues.ts';
import { canonical } from '../../shared/store/canonical.ts';

export const shapesFile = fileURLToPath(new URL('../fixtures/shapes.json', import.meta.url));

const digest = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 16);
/** Without descriptions, because they may be worded better. */
const shapeOf = (schema: z.ZodType): unknown =>
  JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })), (key, value: unknown) =>
    key === 'description' && typeof value === 'string' ? undefined : value,
  );

const ofChain = {
  referral: eventSchemas,
  alert: alertEventSchemas,
  roster: typesOf(rosterEvent),
  provider: typesOf(providerEvent),
  finding: { 'finding-made': findingEvent },
  doubt: typesOf(doubtEvent),
  draft: typesOf(draftEvent),
  drafts: typesOf(draftNewsEvent),
  delegation: typesOf(delegationEvent),
  shift: typesOf(shiftEvent),
  training: typesOf(trainingEvent),
  agreement: typesOf(agreementEvent),
  forum: typesOf(forumEvent),
  venue: typesOf(venueEvent),
};

/** Each event of a union, by its type. */
function typesOf(union: { readonly options: readonly z.ZodObject[] }): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(union.options.map((option) => [String((option.shape.type as z.ZodLiteral).value), option]));
}

/** The digest of each event's fields, by `<chain> <type>`. */
export const shapesOfEvents = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(ofChain).flatMap(([chain, schemas]) =>
      Object.entries(schemas).map(([type, schema]) => [`${chain} ${type}`, digest(shapeOf(schema))]),
    ),
  );

const firstDay = '2026-01-01';
const days = 3652;

/** The digest of each part of the policy, and of its business days from 2026 to 2035. The deadlines are apart, by their ids. */
export function shapeOfPolicy(policy: Policy): Readonly<Record<string, string>> {
  const { deadlines, calendar, released: _, ...parts } = policy;
  const businessDays = Array.from({ length: days }, (_, day) => calendar.isBusinessDay(addDays(firstDay, day)));
  return Object.fromEntries([
    ...Object.entries(parts).map(([part, value]) => [part, digest(value)]),
    ['business days', digest(businessDays)],
    ...deadlines.map((rule) => [rule.id, digest(rule)]),
  ]);
}
