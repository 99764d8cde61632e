import { describe, expect, test } from 'vitest';
import { linkTo } from '../../shared/alerts/compose.ts';
import { type Expected, leaksIn, noticeLeaks, type Outgoing } from '../../shared/alerts/guard.ts';
import { draftMails, everyMail, findingMails, gapMails, post } from './every-mail.ts';

const mails = everyMail();
const expectedOf = ({ alert, now }: (typeof mails)[number]): Expected => ({
  emails: [post.to, post.sender],
  phones: [post.oncall],
  links: [linkTo(post.consoleUrl, alert.id)],
  now,
});

/** Invented people, as somebody might write them. */
const corpus: readonly (readonly [rule: string, text: string])[] = [
  ['birth-date', 'Aspen Example, 2011-03-03'],
  ['birth-date', 'Aspen Example (3/3/2011)'],
  ['birth-date', 'Aspen Example 03/03/11'],
  ['birth-date', 'Aspen Example 03-03-2011'],
  ['birth-date', 'Aspen Example 3.3.2011'],
  ['birth-date', 'EXAMPLE, ASPEN 20110303'],
  ['birth-date', 'Aspen Example, March 3, 2011'],
  ['birth-date', 'Aspen Example, Mar 3rd 2011'],
  ['birth-date', 'Aspen Example, 3 March 2011'],
  ['birth-date', 'Aspen Example, 3rd of March 2011'],
  ['birth-date', 'Aspen Example, 3-Mar-2011'],
  ['birth-date', 'Aspen Ejemplo, 3 de marzo de 2011'],
  ['birth-date', 'Aspen Example, Thu Mar 3, 2011, 12:00 AM EST'],
  ['birth-date', 'jueves 3 de marzo de 2011, 12:00 a. m. EST'],
  ['birth-date', 'Aspen Example DOB unknown'],
  ['birth-date', 'Aspen Ejemplo, fecha de nacimiento en marzo'],
  ['birth-date', 'Aspen, born in spring'],
  ['phone', '203-555-0188'],
  ['phone', '(203) 555-0188'],
  ['phone', '203.555.0188'],
  ['phone', '2035550188'],
  ['phone', '+1 203 555 0188'],
  ['phone', 'call 555-0188'],
  ['phone', '+52 55 1234 5678'],
  ['street-address', '14 Elm Street'],
  ['street-address', '14 elm street'],
  ['street-address', '1400 N. Old Mill Rd'],
  ['street-address', '7b St. John Ave'],
  ['street-address', '22 Harbor Ct'],
  ['street-address', '22 Harbor Drive, New Haven'],
  ['street-address', 'Calle Olmo 14'],
  ['street-address', 'P.O. Box 12'],
  ['street-address', 'Hartford, CT 06103'],
  ['street-address', 'Apt 4B'],
  ['e-mail-address', 'aspen@mail.example'],
  ['e-mail-address', 'mailto:aspen.example+x@mail.example'],
  ['e-mail-address', 'aspen%40mail.example'],
  ['canary', 'QZCANARY Child 1'],
  ['name', 'The child is called Aspen'],
  ['name', "The child's name"],
  ['name', 'Name: Aspen'],
  ['name', 'Nombre: Aspen'],
];

const places: readonly (readonly [where: string, put: (mail: Outgoing, text: string) => Outgoing])[] = [
  ['subject', (mail, text) => ({ ...mail, subject: `${mail.subject} ${text}` })],
  ['text', (mail, text) => ({ ...mail, text: mail.text.replace('\n\n', `\n\n${text}\n`) })],
  ['html', (mail, text) => ({ ...mail, html: mail.html.replace('</h1>', ` ${text}</h1>`) })],
  ['html', (mail, text) => ({ ...mail, html: mail.html.replace('<h1 ', `<h1 title="${text}" `) })],
  ['header', (mail, text) => ({ ...mail, headers: { ...mail.headers, Comments: text } })],
  [
    'attachment',
    (mail, text) =>
      withCalendar(mail, (content) => content.replace('STATUS:', `DESCRIPTION:${escapeText(text)}\r\nSTATUS:`)),
  ],
  [
    'attachment',
    (mail, text) =>
      withCalendar(mail, (content) => content.replace('STATUS:', `DESCRIPTION:x ${cut(escapeText(text))}\r\nSTATUS:`)),
  ],
  ['file-name', (mail, text) => ({ ...mail, invitation: { ...invitation(mail), fileName: `${text}.ics` } })],
];

const escapeText = (text: string) => text.replaceAll(/[\\;,]/g, (character) => `\\${character}`);
/** Folded in the middle, as a long line of a calendar object is. */
const cut = (text: string) => `${text.slice(0, 6)}\r\n ${text.slice(6)}`;
const some = {
  method: 'REQUEST',
  fileName: 'meeting.ics',
  content: 'BEGIN:VEVENT\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n',
} as const;
const invitation = (mail: Outgoing) => mail.invitation ?? some;
const withCalendar = (mail: Outgoing, change: (content: string) => string): Outgoing => ({
  ...mail,
  invitation: { ...invitation(mail), content: change(invitation(mail).content) },
});

