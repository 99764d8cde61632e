/**
 * Random people ask the API for anything, with any id they have seen. What they may learn is written here a second time
 * on purpose. It follows the law and the roles, not the code of the API.
 */
import * as z from 'zod';
import * as answers from '../../shared/contracts/answer-shapes.ts';
import { directoryAnswer, peopleAnswer } from '../../shared/contracts/people-answers.ts';
import { callsAnswer } from '../../shared/contracts/telephone-answers.ts';
import type { Schema } from '../../shared/describe/examples.ts';
import type { BoardRow } from '../../shared/domain/board/board-row.ts';
import { boardRows, rowsToPut } from '../../shared/domain/board/board-rows.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { disciplines, identityPurposes, type Role, roles, services } from '../../shared/domain/core/vocabulary.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { pageNames } from '../../shared/reports/figure-pages.ts';
import { splitNames } from '../../shared/reports/figures.ts';
import { type Answer, openApi } from './api-client.ts';
import { type Desk, personOf, team } from './desk.ts';
import { randomFrom } from './dice.ts';
import { connecticutPolicy } from './released-policy.ts';

const careline = ['careline-worker', 'careline-supervisor', 'careline-manager'] as const;
const workers: readonly Role[] = [...careline, 'caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead'];
// Who goes to the child at night reads what was told.
const seeNarratives: readonly Role[] = [...workers, 'area-oncall'];
const seeReporters: readonly Role[] = ['careline-supervisor', 'careline-manager', 'area-supervisor', 'hart-liaison'];
const atNight: readonly Role[] = [...seeNarratives, 'area-director'];
const forSafety: readonly Role[] = [...atNight, 'director-oncall', 'hart-director'];

/** Who reads a text that people wrote: which roles of the staff, and which seats of the team. */
interface Readers {
  readonly staff: readonly Role[] | 'all';
  readonly seats: readonly string[] | 'all';
}
const forDcf = ['dcf', 'hart-liaison'];
const forPolice = [...forDcf, 'law-enforcement', 'federal-law-enforcement'];
const staffAlone: Readers = { staff: 'all', seats: [] };
/** Words that an answer of identities gives in a place of their own, each by its kind. */
const ownReaders: readonly string[] = [
  ...['callNotes', 'cardWords', 'courtWords', 'places'],
  ...['recoveryPlan', 'safetyWords', 'whereabouts'],
];
/** By the kind of the text. What is not here is for no one, or has its own rule below. */
const readersOf: Readonly<Record<string, Readers>> = {
  narrative: { staff: seeNarratives, seats: [] },
  callNotes: { staff: 'all', seats: forPolice },
  places: { staff: 'all', seats: [...forPolice, 'states-attorney', 'team-lead'] },
  whereabouts: { staff: 'all', seats: forPolice },
  safeContact: { staff: 'all', seats: 'all' },
  safetyWords: { staff: 'all', seats: 'all' },
  safetyPlan: { staff: forSafety, seats: forDcf },
  safePlace: { staff: forSafety, seats: forDcf },
  shiftNotes: staffAlone,
  policeNotices: { staff: 'all', seats: [...forPolice, 'states-attorney'] },
  searchWords: { staff: 'all', seats: forPolice },
  agencyNotices: { staff: 'all', seats: [...forDcf, 'assistant-attorney-general'] },
  familyNotices: { staff: 'all', seats: [...forDcf, 'assistant-attorney-general'] },
  heldPapers: { staff: 'all', seats: forDcf },
  decisionReasons: { staff: 'all', seats: forDcf },
  pauseReasons: staffAlone,
  sameChildReasons: { staff: careline, seats: [] },
  childsAccount: { staff: atNight, seats: forDcf },
  serviceReasons: { staff: 'all', seats: forDcf },
  teamWords: { staff: 'all', seats: [...forDcf, 'team-lead'] },
  directions: { staff: 'all', seats: 'all' },
  minutes: { staff: 'all', seats: 'all' },
  courtWords: {
    staff: [
      ...(['caseworker', 'area-supervisor', 'area-oncall', 'area-director'] as const),
      ...(['hart-liaison', 'hart-lead', 'legal', 'aag-liaison'] as const),
    ],
    seats: [...forDcf, ...['states-attorney', 'assistant-attorney-general', 'juvenile-probation', 'childs-attorney']],
  },
  callResults: staffAlone,
  identityReasons: staffAlone,
  reporter: { staff: seeReporters, seats: [] },
  legalWords: {
    staff: ['legal', 'aag-liaison', 'careline-manager', 'program-manager', 'hart-director'],
    seats: [],
  },
  accessReasons: {
    staff: ['careline-supervisor', 'careline-manager', 'area-director', 'hart-director', 'program-manager'],
    seats: [],
  },
};
const outsiders: readonly Role[] = [
  ...(['mdt-coordinator', 'mdt-chair', 'mdt-member', 'provider'] as const),
  ...(['evaluator', 'trainer', 'forum-member'] as const),
];
const overseers: readonly Role[] = ['administrator', 'auditor'];

