/** The routes of pages across referrals for administrators and auditors. A GET never acts. */
import { Hono } from 'hono';
import { redactFindings } from '../../../shared/application/access/redact-references.ts';
import { auditors, isOneOf } from '../../../shared/application/access/visitor.ts';
import { readInput } from '../../../shared/application/input/read-input.ts';
import { type LogLine, logFilters } from '../../../shared/application/read/log.ts';
import type { EncryptedLists } from '../../../shared/application/read/page-cursors.ts';
import {
  type RunFilters,
  readRuns,
  runFilters,
  runsAmong,
  runsFor,
} from '../../../shared/application/read/run-list.ts';
import { viewRun } from '../../../shared/application/read/shown-run.ts';
import { recentFindings } from '../../../shared/application/read/today.ts';
import { doorRefusals } from '../../../shared/application/routes/door-refusals.ts';
import { commandNamed } from '../../../shared/domain/commands.ts';
import { readReference } from '../../../shared/domain/core/ids.ts';
import { policyInForce } from '../../../shared/domain/policy/in-force.ts';
import { released } from '../../../shared/policy/policies.ts';
import deadlineDefinition from '../../../workflows/deadline.asl.json' with { type: 'json' };
import referralDefinition from '../../../workflows/referral.asl.json' with { type: 'json' };
import { givenIn } from '../app/given.ts';
import { namesOf } from '../app/lookups.ts';
import type { ConsoleEnv, ConsoleParts, Place } from '../app/parts.ts';
import { emailPath, namePeople } from '../forms/named-people.ts';
import { csvFile } from '../numbers/files.ts';
import { logFile, mostInFile, recordSaved, runsFile } from './audit-files.ts';
import { LogPage, logPath, personField } from './log-page.tsx';
import { RunPage } from './run-page.tsx';
import { RunsPage, runsPath } from './runs-page.tsx';
import { WatchdogPage, watchdogPath } from './watchdog-page.tsx';

/** So many rows stand on a page. */
const rowsOfPage = 12;
/** So many acts stand on a page of the log. */
const actsOfPage = 12;
/** So many runs stand in each list of the watchdog's page. */
const runsOfWatchdog = 5;

const definitions = { referral: referralDefinition, deadline: deadlineDefinition } as const;

/** The account of the embedded cloud. AWS gives it to no one. */
const noAccount = '000000000000';

/** The address of an execution in AWS's own console. Undefined in the embedded cloud. */
export function executionInAws(machineArn: string, execution: string): string | undefined {
  const [, partition, , region, account] = machineArn.split(':');
  if (partition !== 'aws' || region === undefined || account === undefined || account === noAccount) return undefined;
  const arn = `${machineArn.replace(':stateMachine:', ':execution:')}:${execution}`;
  return `https://${region}.console.aws.amazon.com/states/home?region=${region}#/v2/executions/details/${arn}`;
}

/** Of a reference, people write what they hear or copy. */
function readFilters(given: Readonly<Record<string, string>>) {
  const typed = readReference('CR', given.referral ?? '');
  return readInput(logFilters, typed === undefined ? given : { ...given, referral: typed });
}

/** The people who acted, and those they acted for. */
const actorsIn = (acts: readonly LogLine[]): readonly string[] =>
  acts.flatMap(({ by, isPerson, onBehalfOf = [] }) => (isPerson ? [by, onBehalfOf].flat() : []));

