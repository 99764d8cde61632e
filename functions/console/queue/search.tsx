/** The search for a child by name: a form, and the references found. It decrypts nothing. */

import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { type FoundReferral, searchByName, searchers, searchInput } from '../../../shared/application/read/search.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { offices } from '../../../shared/policy/places/geography.ts';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';

const form = 'search';
const fields = fieldsOf(searchInput);

interface SearchPageProps {
  readonly frame: Frame;
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly found?: readonly FoundReferral[];
}

const SearchPage = ({ frame, typed, problems = [], found }: SearchPageProps) => (
  <Page frame={frame} title="Search by name">
    <ErrorSummary form={form} heading="Not looked for yet" problems={problems} labelAt={labelAt} />
    <h1>Search by name</h1>
    {found !== undefined &&
      (found.length === 0 ? (
        <p role="status">No referral that you may see is about a child of this name.</p>
      ) : (
        <Table
          caption={`${found.length} found, the likest first`}
          heads={['Referral', 'How alike', 'Stage', 'Received', 'Office']}
          rows={found.map(({ referralId, score, stage, receivedAt, office }) => [
            <a href={`${frame.base}/referrals/${referralId}`}>{referralId}</a>,
            `${Math.round(score * 100)} of 100`,
            words(stage),
            formatInstant(receivedAt),
            offices.find(({ id }) => id === office)?.name ?? 'Not known yet',
          ])}
        />
      ))}
    <p class="prose">
      That you search, and what for, is recorded first, and so is each referral that is shown. Spellings and short forms
      of a name count, unless you ask for exactly this one.
    </p>
    <form class="usa-form usa-form--large" method="post" action={`${frame.base}/search`} novalidate>
      <Token frame={frame} />
      <Fields fields={fields} form={{ id: form, typed, problems }} />
      <button class="usa-button" type="submit">
        Search
      </button>
    </form>
  </Page>
);

/** A GET never acts. A search is recorded, so it is a POST, and the name stays out of the address. */
export function createSearch(parts: ConsoleParts, { frameOf, visitorIn, forbidden }: Place): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const refuse = (context: Request) => forbidden(context, doorRefusals['search-for-staff'].sentence);

  app.get('/search', (context) =>
    isOneOf(visitorIn(context), searchers) ? context.html(<SearchPage frame={frameOf(context)} />) : refuse(context),
  );
  app.post('/search', async (context) => {
    const frame = frameOf(context);
    const typed = context.get('form');
    const digests = createDigests(await parts.secretKey());
    const { input } = readFields(fields, typed);
    const answer = await searchByName({ ...parts, digests, now: parts.now() }, visitorIn(context), input);
    switch (answer.kind) {
      case 'forbidden':
        return refuse(context);
      case 'invalid':
        return context.html(<SearchPage frame={frame} typed={typed} problems={inWords(answer.problems)} />, 400);
      case 'found':
        return context.html(<SearchPage frame={frame} typed={typed} found={answer.referrals} />);
    }
  });
  return app;
}
