/**
 * What partners open from mail, as people who read Spanish: from the mail to the answer. Each page is read in both languages. A text
 * that is the same in both must be a name, a reference or a number. Words marked as English are left out.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagePath } from '../../functions/console/referral/referral-pages.ts';
import { commandNamed, commands, isCommandName } from '../../shared/domain/commands.ts';
import { hearingKinds } from '../../shared/domain/core/vocabulary.ts';
import { actsInSpanish, labelsInSpanish, notesInSpanish } from '../../shared/domain/words/partner-pages.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { riddleWords, sentencesOf, wordsOf } from '../support/plain-language.ts';
import { reactTo } from '../support/react-desk.ts';
import { startConfirmed } from './confirmed.ts';
import { type Browser, formIn, openConsole, type Page, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;

const spanishReaders = ['seat:mental-health', 'seat:mental-health/2', 'seat:medical', 'contact:PV-1', 'contact:PV-2'];

beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  const people = spanishReaders.map(personOf);
  await desk.enter(
    people.map((person) => ({
      pk: `person#${person.id}`,
      sk: 'profile',
      sub: `sub-${person.id}`,
      ...person,
      language: 'es',
    })),
  );
  await reactTo(desk, id);
  careline = openConsole(desk, { parts: { now: () => desk.now } });
});
afterAll(() => desk.stop());

const as = (who: string) => signedInAs(careline, who);

const alertOf = async (kind: string, who: string): Promise<string> => {
  const { alerts } = await desk.state(id);
  const own = Object.values(alerts).filter(
    (alert) => alert.kind === kind && (alert.to.length > 0 || alert.people.includes(personOf(who).id)),
  );
  return own.at(-1)?.id ?? '';
};

/** All that a page says: the texts between its tags, and the words of its attributes. What it says is English is left out. */
function textsOn(html: string): readonly string[] {
  const shown = html
    .replaceAll(/<(script|style|title|svg class="icon")[\s\S]*?<\/\1>/g, '')
    .replaceAll(/<(span|a)[^>]* lang="en"[^>]*>[\s\S]*?<\/\1>/g, '');
  const attributes = [...shown.matchAll(/ (?:aria-label|title|label|placeholder|alt|data-label)="([^"]*)"/g)].map(
    ([, text]) => text ?? '',
  );
  return [...shown.replaceAll(/<[^>]+>/g, '\n').split('\n'), ...attributes]
    .map((text) => text.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replaceAll('&quot;', '"').trim())
    .filter((text) => /\p{L}{2}/u.test(text));
}

/** Names of people, teams, houses and places, references, and words that are the same in both languages. */
const allowed =
  /Invented P[-.A-Z0-9/]+, Title of [a-z-]+|Invented [A-Z0-9.-]+|Title of [a-z-]+|House of [a-z-]+ \(invented\)|Hartford(?: MDT)?|Careline|Connecticut State Police|Police of Hartford \(invented\)|Love146|DCF(?:-136)?|HART|MDT|NCIC|NCMEC|C[RD]-[0-9A-Z.-]+|D\d+[a-z]?|C\.G\.S\. [0-9a-z()-]+|Public Act|E[SD]T|CR-|\bmin\b|\bh\b|\bd\b|Wren Example|Only by text, after four\.|English|Español|Plan|No\b|legal\b|unknown/g;
/** Words that only English has. */
const english =
  /(?<!\p{L})(the|you|your|is|are|of|to|and|not|with|this|that|for|it|has|have|who|what|when|by|from|or|if|on|be|was|an|at|date|seat|referral|service|child|team|record|accept|decline|name|due|now|open|call)(?!\p{L})/iu;

const bare = (text: string) => text.replaceAll(allowed, ' ').replaceAll(/\s+/g, ' ').trim();

/** Reads the page in both languages, and gives what is not Spanish in the Spanish one. */
function notSpanish(spanish: Page, inEnglish?: Page): readonly string[] {
  const same = new Set(inEnglish ? textsOn(inEnglish.html) : []);
  return textsOn(spanish.html).filter((text) => {
    const rest = bare(text);
    return english.test(rest) || (same.has(text) && /\p{L}{3}/u.test(rest));
  });
}

