import { describe, expect, test } from 'vitest';
import { notesOn } from '../../functions/console/referral/alert-notes.ts';
import { referral, type Told } from '../support/referral-builder.ts';

const opened = (told: Told = {}) => referral(told).run();
const notes = (kind: Parameters<typeof notesOn>[0]['kind'], story = opened()) =>
  notesOn({ kind }, story.state).join(' ');

describe('a duty without a number, on its page', () => {
  test('about charges tells prosecutor and counsel that an exploited person is a victim', () => {
    expect(notes('charges-faced')).toMatch(/is a victim.*C\.G\.S\. 53a-192a.*diversion/);
  });

  test('about a tribe says whether it is known, and that the clause is not confirmed', () => {
    expect(notes('tribal-membership', opened({ tribalMember: 'yes' }))).toContain('is recorded');
    expect(notes('tribal-membership')).toMatch(/is not recorded.*not confirmed/);
  });

  test('adds nothing to any other alert', () => {
    expect(notes('checkpoint')).toBe('');
  });
});
