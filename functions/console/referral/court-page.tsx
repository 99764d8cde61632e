/** The page of the court: each hearing, what to prepare, what was decided, and the charges of the child. */
import { seesEveryReferral } from '../../../shared/application/access/visitor.ts';
import type { HearingView } from '../../../shared/application/read/hearings.ts';
import type { FactsView } from '../../../shared/application/read/shown-view.ts';
import { isAhead } from '../../../shared/domain/hearings/hearing-state.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { SummaryList } from '../app/components/summary-list.tsx';
import { ActsOf } from './other-acts.tsx';
import type { Reading } from './reading.tsx';
import { SubjectPage, type SubjectProps } from './subject-pages.tsx';

const statusWords = { scheduled: 'Set', held: 'Held', 'called-off': 'Canceled' } as const;

function Hearing({ hearing, reading }: { readonly hearing: HearingView; readonly reading: Reading }) {
  const { identities, isAway } = reading;
  const { id, hearingKind, courtName, startsAt, minutes, status, continued, outcome, orders, prompts } = hearing;
  const said = identities?.courtWords?.find((each) => each.hearing === id);
  const isLost = isAway || identities?.unreadable?.includes('courtWords') === true;
  return (
    <section aria-labelledby={`hearing-${id}`}>
      <h3 id={`hearing-${id}`}>
        {words(hearingKind)}, {formatInstant(startsAt)}
      </h3>
      {hearing.waitsForTribe !== undefined && <p class="usa-alert__text">{hearing.waitsForTribe}</p>}
      <SummaryList
        pairs={[
          ['Court', courtName],
          ['State', [statusWords[status], ...movedWords(continued)].join(', ')],
          ...(status === 'scheduled' ? ([['Length', `${minutes} minutes`]] as const) : []),
          ...(said?.docket === undefined ? [] : ([['Docket number', said.docket]] as const)),
          ...(outcome === undefined ? [] : ([['Decision', words(outcome)]] as const)),
          ...((said?.notes ?? []).length === 0 ? [] : ([['Notes', (said?.notes ?? []).join(' ')]] as const)),
        ]}
      />
      {isLost && <p>The docket number and the notes cannot be read now. Try again soon.</p>}
      {prompts.length > 0 && (
        <>
          <h4>Before this hearing</h4>
          <ul class="usa-list">
            {prompts.map((prompt) => (
              <li>{prompt}</li>
            ))}
          </ul>
        </>
      )}
      {orders.length > 0 && (
        <>
          <h4>What the court ordered</h4>
          <ul class="usa-list">
            {orders.map(({ order, settledAt }) => (
              <li>
                {words(order)}: {settledAt === undefined ? <strong>to do</strong> : `done ${formatInstant(settledAt)}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Charges({ whole }: { readonly whole: FactsView }) {
  if (!whole.charged) return null;
  const ends = whole.profile?.chargeEnds ?? [];
  return (
    <section aria-labelledby="charges">
      <h2 id="charges">Charges of the child</h2>
      <p>The child faces charges for acts done while exploited. Counsel was told.</p>
      {ends.length === 0 ? (
        <p>How they ended is not recorded yet.</p>
      ) : (
        <ul class="usa-list">
          {ends.map(({ chargesEnd, at }) => (
            <li>
              {words(chargesEnd)}, {formatInstant(at)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const movedWords = (count: number): readonly string[] => {
  if (count === 0) return [];
  return [count === 1 ? 'moved once' : `moved ${count} times`];
};

function Hearings({ whole, reading }: { readonly whole: FactsView; readonly reading: Reading }) {
  const hearings = whole.hearings ?? [];
  const { now } = reading.frame;
  const ahead = hearings.filter((hearing) => isAhead(hearing, now));
  const begun = hearings.filter((hearing) => hearing.status === 'scheduled' && !isAhead(hearing, now));
  const past = hearings.filter(({ status }) => status !== 'scheduled').toReversed();
  return (
    <>
      <h2>Hearings ahead</h2>
      {ahead.length === 0 && <p>No hearing is set.</p>}
      {ahead.map((hearing) => (
        <Hearing hearing={hearing} reading={reading} />
      ))}
      {whole.child.tribalMember === 'yes' && seesEveryReferral(reading.about.visitor) && (
        <p>
          <a href={`${reading.frame.base}/tribes`}>Who to call at a tribe</a>
        </p>
      )}
      <ActsOf reading={reading} subject="Court, tribe, family" from="court" />
      <Charges whole={whole} />
      {begun.length > 0 && <h2>Hearings without an outcome</h2>}
      {begun.map((hearing) => (
        <Hearing hearing={hearing} reading={reading} />
      ))}
      {past.length > 0 && <h2>Earlier hearings</h2>}
      {past.map((hearing) => (
        <Hearing hearing={hearing} reading={reading} />
      ))}
    </>
  );
}

export const CourtPage = ({ reading, done }: SubjectProps) => (
  <SubjectPage
    reading={reading}
    done={done}
    slug="court"
    show={(whole) => <Hearings whole={whole} reading={reading} />}
  />
);
