/** The grounds of a screening: what the rules propose now, the checklist, the instruments and all outcomes so far. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import { indicatorTopics } from '../../../shared/domain/core/vocabulary.ts';
import type { Absence } from '../../../shared/domain/missing/missing-state.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { allTopics, type NamedFact } from '../../../shared/domain/screening/screening.ts';
import type { InstrumentResult } from '../../../shared/domain/screening/screening-state.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';

type Answers = NonNullable<ReferralView['checklist']>['answers'];
type Screening = ReferralView['screenings'][number];

interface Seen {
  readonly view: ReferralView;
  readonly policy: Policy;
  readonly nameOf: (id: string) => string;
}

export function Screenings({ view, policy, nameOf }: Seen) {
  const { screenings, instruments } = view;
  return (
    <>
      <h2 id="screening">Screening</h2>
      <Proposal view={view} nameOf={nameOf} />
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
          heads={['Screening', 'Outcome', 'Recorded', 'The rules had proposed', 'Checklist']}
          rows={screenings.map((screening) => [
            `${screening.number}`,
            words(screening.outcome),
            `${formatInstant(screening.at)}, ${nameOf(screening.by)}`,
            `${words(screening.proposed.outcome)} · ${factsInWords(screening.proposed.facts)} · rule ${screening.proposed.rule}`,
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

function Proposal({ view: { screeningProposal: proposal, checklist }, nameOf }: Omit<Seen, 'policy'>) {
  if (!proposal) return null;
  return (
    <p>
      The rules propose now: <strong>{words(proposal.outcome)}</strong> · {proposal.basis} ·{' '}
      {factsInWords(proposal.facts)} · <small class="code">rule {proposal.rule}</small> ·{' '}
      {checklist
        ? `The checklist was answered ${formatInstant(checklist.at)} by ${nameOf(checklist.by)}.`
        : 'The checklist for the next screening has no answers yet: every topic is unknown.'}{' '}
      The rules are this project’s own and not validated. A trained person records the outcome.
    </p>
  );
}

/** Topics with the same answer share one sentence. */
function factsInWords(facts: readonly NamedFact[]): string {
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
  return (
    <Table
      caption={caption}
      heads={['Topic', 'Question', 'Answer']}
      rows={[
        ...indicatorTopics.map((topic) => [words(topic), policy.screening.topics[topic].question, words(all[topic])]),
        ...others.map(([topic, answer]) => [words(topic), '–', words(answer)]),
      ]}
    />
  );
}

const Instruments = ({
  instruments,
  nameOf,
}: Pick<Seen, 'nameOf'> & { readonly instruments: readonly InstrumentResult[] }) => (
  <Table
    caption="Results of screening instruments"
    heads={['Instrument', 'Version', 'Score', 'Band', 'Administered by', 'On', 'Recorded']}
    rows={instruments.map(({ tool, version, score, band, administeredBy, on, recordedAt, recordedBy }) => [
      words(tool),
      version,
      score === undefined ? '–' : `${score}`,
      band === undefined ? '–' : words(band),
      words(administeredBy),
      on ?? 'Not said',
      `${formatInstant(recordedAt)}, ${nameOf(recordedBy)}`,
    ])}
  />
);

export const Absences = ({ absences }: { readonly absences: readonly Absence[] }) =>
  absences.length === 0 ? null : (
    <Table
      caption="Missing, and what was done on the return"
      heads={['Absence', 'Missing since', 'Returned', 'Talked with', 'Screened on return']}
      rows={absences.map(({ number, missingSince, returnedAt, debriefedAt, screenedAt, outcome }) => [
        `${number}`,
        formatInstant(missingSince),
        returnedAt === undefined ? 'Not yet' : formatInstant(returnedAt),
        debriefedAt === undefined ? 'Not recorded' : formatInstant(debriefedAt),
        screenedAt === undefined ? 'Not recorded' : `${formatInstant(screenedAt)}: ${wordsInside(outcome ?? '')}`,
      ])}
    />
  );
