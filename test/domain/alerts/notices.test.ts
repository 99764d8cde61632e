import { describe, expect, test } from 'vitest';
import type { Agreement } from '../../../shared/domain/agreements/agreements.ts';
import {
  noticeIdParts,
  noticesOfAgreements,
  noticesOfDay,
  noticesOfDrafts,
  noticesOfRoster,
  noticesOfShifts,
} from '../../../shared/domain/alerts/notices.ts';
import { idPattern } from '../../../shared/domain/core/ids.ts';
import type { ToldDraft } from '../../../shared/domain/drafts/draft-news.ts';
import type { ReportDraft } from '../../../shared/domain/drafts/drafts.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

const gap = { discipline: 'medical', gap: 'no-deputy', since: '2026-11-09T15:00:00.000Z' } as const;
const draft: ReportDraft = {
  id: 'DR-7F3KD-9QXMT2',
  seq: 4,
  ownerId: 'P-1',
  since: '2026-11-09T15:00:00.000Z',
  touchedAt: '2026-11-09T15:02:00.000Z',
  writers: ['P-1'],
  status: 'open',
  left: '2026-11-09T15:02:00.000Z',
};

const agreement: Agreement = {
  id: 'AG-1',
  kind: 'data-sharing',
  agencies: ['hospital'],
  providers: [],
  teams: [],
  purpose: 'team-work',
  data: ['case-facts'],
  basis: 'cgs-17a-106a',
  signedOn: '2026-01-01',
  expiresOn: '2026-12-31',
  keeperId: `P-${'9'.repeat(62)}`,
  revision: 1,
  changed: { by: 'P-1', at: '2026-01-01T15:00:00.000Z' },
  reminders: [{ about: 'end', days: 30, on: '2026-12-31', toldIn: 99_999 }],
};

const news = { id: draft.id, touchedAt: draft.touchedAt, toldIn: 4 };
const told: readonly ToldDraft[] = [
  { ...news, stage: 'left', part: 1 },
  { ...news, stage: 'ends-soon', personId: 'P-1', part: 2 },
  { ...news, stage: 'ends-soon', personId: `P-${'9'.repeat(62)}`, part: 3 },
];

test('the id of every notice is valid as an id, and tells what it is about', () => {
  const { teams, offices } = connecticutPolicy.geography;
  const found = [
    ...teams.flatMap(({ id }) => noticesOfRoster(id, [{ ...gap, foundIn: 99_999 }])),
    ...noticesOfShifts(
      offices.map(({ id }) => ({
        fault: 'empty',
        role: 'area-oncall',
        scope: `office-${id}`,
        ahead: 1,
        raisedIn: 99_999,
      })),
    ),
    ...noticesOfDrafts('2026-11-09', told, new Map([[draft.id, draft]])),
    ...noticesOfDay('2026-11-09', [{ what: 'role-vacant', about: 'hart-lead', madeIn: 12 }]),
    ...noticesOfAgreements([agreement]),
  ];
  expect(found.length).toBeGreaterThan(teams.length + offices.length);
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  for (const { id, of, news } of found) {
    expect(id).toMatch(idPattern);
    expect([id, noticeIdParts(id)]).toEqual([id, { about: news.about, of }]);
  }
});

test('the id of an alert of a referral is that of no notice', () => {
  expect(noticeIdParts('CR-7F3KD-9QXMT2.A12')).toBeUndefined();
});

describe('a notice', () => {
  test('of gaps is one for each look and reader, with the gaps that are still open', () => {
    const open = [
      { ...gap, foundIn: 1 },
      { ...gap, gap: 'away' as const, foundIn: 1 },
      { ...gap, gap: 'no-email' as const, foundIn: 3 },
    ];
    const told = noticesOfRoster('MDT-HARTFORD', open).map(({ id, news }) => [
      id,
      news.about === 'roster' ? news.gaps.map((each) => each.gap) : [],
    ]);
    expect(told).toEqual([
      ['MDT-HARTFORD.ROSTER.1.MDT-COORDINATOR', ['no-deputy', 'away']],
      ['MDT-HARTFORD.ROSTER.3.MDT-COORDINATOR', ['no-email']],
      ['MDT-HARTFORD.ROSTER.1.ADMINISTRATOR', ['no-deputy', 'away']],
      ['MDT-HARTFORD.ROSTER.3.ADMINISTRATOR', ['no-email']],
    ]);
  });

  const ofDrafts = (drafts: readonly ReportDraft[], all = told) =>
    noticesOfDrafts('2026-11-09', all, new Map(drafts.map((each) => [each.id, each])));

  test('of drafts is one for a supervisor, whose own come last, and one for each writer by id', () => {
    const other: ReportDraft = { ...draft, id: 'DR-7F3KD-9QXMTQ', ownerId: 'P-2' };
    const all: readonly ToldDraft[] = [
      ...told,
      { ...news, id: other.id, stage: 'left', part: 1 },
      { ...news, id: other.id, stage: 'ends-soon', personId: 'P-1', part: 2 },
    ];
    const [supervisor, first] = ofDrafts([draft, other], all);
    expect(supervisor).toMatchObject({
      id: '2026-11-09.DRAFTS.4.CARELINE-SUPERVISOR',
      askedLast: ['P-1', 'P-2'],
      news: { left: [{ id: draft.id }, { id: other.id }], endsSoon: [], expired: [] },
    });
    expect(first).toMatchObject({
      id: '2026-11-09.DRAFTS.4.WRITER-2',
      reader: { personId: 'P-1' },
      news: { left: [], endsSoon: [{ id: draft.id, endsAt: '2026-12-09T15:02:00.000Z' }, { id: other.id }] },
    });
  });

  test('of drafts leaves out those that were changed, sent or ended since', () => {
    const touched = { ...draft, touchedAt: '2026-11-09T16:00:00.000Z' };
    for (const over of [[], [touched], [{ ...draft, status: 'submitted' } as const]])
      expect(ofDrafts(over)).toEqual([]);
    const expired: readonly ToldDraft[] = [{ ...news, stage: 'expired', part: 1 }];
    expect(ofDrafts([draft], expired)).toEqual([]);
    expect(ofDrafts([{ ...draft, status: 'expired' }], expired)).toHaveLength(1);
  });

  test('of shifts tells each keeper of their own faults', () => {
    const fault = { fault: 'empty', role: 'area-oncall', ahead: 1, raisedIn: 2 } as const;
    const open = ['HARTFORD', 'DANBURY'].map((office) => ({ ...fault, scope: `office-${office}` }));
    const told = noticesOfShifts(open).map(({ reader, news }) => [
      'role' in reader ? `${reader.role} ${reader.scope}` : '',
      news.about === 'shift' ? news.alarms.map((each) => each.scope) : [],
    ]);
    expect(told).toEqual([
      ['area-supervisor office-HARTFORD', ['office-HARTFORD']],
      ['careline-supervisor state', ['office-HARTFORD', 'office-DANBURY']],
      ['area-supervisor office-DANBURY', ['office-DANBURY']],
    ]);
  });
});
