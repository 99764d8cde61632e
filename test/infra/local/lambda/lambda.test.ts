import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { devNull } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Cloud, noon, startFunctions } from './hand-written.ts';

const clouds: Cloud[] = [];
const start = (...given: Parameters<typeof startFunctions>) => {
  const cloud = startFunctions(...given);
  clouds.push(cloud);
  return cloud;
};
afterEach(async () => {
  await Promise.all(clouds.splice(0).map(({ lambda }) => lambda.stop()));
});

describe('a function', () => {
  it('answers what its handler returns, by name and by ARN, and counts its invocations', async () => {
    const { lambda } = start({ Greet: 'exports.handler = async ({ name }) => ({ greeting: "Hello " + name });' });

    const byName = await lambda.invoke('Greet', { name: 'Ada' });
    const byArn = await lambda.invoke('arn:aws:lambda:us-east-1:000000000000:function:Greet', { name: 'Bo' });

    expect(byName).toEqual({ ok: true, payload: { greeting: 'Hello Ada' } });
    expect(byArn).toEqual({ ok: true, payload: { greeting: 'Hello Bo' } });
    expect(lambda.counts()).toEqual({ Greet: 2 });
  });

  it('answers null where its handler returns nothing', async () => {
    const { lambda } = start({ Quiet: 'exports.handler = async () => {};' });
    expect(await lambda.invoke('Quiet', {})).toEqual({ ok: true, payload: null });
  });

  it('sees only its own environment, its own credentials and the overrides of variables it has', async () => {
    const { lambda } = start(
      { Look: 'exports.handler = async () => process.env;' },
      {
        properties: { Look: { MemorySize: 256, Environment: { Variables: { ISSUER: 'cloud', TABLE: 'Ledger' } } } },
        options: { overrides: { ISSUER: 'here', SECRET_OF_OTHERS: 'x' } },
      },
    );

    const result = await lambda.invoke('Look', {});

    expect(result.ok && result.payload).toEqual({
      ISSUER: 'here',
      TABLE: 'Ledger',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ACCESS_KEY_ID: 'LOCAL.Look',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: 'us-east-1',
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_LAMBDA_FUNCTION_NAME: 'Look',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      LAMBDA_TASK_ROOT: expect.stringMatching(/asset\.Look$/),
      _HANDLER: 'index.handler',
      TZ: 'UTC',
    });
  });

  it('gets the context of AWS', async () => {
    const { lambda } = start(
      { Ask: 'exports.handler = async (_, c) => ({ ...c, left: c.getRemainingTimeInMillis() });' },
      { properties: { Ask: { Timeout: 7 } } },
    );
    const asked = await lambda.invoke('Ask', {});
    expect(asked.ok && asked.payload).toMatchObject({
      functionName: 'Ask',
      functionVersion: '$LATEST',
      invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Ask',
      memoryLimitInMB: '128',
      logGroupName: '/aws/lambda/Ask',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      left: expect.toSatisfy((left: number) => left > 5000 && left <= 7000),
    });
  });

  it('has the movable clock as its time', async () => {
    const { lambda, clock } = start({ Now: 'exports.handler = async () => [Date.now(), new Date().toISOString()];' });
    expect(await lambda.invoke('Now', {})).toEqual({ ok: true, payload: [noon, '2027-03-01T12:00:00.000Z'] });
    await clock.advance(3_600_000);
    expect(await lambda.invoke('Now', {})).toEqual({
      ok: true,
      payload: [noon + 3_600_000, '2027-03-01T13:00:00.000Z'],
    });
  });

  it('fails with the name, message and stack of what its handler throws, and stays usable', async () => {
    const { lambda } = start({
      Moody: `let runs = 0;
        exports.handler = async (event) => {
          runs += 1;
          if (event.bad === 'error') throw Object.assign(new Error('Try later.'), { name: 'LedgerBusy' });
          if (event.bad === 'text') throw 'no';
          return runs;
        };`,
    });
    expect(await lambda.invoke('Moody', { bad: 'error' })).toEqual({
      ok: false,
      errorType: 'LedgerBusy',
      errorMessage: 'Try later.',
      trace: expect.arrayContaining([
        'LedgerBusy: Try later.',
        expect.stringMatching(/at .*\(\/var\/task\/index\.js:\d+:\d+\)/),
      ]),
    });
    expect(await lambda.invoke('Moody', { bad: 'text' })).toEqual({
      ok: false,
      errorType: 'string',
      errorMessage: 'no',
      trace: [],
    });
    expect(await lambda.invoke('Moody', {})).toEqual({ ok: true, payload: 3 });
  });

  it('is ended when it runs past its timeout, even in an endless loop, and starts afresh', async () => {
    const { lambda } = start(
      { Slow: 'exports.handler = async ({ loop }) => { while (loop) {} return "fresh"; };' },
      { properties: { Slow: { Timeout: 0.05 } } },
    );
    const late = await lambda.invoke('Slow', { loop: true });
    expect(late).toMatchObject({ ok: false, errorType: 'Sandbox.Timedout' });
    expect(!late.ok && late.errorMessage).toMatch(
      /^RequestId: [0-9a-f-]{36} Error: Task timed out after 0\.05 seconds$/,
    );
    expect(await lambda.invoke('Slow', {})).toEqual({ ok: true, payload: 'fresh' });
  });

  it('is reported as exited when it exits or crashes, and starts afresh', async () => {
    const { lambda } = start({
      Fragile: `exports.handler = async ({ how }) => {
        if (how === 'exit') process.exit(3);
        if (how === 'crash') { setImmediate(() => { throw new Error('later'); }); await new Promise(() => {}); }
        return 'fresh';
      };`,
    });
    for (const how of ['exit', 'crash']) {
      const result = await lambda.invoke('Fragile', { how });
      expect(result).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
      expect(await lambda.invoke('Fragile', {})).toEqual({ ok: true, payload: 'fresh' });
    }
  });

  it('is killed when it needs more memory than it has, and nothing else is', async () => {
    const { lambda } = start(
      {
        Greedy:
          'exports.handler = async () => { const all = []; for (;;) all.push(new Array(10000).fill(0).map((_, i) => ({ i }))); };',
        Modest: 'exports.handler = async () => "well";',
      },
      { properties: { Greedy: { MemorySize: 20, Timeout: 30 } } },
    );
    const [greedy, modest] = await Promise.all([lambda.invoke('Greedy', {}), lambda.invoke('Modest', {})]);
    expect(greedy).toMatchObject({ ok: false, errorType: 'Runtime.ExitError' });
    expect(!greedy.ok && greedy.errorMessage).toContain('signal: killed');
    expect(modest).toEqual({ ok: true, payload: 'well' });
  });

  it('says why its code cannot be loaded', async () => {
    const { lambda } = start({
      Throws: 'throw new TypeError("no configuration");',
      Nameless: 'exports.other = 1;',
      Callback: 'exports.handler = (event, context, callback) => callback(null, 1);',
      Broken: 'exports.handler = async () => {',
    });
    const types = await Promise.all(
      ['Throws', 'Nameless', 'Callback', 'Broken'].map(async (name) => {
        const result = await lambda.invoke(name, {});
        return result.ok ? 'ok' : result.errorType;
      }),
    );
    expect(types).toEqual(['TypeError', 'Runtime.HandlerNotFound', 'Runtime.CallbackHandlerDeprecated', 'SyntaxError']);
  });

  it('hands its output to onLog, line by line', async () => {
    const { lambda, lines, activity } = start({
      Talk: 'exports.handler = async () => { console.log("one\\ntwo"); console.error("three"); process.exit(0); };',
    });
    await lambda.invoke('Talk', {});
    await activity.rest();
    expect(lines.sort()).toEqual(['Talk one', 'Talk three', 'Talk two']);
  });

  it('refuses events and answers of more than 6 MB', async () => {
    const { lambda } = start({ Big: 'exports.handler = async ({ size }) => "x".repeat(size);' });
    expect(await lambda.invoke('Big', { size: 7_000_000 })).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
    expect(await lambda.invoke('Big', { text: 'x'.repeat(7_000_000) })).toMatchObject({
      errorType: 'Lambda.RequestTooLargeException',
    });
  });

  it('that is not in the template is not found', async () => {
    const { lambda } = start({});
    expect(await lambda.invoke('Unknown', {})).toMatchObject({
      ok: false,
      errorType: 'Lambda.ResourceNotFoundException',
    });
  });

  it('with another runtime or handler stops the start with a sentence', () => {
    expect(() => start({ Old: '' }, { properties: { Old: { Runtime: 'python3.13' } } })).toThrow(/Old cannot run here/);
  });
});

