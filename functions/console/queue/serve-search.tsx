/** The search for a child by name: a form, and the referrals found. A name shows to who may read it, once that read is recorded. */

import { Hono } from 'hono';
import type { Child } from 'hono/jsx';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import {
  type FoundReferral,
  mostShown,
  searchByName,
  searchers,
  searchInput,
} from '../../../shared/application/read/search.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { shortDate } from '../../../shared/domain/core/local-time.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { outOfState } from '../../../shared/policy/places/routing.ts';
import { Alert } from '../app/components/alert.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { namesOf } from '../app/lookups.ts';
import { ago } from '../app/page-words.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';
import { ChildTags, officeWords } from './queue-rows.tsx';

const form = 'search';
const fields = fieldsOf(searchInput);

/** How far the work is: the outcome of the screening, or how the referral ended. */
const statusWords = ({ stage, child }: FoundReferral): string =>
  stage !== 'open' || child === undefined ? words(stage) : words(child.outcome ?? 'not screened yet');

const townWords = (town: string): string =>
  ({ unknown: 'Not known', other: 'Another place', [outOfState]: 'Out of state' })[town] ?? town;

/** The people to ask: the HART liaison, and the worker who took the report. */
const Workers = ({ found: { child, takenBy }, nameOf }: { readonly found: FoundReferral; readonly nameOf: NameOf }) => {
  const ids = [...new Set([child?.liaison, takenBy])].filter((id) => id !== undefined);
  if (ids.length === 0) return <>–</>;
  return (
    <ul class="workers">
      {ids.map((id) => (
        <li>{nameOf(id)}</li>
      ))}
    </ul>
  );
};

/** What is the same and what is not known, so that no one takes a name for a child. `born`: the date that was asked for. */
function likenessWords({ same, score }: FoundReferral, born: string): string {
  if (same === 'name-and-birth-date') return 'Same name, same date of birth';
  if (same === 'name')
    return born === '' ? 'Same name; no date of birth compared' : 'Same name, not the same date of birth';
  return score >= 0.8 ? 'Much like it' : 'Like it';
}

type NameOf = (personId: string) => string;

interface SearchPageProps {
  readonly frame: Frame;
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly found?: readonly FoundReferral[];
  /** Whether one name alone was looked for. */
  readonly alone?: boolean;
  readonly nameOf?: NameOf;
  /** Whether the name came from the box at the top. Only the purpose is asked then. */
  readonly isBegun?: boolean;
}

/** The page of the search. `typed`: what stands in its form, such as a name from the box at the top. */
export const SearchPage = ({
  frame,
  typed,
  problems = [],
  found,
  alone,
  nameOf = (id) => id,
  isBegun = false,
}: SearchPageProps) => (
  <Page frame={frame} title="Search by name">
    <ErrorSummary form={form} heading="Not looked for yet" problems={problems} labelAt={labelAt} />
    <h1>Search by name</h1>
    {found !== undefined &&
      (found.length === 0 ? (
        <p role="status">
          {alone === true
            ? 'No child was reported by this one name alone in the last 24 hours, in a referral that you may see. Write a first and a family name to look through all referrals.'
            : 'No referral that you may see is about a child of this name.'}
        </p>
      ) : (
        <>
          <Table
            caption={`${found.length} found, the likest first`}
            heads={['Referral', 'Name', 'Child', 'Lives in', 'Status', 'Received', 'Office', 'Worker', 'How alike']}
            rows={found.map((each): readonly Child[] => [
              <a class="reference" href={`${frame.base}/referrals/${each.referralId}`}>
                {each.referralId}
              </a>,
              each.name === undefined ? '–' : each.name.kind === 'read' ? each.name.words : 'Cannot be read',
              each.child === undefined ? '–' : <ChildTags row={each.child} now={frame.now} />,
              each.child === undefined ? '–' : townWords(each.child.town),
              statusWords(each),
              shortDate(each.receivedAt, frame.now),
              officeWords(each.office),
              <Workers found={each} nameOf={nameOf} />,
              likenessWords(each, typed?.get('birthDate') ?? ''),
            ])}
          />
          {found.length >= mostShown && (
            <p>Only the {mostShown} likest are shown. Give the date of birth, or the exact name, to find fewer.</p>
          )}
        </>
      ))}
    <p class="prose">
      {isBegun && (
        <>
          <strong>Say what the search is for, then press Search.</strong> The name is there already.{' '}
        </>
      )}
      We record your search, its purpose, and each referral and name shown. Similar spellings and short forms of a name
      match too, unless you choose Exact.
    </p>
    <form class="usa-form usa-form--large" method="post" action={`${frame.base}/search`} novalidate>
      <Token frame={frame} />
      <Fields
        fields={fields}
        form={{
          id: form,
          typed,
          presets: { spelling: ['approximate'] },
          problems,
          focused: isBegun ? 'purpose' : undefined,
        }}
      />
      <button class="usa-button" type="submit">
        Search
      </button>
    </form>
  </Page>
);

