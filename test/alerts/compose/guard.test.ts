import { describe, expect, test } from 'vitest';
import { linkTo } from '../../../shared/alerts/compose/compose.ts';
import { type Expected, leaksIn, type MailParts, noticeLeaks } from '../../../shared/alerts/compose/guard.ts';
import { addresseeWords, byWords, whenWords } from '../../../shared/alerts/compose/wording.ts';
import { everyDiscipline, languages, meetingPlaces, roles, services } from '../../../shared/domain/core/vocabulary.ts';
import { telephoneLink } from '../../../shared/domain/directory/on-call.ts';
import { partnerWords } from '../../../shared/domain/words/code-words.ts';
import { dutyWords } from '../../../shared/domain/words/duty-words.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';
import { agreementMails, draftMails, everyMail, findingMails, gapMails, post, shiftMails } from './every-mail.ts';

const mails = everyMail();
const expectedOf = ({ alert, now }: (typeof mails)[number]): Expected => ({
  emails: [post.to, post.sender],
  phones: [post.oncall.phone],
  links: [linkTo(post.consoleUrl, alert.id)],
  now,
});

/** Invented people, in spellings that people type. */
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
  ['birth-date', 'Aspen Example, Thu, Mar 3, 2011, 12:00 AM'],
  ['birth-date', 'Aspen Example, Thu, Mar 3 2011'],
  ['birth-date', 'jue 3 mar 2011'],
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

/** The same in other orders, with other marks between them, in words, and in Spanish. */
const shapes: Readonly<Record<string, readonly string[]>> = {
  'birth-date': [
    '2011-03-03 Aspen Example',
    'Example, Aspen; 3 / 3 / 2011',
    'Aspen 3. 3. 2011',
    "Aspen Example 3/3/'11",
    'Aspen Example 2011/3/3',
    'Aspen Example 3_3_2011',
    'Aspen Example 3·3·2011',
    '030311 Aspen Example',
    '03032011 Example Aspen',
    '3MAR2011',
    '3/mar/2011',
    '3-III-2011',
    'Aspen, March 2011',
    "Aspen, March '11",
    'March the 3rd, 2011',
    'March 3',
    '3 March',
    'the third of March',
    'May 3, 2011',
    '3 may 2011',
    'Aspen Ejemplo, 3 de marzo del 2011',
    '3 de marzo 2011',
    '3 ene 2011',
    'ene. 3, 2011',
    '3 ago. 2011',
    '1º de marzo de 2011',
    '1.º de marzo de 2011',
    'primero de marzo',
    'marzo de 2011',
    'tres de marzo de dos mil once',
    'F. nac.: en primavera',
    'fecha nac. 2011',
    'cumpleaños en primavera',
    'bday in spring',
    'Her birthday is in spring',
    'Aspen, 15 years old',
    'a 15-year-old',
    'de 15 años',
    'aged 15',
    'edad: 15',
  ],
  phone: [
    '203/555/0188',
    '(203)-555-0188',
    '[203] 555-0188',
    '203 . 555 . 0188',
    '203 - 555 - 0188',
    '203_555_0188',
    '203·555·0188',
    '203-555-01-88',
    '2 0 3 5 5 5 0 1 8 8',
    'tel 5550188',
    '1 (203) 555 0188',
    '1.203.555.0188',
    '001 203 555 0188',
    '011 52 55 1234 5678',
    '+52 (55) 1234-5678',
    '+44 20 7946 0958',
    '612 34 56 78',
    '123-45-6789',
  ],
  'street-address': [
    '14 Elm Street, Unit 4',
    '14 Elm St, #4',
    '14 Elm #4',
    'Unit B',
    'Apt. B',
    'apartamento 4',
    'depto. 4',
    'Suite 200',
    'Ste 2B',
    'Rm. 12',
    'Floor 3',
    '3rd Floor',
    'piso 3',
    '3er piso',
    'Lot 12',
    'Bldg 3',
    'edificio C',
    'Box 12',
    'apartado 12',
    '14 elm court',
    '14 Elm Trail',
    '14 Elm Square',
    '14 Elm Crossing',
    'One Elm Street',
    'Elm Street 14',
    'Main St 14',
    '1400 Route 6',
    '1400 US-6',
    'c/ Olmo 14',
    'Calle Olmo núm. 14',
    'Avenida Olmo, 14',
    'Av. Olmo 14',
    'Plaza Olmo 14',
    'Urb. Olmo',
    'Hartford 06103',
    'código postal 06103-1234',
    '41.7637, -72.6851',
  ],
  'e-mail-address': ['aspen [at] mail.example', 'aspen(at)mail.example', 'she is @aspen there'],
  name: [
    'a.k.a. Aspen',
    'alias Aspen',
    'Name of child',
    'Child: Aspen',
    'Niña: Aspen',
    'Mother: Willow',
    'Her name is Aspen',
    'Su nombre es Aspen',
    'se llama Aspen',
    'llamada Aspen',
    'known as Aspen',
    'apodo Aspen',
    'SSN on file',
  ],
};

