/** Tables of who may do and read what. Each cell is computed: the rules of the application decide on a sample referral. */

import { purposeByPart, suggestedPurpose } from '../application/access/open-facts.ts';
import { purposeRules } from '../application/access/purposes.ts';
import { auditors, isOneOf, mayRead, mayReadChild, seesWhole, type Visitor } from '../application/access/visitor.ts';
import { fieldsFor } from '../application/input/readable-fields.ts';
import { alertClasses, type FieldClass, fieldClasses } from '../application/read/field-classes.ts';
import { worksOn } from '../application/read/shown-view.ts';
import type { Route } from '../application/routes/route.ts';
import { routes } from '../application/routes/route-table.ts';
import { delegationAuditors } from '../application/use-cases/keep-delegations.ts';
import { keepsShiftsOf } from '../application/use-cases/keep-shifts.ts';
import { type CommandName, commandNamed, commands, mayDo } from '../domain/commands.ts';
import { rolesOfKind, staff, teamLeaders } from '../domain/core/role-groups.ts';
import { type Role, roles } from '../domain/core/vocabulary.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import { scopeOf } from '../domain/directory/scopes.ts';
import { draftSupervisors } from '../domain/drafts/drafts.ts';
import { type Event, event } from '../domain/events.ts';
import { fold } from '../domain/fold.ts';
import { childCodes, reportCodes } from '../domain/intake/report-facts.ts';
import type { Referral } from '../domain/referral.ts';
import { fieldRules } from '../policy/identity-fields.ts';
import { released } from '../policy/policies.ts';

const me = 'P-ME';
const other = 'P-OTHER';
const team = 'MDT-EXAMPLE';
const at = '2026-11-09T15:00:00.000Z';

const opened = event('referral-opened', {
  reportId: 'RP-EXAMPLE',
  siblings: [],
  receivedAt: at,
  recordedAt: at,
  report: reportCodes.parse({}),
  child: { ...childCodes.parse({ danger: 'unknown' }), age: { known: 'unknown' }, indicatorChecklist: 'none' },
  texts: { narrative: 'NARRATIVE' },
});
const drawn = (personId: string, deputyId?: string) =>
  event('roster-drawn', {
    screening: 1,
    team,
    seats: [{ discipline: 'medical', personId, required: true, ...whereKnown({ deputyId }) }],
    vacant: [],
  });
const routed = event('routing-confirmed', {
  routing: {
    town: 'Hartford',
    region: 4,
    office: 'HARTFORD',
    judicialDistrict: 'Hartford',
    team,
    confirmed: true,
  },
});
/** The team of the place is drawn, with this person on a seat. */
const seated = (personId: string, deputyId?: string): readonly Event[] => [routed, drawn(personId, deputyId)];
const declined = event('seat-answered', { discipline: 'medical', answer: 'declined', personId: me });
const offered = (contactId: string) =>
  event('linkage-offered', { service: 'education', providerId: 'PR-EXAMPLE', contactId, at });
const accepted = event('linkage-accepted', { service: 'education', at });
const started = event('linkage-started', { service: 'education', at });
const turnedDown = event('linkage-declined', { service: 'education', reasonCode: 'no-provider', by: 'provider', at });
const refused = event('linkage-declined', { service: 'education', reasonCode: 'child-declined', by: 'staff', at });

interface Relation {
  readonly words: string;
  readonly events: readonly Event[];
  /** The scope of the person's role. Left out, it is the whole state. */
  readonly scope?: string;
}

const relations: readonly Relation[] = [
  { words: 'no part in it', events: [...seated(other), offered(other)] },
  { words: 'the role is for the team drawn for it', events: [...seated(other)], scope: `team-${team}` },
  { words: 'the role is for another team', events: [...seated(other)], scope: 'team-MDT-OTHER' },
  { words: 'the role is for a team, none is drawn yet', events: [], scope: `team-${team}` },
  { words: 'holds a seat', events: [...seated(me)] },
  { words: 'is deputy of a seat', events: [...seated(other, me)] },
  { words: 'held a seat and declined it', events: [...seated(me), declined] },
  { words: 'deputy of a seat whose holder is asked, having declined', events: [...seated(other, me), declined] },
  { words: 'a service of theirs is offered', events: [offered(me)] },
  { words: 'a service of theirs is accepted', events: [offered(me), accepted] },
  { words: 'a service of theirs has started', events: [offered(me), started] },
  { words: 'turned the service down', events: [offered(me), turnedDown] },
  { words: 'the child or family declined their service', events: [offered(me), refused] },
  { words: 'the service was then offered to another', events: [offered(me), turnedDown, offered(other)] },
];

