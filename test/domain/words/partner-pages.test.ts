/** No word that a member or provider meets on a page behind a mail lacks Spanish. */
import { describe, expect, it } from 'vitest';
import { commands } from '../../../shared/domain/commands.ts';
import { partnerWords } from '../../../shared/domain/words/code-words.ts';
import {
  actsInSpanish,
  codesInSpanish,
  labelsInSpanish,
  stepsInSpanish,
} from '../../../shared/domain/words/partner-pages.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const ofPartners = Object.entries(commands)
  .filter(([, { roles }]) => roles.some((role) => role === 'mdt-member' || role === 'provider'))
  .map(([name, { input }]) => [name, Object.keys(input.shape)] as const);

describe('Spanish for members and providers', () => {
  it('has each act that they may do, and no other', () => {
    expect(Object.keys(actsInSpanish).toSorted()).toEqual(ofPartners.map(([name]) => name).toSorted());
  });

  it.each(ofPartners)('has a label for each field of %s', (_, fields) => {
    expect(fields.filter((field) => labelsInSpanish[field] === undefined)).toEqual([]);
  });

  it('has no label of a field that none of their acts has, but of the note that they read in History', () => {
    // A label may be said of one act alone: `act.field`.
    const fields = new Set(ofPartners.flatMap(([act, each]) => each.flatMap((field) => [field, `${act}.${field}`])));
    expect(Object.keys(labelsInSpanish).filter((label) => !fields.has(label))).toEqual(['safeContact']);
  });

  it('has the words of each seat of a team', () => {
    const seats = connecticutPolicy.team.seats.map(({ discipline }) => discipline);
    expect(seats.length).toBeGreaterThan(5);
    for (const seat of seats) expect(partnerWords(seat, 'es')).toMatch(/^[\p{Lu}\p{Ll}]/u);
  });

  it('says each next step in at most twenty words, as a request to "usted"', () => {
    const sentences = Object.values(stepsInSpanish).map((say) => say('medicina'));
    for (const sentence of [...sentences, ...Object.values(actsInSpanish), ...Object.values(codesInSpanish)]) {
      expect(sentence.split(' ').length).toBeLessThanOrEqual(20);
      expect(sentence).not.toMatch(/\b(?:tú|tu|tus|te|ti)\b/i);
    }
    for (const sentence of sentences) expect(sentence).toMatch(/^(?:Acepte|Firme|Diga|Responda|Inicie) /);
  });
});
