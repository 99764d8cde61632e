/** The grounds of a screening: what the rules propose now, the checklist, the instruments and all outcomes so far. */

import type { ReferralView } from '../../../shared/application/read/view.ts';
import type { ReadText } from '../../../shared/application/read/written-texts.ts';
import { indicatorTopics } from '../../../shared/domain/core/vocabulary.ts';
import type { Absence } from '../../../shared/domain/missing/missing-state.ts';
import type { Policy } from '../../../shared/domain/policy/policy.ts';
import { allTopics, type NamedFact, ranks } from '../../../shared/domain/screening/screening.ts';
import type { InstrumentResult } from '../../../shared/domain/screening/screening-state.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { InEnglish } from '../app/components/in-english.tsx';
import { Table } from '../app/components/table.tsx';
import { useWording, type Wording } from '../app/spoken.ts';
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
  const wording = useWording();
  const { say, code, at } = wording;
  return (
    <>
      <h2 id="screening">{say('Screening')}</h2>
      {isAsked(view) && <Proposal view={view} nameOf={nameOf} />}
      {view.checklist && (
        <Checklist
          caption={say('Checklist {checklist}, answered and no outcome recorded on it yet', view.checklist)}
          answers={view.checklist.answers}
          policy={policy}
        />
      )}
      {screenings.length > 0 && (
        <Table
          caption={say('Outcomes recorded, the last one counts')}
          heads={[
            say('Screening'),
            say('Outcome'),
            say('Screened'),
            say('Recorded'),
            say('The rules had proposed'),
            say('Checklist'),
          ]}
          rows={screenings.map((screening) => [
            `${screening.number}`,
            <>
              {code(screening.outcome)}
              <Words texts={reasonsOf(screening.number)} />
            </>,
            at(screening.at),
            `${at(screening.recordedAt)}, ${nameOf(screening.by)}`,
            <>
              {code(screening.proposed.outcome)} ·{' '}
              <InEnglish>
                {factsInWords(screening.proposed.facts)} · rule {screening.proposed.rule}
              </InEnglish>
            </>,
            answeredWords(screening, nameOf, wording),
          ])}
        />
      )}
      {screenings.map(
        ({ number, checklist, answers, answeredBy }) =>
          answeredBy !== undefined && (
            <details>
              <summary>{say('Every answer of screening {number}', { number })}</summary>
              <Checklist
                caption={say('Checklist {checklist} of screening {number}', { checklist, number })}
                answers={answers}
                policy={policy}
              />
            </details>
          ),
      )}
      {instruments.length > 0 && <Instruments instruments={instruments} nameOf={nameOf} />}
    </>
  );
}

/** Which outcome the rules propose, and why. It stands above the form of the outcome too. */
export function Proposal({ view: { screeningProposal: proposal, checklist }, nameOf }: Omit<Seen, 'policy'>) {
  const { say, code, at } = useWording();
  if (!proposal) return null;
  return (
    <p>
      {say('The rules propose now:')} <strong>{code(proposal.outcome)}</strong> ·{' '}
      <InEnglish>
        {proposal.basis} · {factsInWords(proposal.facts)}
      </InEnglish>{' '}
      ·{' '}
      {checklist
        ? say('The checklist was answered {when} by {name}.', { when: at(checklist.at), name: nameOf(checklist.by) })
        : say('The checklist for the next screening has no answers yet: every topic is unknown.')}{' '}
      {say('The rules are this project’s own and not validated. A trained person records the outcome.')}
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

function answeredWords({ answers, answeredBy }: Screening, nameOf: Seen['nameOf'], { say }: Wording): string {
  if (answeredBy === undefined) return say('Not answered: every topic is unknown');
  const count = (said: string) => Object.values(answers).filter((each) => each === said).length;
  return say('{yes} yes, {no} no, {unknown} unknown · answered by {name}', {
    yes: count('yes'),
    no: count('no'),
    unknown: count('unknown'),
    name: nameOf(answeredBy),
  });
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
  const { say, code } = useWording();
  const asked = indicatorTopics as readonly string[];
  const others = Object.entries(answers).filter(([topic]) => !asked.includes(topic));
  const all = allTopics(answers);
  const topicWords = (topic: string) => <InEnglish>{words(topic)}</InEnglish>;
  return (
    <Table
      caption={caption}
      heads={[say('Topic'), say('Question'), say('Answer')]}
      rows={[
        ...indicatorTopics.map((topic) => [
          topicWords(topic),
          <InEnglish>{policy.screening.topics[topic].question}</InEnglish>,
          code(all[topic]),
        ]),
        ...others.map(([topic, answer]) => [topicWords(topic), '–', code(answer)]),
      ]}
    />
  );
}

function Instruments({
  instruments,
  nameOf,
}: Pick<Seen, 'nameOf'> & { readonly instruments: readonly InstrumentResult[] }) {
  const { say, at, day } = useWording();
  const inEnglish = (code: string) => <InEnglish>{words(code)}</InEnglish>;
  return (
    <Table
      caption={say('Results of screening instruments')}
      heads={[
        say('Instrument'),
        say('Version'),
        say('Score'),
        say('Band'),
        say('Administered by'),
        say('On'),
        say('Recorded'),
      ]}
      rows={instruments.map(({ tool, version, score, band, administeredBy, on, recordedAt, recordedBy }) => [
        inEnglish(tool),
        version,
        score === undefined ? '–' : `${score}`,
        band === undefined ? '–' : inEnglish(band),
        inEnglish(administeredBy),
        on === undefined ? say('Not said') : day(on),
        `${at(recordedAt)}, ${nameOf(recordedBy)}`,
      ])}
    />
  );
}

export function Absences({ absences }: { readonly absences: readonly Absence[] }) {
  const { say, inside, at } = useWording();
  if (absences.length === 0) return null;
  const whenOr = (instant: string | undefined, otherwise: 'Not yet' | 'Not recorded') =>
    instant === undefined ? say(otherwise) : at(instant);
  return (
    <Table
      caption={say('Missing, and what was done on the return')}
      heads={[say('Absence'), say('Missing since'), say('Returned'), say('Talked with'), say('Screened on return')]}
      rows={absences.map(({ number, missingSince, returnedAt, debriefedAt, seenAlone, screenedAt, outcome }) => [
        `${number}`,
        at(missingSince),
        whenOr(returnedAt, 'Not yet'),
        seenAlone === undefined
          ? whenOr(debriefedAt, 'Not recorded')
          : `${whenOr(debriefedAt, 'Not recorded')}. ${say('Seen alone: {answer}', { answer: inside(seenAlone) })}`,
        screenedAt === undefined ? say('Not recorded') : `${at(screenedAt)}: ${inside(outcome ?? '')}`,
      ])}
    />
  );
}
