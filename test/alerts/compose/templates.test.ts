import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  fill,
  fillFirst,
  loadFrame,
  loadTemplates,
  writeTemplate,
} from '../../../shared/alerts/compose/mail-template.ts';
import { mailFrame, templateNamed, templates } from '../../../shared/alerts/compose/templates.ts';
import {
  agreementMails,
  draftMails,
  everyMail,
  findingMails,
  gapMails,
  letterMails,
  shiftMails,
} from './every-mail.ts';

const one = { subject: ['One – {reference}'], lines: ['Asked: {task}'], button: ['Do it'] };
const good = { id: 'one', version: 1, en: one, es: one };

describe('a template', () => {
  test('with a placeholder outside the list does not compile, and does not load', () => {
    const given = writeTemplate({
      ...good,
      // @ts-expect-error No mail may hold a name.
      en: { ...one, subject: ['{childName}'] },
    });
    expect(() => loadTemplates([given])).toThrow(
      'The template one has the placeholder {childName}, which no mail may hold: use one of reference,',
    );
  });

  test.each([
    ['in a line', { ...one, lines: ['Of {birthDate}.'] }],
    ['in a line under a condition', { ...one, lines: [{ when: 'decision', say: '{narrative}' }] }],
    ['in the subject', { ...one, subject: ['{town}'] }],
    ['in the heading', { ...one, heading: ['{town}'] }],
    ['in the button', { ...one, button: ['{town}'] }],
    ['that is empty', { ...one, lines: ['{}'] }],
    ['that is a path', { ...one, lines: ['{state.child}'] }],
    ['that the language inherits', { ...one, lines: ['{constructor}'] }],
  ])('does not load with an unknown placeholder %s', (_, said) => {
    expect(() => loadTemplates([{ ...good, en: said, es: said }])).toThrow('which no mail may hold');
  });

  test.each([
    ['without Spanish', [{ ...good, es: undefined }], 'is wrong at es'],
    ['without a button', [{ ...good, es: { ...one, button: [] } }], 'is wrong at es.button'],
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
    const facts = { values: { task: ['this', 'that'], owed: [] }, flags: ['decision'] } as const;
    expect(fill('Do {task}.', facts)).toEqual(['Do this.', 'Do that.']);
    expect(fill('Owed: {owed}.', facts)).toEqual([]);
    expect(fill('Others: {others}.', facts)).toEqual([]);
    expect(fill({ when: 'decision', say: 'Decide.' }, facts)).toEqual(['Decide.']);
    expect(fill({ when: 'conflict', say: 'Agree.' }, facts)).toEqual([]);
  });

  test('fills nothing into a value', () => {
    expect(fill('Do {task}.', { values: { task: '{act}', act: 'x' }, flags: [] })).toEqual(['Do {act}.']);
  });

  test('shows the first of several texts that holds and fits, as a sentence', () => {
    const facts = { values: { act: 'notify police', by: 'Mon 10:00 PM' }, flags: [] } as const;
    const texts = ['{owed}', { when: 'overdue', say: 'OVERDUE: {act}' }, '{act} by {by}', '{act}'] as const;
    expect(fillFirst([...texts], facts)).toBe('Notify police by Mon 10:00 PM');
    expect(fillFirst([...texts], { ...facts, flags: ['overdue'] })).toBe('OVERDUE: notify police');
    expect(fillFirst([...texts], facts, 20)).toBe('Notify police');
    expect(fillFirst([...texts], facts, 5)).toBe('Notify police');
    expect(() => fillFirst(['{owed}'], facts)).toThrow('without a value');
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
    [
      ...everyMail(),
      ...gapMails(),
      ...letterMails(),
      ...draftMails(),
      ...findingMails(),
      ...shiftMails(),
      ...agreementMails(),
    ].map(({ name }) => name),
  );
  expect(templates.flatMap(({ id }) => [`${id} in en`, `${id} in es`]).filter((name) => !sent.has(name))).toEqual([]);
});

const digest = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12);

