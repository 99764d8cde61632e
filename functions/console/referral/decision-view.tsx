/** The decision on a referral's page: the proposal and its reasons, the overlays, and the decision with its facts. */
import type { Child } from 'hono/jsx';
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import type { ProviderView, ReferralView } from '../../../shared/application/read/view.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { classOfAge } from '../../../shared/domain/eligibility/eligibility.ts';
import { ageOn, formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Explained } from '../app/components/explained.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Words } from './words-view.tsx';

/** A reader who may contact the family sees first which caregiver not to tell. `isAssigned`: the reader is the social worker. */
export function Caregiver({
  view: { mayContactFamily },
  isAssigned,
}: {
  readonly view: Pick<ProviderView, 'mayContactFamily'>;
  readonly isAssigned: boolean;
}) {
  if (mayContactFamily === 'as-usual') return null;
  return mayContactFamily === 'not-the-caregiver' ? (
    <Alert kind="error" heading="Do not tell the caregiver">
      <p>
        {isAssigned
          ? 'A caregiver may have taken part. Do not call, write to or visit that caregiver. Leave no message at home. Ask your supervisor first.'
          : 'A caregiver may have taken part. Do not call, write to or visit that caregiver. Leave no message at home. Ask the assigned social worker first.'}
      </p>
    </Alert>
  ) : (
    <Alert kind="warning" heading="Before you contact the family">
      <p>
        {isAssigned
          ? 'We do not know yet whether a caregiver took part. Find out before you tell any caregiver, or ask your supervisor.'
          : 'We do not know yet whether a caregiver took part. Ask the assigned social worker before you tell any caregiver.'}
      </p>
    </Alert>
  );
}

/** The pause that police asked for. It comes before all else on the page. */
export function NoContactYet({
  view: { doNotContactBefore: until },
}: {
  readonly view: Pick<ProviderView, 'doNotContactBefore'>;
}) {
  if (until === undefined) return null;
  const heading = doNotContact(until);
  return (
    <Alert kind="error" heading={heading}>
      <p>
        Wait with outreach, notices to parents and contact by partners. Danger, a missing child and the acute exam do
        not wait. The deadlines run on.
      </p>
    </Alert>
  );
}

interface Seen {
  readonly view: ReferralView;
  readonly policy: Policy;
  readonly nameOf: (id: string) => string;
  readonly identities: IdentityView | undefined;
  /** What the person wrote who decided. */
  readonly reasons: readonly ReadText[];
  /** UTC instant. */
  readonly now: string;
}

type Pair = readonly [string, Child];

/** What the rules propose, the facts that it rests on, and what could change it. */
function proposedPairs({ proposal, openQuestions }: ReferralView): readonly Pair[] {
  if (!proposal) return [['Proposed', 'No proposal yet']];
  return [
    [
      'Proposed',
      <>
        {words(proposal.outcome)} ·{' '}
        {[...proposal.basis.split('; '), `row ${proposal.row} of the table of rules`].join(' · ')},{' '}
        {formatInstant(proposal.at)}
      </>,
    ],
    ['The proposal rests on', inputWords(proposal.inputs)],
    ...(openQuestions.length === 0
      ? []
      : [['Not known, and would change the proposal', openQuestions.map(inputLabel).join(' · ')] as const]),
  ];
}

/** The same above the form of the decision, before it asks. */
export const DecisionProposal = ({ view }: { readonly view: ReferralView }) => (
  <SummaryList pairs={proposedPairs(view)} />
);

