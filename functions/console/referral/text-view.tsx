/** Text messages in words: who got one because mail stayed unanswered, and when. No page shows the number itself. */
import type { AlertText, TextFailure } from '../../../shared/domain/alerts/alert-text-events.ts';
import { clockTime } from '../../../shared/domain/core/local-time.ts';
import { Table } from '../app/components/table.tsx';
import { recipientWords } from '../app/page-words.ts';

/** A text message that follows an unanswered mail. */
export interface TextMessage extends AlertText {
  readonly personId: string;
  /** Name and title of the person whose mail stayed unanswered. */
  readonly name: string;
  readonly addressedAs: string;
}

const failureWords: Readonly<Record<TextFailure, string>> = {
  refused: 'the number cannot get text messages',
  'just-texted': 'the person got one about this child a moment before',
  over: 'no longer needed',
};

const statusWords: Readonly<Record<AlertText['status'], (at: string, because?: TextFailure) => string>> = {
  due: (at) => `text due since ${at}`,
  leased: (at) => `text begun ${at}; it may have been sent`,
  released: (at) => `text not taken by the service, ${at}`,
  sent: (at) => `text sent ${at}`,
  failed: (at, because) => `no text, ${at}${because === undefined ? '' : `: ${failureWords[because]}`}`,
};

/** `text sent 4:18 PM`. `now` is a UTC instant. */
export const textWords = ({ status, at, because }: Pick<AlertText, 'status' | 'at' | 'because'>, now: string): string =>
  statusWords[status](clockTime(at, now), because);

/** The latest text message of each person, on the page of a referral. Empty without one. All say the same. */
export const TextMessages = ({ texts, now }: { readonly texts: readonly TextMessage[]; readonly now: string }) => {
  const inOrder = texts.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const rows = [...Map.groupBy(inOrder, ({ personId }) => personId).values()].flatMap((own) => {
    const latest = own.at(-1);
    const before = own.length > 1 ? `; ${own.length - 1} before` : '';
    return latest ? [[latest.name, recipientWords(latest.addressedAs), `${textWords(latest, now)}${before}`]] : [];
  });
  return rows.length === 0 ? null : (
    <Table caption="Text messages after unanswered mail" heads={['To', 'As', 'What became of it']} rows={rows} />
  );
};