/** The page, which must be wholly in Spanish, and plain. */
async function readIn(browser: Browser, path: string): Promise<Page> {
  const other = await browser.get(`${path}${path.includes('?') ? '&' : '?'}language=en`);
  const page = await browser.get(`${path}${path.includes('?') ? '&' : '?'}language=es`);
  expect(other.html).toContain('<html lang="en"');
  expect([path, notSpanish(page, other)]).toEqual([path, []]);
  isSpanish(page, path);
  return page;
}

function isSpanish(page: Page, where: string): void {
  expect(page.html).toContain('<html lang="es"');
  expect([where, notSpanish(page)]).toEqual([where, []]);
  const texts = textsOn(page.html);
  const long = texts
    .flatMap((text) => text.split(' · '))
    .flatMap(sentencesOf)
    .filter((sentence) => wordsOf(sentence).length > 24);
  expect([where, long, texts.flatMap(riddleWords)]).toEqual([where, [], []]);
}

/** Sends the form of the act on the page at this address, as it stands with these fields. */
async function send(
  browser: Browser,
  path: string,
  name: string,
  fields: Readonly<Record<string, string>>,
): Promise<Page> {
  const { html } = await browser.get(path);
  const form = isCommandName(name) ? formIn(html, name) : '';
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, key = '', value = '']) => [key, value],
  );
  for (const field of Object.keys(fields))
    expect([name, form]).toEqual([name, expect.stringContaining(`name="${field}"`)]);
  return browser.post(`/referrals/${id}/do/${name}`, { ...Object.fromEntries(hidden), ...fields });
}

const actOf = (name: string, alert?: string) =>
  `/referrals/${id}/do/${name}${alert === undefined ? '' : `?alert=${alert}`}`;

/** The acts of members and providers. */
const acts = (Object.keys(commands) as (keyof typeof commands)[]).filter((name) =>
  commandNamed(name).roles.some((role) => role === 'mdt-member' || role === 'provider'),
);

test('every act of a member or provider has its Spanish: title, note and fields', () => {
  expect(acts.filter((name) => actsInSpanish[name] === undefined)).toEqual([]);
  expect(acts.filter((name) => commandNamed(name).note !== undefined && notesInSpanish[name] === undefined)).toEqual(
    [],
  );
  const fields = acts.flatMap((name) => Object.keys(commandNamed(name).input.shape));
  expect(fields.filter((field) => labelsInSpanish[field] === undefined)).toEqual([]);
});

