/** The grounds of a screening: what the rules propose now, the checklist, the instruments and all outcomes so far. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { indicatorTopics } from '../../../shared/domain/core/vocabulary.ts';
import type { Absence } from '../../../shared/domain/missing/missing-state.ts';
import { formatDate, formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { allTopics, type NamedFact, ranks } from '../../../shared/domain/screening/screening.ts';
import type { InstrumentResult } from '../../../shared/domain/screening/screening-state.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';
import { Words } from './words-view.tsx';

type Answers = NonNullable<ReferralView['checklist']>['answers'];
type Screening = ReferralView['screenings'][number];

interface Seen {
  readonly view: ReferralView;
  readonly policy: Policy;
  readonly nameOf: (id: string) => string;
}

/**
 * Whether a proposal helps a reader. It does before the first outcome, while answers wait for the next, and where it is higher. Without
 * answers, the rules would say of a confirmed child that there is not enough information.
 */
function isAsked({ screenings, checklist, screeningProposal }: ReferralView): boolean {
  const last = screenings.at(-1)?.outcome;
  if (last === undefined || checklist !== undefined) return true;
  return screeningProposal !== undefined && ranks[screeningProposal.outcome] > ranks[last];
}

/** `reasonsOf`: what the person wrote who recorded the outcome of this number. */
export function Screenings({
  view,
  policy,
  nameOf,
  reasonsOf,
}: Seen & { readonly reasonsOf: (number: number) => readonly ReadText[] }) {
  const { screenings, instruments } = view;

  return (
    <>
      <h2 id="screening">Screening</h2>
      {isAsked(view) && <Proposal view={view} nameOf={nameOf} />}
      {view.checklist && (
        <Checklist
          caption={`Checklist ${view.checklist.checklist}, answered and no outcome recorded on it yet`}
          answers={view.checklist.answers}
          policy={policy}
        />
      )}
      {screenings.length > 0 && (
        <Table
          caption="Outcomes recorded, the last one counts"
          heads={['Screening', 'Outcome', 'Screened', 'Recorded', 'The rules had proposed', 'Checklist']}
          rows={screenings.map((screening) => [
            `${screening.number}`,
            <>
              {words(screening.outcome)}
              <Words texts={reasonsOf(screening.number)} />
            </>,
            formatInstant(screening.at),
            `${formatInstant(screening.recordedAt)}, ${nameOf(screening.by)}`,
            <>
              {words(screening.proposed.outcome)} · {factsInWords(screening.proposed.facts)} · rule{' '}
              {screening.proposed.rule}
            </>,
            answeredWords(screening, nameOf),
          ])}
        />
      )}
      {screenings.map(
        ({ number, checklist, answers, answeredBy }) =>
          answeredBy !== undefined && (
            <details>
              <summary>Every answer of screening {number}</summary>
              <Checklist caption={`Checklist ${checklist} of screening ${number}`} answers={answers} policy={policy} />
            </details>
          ),
      )}
      {instruments.length > 0 && <Instruments instruments={instruments} nameOf={nameOf} />}
    </>
  );
}

/** Which outcome the rules propose, and why. It stands above the form of the outcome too. */
export function Proposal({ view: { screeningProposal: proposal, checklist }, nameOf }: Omit<Seen, 'policy'>) {
  if (!proposal) return null;
  return (
    <p>
      The rules propose now: <strong>{words(proposal.outcome)}</strong> · {proposal.basis} ·{' '}
      {factsInWords(proposal.facts)} ·{' '}
      {checklist
        ? `The checklist was answered ${formatInstant(checklist.at)} by ${nameOf(checklist.by)}.`
        : 'The checklist for the next screening has no answers yet: every topic is unknown.'}{' '}
      The rules are this project’s own and not validated. A trained person records the outcome.
    </p>
  );
}

/** Topics with the same answer share one sentence. */
export function factsInWords(facts: readonly NamedFact[]): string {
  const bySaid = Map.groupBy(facts, ({ said }) => said);
  return [...bySaid]
    .map(([said, of]) =>
      of.length === indicatorTopics.length
        ? `every topic: ${wordsInside(said)}`
        : `${of.map(({ fact }) => wordsInside(fact)).join(', ')}: ${wordsInside(said)}`,
    )
    .join(' · ');
}

function answeredWords({ answers, answeredBy }: Screening, nameOf: Seen['nameOf']): string {
  if (answeredBy === undefined) return 'Not answered: every topic is unknown';
  const count = (said: string) => Object.values(answers).filter((each) => each === said).length;
  return `${count('yes')} yes, ${count('no')} no, ${count('unknown')} unknown · answered by ${nameOf(answeredBy)}`;
}

/** The topics of this release come first, then those of an older or newer checklist. */
function Checklist({
  caption,
  answers,
  policy,
}: {
  readonly caption: string;
  readonly answers: Answers;
  readonly policy: Policy;
}) {
  const asked = indicatorTopics as readonly string[];
  const others = Object.entries(answers).filter(([topic]) => !asked.includes(topic));
  const all = allTopics(answers);
  const topicWords = (topic: string) => <>{words(topic)}</>;
  return (
    <Table
      caption={caption}
      heads={['Topic', 'Question', 'Answer']}
      rows={[
        ...indicatorTopics.map((topic) => [
          topicWords(topic),
          policy.screening.topics[topic].question,
          words(all[topic]),
        ]),
        ...others.map(([topic, answer]) => [topicWords(topic), '–', words(answer)]),
      ]}
    />
  );
}

function Instruments({
  instruments,
  nameOf,
}: Pick<Seen, 'nameOf'> & { readonly instruments: readonly InstrumentResult[] }) {
  const inEnglish = (code: string) => <>{words(code)}</>;
  return (
    <Table
      caption="Results of screening instruments"
      heads={['Instrument', 'Version', 'Score', 'Band', 'Administered by', 'On', 'Recorded']}
      rows={instruments.map(({ tool, version, score, band, administeredBy, on, recordedAt, recordedBy }) => [
        inEnglish(tool),
        version,
        score === undefined ? '–' : `${score}`,
        band === undefined ? '–' : inEnglish(band),
        inEnglish(administeredBy),
        on === undefined ? 'Not said' : formatDate(on),
        `${formatInstant(recordedAt)}, ${nameOf(recordedBy)}`,
      ])}
    />
  );
}

export function Absences({ absences }: { readonly absences: readonly Absence[] }) {
  if (absences.length === 0) return null;
  const whenOr = (instant: string | undefined, otherwise: 'Not yet' | 'Not recorded') =>
    instant === undefined ? otherwise : formatInstant(instant);
  return (
    <Table
      caption="Missing, and what was done on the return"
      heads={['Absence', 'Missing since', 'Returned', 'Talked with', 'Screened on return']}
      rows={absences.map(({ number, missingSince, returnedAt, debriefedAt, seenAlone, screenedAt, outcome }) => [
        `${number}`,
        formatInstant(missingSince),
        whenOr(returnedAt, 'Not yet'),
        seenAlone === undefined
          ? whenOr(debriefedAt, 'Not recorded')
          : `${whenOr(debriefedAt, 'Not recorded')}. Seen alone: ${wordsInside(seenAlone)}`,
        screenedAt === undefined ? 'Not recorded' : `${formatInstant(screenedAt)}: ${wordsInside(outcome ?? '')}`,
      ])}
    />
  );
}
