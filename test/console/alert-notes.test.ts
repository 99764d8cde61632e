import { describe, expect, test } from 'vitest';
import { notesOn } from '../../functions/console/referral/alert-notes.ts';

const notes = (kind: Parameters<typeof notesOn>[0]['kind']) => notesOn({ kind }).join(' ');

describe('a duty without a number, on its page', () => {
  test('about charges tells prosecutor and counsel that an exploited person is a victim', () => {
    expect(notes('charges-faced')).toMatch(/is a victim.*C\.G\.S\. 53a-192a.*diversion/);
  });

  test('about a tribe asks for the answer, and says that counsel has yet to sign off', () => {
    expect(notes('tribal-membership')).toMatch(/Ask, and record the answer.*awaits legal sign-off/);
  });

  test('adds nothing to any other alert', () => {
    expect(notes('checkpoint')).toBe('');
  });
});
