/** A reporter calls with a receipt: the page answers one category. Nothing is mailed, and nothing else is told. */
import { Hono } from 'hono';
import { isOneOf } from '../../../shared/application/access/visitor.ts';
import type { Problem } from '../../../shared/application/input/problems.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import {
  askReceipt,
  type ReceiptAnswer,
  receiptInput,
  receiptReaders,
} from '../../../shared/application/read/ask-receipt.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { labelAt } from '../../../shared/domain/words/field-words.ts';
import { Alert } from '../app/components/alert.tsx';
import { type Frame, Token } from '../app/frame.tsx';
import { ErrorSummary, Page } from '../app/layout.tsx';
import type { ConsoleEnv, ConsoleParts, Place } from '../app/parts.ts';
import { Fields } from '../forms/field-view.tsx';
import { fieldsOf } from '../forms/form-fields.ts';
import { inWords, readFields } from '../forms/form-values.ts';

const form = 'receipt';
const fields = fieldsOf(receiptInput);

interface ReceiptPageProps {
  readonly frame: Frame;
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly category?: Extract<ReceiptAnswer, { readonly kind: 'answered' }>['category'];
}

const ReceiptPage = ({ frame, typed, problems = [], category }: ReceiptPageProps) => (
  <Page frame={frame} title="A reporter calls with a receipt">
    <ErrorSummary form={form} heading="Not asked yet" problems={problems} labelAt={labelAt} />
    <h1>A reporter calls with a receipt</h1>
    {category !== undefined && (
      <Alert kind="info" heading="Tell the reporter this, and nothing else">
        <p>
          <strong>{words(category)}.</strong>
        </p>
      </Alert>
    )}
    <p class="prose">
      Ask for the receipt number. Each caller has one, and only a mandated reporter is told more. We record each
      question. Never say a name, a place or a reference.
    </p>
    <form class="usa-form usa-form--large" method="post" action={`${frame.base}/receipts`} novalidate>
      <Token frame={frame} />
      <Fields fields={fields} form={{ id: form, typed: category === undefined ? typed : undefined, problems }} />
      <button class="usa-button" type="submit">
        See what to tell the reporter
      </button>
    </form>
  </Page>
);

/** A GET never acts. A question is recorded, so it is a POST, and the number stays out of the address. */
export function createReceipts(
  parts: ConsoleParts,
  { frameOf, visitorIn, forbidden, notice }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  const { sentence: offSentence } = doorRefusals['receipts-off'];

  app.get('/receipts', (context) => {
    if (!isOneOf(visitorIn(context), receiptReaders))
      return forbidden(context, doorRefusals['receipts-for-careline'].sentence);
    return parts.receiptAsks === true
      ? context.html(<ReceiptPage frame={frameOf(context)} />)
      : notice(context, 403, 'Receipts are off', offSentence);
  });
  app.post('/receipts', async (context) => {
    const frame = frameOf(context);
    const typed = context.get('form');
    const digests = createDigests(await parts.secretKey());
    const { input } = readFields(fields, typed);
    const answer = await askReceipt({ ...parts, digests, now: parts.now() }, visitorIn(context), input);
    switch (answer.kind) {
      case 'forbidden':
        return forbidden(context, doorRefusals['receipts-for-careline'].sentence);
      case 'off':
        return notice(context, 403, 'Receipts are off', offSentence);
      case 'invalid':
        return context.html(<ReceiptPage frame={frame} typed={typed} problems={inWords(answer.problems)} />, 400);
      case 'answered':
        return context.html(<ReceiptPage frame={frame} category={answer.category} />);
    }
  });
  return app;
}
