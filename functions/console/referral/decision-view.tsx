/** The decision on a referral's page: the proposal and its reasons, the overlays, and the decision with its facts. */
import type { Child } from 'hono/jsx';
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import type { ProviderView, ReferralView } from '../../../shared/application/read/view.ts';
import { classOfAge } from '../../../shared/domain/eligibility/eligibility.ts';
import { ageOn, formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';

/** A reader who may contact the family sees first which caregiver not to tell. */
export function Caregiver({ view: { mayContactFamily } }: { readonly view: Pick<ProviderView, 'mayContactFamily'> }) {
  if (mayContactFamily === 'as-usual') return null;
  return mayContactFamily === 'not-the-caregiver' ? (
    <Alert kind="error" heading="Do not tell the caregiver">
      <p>
        A parent or caregiver is said to have had a part in it. Do not call, write to or visit that caregiver, and leave
        no message at home: ask the caseworker first.
      </p>
    </Alert>
  ) : (
    <Alert kind="warning" heading="Before you contact the family">
      <p>
        It is not known yet whether a parent or caregiver had a part in it: ask the caseworker before any caregiver is
        told.
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
  return (
    <Alert kind="error" heading={doNotContact(until)}>
      <p>
        Wait with outreach, notices to parents and contact by partners. What danger, a missing child or the acute
        medical examination asks for does not wait. The deadlines run on.
      </p>
    </Alert>
  );
}

interface Seen {
  readonly view: ReferralView;
  readonly policy: Policy;
  readonly nameOf: (id: string) => string;
  readonly identities: IdentityView | undefined;
  /** UTC instant. */
  readonly now: string;
}

export function DecisionPart({ view, nameOf, identities, now }: Seen) {
  const { proposal, decision, overlays, openQuestions } = view;
  const pairs: (readonly [string, Child])[] = [
    [
      'Proposed',
      proposal
        ? `${words(proposal.outcome)}: ${proposal.basis} (row ${proposal.row} of ${proposal.ruleSet}, ${formatInstant(proposal.at)})`
        : 'No proposal yet',
    ],
    ['Decided', decision ? decidedWords(view, nameOf) : 'Not decided yet'],
  ];
  if (proposal) pairs.push(['The proposal rests on', inputWords(proposal.inputs)]);
  if (decision && view.decisionIsOld) pairs.push(['The decision rested on', inputWords(decision.inputs)]);
  if (openQuestions.length > 0)
    pairs.push(['Not known, and would change the proposal', openQuestions.map(inputLabel).join('; ')]);
  return (
    <>
      <h2>Is there a basis to allege?</h2>
      <p>
        A basis to allege that the child is uncared for is no adjudication: only a court finds that. No service waits
        for this decision.
      </p>
      {view.decisionIsOld && (
        <Alert kind="warning" heading="The decision rests on facts that have changed">
          {view.decisionOvertaken
            ? 'What is proposed now is another outcome than what was decided: decide again.'
            : 'What was decided, or decided otherwise, is proposed on the present facts as well.'}
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
  const { outcome, proposed, definitionBasis, legalConsulted, consultedId, by, at } = decision;
  const counsel = consultedId === undefined ? wordsInside(legalConsulted) : nameOf(consultedId);
  const otherwise = outcome === proposed ? '' : `, where ${wordsInside(proposed)} was proposed`;
  return `${words(outcome)}${otherwise}, by ${nameOf(by)}, ${formatInstant(at)}; definition: ${wordsInside(definitionBasis)}; counsel consulted: ${counsel}`;
}

const inputLabels: Readonly<Record<string, string>> = {
  age: 'age',
  ageCertain: 'age certain',
  emancipated: 'emancipated',
  resident: 'resides in Connecticut',
  dcfClient: 'client of the department',
  inCustody: 'in care: committed, under an order of temporary custody, or placed by the department',
  otherGround: 'homeless, or a home that cannot meet the needs',
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
    .join('; ');
