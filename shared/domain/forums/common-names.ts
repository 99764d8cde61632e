/**
 * Common names of people in the United States. Given names are of the Social Security Administration, by births until 2024.
 * They are the 1,500 most frequent since 1945, as many since 2007, and 800 in Connecticut since 2005. Family names are the 1,000 most frequent
 * of the Census Bureau, of 2010. Both are public data. Short forms are those of `nicknames.ts`. Words of English and Spanish were
 * told apart by the Hunspell dictionaries, then by hand. Names of states and large cities are out.
 */
const setOf = (lines: string): ReadonlySet<string> => new Set(lines.trim().split(/\s+/));

/** Given and family names that are no word of a minute. In small letters, without accents. */
const names = /* @__PURE__ */ setOf(`
aaliyah aarav aaron abbie abbott abby abel abigail abraham abram acevedo acosta adaline adalyn adalynn adam adams
adan addilyn addison addisyn addyson adelaide adelina adeline adelyn adelynn aden adkins adonis adri adrian adriana
adrianna adriel adrienne aguilar aguirre ahmad ahmed aidan aiden aileen aimee ainsley aisha aitana alaia alaina alan
alana alani alanna alaya alayah alayna albert alberto alden aldo aleah alec aleena alejandra alejandro alena
alessandra alessandro alessia alex alexa alexander alexandra alexandria alexia alexis alfaro alfonso alfred alfredo
ali alia aliana alice alicia alijah alina alisa alisha alison alissa alivia aliya aliyah aliza allan allen allie
allison allyson alondra alonzo alora alton alvarado alvarez alvin alyson alyssa amalia amanda amani amara amari
amaya amelia amelie amina amir amira amirah amiyah amora amy ana anahi analia anastasia anaya andersen anderson andi
andrade andre andrea andres andrew andrews andy angela angelica angelina angelique angelo angie anika anita aniya
aniyah ann anna annabel annabella annabelle annalise anne annette annie annika ansley anthony antoine antoinette
antonella antonia antonio anya apollo arabella archie arellano arely ari ariah ariana arianna ariel ariella arielle
ariya ariyah arjun arlene arlo armando armani armstrong arnold arroyo arthur arturo arya aryan asher ashlee ashleigh
ashley ashlyn ashlynn ashton astrid athena atkins atkinson atticus aubree aubrey aubrie audrey audrina augustus
aurelia austin ava avah avalos averie avery aviana avianna avila axel ayaan ayala ayden ayers ayla aylin azariah
aziel bailee bailey baldwin ballard barbara barnes barnett barr barrett barron barry bartlett barton bates bauer
baxter baylee baylor bea beasley beatrice beatriz becca becker beckett beckham becky beil belinda beltran benitez
benjamin benji bennett bennie benny benson bentley benton berger bernadette bernal bernard bernice bertha beth
bethany beto betsy betty beverly bianca billie billy blackburn blackwell blaine blair blake blakely blanchard
blankenship blevins bob bobbi bobbie bobby bodhi bonilla bonnie boone bowen boyd boyer boyle brad braden bradford
bradley bradshaw brady braelyn braelynn branden brandi brandon brandt brandy brantley braxton brayan brayden braydon
braylen braylon breanna bree brenda brendan brenden brenna brennan brent bret brett bri brian briana brianna briar
bridget bridgette briella brielle briggs brinley bristol britney britt brittany brittney brock brodie brody brooke
brooklyn brooklynn brooks bruce bryan bryant bryce brycen brylee brynlee brynn bryson buchanan buckley burch burgess
burke burnett burton byrd byron cabrera cade caden caiden cain caitlin caitlyn calderon caldwell caleb calhoun cali
callahan callan callen callie callum calvin camacho camden cameron camila camilla camille campbell camryn candace
candice cantrell cantu cardenas carey carissa carl carla carlitos carlos carlson carlton carly carmelo carmen
carmencita carmine carol carole carolina caroline carolyn carr carrie carrillo carroll carson casey cason cassandra
cassidy cassie cassius castaneda castro cataleya catalina cate catherine cathleen cathy cayden caylee cecelia ceci
cecil cecilia cedric celeste celia celine cervantes cesar chad chan chang chapman charlee charleigh charlene charles
charley charli charlie charlotte charo chasity chavez chaya chela chelle chelo chelsea chelsey chen chente chepe
cheri cherie cheryl cheyenne chloe choi chris chrissy christa christensen christie christina christine christopher
christy chuck chung chuy ciara cierra cindy cisneros claire clara clare clarence clarissa clark clarke clau claude
claudia clayton clements clifford clifton cline clint clinton clyde cobb cochran cody coffey cohen colby cole
coleman colette colin collin collins colson colten colton combs compton concepcion conley conner connie connor conor
conrad constance consuelo contreras conway copeland cora corbin cordova corey corinne correa cortes cortez cory
courtney craig crawford cristian cristina cristobal crosby cullen cummings cunningham curtis cynthia cyrus daisy
dakota dale daleyza dalton damian damien damon dan dana dane dani danica daniel daniela daniella danielle daniels
danna danny dante daphne darcy dariel darin darius darla darlene darnell darrell darren darrin darryl daryl
daugherty dave davenport davey david davidson davila davis dawson dax daxton dayana deandre deanna deb debbie debora
deborah debra decker declan dejesus delacruz delaney delarosa deleon delgado delilah delores demetrius demi dena
denise dennis derek derrick desiree desmond devin devon devyn dewayne dexter diana diane dianna dianne diaz
dickerson dickson diego dieguito dillon dina dixie dixon dodson dolores domi dominguez dominic dominick dominique
donald donaldson donna donnie donovan dora doreen dorian doris dorothy dorsey dottie dougherty douglas doyle duane
duarte dudley duffy duncan dunlap dunn duran durham dustin dwayne dwight dylan easton eaton ebony eddie eden edgar
edison edith edna eduardo edward edwards edwin eileen ekaterina elaina elaine eleanor elena eli elian eliana elianna
elias elijah elisa elisabeth elise elisha eliza elizabeth ellen elliana ellie elliot elliott ellis ellison elmer
eloise elsa elsie elyse emanuel emelia emely emerson emersyn emery emilee emilia emiliano emilio emily emma emmalyn
emmanuel emmett emmitt emmy emory enrique enriquez enzo eric erica erick ericka erickson erik erika erin ernest
ernesto ernie escobar esme esmeralda esparza espe esperanza espinosa espinoza esquivel esteban estefania estes
esther estrada ethan ethel eugene eva evan evangeline evans evelyn evelynn everett everlee everleigh everly evie
ezekiel ezequiel ezra fabian farley farrell fatima faulkner faye felicia felicity felipe felix ferguson fernanda
fernandez fernando figueroa finley finn finnegan finnley fiona fischer fitzgerald fitzpatrick fleming fletcher
florence floyd flynn foley forrest fran frances francesca francine francis francisca francisco frankie franklin
franny frazier fred freddie frederick fredo fredrick freya friedman frye gabe gabi gabriel gabriela gabriella
gabrielle gaby gael gail gaines galindo gallagher gallegos galvan garcia gardner garner garrett garry gary garza
gavin gayle gemma geneva genevieve geoffrey george georgie gerald geraldine gerard gerardo gerry gia giana gianna
gianni gibbs gibson gideon gilbert gilberto giles gillespie gilmore gina ginger ginny giovanna giovanni giselle
giuliana gladys glen glenda glenn gloria gomez gonzales gonzalez goodman goodwin gordon gould gracelyn gracelynn
gracie graciela grady graham grayson greene greer greg gregg gregory greta gretchen greyson griffin griffith
guadalupe guerrero guevara guillermo gunnar gus gustavo gutierrez guzman gwen gwendolyn hadassah hadley hahn hailee
hailey haley halle hallie hammond hampton hamza hancock hank hanna hannah hansen hanson hardin harding harley harlow
harmon harold harper harrell harrington harris harrison harry hartman harvey hattie hawkins hayden hayes haylee
hayley haynes hazel heather hebert hector heidi helen helena henderson hendricks hendrix henley henry hensley henson
herbert herman hernandez herrera hess hester hezekiah hickman hicks higgins hilary hillary hines hinton hobbs hodge
hodges hoffman hogan holden holloway holmes holt hoover hopkins horne horton howard howe howell huang hubbard huber
hudson huffman hugh hughes hugo humphrey hurley hurst hutchinson huynh ian ibarra ibrahim ida ignacio iker imani
ingram ingrid irene irma isa isaac isabel isabela isabella isabelle isaiah isaias isla ismael issac itzel ivan
ivanna izabella izaiah izzy jace jack jackie jaclyn jacob jacobs jacobson jacoby jacqueline jacquelyn jada jade
jaden jadiel jadyn jaelyn jaelynn jaiden jaime jake jakob jalen jaliyah jamal jamari james jameson jamie jamir
jamison jana jane janelle janet janette janice janie janine janis janiya janiyah jaramillo jared jarrod jarvis jase
jasiah jasmin jasmine jason javi javier jax jaxon jaxson jaxton jayce jaycee jayceon jayda jayden jayla jaylah
jaylee jayleen jaylen jaylin jaylynn jayne jayson jaz jaziel jazlyn jazmin jazmine jean jeanette jeanne jeannette
jeannie jeff jeffery jeffrey jemma jen jenifer jenkins jenna jennie jennifer jennings jenny jensen jeremiah jeremy
jermaine jerome jerry jess jesse jessica jessie jesus jett jill jillian jim jimena jimenez jimmie jimmy joan joann
joanna joanne joaquin jocelyn jodi jodie jody joe joel joey johan johanna johnathan johnathon johnnie johnny johnson
johnston jolene jolie jon jonah jonas jonathan jonathon jones joni jordan jordy jordyn jorge jose josefina joselyn
joseph josephine josh joshua josiah josie josue journee joyce juan juana juanita juanito juarez judah jude judith
judy juli julia julian juliana julianna julianne julie julien juliet julieta juliette julio julissa julius juniper
justin justine kade kaden kadence kaelyn kai kaia kaiden kailani kailey kailyn kairo kaison kaitlin kaitlyn kalani
kaleb kali kaliyah kallie kamari kamden kameron kamila kamryn kane kara karen kari karin karina karl karla karson
karsyn karter kasen kasey kash kashton kason kassandra kassidy kat katalina kate katelyn katelynn katerina katharine
katherine kathleen kathryn kathy katia katie katrina katya kaur kay kayden kaydence kayla kaylani kaylee kayleigh
kaylie kaylin kayson keagan keaton keegan kehlani keira keith kellan kellen keller kelley kelli kellie kelly kelsey
kelvin kemp ken kendall kendra kendrick kenley kenna kennedi kennedy kenneth kenny kensley kent kenya kenzie keri
kerr kerri kerry kevin khalil khan khloe kian kiana kiara kiera kieran kiley killian kim kimber kimberley kimberly
kimmy kimora kingsley kingston kinley kinsley kira kirby kirk kirsten klein kline knapp knox kobe koch kody kohen
kolton kora korbin kramer kris krista kristen kristi kristian kristie kristin kristina kristine kristopher kristy
krueger krystal kurt kyla kylan kyle kylee kyleigh kyler kylie kyra kyrie kyson lacey laila lainey lalo lamar
lambert landen landon landry landyn laney lara larissa larry larsen larson latasha latoya laura lauren lauri laurie
lauryn lawrence lawson layla layne layton leah leandro leann leanna leanne leblanc leia leigh leighton leila leilani
leland lena lennon lennox lenny leo leon leonard leonardo leonel leonidas leroy lesley leslie lester leticia lety
levi lewis lexi lexie leyla liam liana libby lila lilah lilian liliana lilianna lilith lillian lilliana lillie lilly
lily lilyana lim lin lina linda lindsay lindsey lionel lisa liu liv livingston livvy liz lizbeth lizzie lloyd logan
lois lola londyn lonnie lopez lorelai lorelei loren lorena lorenzo loretta lori lorraine lottie lou louis louise
lowe lozano luca lucas lucca lucero lucho luci lucia lucian luciana luciano lucille lucinda lucy lugo luis luisa
luka lukas luke lupe lupita lydia lyla lylah lyle lynda lynette lynn lynne lyons lyra mabel macdonald maci macias
macie mack mackenzie macy madalyn madalynn madden maddie maddison maddox madeleine madeline madelyn madelynn madilyn
madilynn madison madisyn madyson mae maeve magana magda magdalena maggie mahoney maia maisie majo makai makayla
makenna makenzie malachi malakai malaya malaysia malcolm maldonado maleah malia malik maliyah mallory malone mandy
mann manny manolo manuel marc marcella marcelo marcia marcus maren margaret margarita margie margot mari maria
maria-jose mariah mariam marian mariana marianne maribel marie marilyn marin mario marion marisa marisol marissa
maritza marjorie marla marlee marlene marley marlon marquez marsha martha martin martinez marvin mary maryam maryann
massey mateo mathew mathews mathias mathis matias matilda matt matteo matthew matthews matthias mattie maureen
maurice mauricio maximilian maximiliano maximus maxine maxwell maya mayer mayito maynard mayra mcbride mccall mccann
mccarthy mccarty mcclain mcclure mcconnell mccormick mccoy mccullough mcdaniel mcdonald mcdowell mcfarland mcgee
mcguire mcintosh mcintyre mckay mckee mckenna mckenzie mckinley mckinney mclaughlin mclean mcmahon mcmillan
mcpherson meagan meche medina medrano megan meghan mejia mekhi mel melanie melany melendez melina melinda melissa
melton melvin mendez mendoza mercedes meredith merritt meyer meyers meza miah micah michael michaela micheal michele
michelle mickey middleton miguel mikaela mikayla mike mikey mila milani mildred miley millie milo milton mindy mira
miranda miriam missy mitchell mohamed mohammad mohammed moises molina mollie mona moncho monica monique monroe
montes montgomery montoya moody moore morales moran morgan morris morrison morse morton moses moshe mosley moyer
mueller muhammad mullen mullins munoz murillo murphy murray mya myah myers myla myles myra myron nadia nadine nancy
nando naomi nash nasir nat natalia natalie nataly natasha nate nathalie nathan nathanael nathaniel nava navarro
nayeli neal ned nehemiah neil nelson nessa nevaeh newman nguyen nia nicholas nichole nichols nicholson nick nicki
nickolas nicky nico nicolas nicole nielsen nikki niko nikolai nikolas nina nixon noa noah noe noel noelle noemi nola
nolan nora norah norman norris norton novak nunez nyla nylah oakley oaklynn obrien ochoa oconnell oconnor octavia
odin odom odonnell olga oliver olivia olsen olson omar omari oneal oneill ophelia orion orozco ortega ortiz osborne
oscar otis otto owen owens pablo pacheco paco paddy padilla paige paislee paisley palmer pam pamela pancho paola
parker parrish parsons patel patrice patricia patricio patrick patsy patterson patti patton patty pau paul paula
paulette paulina pauline paxton payne payton pearson pedro peggy penelope pennington pepe peralta perez perkins
perry pete peter peters petersen peterson peyton pham phan phelps phil philip phillip phillips phoebe phyllis pineda
piper pittman pitts pollard ponce poole poppy portillo potts powell pratt presley preston priscilla pruitt pugh
quentin quincy quinn quintana quintero quinton quique rachael rachel rachelle raegan raelyn raelynn rafa rafael
raiden ralph ramirez ramiro ramon ramona ramsey randal randall randi randolph randy rangel raphael raquel rasmussen
raul rayan raylan raymond rayna rayne reagan rebecca rebekah reece reed reese reeves regina reginald reid reilly
remi remington remy renata rene renee rex reyna reynolds rhett rhodes rhonda rhys ricardo richard richards
richardson richmond rickey ricky riley rita rivas rivera robbie robbins roberson robert roberta roberto roberts
robertson robin robinson robyn rocco rocha rochelle roderick rodgers rodney rodolfo rodrigo rodriguez rogelio roger
rogers rohan rojas roland rolando rollins romero ron ronald ronan ronda ronin ronnie rory rosalie rosemarie rosemary
rosie rosita ross roth rowe rowen rowland roxanne roy royce ruben rubio ruby rudy ruiz russell russo ruth ryan ryder
ryker rylan ryland rylee ryleigh rylie sabrina sadie saige salazar salgado sally salvador salvatore sam samantha
samara sammy sampson samson samuel sanchez sanders sandoval sandra sandro sanford santana santiago santino sara
sarah sarai sariah sasha saul saunders savanna savannah saylor scarlett schaefer schmidt schmitt schneider schroeder
schultz schwartz scott sean seb sebas sebastian selah selena sergio serrano seth shaffer shah shana shane shanna
shannon shari sharon shaun shauna shaw shawn shawna shayla shea sheila shelby sheldon shelia shelley shelly shelton
shepard sheppard sheri sherman sherri sherrie sherry sheryl shiloh shirley sidney sienna silas silva simmons simon
simone simpson sims singh skinner skye skyla skylar skyler sloan sloane snyder sofi sofia solis solomon sonia sonja
sonya sophia sophie soren sosa spence spencer stacey staci stacie stacy stafford stanley stanton steele stef
stefanie stella steph stephan stephanie stephen stephens stephenson steve steven stevens stevenson stevie stewart
stokes strickland stuart suarez sullivan susan susana susie sutton suzanne swanson sweeney sydney sylas sylvia
tabitha talia tamara tami tammie tammy tang tania tanner tanya tapia tara taryn tasha tate tatiana tatum tavo taylor
teagan ted teddy tere terence teresa teri terrance terrell terrence terri terry tess tessa thea thelma theo theodore
theresa therese thiago thomas thompson thornton tiana tiara tiffany tim timmy timothy tina titus tobias toby todd
tom tomas tommie tommy toni tono tony tonya topher tori torres townsend tracey traci tracie tracy tran travis trejo
trent trenton trevino trevor tricia trina tripp trish trisha tristan tristen trujillo truong tucker tyler tyrone
tyson underwood uriah uriel valdez valentina valentino valenzuela valeria valerie vance vanessa vang vargas vasquez
vaughan vaughn vazquez vega velasquez velazquez velez vernon veronica vicente vicki vickie vicky victor victoria
villalobos villanueva villarreal villegas vince vincent vincenzo vinny violet virgil vivian viviana vivienne wagner
wallace walsh walter walters walton wanda wang watkins watson watts waylon wayne webb weber webster weiss welch
wendell wendy wesley weston whitaker whitney wiggins wilcox wiley wilkerson wilkins wilkinson willa william williams
williamson willie willis wilma wilson winston wolfe wong woodard woodward wren wyatt wynter xander xavier ximena
xiomara xiong yadiel yahir yang yareli yaretzi yasmin yates yekaterina yesenia yoder yolanda yoli yosef yusuf yvette
yvonne zach zachariah zachary zachery zack zackary zahra zaiden zain zaire zamora zander zane zara zariah zariyah
zavala zayden zayn zayne zhang zimmerman zion zoe zoey zoie zuniga zuri zyaire
`);

