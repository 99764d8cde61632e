/** Corrects and erases who a child is. The ledger keeps that it was done and by which person, the vault what it was. */

import * as z from 'zod';
import { fieldRules } from '../../policy/identity-fields.ts';
import { retentionRules } from '../../policy/retention.ts';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy } from '../approvals/second-person.ts';
import { anyStage, command } from '../core/command.ts';
import type { Lookups } from '../core/command-lookups.ts';
import type { Decision } from '../core/decision.ts';
import { freeText, identityText, reasonText, someOf } from '../core/fields.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { areaOffice, careline } from '../core/role-groups.ts';
import { correctable, erasureGrounds, type Role, reporterFields } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

const lawyers: readonly Role[] = ['legal', 'aag-liaison'];
const ended = ['closed', 'withdrawn', 'merged'] as const;

/** A UTC instant some years of the calendar later. */
function yearsAfter(instant: string, years: number): string {
  const at = new Date(instant);
  at.setUTCFullYear(at.getUTCFullYear() + years);
  return at.toISOString();
}

/** Why who the child is may not be erased on this ground now. Undefined where it may. */
function inTheWayOfErasing(
  decision: Decision,
  ground: (typeof erasureGrounds)[number],
  { heldThere }: Lookups['mergeTarget'],
): Refusal | undefined {
  const {
    identity: { legalHold, erased },
    endedAt,
    stage,
  } = decision.state();
  if (erased) return refuse('erased-already/again');
  if (legalHold || heldThere) {
    return refuse('legal-hold');
  }
  if (ground === 'court-order') return undefined;
  const rule = retentionRules.find((each) => each.stage === stage);
  if (!rule || endedAt === undefined) {
    return refuse('no-retention-rule');
  }
  const from = yearsAfter(endedAt, rule.years);
  return Date.parse(decision.context.now) < Date.parse(from)
    ? refuse('retained', { from: formatInstant(from) })
    : undefined;
}

/** The corrections that stand of these fields. Undefined where none was corrected. */
const correctionsOf =
  (fields: readonly string[]) =>
  ({ identity: { corrections = {} } }: Referral): object | undefined => {
    const made = Object.entries(corrections).filter(([field]) => fields.includes(field));
    return made.length > 0 ? Object.fromEntries(made) : undefined;
  };

/** The fields that are given or removed. */
function correctedOf<Field extends string>(
  decision: Decision,
  fields: readonly Field[],
  given: Readonly<Partial<Record<Field, string | undefined>>>,
  remove: readonly Field[],
): Field[] | Refusal {
  if (decision.state().identity.erased) return refuse('erased-already/child');
  if (remove.some((field) => given[field] !== undefined)) {
    return refuse('given-and-removed');
  }
  const corrected = fields.filter((field) => given[field] !== undefined || remove.includes(field));
  return corrected.length > 0 ? corrected : refuse('nothing-said/correction');
}

const removedIn = <Field>(removed: readonly Field[]) => (removed.length > 0 ? { removed: [...removed] } : {});

/** People may not overwrite what they may not read. */
export function mayCorrectReporter({ report: { takenBy } }: Referral, { id, roles }: Person): boolean {
  const { staff, taker } = fieldRules.reporter;
  return (taker === true && takenBy === id) || staff === 'all' || roles.some((role) => staff.includes(role));
}