const everybody = [
  ...roles.flatMap((role) => [role, `${role}/2`]),
  ...disciplines.flatMap((discipline) => [`seat:${discipline}`, `seat:${discipline}/2`]),
  'contact:PV-1',
  'contact:PV-2',
  'caseworker@office-DANBURY',
].map(personOf);
type Someone = { readonly id: string; readonly role: Role };

/** What a person is to a referral, read from its state. */
function partIn(state: Referral, { id, role }: Someone) {
  const leads = (role === 'mdt-coordinator' || role === 'mdt-chair') && state.team.id === team;
  const seats = state.team.seats.filter((seat) => seat.personId === id || seat.deputyId === id);
  const own = Object.values(state.services.linkages).filter(({ contactId }) => contactId === id);
  return { leads, seats, own };
}

function mayKnowOf(state: Referral, someone: Someone, now: string): boolean {
  if (state.access.seal && !state.access.seal.people.includes(someone.id)) return false;
  const opened = state.access.emergencyAccesses?.some(
    ({ personId, at }) => personId === someone.id && Date.parse(now) - Date.parse(at) < 3_600_000,
  );
  // The one caseworker of Danbury. The referrals of this walk belong elsewhere, or to an unknown office.
  const far =
    someone.id.endsWith('OFFICE-DANBURY') && state.places.routing && state.places.routing.office !== 'DANBURY';
  if (far && state.places.routing?.responseOffice !== 'DANBURY' && !state.access.seal && !opened) return false;
  const { leads, seats, own } = partIn(state, someone);
  return !outsiders.includes(someone.role) || leads || seats.length > 0 || own.length > 0;
}

function mayKnowTheChild(state: Referral, someone: Someone, now: string): boolean {
  if (!mayKnowOf(state, someone, now)) return false;
  if (overseers.includes(someone.role)) return false;
  if (!outsiders.includes(someone.role)) return true;
  const { leads, seats, own } = partIn(state, someone);
  const seated = seats.some(({ answered }) => !(answered?.answer === 'declined' && answered.by === someone.id));
  const serving = own.some(({ status }) => ['accepted', 'started'].includes(status));
  return state.stage === 'open' && (leads || seated || serving);
}

/** Whether the person may read a text of this kind. The child is known to be theirs. */
function mayReadText(state: Referral, someone: Someone, kind: string): boolean {
  const { id, role } = someone;
  const { leads, seats, own } = partIn(state, someone);
  if (kind === 'reporter' && state.report.takenBy === id) return true;
  // The words of the card and of the recovery plan follow the child's own yes.
  if (kind === 'cardWords' || kind === 'recoveryPlan') return true;
  if (kind === 'part2Records') {
    return ['caseworker', 'hart-liaison'].includes(role) || own.some(({ service }) => service === 'substance-use');
  }
  const readers = readersOf[kind];
  if (!readers) return false;
  if (!outsiders.includes(role)) return readers.staff === 'all' || readers.staff.includes(role);
  if (readers.seats === 'all') return true;
  const theirs = [...seats.map(({ discipline }) => String(discipline)), ...(leads ? ['team-lead'] : [])];
  return theirs.some((seat) => readers.seats.includes(seat));
}