describe('a member who reads Spanish', () => {
  let alert: string;
  let member: Browser;
  beforeAll(async () => {
    alert = await alertOf('mdt-invited', 'seat:mental-health');
    member = await as('seat:mental-health');
  });

  test('reads the home page and the list of next steps, from which a row leads to the answer', async () => {
    const home = await readIn(member, '/');
    expect(home.html).toContain('Sus casos');
    expect(home.html).toContain('Acepte o rechace su puesto en el equipo: salud mental');
    const list = await readIn(member, '/deadlines');
    expect(list.html).toContain('Sus próximos pasos');
    await readIn(member, '/deadlines?overdue=yes');
    await readIn(member, `${actOf('answer-seat')}?of=mental-health`);
  });

  test('reads the invitation, the referral and the pages of both acts', async () => {
    const page = await readIn(member, `/alerts/${alert}`);
    expect(page.html).toMatch(/Aceptar el puesto: salud mental/);
    expect(page.html).toMatch(/Responda a más tardar: [a-zé]+ \d+ de noviembre/);
    expect(page.html).not.toContain('m..');
    await readIn(member, pagePath(id));
    await readIn(member, actOf('answer-seat', alert));
    await readIn(member, actOf('sign-confidentiality', alert));
  });

  test('is told in Spanish what a form lacks, and why an answer is refused', async () => {
    const lacking = await send(member, actOf('answer-seat', alert), 'answer-seat', {});
    expect(lacking.status).toBe(400);
    isSpanish(lacking, 'a form that lacks an answer');
    expect(lacking.html).toContain('Respuesta: Elija una de las opciones.');
    const refused = await send(member, actOf('answer-seat', alert), 'answer-seat', {
      discipline: 'mental-health',
      answer: 'declined',
    });
    expect(refused.status).toBe(409);
    isSpanish(refused, 'a refusal');
    expect(refused.html).toContain('Diga por qué rechaza el puesto.');
  });

  test('accepts, signs, and reads in Spanish what was recorded', async () => {
    const accepted = await send(member, actOf('answer-seat', alert), 'answer-seat', {
      discipline: 'mental-health',
      answer: 'accepted',
    });
    const confirmed = await member.get(accepted.location);
    isSpanish(confirmed, 'an accepted seat');
    expect(confirmed.html).toContain('Usted aceptó el puesto: salud mental.');
    const signed = await send(member, actOf('sign-confidentiality', alert), 'sign-confidentiality', { conflict: 'no' });
    const open = await member.get(signed.location);
    isSpanish(open, 'a signed notice');
    expect(open.html).toContain('Usted firmó el aviso de confidencialidad.');
  });

  test('then reads every page of the referral in Spanish, also how to come to the meeting', async () => {
    const overview = await readIn(member, pagePath(id));
    expect(overview.html).toContain('Historial');
    expect(overview.html).not.toContain('(en inglés)');
    const slugs = ['tasks', 'child', 'team', 'agenda', 'services', 'decisions', 'history'] as const;
    for (const slug of slugs) await readIn(member, pagePath(id, slug));
    const team = await member.get(pagePath(id, 'team'));
    expect(team.html).toContain('Próxima reunión');
    expect(team.html).toContain('Dirección, enlace o número');
  });

  test('reads hearings in Spanish: each kind, what to prepare, decisions, orders and charges', async () => {
    const at = desk.now;
    // A preliminary hearing needs an order of custody first.
    for (const [index, hearingKind] of hearingKinds.filter((kind) => kind !== 'preliminary-hearing').entries()) {
      const startsAt = new Date(Date.parse(at) + (index + 3) * 86_400_000).toISOString();
      await desk.do(id, 'schedule-hearing', { hearingKind, court: 'JUVENILE.HARTFORD', startsAt }, 'legal');
    }
    await desk.do(id, 'record-charges', { reason: 'Invented.' }, 'legal');
    const ahead = await readIn(member, pagePath(id, 'court'));
    expect(ahead.html).toContain('Audiencia sobre cargos del menor');
    expect(ahead.html).toContain('Antes de esta audiencia');
    const [first] = (await desk.state(id)).hearings ?? [];
    desk.at(new Date(Date.parse(first?.startsAt ?? '') + 3_600_000).toISOString());
    await desk.do(
      id,
      'record-hearing',
      { hearing: 'H1', hearingResult: 'hearing-held', outcome: 'committed-to-dcf', orders: ['order-placement'] },
      'legal',
    );
    const later = await as('seat:mental-health');
    const past = await readIn(later, pagePath(id, 'court'));
    expect(past.html).toContain('Lo que ordenó el tribunal');
    expect(past.html).toContain('Se ordena un lugar para vivir');
    desk.at(at);
  });

  test('reads every form that is open to a seat in Spanish, with each of its choices', async () => {
    const place = { providerId: 'PV-1', interpreter: 'none-needed', advocate: 'advocate-comes' };
    await desk.do(id, 'ask-booking', { service: 'forensic-interview', ...place }, 'caseworker');
    const neededBy = new Date(Date.parse(desk.now) + 3 * 86_400_000).toISOString();
    for (const practicalNeed of ['bed', 'food'])
      await desk.do(id, 'ask-need', { practicalNeed, neededBy }, 'caseworker');
    const placeFrom = neededBy.slice(0, 10);
    await desk.do(id, 'ask-place', { service: 'safe-placement', providerId: 'PV-1', placeFrom }, 'caseworker');
    await desk.do(id, 'note-card', { limitsSaid: 'yes', madeBy: 'child-wrote', askFirst: 'yes' }, 'caseworker');
    const read: string[] = [];
    for (const who of ['seat:mental-health', 'seat:victim-advocate', 'seat:law-enforcement', 'seat:dcf']) {
      const reader = await as(who);
      const [{ confidentialityAgreements }, seatOf] = [(await desk.state(id)).team, who.replace('seat:', '')];
      if (confidentialityAgreements[personOf(who).id] === undefined) {
        await desk.do(id, 'answer-seat', { discipline: seatOf, answer: 'accepted' }, who);
        await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, who);
      }
      for (const name of acts.filter((each) => !read.includes(each))) {
        if (!(await reader.get(actOf(name))).html.includes(`id="do-${name}"`)) continue;
        read.push(name);
        await readIn(reader, actOf(name));
      }
    }
    expect(acts.filter((name) => !read.includes(name))).toEqual([
      // Those of a provider are read below, and these after other acts.
      ...['accept-linkage', 'record-contact', 'start-linkage', 'decline-linkage', 'end-task', 'record-part-2'],
      ...['record-service-outcome', 'record-handoff', 'lift-outreach-pause'],
    ]);
  });

  test('is refused in Spanish, also what is not there', async () => {
    isSpanish(await member.get('/alerts/CR-7F3KD-9QXMT2.A1'), 'an alert that is not there');
    isSpanish(await member.post(`/referrals/${id}/do/close-referral`, {}), 'an act of another role');
  });

  test('chooses English by the link of the page, for the session', async () => {
    const { html } = await member.get('/');
    const [, href = ''] = /<a class="strip-language" href="([^"]+)" lang="en"/.exec(html) ?? [];
    expect((await member.get(href.replaceAll('&amp;', '&'))).html).toContain('<html lang="en"');
    for (const path of ['/', '/deadlines', pagePath(id)])
      expect((await member.get(path)).html).toContain('<html lang="en"');
    await member.get(`/alerts/${alert}?language=es`);
  });
});

