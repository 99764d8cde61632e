/** Fault 8 of issue 16, "coordinate first": police may have outreach, notices to parents and contact by partners paused. */

import { describe, expect, it } from 'vitest';
import { composeAlert } from '../../../shared/alerts/compose/compose.ts';
import type { Visitor } from '../../../shared/application/access/visitor.ts';
import { stepsThatWaitOn } from '../../../shared/application/read/shown-next-steps.ts';
import { viewFor } from '../../../shared/application/read/view.ts';
import { isPressing } from '../../../shared/domain/alerts/alert-urgency.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { whereKnown } from '../../../shared/domain/core/where-known.ts';
import { pausedUntil } from '../../../shared/domain/response/paused-until.ts';
import { mergeBlockers } from '../../../shared/domain/same-child/merge-blockers.ts';
import { memberOf, noToAll, referral, type Story } from '../../support/referral-builder.ts';
import { offer, signed, stepOf } from '../../support/scenes.ts';

/** Monday, 10:00 in New York; a day later. */
const tuesday = '2026-11-10T15:00:00.000Z';
const pause = { agencyId: 'PD-HARTFORD', until: tuesday, reason: 'The arrest is planned.' };
const suspected = () => referral({ danger: 'no', age: 15 }).run().screen('high-risk');
const advised = () => offer(suspected(), 'victim-advocacy').do('accept-linkage', { service: 'victim-advocacy' });
const paused = () => advised().do('pause-outreach', pause);
const contact = { service: 'victim-advocacy' };
const attempt = { ...contact, reached: 'no' };
const sentence = 'Do not contact the child or family before Tue Nov 10, 2026, 10:00 AM EST: police coordination.';

const visitor = (id: string, role: Visitor['roles'][number], scope: string, at?: string): Visitor => ({
  id,
  name: 'An invented name',
  title: 'An invented title',
  roles: [role],
  scopes: [{ role, scope }],
  ...whereKnown({ at }),
});

describe('a pause of outreach', () => {
  it('is recorded with agency, person reached, reason and end, and no words in the ledger', () => {
    const story = paused();
    expect(pausedUntil(story.state, story.now)).toBe(tuesday);
    expect(story.all('outreach-paused')).toMatchObject([{ agencyId: 'PD-HARTFORD', until: tuesday }]);
    expect(JSON.stringify(story.events())).not.toContain('arrest');
  });

  it.each([
    ['that has passed', '2026-11-09T14:59:00Z', 'until-past'],
    ['in 72 hours', '2026-11-12T15:00:00Z', 'accepted'],
    ['a minute later', '2026-11-12T15:01:00Z', 'pause-too-long'],
  ])('with an end %s', (_, until, answer) => {
    expect(suspected().refused('pause-outreach', { ...pause, until })).toBe(answer);
  });

  it('is not for an agency that the directory does not have', () => {
    expect(suspected().refused('pause-outreach', { ...pause, agencyId: 'NO-ONE' })).toBe('no-such-agency');
  });

  it.each(['careline-worker', 'caseworker', 'area-oncall', 'hart-liaison', 'hart-director'])('is for %s', (as) => {
    const story = suspected();
    expect(story.refused('pause-outreach', pause, as)).toBe('accepted');
    expect(story.refused('lift-outreach-pause', {}, as)).toBe('accepted');
  });

  it('is for the law enforcement member of the team, and for no other member', () => {
    const story = signed(suspected());
    expect(story.refused('pause-outreach', pause, 'seat:medical')).toBe('not-the-police');
    expect(story.refused('pause-outreach', pause, 'seat:law-enforcement')).toBe('accepted');
    expect(story.refused('lift-outreach-pause', {}, 'seat:medical')).toBe('not-the-police');
    expect(story.refused('lift-outreach-pause', {}, 'deputy:law-enforcement')).toBe('accepted');
  });

  it('is renewed by another one before it ends, for at most 72 hours again', () => {
    const story = paused().after('PT20H');
    expect(story.refused('pause-outreach', pause)).toBe('paused-already');
    expect(story.refused('pause-outreach', { ...pause, until: '2026-11-13T11:00:01Z' })).toBe('pause-too-long');
    story.do('pause-outreach', { ...pause, until: '2026-11-13T11:00:00Z' });
    expect(story.state.response.outreachPause).toMatchObject({
      from: '2026-11-09T15:00:00.000Z',
      until: '2026-11-13T11:00:00.000Z',
    });
  });

  it('ends by itself, and then there is nothing to lift', () => {
    const story = paused().after('P1D');
    expect(pausedUntil(story.state, story.now)).toBeUndefined();
    expect(story.refused('lift-outreach-pause')).toBe('not-paused');
    expect(story.refused('record-contact', attempt)).toBe('accepted');
  });

  it('stops no clock', () => {
    const [with_, without] = [paused(), advised()];
    const clocks = ({ state }: Story) =>
      Object.values(state.deadlines).map(({ rule, due, status }) => [rule, due, status]);
    expect(clocks(with_)).toEqual(clocks(without));
    expect(with_.after('P4D').deadline('D19b').missed).toBe(true);
  });

  it('has to be recorded on the referral that this one is to be counted with', () => {
    const [here, there] = [paused(), advised()];
    expect(mergeBlockers(here.state, { other: there.state }, here.now)?.sentence).toContain(
      'pause of outreach (pause-outreach)',
    );
    there.do('pause-outreach', pause);
    expect(mergeBlockers(here.state, { other: there.state }, here.now)).toBeUndefined();
    expect(mergeBlockers(here.state, { other: advised().state }, here.after('P1D').now)).toBeUndefined();
  });
});