const usualPurpose = (role: Role | undefined): (typeof identityPurposes)[number] => {
  if (role === 'provider') return 'provide-service';
  if (role?.startsWith('mdt-')) return 'team-review';
  return role === 'legal' || role === 'aag-liaison' ? 'legal-advice' : 'work-on-referral';
};

/** Words that stand for one child each. A reader of the word learns who the child, or the reporter, is. */
const canaryOf = (kind: 'CHILD' | 'SAFE' | 'PLACE' | 'REPORTER' | 'STORY', number: number) =>
  `CANARY${kind}${String(number).padStart(6, '0')}X`;
/** Codes that each invented child has, and that no answer has for another reason. They stand for all facts about a child. */
const factWords = /transgender-girl|survival-sex/;
const canaries = /CANARY(CHILD|SAFE|PLACE|REPORTER|STORY)(\d{6})X/g;

/** A referral's reference, a deadline, an alert, a report, a person, a provider, a text in the vault. */
const ids = /\b(?:CR|RP|P|PV|PD|A)-[0-9A-Z][0-9A-Z.-]{2,60}|\b[0-9A-F]{20}\.[A-Z]+\b/g;

/** A text of an act as the answer of identities gives it. */
interface WrittenWords {
  readonly kind: string;
  readonly command: string;
}

/** What an answer of success looks like to a client, by the rest of its address. */
const shapes: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^[/]reports$/, answers.reportAnswer],
  [
    /^[/]referrals[/][^/]+(?:[/]commands[/].+)?$/,
    answers.referralAnswer
      .or(answers.limitedReferralAnswer)
      .or(answers.providersReferralAnswer)
      .or(answers.invitationAnswer)
      .or(answers.outOfSightAnswer.strict()),
  ],
  [/[/]identities$/, answers.identitiesAnswer],
  [/[/]people$/, peopleAnswer],
  [/[/]calls$/, callsAnswer],
  [/[/]audit$/, answers.auditAnswer],
  [/^[/](?:queue|tasks|deadlines)/, answers.pageAnswer],
  [/^[/]referrals(?:[?]|$)/, answers.foundAnswer],
  [/^[/]audit[/]runs(?:[?]|$)/, answers.runsAnswer],
  [/^[/]directory/, directoryAnswer],
  [/^[/]providers[/]/, answers.providersAnswer],
  [/^[/]agencies[/]/, answers.agenciesAnswer],
];

export interface Walked {
  /** What no walk may find, each with the request that found it. */
  readonly findings: readonly string[];
  /** Answers by status. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Refusals by command and code. */
  readonly refusals: ReadonlySet<string>;
  /** How often a person who may see a child or a reporter was shown one. */
  readonly shown: { readonly staff: number; readonly partners: number };
  /** How often facts about a child were in an answer. */
  readonly factsRead: number;
}

