/** A record in doubt: what was found, what people may still do, and the form of a supervisor's word. A GET never acts. */
import { Hono } from 'hono';
import { submissionUnder } from '../../../shared/application/access/person-frame.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import {
  confirmInput,
  confirmRecord,
  type RecordDoubt,
  readRecord,
} from '../../../shared/application/use-cases/confirm-record.ts';
import { isReference } from '../../../shared/domain/core/ids.ts';
import type { Doubt, DoubtCause } from '../../../shared/domain/doubts/doubts.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { Reference } from '../app/components/reference.tsx';
import { Table } from '../app/components/table.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place, Request } from '../app/parts.ts';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { inWords } from '../forms/form-values.ts';

interface Attempt {
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}

const causeWords: Readonly<Record<DoubtCause, string>> = {
  touched: 'A stored entry was changed or removed',
  'not-as-written': 'An entry does not match the code that this product gave it',
  shorter: 'Entries are missing, or others stand in their place',
};

const chainWords: Readonly<Record<string, string>> = {
  referral: 'The referral',
  access: 'Records of who read of the child',
  alert: 'An alert',
  doubt: 'What was noted about this record',
  finding: 'Findings of a day',
  roster: 'The roster of a team',
  draft: 'A draft of a report',
  drafts: 'News of untouched drafts',
  delegation: 'Delegates of a person',
  provider: 'A provider',
  shift: 'On-call shifts',
};
const placeWords = (chain: string, place?: number) =>
  `${chainWords[chain.split('#')[0] ?? ''] ?? chain}${place === undefined ? '' : `, from entry ${place} on`}`;

const fields = fieldsOf(confirmInput)
  .filter(({ path }) => path === 'ground')
  .map((field) => ({ ...field, label: 'Why people may change it again' }));
const labelAt = () => fields[0]?.label ?? '';
const form = 'confirm-record';

/** Stands on the page of a referral that people cannot change. */
export const DoubtBanner = ({
  frame,
  record,
  doubt,
}: {
  readonly frame: Frame;
  readonly record: string;
  readonly doubt: Doubt;
}) =>
  doubt.open.length === 0 ? null : (
    <Alert kind="warning" heading="This record was changed outside this product">
      <p>
        You can still record calls, safety and that the child was seen. A supervisor must look at everything else first:{' '}
        <a href={`${frame.base}/records/${record}`}>what was found, and how to confirm it</a>. Calls, mail and due times
        go on.
      </p>
    </Alert>
  );

export function createRecords(
  parts: ConsoleParts,
  { frameOf, visitorIn, url, notice, forbidden }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const door = () => ({ ...parts, now: parts.now() });
  const notFound = (context: Request) =>
    notice(context, 404, 'There is no such record', doorRefusals['no-such-record'].sentence);

  const page = async (context: Request, record: string, attempt: Attempt = {}, status: 200 | 400 | 409 = 200) => {
    const found = await readRecord(door(), visitorIn(context), record);
    if (!found) return notFound(context);
    const nameOf = await namesOf(
      parts.directory,
      found.words.map(({ by }) => by),
    );
    const props = { frame: frameOf(context), found, nameOf, done: context.req.query('done') !== undefined };
    return context.html(<RecordPage {...props} {...attempt} submission={parts.newId()} />, status);
  };

  app.get('/records/:record', (context) => page(context, context.req.param('record')));
  app.post('/records/:record', async (context) => {
    const { record } = context.req.param();
    const typed = context.get('form');
    const submission = await submissionUnder(parts, typed.get('key') || undefined);
    const input = { seen: typed.get('seen') ?? '', ground: typed.get('ground') ?? '' };
    const answer = await confirmRecord(door(), visitorIn(context), record, input, submission);
    switch (answer.kind) {
      case 'unknown':
        return notFound(context);
      case 'forbidden':
        return forbidden(context, doorRefusals['record-not-yours'].sentence);
      case 'invalid':
        return page(context, record, { typed, problems: inWords(answer.problems) }, 400);
      case 'refused':
        return page(context, record, { typed, refusal: answer.refusal.sentence }, 409);
      case 'done':
        return context.redirect(url(`/records/${record}?done=yes`), 303);
    }
  });
  return app;
}

interface PageProps extends Attempt {
  readonly frame: Frame;
  readonly found: RecordDoubt;
  readonly nameOf: (personId: string) => string;
  readonly submission: string;
  readonly done: boolean;
}

const RecordPage = ({ frame, found, nameOf, submission, done, typed, problems = [], refusal }: PageProps) => (
  <Page frame={frame} title={`Record ${found.record}`}>
    {done && <Alert kind="success" heading="Recorded: people may change it again" />}
    <ErrorSummary form={form} heading="Not done yet" problems={problems} labelAt={labelAt} />
    {refusal !== undefined && (
      <Alert kind="error" heading="Not done yet" focused>
        {refusal}
      </Alert>
    )}
    <h1>
      Record <Reference id={found.record} />
    </h1>
    {isReference('CR', found.record) && (
      <p>
        <a href={`${frame.base}/referrals/${found.record}`}>The referral</a>
      </p>
    )}
    {found.inDoubt ? (
      <>
        <p class="prose">
          This record was changed outside this product. People can record calls, safety and that the child was seen. All
          other changes wait for a supervisor. Calls, mail and due times go on.
        </p>
        <Table
          caption="What was found"
          heads={['When', 'What', 'Where']}
          rows={found.found.map(({ at, cause, chain, place }) => [
            at === '' ? 'Now' : formatInstant(at),
            causeWords[cause as DoubtCause],
            placeWords(chain, place),
          ])}
        />
        {found.unproved.length > 0 && (
          <Table
            caption="Entries without a right code"
            heads={['When, as they say', 'Types', 'Where']}
            rows={found.unproved.map(({ at, types, chain, place }) => [
              at === '' ? 'It does not say' : formatInstant(at),
              types.length === 0 ? 'It cannot be read' : types.join(', '),
              `${chainWords[chain.split('#')[0] ?? ''] ?? chain}, entry ${place}`,
            ])}
          />
        )}
      </>
    ) : (
      <p>Nothing is in doubt. People may change this record.</p>
    )}
    {found.words.length > 0 && (
      <Table
        caption="Who confirmed it before"
        heads={['When', 'Who', 'Why']}
        rows={found.words.map(({ at, by, ground }) => [formatInstant(at), nameOf(by), words(ground)])}
      />
    )}
    {found.inDoubt && found.mayConfirm && (
      <>
        <h2>Confirm this record</h2>
        <p class="prose">
          First look at the record, and ask the people who acted in it. Ask the person on call for this system to
          restore what is missing. Your name is recorded. Your word covers only what is stored now.
        </p>
        <form
          class="usa-form usa-form--large"
          method="post"
          action={`${frame.base}/records/${found.record}`}
          novalidate
        >
          <Token frame={frame} />
          <input type="hidden" name="key" value={submission} />
          <input type="hidden" name="seen" value={found.seen} />
          <Fields fields={fields} form={{ id: form, typed, problems }} />
          <button class="usa-button" type="submit">
            Confirm this record
          </button>
        </form>
      </>
    )}
    {found.inDoubt && !found.mayConfirm && (
      <p>{doorRefusals['record-not-yours'].sentence} Ask the Careline supervisor on duty, at any hour.</p>
    )}
  </Page>
);
