/** `npm run demo`: one report through the whole pathway in an in-memory embedded cloud, every person played, the clock moved. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ApiRefusal, createApiClient } from './demo/api-client.ts';
import { mailboxesOf } from './demo/bounce.ts';
import { jsonStopsAt } from './demo/json-place.ts';
import { acts, longestPlayDays, play } from './demo/play.ts';
import { render, tell } from './demo/timeline.ts';
import { createCallCount } from './iam/count-calls.ts';
import { helpOption, sentenceOf } from './options.ts';

const usage = `npm run demo -- [FILE] [--act ${acts.join('|')}] [--bounce SEAT|ROLE] [--json]`;
const defaultFile = fileURLToPath(new URL('../../docs/examples/confirmed-living-at-home.json', import.meta.url));
/** A Tuesday morning in New York; the same every time, so that two demos can be compared. */
const start = Date.parse('2026-11-10T14:00:00.000Z');

/** Ends the demo with a sentence: 2 where the input is wrong, 1 where something failed. */
class DemoEnd extends Error {
  readonly status: number;
  constructor(sentence: string, status: number) {
    super(sentence);
    this.status = status;
  }
}

/** Undefined where help was asked for. */
function readOptions() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        act: { type: 'string', default: 'on-time' },
        bounce: { type: 'string' },
        json: { type: 'boolean', default: false },
        ...helpOption,
      },
    });
    if (values.help) return undefined;
    const act = acts.find((known) => known === values.act);
    if (!act) throw new Error(`--act is one of ${acts.join(', ')}.`);
    const gone = values.bounce === undefined ? new Set<string>() : mailboxesOf(values.bounce);
    if (values.bounce !== undefined && gone.size === 0) {
      throw new Error('--bounce is a seat or a role, such as prosecutor, medical or caseworker.');
    }
    if (positionals.length > 1) throw new Error('Give one file.');
    return { act, gone, json: values.json, file: positionals[0] ?? defaultFile };
  } catch (error) {
    throw new DemoEnd(`${sentenceOf(error)} Use: ${usage}`, 2);
  }
}

function readReport(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new DemoEnd(`${file} cannot be read.`, 2);
  }
  try {
    return JSON.parse(text);
  } catch {
    const place = jsonStopsAt(text);
    const where = place ? `: it stops being JSON at line ${place.line}, column ${place.column}` : '';
    throw new DemoEnd(`${file} is not JSON${where}. Nothing was stored.`, 2);
  }
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

const halfADay = 12 * 3_600_000;

async function demo({ act, gone, json, file }: NonNullable<ReturnType<typeof readOptions>>): Promise<string> {
  const report = readReport(file);
  // The cloud is read only for a demo that is played: help and wrong words are answered at once.
  const [{ synthesize }, { startCloud }, { importSampleShifts }] = await Promise.all([
    import('../synthesize.ts'),
    import('./cloud.ts'),
    import('./samples/import-shifts.ts'),
  ]);
  progress('Synthesizing the stack …');
  const { folder } = await synthesize({ unchecked: true });
  progress('Starting the embedded cloud …');
  const counted = createCallCount();
  const cloud = await startCloud({ assembly: folder, frozenAt: start, gone, onAllowed: counted.note });
  try {
    await importSampleShifts(cloud, undefined, longestPlayDays + 2);
    // The shifts of sample people are no part of a referral, and neither is its audit.
    counted.clear();
    const api = createApiClient(cloud);
    const taken = await api.report('careline.worker@dcf.example', report).catch((error: unknown) => {
      if (!(error instanceof ApiRefusal)) throw error;
      const fields = error.problems.map(({ path, sentence }) => `  ${path || 'report'}: ${sentence}`);
      throw new DemoEnd([`${file} is not a report that can be taken. Nothing was stored.`, ...fields].join('\n'), 2);
    });
    await cloud.clock.advance(0);
    const onProgress = (now: number, done: number) =>
      progress(
        `${new Date(now).toLocaleString('en-US', { timeZone: 'America/New_York' })} in New York, ${done} act${done === 1 ? '' : 's'} …`,
      );
    const refused = await play({ api, clock: cloud.clock, act, gone, onProgress }, taken.referralIds);
    // Until the next morning, when what was held in the night is told.
    if (act !== 'never') await cloud.clock.advance(halfADay);
    const calls = counted.calls();
    const audits = await Promise.all(taken.referralIds.map((id) => api.audit('administrator@dcf.example', id)));
    const told = tell({
      reportId: taken.reportId,
      audits,
      sent: cloud.sent(),
      gone,
      refused,
      transitions: cloud.transitions(),
      calls,
    });
    return json ? JSON.stringify(told, null, 2) : render(told);
  } finally {
    progress('');
    await cloud.stop();
  }
}

try {
  const options = readOptions();
  console.log(options ? await demo(options) : usage);
} catch (error) {
  if (!(error instanceof DemoEnd)) throw error;
  console.error(error.message);
  process.exitCode = error.status;
}
