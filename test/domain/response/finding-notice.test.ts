/** The notice of a finding: a person mails it, first class, and counsel judges its safety (docs/domain.md#notice-of-finding). */
import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../../shared/domain/next-steps/next-steps.ts';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { noToAll, referral, type Told } from '../../support/referral-builder.ts';

const investigated = (told: Told = {}) => referral(told).run().do('classify-report', { track: 'investigation' });
const disposed = (disposition: string, more: object = {}) => ({ disposition, reasonableCause: 'no', ...more });
const found = (told: Told = {}) => investigated(told).do('record-disposition', disposed('substantiated'));
/** The checklist says that no caregiver had a part in it. */
const cleared = () => found({ perpetrators: ['third-party'] }).do('answer-checklist', { answers: noToAll });
const mail = 'record-finding-notice';
const elsewhere = { childLivesThere: 'no' };
const saysYes = { mayMail: 'yes' };

describe('11.6 the notice of a finding (C.G.S. 17a-101k(b))', () => {
  it.each([
    ['a Monday before Veterans Day', '2026-11-09T15:00:00Z', '2026-11-17T22:00:00Z'],
    ['a Friday evening', '2026-11-14T00:30:00Z', '2026-11-20T22:00:00Z'],
    ['the Saturday before the clocks go forward', '2026-03-07T20:00:00Z', '2026-03-13T21:00:00Z'],
    ['the week of Thanksgiving', '2026-11-23T15:00:00Z', '2026-12-01T22:00:00Z'],
  ])('from %s: five business days', (_, receivedAt, due) => {
    expect(found({ receivedAt }).deadline('D40').due).toBe(due);
  });

  it('starts when the finding was made, and not when it was recorded', () => {
    const at = '2026-11-10T15:00:00.000Z';
    const story = investigated().after('P3D').do('record-disposition', disposed('substantiated', { at }));
    expect(story.deadline('D40')).toMatchObject({ start: at, due: '2026-11-18T22:00:00Z' });
  });

  it('is not owed where nothing was substantiated, and opens with a later finding', () => {
    const story = investigated().do('record-disposition', disposed('not-substantiated'));
    expect(story.open()).not.toContain('D40');
    expect(story.refused('ask-finding-safety')).toBe('no-notice-owed');
    story.after('P2D').do('record-disposition', disposed('substantiated'));
    expect(story.deadline('D40').start).toBe(story.now);
  });

  it('is the assigned social worker’s, then the area supervisor’s and counsel’s, and awaits legal sign-off', () => {
    expect(ruleIn(connecticut20261, 'D40')).toMatchObject({
      kind: 'statute',
      confidence: 'verified',
      awaitsLegalSignOff: true,
      keptBy: ['finding-notified'],
      alert: ['caseworker'],
      escalate: ['area-supervisor', 'legal'],
      closing: 'waits',
      alarm: { class: 'today' },
    });
  });

  it('is kept by the letter alone, and the letter keeps no notice to the parents', () => {
    const story = cleared().after('P1D').do(mail, elsewhere);
    expect(story.deadline('D40')).toMatchObject({ status: 'kept', late: false });
    expect(story.deadline('D38').status).toBe('open');
    expect(story.state.response.findingNotice).toMatchObject({ by: 'CASEWORKER', at: story.now });
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it.each(['phone', 'in-person'])('cannot be given by %s', (method) => {
    expect(() => cleared().do(mail, { ...elsewhere, method })).toThrow('method');
  });
});

describe('11.6 the safety of the letter', () => {
  it('asks where the child lives, and has no answer of its own', () => {
    expect(() => cleared().do(mail)).toThrow('childLivesThere');
  });

  it.each(['yes', 'unknown'])('is for counsel where the child lives at its address: %s', (childLivesThere) => {
    const story = cleared();
    expect(story.refused(mail, { childLivesThere })).toBe('ask-counsel');
    story.do('ask-finding-safety').do('answer-finding-safety', saysYes, 'legal');
    expect(story.refused(mail, { childLivesThere })).toBe('accepted');
  });

  it.each([
    ['a caregiver is said to have had a part in it', 'caregiver'],
    ['no one knows whether a caregiver had a part in it', 'third-party'],
  ] as const)('is for counsel while %s, and a question stops no clock', (_, relation) => {
    const story = found({ perpetrators: [relation] });
    expect(story.refused(mail, elsewhere)).toBe('ask-counsel');
    expect(() => story.do('answer-finding-safety', saysYes, 'area-supervisor')).toThrow('may not do');
    story.do('ask-finding-safety').after('PT1H');
    expect(story.deadline('D37j')).toMatchObject({ due: '2026-11-10T22:00:00Z', status: 'open' });
    expect(story.deadline('D40').status).toBe('open');
    story.do('answer-finding-safety', saysYes, 'legal');
    expect(story.deadline('D37j').status).toBe('kept');
    expect(story.refused(mail, elsewhere)).toBe('accepted');
  });

  it('is stopped by counsel’s no, which ends no duty before counsel finds that it does not apply', () => {
    const story = cleared().do('answer-finding-safety', { mayMail: 'no' }, 'legal');
    expect(story.refused(mail, elsewhere)).toBe('counsel-said-no');
    expect(story.deadline('D40').status).toBe('open');
    story.do('find-not-applicable', { deadlineId: story.deadline('D40').id }, 'legal');
    expect(story.deadline('D40').status).toBe('not-applicable');
  });

  it('is judged anew once a caregiver is named after counsel’s yes', () => {
    const story = cleared().do('answer-finding-safety', saysYes, 'legal').do('record-facts', { caregiverNamed: 'yes' });
    expect(story.refused(mail, elsewhere)).toBe('ask-counsel');
  });

  it('is asked of counsel before the letter is offered, and the page says why', () => {
    const story = found({ perpetrators: ['caregiver'] });
    const step = () =>
      nextSteps(
        story.state,
        story.policy,
        { id: 'P-1', roles: ['caseworker'], scopes: [{ role: 'caseworker', scope: 'OFFICE-NEW-HAVEN' }] },
        { now: story.now, invitedOnly: false },
      ).find(({ rule }) => rule === 'D40');
    expect(step()?.acts.map(({ command }) => command)).toEqual(['ask-finding-safety']);
    expect(step()?.note).toContain('Do not mail it yet');
    story.do('answer-finding-safety', saysYes, 'legal');
    expect(step()?.acts.map(({ command }) => command)).toEqual([mail]);
    expect(step()?.note).toBeUndefined();
  });

  it('waits for a pause of outreach', () => {
    const until = '2026-11-11T15:00:00.000Z';
    const story = cleared().do('pause-outreach', { agencyId: 'PD-HARTFORD', until });
    expect(() => story.do(mail, elsewhere)).toThrow(doNotContact(until));
  });
});

it('closing waits for the notice of a finding', () => {
  expect(found().unmet().join(' ')).toContain('D40');
});