describe('instances', () => {
  const whichThread = 'const { threadId } = require("node:worker_threads"); exports.handler = async () => threadId;';

  it('serve one invocation at a time, two of one function at once, the others in order', async () => {
    const { lambda } = start(
      {
        Count: `let inside = 0;
          exports.handler = async () => {
            inside += 1;
            const most = inside;
            await new Promise((resolve) => setImmediate(resolve));
            inside -= 1;
            return [require('node:worker_threads').threadId, most];
          };`,
      },
      { options: { patience: 0 } },
    );
    const results = await Promise.all(Array.from({ length: 8 }, () => lambda.invoke('Count', {})));
    const seen = results.map((result) => (result.ok ? (result.payload as [number, number]) : [0, 0]));
    expect(new Set(seen.map(([thread]) => thread)).size).toBe(2);
    expect(new Set(seen.map(([, inside]) => inside))).toEqual(new Set([1]));
  });

  it('start a second time only where the first is busy for long', async () => {
    const { lambda } = start({ Which: whichThread }, { options: { patience: 60_000 } });
    const results = await Promise.all([1, 2, 3].map(() => lambda.invoke('Which', {})));
    expect(new Set(results.map((result) => result.ok && result.payload)).size).toBe(1);
  });

  it('are kept while there is memory; then the least recently used one ends before another starts', async () => {
    let memory = 0;
    const { lambda } = start(
      { One: whichThread, Two: whichThread, Three: whichThread },
      { options: { memoryInUse: () => memory } },
    );
    const thread = async (name: string) => {
      const result = await lambda.invoke(name, {});
      return result.ok ? result.payload : undefined;
    };
    const one = await thread('One');
    const two = await thread('Two');
    expect(await thread('One')).toBe(one);
    memory = Number.POSITIVE_INFINITY;
    await thread('Three');
    expect(await thread('One')).toBe(one);
    expect(await thread('Two')).not.toBe(two);
  });

  it('are ended where no caller has needed them for a while', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const { lambda } = start({ One: whichThread, Two: whichThread }, { options: { idleFor: 1000 } });
      const thread = async (name: string) => {
        const result = await lambda.invoke(name, {});
        return result.ok ? result.payload : undefined;
      };
      const [one, two] = [await thread('One'), await thread('Two')];
      vi.advanceTimersByTime(999);
      expect(await thread('One')).toBe(one);
      vi.advanceTimersByTime(999);
      expect(await thread('One')).toBe(one);
      expect(await thread('Two')).not.toBe(two);
    } finally {
      vi.useRealTimers();
    }
  });

  it('give their memory back once the last of them has ended', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const given = vi.fn();
      const options = { idleFor: 1000, giveMemoryBack: given };
      const { lambda } = start({ One: whichThread, Two: whichThread }, { options });
      await lambda.invoke('One', {});
      vi.advanceTimersByTime(500);
      await lambda.invoke('Two', {});
      vi.advanceTimersByTime(500);
      // The thread of one ends in real time; the other is still there.
      await new Promise((resolve) => setImmediate(resolve));
      expect(given).not.toHaveBeenCalled();
      vi.advanceTimersByTime(500);
      await vi.waitUntil(() => given.mock.calls.length > 0, { timeout: 5000 });
      expect(given).toHaveBeenCalledTimes(1);
    } finally {
      vi.useRealTimers();
    }
  });

  it('of which there is a second of the same function end before the only one of another', async () => {
    let memory = 0;
    const { lambda } = start(
      { One: whichThread, Two: whichThread, Three: whichThread },
      { options: { memoryInUse: () => memory, patience: 0 } },
    );
    const thread = async (name: string) => {
      const result = await lambda.invoke(name, {});
      return result.ok ? result.payload : undefined;
    };
    const two = await thread('Two');
    expect(new Set(await Promise.all([thread('One'), thread('One')])).size).toBe(2);
    memory = Number.POSITIVE_INFINITY;
    await thread('Three');
    expect(await thread('Two')).toBe(two);
  });

  it('fail with a service exception for what is running or waiting when everything stops', async () => {
    const { lambda } = start(
      { Hang: 'exports.handler = () => new Promise(() => {});' },
      { properties: { Hang: { Timeout: 60 } } },
    );
    const results = Promise.all([1, 2, 3].map(() => lambda.invoke('Hang', {})));
    await lambda.stop();
    for (const result of await results)
      expect(result).toMatchObject({ ok: false, errorType: 'Lambda.ServiceException' });
  });

  it('of a function that invokes itself through the endpoint do not wait for each other', async () => {
    const server = createServer(async (_request, response) => {
      const result = await lambda.invoke('Nested', { inner: true });
      response.end(JSON.stringify(result.ok && result.payload));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const { lambda } = start(
      {
        Nested: `exports.handler = async ({ inner }) =>
          inner ? 'inner' : 'outer of ' + (await (await fetch(process.env.AWS_ENDPOINT_URL)).json());`,
      },
      {
        options: { endpoint: () => ({ url: `http://127.0.0.1:${port}`, call: async () => expect.unreachable() }) },
        properties: { Nested: { Timeout: 20 } },
      },
    );
    expect(await lambda.invoke('Nested', {})).toEqual({ ok: true, payload: 'outer of inner' });
    server.close();
  });
});

it('an advance of the clock waits for invocations in flight', async () => {
  const { lambda, clock } = start({ Work: 'exports.handler = async () => "done";' });
  let done = false;
  clock.at(noon + 1000, () => {
    void lambda.invoke('Work', {}).then(() => {
      done = true;
    });
  });
  await clock.advance(1000);
  expect(done).toBe(true);
});
