"""Word lists: stop words, and words that say little about the subject of a paper."""

from generator.library.terms import key_of

_STOP_WORDS = """
a about above after against al all also although among an and any approach approaches are as at based be
because been before being below between both but by can could demonstrate did do does during each either et
etc existing experiments extensive for from further had has have having he her here high his how however if
in including into is it its itself just large-scale less let low many may method methods might more most much
multi must near neither new no non nor not novel of off often on once one only onto or other our out over own
paper per performance propose proposed rather results same several she should show since so some sota state-
of-the-art still study such than that the their them then there therefore these they this those though three
through thus to together too toward towards two under until up upon us use used using versus very via vs was
we well were what when where whether which while who whose why will with within without work would yet you
your
"""
_GENERIC = """
ability accuracy accurate achieve address advance algorithm analysis application apply art article aspect
assess assumption augmentation author available balance base baseline behavior benchmark best better business
campaign candidate capability capture case challenge choice claim class classification classifier code common
compare comparison complex component comprehensive computation compute condition consider constraint context
contribution core cost criterion current data datapoint dataset deep design detection develop development
different difficult dimension directly discover display distribution domain edge effective effectiveness
efficiency efficient elicit empirical enable enhance estimate evaluate evaluation evidence example exist
experiment experimental explore extract extraction face fast feature field final find fine fine-tune
finetuning flow focus form format framework full function gate general generally generate generation goal
good great human id idea impact implement implicit important improve improvement increase indicate individual
information input insight instance interest investigate issue item key knowledge known label language large
larger learn learning level leverage life limit limited literature llm llms lm lms long longer loop machine
main make market mechanism message method methodology metric million mine minimal mode model module naive
natural nature need network neural nlp number objective observe online open optimal optimization optimize
order original outperform output pair parameter part pass pattern people performance person perspective phase
point pool positive possible potential practical practice predict prediction pretrain pretraining previous
principle problem procedure process product prompt propose provide publication purpose quality quantity
question random range rate real reason recent reduce refer relate relevant report represent representation
require research resource respective response review robust round sample sampler scale scenario scheme score
search select selection sense set setting shape short signal significant similar similarity simple single
size small smaller societal society solution solve source space special specific split standard state
statistic statistical step strategy structure success survey system target task technical technique
technology test text textual theoretical theory time title tool track tradition traditional train training
trial trust type understand understanding unified unify unique unit update usage useful user utilize validate
value variable variety various vector view visual way web weigh weight widely word work world zero
"""
_NO_START = """
across appropriate deeper distinct encode first framing powerful refines restricted significant thereby
throughout
"""
_NO_END = """
abnormal according aims ambiguous analogical anchor-based annotated appropriate assists augmented average
choose clinical contrastive correct creative curate discrete diverse eg equivalent evaluated generated grand
hard imperfect incorrect infinite influencing irrelevant learned like material medical min- model-based
optimized persuasive plays possess reannotated safe scalable serves specify subject suggest summed transfers
uncertain universal unlearn want
"""

STOP_WORDS = frozenset(map(key_of, _STOP_WORDS.split()))
"""Keys of the stop words: those of English, and those of every abstract. No phrase contains one."""
GENERIC = frozenset(map(key_of, _GENERIC.split()))
"""Keys of words that name no subject by themselves, but may in a phrase: "data" in "data influence"."""
NO_START, NO_END = frozenset(_NO_START.split()), frozenset(_NO_END.split())
"""Words with which a term that a reason gives does not begin or end, spelled as authors write them."""
