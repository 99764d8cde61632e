/**
 * The whole history of one referral in chapters, for administrators and auditors. The summary says whether the chain is
 * intact.
 */
import type { Child } from 'hono/jsx';
import { inside } from '../../../shared/domain/words/words.ts';
import { Reference } from '../app/components/reference.tsx';
import { Page } from '../app/layout.tsx';
import { isSaved } from './audit-files.ts';
import { type Chapter, type ChapterProps, chapterPath, chapters } from './chapter.tsx';
import { Clocks } from './clocks-chapter.tsx';
import { Commits } from './commits-chapter.tsx';
import { Mail } from './mail-chapter.tsx';
import { People } from './people-chapter.tsx';
import { Reads } from './reads-chapter.tsx';
import { Runs } from './runs-chapter.tsx';
import { Summary } from './summary-chapter.tsx';

const views: Readonly<Record<Chapter, (props: ChapterProps) => Child>> = {
  summary: (props) => <Summary {...props} />,
  people: (props) => <People {...props} />,
  clocks: (props) => <Clocks {...props} />,
  runs: (props) => <Runs {...props} />,
  mail: (props) => <Mail {...props} />,
  reads: (props) => <Reads {...props} />,
  commits: (props) => <Commits {...props} />,
};

/** One chapter of an audit. */
export const AuditPage = (props: ChapterProps) => {
  const { frame, audit, chapter } = props;
  const title = chapters.find(([name]) => name === chapter)?.[1] ?? '';
  return (
    <Page frame={frame} title={`Audit of ${audit.referralId}: ${inside(title)}`}>
      <h1>
        Audit of <Reference id={audit.referralId} base={frame.base} />
      </h1>
      <nav aria-label="Chapters of the audit">
        <ul class="run-counts">
          {chapters.map(([name, words]) => (
            <li>
              <a
                href={`${frame.base}${chapterPath(audit.referralId, name)}`}
                aria-current={name === chapter ? 'page' : undefined}
              >
                {words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {isSaved(chapter) && (
        <p>
          <a href={`${frame.base}${chapterPath(audit.referralId, chapter)}/csv`}>Save as CSV</a>
        </p>
      )}
      {views[chapter](props)}
    </Page>
  );
};
