/** The decision on a referral's page: the proposal and its reasons, the overlays, and the decision with its facts. */
import type { Child } from 'hono/jsx';
import type { IdentityView } from '../../../shared/application/read/read-identities.ts';
import type { ProviderView, ReferralView } from '../../../shared/application/read/view.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { classOfAge } from '../../../shared/domain/eligibility/eligibility.ts';
import { ageOn } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { wordsInside } from '../../../shared/domain/words/code-words.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Explained } from '../app/components/explained.tsx';
import { InEnglish } from '../app/components/in-english.tsx';
import { SummaryList } from '../app/components/summary-list.tsx';
import { useWording, type Wording } from '../app/spoken.ts';
import { Words } from './words-view.tsx';

/** A reader who may contact the family sees first which caregiver not to tell. `isAssigned`: the reader is the social worker. */
export function Caregiver({
  view: { mayContactFamily },
  isAssigned,
}: {
  readonly view: Pick<ProviderView, 'mayContactFamily'>;
  readonly isAssigned: boolean;
}) {
  const { say } = useWording();
  if (mayContactFamily === 'as-usual') return null;
  return mayContactFamily === 'not-the-caregiver' ? (
    <Alert kind="error" heading={say('Do not tell the caregiver')}>
      <p>
        {isAssigned
          ? 'A caregiver may have taken part. Do not call, write to or visit that caregiver. Leave no message at home. Ask your supervisor first.'
          : say(
              'A caregiver may have taken part. Do not call, write to or visit that caregiver. Leave no message at home. Ask the assigned social worker first.',
            )}
      </p>
    </Alert>
  ) : (
    <Alert kind="warning" heading={say('Before you contact the family')}>
      <p>
        {isAssigned
          ? 'We do not know yet whether a caregiver took part. Find out before you tell any caregiver, or ask your supervisor.'
          : say(
              'We do not know yet whether a caregiver took part. Ask the assigned social worker before you tell any caregiver.',
            )}
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
  const { say, told } = useWording();
  if (until === undefined) return null;
  const heading = doNotContact(until);
  return (
    <Alert kind="error" heading={told(heading) ?? heading}>
      <p>
        {say(
          'Wait with outreach, notices to parents and contact by partners. Danger, a missing child and the acute exam do not wait. The deadlines run on.',
        )}
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
function proposedPairs({ proposal, openQuestions }: ReferralView, { say, code, at }: Wording): readonly Pair[] {
  if (!proposal) return [[say('Proposed'), say('No proposal yet')]];
  return [
    [
      say('Proposed'),
      <>
        {code(proposal.outcome)} ·{' '}
        <InEnglish>
          {[...proposal.basis.split('; '), `row ${proposal.row} of the table of rules`].join(' · ')}
        </InEnglish>
        , {at(proposal.at)}
      </>,
    ],
    [say('The proposal rests on'), <InEnglish>{inputWords(proposal.inputs)}</InEnglish>],
    ...(openQuestions.length === 0
      ? []
      : [
          [
            say('Not known, and would change the proposal'),
            <InEnglish>{openQuestions.map(inputLabel).join(' · ')}</InEnglish>,
          ] as const,
        ]),
  ];
}

/** The same above the form of the decision, before it asks. */
export const DecisionProposal = ({ view }: { readonly view: ReferralView }) => (
  <SummaryList pairs={proposedPairs(view, useWording())} />
);

export function DecisionPart({ view, nameOf, identities, reasons, now }: Seen) {
  const wording = useWording();
  const { say } = wording;
  const { decision, overlays } = view;
  const pairs: Pair[] = [
    ...proposedPairs(view, wording),
    [
      say('Decided'),
      decision ? (
        <>
          {decidedWords(view, nameOf, wording)}
          <Words texts={reasons} />
        </>
      ) : (
        say('Not decided yet')
      ),
    ],
  ];
  if (decision && view.decisionIsOld)
    pairs.push([say('The decision rested on'), <InEnglish>{inputWords(decision.inputs)}</InEnglish>]);
  return (
    <>
      <h2>{say('Is there a basis to allege?')}</h2>
      <p>
        <Explained
          text={say('A basis to allege that the child is uncared for is no adjudication: only a court finds that.')}
        />{' '}
        {say('No service waits for this decision.')}
      </p>
      {view.decisionIsOld && (
        <Alert kind="warning" heading={say('The decision rests on facts that have changed')}>
          {say(
            view.decisionOvertaken
              ? 'The rules propose another outcome now. Decide again.'
              : 'The rules propose the same on the present facts.',
          )}
        </Alert>
      )}
      {view.definitionGap !== undefined && (
        <Alert kind="warning" heading={say('The definition leaves a gap')}>
          <InEnglish>{view.definitionGap}</InEnglish>
        </Alert>
      )}
      <Birthday view={view} identities={identities} now={now} />
      <SummaryList pairs={pairs} />
      {overlays.length > 0 && (
        <>
          <h3>{say('Beside it, whatever is decided')}</h3>
          <ul class="usa-list">
            {overlays.map(({ says, basis, confidence }) => (
              <li>
                <InEnglish>{withoutRule(says)}</InEnglish> {isDone(says, view) && <strong>{say('Done.')}</strong>}{' '}
                <span class="small">
                  (
                  <InEnglish>
                    {basis}; {confidence}
                  </InEnglish>
                  )
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
  const { say, inside } = useWording();
  const before = proposal?.inputs.age;
  const birthDate = identities?.birthDate;
  if (before === undefined || birthDate === undefined) return null;
  const today = classOfAge(ageOn(birthDate, now));
  if (today === before) return null;
  return (
    <Alert kind="warning" heading={say('There was a birthday since the proposal')}>
      {say('By the date of birth the age is now {today}; the proposal rests on {before}.', {
        today: inside(today),
        before: inside(before),
      })}
    </Alert>
  );
}

function decidedWords({ decision }: ReferralView, nameOf: Seen['nameOf'], { say, code, inside, at }: Wording): string {
  if (!decision) return '';
  const { outcome, proposed, definitionBasis, legalConsulted, consultedId, by, at: when } = decision;
  const counsel = consultedId === undefined ? inside(legalConsulted) : nameOf(consultedId);
  return [
    outcome === proposed
      ? code(outcome)
      : say('{outcome}, where {proposed} was proposed', { outcome: code(outcome), proposed: inside(proposed) }),
    `${nameOf(by)}, ${at(when)}`,
    say('definition: {basis}', { basis: inside(definitionBasis) }),
    say('counsel consulted: {counsel}', { counsel }),
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
