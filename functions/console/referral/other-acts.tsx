/** All acts that a reader may do and that no task asks for, as links by their subject. */

import type { CommandName } from '../../../shared/domain/commands.ts';
import { titleOf } from '../forms/command-form.tsx';
import type { Reading } from './reading.tsx';
import { actPath, type PageSlug } from './referral-pages.ts';

const subjects = [
  'Danger, missing',
  'Notices',
  'Screening',
  'Child',
  'Team',
  'Services',
  'Court, tribe, family',
  'Deadlines and mail',
  'Access, closing',
] as const;
type Subject = (typeof subjects)[number];

const subjectOf: Readonly<Record<CommandName, Subject>> = {
  'classify-report': 'Notices',
  'record-written-report': 'Notices',
  'notify-police': 'Notices',
  'notify-ncmec': 'Danger, missing',
  'start-response': 'Notices',
  'add-to-report': 'Child',
  'assign-liaison': 'Notices',
  'accept-assignment': 'Notices',
  'record-safety-plan': 'Danger, missing',
  'report-missing': 'Danger, missing',
  'renew-search': 'Danger, missing',
  'record-return': 'Danger, missing',
  'answer-duplicate': 'Child',
  'confirm-routing': 'Child',
  'assess-danger': 'Danger, missing',
  'agree-lowering': 'Danger, missing',
  'record-child-seen': 'Danger, missing',
  'undo-merge': 'Child',
  'answer-checklist': 'Screening',
  'record-instrument': 'Screening',
  'propose-clearance': 'Screening',
  'agree-clearance': 'Screening',
  'correct-place': 'Child',
  screen: 'Screening',
  'agree-downgrade': 'Screening',
  'sign-off-screening': 'Screening',
  'decide-eligibility': 'Screening',
  'record-birth-date': 'Child',
  'notify-home-state': 'Notices',
  'answer-seat': 'Team',
  'inform-seat': 'Team',
  'remind-seats': 'Team',
  'ask-deputies': 'Team',
  'record-meeting': 'Team',
  'share-meeting': 'Team',
  'end-task': 'Team',
  'offer-linkage': 'Services',
  'remind-providers': 'Services',
  'accept-linkage': 'Services',
  'record-contact': 'Services',
  'start-linkage': 'Services',
  'decline-linkage': 'Services',
  'schedule-meeting': 'Team',
  'cancel-meeting': 'Team',
  'record-consent': 'Services',
  'record-part-2': 'Services',
  'record-service-outcome': 'Services',
  'sign-confidentiality': 'Team',
  'invite-seat': 'Team',
  'remove-seat': 'Team',
  'record-case-review': 'Team',
  'settle-interview': 'Team',
  'record-consultation': 'Team',
  'record-disposition': 'Notices',
  'record-reasonable-cause': 'Notices',
  'notify-of-disposition': 'Notices',
  'invoke-hold': 'Court, tribe, family',
  'record-hold-end': 'Court, tribe, family',
  'record-debrief': 'Danger, missing',
  'record-entry-to-care': 'Court, tribe, family',
  'record-evaluation': 'Services',
  'notify-hhs': 'Notices',
  'record-facts': 'Child',
  'record-placement-move': 'Child',
  'record-prosecution': 'Court, tribe, family',
  'record-charges-end': 'Court, tribe, family',
  'ask-booking': 'Services',
  'move-booking': 'Services',
  'end-booking': 'Services',
  'write-recovery-plan': 'Danger, missing',
  'offer-debrief': 'Danger, missing',
  'leave-note': 'Child',
  'read-notes': 'Child',
  'note-worker-safety': 'Danger, missing',
  'ask-need': 'Services',
  'end-need': 'Services',
  'ask-place': 'Services',
  'answer-place': 'Services',
  'record-handoff': 'Services',
  'schedule-hearing': 'Court, tribe, family',
  'record-hearing': 'Court, tribe, family',
  'settle-order': 'Court, tribe, family',
  'record-charges': 'Court, tribe, family',
  'record-adult-handover': 'Services',
  'plan-adulthood': 'Services',
  'record-ex-parte-order': 'Court, tribe, family',
  'record-protective-order': 'Court, tribe, family',
  'correct-ex-parte-order': 'Court, tribe, family',
  'record-preliminary-hearing': 'Court, tribe, family',
  'notify-tribe': 'Court, tribe, family',
  'record-tribe-receipt': 'Court, tribe, family',
  'record-tribe-request': 'Court, tribe, family',
  'notify-licensing-agency': 'Notices',
  'notify-education': 'Notices',
  'notify-institution': 'Notices',
  'record-parents-notice': 'Court, tribe, family',
  'withhold-parents-notice': 'Court, tribe, family',
  'approve-parents-notice': 'Court, tribe, family',
  'record-substantiation-notice': 'Court, tribe, family',
  'withhold-substantiation-notice': 'Court, tribe, family',
  'approve-substantiation-notice': 'Court, tribe, family',
  'record-finding-notice': 'Court, tribe, family',
  'ask-finding-safety': 'Court, tribe, family',
  'answer-finding-safety': 'Court, tribe, family',
  'pause-outreach': 'Danger, missing',
  'lift-outreach-pause': 'Danger, missing',
  'extend-deadline': 'Deadlines and mail',
  'find-not-applicable': 'Deadlines and mail',
  'explain-miss': 'Deadlines and mail',
  'countersign-miss': 'Deadlines and mail',
  'acknowledge-alert': 'Deadlines and mail',
  'record-alert-call': 'Deadlines and mail',
  'answer-alarm': 'Deadlines and mail',
  'record-call': 'Deadlines and mail',
  'release-alarm': 'Deadlines and mail',
  'disclose-reporter': 'Notices',
  'propose-withdrawal': 'Access, closing',
  'agree-withdrawal': 'Access, closing',
  'close-referral': 'Access, closing',
  'migrate-policy': 'Access, closing',
  'restart-run': 'Deadlines and mail',
  'repair-referral': 'Deadlines and mail',
  'refuse-proposal': 'Access, closing',
  'seal-referral': 'Access, closing',
  'unseal-referral': 'Access, closing',
  'take-emergency-access': 'Access, closing',
  'review-emergency-access': 'Access, closing',
  'note-safe-contact': 'Child',
  'note-card': 'Child',
  'record-card-consent': 'Child',
  'review-card': 'Child',
  'correct-identity': 'Child',
  'correct-reporter': 'Child',
  'set-legal-hold': 'Access, closing',
  'lift-legal-hold': 'Access, closing',
  'propose-erasure': 'Access, closing',
  'agree-erasure': 'Access, closing',
};

