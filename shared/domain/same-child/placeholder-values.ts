/**
 * What people write where they know nothing, in English and Spanish. No child is matched by it. Names are given as
 * plain words (`child-names.ts`), references as letters and digits alone, telephones as digits. Written for this
 * project.
 */

/** The words of a text, with spaces or line ends between them. */
export const wordsOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that no person is called by. A name of only these and fillers is a placeholder. */
const placeholderWords = wordsOf(`
  unknown unk unkn unnamed unidentified undisclosed undetermined unspecified unavailable unsure anonymous anon noname
  known know knows sure recall remember available applicable disclosed provided reported stated specified recorded identified
  refused refuses refusing declined declines declining withheld pending tbd tba none nil null nothing name names nombre nombres
  prefer prefers did didnt does doesnt dont wont wouldnt couldnt cannot cant narrative notes
  child children minor juvenile baby infant girl boy female male youth teen teenager victim client caller
  desconocido desconocida ninguno ninguna anonimo anonima nadie nada menor
  sabe saben sabemos recuerda aplica tiene dijo dice dio quiso quiere nego niega rehuso prefiere pendiente
  identificado identificada disponible proporcionado proporcionada fulano fulana mengano
`);

/** Words that a name may contain besides. Alone they cast no doubt on a name. */
const fillers = wordsOf(`
  a an as at be by for from given give gave has her his i in is it me my no not of on or other our say said see tell the their them they
  this time to told us was we who would yet you x
  al aun bebe con dar dado decir dicho edad el ella en es esta este fue lo me mi nina nino no o para por que se ser si sin su tal un una
`);

/** Whole placeholder names whose single words may be real names. */
const phrases: ReadonlySet<string> = new Set([
  'n a',
  'na',
  'n k',
  'nk',
  'n n',
  'nn',
  's n',
  'x',
  'xx',
  'xxx',
  'no',
  'not given',
  'not said',
  'would not say',
  'no se',
  'no dado',
  'jane doe',
  'john doe',
  'janie doe',
  'johnny doe',
  'baby doe',
  'doe',
  'jane roe',
  'john roe',
  'see above',
  'same',
]);

/** Whether the words of a name say that the name is not known. */
export const isPlaceholderName = (words: readonly string[]): boolean =>
  phrases.has(words.join(' ')) ||
  (words.some((word) => placeholderWords.has(word)) &&
    words.every((word) => placeholderWords.has(word) || fillers.has(word)));

const counting = '01234567890123456789';
const repeats = (text: string) => /^(.)\1*$/.test(text);

/**
 * Whether this is no reference of an older record. A real one has a digit, unlike "none", "unknown" and "ninguno". Its
 * digits are neither all the same nor counted up, as in 0000 and 12345.
 */
export const isPlaceholderReference = (id: string): boolean => !/\d/.test(id) || repeats(id) || counting.includes(id);

/**
 * Whether no person has this number. Its last seven digits are all the same, counted up, or those of the directory
 * enquiries. Numbers of invented people (555-01..) count, as in the samples.
 */
export const isPlaceholderTelephone = (digits: string): boolean =>
  repeats(digits.slice(-7)) ||
  counting.includes(digits.slice(-7)) ||
  counting.includes(digits) ||
  digits.endsWith('5551212');