const sealedFor = (...people: readonly string[]) =>
  event('referral-sealed', { because: 'colleague-involved', people: [...people], reason: 'REASON' });
const brokenUntil = (until: string) =>
  event('emergency-access-taken', { personId: me, because: 'danger-now', until, reason: 'REASON', duties: [] });
/** What closes a referral to a person whose role needs no part in it, or opens it to them. */
const part2: readonly Relation[] = [
  { words: 'the role is for its office', events: [routed], scope: 'office-HARTFORD' },
  { words: 'the role is for another office', events: [routed], scope: 'office-DANBURY' },
  { words: 'the role is for its region', events: [routed], scope: 'region-4' },
  { words: 'the role is for another region', events: [routed], scope: 'region-5' },
  {
    words: 'the role is for another office, and they took emergency access less than an hour ago',
    events: [routed, brokenUntil('2026-11-09T15:30:00.000Z')],
    scope: 'office-DANBURY',
  },
  {
    words: 'the role is for another office, and they took emergency access an hour ago',
    events: [routed, brokenUntil(at)],
    scope: 'office-DANBURY',
  },
  { words: 'it is sealed, and they are named', events: [routed, sealedFor(me)], scope: 'office-DANBURY' },
  { words: 'it is sealed for others', events: [routed, sealedFor(other)] },
];

const endings: Readonly<Record<'open' | 'ended', readonly Event[]>> = {
  open: [],
  ended: [event('closed', { review: 'REVIEW' })],
};

function stateOf(events: readonly Event[]): Referral {
  const commits = [opened, ...events].map((each, index) => ({
    seq: index + 1,
    at,
    actor: { kind: 'person', id: other } as const,
    events: [each],
  }));
  const state = fold('CR-EXAMPLE', commits);
  if (!state) throw new Error('A referral that was opened is there.');
  return state;
}

const visitor = (role: Role, scope = 'state'): Visitor => ({
  id: me,
  name: '',
  title: '',
  roles: [role],
  scopes: [{ role, scope }],
  at,
});

const groups: Readonly<Record<string, readonly Role[]>> = {
  staff,
  'administrators and auditors': auditors,
  partners: rolesOfKind('partner'),
  evaluators: rolesOfKind('evaluator'),
  'forum members': rolesOfKind('forum'),
};

/** Roles, with the name of a group instead of its members where all of them are in. */
function inWords(meant: readonly Role[]): string {
  if (meant.length === roles.length) return 'every role';
  if (meant.length === 0) return '–';
  const whole = Object.entries(groups).filter(([, members]) => members.every((role) => meant.includes(role)));
  const covered = whole.flatMap(([, members]) => members);
  return [...whole.map(([name]) => `*${name}*`), ...meant.filter((role) => !covered.includes(role))].join(', ');
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], body: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => '---')), ...body.map(row)].join('\n');

type Rule = (state: Referral, person: Visitor) => boolean;
const reads: readonly (readonly [string, Rule])[] = [
  ['as a whole', (state, person) => mayRead(state, person) && seesWhole(state, person)],
  ['their own services alone', (state, person) => mayRead(state, person) && !seesWhole(state, person)],
  ['who the child is', (state, person) => mayRead(state, person) && mayReadChild(state, person)],
  ['narrative', (state, person) => mayRead(state, person) && fieldsFor(state, person).has('narrative')],
  ['reporter', (state, person) => mayRead(state, person) && fieldsFor(state, person).has('reporter')],
];

/**
 * The Markdown table of one row for each relation and stage. Each cell lists the roles of `asked` that may read the column's
 * part.
 */
function readsTable(asked: readonly Role[], each: readonly Relation[]): string {
  const body = each.flatMap(({ words, events, scope }) =>
    Object.entries(endings).map(([stage, ending]) => {
      const state = stateOf([...events, ...ending]);
      const may = (rule: Rule) => asked.filter((role) => rule(state, visitor(role, scope)));
      return [words, stage, ...reads.map(([, rule]) => inWords(may(rule)))];
    }),
  );
  return table(['What they are to the referral', 'It is', ...reads.map(([words]) => words)], body);
}

