import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Definition,
  functionName,
  graphOf,
  passedIn,
  stateName,
  stateOfFunction,
} from '../../../shared/domain/audit/machine-graph.ts';

const read = (name: string): Definition =>
  JSON.parse(readFileSync(new URL(`../../../workflows/${name}.asl.json`, import.meta.url), 'utf8'));

describe.each(['referral', 'deadline'])('the graph of the %s machine', (name) => {
  const definition = read(name);
  const { states, ways } = graphOf(definition);

  test('has every state once, and every way of the definition', () => {
    expect(states.map((state) => state.name).toSorted()).toEqual(Object.keys(definition.States).toSorted());
    const text = JSON.stringify(definition.States);
    const named = new Set([...text.matchAll(/"(?:Next|Default)":"(\w+)"/g)].map(([, to]) => to));
    expect(new Set(ways.map(({ to }) => to))).toEqual(named);
  });

  test('says each state in words that fit its box', () => {
    for (const state of Object.keys(definition.States)) {
      expect([state, stateName(state)]).not.toEqual([state, state]);
      expect(stateName(state).length).toBeLessThan(23);
    }
  });

  test('leads down, except where a way leads back, and no two states share a place', () => {
    const layerOf = new Map(states.map((state) => [state.name, state.layer]));
    for (const { from, to, isBack } of ways) {
      if (!isBack) expect([from, to, (layerOf.get(from) ?? 0) < (layerOf.get(to) ?? 0)]).toEqual([from, to, true]);
    }
    expect(new Set(states.map(({ layer, place }) => `${layer}.${place}`)).size).toBe(states.length);
  });
});

test('what a run passed are its commits, where it stands, and what lies between', () => {
  const machine = read('referral');
  expect(passedIn(machine, [], 'AskSameChild')).toEqual(['AskSameChild']);
  expect(passedIn(machine, [], 'AwaitScreening')).toEqual(['AskSameChild', 'AwaitScreening']);
  expect(
    passedIn(machine, ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'], 'AwaitResolution'),
  ).toEqual([
    'AskSameChild',
    'AwaitScreening',
    'WhatNow',
    'ProposeEligibility',
    'WhatScreeningFound',
    'DrawRoster',
    'InviteMdt',
    'OpenServices',
    'AwaitResolution',
  ]);
  expect(passedIn(machine, ['NoSuchState'], 'AskSameChild')).toEqual(['AskSameChild']);
  const clock = read('deadline');
  expect(passedIn(clock, [], 'AwaitPerson')).toEqual(['AwaitPerson']);
  expect(passedIn(clock, ['RaiseCheckpoint', 'RaiseCheckpoint'], 'AwaitPerson')).toEqual([
    'AwaitPerson',
    'RaiseCheckpoint',
    'WhatHappened',
    'AwaitPerson',
    'RaiseCheckpoint',
    'WhatHappened',
    'AwaitPerson',
  ]);
});

test('a function is named as its state, and a state in words', () => {
  expect(stateOfFunction('propose-eligibility')).toBe('ProposeEligibility');
  expect([stateName('InviteMdt'), stateName('AwaitPerson')]).toEqual(['Invites the team', 'Waits for a person']);
  expect(['raise-checkpoint', 'sweep', 'react'].map(functionName)).toEqual([
    'The workflow: reminds or calls',
    'The watchdog',
    'The function react',
  ]);
});