/** Sends this many requests to a desk of its own; with the same seed the same ones. */
export async function walk(desk: Desk, seed: number, requests: number): Promise<Walked> {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const chance = (share: number) => random() < share;
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const api = openApi(desk);
  const findings: string[] = [];
  const statuses: Record<number, number> = {};
  const refusals = new Set<string>();
  /** Canary number by referral. */
  const numbers = new Map<string, number>();
  const referrals: string[] = [];
  const seenIds = ['CR-00000-000000', 'nonsense', 'P-CASEWORKER', 'PV-1', 'PV-2', 'PD-1', 'MDT-HARTFORD', 'HARTFORD'];
  const schemas = new Map(
    (Object.keys(commands) as CommandName[]).map((name) => [
      name,
      z.toJSONSchema(commandNamed(name).input, { io: 'input' }) as Schema,
    ]),
  );
  const shown = { staff: 0, partners: 0 };
  let reports = 0;

  const report = () => {
    reports += 1;
    const children = Array.from({ length: chance(0.2) ? 2 : 1 }, (_, index) => ({
      name: canaryOf('CHILD', reports * 10 + index),
      birthDate: '2011-05-17',
      danger: oneOf(['yes', 'no', 'unknown']),
      residenceTown: oneOf(['Hartford', 'New Haven', canaryOf('PLACE', reports * 10 + index)]),
      gender: 'transgender-girl',
      exploitation: ['survival-sex'],
      lastAssaultAt: 'none-known',
      ...(chance(0.5) && { safeContact: canaryOf('SAFE', reports * 10 + index) }),
    }));
    const name = canaryOf('REPORTER', reports * 10);
    return { number: reports * 10, body: { narrative: canaryOf('STORY', reports * 10), reporter: { name }, children } };
  };
  /** Mostly one of the latest, and for partners one they have a part in: elsewhere all they get is 404. */
  const aReferral = (someone: Someone | undefined) => {
    const theirs = someone && outsiders.includes(someone.role) && chance(0.5) ? referralsOf(someone) : [];
    return theirs.length > 0 ? oneOf(theirs) : anyReferral();
  };
  const referralsOf = (someone: Someone) =>
    referrals.slice(-20).filter((id) => {
      const state = states.get(id);
      return state !== undefined && mayKnowOf(state, someone, desk.now);
    });
  const anyReferral = () =>
    chance(0.85) && referrals.length > 0 ? oneOf(referrals.slice(-20)) : chance(0.9) ? oneOf(seenIds) : mangled();
  const mangled = () => `${oneOf(seenIds).slice(0, -1)}${oneOf(['O', '0', '%00', '..', '%2e%2e%2f', "'"])}`;

  /** A value that the schema may take: often right, sometimes of another kind, with ids that the person has seen. */
  const inputFor = (schema: Schema, of: string, name = ''): unknown => {
    // The corrected identity is shown to those who may know the child.
    if (/^(childName|phone|priorIds)$/.test(name)) return canaryOf('CHILD', numbers.get(of) ?? 0);
    if (/^reporter[A-Z]/.test(name)) return canaryOf('REPORTER', numbers.get(of) ?? 0);
    // The note on safe contact, and the reason of a withdrawal, are for all who work with the child.
    const word = canaryOf(/^(safeContact|reason)$/.test(name) ? 'SAFE' : 'STORY', numbers.get(of) ?? 0);
    if (chance(0.01)) return oneOf([null, 7, [], {}, word, '\u0000', 'x'.repeat(30_000)]);
    if (/Id$|^of$|^office$|^team$/.test(name)) {
      return chance(0.5) ? oneOf(seenIds) : oneOf(seenIds.filter((id) => id.startsWith(of)).concat(of));
    }
    const ways = schema.anyOf as readonly Schema[] | undefined;
    if (ways) return inputFor(oneOf(ways), of, name);
    if (Array.isArray(schema.enum)) return oneOf(schema.enum);
    if (schema.type === 'boolean') return chance(0.5);
    if (schema.type === 'number' || schema.type === 'integer') return below(20);
    if (schema.type === 'array') return [inputFor((schema.items ?? {}) as Schema, of)];
    if (schema.type === 'object') {
      const required = (schema.required ?? []) as readonly string[];
      const fields = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
      const given = fields.filter(([field]) => (required.includes(field) ? chance(0.98) : chance(0.4)));
      return Object.fromEntries(given.map(([field, member]) => [field, inputFor(member, of, field)]));
    }
    if (schema.format === 'date-time') return new Date(Date.parse(desk.now) - below(3_600_000)).toISOString();
    if (name === 'version') return '2.0';
    return word;
  };

  /** The referrals as they are, until something may have changed them. */
  const states = new Map<string, Referral>();
  const stepOf = async (id: string) => {
    states.delete(id);
    const names = ['AskSameChild', 'ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const;
    await desk.step(id, oneOf(names));
    await list(id);
  };
  /** What the reaction to a commit puts on the board. */
  const listed = new Map<string, readonly BoardRow[]>();
  const list = async (id: string) => {
    const state = await stateOf(id);
    if (!state) return;
    const rows = boardRows(state, desk.policyOf(state.policy ?? connecticutPolicy.version));
    for (const row of rowsToPut([listed.get(id) ?? [], rows])) await desk.board.put(row);
    listed.set(id, rows);
  };
  const everSealed = new Set<string>();
  /** For two supervisors and another person. The people named now may lift the seal, or change it. */
  const seal = async (id: string) => {
    const people = ['P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
    const other = oneOf(everybody).id;
    const input = {
      because: 'workers-family',
      forPeople: [...new Set([...people, other])],
      reason: canaryOf('STORY', numbers.get(id) ?? 0),
    };
    const sealer = (await stateOf(id))?.access.seal ? 'careline-supervisor' : 'careline-manager';
    const answer = await desk.command(id, 'seal-referral', input, { as: sealer });
    states.delete(id);
    if (answer.kind === 'done') everSealed.add(id);
    await list(id);
  };
  /** Some referrals have a team and a provider from the start, so that partners have a part in them. */
  const prime = async (id: string) => {
    const rationale = canaryOf('STORY', numbers.get(id) ?? 0);
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
    const providerId = oneOf(['PV-1', 'PV-2']);
    await desk.do(id, 'offer-linkage', { service: 'education', providerId }, 'caseworker');
    if (chance(0.7)) await desk.do(id, 'accept-linkage', { service: 'education' }, `contact:${providerId}`);
    await stateOf(id);
  };
  const stateOf = async (id: string): Promise<Referral | undefined> => {
    if (!numbers.has(id)) return undefined;
    const state = states.get(id) ?? (await desk.state(id));
    states.set(id, state);
    return state;
  };

  /** Of an answer of identities: the texts of acts, with the words of readers of their own. And what stands beside. */
  const wordsIn = (text: string): { readonly beside: string; readonly texts: readonly WrittenWords[] } => {
    if (!text.startsWith('{')) return { beside: text, texts: [] };
    const { texts = [], ...others } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const own = ownReaders.filter((kind) => kind in others).map((kind) => ({ kind, command: 'any act' }));
    const beside = Object.entries(others).filter(([name]) => !ownReaders.includes(name));
    return { beside: JSON.stringify(beside), texts: [...(texts as readonly WrittenWords[]), ...own] };
  };

  const look = (answer: Answer, someone: Someone | undefined, path: string, state: Referral | undefined) => {
    const found = (what: string) => findings.push(`${what}: ${someone?.id ?? 'nobody'} ${path} → ${answer.status}`);
    statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    if (answer.status >= 500) found('a fault');
    if (answer.headers.get('x-request-id') === null) found('no request id');
    const [, id = '', rest = ''] = /^[/]referrals[/]([^/?]+)([^?]*)/.exec(path) ?? [];
    const known = state !== undefined && someone !== undefined && mayKnowOf(state, someone, desk.now);
    if (someone === undefined && answer.status !== 401) found('an answer to no one');
    // By emergency access to another office's referral, a person comes to know of it.
    const breaks =
      rest === '/commands/take-emergency-access' && someone?.id.endsWith('OFFICE-DANBURY') && !state?.access.seal;
    if (breaks && answer.status < 500) return;
    if (someone && id !== '' && !known && rest !== '/audit' && ![404, 400, 415].includes(answer.status)) {
      found('not a 404');
    }
    if (someone && id !== '' && !known && answer.headers.get('etag') !== null) found('an ETag of what is not theirs');
    const { beside, texts } = rest === '/identities' ? wordsIn(answer.text) : { beside: answer.text, texts: [] };
    for (const { kind, command } of texts) {
      if (!state || !someone || !mayReadText(state, someone, kind)) found(`leaked a text (${kind}) of ${command}`);
    }
    for (const [canary, kind = '', number = ''] of answer.text.matchAll(canaries)) {
      const mine =
        numbers.get(id) === Number(number) || Math.floor((numbers.get(id) ?? -1) / 10) * 10 === Number(number);
      const may = state && someone && rest === '/identities' && mine && mayKnowTheChild(state, someone, desk.now);
      const withReporter =
        someone !== undefined && (seeReporters.includes(someone.role) || state?.report.takenBy === someone.id);
      const withNarrative = someone !== undefined && seeNarratives.includes(someone.role);
      // The words of the card and of hearings have readers of their own, also without the narrative.
      const isStory = kind === 'STORY' && beside.includes(canary);
      const isPart2 = (kind === 'REPORTER' && !withReporter) || (isStory && !withNarrative);
      if (!may || isPart2 || (numbers.get(id) === undefined && !withReporter)) found(`leaked ${canary}`);
      else shown[outsiders.includes(someone.role) ? 'partners' : 'staff'] += 1;
    }
    if (answer.status === 200 && rest === '' && someone && state && known && outsiders.includes(someone.role)) {
      const { leads, seats } = partIn(state, someone);
      if (!leads && seats.length === 0 && 'child' in answer.body) found('a provider saw the whole');
    }
    const shape =
      answer.status < 300
        ? shapes.find(([address]) => address.test(path.replace(/(?<=[/]identities)[?].*/, '')))?.[1]
        : answers.problemAnswer;
    const misshapen = shape?.safeParse(answer.body).error?.issues[0];
    if (misshapen) found(`not as described at ${misshapen.path.join('.')} (${misshapen.message})`);
    if (answer.status === 409) refusals.add(`${rest.replace('/commands/', '')} ${String(answer.body.code)}`);
    for (const [seen] of answer.text.matchAll(ids)) if (!seenIds.includes(seen)) seenIds.push(seen);
    if (seenIds.length > 400) seenIds.splice(20, seenIds.length - 400);
  };

  const send = async (path: string, someone: Someone | undefined, asked: Parameters<typeof api.ask>[1] = {}) => {
    const state = await stateOf(/^[/]referrals[/]([^/?]+)/.exec(path)?.[1] ?? '');
    const answer = await api.ask(path, { ...asked, as: someone?.id });
    look(answer, someone, path, state);
    for (const id of everSealed) {
      // A person learns nothing from their own words.
      const known = JSON.stringify(asked.body ?? '').includes(id) || path.endsWith('/audit');
      if (known || !answer.text.includes(id)) continue;
      const people = (await stateOf(id))?.access.seal?.people;
      if (people && !people.includes(someone?.id ?? '')) findings.push(`sealed, and named: ${someone?.id} ${path}`);
    }
    if (answer.status < 300 && factWords.test(answer.text)) await lookAtFacts(path, someone);
    if (state && asked.body !== undefined && answer.status === 200) states.delete(state.id);
    return answer;
  };

  /** Facts are only in the answer about one referral, for a person who works on it. A record says so. */
  const lookAtFacts = async (path: string, someone: Someone | undefined): Promise<void> => {
    const found = (what: string) => void findings.push(`${what}: ${someone?.id ?? 'nobody'} ${path}`);
    const [, id] = /^[/]referrals[/]([^/?]+)(?:[/]commands[/][^/]+)?(?:[?].*)?$/.exec(path) ?? [];
    const state = id === undefined ? undefined : await desk.state(id);
    if (!state || !someone) return found('facts in an answer about no referral');
    if (overseers.includes(someone.role)) return found('facts to an auditor');
    if (!mayKnowOf(state, someone, desk.now)) return found('facts to a stranger');
    const reads = await desk.ledger.factReads(state.id);
    const today = `FACTS.${desk.now.slice(0, 10)}`;
    if (!reads.some(({ personId, id: day, purpose }) => personId === someone.id && day === today && purpose))
      found('facts without a record');
    factsRead += 1;
  };
  let factsRead = 0;

  const enter = async (someone: Someone | undefined) => {
    const { number, body } = report();
    const answer = await send('/reports', someone, { body });
    const made = (answer.status === 201 ? answer.body.referralIds : []) as readonly string[];
    for (const [index, id] of made.entries()) {
      referrals.push(id);
      numbers.set(id, number + index);
      if (chance(0.5)) await prime(id);
    }
  };

  /** Mostly the usual purpose of the role, and sometimes one that fits another. */
  const who = (someone: Someone | undefined) =>
    `/identities?purpose=${chance(0.2) ? oneOf(identityPurposes) : usualPurpose(someone?.role)}`;
  const reads = ['', '', '?purpose=quality-review', who, who, '/identities', '/people', '/calls', '/audit', '/agenda'];
  for (let request = 0; request < requests; request += 1) {
    desk.at(new Date(Date.parse(desk.now) + 1000 + below(20_000)).toISOString());
    const person = chance(0.02) ? undefined : oneOf(everybody);
    const someone = person && { id: person.id, role: person.roles[0]?.role as Role };
    const kind = random();
    if (referrals.length === 0 || kind < 0.03) {
      await enter(chance(0.5) ? someone : { id: 'P-CARELINE-WORKER', role: 'careline-worker' });
    } else if (kind < 0.42) {
      const rest = oneOf(reads);
      await send(`/referrals/${aReferral(someone)}${typeof rest === 'string' ? rest : rest(someone)}`, someone);
    } else if (kind < 0.5) {
      await send(
        oneOf([
          '/queue',
          '/tasks',
          '/deadlines',
          '/referrals',
          '/audit/runs',
          '/audit/log',
          '/reports/monday',
          `/reports/${oneOf(pageNames)}?calendar=calendar-year&year=2026&by=${oneOf(splitNames)}`,
          `/queue?${oneOf(['region=4', 'region=unknown', 'stage=withdrawn', 'overdue=yes', 'owner=caseworker', 'owner=legal'])}`,
          `/referrals?${oneOf(['region=4', 'stage=open', 'bounced=yes', 'overdue=yes', `reference=${oneOf(seenIds)}`])}`,
          `/directory?role=${oneOf(roles)}`,
          `/queue?limit=${below(120)}`,
          `/tasks?after=${oneOf(seenIds)}`,
          `/providers/${oneOf([...services, oneOf(seenIds)])}`,
          `/agencies/${oneOf(['Hartford', oneOf(seenIds)])}`,
          `/${oneOf(seenIds)}`,
        ]),
        someone,
      );
    } else if (kind < 0.51) {
      await seal(oneOf(referrals.slice(-20)));
      request -= 1;
    } else if (kind < 0.56) {
      await stepOf(oneOf(referrals.slice(-20)));
      request -= 1;
    } else {
      const id = aReferral(someone);
      const fitting = (Object.keys(commands) as CommandName[]).filter((name) => {
        const allowed: readonly string[] = commandNamed(name).roles;
        return chance(0.15) || allowed.includes(someone?.role ?? '');
      });
      const name = fitting.length > 0 ? oneOf(fitting) : 'acknowledge-alert';
      const state = await stateOf(id);
      await send(`/referrals/${id}/commands/${name}`, someone, {
        body: inputFor(schemas.get(name) ?? {}, id),
        headers: {
          ...(chance(0.1) && { 'Idempotency-Key': `key ${below(40)}` }),
          ...(chance(0.2) && { 'If-Match': `"${Math.max(1, (state?.seq ?? 1) - below(2))}"` }),
          ...(chance(0.02) && { 'content-type': 'text/plain' }),
        },
      });
    }
  }
  if (api.faults.length > 0) findings.push(`${api.faults.length} faults, the first: ${String(api.faults[0])}`);
  return { findings, statuses, refusals, shown, factsRead };
}
