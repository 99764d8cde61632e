/** What can be switched on at a running cloud, and that the page which says so says what there is. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report, reporter } from '../bench/referral.ts';
import { faultKinds } from '../simulate/faults.ts';
import { type Stage, stageCloud } from '../support/stage-cloud.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageCloud();
}, 60_000);
afterAll(() => stage.stop());

const mail = async (body?: unknown) => {
  const answer = await fetch(`${stage.cloud.endpointUrl}/_local/mail`, {
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as unknown };
};

describe('the local route for mail', () => {
  it('throttles as many mails as it is told to, and the product sends each of them all the same, once', async () => {
    expect(await mail({ throttleNext: 2 })).toEqual({ status: 200, body: { throttleNext: 2, dailyQuota: 50_000 } });
    const { body } = await stage.reports(report, { by: reporter });
    const [id = ''] = body.referralIds as string[];
    expect(await mail()).toEqual({ status: 200, body: { throttleNext: 0, dailyQuota: 50_000 } });
    const sent = stage.mails(id).map(({ to, subject }) => `${to} ${subject}`);
    expect(sent.length).toBeGreaterThan(2);
    expect(new Set(sent).size).toBe(sent.length);
    expect(stage.cloud.failures()).toEqual([]);
  });

  it.each([{ throttleNext: -1 }, { perSecond: 1 }, 'often'])('says what it takes where it is sent %j', async (body) => {
    expect(await mail(body)).toMatchObject({ status: 400, body: { error: expect.stringContaining('throttleNext') } });
  });
});

it('docs/local-versus-aws.md names only faults that the simulator has', () => {
  const page = readFileSync(new URL('../../docs/local-versus-aws.md', import.meta.url), 'utf8');
  const named = [...page.matchAll(/simulate: (`[^|]*)/g)].flatMap(([, faults = '']) =>
    [...faults.matchAll(/`([a-z-]+)`/g)].map(([, name = '']) => name),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !faultKinds.some((kind) => kind === name))).toEqual([]);
});
