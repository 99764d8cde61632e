/** Handlers of reports and referrals. */

import { type FactsOpened, openFacts } from '../../shared/application/access/open-facts.ts';
import { fittingPurposes, type Purpose } from '../../shared/application/access/purposes.ts';
import { redactContent, redactUnreadable } from '../../shared/application/access/redact-sealed.ts';
import { mayRead, mayReadChild, seesWhole, type Visitor } from '../../shared/application/access/visitor.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { peopleOf } from '../../shared/application/read/people-of-referral.ts';
import { proofFileOf } from '../../shared/application/read/proof-download.ts';
import { readCalls } from '../../shared/application/read/read-calls.ts';
import { readIdentities } from '../../shared/application/read/read-identities.ts';
import { countedWith } from '../../shared/application/read/safe-contact.ts';
import { agendaFor, linkedChildren } from '../../shared/application/read/shown-agenda.ts';
import { showAudit } from '../../shared/application/read/shown-audit.ts';
import { showReferral } from '../../shared/application/read/shown-view.ts';
import { writtenFor } from '../../shared/application/read/written-texts.ts';
import type { referralRoutes } from '../../shared/application/routes/referral-routes.ts';
import { noteSeen } from '../../shared/application/use-cases/note-seen.ts';
import { performCommand } from '../../shared/application/use-cases/perform-command.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import { isShutTo } from '../../shared/domain/access/seal.ts';
import type { ApiParts } from './api-parts.ts';
import { type Asked, done, type Handlers } from './handlers.ts';
import { decided, no } from './problem.ts';

const etagOf = ({ seq }: { readonly seq: number }) => ({ etag: `"${seq}"` });

