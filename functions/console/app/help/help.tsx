/** The help page has the first day of the reader's roles and the pages that they may open. Terms have a page. */
import { Hono } from 'hono';
import { isOneOf, type Visitor } from '../../../../shared/application/access/visitor.ts';
import { Phone } from '../components/phone.tsx';
import { termsPath } from '../components/term.tsx';
import type { Frame } from '../frame.tsx';
import { Page } from '../layout.tsx';
import { helpAnchor, navigationFor } from '../navigation.ts';
import type { ConsoleEnv, Place } from '../parts.ts';
import { careline } from '../shell.tsx';
import { firstDays, pageHelp, terms } from './help-words.ts';

export function createHelp({ frameOf, visitorIn }: Pick<Place, 'frameOf' | 'visitorIn'>): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>();
  app.get('/help', (context) => context.html(<HelpPage frame={frameOf(context)} visitor={visitorIn(context)} />));
  app.get(termsPath, (context) => context.html(<TermsPage frame={frameOf(context)} />));
  return app;
}

const HelpPage = ({ frame, visitor }: { readonly frame: Frame; readonly visitor: Visitor }) => {
  const { primary, more } = navigationFor(visitor);
  return (
    <Page frame={frame} title="Help">
      <h1>Help</h1>
      <p>
        A child is in danger now: <Phone number="911" />. Questions at any hour: Careline <Phone number={careline} />.{' '}
        <a href={`${frame.base}${termsPath}`}>Words of the field</a>
      </p>
      {firstDays
        .filter(({ roles }) => isOneOf(visitor, roles))
        .map(({ title, steps }) => (
          <section>
            <h2>Your first day: {title.replace(/^You/, 'you')}</h2>
            <ol class="usa-process-list">
              {steps.map((step) => (
                <li class="usa-process-list__item">{step}</li>
              ))}
            </ol>
          </section>
        ))}
      <h2>The pages</h2>
      {[...primary, ...more].map(({ path }) => {
        const help = pageHelp[path];
        return (
          help && (
            <section id={helpAnchor(path)}>
              <h3>
                <a href={`${frame.base}${path}`}>{path === '/' ? primary[0]?.words : help.title}</a>
              </h3>
              <p>{help.sentences.join(' ')}</p>
            </section>
          )
        );
      })}
      <h2>Your session and your keys</h2>
      <ul class="usa-list">
        <li>A session ends after half an hour without a click. A notice comes two minutes ahead.</li>
        <li>What you typed waits for you until you sign in again in the same browser.</li>
        <li>Tab goes to the next control, Shift and Tab to the one before. Enter presses a button.</li>
        <li>Print gives the page without its menu.</li>
      </ul>
    </Page>
  );
};

const TermsPage = ({ frame }: { readonly frame: Frame }) => (
  <Page frame={frame} title="Words of the field">
    <h1>Words of the field</h1>
    <p>
      <a href={`${frame.base}/help`}>Help</a>
    </p>
    <dl class="summary">
      {Object.entries(terms).map(([name, { words, meaning }]) => (
        <div id={name}>
          <dt>{words}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Page>
);
