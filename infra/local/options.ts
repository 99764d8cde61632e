/** The words after a command of this folder. Every command has `--help`, and says in a sentence what it cannot read. */

export const helpOption = { help: { type: 'boolean', short: 'h', default: false } } as const;

/** The option that a message of `parseArgs` is about: `--act` of `'-a, --act <value>'`. */
const optionIn = (message: string) => /'(?:-\w, )?(-[^\s'=]*)/.exec(message)?.[1] ?? 'one of the options';

/** What is wrong with the words, of an error of `parseArgs` or one of the command's own. The engine's own advice misleads here. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const option = optionIn(error.message);
  switch ('code' in error ? error.code : undefined) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option ${option}.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return `The option ${option} ${/does not take/.test(error.message) ? 'takes no value' : 'needs a value'}.`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return 'Every word must be an option or the value of one.';
    default:
      return error.message;
  }
}
