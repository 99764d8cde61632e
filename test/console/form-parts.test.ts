/** Long forms come in parts. What a person typed goes along from one part to the next, and the last press records all of it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Field, fieldsOf } from '../../functions/console/forms/form-fields.ts';
import { partsOf } from '../../functions/console/forms/form-parts.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import type { Desk } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, type Page, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  desk.at('2026-11-12T16:00:00Z');
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

/** What the form of a page sends besides what a person fills in. */
const carriedIn = (form: string): Record<string, string[]> => {
  const carried: Record<string, string[]> = {};
  for (const [, name = '', value = ''] of form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g))
    carried[name] = [...(carried[name] ?? []), value];
  return carried;
};
const currentPart = (form: string) => /<strong aria-current="step">([^<]+)</.exec(form)?.[1];

async function press(
  browser: Browser,
  name: CommandName,
  { html }: Page,
  filled: Readonly<Record<string, string | readonly string[]>>,
): Promise<Page> {
  return browser.post(`/referrals/${id}/do/${name}`, { ...carriedIn(formIn(html, name)), ...filled });
}

test('the record of a meeting goes through three parts and is one record', async () => {
  const coordinator = await signedInAs(careline, 'mdt-coordinator');
  const { seq } = await desk.state(id);
  const first = await coordinator.get(`/referrals/${id}/do/record-meeting`);
  expect(currentPart(formIn(first.html, 'record-meeting'))).toBe('Who came');
  const attended = [
    ...new Set([...first.html.matchAll(/name="attended" value="([\w-]+)"/g)].map(([, who = '']) => who)),
  ];
  const second = await press(coordinator, 'record-meeting', first, { attended, action: 'part-services' });
  expect(second.status).toBe(200);
  expect(second.html).not.toContain('Not done yet');
  expect(currentPart(formIn(second.html, 'record-meeting'))).toBe('Services');
  const chosen = { services: 'legal', action: 'part-tasks' };
  const third = await press(coordinator, 'record-meeting', second, chosen);
  expect(currentPart(formIn(third.html, 'record-meeting'))).toBe('Tasks and minutes');
  // Back at the first, each tick stands.
  const again = await press(coordinator, 'record-meeting', third, { meetingNotes: 'Invented.', action: 'part-came' });
  expect(formIn(again.html, 'record-meeting').match(/name="attended" value="[\w-]+" checked/g)).toHaveLength(
    attended.length,
  );
  expect((await desk.state(id)).seq).toBe(seq);
  const done = await press(coordinator, 'record-meeting', again, { attended });
  expect(done.status).toBe(303);
  const { team, services } = await desk.state(id);
  expect(team.meetings.at(-1)?.attended).toEqual(attended);
  expect(services.recommended.concat(Object.keys(services.linkages) as never[])).toContain('legal');
  const { html } = await coordinator.get(`/referrals/${id}/agenda`);
  expect(html).toContain('Invented.');
});

test('a part without the answer that is needed leads to the part that asks it', async () => {
  const coordinator = await signedInAs(careline, 'mdt-coordinator');
  const tasks = await coordinator.get(`/referrals/${id}/do/record-meeting?part=tasks`);
  const answer = await press(coordinator, 'record-meeting', tasks, { meetingNotes: 'Words that stay.' });
  expect(answer.status).toBe(400);
  const form = formIn(answer.html, 'record-meeting');
  expect(currentPart(form)).toBe('Who came');
  expect(answer.html).toMatch(/href="#(record-meeting-attended)"/);
  expect(form).toContain('id="record-meeting-attended"');
  expect(carriedIn(form).meetingNotes).toEqual(['Words that stay.']);
});

test('what becomes known is recorded alone, and what stands on other parts stays', async () => {
  const caseworker = await signedInAs(careline, 'caseworker');
  const first = await caseworker.get(`/referrals/${id}/do/record-facts`);
  const care = await press(caseworker, 'record-facts', first, { gender: 'girl', action: 'part-care' });
  const form = formIn(care.html, 'record-facts');
  expect(carriedIn(form).perpetrators).toEqual(['third-party']);
  expect(form).toContain('name="knownAt"');
  // The task asks for the age, and this part does not.
  expect(form).not.toContain('Record whether the child is under 18');
  expect(formIn(first.html, 'record-facts')).toContain('Record whether the child is under 18');
  expect((await press(caseworker, 'record-facts', care, { homeless: 'yes', knownAt: 'now' })).status).toBe(303);
  const { commits } = (await desk.ledger.referral(id)) ?? { commits: [] };
  const learned = Object.assign({}, ...(commits.at(-1)?.events ?? []));
  expect(learned).toMatchObject({ gender: 'girl', homeless: 'yes' });
  expect(learned).not.toHaveProperty('perpetrators');
});

test.each(['record-facts', 'record-meeting'] as const)('Enter in a field of %s records nothing', async (name) => {
  const browser = await signedInAs(careline, name === 'record-facts' ? 'caseworker' : 'mdt-coordinator');
  const form = formIn((await browser.get(`/referrals/${id}/do/${name}`)).html, name);
  expect(/<button[^>]*>/.exec(form)?.[0]).toMatch(/name="action" value="part-/);
});

test.each(['record-facts', 'record-meeting'] as const)('each part of %s names fields of the act, each once', (name) => {
  const fields = partsOf(name).flatMap((part) => part.fields);
  expect(new Set(fields).size).toBe(fields.length);
  expect(fields.filter((field) => !(field in commandNamed(name).input.shape))).toEqual([]);
});

test('a form of one part asks at most fifteen questions, also where no one is offered it now', () => {
  const asked = (fields: readonly Field[]): number =>
    fields.reduce((count, field) => count + (field.kind === 'group' ? asked(field.fields) : 1), 0);
  const names = (Object.keys(commands) as CommandName[]).filter((name) => partsOf(name).length === 0);
  expect(names.length).toBeGreaterThan(100);
  expect(names.filter((name) => asked(fieldsOf(commandNamed(name).input)) > 15)).toEqual([]);
});