const places: readonly (readonly [where: string, put: (mail: MailParts, text: string) => MailParts])[] = [
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
const invitation = (mail: MailParts) => mail.invitation ?? some;
const withCalendar = (mail: MailParts, change: (content: string) => string): MailParts => ({
  ...mail,
  invitation: { ...invitation(mail), content: change(invitation(mail).content) },
});

describe('the guard', () => {
  test.each(mails.map((mail) => [mail.name, mail] as const))('lets %s pass', (_, mail) => {
    expect(mail.leaks).toEqual([]);
  });

  test.each(mails.map((mail) => [mail.name, mail] as const))(
    'finds each entry of the corpus in every part of %s',
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

  test.each(Object.entries(shapes))('finds every %s in the shapes that people give it', (rule, texts) => {
    expect(texts.filter((text) => !(found(text) as readonly string[]).includes(rule))).toEqual([]);
  });

  test('takes no obligation, code word, instant or sentence of ours for a person, in either language', () => {
    const instants = Array.from({ length: 12 }, (_, month) =>
      new Date(Date.UTC(2026, 11 + month, 3, 17)).toISOString(),
    );
    const codes = [...everyDiscipline, ...services, ...roles, ...meetingPlaces];
    const ours = languages.flatMap((language) => [
      ...connecticutPolicy.deadlines.flatMap((rule) => Object.values(dutyWords(rule)).map((each) => each[language])),
      ...codes.map((code) => partnerWords(code, language)),
      ...instants.flatMap((instant) => [
        whenWords(instant, language, post.oncall.until),
        byWords(instant, language, post.oncall.until),
      ]),
      ...roles.map((role) => addresseeWords(`program-manager after ${role}`, language)),
    ]);
    expect(ours.filter((text) => found(text).length > 0)).toEqual([]);
  });

  test('knows a number of the directory that has an extension', () => {
    const phones = ['860-555-0100 ext. 12', post.oncall.phone];
    expect(found('telephone 860-555-0100 ext. 12 now', { phones })).toEqual([]);
    // As the link in the HTML dials it.
    expect(found(telephoneLink('860-555-0100 ext. 12'), { phones })).toEqual([]);
    expect(found(telephoneLink('860-555-0188 ext. 12'), { phones })).toContain('phone');
    expect(found('telephone 860-555-0188 ext. 12 now', { phones })).toContain('phone');
  });

  test('says what and where, and never repeats the finding', () => {
    expect(JSON.stringify(leaksIn({ ...sample.message, text: 'aspen@mail.example' }, expectedOf(sample)))).toBe(
      '[{"rule":"e-mail-address","where":"text"}]',
    );
  });

  test.each([
    ['characters without a shape', '203\u200b-555-\u20600188'],
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

  test('knows the numbers and addresses of the directory in any spelling, and no others', () => {
    for (const phone of ['203-555-0107', '(203) 555-0107', '+1 203.555.0107', '2035550107'])
      expect(found(phone)).toEqual([]);
    expect(found('READER@team.example')).toEqual([]);
    expect(found('x.reader@team.example')).toEqual(['e-mail-address']);
    expect(found('reader@team.example.evil')).toEqual(['e-mail-address']);
    expect(found('203-555-0107', { phones: [] })).toContain('phone');
  });

  test('finds the planted words, in any case', () => {
    expect(found('a Zzplum there')).toEqual([]);
    expect(found('a zzPLUM there', { canaries: ['Zzplum'] })).toEqual(['canary']);
  });

  test('takes no deadline, reference, clause or number of hours for a person', () => {
    for (const text of [
      'CR-20355-501880 and CR-7F3KD-9QXMT2.A12',
      'C.G.S. 17a-101b and 17a-103(c); Public Act 14-186; 22 U.S.C. 7102; DCF-136',
      'by Mon, Nov 9, 2026, 10:00 PM, 96 hours after it; D12a, D19b',
      'by Mon, Nov 9, 10:00 PM EST or by Mon, Nov 9',
      'antes del lunes 9 de noviembre de 2026, 10:00 p. m. o antes del lun 9 nov',
      'at least 90 days before it, for 60 minutes',
    ])
      expect([text, found(text)]).toEqual([text, []]);
  });

  test('finds an instant in a calendar object that is no deadline', () => {
    const mail = withCalendar(sample.message, () => 'BEGIN:VEVENT\r\nDTSTART:20110303T050000Z\r\nEND:VEVENT\r\n');
    expect(leaksIn(mail, expectedOf(sample))).toEqual([{ rule: 'birth-date', where: 'attachment' }]);
  });
});

describe('a mail about no alert', () => {
  const about = { sender: post.sender, to: post.to, consoleUrl: post.consoleUrl, now: '2026-11-09T16:00:00.000Z' };
  const notices = [...gapMails(), ...draftMails(), ...findingMails(), ...shiftMails(), ...agreementMails()];

  test.each(notices.map(({ name, message }) => [name, message] as const))('%s may go', (_, message) => {
    expect(noticeLeaks(message, about)).toEqual([]);
  });

  test.each(notices.map(({ name, message }) => [name, message] as const))(
    '%s may not go with a birth date in it',
    (_, message) => {
      const leaky = { ...message, text: `${message.text}\n4/17/2011` };
      expect(noticeLeaks(leaky, about)).toEqual([{ rule: 'birth-date', where: 'text' }]);
    },
  );
});
