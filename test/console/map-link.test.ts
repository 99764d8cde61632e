/** The place in an online map: for the person who must go, and only where the deployment allows it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, startDesk } from '../support/desk.ts';
import { openConsole, signedInAs } from './window.ts';

let desk: Desk;
let id: string;
let alertId: string;
beforeAll(async () => {
  desk = await startDesk();
  id = await desk.opened({
    danger: 'yes',
    presentTown: 'New Haven',
    perpetrators: ['third-party'],
    whereExactly: 'Room 12, 40 Example Avenue',
  });
  const alerts = Object.values((await desk.state(id)).alerts);
  alertId =
    alerts.find(({ kind, to }) => (kind === 'deadline-opened' || kind === 'checkpoint') && to.includes('area-oncall'))
      ?.id ?? '';
});
afterAll(() => desk.stop());

const pageWith = async (mapLink: boolean, path: string) => {
  const careline = openConsole(desk, { parts: { now: () => desk.now, mapLink } });
  const { status, html } = await (await signedInAs(careline, 'area-oncall')).get(path);
  expect([status, html.includes('Room 12, 40 Example Avenue')]).toEqual([200, true]);
  return html;
};

test('the person who must go opens the place in a map, which does not learn the page', async () => {
  const [link = ''] = /<a [^>]*google[^>]*>[^<]*<[/]a>/.exec(await pageWith(true, `/alerts/${alertId}`)) ?? [];
  expect(link).toContain('query=Room%2012%2C%2040%20Example%20Avenue%2C%20New%20Haven"');
  expect(link).toContain('rel="noreferrer" target="_blank">Open in maps<');
});

test('no other page leads to a map, and none at all where the deployment does not allow it', async () => {
  expect(await pageWith(true, `/referrals/${id}`)).not.toContain('maps');
  for (const path of [`/alerts/${alertId}`, `/referrals/${id}`])
    expect(await pageWith(false, path)).not.toMatch(/maps|google/i);
});