/** Given names that are words too. */
const namesLikeWords = /* @__PURE__ */ setOf(`
alma amber angel barb beau bella ben blanca bonita bria caro carter cary checo chester cisco colleen concha cruz
crystal dahlia dawn dick drake drew dulce earl estrella eve faith fina frank grace holly hope iris ivory ivy jasper
jay jazz joy kike kit lana lance lea lee leona lia lora luna luz mara marco marcos mark marty meadow meg mena mia
miller mina misty molly nacho neto norma paca pat pearl penny pepa perla raven ray reina rick rob rocky romeo rosa
rosario rose rowan sandy scarlet serena siena sierra sonny tia vera vero wade warren wilder willow
`);

/** Given names that are words, which minutes also write with a capital. */
const givenWords = /* @__PURE__ */ setOf(`
ace archer aria aspen atlas aurora autumn azalea bill cadence candy cannon case cash chance chandler charity chase
christian clay colt cooper crew deacon dean destiny diamond don dream earnest ember gene genesis grant gunner
harmony haven heath heaven hunter john journey justice king lane laurel legacy legend liberty lyric magnolia major
marina marquis mason maverick melody messiah miles miracle nova olive onyx pierce porter prince reign rich river
roman royal royalty sage sawyer serenity sincere sky sterling stetson summer sunny talon trace trey trinity troy
walker winter
`);

