/**
 * Every command and read, by every role and place, in every relation to the referral, at every stage. Also where it is
 * open, sealed for this person or sealed for others. The expectations are written here a second time, by the person's
 * relation to the referral.
 */

import { describe, expect, test } from 'vitest';
import {
  mayRead,
  mayReadChild,
  mayReadPart2,
  mayTakeEmergencyAccess,
  seesWhole,
  type Visitor,
} from '../../../shared/application/access/visitor.ts';
import { fieldsFor } from '../../../shared/application/input/readable-fields.ts';
import { createDigests } from '../../../shared/application/matching/secret.ts';
import { type CommandParts, performCommand } from '../../../shared/application/use-cases/perform-command.ts';
import { type CommandName, commandNamed, commands, decide } from '../../../shared/domain/commands.ts';
import { type Role, roles, rolesWithoutReferrals } from '../../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../../shared/domain/referral.ts';
import type { Seat } from '../../../shared/domain/team/team-state.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import { isLong } from '../../support/examples.ts';
import { referral } from '../../support/referral-builder.ts';
import { offer, signed } from '../../support/scenes.ts';

const me = 'P-ME';
const now = '2026-11-20T15:00:00.000Z';
const story = signed(offer(referral().run().screen('high-risk'), 'education'));
const base: Referral = {
  ...story.state,
  team: { ...story.state.team, confidentialityAgreements: {} },
};
const names = Object.keys(commands) as CommandName[];

const partners: readonly Role[] = ['mdt-coordinator', 'mdt-chair', 'mdt-member', 'provider'];
const overseers: readonly Role[] = ['administrator', 'auditor'];
const isStaff = (role: Role) =>
  !partners.includes(role) && !overseers.includes(role) && !rolesWithoutReferrals.includes(role);
const leaders: readonly Role[] = ['mdt-coordinator', 'mdt-chair'];
/** The roles that sit on teams. */
const sit: readonly Role[] = [...partners, 'hart-liaison', 'hart-lead', 'aag-liaison'];
const seeReporter: readonly Role[] = ['careline-supervisor', 'careline-manager', 'area-supervisor', 'hart-liaison'];

/** Places where the directory gives the role, and whether this referral belongs there. */
const places = {
  'for the state': () => ({ scope: 'state', here: true, leads: false }),
  'for the office here': () => ({ scope: `office-${base.places.routing?.office}`, here: true, leads: false }),
  'for another office': () => ({ scope: 'office-DANBURY', here: false, leads: false }),
  'for the region here': () => ({ scope: `region-${base.places.routing?.region}`, here: true, leads: false }),
  'for another region': () => ({ scope: 'region-5', here: false, leads: false }),
  'for the team here': () => ({ scope: `team-${base.team.id}`, here: true, leads: true }),
  'for another team': () => ({ scope: 'team-MDT-DANBURY', here: false, leads: false }),
};

const seat: Seat = { discipline: 'medical', personId: me, required: true };
const withSeat = (state: Referral, mine = seat): Referral => ({
  ...state,
  team: { ...state.team, seats: [...state.team.seats.filter(({ discipline }) => discipline !== 'medical'), mine] },
});
const confidentialityAgreement = (state: Referral, conflict: 'yes' | 'no' | 'unknown'): Referral => ({
  ...state,
  team: { ...state.team, confidentialityAgreements: { [me]: { notice: '1', conflict, at: now } } },
});
const emergencyAccess = (state: Referral, from: string, until: string): Referral => ({
  ...state,
  access: {
    ...state.access,
    emergencyAccesses: [{ personId: me, because: 'danger-now', reason: 'T-1', duties: [], at: from, until }],
  },
});
const linkage =
  (status: 'offered' | 'accepted' | 'declined') =>
  (state: Referral): Referral => ({
    ...state,
    services: {
      ...state.services,
      linkages: { ...state.services.linkages, education: { service: 'education', status, contactId: me } },
    },
  });

type Part = Partial<
  Record<'seat' | 'named' | 'signed' | 'conflict' | 'emergencyAccess' | 'linked' | 'serves' | 'liaison', boolean>
