"""Given names: what tells a line that is a name from one that is two capitalised words ("Keep Reading", "Opening Hours").

General knowledge, and no more than a sample: common names of the British Isles, the main European languages and the
communities that live there, in small letters without accents. Names that begin many another line ("April", "Hope", "Will",
"Virginia") are left out. A name that is missing costs a byline that nothing else marks, never a wrong one.
"""

from __future__ import annotations

import unicodedata

from extract.words import word_set

GIVEN_NAMES = word_set(
    """
    aarav aaron abbas abbie abby abdul abdullah abdulrahman abel abena abi abigail abraham ada adam adebayo adebola adelaide adele adeline adelino
    adewale aditi aditya adnan adrian adriana adrien afonso afua agata agatha agathe agnes agneta agnieszka agostino ahmad ahmadou ahmed ahmet aidan
    aileen aimee aino ainsley aisha aisling akash akua alain alan alana alasdair alastair alba alban albert albertine alberto alec aleid alejandra
    alejandro aleksandra alena alessandra alessandro alessio alex alexa alexander alexandra alexandre alexandria alexandru alexis alf alfie alfonso
    alfred alfredo ali alice alicia alina aline alison alistair alister alix aliya aliyah allan allen allison alma alvaro alyssa ama amal amanda
    amandine amar amaro amaury amber ambroise amedeo amelia amelie amina amir amit amjad ammar amna amparo amy ana anais anand ananya anastasia anca
    anders andre andrea andreas andree andrei andres andrew andrey andrzej andy aneta aneurin angela angeles angelica angelika angelina angharad angie
    angus ania anicet anika anil anisa anita anja anjali anke ankit ann anna annabel annabelle annalisa anne anneke anneli annemarie annette annick
    annie annika anouk anselm anselmo antero anthea anthony antje antoine antoinette anton antonia antonio antony antti anushka anwar araceli archie
    aretha ariana arianna ariel arif arjan arjun armand armando armelle armenio armin arnaud arne arnold aroha arthur arto artur arturo arun arvind
    asa asad asha ashley ashok asif asma astrid athena aubrey aude audrey augustin augustus aurelie ava axel ayaan aydin ayesha ayodele ayse aysha
    aziz babatunde babette balraj baptiste barbara barney barry bart bartek bartosz bashir bastian bastien bea beata beatrice beatrix beatriz becca
    becky begona bela ben benedict benedicte benedikt bengt benito benjamin bennett benoit beppe bernadette bernard bernardo bernd bernhard bernice
    bert bertha berthold bertille bertrand bess beth bethan bethany betsy betty beverley beverly bhavna bianca bilal billie billy birger birgit bjarne
    bjorn blake blanca blandine blas bob bobby bodo bogdan boguslaw bola bonnie boris borja borje bozena brad bradley brady bram brandon brandy bree
    brenda brendan brent bret brett brian briana brice bridget brigitte britt britta brittany bronwen bronwyn brooke bruce bruna bruno bryan bryce
    bryony burak burkhard caetano caitlin caleb callum calvin cameron camila camilla camille camilo candice candida cara carl carla carles carlo
    carlos carlotta carly carmel carmelo carmen carol carola carole carolin carolina caroline carolyn carrie carsten cary casey cassandra cassie
    catalina catarina caterina cathal catherine cathleen cathy catriona cayetano cecil cecile cecilia cecily cedric cees celeste celia celine celso
    cem cerys cesar cesare chad chandra chantal charis charlene charles charley charlie charline charlotte chas chaya cheryl chetan chiara chidi
    chinedu chinwe chioma chloe chris chrissie christa christel christian christiane christina christine christof christoph christophe christopher
    christy chuck ciara cillian cindy ciro claes claire clara clare clarissa clarisse clark claude claudia claudine claudio claus clemens clement
    clementine cleo clifford clive clodagh clotilde cody colette colin colleen colm colombe conall concepcion connie connor conor conrad constanze
    consuelo cora cordula corentin corina corine corinna corinne cormac cornelia cornelius corrado cosimo cosmo courtney craig cressida cristian
    cristiano cristina csaba curro curtis custodio cynthia cyril cyrille czeslaw daan dafydd dagmar daisy dale dalia daljit damian damiano damien dan
    dana dani daniel daniela daniele danielle danny danuta daphne dara darcy daria dario darius darko darlene darren darryl darya dave david davide
    davina dawn dean deanna deb debbie debora deborah debra declan dee deepa deepak deirdre delia della delphine denis denise deniz dennis derek
    dermot des desmond detlef devin devon dewi diana diane diarmuid dick didier diego dieter dietmar dietrich dilip dimitri dina dinah dinesh diogo
    dipti dirk divya dolores dom domenico dominic dominik dominique don donal donald donatella donna donovan doreen doris dorota dorothea dorothee
    dorothy doug dougal douglas drew duarte duncan dustin dwayne dylan eamon eamonn ebele ebony ebru eckhard ed eddie edeltraud edgar edith edmund
    edouard edson eduard eduarda eduardo edward edwin edwina eelco eero efua egil ehrenfried eija eike eileen eilidh eimear einar eirik elaine eleanor
    elena eleni elfriede eli eliana eliane elias elif elijah elin elina eliot elisa elisabeth elisabetta elise eliza elizabeth elke ella elle ellen
    ellie elliot elliott ellis elmar elodie eloise elsa elsie elspeth elvira elzbieta emanuel emanuele emeka emeline emer emeric emerson emil emilia
    emilie emilio emily emine emma emmanuel emmanuelle emre emrys emyr encarnacion enda enid enno enrico enrique enriqueta enzo eoghan eoin eric erica
    erich erik erika erin erkan erling ernest ernst errol erzsebet esa eskil esme esperanza esra esteban estelle esther ethan ethel etienne ettore
    eudes eugene eugenia eugenie eulalia eunice eva evan evangeline eve evelyn evelyne evie ewa ewald ewan ewelina eyal ezio ezra fabian fabiana
    fabien fabienne fabio fabrice fabrizio fadi fahad faisal faiza fanny fara farah farhan farid farida farooq farrah fatima fatma fatou fausto faye
    federica federico felicia felicity felipe felix femi femke ferdinand ferenc fergus ferhat fermin fernanda fernando fernao ffion fidel filip filipa
    filipe finbar findlay finlay finn fiona fionnuala fiorella flavia flavien flavio fletcher florence florent florentin florentine florian florin
    floris folake folasade fran frances francesca francesco francine francis francisca francisco franck francois francoise frank frankie frans franz
    fraser frauke fred freddie frederic frederick frederik freya frida frieda friederike friedhelm friedrich fritz frode fuensanta fulvia fulvio funmi
    gabi gabor gabriel gabriela gabriele gabriella gabrielle gael gaelle gaetan gaetano gail gamze gareth garry garth gary gaston gauri gavin gaynor
    geert gemma gene genevieve gennaro genoveva geoff geoffrey georg george georgette georgie georgina gerald geraldine gerard gerd gerhard gernot
    gerrit gerry gert gertrude gesine ghislain ghislaine giacomo giada gianluca gianni giesela gijs gilbert gilberto giles gill gilles gillian gina
    ginny gino giordano giorgia giorgio giovanna giovanni gisela gita giulia giuliana giuliano giulio giuseppe giuseppina gladys glen glenda glenn
    gloria glyn glynis godfrey goncalo gonzalo gordon gosta gottfried gotz graca grace graeme graham grainne grant grazyna greg gregg gregoire gregor
    gregorio gregory greta grzegorz guadalupe gudrun guglielmo guido guilherme guillaume guillermo gunilla gunn gunnar gunther gurdeep gurpreet gus
    gustav gustavo guy gwen gwenael gwenaelle gwendolyn gwyn gwyneth gyula hadley hafsa hajo hakan haley halima halina halvor hamid hamida hamish
    hamza hana hanna hannah hanne hanneke hannes hanno hans harald hardeep hari harish harm harold haroon harpreet harriet harrison harro harry
    hartmut harvey hasan hassan hatice hattie hayden hayley hazel heather hector hedda hedwig hege heide heidi heidrun heike heikki heiko heiner
    heinrich heinz helder helen helena helene helga helge helle helmut hema hendrik henning henri henriette henrik henrike henrique henry henryk
    herbert heribert herman hermann hernan herta herve hetty hilary hilda hilde hiltrud hina hiroshi hjalmar holger holly honorine horst hortense
    hortensia howard hubert hubertus huda hugh hugo hugues huguette humphrey hussein hywel iain ian ibrahim ida idrees idris ieuan ifan ifeoma ignacio
    ignasi igor ikenna ilaria ildiko ilie ilkka ilyas imaan imani immo imogen imran imre ina inaki inder indira ineke ines inga inge inger ingo ingrid
    ingvar inmaculada ioan ioana iolanda ion iona ionut iqbal irene ireneusz irfan irina iris irma irmgard isaac isabel isabela isabella isabelle
    isaiah ishaan isidro isla ismail isobel isolde issa istvan itzik iulia ivan ivana ivo ivor ivy iwan iwona izabela izzy jaakko jaap jacinto jack
    jackie jackson jacky jacob jacqueline jacques jade jadwiga jaime jakob jakub jamal jameel james jamie jamila jan jana jane janet janice janina
    janine janis jannik janos janusz jared jarek jari jaroslaw jasmin jasmine jason jasper jaswinder jatinder jaume javed javier jay jayne jean jean-
    baptiste jeanette jeanne jeannette jeff jeffery jeffrey jelle jemima jen jenna jennie jennifer jenny jens jeremiah jeremy jeroen jerome jerry
    jerzy jesper jess jesse jessica jessie jesus jill jim jimmy jitka jo joachim joan joana joann joanna joanne joao joaquim joaquin joaquina jocelyn
    jocelyne jochem jochen jodie jody joe joel joelle joerg joey johan johann johanna johannes john johnny joke jolanta jon jonah jonas jonathan joni
    jonny joop joost jordi jorg jorge jorgen joris jorn jos jose josef josefine josep joseph josephine josh joshua josiane josie jostein josue joyce
    jozef jozsef juan juana juanita juanjo jude judit judith judy juergen juha jukka jules julia julian juliana juliane julie julien julienne juliet
    julieta juliette julio julius juno jurgen jussi justin justine justyna jutta jyoti kaarina kacper kadir kai kalle kalpana kamal kamil kamila
    kamran kara karan kare karel karen kari karim karin karina karl karl-heinz karla karolina karoline karoly karsten kasia kaspar kasper katalin
    katarina katarzyna kate katerina katharina katharine kathe katherine kathleen kathrin kathryn kathy katie katinka katja katrin katrina katy kavita
    kay kayla kayleigh kazimierz keanu keeley kees keiko keir keira keith kelechi kelly kelsey kelvin kemal kemi ken kendra kenji kenneth kenny kerem
    kerri kerry kersten kerstin kevin khadija khaled khalid kiera kieran kiki kim kimberley kimberly kinga kiran kirk kirsi kirsten kirstie kirsty kit
    kitty kjell kjersti klaas klara klaus knud knut koen kofi konrad konstantin konstantinos korbinian kris krishna kristen kristian kristin kristina
    kristine kristof krystyna krzysztof kuldeep kumar kurt kwabena kwaku kwame kweku kyle kylie kyra lachlan laetitia laila lajos lakshmi lalit lana
    lance lando lara larissa larry lars lasse laszlo latoya laura laure laureen lauren laurence laurent laurentiu laurie lavinia lawrence layla lea
    leah leandro leanne lech lee leif leigh leila leire leland lello len lena lene lennart leo leon leonard leonardo leoni leonie leonor leonora
    leopold leroy les lesley leslie leszek leticia letizia levin lewis lex leyla liam liana lianne libby lidia lieke lies liesbeth liese ligia liisa
    lila lilian liliana lillian lily lin lina linda lindiwe lindsay lindsey lionel lisa lisbet lisbeth lise liselotte liv livia liviu liz liza lizzie
    llinos lloyd llyr loic loick lois lola lore loredana lorena lorenz lorenzo loretta lorna lorraine lothar lotte lottie lou louis louisa louise
    louison lourdes luc luca lucas lucia lucian luciana luciano lucie lucien lucienne lucille lucinda lucy lucyna ludger ludovic ludwig luigi luis
    luisa luise luitgard luiz luka lukas lukasz luke lutz lydia lydie lyn lynda lyndsey lynette lynn lynne lynsey maaike maarten mabel macarena maciej
    maciek mackenzie madalina maddalena maddie maddy madeleine madeline madhav madhu madison mads mae maeve magali magalie magda magdalena magdalene
    magnus mahaut mahesh mahmood mahmoud mai maia maija maike mairead mairi maisie maite maj maja malcolm malene malgorzata malgosia malik malika
    malin malte mandla mandy manfred manish manju manoj manolo manon manuel manuela mara marc marcel marcela marcelino marcella marcelo marcia marcin
    marcio marco marcos marcus mareike marek maren margalida margaret margareta margarita margaux margery margit margot marguerite mari maria mariah
    mariam marian mariana mariangela marianne mariano maribel marie marieke marielle marija marika marilyn marina mario marion marisa marisol marissa
    marit marius mariusz marivi mariza marjolaine marjorie mark markku markus marla marlene marlies marloes marlon marsha marta martha marthe martial
    martin martina martine marty martyn marvin mary maryam marzena masha massimo mateo mateus mateusz mathew mathias mathieu mathilda mathilde mathis
    matilda matilde matt matteo matthew matthias matthieu matti maud maureen maurice mauricio maurizio mauro max maxence maxime maximilian maximo
    maxine maya mechthild meera meg megan mehdi mehmet mehul mehwish mei meike meinrad mel melanie melf melinda melisande melissa melvin mercedes
    mercè meredith meriel merle merlin merryn merten merve mette mia micah michael michaela michal michalina michel michela michele michelle mick
    mieke miguel mihaela mihai mihail mika mikael mike mikhail mikkel mikko miklos mila milan milena miles millie milo milton mimi mina minna mira
    miranda mircea mireia mireille mirella miriam mirja mirjam mirko miroslaw misha mitch mitchell mohamed mohammad mohammed mohan mohsin moira moises
    molly mona monica monika monique montse montserrat morag morgan morgane moritz morris morten morwenna moses mpho mubarak muhammad mukesh munir
    murat muriel murray musa musarat mustafa myfanwy myles myra myriam myrtle nabil nacho nadeem nadege nadia nadine nadja naeem naila naima naledi
    nancy nanna naomi narendra naresh nasir nasreen nastassja nat natalia natalie natasha nathalie nathan nathaniel naveed naveen naz nazia neal ned
    neelam neeraj neha neil nele nell nellie nelly nelson nerys neus neville ngozi nia niall niamh nicholas nick nicki nicky nico nicola nicolae
    nicolai nicolas nicolaus nicole nicoletta nicolo nidhi niek niels nieves nigel nik nikita nikki niklas nikola nikolai nikolaos nikolaus nils nina
    ninon nirmala nisha nita nitin nitish nkechi nnamdi noa noah noel noelle noemi noemie nomsa noor nora norah norbert noreen norma norman nuala nuno
    nuria oana obinna octavia octavian odette odile oivind okka ola olaf ole oleg olga oliver olivia olivier olli olu olufemi oluwaseun oluwatobi
    olwen omar ombeline omer oonagh oran oriol orla orlando ornella ortrun osama oscar oskar osman ossie osvaldo oswald otavio otmar ottavio ottmar
    otto ousmane outi ovidiu owain owen ozan ozge pablo paco paddy padraig paige paivi palle paloma pam pamela paola paolo parminder parvati pascal
    pascale pat patrice patricia patricio patrick patrik patrizia patrycja patti patty paul paula paulette paulina pauline paulino paulo pavel pawel
    pearl peder pedro peer peggy pekka penelope penny pepe percy pernille perry pervez pete peter petr petra petri petros petter phil philibert
    philine philip philipp philippa philippe phillip phoebe phyllis pia pierluigi piero pierre pierrick pieter pietro pilar piotr pip pippa pirkko
    polly pooja poppy pradeep prakash pranav pranay prasad praveen preben preeti priscilla priti priya priyanka przemyslaw qasim quentin quincy quinn
    quirin rabia rachael rachel rachelle radek radoslaw radu rae rafael rafaela rafal raffaele raffaella rafiq rahim rahul raik raimundo rainer raj
    raja rajesh rajiv rakesh ralf ralph raluca ramesh ramiro ramon ramona randall randy ranjana ranjit raoul raphael raquel rashid rasmus raul ravi
    ray raymond raymonde razia razvan rebecca rebekah rebekka reg regina reginald regine regis rehana reiner reinhard reinhart reinhold rekha remedios
    remi remy rena renata renate renato rene renee rens renuka renzo reuben rhian rhiannon rhoda rhodri rhona rhonda rhys ria rian riaz ricardo
    riccardo richard rick ricky rieke rik rinaldo risto rita ritu rizwan rob robbie robert roberta roberto robin robyn rocco rocio rod roddy roderick
    rodney rodolfo rodolphe rodrigo roel roger rohan rohit roisin roland rolf romain romane romy ron ronald ronan ronja ronnie rory rosa rosalie
    rosalind rosamund rosanna rosario rose roseanne roselyne rosemarie rosemary rosendo rosie ross rossana roswitha rowan rowena roxana roxanne roy
    ruairi ruben rubina ruby rudi rudiger rudolf rufus ruggero rui rukhsana rune rupa rupert ruprecht ruqayya russ russell rutger ruth ryan ryszard
    saba sabah sabatino sabina sabine sabrina sacha sachin sadaf sade sadia sadie saeed safiya sahar saima sajid sajjad sal salim sally salma salman
    salome salvador salvatore sam samantha samar samara sameer sami samia samina samir samira samiya sammy samuel sana sandeep sander sandip sandor
    sandra sandrine sandro sandy sangeeta sanjay sanjeev santiago sara sarah sari sarita saskia satoshi saul saverio scarlett scott seamus sean sebald
    sebastian sebastien seema segolene sekou selim selina selma serena serge sergei sergey sergio serkan seth severine severino shabana shabnam shafiq
    shah shahid shaista shakeel shalini shamim shane shania shannon sharon shashi shaun shauna shawn shazia sheena sheila shelley shelly sheri sherri
    sherry shilpa shirin shirley shivani shona shreya shyam sian sibusiso sid sidney sidonie siegfried sienna sigmar sigrid sigrun sigurd silas silja
    silke silvana silvano silvia silvio silviu sima simao simeon simon simona simone simran sinead siobhan sipho siri sissel sita siv sizwe sjoerd
    slawek slawomir sofia sofie sohail solange soledad solene solomon solveig sonia sonja sonke sonya sophia sophie soren sorin spencer stacey stacy
    stale stan stanislaw stanley stefan stefanie stefano steffen stella sten steph stephan stephane stephanie stephen steve steven stevie stewart stig
    stijn stine stuart subhash sudha sue sukhdev sukhwinder suleiman sultana sumaya sunil sunita suresh surinder susan susana susann susanna susannah
    susanne susi susie suzanna suzanne suzi suzy svein sven svenja sverre svetlana swantje sybil sybille syed sylvain sylvia sylviane sylvie sylwia
    sytske szilvia szymon tabitha tadeusz tahir tahira tai takeshi talia tamar tamara tamas tamina tamsin tania tanja tanvi tanya tapio tara tariq
    tarja tarun tasha tatiana tatjana taylor tayyab ted teemu tendai teodora teodoro teresa teri terje terrence terri terry tess tessa teun thabo
    thaddee thaddeus thandi thea thelma theo theodora theodore theophile theresa therese thibault thibaut thierry thijs thilda thilo thom thomas thor
    thora thoralf thorsten tia tiago tibor tiffany tilda tilly tilman tilo tim timo timothy tina tiphaine titus tiziana tiziano tobias toby todd tom
    tomas tomasz tommaso tommy toni tony tor torben torbjorn tore torge torill torsten torunn tracey traci tracy travis trevor tricia trine trinidad
    trish trisha tristan trond troy trudy trygve tudor tuija tullio tuncay tunde tuomas tyler tyrone uche uday ugo ulf uli ulla ullrich ulrich ulrik
    ulrike uma umair umar umberto unni ursel ursula urszula usha usman uta ute uwe uzma val valentin valentina valentine valeria valerie valerio
    valeriu valery vandana vanessa varun vasco vasile vaughan veikko veit venetia vera verena verity verna vernon veronica veronika veronique vibeke
    vic vicenta vicente vicki vickie vicky victoire victor victoria vidar vidya vijay vikas vikki vikram viktor viktoria ville vilmos vinay vince
    vincent vincenza vincenzo vinicius vinod violet violeta virgile virginie vishal vito vittoria vittorio vivek vivian vivien vivienne vlad vladimir
    volkan volker volkmar waldemar waleed walid wallace wally walter walther waltraud wanda waqas warren wasim wayne wendy werner wes wesley whitney
    wiebke wieslaw wiktor wilfred wilfried wilhelm willem william willie willy wilma winfried winifred winston wioletta wlodzimierz wojciech wolfgang
    wolfram wouter wynne xaver xavi xavier xaviere xenia xose yael yan yann yannick yara yash yasmeen yasmin yasmine yaw yke yngve yoann yogesh yohann
    yolaine yolanda yolande yosef younis youssef yuki yuri yusra yusuf yves yvette yvon yvonne zac zach zacharie zachary zack zadie zafar zahid zahra
    zainab zainabu zak zakia zanele zara zbigniew zdzislaw zeeshan zehra zeinab zelda zelia zeynep zoe zofia zoltan zora zsofia zsolt zsuzsa zubair
    zulfiqar zuzana zygmunt
    """
)


def is_given_name(word: str) -> bool:
    """Whether a word, or what stands before its hyphen, is a given name of the table."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return letters.split("-")[0] in GIVEN_NAMES
