/**
 * Connecticut, version 2026.1. Each rule names its source and how sure the project is of it. None of this is legal advice. Pages
 * show a rule with `awaitsLegalSignOff` as unconfirmed. This file and its folder never change. A new version is a new file (docs/adding.md, "Change a number of a rule").
 */
import type { Policy } from '../domain/policy/policy.ts';
import { connecticutCalendar } from './calendar.ts';
import { news, ringing, withAlarm } from './connecticut-2026-1/alarm-table.ts';
import { catalogue } from './connecticut-2026-1/catalogue.ts';
import { everyDeadline } from './connecticut-2026-1/clocks-joined.ts';
import { eligibility, overlays } from './connecticut-2026-1/decision-table.ts';
import { extension, withExtension } from './connecticut-2026-1/extensions.ts';
import { screening } from './connecticut-2026-1/indicator-checklist.ts';
import { shifts } from './connecticut-2026-1/shift-rules.ts';
import { deputyAfter, notice, notReachedAfter, seats } from './connecticut-2026-1/team-seats.ts';
import { calendarDays, hours } from './durations.ts';
import { mdtTeams, offices } from './places/geography.ts';
import { tribes } from './places/tribes.ts';

export const connecticut20261: Policy = {
  version: 'connecticut-2026.1',
  inForceFrom: '2026-01-01',
  jurisdiction: 'Connecticut',
  deadlines: everyDeadline.map(withAlarm).map(withExtension),
  screening,
  eligibility,
  overlays,
  calendar: connecticutCalendar,
  geography: { offices, teams: mdtTeams },
  tribes: {
    list: tribes,
    daysAfterReceipt: 10,
    daysWhereUnknown: 15,
    moreDaysOnRequest: 20,
    source: 'C.G.S. 46b-116d (PA 22-60, PA 23-113) and 25 U.S.C. 1912(a); that they are whole days is assumed',
    confidence: 'summary',
    awaitsLegalSignOff: true,
  },
  team: { seats, notice, deputyAfter, notReachedAfter },
  requiredDisciplines: seats.filter(({ seat }) => seat === 'required').map(({ discipline }) => discipline),
  quorum: [['dcf'], ['law-enforcement'], ['states-attorney'], ['victim-advocate'], ['medical', 'mental-health']],
  servicesFor: {
    confirmed: ['medical-acute-forensic', 'victim-advocacy', 'mental-health'],
    'high-risk': ['victim-advocacy', 'mental-health'],
    'at-risk': ['prevention'],
    'insufficient-info': [],
    'not-indicated': [],
  },
  catalogue,
  outreachPause: {
    atMost: hours(72),
    never: ['medical-acute-forensic', 'safe-placement'],
    source: 'This project',
    confidence: 'assumed',
  },
  extension,
  remindAt: 0.5,
  warnAt: 0.75,
  overdueAt: 1.25,
  repeatOverdueEvery: calendarDays(7),
  mostAlerts: 8,
  afterEscalation: ['careline-manager', 'program-manager'],
  ringing,
  news,
  digest: { hour: 8, businessDaysOnly: false, source: 'This project', confidence: 'assumed' },
  shifts,
  quiet: { from: 20, to: 8, source: 'This project', confidence: 'assumed' },
};
