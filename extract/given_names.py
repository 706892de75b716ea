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
    aaron abbie abby abdul abdullah abdulrahman abel abena abi abigail abraham ada adam adebayo adele adeline aditi aditya adrian adriana adrien agata
    agatha agnes agnieszka ahmad ahmed aidan aileen aimee ainsley aisha aisling akash alain alan alana alasdair alastair alba albert alberto alec
    alejandra alejandro aleksandra alena alessandra alessandro alessio alex alexa alexander alexandra alexandre alexandria alexis alf alfie alfonso
    alfred alfredo ali alice alicia alina alison alistair alister alix aliyah allan allen allison alma alvaro alyssa ama amal amanda amandine amar
    amber amelia amelie amina amir amit amjad ammar amna amy ana anais ananya anastasia anders andre andrea andreas andree andres andrew andrey
    andrzej andy aneta aneurin angela angelica angelika angelina angharad angie angus anika anil anisa anita anja anjali anke ann anna annabel
    annabelle annalisa anne anneke annemarie annette annie annika anouk anthea anthony antje antoine antoinette anton antonia antonio antony anwar
    archie aretha ariana ariel arif arjun armando armin arne arnold aroha arthur arun arvind asha ashley ashok asif asma astrid athena aubrey audrey
    augustus aurelie ava axel ayesha ayse aysha aziz babette barbara barney barry bart bartosz bastian bea beata beatrice beatrix becca becky ben
    benedict benedikt benjamin bennett benoit bernadette bernard bernd bernhard bernice bertha bertrand bess beth bethan bethany betsy betty beverley
    beverly bianca bilal billie billy birgit bjarne bjorn blake blanca bob bobby bonnie boris brad bradley brady brandon brandy bree brenda brendan
    brent bret brett brian briana bridget brigitte britta brittany bronwen bronwyn brooke bruce bruno bryan bryce bryony burkhard caitlin caleb callum
    calvin cameron camila camilla camille candice candida cara carl carla carlo carlos carly carmel carmen carol carola carole carolin carolina
    caroline carolyn carrie carsten cary casey cassandra cassie catalina caterina cathal catherine cathleen cathy catriona cecil cecile cecilia cecily
    cedric celeste celia celine cerys cesar chad chandra chantal charis charlene charles charley charlie charlotte chas chaya cheryl chiara chidi
    chinwe chloe chris chrissie christa christel christian christiane christina christine christof christoph christophe christopher christy chuck
    ciara cillian cindy claire clara clare clarissa clark claude claudia claudio claus clemens clement cleo clifford clive clodagh cody colette colin
    colleen colm conall connie connor conor conrad constanze cora corinna corinne cormac cornelia cornelius cosmo courtney craig cressida cristina
    curtis cynthia cyril daan dafydd daisy dale dalia damian damien dan dana dani daniel daniela daniele danielle danny daphne dara darcy daria dario
    darius darko darlene darren darryl darya dave david davide davina dawn dean deanna deb debbie debora deborah debra declan dee deepa deepak deirdre
    delia della delphine denis denise dennis derek dermot des desmond detlef devin devon dewi diana diane diarmuid dick diego dieter dietmar dietrich
    dilip dimitri dina dinah dinesh dirk dolores dom dominic dominik dominique don donal donald donna donovan doreen doris dorothea dorothy doug
    dougal douglas drew duncan dustin dwayne dylan eamon eamonn ebony eckhard ed eddie edgar edith edmund eduard eduardo edward edwin edwina eileen
    eilidh eimear einar elaine eleanor elena eleni elfriede eli eliana elias elif elijah elin eliot elisa elisabeth elise eliza elizabeth elke ella
    elle ellen ellie elliot elliott ellis elodie eloise elsa elsie elspeth elvira emanuel emanuele emer emerson emil emilia emilie emilio emily emine
    emma emmanuel emmanuelle emrys emyr enda enid enrico enrique eoghan eoin eric erica erich erik erika erin ernest ernst errol esme esperanza
    estelle esther ethan ethel etienne eugene eugenia eugenie eunice eva evan evangeline eve evelyn evelyne evie ewa ewan eyal ezra fabian fabien
    fabio fabrice fadi fahad faisal faiza fanny fara farah farhan farid farida farrah fatima fatou faye federica federico felicia felicity felipe
    felix ferdinand fergus fernanda fernando ffion filip finbar findlay finlay finn fiona fionnuala flavia fletcher florence florian folake fran
    frances francesca francesco francine francis francisca francisco franck francois francoise frank frankie franz fraser fred freddie frederic
    frederick frederik freya frida frieda friedrich fritz fulvia gabi gabriel gabriela gabriele gabriella gabrielle gail gareth garry garth gary
    gaston gavin gaynor gemma gene genevieve geoff geoffrey george georgette georgie georgina gerald geraldine gerard gerd gerhard gerry gert gertrude
    ghislaine giacomo gianluca gianni gilbert giles gill gillian gina ginny giorgia giorgio giovanna giovanni gisela gita giulia giulio giuseppe
    giuseppina gladys glen glenda glenn gloria glyn glynis godfrey gordon grace graeme graham grainne grant greg gregg gregor gregory greta grzegorz
    gudrun guido guillaume guillermo gunnar gunther gurpreet gus gustav gustavo guy gwen gwendolyn gwyn gwyneth hadley hafsa haley hamid hamish hamza
    hana hanna hannah hannes hans harald hari harold harpreet harriet harrison harry hartmut harvey hasan hassan hattie hayden hayley hazel heather
    hector hedwig heidi heike heiko heiner heinrich heinz helen helena helene helga helge helmut hendrik henri henriette henrik henry herbert heribert
    herman hermann hetty hilary hilda hina hiroshi holger holly horst howard hubert hugh hugo humphrey hussein hywel iain ian ibrahim ida idris ieuan
    ifan ignacio igor ilaria imani imogen imran ina indira ines inga inge ingo ingrid ioan iolanda iona irene irina iris irma isaac isabel isabella
    isabelle isaiah isla ismail isobel issa itzik ivan ivana ivo ivor ivy iwan iwona izzy jack jackie jackson jacob jacqueline jacques jade jakob
    jakub jamal james jamie jan jana jane janet janice janine janis jannik jared jarek jasmin jasmine jason jasper javed javier jay jayne jean
    jeanette jeanne jeannette jeff jeffery jeffrey jemima jen jenna jennie jennifer jenny jens jeremiah jeremy jeroen jerome jerry jess jesse jessica
    jessie jesus jill jim jimmy jitka jo joachim joan joana joann joanna joanne joao joaquin jocelyn jochen jodie jody joe joel joelle joerg joey
    johan johann johanna johannes john johnny jolanta jon jonah jonas jonathan joni jonny jordi jorg jorge jose josef josefine joseph josephine josh
    joshua josie joyce juan juana juanita jude judith judy juergen jules julia julian juliana juliane julie julien juliet juliette julio julius juno
    jurgen justin justine justyna jutta kamal kamila kamran kara karel karen karim karin karina karl karla karolina karoline karsten kasia kaspar
    katarina katarzyna kate katerina katharina katharine katherine kathleen kathrin kathryn kathy katie katja katrin katrina katy kay kayla kayleigh
    keanu keeley keiko keir keira keith kelly kelsey kelvin ken kendra kenji kenneth kenny kerri kerry kerstin kevin khadija khalid kiera kieran kiki
    kim kimberley kimberly kiran kirk kirsten kirstie kirsty kit kitty klaas klara klaus knut kofi konrad konstantin konstantinos kris kristen
    kristian kristin kristina kristine kristof krystyna krzysztof kuldeep kumar kurt kwabena kwame kyle kylie kyra lachlan laetitia laila lana lance
    lara larissa larry lars latoya laura laureen lauren laurence laurent laurie lavinia lawrence layla lea leah leanne lee leigh leila leland len lena
    leo leon leonard leonardo leoni leonie leonora leroy les lesley leslie leticia lewis lex leyla liam liana lianne libby lidia liese lila lilian
    liliana lillian lily lin lina linda lindsay lindsey lionel lisa lisbeth lise liv liz liza lizzie llinos lloyd llyr loic lois lola lore loredana
    lorena lorenzo loretta lorna lorraine lothar lotte lottie lou louis louisa louise luc luca lucas lucia luciana luciano lucie lucien lucille
    lucinda lucy ludovic ludwig luis luisa luise luka lukas lukasz luke lutz lydia lyn lynda lyndsey lynette lynn lynne lynsey mabel maciej mackenzie
    maddie maddy madeleine madeline madhu madison mads mae maeve magali magda magdalena magdalene magnus mahmoud mai maia maija maike mairead mairi
    maisie maja malcolm malgorzata malik malika malte mandy manfred manish manoj manon manuel manuela mara marc marcel marcela marcella marcelo marcia
    marcin marco marcos marcus mareike maren margaret margareta margarita margery margit margot marguerite mari maria mariah mariam marian mariana
    marianne marie marieke marielle marija marika marilyn marina mario marion marisa marissa marit marius marjorie mark markus marla marlene marlon
    marsha marta martha marthe martin martina martine marty martyn marvin mary maryam masha mateo mateusz mathew mathias mathieu mathilda mathilde
    matilda matt matteo matthew matthias matthieu maud maureen maurice mauricio mauro max maxime maximilian maxine maya meera meg megan mehmet mei
    meike meinrad mel melanie melinda melissa melvin mercedes meredith meriel merle merlin merryn mia micah michael michaela michal michalina michel
    michela michele michelle mick miguel mihai mika mikael mike mikhail mila milan milena miles millie milo milton mimi mina minna mira miranda
    mireille miriam mirjam mirko misha mitch mitchell mohamed mohammad mohammed mohan moira moises molly mona monica monika monique montse morag
    morgan moritz morris morten morwenna moses muhammad muriel murray mustafa myfanwy myles myra myriam myrtle nadia nadine nadja naima naledi nancy
    naomi narendra nasreen nastassja nat natalia natalie natasha nathalie nathan nathaniel naveed neal ned neelam neha neil nell nellie nelly nelson
    nerys neville ngozi nia niall niamh nicholas nick nicki nicky nico nicola nicolai nicolas nicole nicoletta nidhi nigel nik nikita nikki niklas
    nikola nikolai nikolaos nikolaus nils nina nisha nita nitin noa noah noel noelle noemi nomsa nora norah norbert noreen norma norman nuala octavia
    odette ola olaf oleg olga oliver olivia olivier oluwaseun olwen omar oonagh oran orla orlando oscar oskar osman ossie oswald otto owain owen ozan
    pablo paddy padraig paige pam pamela paola paolo parvati pascal pascale pat patrice patricia patricio patrick patrik patrizia patti patty paul
    paula paulette paulina pauline paulo pavel pawel pearl pedro peggy penelope penny percy perry pete peter petr petra petros phil philip philipp
    philippa philippe phillip phoebe phyllis pia pierre pieter pietro pilar piotr pip pippa polly pooja poppy prakash pranav prasad preeti priscilla
    priti priya priyanka quentin quincy quinn rabia rachael rachel rachelle radek rae rafael raffaella rahul rainer raj raja rajesh rajiv ralf ralph
    ramesh ramon ramona randall randy ranjit raphael raquel rashid ravi ray raymond razia rebecca rebekah reg regina reginald reiner reinhard reinhold
    remi remy rena renata renate rene renee renuka reuben rhian rhiannon rhoda rhodri rhona rhonda rhys ria rian ricardo riccardo richard rick ricky
    rik rita rob robbie robert roberta roberto robin robyn rocio rod roddy roderick rodney rodolfo rodrigo roger rohan rohit roisin roland rolf romy
    ron ronald ronan ronja ronnie rory rosa rosalie rosalind rosamund rosanna rose roseanne rosemarie rosemary rosie ross rowan rowena roxanne roy
    ruairi ruben ruby rudi rudolf rufus rukhsana rupert russ russell ruth ryan saba sabina sabine sabrina sacha sadia sadie saeed safiya sahar saima
    sajid sal salim sally salma salman salvador salvatore sam samantha samar samara samia samina samir samira sammy samuel sana sandeep sander sandra
    sandrine sandy sangeeta sanjay sara sarah saskia satoshi saul scarlett scott seamus sean sebastian sebastien selim selina selma serena serge
    sergei sergey sergio seth shabana shah shahid shaista shane shania shannon sharon shaun shauna shawn shazia sheena sheila shelley shelly sheri
    sherri sherry shirin shirley shivani shona shreya sian sid sidney siegfried sienna sigrid silas silke silvana silvia silvio sima simeon simon
    simona simone simran sinead siobhan sipho siri sita slawomir sofia sofie solange solomon sonia sonja sonya sophia sophie soren spencer stacey
    stacy stan stanislaw stanley stefan stefanie stefano steffen stella sten steph stephan stephane stephanie stephen steve steven stevie stewart
    stuart subhash sue suleiman sultana sumaya sunil sunita surinder susan susana susanna susannah susanne susi susie suzanna suzanne suzi suzy sven
    svenja svetlana sybil syed sylvain sylvia sylvie tabitha tahir tai takeshi talia tam tamar tamara tamsin tania tanja tanya tara tariq tarun tasha
    tatiana tatjana taylor ted tendai teresa teri terrence terri terry tess tessa thabo thaddeus thandi thea thelma theo theodora theodore theresa
    therese thibault thierry thilo thom thomas thorsten tia tiffany tilda tilly tim timo timothy tina tobias toby todd tom tomas tomasz tommaso tommy
    toni tony torben torsten tracey traci tracy travis trevor tricia trine trish trisha tristan troy trudy tudor tyler tyrone uli ulla ulrich ulrike
    uma umar umberto ursula usha usman uta ute uwe val valentin valentina valeria valerie vanessa varun vaughan veit venetia vera verena verity verna
    vernon veronica veronika veronique vic vicki vickie vicky victor victoria vidya vijay vikki vikram viktor viktoria vince vincent vincenzo violet
    violeta virginie vishal vito vivek vivian vivien vivienne vladimir volker waleed walid wallace wally walter walther wanda waqas warren wayne wendy
    werner wes wesley whitney wilfred wilhelm willem william willie willy wilma winifred winston wioletta wojciech wolfgang wynne xavier xenia yael
    yan yannick yara yash yasmeen yasmin yasmine yolanda yolande yosef younis youssef yuki yuri yusuf yves yvette yvonne zac zach zachary zack zadie
    zahra zainab zak zakia zara zeinab zelda zeynep zoe zofia zoltan zora zubair zuzana
    """
)


def is_given_name(word: str) -> bool:
    """Whether a word, or what stands before its hyphen, is a given name of the table."""
    bare = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c for c in bare if not unicodedata.combining(c))
    return letters.split("-")[0] in GIVEN_NAMES
