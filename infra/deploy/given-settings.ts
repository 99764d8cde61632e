/** The settings of a deployment as a person gives them: `name=value`. Pure: nothing here asks AWS. */
import {
  brokenRules,
  isAbout,
  type SettingRule,
  settingProblems,
  settingRules,
  settingTable,
  shapeProblems,
} from '../constructs/settings.ts';

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
    problems: pairs.flatMap(({ word, parts }, index) => {
      if (!parts) return [`"${word}" is not understood: give name=value, such as region=us-east-1.`];
      const isTwice = pairs.findIndex((each) => each.parts?.[1] === parts[1]) < index;
      return isTwice ? [`The setting "${parts[1]}" is given twice: give it once.`] : [];
    }),
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

/** What `npm run deploy` needs besides the shapes. A stack can be synthesized without. */
const rules: readonly SettingRule[] = [
  {
    about: ['stage'],
    when: ({ stage }) => stage === undefined,
    sentence: () => 'The setting "stage" is missing: name the deployment, such as stage=training.',
  },
  {
    about: ['stage', 'oncallEmail'],
    // With a stage, the rules of the template ask for it.
    when: ({ stage, oncallEmail }) => stage === undefined && oncallEmail === undefined,
    sentence: () => 'The setting "oncallEmail" is missing: give the address that gets the alarms.',
  },
  {
    about: ['stage'],
    when: ({ stage }) => stage === 'local',
    sentence: () => refusalOfLocal,
  },
  {
    about: ['mailDomain'],
    when: ({ mailDomain }) => mailDomain === undefined || mailDomain === sampleDomain,
    sentence: () =>
      `The setting "mailDomain" is missing or still ${sampleDomain}: give the domain that you send mail from.`,
  },
  {
    about: ['consoleUrl', 'certificateArn'],
    when: ({ consoleUrl, certificateArn }) => consoleUrl !== undefined && certificateArn === undefined,
    sentence: ({ consoleUrl }) =>
      `Nothing would answer at ${consoleUrl}: give certificateArn=… for that host too, or leave consoleUrl out to use the gateway's own address.`,
  },
  {
    about: ['certificateArn', 'region'],
    when: ({ certificateArn, region }) => region !== undefined && otherPlace(certificateArn, 3, region),
    sentence: ({ region }) => `The certificate must be in ${region}, the region of the deployment: request it there.`,
  },
  {
    about: ['certificateArn', 'account'],
    when: ({ certificateArn, account }) => account !== undefined && otherPlace(certificateArn, 4, account),
    sentence: ({ account }) => `The certificate must be in the account ${account}: request it there.`,
  },
  {
    about: ['textFrom', 'region'],
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
  const shapes = shapeProblems(filled);
  return shapes.length > 0 ? shapes : brokenRules([...rules, ...settingRules].filter(isAbout(filled)), filled);
}

/** A sentence for each thing that keeps these settings from being deployed. */
export function deployProblems(settings: Given): readonly string[] {
  const shapes = settingProblems(settings).filter(() => settings.stage !== undefined && settings.stage !== 'local');
  return [...new Set([...brokenRules(rules, settings), ...shapes])];
}

/** Where AWS cannot be asked: what a first deployment lacks. A stack that is there may remember it. */
export function firstDeploymentProblems(given: Given): readonly string[] {
  return deployProblems(mergeSettings({}, given)).map((sentence) => `For a first deployment: ${sentence}`);
}
