/**
 * Bad input at the form of every command. What was typed stays. Each problem in the summary leads to its control. The control says
 * that it is wrong, and which sentence is about it.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Field, fieldsOf } from '../../functions/console/forms/form-fields.ts';
import { type CommandName, commandNamed, commands } from '../../shared/domain/commands.ts';
import { textFieldsIn } from '../../shared/domain/core/text-fields.ts';
import type { Desk } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, { parts: { now: () => desk.now } });
}, 60_000);
afterAll(() => desk.stop());

const browsers = new Map<string, Browser>();
async function as(who: string): Promise<Browser> {
  const known = browsers.get(who);
  if (known) return known;
  const browser = await signedInAs(careline, who);
  browsers.set(who, browser);
  return browser;
}

/** The people who may do the command, the likeliest to be offered its form first. */
const doers = (name: CommandName): readonly string[] =>
  commandNamed(name).roles.flatMap((role) =>
    role === 'mdt-member' ? ['seat:medical'] : role === 'provider' ? ['contact:PV-1'] : [role],
  );

const typed = 'abc typed';
/** No day of New York has this time: the clocks went forward over it. */
const noTime = '2026-03-08T02:30';

/** A value that the field does not take, or words that must stay. Choices are left open, so that required ones are missed. */
function badInput(field: Field): readonly (readonly [string, string])[] {
  const { path, kind } = field;
  switch (kind) {
    case 'group':
      return field.fields.flatMap(badInput);
    case 'instant':
      return [[path, noTime]];
    case 'assault':
      return [[`${path}.at`, noTime]];
    case 'age':
      return [[`${path}.from`, typed]];
    case 'person':
      return [[`${path}.email`, 'no.one@nowhere.example']];
    case 'choice':
    case 'choices':
    case 'each':
    case 'yes-no':
      return [];
    default:
      return [[path, typed]];
  }
}

const plain = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const textOf = (html: string) => plain(html.replaceAll(/<[^>]*>/g, '')).trim();
/** The element with this id: its start, and the first words inside it. */
const elementOf = (html: string, elementId: string) => {
  const [, start = '', rest = ''] = new RegExp(`(<[a-z]+[^>]* id="${elementId}"[^>]*>)([^]*)`).exec(html) ?? [];
  return { start, inside: textOf(rest.split('</span>')[0] ?? '') };
};

/** What is wrong with the answer to bad input, a line each. */
function faultsIn(html: string, name: CommandName, sent: readonly (readonly [string, string])[]): readonly string[] {
  const form = formIn(html, name);
  const summary = html.split('role="alert"')[1]?.split('</ul>')[0] ?? '';
  const links = [...summary.matchAll(/<a href="#([^"]+)">(.*?)<\/a>/gs)].map(
    ([, to = '', said = '']) => [to, textOf(said)] as const,
  );
  const faults = links.length === 0 ? ['The summary is empty.'] : [];
  if (!/role="alert" tabindex="-1" autofocus/.test(html)) faults.push('The focus is not on the summary.');
  for (const [to, said] of links) {
    const { start } = elementOf(form, to);
    if (start === '') {
      faults.push(`"${said}" leads nowhere: ${to}.`);
      continue;
    }
    // A radio button and a part of an address have their sentence at the group that they are in.
    const group = form.slice(0, form.indexOf(start)).split('<div class="usa-form-group').at(-1) ?? '';
    const describing =
      /aria-describedby="([^"]+)"/.exec(start)?.[1] ??
      /<fieldset[^>]* aria-describedby="([^"]+)"/.exec(group)?.[1] ??
      '';
    const sentences = describing.split(' ').map((each) => elementOf(form, each).inside);
    // The words of a field may have a colon too.
    const ends = said.split(': ').map((_, index, parts) => parts.slice(index).join(': '));
    if (!sentences.some((each) => ends.some((end) => each.includes(end))))
      faults.push(`${to} is not described by "${said}".`);
    const isRadio = /type="radio"/.test(start);
    if (!isRadio && !start.includes('aria-invalid="true"')) faults.push(`${to} does not say that it is wrong.`);
  }
  for (const [field, value] of sent) {
    const control = new RegExp(`<(input|textarea)[^>]* name="${field.replaceAll('.', '\\.')}"[^>]*>`).exec(form);
    if (!control) faults.push(`${field} has no control.`);
    else if (
      control[1] === 'textarea' ? !form.includes(`${control[0]}${value}<`) : !control[0].includes(`value="${value}"`)
    ) {
      faults.push(`${field} lost what was typed.`);
    }
  }
  return faults;
}

describe('the form of a command', () => {
  const names = Object.keys(commands) as CommandName[];
  const shown: CommandName[] = [];

  test.each(names)('%s keeps bad input and says what is wrong with it', async (name) => {
    const schema = fieldsOf(commandNamed(name).input);
    const bad = schema.flatMap(badInput);
    for (const who of doers(name)) {
      const browser = await as(who);
      const { status, html } = await browser.get(`/referrals/${id}/do/${name}`);
      const form = formIn(html, name);
      if (status !== 200 || form === '') continue;
      // A form may ask for less than its schema, and for a choice in the place of an id.
      const asked = bad.filter(([field]) =>
        new RegExp(`<(input(?![^>]*type="radio")|textarea)[^>]* name="${field.replaceAll('.', '\\.')}"`).test(form),
      );
      // Words are never wrong, so a form that asks for words alone is sent empty.
      const words = textFieldsIn(commandNamed(name).input).map(({ field }) => field);
      const sent = asked.every(([field]) => words.includes(field)) ? [] : asked;
      if (sent.length === 0 && !form.includes(' required')) continue;
      const answer = await browser.post(`/referrals/${id}/do/${name}`, {
        key: `bad-${name}`,
        ...Object.fromEntries(sent),
      });
      if (answer.status === 303) throw new Error('It was taken.');
      if (answer.status !== 400) continue;
      shown.push(name);
      expect(faultsIn(answer.html, name, sent)).toEqual([]);
      return;
    }
  });

  test('is tried for most commands', () => {
    expect(shown.length).toBeGreaterThan(40);
  });
});