export function OtherActs({ reading, from }: { readonly reading: Reading; readonly from: PageSlug }) {
  const { frame, about, offered, asked, isAway, working } = reading;
  const isAsked = (name: CommandName) => asked.some(({ acts }) => acts.some(({ command }) => command === name));
  const others = offered.filter(({ name }) => !isAsked(name));

  // Their own page has the heading.
  const isPage = from === 'acts';
  const Title = isPage ? 'h2' : 'h3';
  return (
    <section aria-label="Other actions">
      {!isPage && <h2>Other actions</h2>}
      {others.length === 0 && <p>{offersNothing(working !== undefined, isAway, offered.length > 0)}</p>}
      <div class="act-groups">
        {subjects.map((subject) => {
          const own = others.filter(({ name }) => subjectOf[name] === subject);
          if (own.length === 0) return null;
          return (
            <section aria-label={`Other actions: ${subject}`}>
              <Title>{subject}</Title>
              <ul>
                {own.map(({ name }) => (
                  <li>
                    <a href={`${frame.base}${actPath(about.state.id, name, { from })}`}>{titleOf(name)}</a>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
    </section>
  );
}

function offersNothing(isWorking: boolean, isAway: boolean, hasTasks: boolean) {
  if (!isWorking) return hasTasks ? 'There is nothing beside your tasks.' : 'Nothing here is for you to do.';
  return isAway ? 'Load this page again to see what else you can do.' : 'Choose a reason first to see what you can do.';
}

/** The acts of one subject, on its own page: also those that a task asks for. `inRows`: those that stand in a row of the page. */
export function ActsOf({
  reading,
  subject,
  from,
  inRows = [],
}: {
  readonly reading: Reading;
  readonly subject: Subject;
  readonly inRows?: readonly CommandName[];
  readonly from: PageSlug;
}) {
  const { frame, about, offered } = reading;

  const own = offered.filter(({ name }) => subjectOf[name] === subject && !inRows.includes(name));
  if (own.length === 0) return null;
  return (
    <section aria-labelledby="acts-here">
      <h2 id="acts-here">What you can do here</h2>
      <ul class="usa-list">
        {own.map(({ name }) => (
          <li>
            <a href={`${frame.base}${actPath(about.state.id, name, { from })}`}>{titleOf(name)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
