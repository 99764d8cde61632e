/** The routes of a referral's audit and of its files, for administrators and auditors. */
import { Hono } from 'hono';
import { redactContent } from '../../../shared/application/access/redact-sealed.ts';
import { auditors, isOneOf, mayRead } from '../../../shared/application/access/visitor.ts';
import { type ShownAudit, showAudit } from '../../../shared/application/read/shown-audit.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { isShutTo } from '../../../shared/domain/access/seal.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import { namesOf, peopleIn } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place } from '../app/parts.ts';
import { csvFile } from '../numbers/files.ts';
import { chapterFile, isSaved, recordSaved } from './audit-files.ts';
import { chapters } from './chapter.tsx';
import { AuditPage } from './referral-audit.tsx';
import { SealedAuditPage } from './sealed-audit-page.tsx';

const readersIn = ({ accesses }: ShownAudit): readonly string[] =>
  accesses.flatMap(({ personId, onBehalfOf = [] }) => [personId, onBehalfOf].flat());

export function createAudits(parts: ConsoleParts, { frameOf, visitorIn, notFound, forbidden }: Place) {
  const { ledger, directory } = parts;
  const app = new Hono<ConsoleEnv>();

  app.get('/referrals/:id/audit/:chapter/csv', async (context) => {
    const visitor = visitorIn(context);
    const { id, chapter } = context.req.param();
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['audits-for-auditors'].sentence);
    if (!isReference('CR', id) || !isSaved(chapter)) return notFound(context);
    const [referral, audit] = await Promise.all([ledger.referral(id), showAudit(parts, id, visitor)]);
    if (!referral || !mayRead(referral.state, visitor) || !audit) return notFound(context);
    await recordSaved({ ledger, now: parts.now() }, visitor, ['audit-file', chapter], id);
    return csvFile(context, `${id}-${chapter}.csv`, chapterFile(chapter, audit, parts.policyOf(referral.policy)));
  });

  app.get('/referrals/:id/audit/:chapter?', async (context) => {
    const visitor = visitorIn(context);
    const { id, chapter: asked = 'summary' } = context.req.param();
    const [chapter] = chapters.find(([name]) => name === asked) ?? [];
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['audits-for-auditors'].sentence);
    if (!isReference('CR', id) || chapter === undefined) return notFound(context);
    const [referral, audit] = await Promise.all([ledger.referral(id), showAudit(parts, id, visitor)]);
    if (audit && isShutTo({ access: audit }, visitor.id)) {
      const shown = redactContent(audit);
      const actors = shown.commits.flatMap(({ actor, onBehalfOf = [] }) => [actor.id, onBehalfOf].flat());
      const nameOf = await namesOf(directory, [...actors, ...readersIn(audit)]);
      return context.html(<SealedAuditPage frame={frameOf(context)} audit={shown} nameOf={nameOf} />);
    }
    if (!referral || !mayRead(referral.state, visitor) || !audit) return notFound(context);
    const events = audit.commits.flatMap((commit) => commit.events);
    const actors = audit.commits.flatMap(({ actor }) => (actor.kind === 'person' ? [actor.id] : []));
    const principals = audit.commits.flatMap(({ onBehalfOf = [] }) => onBehalfOf);
    const nameOf = await namesOf(directory, [
      ...actors,
      ...readersIn(audit),
      ...principals,
      ...peopleIn(events),
      ...peopleIn(audit.alerts),
    ]);
    return context.html(
      <AuditPage
        frame={frameOf(context)}
        audit={audit}
        policy={parts.policyOf(referral.policy)}
        chapter={chapter}
        page={/^[1-9]\d{0,4}$/.test(context.req.query('page') ?? '') ? Number(context.req.query('page')) : 1}
        nameOf={nameOf}
        hasEmergencyAccess={referral.state.access.emergencyAccesses !== undefined}
      />,
    );
  });
  return app;
}
