/** Every page that the people of a busy Careline reach from their home asks little, in one process. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { burdenOf, overBar, tellBurden } from './burden.ts';
import { startBusy } from './confirmed.ts';
import { type Stage, startStageOver } from './console-stage.ts';
import { kindOf, linksOn } from './page-walk.ts';
import { signedInAs } from './window.ts';

let stage: Stage;
beforeAll(async () => {
  const desk = await startBusy();
  await desk.seedDirectory();
  stage = await startStageOver(desk, { now: () => desk.now });
}, 60_000);
afterAll(() => stage.stop());

const roles = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'caseworker',
  'area-supervisor',
  'area-director',
  'director-oncall',
  'hart-liaison',
  'hart-director',
  'program-manager',
  'administrator',
  'mdt-coordinator',
  'legal',
  'auditor',
  'trainer',
  'forum-member',
  'seat:medical',
  'seat:mental-health',
  'contact:PV-1',
] as const;

const isPage = (path: string) =>
  !/[.]csv$|[.]ics$|[/](csv|json)([?]|$)|^\/(assets|session|sign-out|signed-out|sign-in|signed-in)/.test(path);

test.each(roles)('every page that a %s reaches asks little', { timeout: 300_000 }, async (role) => {
  const page = await stage.open((await signedInAs(stage.careline, role)).cookies, '/', {
    viewport: { width: 1366, height: 900 },
  });
  const { origin } = new URL(page.url());
  const visited = new Set<string>();
  const waiting = ['/'];
  const faults: string[] = [];
  while (waiting.length > 0) {
    const path = waiting.shift() ?? '/';
    const kind = kindOf(path);
    if (visited.has(kind)) continue;
    visited.add(kind);
    const answer = await page.goto(`${origin}${path}`);
    if (!answer?.headers()['content-type']?.includes('html')) continue;
    waiting.push(...(await linksOn(page)).filter(isPage));
    const burden = await burdenOf(page);
    tellBurden(role, kind, burden);
    faults.push(...overBar(kind, burden).map((fault) => `${path} ${fault}`));
  }
  await page.context().close();
  expect(faults).toEqual([]);
});
