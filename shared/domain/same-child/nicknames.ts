/**
 * Common short forms of given names in English and Spanish. Each line has a name and its short forms. A short form of
 * several names is on the line of each, and makes these names alike. Written for this project.
 */
const lines = `
abigail abby abbie gail
adriana adri
alejandra ale alexandra alex sandra lexi
alejandro ale alexander alex xander zander sandro
alfredo alfred fredo fred
alicia ali alice
amanda mandy
ana anita annie anna ann hannah
andrea andi
andres andrew andy drew
angela angie
angelica angie
anthony tony antonio tono
ariana ari arianna
ashley ash
barbara barb bobbie
beatriz bea beatrice betty
benjamin ben benny benji
brianna bri bree breanna
brittany britt
cameron cam
carlos carlitos charles charlie chuck
carmen carmencita
carolina caro caroline carrie
cassandra cassie
catherine cathy cate kate katie kathy katherine kathryn kat katya katia ekaterina yekaterina katerina
cecilia ceci
charlotte charlie lottie
christian chris cristian
christina chris tina christine cristina
christopher chris cristobal topher kit
claudia clau
concepcion concha
consuelo chelo
crystal chrissy
daniel dan danny dani
daniela dani danielle
david dave davey
deborah deb debbie
diego dieguito
dolores lola
dominic dom nick
dominique domi nikki
dorothy dot dottie
eduardo edward ed eddie lalo ned ted
eleanor ellie nora
elena ellie helen lena
elizabeth liz lizzie beth betsy eliza ellie libby lisa isabel
emily em emmy
emmanuel manny manuel manolo
enrique henry kike quique hank harry
ernesto ernest ernie neto
esperanza espe
esteban stephen steven steve stevie
evelyn evie
fernando fer nando
francisca paca fran frances franny
francisco paco pancho francis frank frankie cisco
gabriel gabe gabi
gabriela gabi gabrielle gaby
genesis gen
gerardo gerard gerry
gloria glo
graciela chela grace gracie
gregory greg
guadalupe lupe lupita
guillermo memo william will bill billy liam
gustavo gus tavo
isabella bella izzy isa isabel
ignacio nacho
jacob jake
jacqueline jackie
jaime jimmy james jim jamie
jasmine jaz jazz yasmin
javier javi xavier
jeffrey jeff
jennifer jen jenny
jeremy jerry
jessica jess jessie
jesus chuy
joaquin joey
jonathan jon johnny john nathan
jordan jordy
jorge george georgie
jose pepe joseph joe joey chepe
josefina josie pepa josephine fina
joshua josh
juan john johnny juanito jack
juana juanita jane
julia julie juli juliana
kayla kay
kimberly kim kimmy
kristen kris kristin
laura lauri lauren
leonardo leo leonard lenny
leticia lety
lillian lily lilian
lorenzo lawrence larry
lucia lucy luci
luis lucho louis lou
luisa louise lou
madeline maddie madelyn
madison maddie
magdalena magda lena
marcos mark marc
margarita margaret maggie meg peggy rita
maria mary mari marie mia
mariana mari
maria-jose majo
mario mayito
matthew matt mateo
maximiliano max maximilian
megan meg
melissa mel missy
mercedes meche
michael mike mikey miguel mickey
michelle shelly chelle
miranda randi
natalia nat natalie talia
nathaniel nate nathan nat
nicholas nick nicky nicolas nico
nicole nikki nicki
olivia liv livvy
pamela pam
patricia pat patty tricia trish
patrick pat paddy patricio
paula pau pauline
pedro peter pete
penelope penny
philip phil felipe pip
rafael rafa raphael
ramon ray moncho
raymond ray
rebecca becca becky
richard rick ricky rich dick ricardo
robert rob bob bobby robbie roberto beto
rodrigo rod
rosa rosie rosita rose
rosario charo
ronald ron ronnie
samantha sam sammy
samuel sam sammy
sarah sally sara sadie
savannah savvy
sebastian seb sebas
sergio checo
sofia sophie sofi sophia
stephanie steph stef estefania
susana sue susie susan
teresa tere terry tess tessa theresa
theodore theo ted teddy
thomas tom tommy tomas
timothy tim timmy
valentina vale val tina
valeria vale val valerie
vanessa nessa
veronica vero ronnie
victor vic
victoria vicky tori vic
vincent vince vinny vicente chente
virginia ginny ginger
william will bill billy liam
ximena mena jimena
yolanda yoli
zachary zach zack
`;

const sets: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const line of lines.trim().split('\n')) {
    const [name = '', ...short] = line.split(' ');
    for (const each of [name, ...short]) found.set(each, [...(found.get(each) ?? []), name]);
  }
  return found;
})();

/**
 * The names that this one may be short for, itself first: `tony` may be `anthony`. `name` is plain: lower case, no
 * accents.
 */
export const rootsOf = (name: string): readonly string[] => [...new Set([name, ...(sets.get(name) ?? [])])];

/** Whether the table knows this as a given name, or as a short form of one. `name` is plain, as in `rootsOf`. */
export const isGivenName = (name: string): boolean => sets.has(name);