>;
const relations: Readonly<Record<string, readonly [Part, (state: Referral) => Referral]>> = {
  'no part in it': [{}, (state) => state],
  'a seat, signed': [{ seat: true, signed: true }, (state) => confidentialityAgreement(withSeat(state), 'no')],
  'a seat, not signed': [{ seat: true }, (state) => withSeat(state)],
  'a seat that a person named them for, signed': [
    { seat: true, named: true, signed: true },
    (state) => confidentialityAgreement(withSeat(state, { ...seat, invited: true }), 'no'),
  ],
  'a seat, and perhaps a conflict': [{ seat: true }, (state) => confidentialityAgreement(withSeat(state), 'unknown')],
  'a conflict of interest': [{ conflict: true }, (state) => confidentialityAgreement(state, 'yes')],
  'the deputy of a seat, signed': [
    { seat: true, signed: true },
    (state) =>
      confidentialityAgreement(
        {
          ...state,
          team: { ...state.team, seats: [{ ...seat, personId: 'P-OTHER', deputyId: me }] },
        },
        'no',
      ),
  ],
  'a service offered': [{ linked: true }, linkage('offered')],
  'a service accepted': [{ linked: true, serves: true }, linkage('accepted')],
  'a service declined': [{ linked: true }, linkage('declined')],
  'assigned as liaison': [
    { liaison: true },
    (state) => ({
      ...state,
      response: { ...state.response, liaison: me },
    }),
  ],
  'an emergency access': [
    { emergencyAccess: true },
    (state) => emergencyAccess(state, '2026-11-20T14:00:00.001Z', '2026-11-20T15:00:00.001Z'),
  ],
  'an emergency access of an hour ago': [{}, (state) => emergencyAccess(state, '2026-11-20T14:00:00.000Z', now)],
};
const seals = {
  open: undefined,
  'sealed, and named': [me, 'P-SUPERVISOR'],
  'sealed for others': ['P-SUPERVISOR'],
} as const;
const stages = ['open', 'closed', 'withdrawn', 'merged'] as const;

interface Case {
  readonly words: string;
  readonly state: Referral;
  readonly visitor: Visitor;
  /** What the person's role allows in this referral. */
  readonly acts: readonly Role[];
  readonly sees: boolean;
  readonly whole: boolean;
  /** Whether the invitation to the team is all they have. */
  readonly asked: boolean;
  readonly child: boolean;
  readonly breaks: boolean;
}

function* cases(role: Role): Generator<Case> {
  for (const [placeWords, place] of Object.entries(places)) {
    const { scope, here, leads } = place();
    for (const [relation, [part, change]] of Object.entries(relations)) {
      for (const [sealWords, people] of Object.entries(seals)) {
        for (const stage of stages) {
          const opened = change({ ...base, stage });
          const seal = people && { because: 'workers-family' as const, people, at: now };
          const state = seal ? { ...opened, access: { ...opened.access, seal } } : opened;
          const named = people?.some((id) => id === me) ?? false;
          const shut = part.conflict === true || (people !== undefined && !named);
          const counts =
            here || ((named || part.emergencyAccess === true) && isStaff(role)) || partners.slice(2).includes(role);
          const liaison = part.liaison === true && role === 'hart-liaison';
          const works = isStaff(role) && (counts || liaison);
          const leadsIt = leaders.includes(role) && leads;
          // A roster seats people with a role of its team. A person may name others who may hold a seat.
          const isOfTeam = role !== 'provider' && (here || !scope.startsWith('team-'));
          const sits = part.seat === true && sit.includes(role) && (part.named === true || isOfTeam);
          const signedSeat = sits && part.signed === true;
          const whole = !shut && (works || (overseers.includes(role) && counts) || leadsIt || signedSeat);
          const partner = leadsIt || signedSeat || part.serves === true;
          const audits = overseers.includes(role) && counts;
          const own = counts || liaison ? [role] : [];
          yield {
            words: `${role} ${placeWords}, ${relation}, ${sealWords}, ${stage}`,
            state,
            visitor: { id: me, name: '', title: '', roles: [role], scopes: [{ role, scope }], at: now },
            acts: [...own, ...(sits && !own.some((each) => sit.includes(each)) ? ['mdt-member' as const] : [])],
            sees: !shut && (whole || sits || part.linked === true),
            whole,
            asked: !shut && !whole && sits && part.linked !== true,
            child: !shut && (works || (stage === 'open' && partner && !overseers.includes(role) && !audits)),
            breaks: !shut && people === undefined && isStaff(role),
          };
        }
      }
    }
  }
}

