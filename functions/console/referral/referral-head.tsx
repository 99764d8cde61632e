/** The head of each page of a referral. It stays in view: danger, stage, what is due next, and safe contact in short. */
import type { ShownDeadline } from '../../../shared/application/read/shown-view.ts';
import { soonest } from '../../../shared/domain/deadlines/open-deadlines.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { DueTime } from '../app/components/due-time.tsx';
import { Explained } from '../app/components/explained.tsx';
import { Reference } from '../app/components/reference.tsx';
import { Tag } from '../app/components/tag.tsx';
import { dutyTitleIn } from '../app/page-words.ts';
import { CardInShort } from './card-view.tsx';
import type { Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';
import { currentSteps, progressOf } from './referral-progress.ts';

const dangerTags = {
  yes: ['danger', 'In danger'],
  unknown: ['danger', 'Danger unknown'],
  no: ['plain', 'Not in danger now'],
} as const;

const missingTags = {
  yes: ['missing', 'Missing'],
  unknown: ['restricted', 'Missing: not known'],
  no: undefined,
} as const;

/** The open duty that is due first. */
const nextDue = (deadlines: readonly ShownDeadline[]): ShownDeadline | undefined =>
  soonest(deadlines.filter(({ status }) => status === 'open'));

/** A note of so many characters at most is told whole in the head. */
const longestNote = 120;

/** Whether the head tells all there is about safe contact. */
export function isToldInHead({ identities, isAway }: Reading): boolean {
  const { safeContact, safeContactWithheld, unreadable } = identities ?? {};
  return (
    !isAway &&
    safeContact !== undefined &&
    safeContact.length <= longestNote &&
    safeContactWithheld === undefined &&
    unreadable?.includes('safeContact') !== true
  );
}

function Safe({ reading }: { readonly reading: Reading }) {
  const { frame, about, identities, ofCase, working } = reading;

  if (!(ofCase ?? working)?.hasSafeContact) return null;
  return (
    <p class="head-safe">
      <strong>
        <Explained text="Safe contact" />:
      </strong>{' '}
      {isToldInHead(reading) ? (
        identities?.safeContact
      ) : (
        <a href={`${frame.base}${pagePath(about.state.id)}#safe-contact`}>read the note first</a>
      )}
    </p>
  );
}

const statusWords = { done: ': done', now: ': now', later: ': later' } as const;

export function ReferralHead({ reading }: { readonly reading: Reading }) {
  const { frame, about, view, whole, ofCase, working, limited } = reading;
  const { state } = about;
  const inWork = whole ?? working;
  const danger = inWork && dangerTags[inWork.danger];
  const missing = inWork && missingTags[inWork.missingNow];
  const due = nextDue((ofCase ?? limited)?.deadlines ?? []);
  const steps = whole && progressOf(whole);

  const now = steps && currentSteps(steps);
  return (
    <section class="referral-head" aria-label="This referral in short">
      <p class="head-state">
        <Reference id={state.id} base={frame.base} />
        {danger && <Tag kind={danger[0]}>{danger[1]}</Tag>}
        {missing && <Tag kind={missing[0]}>{missing[1]}</Tag>}
        {state.access.seal !== undefined && <Tag kind="restricted">Restricted</Tag>}
        {view.stage !== 'open' && <Tag kind="plain">{words(view.stage)}</Tag>}
        {due && (
          <span class="head-due">
            <span class="head-duty">{dutyTitleIn(about.policy, due)}:</span>{' '}
            <DueTime due={due.due} now={frame.now} short />
          </span>
        )}
        {now && <span class="head-step">Now: {now.map((title) => title).join(', ')}</span>}
      </p>
      {steps && (
        <ol class="head-steps" aria-label="Progress of this referral">
          {steps.map(({ title, status }) => (
            <li class={`head-steps__${status}`} aria-current={title === now?.[0] ? 'step' : undefined}>
              {title}
              <span class="usa-sr-only">{statusWords[status]}</span>
            </li>
          ))}
        </ol>
      )}
      <Safe reading={reading} />
      <CardInShort reading={reading} />
    </section>
  );
}
