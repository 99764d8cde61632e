/** The settings of a deployment as a person gives them: `name=value`. Pure: nothing here asks AWS. */
import { settingProblems, settingTable, shapeProblems } from '../constructs/settings.ts';

export type Given = Readonly<Record<string, string>>;

const refusalOfLocal =
  'The stage "local" is for this machine: run "npm start". For AWS give another name, such as stage=training.';

/** The domain of the samples. Mail from it is never delivered. */
const sampleDomain = 'careline.example';

/** Words of the form `name=value`, and a sentence for each word that is not. */
export function readPairs(words: readonly string[]): { readonly given: Given; readonly problems: readonly string[] } {
  const pairs = words.map((word) => ({ word, parts: /^([A-Za-z]+)=(.*)$/s.exec(word) }));
  return {
    given: Object.fromEntries(pairs.flatMap(({ parts }) => (parts ? [[parts[1] ?? '', parts[2] ?? '']] : []))),
    problems: pairs.flatMap(({ word, parts }) =>
      parts ? [] : [`"${word}" is not understood: give name=value, such as region=us-east-1.`],
    ),
  };
}

/** The settings among the words, and a sentence for each word that is none. `name=` takes a setting back. */
export function readWords(words: readonly string[]): ReturnType<typeof readPairs> {
  const { given, problems } = readPairs(words);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(settingTable, name));
  const known = Object.keys(settingTable).join(', ');
  return {
    given,
    problems: [...problems, ...unknown.map((name) => `There is no setting "${name}". The settings are ${known}.`)],
  };
}

/** What the stack was given before, with what is given now. An empty value takes a setting back. */
export function mergeSettings(remembered: Given, given: Given): Given {
  return Object.fromEntries(Object.entries({ ...remembered, ...given }).filter(([, value]) => value !== ''));
}

interface Check {
  readonly when: (settings: Given) => boolean;
  readonly sentence: (settings: Given) => string;
}

/** What `npm run deploy` needs besides the shapes. A stack can be synthesized without. */
const checks: readonly Check[] = [
  {
    when: ({ stage }) => stage === undefined,
    sentence: () => 'The setting "stage" is missing: name the deployment, such as stage=training.',
  },
  {
    when: ({ stage }) => stage === 'local',
    sentence: () => refusalOfLocal,
  },
  {
    when: ({ mailDomain }) => mailDomain === undefined || mailDomain === sampleDomain,
    sentence: () =>
      `The setting "mailDomain" is missing or still ${sampleDomain}: give the domain that you send mail from.`,
  },
  {
    when: ({ consoleUrl, certificateArn }) => consoleUrl !== undefined && certificateArn === undefined,
    sentence: ({ consoleUrl }) =>
      `Nothing would answer at ${consoleUrl}: give certificateArn=… for that host too, or leave consoleUrl out to use the gateway's own address.`,
  },
  {
    when: ({ certificateArn, region }) => region !== undefined && otherPlace(certificateArn, 3, region),
    sentence: ({ region }) => `The certificate must be in ${region}, the region of the deployment: request it there.`,
  },
  {
    when: ({ certificateArn, account }) => account !== undefined && otherPlace(certificateArn, 4, account),
    sentence: ({ account }) => `The certificate must be in the account ${account}: request it there.`,
  },
  {
    when: ({ textFrom, region }) => region !== undefined && otherPlace(textFrom, 3, region),
    sentence: ({ region }) => `The number of "textFrom" must be in ${region}, the region of the deployment.`,
  },
];

/** True where the ARN names another region (part 3) or account (part 4). */
const otherPlace = (arn: string | undefined, part: number, here: string) =>
  arn !== undefined && arn.split(':')[part] !== here;

/** What is wrong with the words alone, whatever the stack remembers. Told before AWS is asked. */
export function earlyProblems(given: Given): readonly string[] {
  const filled = mergeSettings({}, given);
  return [...(given.stage === 'local' ? [refusalOfLocal] : []), ...shapeProblems(filled)];
}

/** A sentence for each thing that keeps these settings from being deployed. */
export function deployProblems(settings: Given): readonly string[] {
  const own = checks.flatMap(({ when, sentence }) => (when(settings) ? [sentence(settings)] : []));
  const shapes = settingProblems(settings).filter(() => settings.stage !== undefined && settings.stage !== 'local');
  return [...new Set([...own, ...shapes])];
}