/** The suite plays each command at one of the stages, by turns. `npm run test:long` plays it at each of them. */
const isItsTurn = (number: number, command: number): boolean =>
  isLong || (number + Math.floor(number / stages.length) + command) % stages.length === 0;

describe.each(roles)('a person %s', (role) => {
  test('reads exactly what their relation allows', () => {
    let count = 0;
    const wrong: string[] = [];
    for (const { words, state, visitor, sees, whole, child, breaks, acts } of cases(role)) {
      count += 1;
      const reporter = child && acts.some((each) => seeReporter.includes(each));
      const answers = {
        sees: [mayRead(state, visitor), sees],
        whole: [seesWhole(state, visitor), whole],
        child: [mayRead(state, visitor) && mayReadChild(state, visitor), child],
        reporter: [mayRead(state, visitor) && fieldsFor(state, visitor).has('reporter'), reporter],
        breaks: [mayTakeEmergencyAccess(state, visitor), breaks],
        part2: [mayReadPart2(state, visitor), false],
      };
      for (const [what, [is, wanted]] of Object.entries(answers))
        if (is !== wanted) wrong.push(`${what} is ${is}: ${words}`);
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(7 * 13 * 3 * 4);
  });

  test('may do what the role allows where it counts, and learns of nothing else', async () => {
    const digests = createDigests('a key');
    // An expectation for each of the million answers would take longer than the answers.
    const wrong: string[] = [];
    let count = 0;
    const never = () => Promise.reject(new Error('Nothing is stored or looked up for an input that does not parse.'));
    for (const [number, each] of [...cases(role)].entries()) {
      const { words, state, visitor } = each;
      const read = { state, policy: 'connecticut-2026.1', commits: [{}] };
      const parts = {
        ledger: { referral: async () => read, changeReferral: never },
        identities: { putPending: never, confirmAll: never },
        directory: { person: never, providers: never, hasAgency: never, onDuty: never },
        digests,
        policyOf,
        now,
      } as unknown as CommandParts;
      for (const [command, name] of names.entries()) {
        if (!isItsTurn(number, command)) continue;
        const order = { referralId: state.id, name, input: { unknown: 1 }, key: 'k' };
        const { kind } = await performCommand(parts, visitor, order);
        const wanted = expected(name, each);
        count += 1;
        if (kind !== wanted) wrong.push(`${name} is ${kind}, not ${wanted}: ${words}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBe(7 * 13 * 3 * (isLong ? 4 : 1) * names.length);
  });
});

const invited: readonly CommandName[] = ['answer-seat', 'sign-confidentiality', 'acknowledge-alert'];

/** No command takes this input, so the check of access is all that runs. */
function expected(
  name: CommandName,
  { visitor, sees, asked, breaks, acts }: Pick<Case, 'visitor' | 'sees' | 'asked' | 'breaks' | 'acts'>,
) {
  if (name === 'take-emergency-access' && breaks && !sees) return 'invalid';
  if (!sees) return 'unknown';
  if (asked && !invited.includes(name)) return 'forbidden';
  // A person with access is told so, because only their role is checked.
  const by = name === 'take-emergency-access' ? visitor.roles : acts;
  return by.some((each) => commandNamed(name).roles.includes(each)) ? 'invalid' : 'forbidden';
}

describe.each(names)('the command %s', (name) => {
  test('is refused at every stage that its row does not name', () => {
    const { stages: allowed = ['open'] } = commandNamed(name);
    const policy = policyOf('connecticut-2026.1');
    const person = { id: me, roles: commandNamed(name).roles };
    for (const stage of stages.filter((each) => !allowed.includes(each))) {
      const answer = decide({ ...base, stage }, name, {}, { now, policy, person });
      expect(answer, stage).toMatchObject({ refused: 'wrong-stage' });
    }
  });
});