describe('while outreach is paused', () => {
  it.each([
    ['record-contact', attempt],
    ['start-linkage', contact],
  ] as const)('%s is refused, and says until when, and who can lift the pause', (command, input) => {
    const answer = paused().ask(command, input);
    expect(answer).toMatchObject({ refused: 'outreach-paused' });
    expect(answer).toMatchObject({ sentence: expect.stringContaining(sentence) });
    expect(answer).toMatchObject({
      sentence: expect.stringContaining('The Careline, the area office, the HART staff'),
    });
  });

  it('a notice to the parents is refused, and withholding it is not', () => {
    const story = referral({ perpetrators: ['third-party'] })
      .run()
      .do('classify-report', { track: 'investigation' })
      .do('answer-checklist', { answers: noToAll })
      .do('pause-outreach', pause);
    expect(story.refused('record-parents-notice', { method: 'phone' })).toBe('outreach-paused');
    expect(story.refused('withhold-parents-notice', { ground: 'criminal-investigation' })).toBe('accepted');
    expect(story.refused('record-parents-notice', { method: 'phone', policeAgreed: 'yes' })).toBe('accepted');
  });

  it('contact that the police agreed to is recorded as such', () => {
    const story = paused().do('record-contact', { ...attempt, policeAgreed: 'yes' });
    expect(story.all('linkage-contacted')).toMatchObject([{ policeAgreed: 'yes' }]);
    expect(story.deadline('D19b').status).toBe('kept');
  });

  it.each(['record-contact', 'start-linkage'] as const)(
    'a provider cannot record, by %s, that police agreed: it must ask the assigned social worker',
    (command) => {
      const provider = 'contact:PV-1';
      const before = paused();
      const said = before.ask(command, stepOf(command, { ...contact, policeAgreed: 'yes' }), provider);
      expect(said).toMatchObject({
        refused: 'police-agreed-by-staff',
        sentence: expect.stringContaining('Ask the assigned social worker.'),
      });
      expect(before.ask(command, stepOf(command, contact), provider)).toMatchObject({
        refused: 'outreach-paused',
        sentence: expect.not.stringContaining('policeAgreed'),
      });
    },
  );

  it('contact from before the pause is recorded', () => {
    const story = advised().after('PT2H').do('pause-outreach', pause);
    expect(story.refused('record-contact', { ...attempt, at: '2026-11-09T16:00:00Z' })).toBe('accepted');
  });

  it('that the police agreed says nothing where no pause runs', () => {
    const story = advised().do('record-contact', { ...attempt, policeAgreed: 'yes' });
    expect(story.all('linkage-contacted')[0]).not.toHaveProperty('policeAgreed');
  });

  it('a referral to a provider is made, and accepted, for when the pause ends', () => {
    const story = suspected().do('pause-outreach', pause);
    expect(story.refused('offer-linkage', { ...contact, providerId: 'PV-1' })).toBe('accepted');
    expect(story.refused('accept-linkage', contact)).toBe('accepted');
  });

  it('what danger, a missing child and the acute examination ask for goes on', () => {
    const story = referral({ danger: 'yes', missingNow: 'yes', lastAssaultAt: 'unknown' })
      .run()
      .do('pause-outreach', pause);
    const police = { covers: ['missing'], agencyId: 'PD-HARTFORD', method: 'phone' };
    expect(story.refused('start-response')).toBe('accepted');
    expect(story.refused('notify-police', police)).toBe('accepted');
    expect(story.refused('notify-ncmec', { method: 'phone' })).toBe('accepted');
    expect(story.refused('record-safety-plan', { placement: 'placed' })).toBe('accepted');
    offer(story, 'medical-acute-forensic');
    expect(story.refused('start-linkage', { service: 'medical-acute-forensic' })).toBe('accepted');
    offer(story, 'safe-placement');
    expect(story.refused('start-linkage', { service: 'safe-placement' })).toBe('accepted');
  });
});

