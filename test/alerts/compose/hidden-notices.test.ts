/** Mail about a notice that the law requires tells no mailbox of a tribe, a facility or a school. */
import { expect, it } from 'vitest';
import { type Composing, composeLetter, type Message } from '../../../shared/alerts/compose/compose.ts';
import type { Language } from '../../../shared/domain/core/vocabulary.ts';
import { referral, type Story } from '../../support/referral-builder.ts';
import { post } from './every-mail.ts';

const told = {
  tribalMember: 'yes',
  legalStatus: 'committed',
  facilityEmployee: 'yes',
  schoolEmployee: 'yes',
  danger: 'no',
} as const;
const telling = /D41A|D41B|D42|trib|school|escuela|facilit|centro|licen[sc]|educa/i;

const aboutOf = ({ state, policy, now }: Story, addressedAs: string, language: Language) =>
  Object.values(state.alerts)
    .filter(({ kind }) => ['referral-opened', 'deadline-opened', 'checkpoint', 'referral-ended'].includes(kind))
    .map((alert): Composing => {
      const recipient = { personId: 'A-PERSON', addressedAs, also: [], language };
      return { ...post, alert, state, policy, recipient, now };
    });

const wholeOf = ({ subject, text, html }: Message) => [subject, text, html].join('\n');

it.each([
  ['opened', () => referral(told).run(), 'legal notice'],
  ['due soon and missed', () => referral(told).run().after('P6D'), 'OVERDUE: give a notice that the law requires'],
  [
    'withdrawn',
    () =>
      referral(told)
        .run()
        .do('propose-withdrawal', { because: 'made-in-error' })
        .do('agree-withdrawal', {}, 'careline-manager'),
    '- Give a notice that the law requires by ',
  ],
] as const)('while it is %s', (_, begin, said) => {
  const story = begin();
  const mails = ['caseworker', 'legal', 'area-director', 'careline-supervisor'].flatMap((role) =>
    (['en', 'es'] as const).flatMap((language) => {
      const [first, ...others] = aboutOf(story, role, language);
      if (!first) throw new Error('The story asks for no alert.');
      return [...[first, ...others].map((each) => composeLetter([each])), composeLetter([first, ...others], true)];
    }),
  );
  const all = mails.map(({ message }) => wholeOf(message));
  expect(all.join('\n')).toContain(said);
  expect(all.filter((mail) => telling.test(mail))).toEqual([]);
});