describe('a provider who reads Spanish', () => {
  let alert: string;
  let provider: Browser;
  beforeAll(async () => {
    alert = await alertOf('linkage-offered', 'contact:PV-1');
    provider = await as('contact:PV-1');
  });

  test('reads the home page and the list of next steps, with the offer and the duties of the service', async () => {
    const home = await readIn(provider, '/');
    expect(home.html).toContain('Responda a la remisión: defensa de víctimas');
    expect((await readIn(provider, '/deadlines')).html).toContain('defensa de víctimas');
    const form = await readIn(provider, `${actOf('accept-linkage')}?of=victim-advocacy`);
    expect(form.html).toContain('Rechazar la remisión');
  });

  test('reads the offer, the referral and the pages of both answers', async () => {
    const page = await readIn(provider, `/alerts/${alert}`);
    expect(page.html).toMatch(/Responda a la remisión: defensa de víctimas|Responder a la remisión/);
    await readIn(provider, pagePath(id));
    await readIn(provider, actOf('accept-linkage', alert));
    await readIn(provider, actOf('decline-linkage', alert));
  });

  test('is told in Spanish why an answer is refused', async () => {
    const refused = await send(provider, actOf('decline-linkage', alert), 'decline-linkage', {
      service: 'victim-advocacy',
      reasonCode: 'waiting-list',
    });
    expect(refused.status).toBe(409);
    isSpanish(refused, 'a refusal');
    expect(refused.html).toContain('Diga cuántos días dura la espera');
  });

  test('accepts, records contact and start, and reads each confirmation', async () => {
    const steps = [
      ['accept-linkage', { service: 'victim-advocacy' }, 'Usted aceptó la remisión: defensa de víctimas.'],
      ['record-contact', { service: 'victim-advocacy', reached: 'yes' }, 'se contactó al menor'],
      ['start-linkage', { service: 'victim-advocacy' }, 'comenzó este servicio'],
    ] as const;
    for (const [name, fields, said] of steps) {
      await readIn(provider, actOf(name));
      const answer = await send(provider, actOf(name), name, fields);
      expect([name, answer.status]).toEqual([name, 303]);
      const page = await provider.get(answer.location);
      isSpanish(page, name);
      expect(page.html).toContain(said);
    }
    const whole = await readIn(provider, pagePath(id));
    expect(whole.html).toContain('Wren Example');
  });
});

test('the deputy of a seat is asked in Spanish, once the holder has declined', async () => {
  await desk.do(
    id,
    'answer-seat',
    { discipline: 'mental-health', answer: 'declined', reasonCode: 'workload' },
    'seat:mental-health',
  );
  const alert = await alertOf('answer-needed', 'seat:mental-health/2');
  const deputy = await as('seat:mental-health/2');
  await readIn(deputy, `/alerts/${alert}`);
});

test('staff read English, whatever an address asks for', async () => {
  const caseworker = await as('caseworker');
  const { html } = await caseworker.get(`${pagePath(id)}?language=es`);
  expect(html).toContain('<html lang="en"');
  expect(html).not.toContain('strip-language');
});
