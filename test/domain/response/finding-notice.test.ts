/** The notice of a finding: a person gives or withholds it (docs/domain.md#notice-of-finding). */
import { describe, expect, it } from 'vitest';
import { ruleIn } from '../../../shared/domain/policy/policy.ts';
import { doNotContact } from '../../../shared/domain/response/outreach-pause.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';
import { noToAll, referral, type Told } from '../../support/referral-builder.ts';

const investigated = (told: Told = {}) => referral(told).run().do('classify-report', { track: 'investigation' });
const disposed = (disposition: string, more: object = {}) => ({ disposition, reasonableCause: 'no', ...more });
const found = (told: Told = {}) => investigated(told).do('record-disposition', disposed('substantiated'));
/** The checklist says that no caregiver had a part in it. */
const cleared = () => found({ perpetrators: ['third-party'] }).do('answer-checklist', { answers: noToAll });
const alleged = () => found({ perpetrators: ['caregiver'] });
const told = { method: 'letter' };

describe('the decision on the notice of a finding (C.G.S. 17a-101k(b))', () => {
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
    expect(story.refused('withhold-finding-notice')).toBe('no-notice-owed');
    story.after('P2D').do('record-disposition', disposed('substantiated'));
    expect(story.deadline('D40').start).toBe(story.now);
  });

  it('is the assigned social worker’s, then the area supervisor’s, and awaits legal sign-off', () => {
    expect(ruleIn(connecticut20261, 'D40')).toMatchObject({
      kind: 'statute',
      confidence: 'verified',
      awaitsLegalSignOff: true,
      alert: ['caseworker'],
      escalate: ['area-supervisor'],
      closing: 'waits',
      alarm: { class: 'today' },
    });
  });

  it.each([
    ['given', 'record-finding-notice', told],
    ['withheld', 'withhold-finding-notice', {}],
  ] as const)('is kept where the notice is %s, and keeps no notice to the parents', (decision, command, input) => {
    const story = cleared().after('P1D').do(command, input);
    expect(story.deadline('D40')).toMatchObject({ status: 'kept', late: false });
    expect(story.deadline('D38').status).toBe('open');
    expect(story.state.response.findingNotice).toMatchObject({ decision, by: 'CASEWORKER' });
    expect(story.state.response.parentsNotice).toBeUndefined();
    expect(JSON.stringify(story.events())).not.toContain('her own words');
  });

  it('can still be given after it was withheld', () => {
    const story = cleared().do('withhold-finding-notice').after('P3D').do('record-finding-notice', told);
    expect(story.state.response.findingNotice?.decision).toBe('given');
  });

  it('is not withheld any more once it was given', () => {
    const story = cleared().do('record-finding-notice', told);
    expect(story.refused('withhold-finding-notice')).toBe('notice-given');
    expect(story.state.response.findingNotice?.decision).toBe('given');
  });

  it('needs a reason in words to withhold it', () => {
    expect(() => cleared().do('withhold-finding-notice', { reason: ' ' })).toThrow('reason');
  });
});

describe('the same safety check as for the parents', () => {
  it('refuses while a caregiver is said to have had a part in it, unless another person is told', () => {
    const story = alleged();
    for (const hadPart of [undefined, 'yes', 'unknown']) {
      expect(story.refused('record-finding-notice', { ...told, ...(hadPart && { hadPart }) })).toBe(
        'not-the-caregiver',
      );
    }
    expect(story.refused('record-finding-notice', { ...told, hadPart: 'no' })).toBe('accepted');
  });

  it('is lifted by a supervisor for this notice alone, until a caregiver is named', () => {
    const story = found({ perpetrators: ['third-party'] }).do('approve-parents-notice');
    expect(story.refused('record-finding-notice', told)).toBe('caregiver-not-cleared');
    expect(() => story.do('approve-finding-notice', {}, 'caseworker')).toThrow('may not do');
    story.do('approve-finding-notice', {}, 'area-supervisor');
    expect(story.refused('record-finding-notice', told)).toBe('accepted');
    story.do('record-facts', { caregiverNamed: 'yes' });
    expect(story.refused('record-finding-notice', told)).toBe('not-the-caregiver');
  });

  it('waits for a pause of outreach', () => {
    const until = '2026-11-11T15:00:00.000Z';
    const story = cleared().do('pause-outreach', { agencyId: 'PD-HARTFORD', until });
    expect(() => story.do('record-finding-notice', told)).toThrow(doNotContact(until));
  });
});

it('closing waits for the decision on the notice of a finding', () => {
  expect(found().unmet().join(' ')).toContain('D40');
});
