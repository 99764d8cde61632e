import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fill, loadFrame, loadTemplates, writeTemplate } from '../../../shared/alerts/compose/template.ts';
import { mailFrame, templateNamed, templates } from '../../../shared/alerts/compose/templates.ts';
import { draftMails, everyMail, findingMails, gapMails, letterMails, shiftMails } from './every-mail.ts';

const one = { subject: '{reference}: one', lines: ['Asked: {asked}'] };
const good = { id: 'one', version: 1, en: one, es: one };

describe('a template', () => {
  test('with a placeholder outside the list does not compile, and does not load', () => {
    const given = writeTemplate({
      ...good,
      // @ts-expect-error No mail may hold a name.
      en: { subject: '{childName}', lines: ['One.'] },
    });
    expect(() => loadTemplates([given])).toThrow(
      'The template one has the placeholder {childName}, which no mail may hold: use one of reference,',
    );
  });

  test.each([
    ['in a line', { ...one, lines: ['Of {birthDate}.'] }],
    ['in a line under a condition', { ...one, lines: [{ when: 'decision', say: '{narrative}' }] }],
    ['in the plain subject', { ...one, plainSubject: '{town}' }],
    ['that is empty', { ...one, lines: ['{}'] }],
    ['that is a path', { ...one, lines: ['{state.child}'] }],
    ['that the language inherits', { ...one, lines: ['{constructor}'] }],
  ])('does not load with an unknown placeholder %s', (_, said) => {
    expect(() => loadTemplates([{ ...good, en: said, es: said }])).toThrow('which no mail may hold');
  });

  test.each([
    ['without Spanish', [{ ...good, es: undefined }], 'is wrong at es'],
    ['without a line', [{ ...good, es: { ...one, lines: [] } }], 'is wrong at es.lines'],
    [
      'with an unknown condition',
      [{ ...good, en: { ...one, lines: [{ when: 'x', say: 'y' }] } }],
      'is wrong at en.lines',
    ],
    ['with something beside its words', [{ ...good, html: '<b>' }], 'is wrong at'],
    ['whose languages differ', [{ ...good, es: { ...one, lines: ['Pedido.'] } }], 'does not say the same in both'],
    ['of one version twice', [good, good], 'one in version 1 is there twice'],
  ])('%s does not load', (_, given, sentence) => {
    expect(() => loadTemplates(given)).toThrow(sentence);
  });

  test('loads beside an older version of itself', () => {
    expect(loadTemplates([good, { ...good, version: 2 }])).toHaveLength(2);
  });

  test('says a line once for each value, and leaves out a line without one', () => {
    const facts = { values: { asked: ['this', 'that'], owed: [] }, flags: ['decision'] } as const;
    expect(fill('Do {asked}.', facts)).toEqual(['Do this.', 'Do that.']);
    expect(fill('Owed: {owed}.', facts)).toEqual([]);
    expect(fill('Others: {others}.', facts)).toEqual([]);
    expect(fill({ when: 'decision', say: 'Decide.' }, facts)).toEqual(['Decide.']);
    expect(fill({ when: 'conflict', say: 'Agree.' }, facts)).toEqual([]);
  });

  test('fills nothing into a value', () => {
    expect(fill('Do {asked}.', { values: { asked: '{link}', link: 'x' }, flags: [] })).toEqual(['Do {link}.']);
  });

  test('that is missing is an error that says so', () => {
    expect(() => templateNamed('gone')).toThrow('There is no template "gone".');
  });
});

test('the frame of every mail has no placeholder outside the list either', () => {
  expect(() => loadFrame({ ...mailFrame, en: { ...mailFrame.en, footer: ['{child}'] } })).toThrow('no mail may hold');
});

test('every template belongs to an alert, in both languages', () => {
  const sent = new Set(
    [...everyMail(), ...gapMails(), ...letterMails(), ...draftMails(), ...findingMails(), ...shiftMails()].map(
      ({ name }) => name,
    ),
  );
  expect(templates.flatMap(({ id }) => [`${id} in en`, `${id} in es`]).filter((name) => !sent.has(name))).toEqual([]);
});

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** Each version as it was released. A changed wording needs a new version and a line here. */
const released: Readonly<Record<string, string>> = {
  'alarm-over 2': '1d75bd129a99',
  'alarm-too-late 2': '22374e728101',
  'answer-needed 5': '2f69e603810a',
  'audit-findings 1': '09244dfd1fbf',
  'charges-faced 1': 'bdac8456ea74',
  'deadline-opened 1': '637b5a02d899',
  'decision-due 1': '1ff4ae429b63',
  'digest 2': '2c0ea27be777',
  'do-not-alert-caregiver 1': 'b7da30436207',
  'draft-ended 1': 'b11082badceb',
  'draft-ends-soon 1': 'b06ce3491030',
  'draft-left 3': 'c46ab75f0fb3',
  'emergency-access-taken 2': '3a018470d13c',
  'escalation 2': '5eabe003421a',
  'frame 4': 'be8919fce519',
  'holder-changed 1': '744f21f27549',
  'linkage-offered 1': 'c0fd7572c209',
  'mdt-invitation-sent 1': 'fac09a19d665',
  'mdt-invited 2': 'd0fd13ff22ac',
  'meeting-cancelled 1': 'd1f1f901e4f4',
  'meeting-left 1': '01b23b050bd2',
  'meeting-moved 1': '22d97c8e22e3',
  'meeting-scheduled 1': '3f777e86356e',
  'missed 1': '83b47a4bdca0',
  'outreach-paused 1': '1d0e178886fe',
  'outreach-resumed 1': 'c0d4bfda5c44',
  'police-notice-due 1': 'dc89456b3a25',
  'referral-closed 2': '851668ff78bc',
  'referral-merged 1': '003e2e1afc26',
  'referral-opened 2': '4787994ae22f',
  'referral-sealed 1': '8a4a18b1061f',
  'referral-withdrawn 1': 'ac3b8a95243a',
  'reminder 1': '5a1c5aec5aa3',
  'removal-review 1': 'ce51e8e5d42d',
  'report-merged 1': '1b84f67ef217',
  'response-due 1': 'a7e1ed890c87',
  'ring 2': 'cff80b54397a',
  'roster-gaps 2': '2ff5937fd8d5',
  'safety-changed 1': 'a073a23f0676',
  'screening-due 1': '5e4933e78c66',
  'sealed-match 1': 'e29d0267c209',
  'seat-not-reached 1': 'c2747aa1b97e',
  'seat-removed 1': '7266a3720fae',
  'several 1': '5e36eb0cdb43',
  'shifts-at-fault 1': '62f2a21ec844',
  'tribal-membership 1': 'f18154d4729f',
  'warning 2': 'ea8a51732597',
};

test('drafts that ended have a subject of their own, and never one that says a clock runs', () => {
  const of = (name: string) => draftMails().find((each) => each.name === name)?.message;
  expect(of('draft-ended in en')?.subject).toBe('Drafts of reports ended');
  expect(of('draft-ended in es')?.subject).toBe('Terminaron borradores de avisos');
  expect(of('draft-ended in en')?.text).not.toMatch(/clocks run/);
  expect(of('draft-left in en')?.subject).toBe('Reports were begun and not sent');
  expect(of('draft-left in en')?.text).toMatch(/clocks run[\s\S]*These drafts ended/);
});

test('a template never changes after its release', () => {
  const now = Object.fromEntries(
    [
      ...templates.map((each) => [`${each.id} ${each.version}`, digest(each)]),
      [`frame ${mailFrame.version}`, digest(mailFrame)],
    ].toSorted(),
  );
  expect(now).toEqual(released);
});