describe('all who may contact the child or family are told', () => {
  const liaison = (at: string) => visitor('HART-LIAISON', 'hart-liaison', 'state', at);

  it('on the next step of what contact keeps, and on no other', () => {
    const story = paused();
    const steps = stepsThatWaitOn(story.state, story.policy, liaison(story.now));
    const held = steps.filter(({ note }) => note?.includes(sentence)).map(({ rule }) => rule);
    expect(held).toContain('D19b');
    expect(held).not.toContain('D3');
    const later = stepsThatWaitOn(story.state, story.policy, liaison(tuesday));
    expect(later.some(({ note }) => note?.includes(sentence))).toBe(false);
  });

  it('in the view of staff, with who asked for it', () => {
    const story = paused();
    const view = viewFor(story.state, story.policy, liaison(story.now), []);
    expect(view).toMatchObject({ doNotContactBefore: tuesday, outreachPause: { agencyId: 'PD-HARTFORD' } });
    expect(viewFor(story.state, story.policy, liaison(tuesday), [])).not.toHaveProperty('doNotContactBefore');
  });

  it('is shown to a provider, and to members before and after signing, without who asked for it', () => {
    const story = paused();
    const provider = visitor('PV-1.CONTACT', 'provider', 'provider-PV-1', story.now);
    const member = visitor(memberOf('medical').personId, 'mdt-member', 'team-MDT-HARTFORD', story.now);
    const ofProvider = viewFor(story.state, story.policy, provider, []);
    const ofInvited = viewFor(story.state, story.policy, member, []);
    const ofMember = viewFor(signed(story).state, story.policy, member, []);
    expect(ofInvited).toHaveProperty('invitation');
    expect(ofMember).toHaveProperty('child');
    for (const view of [ofProvider, ofInvited, ofMember]) {
      expect(view).toHaveProperty('doNotContactBefore', tuesday);
      expect(view).not.toHaveProperty('outreachPause');
      expect(JSON.stringify({ ...view, alerts: [] })).not.toContain('PD-HARTFORD');
    }
  });

  it('in the row of the queue, of the provider and of the seat', () => {
    const story = paused();
    const rows = boardRows(story.state, story.policy).filter(({ kind }) =>
      ['referral', 'linkage', 'seat'].includes(kind),
    );
    expect(rows.length).toBeGreaterThan(3);
    expect(rows.every(({ pausedUntil: until }) => until === tuesday)).toBe(true);
  });

  it('at once, in an alert that nothing holds back: staff, the team and the providers who were asked', () => {
    const story = paused();
    const alert = Object.values(story.state.alerts).at(-1);
    expect(alert).toMatchObject({
      kind: 'outreach-paused',
      to: ['caseworker', 'area-supervisor', 'hart-liaison', 'mdt-coordinator', 'seats'],
      people: ['PV-1.CONTACT'],
    });
    expect(alert && isPressing(alert, story.state, story.policy)).toBe(true);
    story.do('lift-outreach-pause');
    expect(Object.values(story.state.alerts).at(-1)?.kind).toBe('outreach-resumed');
  });

  const post = { consoleUrl: 'http://127.0.0.1:3000', sender: 'careline@careline.example', to: 'reader@team.example' };
  const mail = (story: Story, kind: string, rule = '', now = story.now) => {
    const alert = Object.values(story.state.alerts).findLast(
      (each) => each.kind === kind && (each.deadlineId ?? '').includes(rule),
    );
    if (!alert) throw new Error(`There is no alert ${kind}.`);
    const recipient = { personId: 'P-1', addressedAs: 'provider', also: [], language: 'en' } as const;
    return composeAlert({ ...post, alert, state: story.state, policy: story.policy, recipient, now }).text;
  };

  it('in mail about outreach, first of all, and not in mail about other duties', () => {
    const story = suspected().do('pause-outreach', { ...pause, until: '2026-11-12T15:00:00Z' });
    const until = 'Do not contact the child or family before Thu, Nov 12, 10:00 AM: police coordination.';
    offer(story, 'victim-advocacy');
    expect(mail(story, 'linkage-offered').split('\n\n')[1]).toBe(until);
    expect(mail(story, 'outreach-paused')).toContain(until);
    expect(mail(story, 'mdt-invited')).toContain(until);
    story.after('P2D');
    expect(mail(story, 'checkpoint', '.D19B.')).toContain(until);
    expect(mail(story, 'checkpoint', '.D3.')).not.toContain('Do not contact');
    expect(mail(story, 'checkpoint', '.D19B.', '2026-11-12T15:00:00Z')).not.toContain('Do not contact');
  });

  it('in mail of a pause that was lifted before it was sent: that it is over', () => {
    const story = paused().do('lift-outreach-pause');
    expect(mail(story, 'outreach-paused')).not.toContain('Do not contact');
  });

  it('not in mail to who gives an acute examination', () => {
    const story = offer(
      referral({ lastAssaultAt: 'unknown' }).run().do('pause-outreach', pause),
      'medical-acute-forensic',
    );
    expect(mail(story, 'linkage-offered')).not.toContain('Do not contact');
  });
});