const among = (meant: 'all' | readonly string[]) =>
  meant === 'all' ? 'all' : meant.length === 0 ? '–' : meant.join(', ');

const fieldsTable = (): string =>
  table(
    ['Field', 'Staff', 'Seats of the team', 'Providers', 'Source', 'Confidence'],
    Object.values(fieldRules).map(({ words, staff: meant, seats, providers, source, confidence }) => [
      words,
      among(meant),
      among(seats),
      providers ? 'yes' : '–',
      source,
      confidence,
    ]),
  );

const classWords: Readonly<Record<FieldClass, string>> = {
  pathway: 'all who may read the referral as a whole',
  working: 'staff, leaders of its team, members who signed',
  fact: 'the same, once a purpose is recorded',
  identity: 'the people of the tables above, each read recorded',
};

/** The fields of a referral by their class. */
const classesTable = (): string =>
  table(
    ['Class', 'Shown to', 'Fields', 'Kinds of alerts'],
    (Object.keys(classWords) as FieldClass[]).map((its) => {
      const of = (classes: Readonly<Record<string, FieldClass>>) =>
        Object.keys(classes).filter((name) => classes[name] === its);
      return [its, classWords[its], of(fieldClasses).join(', '), of(alertClasses).join(', ') || '–'];
    }),
  );

/** What each role sees of an open referral of its place. The person has done nothing in it. */
const purposesTable = (): string => {
  const [policy] = released;
  const state = stateOf([...seated(other), offered(other)]);
  const led = stateOf([...seated(other)]);
  return table(
    ['Role', 'Sees without saying a purpose', 'Purpose that the page suggests first'],
    roles
      .filter((role) => mayRead(state, visitor(role)) || teamLeaders.includes(role))
      .map((role) => {
        const person = visitor(role, scopeOf(role, led));
        if (!worksOn(led, person)) return [role, 'the pathway alone, whatever the purpose', '–'];
        const purpose = purposeByPart({ state: led, commits: [], policy }, person);
        return purpose === undefined
          ? [role, 'working codes', suggestedPurpose(led, person)]
          : [role, `the facts, recorded as ${purpose}`, '–'];
      }),
  );
};

/** What a route leaves to some of its roles alone. */
const withinRoutes: readonly (readonly [string, (person: Visitor) => boolean])[] = [
  ['See and take over the drafts of reports of all writers', (person) => isOneOf(person, draftSupervisors)],
  ['See all delegations; an administrator ends one', (person) => isOneOf(person, delegationAuditors)],
  ['Import, swap, hand over and take out shifts of the state', (person) => keepsShiftsOf(person, 'state')],
];

/** The rows of the route table, but for the one of the commands. */
const routesTable = (): string =>
  table(
    ['Address', 'What', 'Who'],
    Object.entries<Route>(routes)
      .filter(([name]) => name !== 'perform-command')
      .map(([, { method, path, title, rate, roles: meant }]) => [
        `\`${method.toUpperCase()} ${path}\``,
        title,
        rate === 'gateway' ? 'all, without a sign-in' : inWords(meant),
      ]),
  );

/** Whether it may be done by emergency access. */
function inEmergencyWords(name: CommandName): string {
  const { inEmergency } = commandNamed(name);
  if (typeof inEmergency !== 'string') return 'in part';
  return inEmergency === 'allowed' ? 'yes' : '';
}

function commandsTable(): string {
  const alone = stateOf([...seated(other), offered(other)]);
  const mark = (name: CommandName, role: Role) => {
    const person = visitor(role);
    if (!mayDo(name, person)) return '';
    return mayRead(alone, person) ? '●' : '○';
  };
  const names = Object.keys(commands) as CommandName[];
  return table(
    ['Command', 'In the stages', 'By emergency access', ...roles],
    names.map((name) => [
      `\`${name}\`: ${commandNamed(name).title}`,
      (commandNamed(name).stages ?? ['open']).join(', '),
      inEmergencyWords(name),
      ...roles.map((role) => mark(name, role)),
    ]),
  );
}