/** Each version as it was released. A changed wording needs a new version and a line here. */
const released: Readonly<Record<string, string>> = {
  'agreements-end 1': 'f7b06a909819',
  'alarm-moved 1': 'd9178b64bf08',
  'alarm-over 3': '95f119336dc4',
  'alarm-too-late 3': '7f16dd45a2f2',
  'answer-needed 7': '6babbee6c109',
  'audit-findings 2': 'bac92d255bf3',
  'charges-faced 2': 'b5e47ce8daa4',
  'deadline-opened 2': '94fbeb6ed710',
  'decision-due 2': '3b8212c5e471',
  'digest 4': '79c9e82e8ac4',
  'do-not-alert-caregiver 2': '03aea1af1fdb',
  'draft-ended 2': '3e6cdebff55c',
  'draft-ends-soon 2': '7da5e7911907',
  'draft-left 4': 'ac2f58755449',
  'emergency-access-taken 3': '1f098b846c19',
  'escalation 3': '825cf77b30ad',
  'frame 5': '5b4cacb5e7fa',
  'hearing-ahead 1': 'a08e15ff0f2e',
  'hearing-cancelled 1': '53b09cc09ade',
  'hearing-left 1': '14e956c9e11e',
  'hearing-moved 1': '7f6428dc8d23',
  'hearing-set 1': '98f288d3c70d',
  'holder-changed 2': 'b87880ff3526',
  'linkage-offered 3': 'e5694235f81a',
  'mdt-invitation-sent 2': '9e66268e8693',
  'mdt-invited 4': 'eae45dde774e',
  'meeting-agenda 1': '2d5434a10bc9',
  'meeting-cancelled 2': '7f8c0d5931ab',
  'meeting-left 2': 'c030746125f3',
  'meeting-met 1': 'a77bde51dcb6',
  'meeting-moved 2': '95f4bbd68f5d',
  'meeting-scheduled 2': '94a00259172c',
  'missed 2': '86ccc51ee851',
  'outreach-paused 2': 'fea33f9ed28f',
  'outreach-resumed 2': '6a8095166553',
  'police-notice-due 2': '0740a0e74e85',
  'referral-closed 3': '8086c74ec5dd',
  'referral-merged 2': '81faf0f1667b',
  'referral-opened 3': '333e46f5f073',
  'referral-sealed 2': '9a4ebbda722c',
  'referral-withdrawn 2': '85256695c8ee',
  'reminder 2': '88f7df4c2905',
  'removal-review 2': 'ffc382b3e6ac',
  'report-merged 2': '4479b937181a',
  'response-due 2': '04bcd1c06663',
  'ring 3': '259a8166de8c',
  'roster-gaps 3': 'da13b83dcb4d',
  'safety-changed 2': 'abc2f63b8e33',
  'screening-due 2': '6bab93090e63',
  'sealed-match 2': '1a788e508a2b',
  'seat-not-reached 2': '998ff798615d',
  'seat-removed 2': '5a568e6eacd9',
  'several 2': '82333e90dccc',
  'shifts-at-fault 2': 'cbd051929440',
  'tribal-membership 2': '9e7c34528e1f',
  'visit-cancelled 1': 'a56d2e04caaf',
  'visit-left 1': 'd16f32e724f1',
  'visit-moved 1': 'e56c9dac19c6',
  'visit-set 1': '294f44ee7aa5',
  'warning 3': '822fff938254',
};

test('drafts that ended have a subject of their own, and never one that says a clock runs', () => {
  const of = (name: string) => draftMails().find((each) => each.name === name)?.message;
  expect(of('draft-ended in en')?.subject).toBe('Check drafts of reports that ended');
  expect(of('draft-ended in es')?.subject).toBe('Revise borradores que terminaron');
  expect(of('draft-ended in en')?.text).not.toMatch(/clocks run/);
  expect(of('draft-left in en')?.subject).toBe('Send the unsent reports');
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
