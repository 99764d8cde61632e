/** All deadlines of a referral in lines, the open ones apart from the settled ones. Each says why it is due then, and its source. */
import { linesOf } from '../app/group-lines.ts';
import { Deadlines, type DutyLine } from './deadline-view.tsx';
import { pagePath } from './referral-pages.ts';
import { type PagedProps, SubjectPage } from './subject-pages.tsx';
import { besideDuties, Reasons } from './words-view.tsx';

/** So many lines stand on a page. */
const mostLines = 10;

export function ClocksPage({ reading, done, query }: PagedProps) {
  const { frame, about, ofCase, limited } = reading;

  const lines = linesOf((ofCase ?? limited)?.deadlines ?? []);
  const open = lines.filter((duties) => duties.some(({ status }) => status === 'open'));
  const lists = { open, settled: lines.filter((duties) => !open.includes(duties)) };
  const shown = query.show === 'settled' ? 'settled' : 'open';
  const from = /^\d{1,4}$/.test(query.from ?? '') ? Number(query.from) : 0;
  const here = `${frame.base}${pagePath(about.state.id, 'clocks')}`;
  const texts = besideDuties(reading);
  const dueOf = (duties: DutyLine) => Math.min(...duties.map(({ due }) => Date.parse(due)));
  const own = lists[shown].toSorted((one, other) => dueOf(one) - dueOf(other));
  return (
    <SubjectPage reading={reading} done={done} slug="clocks">
      {lines.length > 0 && (
        <nav class="on-screen" aria-label="Deadlines">
          <ul class="run-counts">
            {(['open', 'settled'] as const).map((list) => (
              <li>
                <a href={`${here}?show=${list}`} aria-current={list === shown ? 'page' : undefined}>
                  {list === 'open' ? `Open (${lists[list].length})` : `Settled (${lists[list].length})`}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {lines.length > 0 && own.length === 0 ? (
        <p>None of these.</p>
      ) : (
        <Deadlines
          lines={own.slice(from, from + mostLines)}
          state={about.state}
          policy={about.policy}
          now={frame.now}
          texts={texts}
        />
      )}
      {own.length > from + mostLines && (
        <p>
          <a href={`${here}?show=${shown}&from=${from + mostLines}`}>Later deadlines</a>
        </p>
      )}
      {reading.whole && (
        <Reasons reading={reading} texts={texts} heading="Notices: who was reached, and their numbers" />
      )}
    </SubjectPage>
  );
}
