import { describe, expect, test } from 'vitest';
import {
  callAnswersIn,
  childsNumberIn,
  noteOf,
  sceneAnswersIn,
  worstScene,
} from '../../../shared/domain/intake/call-answers.ts';
import { childFactsOf, childInput, reportInput } from '../../../shared/domain/intake/report.ts';
import { labelOf } from '../../../shared/domain/words/field-words.ts';
import { type Desk, startDesk } from '../../support/desk.ts';

describe('the answers of a call', () => {
  test('that were not asked are left out, and unknown stays an answer', () => {
    expect(sceneAnswersIn({ weapon: 'unknown', hurt: undefined })).toEqual({ weapon: 'unknown' });
    expect([sceneAnswersIn({}), callAnswersIn({})]).toEqual([undefined, undefined]);
  });

  test('in words are one note, each with its question', () => {
    expect(noteOf({ whereExactly: 'Room 12', suspect: 'A man, gray car' }, labelOf)).toBe(
      'Where exactly is the child? Room 12\nSuspect: name, car and plate, phone, handles, access to the child: A man, gray car',
    );
    expect(noteOf({}, labelOf)).toBe('');
  });

  test('give workers the number of a child who called, and never that of another caller', () => {
    const reporter = { safeNumber: '203-555-0188' };
    expect(childsNumberIn({ callerIs: 'the-child', reporter })).toBe('203-555-0188');
    expect(childsNumberIn({ callerIs: 'with-the-child', reporter })).toBeUndefined();
    expect(childsNumberIn({ callerIs: 'the-child' })).toBeUndefined();
  });

  test('of several reports about one child count with the more dangerous one', () => {
    expect(
      worstScene([
        { weapon: 'no', hurt: 'unknown', suicidal: 'no' },
        { weapon: 'yes', hurt: 'no', suicidal: 'no' },
      ]),
    ).toEqual({ weapon: 'yes', hurt: 'unknown', suicidal: 'no' });
    expect(worstScene([])).toBeUndefined();
  });

  test('are no part of the facts of the first event, whose shape is frozen', () => {
    const child = childInput.parse({ danger: 'yes', weapon: 'yes', whereExactly: 'Room 12' });
    expect(Object.keys(childFactsOf(child, undefined))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/weapon|whereExactly/)]),
    );
  });
});

describe('a telephone number of a report', () => {
  const phone = (of: object) => reportInput.safeParse({ narrative: 'Words.', children: [{ danger: 'no' }], ...of });

  test.each(['abc', 'ask the desk'])('is not %s', (written) => {
    expect(phone({ reporter: { phone: written } }).success).toBe(false);
    expect(childInput.safeParse({ danger: 'no', phone: written }).success).toBe(false);
  });

  test('may be a part of a number, except the one to call back', () => {
    expect(phone({ reporter: { phone: 'ends in 0142' } }).success).toBe(true);
    expect(phone({ reporter: { safeNumber: '0142' } }).success).toBe(false);
    expect(phone({ reporter: { safeNumber: '203-555-0142' } }).success).toBe(true);
    expect(phone({ reporter: { safeNumber: '' } }).success).toBe(true);
  });
});

test('what is added later is a second note, and its answers take the place of the first', async () => {
  const desk: Desk = await startDesk();
  try {
    const id = await desk.opened({ weapon: 'no', hurt: 'yes', withWhom: 'CANARY a man' }, { overheard: 'yes' });
    await desk.do(id, 'add-to-report', { notes: 'CANARY he has a gun', weapon: 'yes' }, 'careline-worker');
    const { report } = await desk.state(id);
    expect([report.scene, report.call]).toEqual([{ weapon: 'yes', hurt: 'yes' }, { overheard: 'yes' }]);
    const wordsOf = (text = '') => desk.identities.text(id, text);
    const notes = await Promise.all(
      (report.notes ?? []).map(async (note) => [await wordsOf(note.withWhom), await wordsOf(note.notes)]),
    );
    expect(notes).toEqual([
      ['CANARY a man', undefined],
      [undefined, 'CANARY he has a gun'],
    ]);
    const outside = await Promise.all((['Ledger', 'Board', 'Waits', 'Cursors'] as const).map(desk.items));
    expect(JSON.stringify(outside)).not.toContain('CANARY');
  } finally {
    await desk.stop();
  }
});