/** A hint shows a few, beside the name that is being written. */
const mostHinted = 3;

/** What stands beside the name in a new report: who was reported before, and when. */
const Alike = ({ frame, found, nameOf }: Required<Pick<SearchPageProps, 'frame' | 'found' | 'nameOf'>>) =>
  found.length === 0 ? null : (
    <Alert kind="warning" heading="A child of this name, or one like it, was reported before">
      <ul class="usa-list">
        {found.map((each) => (
          <li>
            <a class="reference" href={`${frame.base}/referrals/${each.referralId}`} target="_blank" rel="noopener">
              {each.referralId}
            </a>
            , reported {ago(each.receivedAt, frame.now)}
            {each.takenBy !== undefined && <>, taken by {nameOf(each.takenBy)}</>}
            {each.child && each.child.town !== 'unknown' && <>. Lives in {townWords(each.child.town)}</>}
          </li>
        ))}
      </ul>
      <p>It opens in a new tab. Go on here, and send this report too: people then say whether it is the same child.</p>
    </Alert>
  );

/** A GET never acts. A search is recorded, so it is a POST, and the name stays out of the address. */
export function createSearch(parts: ConsoleParts, { frameOf, visitorIn, forbidden }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const refuse = (context: Request) => forbidden(context, doorRefusals['search-for-staff'].sentence);

  app.get('/search', (context) =>
    isOneOf(visitorIn(context), searchers) ? context.html(<SearchPage frame={frameOf(context)} />) : refuse(context),
  );
  const workersOf = (found: readonly FoundReferral[]) =>
    namesOf(
      parts.directory,
      found.flatMap(({ takenBy, child }) => [takenBy, child?.liaison].filter((id) => id !== undefined)),
    );
  const door = async () => ({ ...parts, digests: createDigests(await parts.secretKey()), now: parts.now() });

  // A new report asks as the name is written. A name that cannot be looked for is no fault of the report.
  app.post('/search/alike', async (context) => {
    const { input } = readFields(fields, context.get('form'));
    const asked = { ...input, purpose: 'compare-duplicates' };
    const answer = await searchByName({ ...(await door()), most: mostHinted }, visitorIn(context), asked);
    if (answer.kind === 'forbidden') return refuse(context);
    const found = answer.kind === 'found' ? answer.referrals : [];
    return context.html(<Alike frame={frameOf(context)} found={found} nameOf={await workersOf(found)} />);
  });
  app.post('/search', async (context) => {
    const frame = frameOf(context);
    const typed = context.get('form');
    const { input } = readFields(fields, typed);
    const answer = await searchByName({ ...(await door()), names: parts.identities }, visitorIn(context), input);
    switch (answer.kind) {
      case 'forbidden':
        return refuse(context);
      case 'invalid':
        return context.html(<SearchPage frame={frame} typed={typed} problems={inWords(answer.problems)} />, 400);
      case 'found':
        return context.html(
          <SearchPage
            frame={frame}
            typed={typed}
            found={answer.referrals}
            alone={answer.alone}
            nameOf={await workersOf(answer.referrals)}
          />,
        );
    }
  });
  return app;
}
