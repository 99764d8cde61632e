/**
 * What a second person approves or declines, above both buttons. It says what is proposed, by which person and when,
 * why, and on which facts. Staff read it, in English.
 */
import type { Child } from 'hono/jsx';
import type { CommandName } from '../../../shared/domain/commands.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { type Proposed, proposals } from '../../../shared/domain/core/vocabulary.ts';
import { absenceNow } from '../../../shared/domain/missing/absences.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import { currentScreening } from '../../../shared/domain/screening/current-screening.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { Table } from '../app/components/table.tsx';
import type { Reading } from './reading.tsx';
import { pagePath } from './referral-pages.ts';
import { factsInWords } from './screening-view.tsx';

/** The proposals that a form answers: the one of its name or, to decline, each that waits. */
export const proposalsOf = (name: CommandName, { proposals: waiting }: Pick<Referral, 'proposals'>) =>
  proposals.filter((each) => waiting[each] && (name === `agree-${each}` || name === 'refuse-proposal'));

/** The referral that a withdrawal names as the child's other one, where the form is about one. */
export const otherNamedBy = (name: CommandName, state: Pick<Referral, 'proposals'>): string | undefined =>
  proposalsOf(name, state).includes('withdrawal') ? state.proposals.withdrawal?.of : undefined;

type Pairs = readonly (readonly [string, Child])[];

const outcomeOf = (state: Referral): string => {
  const outcome = currentScreening(state)?.outcome;
  return outcome === undefined ? 'Not screened yet' : words(outcome);
};

const whenSeen = ({ response: { childSeen } }: Referral): string =>
  childSeen
    ? `${words(childSeen.sighting)}, ${formatInstant(childSeen.at)}, ${wordsInside(childSeen.seenBy)}`
    : 'No one has seen the child';

const whereabouts = (state: Referral): string => {
  const away = absenceNow(state);
  return away ? `Missing since ${formatInstant(away.missingSince)}` : 'Not recorded as missing';
};

/** What is proposed and the facts that it rests on, for each kind. */
const pairsOf: {
  readonly [Name in Proposed]: (proposal: NonNullable<Referral['proposals'][Name]>, state: Referral) => Pairs;
} = {
  lowering: ({ danger }, state) => [
    ['Proposed: danger', words(danger)],
    ['On record: danger', words(state.response.danger)],
    ['Child seen', whenSeen(state)],
    ['Whereabouts', whereabouts(state)],
  ],
  downgrade: ({ outcome, proposed, indicators }, state) => [
    ['Proposed: outcome', words(outcome)],
    ['On record: outcome', outcomeOf(state)],
    ['The rules proposed', `${words(proposed.outcome)} · ${factsInWords(proposed.facts)}`],
    ['Topics answered yes', indicators.map(wordsInside).join(', ') || 'None'],
  ],
  withdrawal: ({ because }, state) => [
    ['Proposed: withdraw as', words(because)],
    ['On record: danger', words(state.response.danger)],
    ['On record: outcome', outcomeOf(state)],
    ['Child seen', whenSeen(state)],
    ['Whereabouts', whereabouts(state)],
  ],
  clearance: (_, { child }) => [
    ['Proposed', 'No caregiver had a part in it'],
    ['Alleged people on record', child.perpetrators.map(wordsInside).join(', ')],
  ],
  erasure: ({ ground }, { stage, endedAt }) => [
    ['Proposed', 'Erase who the child is, and every text'],
    ['Ground', words(ground)],
    ['The referral', `${words(stage)}${endedAt === undefined ? '' : `, ${formatInstant(endedAt)}`}`],
  ],
};

/** The facts of two referrals that may be about one child, side by side. */
const comparedBy = (state: Referral): readonly Child[] => {
  const { report, child, places, response, stage } = state;
  return [
    words(stage),
    formatInstant(report.receivedAt),
    child.age.known === 'exact'
      ? `${child.age.years}`
      : child.age.known === 'range'
        ? `${child.age.from} to ${child.age.to}`
        : 'Unknown',
    words(child.gender),
    places.routing?.town ?? 'Unknown',
    words(response.danger),
    outcomeOf(state),
  ];
};
const comparedHeads = ['Stage', 'Call received', 'Age', 'Gender', 'Town', 'Danger', 'Screening outcome'];

export function ProposedParts({
  reading,
  name,
  other,
}: {
  readonly reading: Reading;
  readonly name: CommandName;
  /** The child's other referral, where this reader may read its facts. */
  readonly other: Referral | undefined;
}) {
  const { frame, about, identities } = reading;
  const { state, lookups } = about;

  return proposalsOf(name, state).map((proposal) => {
    const made = state.proposals[proposal];
    if (!made) return null;
    const reason =
      proposal === 'withdrawal'
        ? identities?.withdrawalReason
        : identities?.proposalReasons?.find((each) => each.proposal === proposal)?.reason;
    const of = proposal === 'withdrawal' ? state.proposals.withdrawal?.of : undefined;
    const by = [made.proposedBy, made.onBehalfOf].flatMap((id) => (id === undefined ? [] : lookups.nameOf(id)));
    const otherFacts = other && comparedBy(other);
    return (
      <section aria-labelledby={`proposed-${proposal}`}>
        <h2 id={`proposed-${proposal}`}>What is proposed</h2>
        <SummaryList
          pairs={[
            ...(pairsOf[proposal] as (made: unknown, state: Referral) => Pairs)(made, state),
            ['Proposed by', `${by.join(', for ')}, ${clockTime(made.at, frame.now)}`],
            [
              'Reason',
              <span class="prose">
                {reason ?? 'The reason cannot be shown now. Load this page again before you answer.'}
              </span>,
            ],
          ]}
        />
        {of !== undefined && (
          <>
            <h3>The other referral</h3>
            <p>
              <a href={`${frame.base}${pagePath(of)}`}>{of}</a>
              {otherFacts === undefined && ': you may not read its facts. Ask a person who may before you agree.'}
            </p>
            {otherFacts && (
              <Table
                caption="Both referrals"
                heads={['Fact', 'This referral', 'The other']}
                rows={comparedBy(state).map((here, index) => [comparedHeads[index], here, otherFacts[index]])}
              />
            )}
          </>
        )}
        <p>
          <a href={`${frame.base}${pagePath(state.id, 'child')}`}>Child and report</a>
        </p>
      </section>
    );
  });
}