export function DecisionPart({ view, nameOf, identities, reasons, now }: Seen) {
  const { decision, overlays } = view;
  const pairs: Pair[] = [
    ...proposedPairs(view),
    [
      'Decided',
      decision ? (
        <>
          {decidedWords(view, nameOf)}
          <Words texts={reasons} />
        </>
      ) : (
        'Not decided yet'
      ),
    ],
  ];
  if (decision && view.decisionIsOld) pairs.push(['The decision rested on', inputWords(decision.inputs)]);
  return (
    <>
      <h2>Is there a basis to allege?</h2>
      <p>
        <Explained text="A basis to allege that the child is uncared for is no adjudication: only a court finds that." />{' '}
        No service waits for this decision.
      </p>
      {view.decisionIsOld && (
        <Alert kind="warning" heading="The decision rests on facts that have changed">
          {view.decisionOvertaken
            ? 'The rules propose another outcome now. Decide again.'
            : 'The rules propose the same on the present facts.'}
        </Alert>
      )}
      {view.definitionGap !== undefined && (
        <Alert kind="warning" heading="The definition leaves a gap">
          {view.definitionGap}
        </Alert>
      )}
      <Birthday view={view} identities={identities} now={now} />
      <SummaryList pairs={pairs} />
      {overlays.length > 0 && (
        <>
          <h3>Beside it, whatever is decided</h3>
          <ul class="usa-list">
            {overlays.map(({ says, basis, confidence }) => (
              <li>
                {withoutRule(says)} {isDone(says, view) && <strong>Done.</strong>}{' '}
                <span class="small">
                  ({basis}; {confidence})
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The rule that an overlay names in parentheses, such as D4. */
const ruleNamed = /\s\((D\d+[a-z]?)\)/;
const withoutRule = (says: string): string => says.replace(ruleNamed, '');

/** Whether the duty that the overlay names was kept, and none of its kind is open. */
function isDone(says: string, { deadlines }: ReferralView): boolean {
  const named = deadlines.filter(({ rule }) => rule === ruleNamed.exec(says)?.[1]);
  return named.some(({ status }) => status === 'kept') && named.every(({ status }) => status !== 'open');
}

/** A birthday adds no event, so the proposal is made again within 30 days. The decider sees the birthday at once. */
function Birthday({ view: { proposal }, identities, now }: Pick<Seen, 'view' | 'identities' | 'now'>) {
  const before = proposal?.inputs.age;
  const birthDate = identities?.birthDate;
  if (before === undefined || birthDate === undefined) return null;
  const today = classOfAge(ageOn(birthDate, now));
  if (today === before) return null;
  return (
    <Alert kind="warning" heading="There was a birthday since the proposal">
      By the date of birth the age is now {wordsInside(today)}; the proposal rests on {wordsInside(before)}.
    </Alert>
  );
}

function decidedWords({ decision }: ReferralView, nameOf: Seen['nameOf']): string {
  if (!decision) return '';
  const { outcome, proposed, definitionBasis, legalConsulted, consultedId, by, at: when } = decision;
  const counsel = consultedId === undefined ? wordsInside(legalConsulted) : nameOf(consultedId);
  return [
    outcome === proposed ? words(outcome) : `${words(outcome)}, where ${wordsInside(proposed)} was proposed`,
    `${nameOf(by)}, ${formatInstant(when)}`,
    `definition: ${wordsInside(definitionBasis)}`,
    `counsel consulted: ${counsel}`,
  ].join(' · ');
}

const inputLabels: Readonly<Record<string, string>> = {
  age: 'age',
  ageCertain: 'age certain',
  emancipated: 'emancipated',
  resident: 'resides in Connecticut',
  dcfClient: 'client of the department',
  inCustody: 'in care: committed, under an order of temporary custody, or placed by the department',
  otherGround: 'homeless, or a home that cannot meet the needs',
  exploitedFor: 'exploited for',
  outcome: 'screening',
  hold: '96-hour hold',
  danger: 'danger now',
  thirdParty: 'a third party is alleged',
  facilitated: 'a caregiver had a part in it',
};

const inputLabel = (input: string): string => inputLabels[input] ?? labelOf(input);

const inputWords = (inputs: Readonly<Record<string, string>>): string =>
  Object.entries(inputs)
    .map(([input, value]) => `${inputLabel(input)}: ${wordsInside(value)}`)
    .join(' · ');