export function referralHandlers(parts: ApiParts): Handlers<keyof typeof referralRoutes> {
  const { ledger, directory, policyOf } = parts;

  const readable = async (id: string, visitor: Visitor) => {
    const referral = await ledger.referral(id);
    if (!referral || !mayRead(referral.state, visitor)) return undefined;
    const [state, others] = await Promise.all([
      redactUnreadable(ledger, referral.state, visitor),
      countedWith(ledger, referral.state),
    ]);
    return { state, others, commits: referral.commits, policy: policyOf(referral.policy) };
  };
  type Found = NonNullable<Awaited<ReturnType<typeof readable>>>;

  /** How much this person sees. One record covers a UTC day. */
  const open = (
    found: Found,
    { visitor, now, requestId }: Pick<Asked, 'visitor' | 'now' | 'requestId'>,
    said?: Purpose,
  ): Promise<FactsOpened> => openFacts({ ledger, now, requestId, session: now.slice(0, 10) }, found, visitor, { said });

  /** The referral, with the facts where this person has a purpose. */
  const viewOf = ({ state, policy, others }: Found, visitor: Visitor, opened: FactsOpened) => {
    const view = showReferral(state, policy, visitor, others, opened.depth);
    return 'suggested' in opened ? { ...view, suggestedPurpose: opened.suggested } : view;
  };

  return {
    async 'take-report'({ visitor, now, requestId, key, body }) {
      const door = { ...parts, digests: createDigests(await parts.secretKey()), now, requestId };
      const answer = await takeReport(door, visitor, key ?? parts.newId(), body);
      if (answer.kind === 'invalid') return no('invalid', { problems: answer.problems });
      if (answer.kind === 'reused') return no('key-reused');
      const { reportId, referralIds, receipt, unclear, candidates } = answer;
      // A relative address, because a stage of the gateway may come before it. The first child's referral names its siblings.
      const location = `referrals/${referralIds[0]}`;
      return done({ reportId, referralIds, receipt, unclear, candidates }, { status: 201, headers: { location } });
    },

    async 'read-referral'({ params, query, ...asked }) {
      const found = await readable(params.id, asked.visitor);
      if (!found) return no('no-such-referral');
      const opened = await open(found, asked, query.purpose);
      if ('misfit' in opened && opened.misfit !== undefined)
        return no('purpose-not-yours', { purpose: opened.misfit, fitting: opened.fitting });
      return done(viewOf(found, asked.visitor, opened), { headers: etagOf(found.state) });
    },

    async 'read-identities'({ visitor, params, query, now, requestId }) {
      const found = await readable(params.id, visitor);
      if (!found) return no('no-such-referral');
      const door = { ...parts, now, requestId, onUnreadable: parts.onFault };
      if (!mayReadChild(found.state, visitor)) return no('child-for-workers');
      const fitting = fittingPurposes(found.state, visitor);
      if (!fitting.includes(query.purpose)) return no('purpose-not-yours', { purpose: query.purpose, fitting });
      const identities = await readIdentities(door, visitor, found.state, query.purpose, found.others, {
        who: true,
        texts: writtenFor(visitor, found),
      });
      return identities ? done(identities) : no('child-for-workers');
    },

    async 'read-agenda'({ params, query, ...asked }) {
      const { visitor, now } = asked;
      const found = await readable(params.id, visitor);
      if (!found) return no('no-such-referral');
      const opened = await open(found, asked, query.purpose);
      if ('misfit' in opened && opened.misfit !== undefined)
        return no('purpose-not-yours', { purpose: opened.misfit, fitting: opened.fitting });
      if (opened.depth !== 'facts' || !seesWhole(found.state, visitor)) return no('agenda-for-team');
      const agenda = agendaFor(found, found.policy, visitor, now);
      return done({ ...agenda, linked: await linkedChildren(ledger, found.state, visitor) });
    },

    async 'read-people'({ visitor, params, now }) {
      const found = await readable(params.id, visitor);
      return found ? done(await peopleOf(directory, found.state, found.policy, visitor, now)) : no('no-such-referral');
    },

    async 'read-calls'({ visitor, params, now }) {
      const found = await readable(params.id, visitor);
      if (!found) return no('no-such-referral');
      const tasks = await readCalls(directory, found.state, found.policy, visitor, now);
      return done({ tasks }, { headers: etagOf(found.state) });
    },

    async 'note-alert-seen'({ visitor, params: { id, alertId }, now }) {
      const found = await readable(id, visitor);
      if (!found) return no('no-such-referral');
      const { state, policy, others } = found;
      const alerts: readonly { readonly id: string }[] = showReferral(state, policy, visitor, others, 'pathway').alerts;
      if (!alerts.some((alert) => alert.id === alertId)) return no('no-such-alert');
      const seenAt = await noteSeen(ledger, alertId, visitor.id, now);
      return seenAt === undefined ? no('not-written-to') : done({ alertId, seenAt });
    },

    async 'audit-referral'({ visitor, params: { id } }) {
      const audit = await showAudit(parts, id, visitor);
      if (!audit) return no('no-such-referral');
      return done(isShutTo({ access: audit }, visitor.id) ? redactContent(audit) : audit);
    },

    async 'prove-referral'({ visitor, params: { id }, now }) {
      const file = await proofFileOf({ ...parts, now }, id, visitor);
      return file ? done(file) : no('no-such-referral');
    },

    async 'perform-command'({ visitor, params: { id, name }, body, key, condition, now, requestId }) {
      const door = { ...parts, digests: createDigests(await parts.secretKey()), now, requestId };
      const order = { referralId: id, name, input: body, key: key ?? parts.newId(), seen: condition };
      const answer = await performCommand(door, visitor, order);
      switch (answer.kind) {
        case 'unknown':
          return no('no-such-referral');
        case 'forbidden':
          return no(answer.name, answer.given);
        case 'invalid':
          return no('invalid', { problems: answer.problems });
        case 'reused':
          return no('key-reused');
        // Only a form of a page asks about a repeated act.
        case 'recorded-already':
        case 'changed-meanwhile':
          return no('referral-moved', undefined, etagOf(answer.state));
        case 'refused':
          return decided(answer.refusal);
        case 'done': {
          const found = await readable(id, visitor);
          if (!found) return done({ id });
          const opened = await open(found, { visitor, now, requestId });
          return done(viewOf(found, visitor, opened), { headers: etagOf(found.state) });
        }
      }
    },
  };
}
