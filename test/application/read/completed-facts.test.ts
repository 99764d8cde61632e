/** Pages offer the acts that complete facts only where they can mean something. The API takes them at any time. */
import { expect, test } from 'vitest';
import { makesSense } from '../../../shared/application/read/available-commands.ts';
import { visitor } from '../../support/desk.ts';
import { referral, type Story } from '../../support/referral-builder.ts';

const offered = (story: Story) =>
  (['record-placement-move', 'record-prosecution', 'record-charges-end'] as const).filter((name) =>
    makesSense(name, story.state, visitor('caseworker')),
  );

test('a move is offered for a child in care, a prosecution once it is confirmed, the end of charges once there are any', () => {
  const story = referral({ danger: 'no', age: 15, population: 'living-at-home' }).run();
  expect(offered(story)).toEqual([]);
  expect(offered(referral({ danger: 'no', population: 'in-dcf-care' }))).toEqual(['record-placement-move']);
  story.screen('confirmed');
  expect(offered(story)).toEqual(['record-prosecution']);
  story.do('record-charges', { reason: 'Told by the court.' });
  expect(offered(story)).toEqual(['record-prosecution', 'record-charges-end']);
});