export const identityCommands = {
  'correct-identity': command({
    title: "Correct the child's name, telephone or older references",
    inEmergency: 'refused',
    note: 'What was recorded before stays in the vault with who corrected it, when and why, until it is erased. The date of birth has a command of its own. Other referrals are compared with what it says now.',
    roles: [...careline, ...areaOffice, 'hart-liaison', 'legal'],
    stages: anyStage,
    restsOn: correctionsOf(correctable),
    reindexes: true,
    input: z.strictObject({
      childName: identityText('child-name').optional(),
      phone: identityText('phone').optional(),
      priorIds: identityText('prior-ids').optional(),
      /** Parts whose record is wrong, without a known replacement. */
      remove: someOf(correctable).optional(),
      reason: reasonText('identityReasons'),
    }),
    decide(decision, { remove = [], reason, ...given }) {
      const fields = correctedOf(decision, correctable, given, remove);
      if (isRefusal(fields)) return fields;
      decision.add('identity-corrected', { fields, ...removedIn(remove), reason });
      return undefined;
    },
  }),
  'correct-reporter': command({
    title: 'Correct who reported',
    inEmergency: 'refused',
    note: 'For the person who took the report, and for those of these roles who may read who reported. What was recorded before stays in the vault with who corrected it, when and why, until it is erased.',
    roles: [...careline, 'area-supervisor', 'hart-liaison'],
    stages: anyStage,
    input: z.strictObject({
      reporterName: identityText('reporter-name').optional(),
      reporterPhone: identityText('reporter-phone').optional(),
      reporterEmail: identityText('reporter-email').optional(),
      reporterRelation: identityText('reporter-relation').optional(),
      /** Parts whose record is wrong, or that the reporter asks no longer to use. */
      remove: someOf(reporterFields).optional(),
      reason: reasonText('reporter'),
    }),
    restsOn: correctionsOf(reporterFields),
    decide(decision, { remove = [], reason, ...given }, person) {
      if (!mayCorrectReporter(decision.state(), person)) {
        return refuse('not-yours-to-correct');
      }
      const fields = correctedOf(decision, reporterFields, given, remove);
      if (isRefusal(fields)) return fields;
      decision.add('reporter-corrected', { fields, ...removedIn(remove), reason });
      return undefined;
    },
  }),
  'set-legal-hold': command({
    title: 'Set a legal hold: nothing of who the child is may be erased',
    inEmergency: 'refused',
    roles: [...lawyers, 'careline-manager', 'program-manager'],
    stages: anyStage,
    input: z.strictObject({ reason: reasonText('legalWords') }),
    decide(decision, { reason }) {
      if (decision.state().identity.erased) return refuse('erased-already/hold');
      if (decision.state().identity.legalHold) return refuse('held-already/legal');
      decision.add('legal-hold-set', { reason });
      return undefined;
    },
  }),
  'lift-legal-hold': command({
    title: 'Lift the legal hold',
    inEmergency: 'refused',
    roles: lawyers,
    stages: anyStage,
    input: z.strictObject({ reason: reasonText('legalWords') }),
    restsOn: ({ identity: { legalHold } }) => legalHold,
    decide(decision, { reason }) {
      if (!decision.state().identity.legalHold) return refuse('no-hold/legal');
      decision.add('legal-hold-lifted', { reason });
      return undefined;
    },
  }),
  'propose-erasure': command({
    title: 'Propose to erase who the child is, and every text',
    inEmergency: 'refused',
    note: 'What is erased is gone for good: names, dates, telephone, reporter and every text in the vault. The record that the referral existed stays, and of what was done when. A second person has to agree. The rule of retention is assumed and awaits legal sign-off.',
    roles: proposersOf.erasure,
    stages: ended,
    input: z.strictObject({
      ground: z.enum(erasureGrounds),
      orderReference: freeText('legalWords').optional(),
      reason: reasonText('legalWords'),
    }),
    needs: 'mergeTarget',
    restsOn: ({ proposals }) => proposals.erasure,
    decide(decision, { ground, orderReference, reason }, person, { mergeTarget }) {
      if (ground === 'court-order' && orderReference === undefined) {
        return refuse('order-missing');
      }
      const no = inTheWayOfErasing(decision, ground, mergeTarget);
      if (no) return no;
      decision.add('erasure-proposed', {
        ground,
        ...whereKnown({ orderReference }),
        reason,
        proposedBy: person.id,
      });
      return undefined;
    },
  }),
  'agree-erasure': command({
    title: 'Agree, as second person, and erase who the child is',
    inEmergency: 'refused',
    note: 'There is no way back.',
    roles: answerersOf.erasure,
    stages: ended,
    erases: true,
    input: z.strictObject({}),
    needs: 'mergeTarget',
    restsOn: ({ proposals }) => proposals.erasure,
    decide(decision, _, person, { mergeTarget }) {
      const none = refuse('nothing-proposed/erasure');
      const erasure = agreedBy(decision, 'erasure', person, {
        none,
        same: 'Erasing needs a second person, other than the one who proposed it.',
      });
      if (isRefusal(erasure)) return erasure;
      const no = inTheWayOfErasing(decision, erasure.ground, mergeTarget);
      if (no) return no;
      answered(decision, 'erasure');
      decision.add('identities-erased', {
        ground: erasure.ground,
        proposedBy: erasure.proposedBy,
        agreedBy: person.id,
      });
      return undefined;
    },
  }),
};