describe('the guard', () => {
  test.each(mails.map((mail) => [mail.name, mail] as const))('lets %s pass as it is', (_, mail) => {
    expect(mail.leaks).toEqual([]);
  });

  test.each(mails.map((mail) => [mail.name, mail] as const))(
    'finds each of the corpus in every part of %s',
    (_, mail) => {
      const missed = corpus.flatMap(([rule, text]) =>
        places.flatMap(([where, put]) => {
          const leaks = leaksIn(put(mail.message, text), expectedOf(mail));
          return leaks.some((leak) => leak.rule === rule && leak.where === where)
            ? []
            : [`${rule} in ${where}: ${text}`];
        }),
      );
      expect(missed).toEqual([]);
    },
  );

  const [sample] = mails;
  if (!sample) throw new Error('There is no mail.');
  const found = (text: string, expected: Partial<Expected> = {}) =>
    leaksIn({ ...sample.message, text }, { ...expectedOf(sample), ...expected }).map(({ rule }) => rule);

  test('says what and where, and never repeats what it found', () => {
    expect(JSON.stringify(leaksIn({ ...sample.message, text: 'aspen@mail.example' }, expectedOf(sample)))).toBe(
      '[{"rule":"e-mail-address","where":"text"}]',
    );
  });

  test.each([
    ['characters that nobody sees', '203\u200b-555-\u20600188'],
    ['dashes of another kind', '203\u2011555\u20130188'],
    ['spaces of another kind', '203\u00a0555\u20090188'],
    ['digits of another width', '２０３-５５５-０１８８'],
  ])('is not misled by %s', (_, text) => {
    expect(found(text)).toEqual(['phone']);
  });

  test('is not misled by entities in HTML', () => {
    const html = sample.message.html.replace('</h1>', ' aspen&#64;mail&#x2e;example &#50;03-555-0188</h1>');
    expect(leaksIn({ ...sample.message, html }, expectedOf(sample)).map(({ rule }) => rule)).toEqual([
      'phone',
      'e-mail-address',
    ]);
  });

  test('knows the numbers and addresses of the directory, however they are written, and no others', () => {
    for (const phone of ['203-555-0107', '(203) 555-0107', '+1 203.555.0107', '2035550107'])
      expect(found(phone)).toEqual([]);
    expect(found('READER@team.example')).toEqual([]);
    expect(found('x.reader@team.example')).toEqual(['e-mail-address']);
    expect(found('reader@team.example.evil')).toEqual(['e-mail-address']);
    expect(found('203-555-0107', { phones: [] })).toContain('phone');
  });

  test('finds the words it is told were planted, in any case', () => {
    expect(found('a Zzplum there')).toEqual([]);
    expect(found('a zzPLUM there', { canaries: ['Zzplum'] })).toEqual(['canary']);
  });

  test('takes no deadline, reference, clause or number of hours for a person', () => {
    for (const text of [
      'CR-20355-501880 and CR-7F3KD-9QXMT2.A12',
      'C.G.S. 17a-101b and 17a-103(c); Public Act 14-186; 22 U.S.C. 7102; DCF-136',
      'by Mon Nov 9, 2026, 10:00 PM EST, 96 hours after it; D12a, D19b',
      'a más tardar el lunes 9 de noviembre de 2026, 10:00 p. m. EST',
      'at least 90 days before it, for 60 minutes',
    ])
      expect([text, found(text)]).toEqual([text, []]);
  });

  test('finds an instant in a calendar object that is no deadline', () => {
    const mail = withCalendar(sample.message, () => 'BEGIN:VEVENT\r\nDTSTART:20110303T050000Z\r\nEND:VEVENT\r\n');
    expect(leaksIn(mail, expectedOf(sample))).toEqual([{ rule: 'birth-date', where: 'attachment' }]);
  });
});

describe('a mail that is about no alert', () => {
  const about = { sender: post.sender, to: post.to, consoleUrl: post.consoleUrl, now: '2026-11-09T16:00:00.000Z' };
  const notices = [...gapMails(), ...draftMails(), ...findingMails()];

  test.each(notices.map(({ name, message }) => [name, message] as const))('%s may go', (_, message) => {
    expect(noticeLeaks(message, about)).toEqual([]);
  });

  test.each(notices.map(({ name, message }) => [name, message] as const))(
    '%s may not, with a birth date in it',
    (_, message) => {
      const leaky = { ...message, text: `${message.text}\n4/17/2011` };
      expect(noticeLeaks(leaky, about)).toEqual([{ rule: 'birth-date', where: 'text' }]);
    },
  );
});