export const accessDocument = (): string => `# Who may do what

\`npm run describe\` generates this document from the command table and the rules of the application. A test fails when it is stale.

Roles come from the directory, each for the state, a region, an office or a team. A role counts in the referrals that belong there. A referral
whose office is not known yet belongs to all. A person with several roles may do what any of the roles may. What a person may not read is
answered 404, as if it were not there.

${Object.entries(groups)
  .map(([name, members]) => `- *${name}*: ${members.join(', ')}`)
  .join('\n')}

## Commands

● any referral that the role covers · ○ only a referral in which they have a part (below). The domain may still refuse, with a sentence.
By emergency access: *yes* for what protects the child now. *In part*: raising danger and recording facts, but nothing that says there is no
danger or the child is not missing. Everything else is refused: it lowers, ends, closes, merges, discloses, corrects, approves or gives access.

${commandsTable()}

## Reading a referral

In short: staff read the referrals of their place, and who the child is. Administrators and auditors read the pathway of the same referrals, and
the audit: no fact about the child. Partners read only where they hold a seat, lead the team or give a service. Evaluators read figures, and never a referral. A role in no
command writes nothing.

Staff, administrators and auditors, who need no part in it:

${readsTable([...staff, ...auditors], [...relations.slice(0, 1), ...part2])}

To all others a sealed referral is not there: no list, count or look-up has it, and emergency access does not open it. Administrators and
auditors who have its reference may audit it. The audit says who acted and who read, but none of the content.

Emergency access ("break the glass") opens a referral of another office to staff for an hour, or until a supervisor finds it not justified. Everyone above that person in the line of
supervisors, and administrators and auditors, then read who it was, by which role, why, until when, and what that person read and recorded.
They see nothing of who the child is, and need no access to the referral. A supervisor of that line reviews each use, never the person who used it.

Partners, by what they are to it:

${readsTable(rolesOfKind('partner'), relations)}

Each read of who the child is is recorded before it happens: who reads what, when and what for. The person who took a report sees its
reporter, whatever their role. Police and prosecutors learn who reported only through a recorded disclosure.

### Fields of who the child is

${fieldsTable()}

### Codes, facts and purposes

Each field of a referral has a class (\`shared/application/read/field-classes.ts\`). A field without one does not compile. A page, the API, the audit and
the lists show a field by its class.

${classesTable()}

Facts about the child need a purpose. It is recorded before they are read: once a console session and referral, for the API once a UTC day and
referral. A person has their purpose by their part in the referral, and is not asked:

- the liaison, the person who took the report, and all who have done something in it;
- a person who took a duty on, or who can take the next step, such as counsel for the notice to a tribe;
- a person of a role that was called about an open duty, or who opens an alert that went to them;
- Careline staff while it is open, and a person with emergency access;
- leaders of its team, and members who signed: the review in the team.

The part of lawyers is recorded as legal advice. All others say theirs. A purpose that does not fit the role is refused, and
nothing is shown or recorded. The same table counts for reads of who the child is:

${table(
  ['Purpose', 'For'],
  Object.entries(purposeRules).map(([purpose, { who }]) => [purpose, who]),
)}

On an open referral of their place, in which a person has done nothing and has no step to take:

${purposesTable()}

Lists show the working codes, and no other fact: danger, missing, the screening outcome, the service of a line. Administrators and auditors see
none of these, and their lists are in the order of the report.

## On behalf of a person on leave

A person who goes on leave names a delegate for roles of their own, for at most 90 days. The delegate is staff of the department. Until the
period ends, the delegate may do what those roles may, within their scopes, and gets the mail first. Both names stand in the audit trail. When
the person on leave loses a role, the delegate loses it too. A delegate does not get:

- a role that was itself delegated;
- seats, services, and the roles of administrators and auditors;
- what a seal or a conflict of interest closes to either of the two;
- emergency access;
- records of substance use;
- an answer that the person on leave may not give, such as the second signature under their own proposal.

Where a second person must sign, the two signers act for two different people. Two delegates of one person are no such pair, and neither are
a person and their delegate.

## Everything else

Each address of the API has one row here. The page of the console about the same thing is for the same roles.

${routesTable()}

Of these, only some roles may:

${table(
  ['What', 'Who'],
  withinRoutes.map(([words, may]) => [words, inWords(roles.filter((role) => may(visitor(role))))]),
)}
`;
