/**
 * One referral from report to closing by a person who knows nothing but `nextSteps` and the description of the commands. The
 * whole product runs in this process; every sample person asks the API in turn.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { samplePeople } from '../../infra/local/samples/directory.ts';
import type { ReferralView } from '../../shared/application/read/view.ts';
import { apiDescriptionText } from '../support/api-description.ts';
import { type StoryStage, stageInProcess } from '../support/stage-in-process.ts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
const { paths } = JSON.parse(apiDescriptionText()) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
const report = JSON.parse(
  readFileSync(new URL('../../docs/examples/confirmed-living-at-home.json', import.meta.url), 'utf8'),
);

/** An entry of a list that a field names. A call task has no id of its own. */
interface ListedAt {
  readonly id?: string;
  readonly duties?: readonly { readonly deadlineId: string }[];
  readonly next?: string;
}

type Step = ReferralView['nextSteps'][number];
type Act = Step['acts'][number];

let stage: StoryStage;
beforeAll(() => {
  stage = stageInProcess();
});
afterAll(() => stage.stop());

const schemaOf = (command: string): Schema =>
  paths[`/referrals/{id}/commands/${command}`]?.post?.requestBody?.content['application/json']?.schema ?? {};

/** The first value that the description allows. An instant is tomorrow's. */
function inventedFor(schema: Schema): unknown {
  if (schema.enum) return schema.enum[0];
  if (schema.format === 'date-time') return new Date(Date.parse(stage.now()) + 86_400_000).toISOString();
  if (schema.format === 'date') return '2011-04-17';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer') return 1;
  if (schema.type !== 'object') return 'Written by a person who knows only the next steps.';
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, inventedFor(each)]));
}

/** The body of an act. `whole`: with the optional fields too, where the answer was that one is needed. */
async function bodyOf(email: string, { command, input, fields }: Act, whole: boolean): Promise<object> {
  const { properties = {} } = schemaOf(command);
  const filled = await Promise.all(
    fields
      .filter(({ required }) => required || whole)
      .map(async ({ name, choices, listedAt }) => {
        const schema = properties[name] ?? {};
        if (choices) return [name, schema.type === 'array' ? choices : choices[0]];
        if (listedAt === undefined) return [name, inventedFor(schema)];
        const { body } = await stage.asks(email, listedAt);
        const [list = []] = Object.values(body).filter(Array.isArray);
        const listed = list as readonly ListedAt[];
        // Of calls, the person or agency to call next about the duty.
        const task = listed.find(({ duties = [] }) => duties.some(({ deadlineId }) => deadlineId === input.deadlineId));
        return [name, task ? task.next : listed[0]?.id];
      }),
  );
  return { ...input, ...Object.fromEntries(filled) };
}

test('a confirmed referral is closed by the next steps alone', async () => {
  const { body } = await stage.reports(report);
  const [id = ''] = body.referralIds as string[];
  const emails = samplePeople().map(({ email }) => email);
  const done: string[] = [];
  const refused: string[] = [];
  const read = async (email: string): Promise<Partial<ReferralView>> => {
    const first = await stage.asks(email, `/referrals/${id}`);
    const { suggestedPurpose: purpose } = first.body as { readonly suggestedPurpose?: string };
    const answer = purpose === undefined ? first : await stage.asks(email, `/referrals/${id}?purpose=${purpose}`);
    return answer.status === 200 ? (answer.body as unknown as ReferralView) : {};
  };
  let stageNow: string | undefined = 'open';
  for (let pass = 0; pass < 30 && stageNow === 'open'; pass += 1) {
    for (const email of emails) {
      // Each person does what waits on them, the most urgent first, and reads the steps again after each act.
      const tried = new Set<string>();
      for (let acts = 0; acts < 12; acts += 1) {
        const view = await read(email);
        const step = view.nextSteps?.find((each) => !tried.has(JSON.stringify([each.title, each.acts[0]])));
        const act = step?.acts[0];
        if (!step || !act || view.stage !== 'open') break;
        tried.add(JSON.stringify([step.title, act]));
        let answer = await stage.tries(email, id, act.command, await bodyOf(email, act, false));
        if (answer.status !== 200) answer = await stage.tries(email, id, act.command, await bodyOf(email, act, true));
        (answer.status === 200 ? done : refused).push(
          `${step.rule ?? 'asked'} ${act.command}${answer.status === 200 ? '' : `: ${JSON.stringify(answer.body)}`}`,
        );
      }
    }
    await stage.hours(1);
    stageNow = (await read('careline.supervisor@dcf.example')).stage;
  }
  const { inTheWayOfClosing, decision, screenings } = (await stage.view(id)) as ReferralView;
  expect({ stageNow, inTheWayOfClosing, refused }).toEqual({ stageNow: 'closed', inTheWayOfClosing: [], refused: [] });
  expect([screenings.at(-1)?.outcome, decision?.outcome]).toEqual(['confirmed', expect.any(String)]);
  expect(new Set(done).size).toBeGreaterThan(30);
  expect(stage.faults).toEqual([]);
}, 300_000);