export function createRunPages(
  parts: Omit<ConsoleParts, 'board'> & { readonly board: EncryptedLists },
  { frameOf, visitorIn, url, forbidden, notFound, people: professionals }: Place,
): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();

  app.get(runsPath, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['runs-for-auditors'].sentence);
    const { data: chosen } = runFilters.safeParse(givenIn(context));
    if (!chosen) return context.redirect(url(runsPath), 302);
    const now = parts.now();
    const policy = policyInForce(released, now);
    const found = await runsFor(parts.board, { filters: chosen, now }, visitor, policy, rowsOfPage);
    return context.html(<RunsPage frame={frameOf(context)} policy={policy} chosen={chosen} found={found} />);
  });

  app.get(`${runsPath}/csv`, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['runs-for-auditors'].sentence);
    const { data: filters } = runFilters.omit({ page: true }).safeParse(givenIn(context));
    if (!filters) return context.redirect(url(runsPath), 302);
    const now = parts.now();
    const policy = policyInForce(released, now);
    const found = await runsFor(parts.board, { filters, now }, visitor, policy, mostInFile.runs);
    await recordSaved({ ...parts, now }, visitor, ['runs-file']);
    return csvFile(context, `runs-${now.slice(0, 10)}.csv`, runsFile(found));
  });

  app.get(`${runsPath}/:run`, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['runs-for-auditors'].sentence);
    const now = parts.now();
    const run = await viewRun({ ...parts, now }, context.req.param('run'), visitor);
    if (!run) return notFound(context);
    const people = run.commits.flatMap(({ actor, onBehalfOf = [] }) =>
      actor.kind === 'person' ? [actor.id, onBehalfOf].flat() : [],
    );
    const nameOf = await namesOf(parts.directory, people);
    const { before = '' } = context.req.query();
    return context.html(
      <RunPage
        frame={frameOf(context)}
        run={run}
        definition={definitions[run.machine]}
        before={/^\d{1,7}$/.test(before) ? Number(before) : Number.POSITIVE_INFINITY}
        nameOf={nameOf}
        inAws={executionInAws(parts.machines[run.machine], run.execution)}
        mayRestart={run.state !== 'ended' && isOneOf(visitor, commandNamed('restart-run').roles)}
      />,
    );
  });

  app.get(logPath, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['log-for-auditors'].sentence);
    // A person who is named by e-mail address stands in the address of the page by id.
    const [named, choices] = await Promise.all([
      namePeople([personField([])], new URLSearchParams(givenIn(context)), parts.directory),
      professionals(visitor),
    ]);
    if (named.form.has(emailPath('person')) && named.problems.length === 0) {
      named.form.delete(emailPath('person'));
      return context.redirect(url(`${logPath}?${named.form}`), 303);
    }
    const { after, ...given } = givenIn(context);
    const read = readFilters(given);
    const isCursor = after === undefined || (await parts.board.isLogCursor(after));
    const [problem] = [...named.problems, ...(read.problems ?? [])];
    if (problem || read.problems || !isCursor) {
      const sentence = problem?.sentence ?? 'This address of a later page is not right. Begin at the first page.';
      return context.html(<LogPage frame={frameOf(context)} chosen={{}} problem={sentence} />, 400);
    }
    const chosen = read.data;
    const found = await parts.board.log({ ...parts, now: parts.now() }, chosen, { limit: actsOfPage, after }, visitor);
    const { person } = chosen;
    const [nameOf, known] = await Promise.all([
      namesOf(parts.directory, [...actorsIn(found.acts), person ?? []].flat()),
      person === undefined ? undefined : parts.directory.person(person),
    ]);
    const isUnknown = person !== undefined && known === undefined;
    // A person who left is in no list.
    const isListed = person === undefined || choices.some(({ value }) => value === person);
    const people = isListed ? choices : [...choices, { value: person, words: nameOf(person) }];
    return context.html(<LogPage {...{ frame: frameOf(context), chosen, found, nameOf, isUnknown, people }} />);
  });

  app.get(`${logPath}/csv`, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors)) return forbidden(context, doorRefusals['log-for-auditors'].sentence);
    const read = readFilters(givenIn(context));
    if (read.problems) return context.redirect(url(logPath), 302);
    const chosen = read.data;
    const now = parts.now();
    const found = await parts.board.log({ ...parts, now }, chosen, { limit: mostInFile.log }, visitor);
    const nameOf = await namesOf(parts.directory, actorsIn(found.acts));
    // The whole log of one referral is told at that referral, where this person sees it.
    await recordSaved({ ...parts, now }, visitor, ['log-file'], found.acts.length > 0 ? chosen.referral : undefined);
    return csvFile(context, `log-${now.slice(0, 10)}.csv`, logFile(found, nameOf));
  });

  app.get(watchdogPath, async (context) => {
    const visitor = visitorIn(context);
    if (!isOneOf(visitor, auditors))
      return forbidden(context, 'Findings of the watchdog are for administrators and auditors.');
    const now = parts.now();
    const policy = policyInForce(released, now);
    const [found, read] = await Promise.all([recentFindings(parts.ledger, now), readRuns(parts.board)]);
    const runs = (filters: RunFilters) => runsAmong(read, { filters, now }, visitor, policy, runsOfWatchdog);
    const findings = await redactFindings(parts.ledger, found, visitor);
    const { page = '' } = context.req.query();
    return context.html(
      <WatchdogPage
        frame={frameOf(context)}
        findings={findings}
        stuck={runs({ state: 'failed' })}
        repaired={runs({ time: 'lost-day' })}
        page={/^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1}
      />,
    );
  });
  return app;
}
