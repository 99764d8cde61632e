/** The page of a second person. It has the reason, the facts, the proposer and the other referral beside *Agree* and *Decline*. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CommandName } from '../../shared/domain/commands.ts';
import { type Proposed, proposals } from '../../shared/domain/core/vocabulary.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let careline: Window;
beforeAll(async () => {
  desk = await startDesk();
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const reason = 'Invented words that say why.';

interface Proposal {
  readonly by: string;
  readonly second: string;
  readonly command: CommandName;
  readonly input: (other: string) => object;
  readonly before?: (id: string) => Promise<void>;
  /** What is proposed, and a fact that it rests on. */
  readonly facts: readonly RegExp[];
}

const withdrawn = { because: 'made-in-error', reason: 'Words.' };
const table: { readonly [Name in Proposed]: Proposal } = {
  downgrade: {
    by: 'hart-liaison',
    second: 'hart-lead',
    command: 'screen',
    input: () => ({ outcome: 'at-risk', rationale: reason }),
    before: (id) => desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison'),
    facts: [/Proposed: outcome ?At risk/, /On record: outcome ?High risk/, /The rules proposed/],
  },
  withdrawal: {
    by: 'careline-supervisor',
    second: 'careline-manager',
    command: 'propose-withdrawal',
    input: (of) => ({ because: 'duplicate', of, reason }),
    facts: [/Proposed: withdraw as ?Duplicate/i, /On record: danger/, /Child seen/, /Whereabouts/],
  },
  clearance: {
    by: 'caseworker',
    second: 'hart-lead',
    command: 'propose-clearance',
    input: () => ({ reason }),
    before: (id) => desk.do(id, 'record-facts', { caregiverNamed: 'yes' }, 'caseworker'),
    facts: [/No caregiver had a part in it/, /Alleged people on record/],
  },
  lowering: {
    by: 'caseworker',
    second: 'area-supervisor',
    command: 'assess-danger',
    input: () => ({ danger: 'no', reason }),
    facts: [/Proposed: danger ?No/, /On record: danger ?Yes/, /Child seen/, /Whereabouts/],
  },
  erasure: {
    by: 'legal',
    second: 'program-manager',
    command: 'propose-erasure',
    input: () => ({ ground: 'court-order', orderReference: 'No. 1', reason }),
    async before(id) {
      await desk.do(id, 'propose-withdrawal', withdrawn, 'careline-supervisor');
      await desk.do(id, 'agree-withdrawal', {}, 'careline-manager');
    },
    facts: [/Erase who the child is, and every text/, /Ground ?Court order/i, /No\. 1/, /The referral ?Withdrawn/i],
  },
};

const textOf = (html: string) => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** The page of an act, by a person who says what for where the page asks. */
async function pageOf(who: string, id: string, name: CommandName): Promise<string> {
  const browser = await signedInAs(careline, who);
  const path = `/referrals/${id}/do/${name}`;
  const { html } = await browser.get(path);
  if (!html.includes(`/referrals/${id}/purpose`)) return html;
  await browser.post(`/referrals/${id}/purpose`, { purpose: 'work-on-referral' });
  return (await browser.get(path)).html;
}

test.each(proposals.map((proposal) => [proposal, table[proposal]] as const))(
  '%s: a person who agrees, or declines, reads above the button what it is, why, on which facts and by which person',
  async (proposal, { by, second, command, input, before, facts }) => {
    const id = await desk.opened({ danger: 'yes' });
    const other = await desk.opened({ danger: 'yes' });
    await before?.(id);
    await desk.do(id, command, input(other), by);
    for (const name of [`agree-${proposal}`, 'refuse-proposal'] as const) {
      const html = await pageOf(second, id, name);
      expect(formIn(html, name)).not.toBe('');
      const [above = ''] = html.split(`id="do-${name}"`);
      const beside = textOf(above);
      for (const said of [reason, personOf(by).name]) expect(beside).toContain(said);
      for (const fact of facts) expect(beside).toMatch(fact);
      // The other answer is one press away.
      const others = name === 'refuse-proposal' ? `agree-${proposal}` : 'refuse-proposal';
      expect(html).toContain(`/do/${others}`);
      // The no has the weight of a button on the page of the yes.
      if (name !== 'refuse-proposal')
        expect(html).toMatch(/<a class="usa-button[^"]*" href="[^"]*\/do\/refuse-proposal/);
      expect(above.includes('Both referrals')).toBe(proposal === 'withdrawal');
      if (proposal === 'withdrawal') expect(above).toContain(`href="/referrals/${other}"`);
    }
  },
);
