/** The scorecard: five practices, three measures each, with what is aimed at and the year before. */
import type { Child } from 'hono/jsx';
import type { Section } from '../../../shared/reports/pages.ts';
import type { Score } from '../../../shared/reports/scorecard.ts';
import { Table } from '../app/components/table.tsx';
import { differenceWords, percent, shareWords } from './number-words.ts';

export const Scorecard = ({ sections, base }: { readonly sections: readonly Section[]; readonly base: string }) => (
  <>
    <p>
      Each number is computed, and no one scores themselves. Choose a number to see what it rests on. The aims are
      assumptions of this project.
    </p>
    {sections.map(({ title, scores = [] }) => (
      <Table
        caption={title}
        heads={['Measure', 'Now', 'Year before', 'Aim', 'Short of it']}
        rows={scores.map((score) => [
          <>
            {score.words}
            <small class="margin">{score.counts}</small>
          </>,
          <a href={`${base}${score.evidence}`} aria-label={`${nowWords(score)}: what it rests on`}>
            {nowWords(score)}
          </a>,
          beforeWords(score),
          aimWords(score),
          gapWords(score),
        ])}
        numbers
      />
    ))}
  </>
);

function nowWords(score: Score): string {
  if (score.kind === 'not-recorded') return 'Not recorded';
  return score.kind === 'difference' ? differenceWords(score.difference) : shareWords(score.share);
}

function beforeWords(score: Score): Child {
  if (score.kind === 'difference') return differenceWords(score.before);
  return score.kind === 'share' && score.before ? shareWords(score.before) : '–';
}

function aimWords({ aim }: Score): string {
  if (aim?.atLeast !== undefined) return `at least ${percent(aim.atLeast)}`;
  return aim?.atMost === undefined ? '–' : `at most ${percent(aim.atMost)}`;
}

function gapWords({ aim, gap }: Score): string {
  if (aim === undefined || gap === undefined) return '–';
  return gap === 0 ? 'Met' : `${Math.max(1, Math.round(gap * 100))} points`;
}
