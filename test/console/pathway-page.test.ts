import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connecticutPolicy as policy } from '../support/released-policy.ts';
import type { Tables } from '../support/tables.ts';
import { startConsole, type Window } from './window.ts';

let tables: Tables;
let careline: Window;

beforeAll(async () => {
  ({ tables, careline } = await startConsole());
});
afterAll(() => tables.stop());

const textOf = (html: string) =>
  html
    .replaceAll(/<svg.*?<\/svg>/gs, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll(/\s+/g, ' ');

describe('the page of the pathway', () => {
  it('is linked for a caseworker and for an auditor, and open to a member of a team', async () => {
    for (const personId of ['P-CASEWORKER-NEW-HAVEN-1', 'P-AUDITOR-1', 'P-MDT-MEDICAL-NEW-HAVEN-1']) {
      const person = await careline.person(personId);
      const isStaff = !personId.includes('MDT');
      expect((await person.get('/')).html.includes('>The pathway</a>')).toBe(isStaff);
      expect((await person.get('/policy')).status).toBe(200);
    }
  });

  it('asks a stranger to sign in', async () => {
    expect((await careline.browser().get('/policy')).location).toContain('/sign-in?return=%2Fpolicy');
  });

  it('says in tables, for readers aloud, what the pictures show', async () => {
    const { html } = await (await careline.person('P-CASEWORKER-NEW-HAVEN-1')).get('/policy');
    const text = textOf(html);
    for (const { id, obligation } of policy.deadlines) expect(text).toContain(`${obligation} ${id}`);
    for (const words of [
      'The same as a table: A report arrives',
      'law, tightened from 72 hours by an assumption of this product',
      'Careline worker, HART liaison',
      'a person records the notice to the police: agency, person reached, how, when, and the reference of the agency',
      'In DCF care: Basis noted, no new petition',
    ])
      expect(text).toContain(words);
    expect(html.match(/<svg(?![^>]*aria-hidden="true")/g)).toBe(null);
  });
});