/** Family names that are words too. */
const familyWords = /* @__PURE__ */ setOf(`
archer arias baker ball banks barajas barber barker barrera bass bautista bean beard beck bell bender berg berry
best bishop black bond booker booth bowers bowman branch bravo brewer bridges brown browning buck bullock burns bush
butler campos cannon cano carpenter carter case castillo chambers chandler chase cherry christian church clay
collier colon cook cooper corona costa cox crane cross cruz cuevas curry day dean drake duke dyer farmer fields
fisher flores flowers ford foster fowler fox franco freeman frost fry fuentes fuller garrison gates gentry gill
glass glover golden good grant graves gray green grimes gross guerra hail hale hall hardy hart heath herring hill ho
hood horn house huerta huff hull hunt hunter johns king knight lam lamb lane leach leal lee levy little long love
lowery luna lynch manning marks marsh marshall mason mata mayo mays meadows mercado miles miller mills moon mora
moreno morrow moss newton noble pace page palacios park parks parra peck pena person pierce pope porter potter
powers price prince proctor ramos reyes rice rich rios rivers roach robles roman rosales rosario rosas rose rush
salas salinas santos savage sawyer sellers sexton sharp shepherd shields short sierra singleton small smith snow
soto sparks spears stark stein stone stout strong summers turner valentine ventura villa wade walker wall waller
walls ward ware warner warren waters weaver weeks wells west wheeler white whitehead winters wise wolf wood woods
wright young
`);

/** How a word, in small letters and without accents, is a name. */
export const isName = (word: string): boolean => names.has(word);
export const isNameLikeWord = (word: string): boolean => namesLikeWords.has(word);
export const isGivenWord = (word: string): boolean => namesLikeWords.has(word) || givenWords.has(word);
export const isFamilyWord = (word: string): boolean => familyWords.has(word);
