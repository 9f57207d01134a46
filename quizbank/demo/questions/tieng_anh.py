# ruff: noqa: E501
"""Tiếng Anh 6-12: grammar and pronunciation, in sentences built from word lists that stay grammatical."""

from dataclasses import dataclass
from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, Wrong, choice, cluster
from quizbank.questions.rules import AnswerKind, Part, QuestionContent, QuestionType

SHELF = Shelf()

TENSES = "tieng-anh.l{:02}.ngu-phap.thi-va-the-cua-dong-tu-cau-bi-dong"
CLAUSES = "tieng-anh.l{:02}.ngu-phap.menh-de-quan-he-cau-dieu-kien-cau-tuong-thuat"
FORMS = "tieng-anh.l{:02}.ngu-phap.danh-dong-tu-dong-tu-nguyen-mau-so-sanh-mao-tu-gioi-tu"
SOUNDS = "tieng-anh.l{:02}.ngu-am.phat-am-trong-am-ngu-dieu"
WRITING = "tieng-anh.l{:02}.viet.viet-cau-doan-van-thu"

FILL = "Choose the word or phrase that best completes the sentence: {}"


@dataclass(frozen=True)
class Verb:
    base: str
    third: str
    past: str
    participle: str
    gerund: str
    rest: str


VERBS = tuple(
    Verb(*row.split("|"))
    for row in (
        "write|writes|wrote|written|writing|a letter to a pen friend",
        "buy|buys|bought|bought|buying|some fresh vegetables",
        "read|reads|read|read|reading|an interesting story",
        "take|takes|took|taken|taking|some photos of the lake",
        "make|makes|made|made|making|a cake for the party",
        "draw|draws|drew|drawn|drawing|a picture of the village",
        "sing|sings|sang|sung|singing|a traditional song",
        "eat|eats|ate|eaten|eating|a bowl of noodles",
        "teach|teaches|taught|taught|teaching|English to young children",
        "build|builds|built|built|building|a small wooden house",
        "clean|cleans|cleaned|cleaned|cleaning|the classroom",
        "visit|visits|visited|visited|visiting|the history museum",
        "repair|repairs|repaired|repaired|repairing|an old bicycle",
        "plant|plants|planted|planted|planting|trees near the school",
        "watch|watches|watched|watched|watching|a documentary about whales",
        "cook|cooks|cooked|cooked|cooking|dinner for the family",
        "give|gives|gave|given|giving|a talk about the environment",
        "speak|speaks|spoke|spoken|speaking|English with foreign visitors",
        "grow|grows|grew|grown|growing|flowers in the garden",
        "choose|chooses|chose|chosen|choosing|a book from the library",
        "prepare|prepares|prepared|prepared|preparing|a presentation",
        "collect|collects|collected|collected|collecting|waste paper for recycling",
    )
)
IRREGULAR = tuple(verb for verb in VERBS if not verb.past.endswith("ed"))
PEOPLE = (
    "Lan",
    "Minh",
    "Mai",
    "Nam",
    "Mr Hung",
    "Ms Hoa",
    "my sister",
    "my father",
    "our teacher",
    "the student",
    "her cousin",
    "Peter",
)
GROUPS = ("they", "we", "my parents", "the students", "my friends", "Lan and Mai", "our neighbours", "the volunteers")


def begin(text: str) -> str:
    return text[:1].upper() + text[1:]


def gap(sentence: str) -> str:
    return FILL.format(begin(sentence))


@SHELF.add(TENSES.format(6), BIET)
def present_simple(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice(VERBS)
    when = r.choice(("every week", "every day", "on Sundays", "twice a month"))
    wrongs = [
        (verb.base, "quên thêm -s/-es với chủ ngữ ngôi thứ ba số ít"),
        (f"is {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (verb.gerund, "thiếu trợ động từ"),
        (f"are {verb.base}", "dùng be với động từ nguyên mẫu"),
    ]
    because = f'"{begin(when)}" chỉ thói quen nên dùng thì hiện tại đơn; chủ ngữ "{who}" là ngôi thứ ba số ít nên động từ là "{verb.third}".'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), verb.third, wrongs, because)


@SHELF.add(TENSES.format(6), HIEU)
def present_continuous(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice(VERBS)
    when = r.choice(("at the moment", "right now", "now"))
    wrongs = [
        (verb.third, "nhầm với thì hiện tại đơn"),
        (f"are {verb.gerund}", "chia be sai với chủ ngữ số ít"),
        (verb.past, "nhầm với thì quá khứ đơn"),
        (verb.gerund, "thiếu trợ động từ be"),
    ]
    because = f'"{begin(when)}" là dấu hiệu của thì hiện tại tiếp diễn: is/am/are + V-ing.'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"is {verb.gerund}", wrongs, because)


@SHELF.add(TENSES.format(7), BIET)
def past_simple(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE + GROUPS), r.choice(IRREGULAR)
    when = r.choice(("yesterday", "last week", "two days ago", "last Sunday", "last month"))
    if verb.base == verb.past:
        return None
    wrongs = [
        (f"{verb.base}ed", "thêm -ed vào động từ bất quy tắc"),
        (f"was {verb.gerund}", "nhầm với thì quá khứ tiếp diễn"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
    ]
    if verb.base.endswith("e"):
        wrongs[0] = (f"{verb.base}d", "thêm -ed vào động từ bất quy tắc")
    wrongs[1] = (f"has {verb.participle}", "nhầm với thì hiện tại hoàn thành")
    because = (
        f'"{begin(when)}" chỉ thời điểm đã kết thúc trong quá khứ nên dùng thì quá khứ đơn; {verb.base} – {verb.past}.'
    )
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), verb.past, wrongs, because)


@SHELF.add(TENSES.format(8), HIEU)
def past_continuous(r: Random) -> Draft:
    who, verb = r.choice(GROUPS), r.choice(VERBS)
    event = r.choice(("when the phone rang", "when it started to rain", "when I arrived", "at this time yesterday"))
    wrongs = [
        (f"was {verb.gerund}", "chia be sai với chủ ngữ số nhiều"),
        (f"are {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (f"have {verb.participle}", "nhầm với thì hiện tại hoàn thành"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
    ]
    because = "Hành động đang diễn ra tại một thời điểm trong quá khứ: was/were + V-ing; chủ ngữ số nhiều dùng were."
    return choice(r, gap(f"{who} ____ {verb.rest} {event}."), f"were {verb.gerund}", wrongs, because)


@SHELF.add(TENSES.format(9), HIEU)
def present_perfect(r: Random) -> Draft:
    who, verb = r.choice(GROUPS), r.choice([verb for verb in VERBS if verb.base not in {"read"}])
    when = r.choice(("several times so far", "many times since last year", "three times since Monday"))
    wrongs = [
        (f"has {verb.participle}", "chia have sai với chủ ngữ số nhiều"),
        (f"are {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
        (f"had {verb.base}", "dùng had với động từ nguyên mẫu"),
        (verb.third, "chia động từ theo ngôi thứ ba số ít"),
    ]
    because = (
        f'"{begin(when)}" là dấu hiệu của thì hiện tại hoàn thành: have/has + V3; {verb.base} – {verb.participle}.'
    )
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"have {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(10), VAN_DUNG)
def past_perfect(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE), r.choice([verb for verb in VERBS if verb.base not in {"read", "speak"}])
    event = r.choice(("the guests arrived", "the lesson began", "we came", "the bell rang"))
    wrongs = [
        (f"has {verb.participle}", "nhầm với thì hiện tại hoàn thành"),
        (f"have {verb.participle}", "chia have sai và nhầm thì"),
        (f"will {verb.base}", "nhầm với thì tương lai đơn"),
        (f"is {verb.gerund}", "nhầm với thì hiện tại tiếp diễn"),
    ]
    because = "Hành động hoàn thành trước một hành động khác trong quá khứ dùng thì quá khứ hoàn thành: had + V3."
    return choice(r, gap(f"by the time {event}, {who} ____ {verb.rest}."), f"had {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(12), VAN_DUNG)
def future_perfect(r: Random) -> Draft:
    who, verb = r.choice(PEOPLE + GROUPS), r.choice([verb for verb in VERBS if verb.base not in {"read", "speak"}])
    when = r.choice(("by the end of this month", "by next Friday", "by this time next week", "by 5 p.m. tomorrow"))
    wrongs = [
        (f"have {verb.past}", "dùng sai dạng V3 và thiếu will"),
        (f"will have {verb.gerund}", "dùng V-ing thay cho V3"),
        (f"had {verb.participle}", "nhầm với thì quá khứ hoàn thành"),
        (f"was {verb.gerund}", "nhầm với thì quá khứ tiếp diễn"),
    ]
    because = f'"{begin(when)}" chỉ hành động hoàn thành trước một thời điểm trong tương lai: will have + V3.'
    return choice(r, gap(f"{who} ____ {verb.rest} {when}."), f"will have {verb.participle}", wrongs, because)


@SHELF.add(TENSES.format(9), VAN_DUNG, 120)
def irregular_form(r: Random) -> Draft:
    """A typed answer: the form of an irregular verb."""
    verb = r.choice(IRREGULAR)
    name, form = r.choice((("past simple", verb.past), ("past participle", verb.participle)))
    who = r.choice(PEOPLE)
    frame = f"{who} ____ {verb.rest} yesterday." if name == "past simple" else f"{who} has already ____ {verb.rest}."
    stem = f'Write the correct form of the verb "{verb.base}": {begin(frame)}'
    because = f"Cần dùng dạng {name}: {verb.base} – {verb.past} – {verb.participle}."
    return QuestionContent(QuestionType.SHORT_ANSWER, stem, (Part(form, is_true=True),), because, AnswerKind.TEXT)


PASSIVES = tuple(
    tuple(row.split("|"))
    for row in (
        "the school library|build|built",
        "this song|write|written",
        "the old bridge|repair|repaired",
        "the classroom|clean|cleaned",
        "the letters|send|sent",
        "a new park|open|opened",
        "the trees|plant|planted",
        "the picture|draw|drawn",
        "the window|break|broken",
        "the tickets|sell|sold",
        "the meal|cook|cooked",
        "the story|tell|told",
        "the photos|take|taken",
        "the prize|give to the best student|given to the best student",
        "the road|close for repairs|closed for repairs",
        "the results|announce|announced",
    )
)


@SHELF.add(TENSES.format(9), HIEU)
def passive_past(r: Random) -> Draft:
    thing, base, participle = r.choice(PASSIVES)
    when = r.choice(("yesterday", "last week", "three days ago", "last year", "last month"))
    plural = thing in {"the letters", "the trees", "the tickets", "the photos", "the results"}
    was, is_ = ("were", "are") if plural else ("was", "is")
    wrongs = [
        (f"{'was' if plural else 'were'} {participle}", "chia be sai với chủ ngữ"),
        (f"{is_} {participle}", "dùng sai thì"),
        (f"has {base}", "dùng thể chủ động và sai dạng động từ"),
        (f"{was} {base}", "dùng nguyên mẫu thay cho V3"),
    ]
    because = f"Chủ ngữ chịu tác động nên dùng thể bị động ở quá khứ: {was} + V3."
    return choice(r, gap(f"{thing} ____ {when}."), f"{was} {participle}", wrongs, because)


@SHELF.add(TENSES.format(11), VAN_DUNG)
def passive_modal(r: Random) -> Draft:
    thing, base, participle = r.choice(PASSIVES)
    modal = r.choice(("must", "should", "can", "will", "may"))
    when = r.choice(("before Friday", "this afternoon", "as soon as possible", "next week"))
    wrongs = [
        (f"{modal} {base}", "dùng thể chủ động"),
        (f"{modal} be {base}", "dùng nguyên mẫu thay cho V3"),
        (f"{modal} been {participle}", "dùng been ngay sau động từ khuyết thiếu"),
        (f"{modal} to be {participle}", "thêm to sau động từ khuyết thiếu"),
    ]
    wrongs = [row for row in wrongs if row[0] != f"{modal} be {participle}"]
    because = f"Bị động với động từ khuyết thiếu: {modal} + be + V3."
    return choice(r, gap(f"{thing} ____ {when}."), f"{modal} be {participle}", wrongs, because)


TAGS = (
    ("{} is a hard-working person", "isn't {}", "is {}"),
    ("{} can swim very well", "can't {}", "can {}"),
    ("{} lives near the market", "doesn't {}", "isn't {}"),
    ("{} went to Da Lat last summer", "didn't {}", "wasn't {}"),
    ("{} will join the club", "won't {}", "will {}"),
    ("{} has finished the report", "hasn't {}", "doesn't {}"),
    ("{} doesn't like coffee", "does {}", "doesn't {}"),
    ("{} wasn't at school yesterday", "was {}", "wasn't {}"),
    ("{} should take more exercise", "shouldn't {}", "should {}"),
)
SHE = {"Lan", "Mai", "Ms Hoa", "my sister"}
HE = {"Minh", "Nam", "Mr Hung", "my father", "Peter"}


@SHELF.add(TENSES.format(8), VAN_DUNG)
def question_tag(r: Random) -> Draft:
    sentence, right, wrong = r.choice(TAGS)
    who = r.choice(sorted(SHE | HE))
    pronoun, other = ("she", "he") if who in SHE else ("he", "she")
    wrongs = [
        (wrong.format(pronoun), "dùng sai trợ động từ hoặc sai thể của câu hỏi đuôi"),
        (right.format(other), "dùng sai đại từ"),
        (right.format("they"), "dùng đại từ số nhiều cho chủ ngữ số ít"),
        (wrong.format(other), "sai cả trợ động từ và đại từ"),
    ]
    because = "Câu hỏi đuôi dùng trợ động từ của mệnh đề chính ở thể ngược lại và đại từ thay cho chủ ngữ."
    return choice(r, gap(f"{sentence.format(who)}, ____?"), right.format(pronoun), wrongs, because)


CONDITIONS = tuple(
    tuple(row.split("|"))
    for row in (
        "you study harder|you studied harder|you|pass the exam",
        "it rains this afternoon|it rained now|we|stay at home",
        "they leave now|they left now|they|catch the last bus",
        "she has enough time|she had enough time|she|help you with the project",
        "he saves more money|he saved more money|he|buy a new laptop",
        "we use less plastic|we used less plastic|we|protect the oceans",
        "you take this medicine|you took this medicine|you|feel better",
        "people plant more trees|people planted more trees|the air|become cleaner",
        "Nam gets up early|Nam got up early|he|have breakfast with us",
        "the shop is open|the shop were open|I|get some bread",
        "Mai practises every day|Mai practised every day|she|speak English fluently",
        "the weather is fine|the weather were fine|our class|go camping",
        "I find your key|I found your key|I|call you at once",
        "the factory stops polluting the river|the factory stopped polluting the river|the fish|return",
    )
)


@SHELF.add(CLAUSES.format(8), HIEU)
def first_conditional(r: Random) -> Draft:
    now, _, who, result = r.choice(CONDITIONS)
    tail = r.choice(("", "", " very soon")) if result in {"return", "feel better"} else ""
    base = result.split()[0]
    rest = result[len(base) :]
    wrongs = [
        (f"would {base}", "nhầm với câu điều kiện loại 2"),
        (f"would be {base}", "nhầm loại và sai dạng động từ"),
        (f"had {base}", "dùng sai thì ở mệnh đề chính"),
    ]
    because = "Câu điều kiện loại 1: If + hiện tại đơn, will + động từ nguyên mẫu."
    order = r.random() < 0.5
    sentence = f"if {now}, {who} ____{rest}{tail}." if order else f"{who} ____{rest}{tail} if {now}."
    return choice(r, gap(sentence), f"will {base}", wrongs, because)


@SHELF.add(CLAUSES.format(9), VAN_DUNG)
def second_conditional(r: Random) -> Draft:
    _, unreal, who, result = r.choice(CONDITIONS)
    base = result.split()[0]
    rest = result[len(base) :]
    wrongs = [
        (f"will {base}", "nhầm với câu điều kiện loại 1"),
        (f"will be {base}", "dùng sai dạng động từ sau will"),
        (f"had {base}", "dùng sai thì ở mệnh đề chính"),
    ]
    because = "Câu điều kiện loại 2 nói điều không có thật ở hiện tại: If + quá khứ đơn, would + động từ nguyên mẫu."
    order = r.random() < 0.5
    sentence = f"if {unreal}, {who} ____{rest}." if order else f"{who} ____{rest} if {unreal}."
    return choice(r, gap(sentence), f"would {base}", wrongs, because)


@SHELF.add(CLAUSES.format(10), HIEU)
def reported_future(r: Random) -> Draft:
    who, verb = r.choice(sorted(SHE | HE)), r.choice(VERBS)
    pronoun = "she" if who in SHE else "he"
    direct, reported = r.choice(
        (("tomorrow", "the following day"), ("next week", "the following week"), ("tonight", "that night"))
    )
    stem = f'"I will {verb.base} {verb.rest} {direct}," said {who}. → {begin(who)} said that {pronoun} ____ {verb.rest} {reported}.'
    wrongs = [
        (f"will {verb.base}", "quên lùi thì"),
        (f"would {verb.past}", "dùng dạng quá khứ sau would"),
        (f"will have {verb.participle}", "dùng sai thì tương lai"),
        (f"is {verb.gerund}", "không lùi thì"),
    ]
    because = "Trong câu tường thuật với động từ dẫn ở quá khứ, will lùi thành would."
    return choice(r, FILL.format(stem), f"would {verb.base}", wrongs, because)


@SHELF.add(CLAUSES.format(11), VAN_DUNG)
def reported_question(r: Random) -> Draft:
    verb, asker = r.choice(VERBS), r.choice(sorted(SHE | HE))
    word = r.choice(("when", "where", "why", "how often"))
    right = f"{word} I {verb.past} {verb.rest}"
    stem = f'Choose the sentence closest in meaning: "{begin(word)} do you {verb.base} {verb.rest}?" {asker} asked me.'
    lead = f"{begin(asker)} asked me"
    if verb.base == verb.past:
        return None
    wrongs = [
        (f"{lead} {word} did I {verb.base} {verb.rest}.", "giữ trật tự từ của câu hỏi"),
        (f"{lead} {word} do I {verb.base} {verb.rest}.", "không lùi thì và giữ trật tự câu hỏi"),
        (f"{lead} that {word} I {verb.past} {verb.rest}.", "thêm that trước từ để hỏi"),
    ]
    because = "Câu hỏi gián tiếp giữ từ để hỏi, dùng trật tự câu trần thuật và lùi thì."
    return choice(r, stem, f"{lead} {right}.", wrongs, because)


RELATIVES = tuple(
    tuple(row.split("|"))
    for row in (
        "the boy ____ is standing at the gate is my cousin|who|người, làm chủ ngữ",
        "the book ____ is on the desk belongs to Mai|which|vật, làm chủ ngữ",
        "the girl ____ bicycle was stolen is crying|whose|sở hữu",
        "the village ____ I was born is very peaceful|where|nơi chốn",
        "the doctor ____ treated my mother is very kind|who|người, làm chủ ngữ",
        "the writer ____ novels are famous lives in Hue|whose|sở hữu",
        "the year ____ our school was founded is 1995|when|thời gian",
        "the machine ____ makes paper is very old|which|vật, làm chủ ngữ",
        "the park ____ we often play football is near the river|where|nơi chốn",
        "the day ____ we first met was rainy|when|thời gian",
        "the man ____ daughter won the prize is our neighbour|whose|sở hữu",
        "the house ____ has a red roof is my uncle's|which|vật, làm chủ ngữ",
        "the woman ____ teaches us Maths comes from Vinh|who|người, làm chủ ngữ",
        "the restaurant ____ we had dinner was crowded|where|nơi chốn",
        "the summer ____ I learned to swim was wonderful|when|thời gian",
        "the student ____ parents are farmers studies very well|whose|sở hữu",
        "the bridge ____ crosses the river was built in 2010|which|vật, làm chủ ngữ",
        "the player ____ scored the goal is only sixteen|who|người, làm chủ ngữ",
    )
)


@SHELF.add(CLAUSES.format(10), BIET)
def relative_pronoun(r: Random) -> Draft:
    sentence, key, use = r.choice(RELATIVES)
    uses = {
        "who": "dùng cho người làm chủ ngữ",
        "which": "dùng cho vật",
        "whose": "dùng chỉ sở hữu, theo sau là danh từ",
        "where": "dùng cho nơi chốn",
        "when": "dùng cho thời gian",
    }
    wrongs = [(word, use_of) for word, use_of in uses.items() if word != key]
    r.shuffle(wrongs)
    return choice(r, gap(f"{sentence}."), key, wrongs, f'Chỗ trống cần "{key}": {use}.')


@SHELF.add(CLAUSES.format(12), VAN_DUNG)
def right_sentences(r: Random) -> Draft:
    statements = []
    for sentence, key, use in r.sample(RELATIVES, 4):
        holds = r.random() < 0.5
        word = key if holds else r.choice([other for other in ("who", "which", "whose", "where") if other != key])
        text = begin(sentence.replace("____", word)) + "."
        statements.append((text, holds, f'Đại từ (trạng từ) quan hệ đúng là "{key}" ({use}).'))
    return cluster("Decide whether each sentence is grammatically correct (True) or not (False).", statements)


ING_VERBS = ("enjoys", "practises", "suggests", "keeps", "is fond of", "is interested in", "doesn't mind", "dislikes")
TO_VERBS = ("wants", "hopes", "plans", "decides", "would like", "promises", "agrees", "intends")


@SHELF.add(FORMS.format(9), HIEU)
def gerund(r: Random) -> Draft:
    who, main, verb = r.choice(PEOPLE), r.choice(ING_VERBS), r.choice(VERBS)
    wrongs = [
        (f"to {verb.base}", "nhầm với động từ theo sau bởi to V"),
        (verb.base, "dùng động từ nguyên mẫu không to"),
        (verb.participle, "dùng V3 thay cho V-ing"),
        (verb.third, "chia động từ thứ hai"),
    ]
    return choice(
        r, gap(f"{who} {main} ____ {verb.rest}."), verb.gerund, wrongs, f'Sau "{main}" dùng danh động từ (V-ing).'
    )


@SHELF.add(FORMS.format(9), HIEU)
def infinitive(r: Random) -> Draft:
    who, main, verb = r.choice(PEOPLE), r.choice(TO_VERBS), r.choice(VERBS)
    wrongs = [
        (verb.gerund, "nhầm với động từ theo sau bởi V-ing"),
        (verb.base, "dùng nguyên mẫu không to"),
        (f"to {verb.gerund}", "kết hợp to với V-ing"),
        (verb.third, "chia động từ thứ hai"),
    ]
    return choice(
        r,
        gap(f"{who} {main} ____ {verb.rest}."),
        f"to {verb.base}",
        wrongs,
        f'Sau "{main}" dùng động từ nguyên mẫu có to.',
    )


ADJECTIVES = tuple(
    tuple(row.split("|"))
    for row in (
        "tall|taller|tallest", "young|younger|youngest", "strong|stronger|strongest", "kind|kinder|kindest",
        "fast|faster|fastest", "friendly|friendlier|friendliest", "happy|happier|happiest", "busy|busier|busiest",
        "careful|more careful|most careful", "patient|more patient|most patient", "creative|more creative|most creative",
        "hard-working|more hard-working|most hard-working", "intelligent|more intelligent|most intelligent",
        "confident|more confident|most confident", "talkative|more talkative|most talkative",
    )
)  # fmt: skip


@SHELF.add(FORMS.format(7), BIET)
def comparative(r: Random) -> Draft:
    who, (base, more, most) = r.choice(PEOPLE), r.choice(ADJECTIVES)
    other = r.choice(
        ("anyone else in the family", "the other members of the team", "most people", "anyone else I know")
    )
    mixed = most if more.startswith("more") else f"more {more}"
    wrongs = [
        (mixed, "dùng sai cấu tạo so sánh hơn"),
        (f"the {most}", "nhầm với so sánh nhất"),
        (base, "không dùng dạng so sánh"),
        (f"as {base}", "nhầm với so sánh ngang bằng"),
    ]
    return choice(
        r, gap(f"{who} is ____ than {other}."), more, wrongs, f'Có "than" nên dùng so sánh hơn: {base} – {more}.'
    )


@SHELF.add(FORMS.format(7), HIEU)
def superlative(r: Random) -> Draft:
    who, (base, more, most) = r.choice(PEOPLE), r.choice(ADJECTIVES)
    group = r.choice(("in the team", "in the family", "of all", "in the group"))
    mixed = most if most.startswith("most") else f"the most {most}"
    wrongs = [
        (more, "nhầm với so sánh hơn"),
        (f"the {more}", "dùng the với so sánh hơn"),
        (mixed, "dùng sai cấu tạo so sánh nhất"),
        (f"as {base} as", "nhầm với so sánh ngang bằng"),
    ]
    return choice(
        r,
        gap(f"{who} is ____ person {group}."),
        f"the {most}",
        wrongs,
        f'"{begin(group)}" là dấu hiệu của so sánh nhất: the {most}.',
    )


TIMES = (
    ("at", "7 o'clock"),
    ("at", "noon"),
    ("at", "midnight"),
    ("on", "Monday"),
    ("on", "2 September"),
    ("on", "Sunday morning"),
    ("on", "New Year's Day"),
    ("in", "summer"),
    ("in", "the morning"),
    ("in", "October"),
)
HAPPENINGS = (
    "the meeting starts",
    "our lesson begins",
    "the festival takes place",
    "the train leaves",
    "my birthday party is held",
    "the film is shown",
    "the competition takes place",
    "the course begins",
    "the match starts",
    "the exhibition opens",
)


@SHELF.add(FORMS.format(6), BIET)
def preposition_of_time(r: Random) -> Draft:
    key, time = r.choice(TIMES)
    happening = r.choice(HAPPENINGS)
    uses = {
        "at": "dùng với giờ và thời điểm cụ thể trong ngày",
        "on": "dùng với ngày",
        "in": "dùng với buổi, tháng, mùa, năm",
        "of": "không chỉ thời gian",
    }
    wrongs = [(word, use) for word, use in uses.items() if word != key]
    return choice(r, gap(f"{happening} ____ {time}."), key, wrongs, f'"{begin(key)}" {uses[key]}.')


ARTICLES = tuple(
    tuple(row.split("|"))
    for row in (
        "My mother is ____ engineer.|an|engineer bắt đầu bằng nguyên âm", "He wants to be ____ university student.|a|university đọc là /juː/, bắt đầu bằng phụ âm",
        "We waited for ____ hour.|an|h trong hour là âm câm", "____ sun rises in the east.|the|vật duy nhất dùng the", "She bought ____ umbrella yesterday.|an|umbrella bắt đầu bằng nguyên âm",
        "There is ____ useful book on the shelf.|a|useful đọc là /juː/, bắt đầu bằng phụ âm", "He is ____ honest boy.|an|h trong honest là âm câm", "Ha Noi is ____ capital of Viet Nam.|the|danh từ xác định duy nhất",
        "I saw ____ elephant at the zoo.|an|elephant bắt đầu bằng nguyên âm", "My uncle is ____ farmer.|a|farmer bắt đầu bằng phụ âm", "____ Earth moves round the Sun.|the|vật duy nhất dùng the",
        "She is ____ youngest child in the family.|the|so sánh nhất dùng the", "He ate ____ apple after lunch.|an|apple bắt đầu bằng nguyên âm", "It is ____ European country.|a|European đọc là /jʊə/, bắt đầu bằng phụ âm",
    )
)  # fmt: skip


@SHELF.add(FORMS.format(6), HIEU, 20)
def article(r: Random) -> Draft:
    sentence, key, why = r.choice(ARTICLES)
    uses = {
        "a": "dùng trước âm phụ âm, danh từ chưa xác định",
        "an": "dùng trước âm nguyên âm, danh từ chưa xác định",
        "the": "dùng khi danh từ đã xác định",
        "no article": "không dùng với danh từ đếm được số ít",
    }
    wrongs = [(word, use) for word, use in uses.items() if word != key]
    return choice(r, FILL.format(sentence), key, wrongs, f'Dùng "{key}" vì {why}.')


STRESS_FIRST_2 = [
    "teacher",
    "student",
    "happy",
    "window",
    "water",
    "doctor",
    "table",
    "garden",
    "picture",
    "famous",
    "healthy",
    "kitchen",
    "market",
    "forest",
    "river",
    "village",
    "music",
    "lesson",
    "sister",
    "summer",
]
STRESS_SECOND_2 = [
    "begin",
    "arrive",
    "decide",
    "enjoy",
    "explain",
    "forget",
    "prefer",
    "reduce",
    "protect",
    "invite",
    "become",
    "believe",
    "discuss",
    "relax",
    "complete",
    "provide",
    "repair",
    "agree",
    "attend",
    "prepare",
]
STRESS_FIRST_3 = [
    "beautiful",
    "holiday",
    "hospital",
    "popular",
    "elephant",
    "telephone",
    "excellent",
    "interview",
    "energy",
    "animal",
    "cinema",
    "victory",
    "festival",
    "wonderful",
]
STRESS_SECOND_3 = [
    "computer",
    "remember",
    "develop",
    "consider",
    "tomorrow",
    "banana",
    "expensive",
    "important",
    "exciting",
    "pollution",
    "tradition",
    "decision",
    "solution",
    "attractive",
    "musician",
    "performance",
    "adventure",
    "employment",
]


def odd_one(r: Random, majority: list[str], minority: list[str], stem: str, same: str, other: str) -> Draft:
    key = r.choice(minority)
    wrongs: list[Wrong] = [(word, same) for word in r.sample(majority, 3)]
    return choice(r, stem, key, wrongs, f'"{key}": {other}; các từ còn lại: {same}.')


@SHELF.add(SOUNDS.format(9), HIEU)
def stress_two(r: Random) -> Draft:
    first, second = "trọng âm rơi vào âm tiết thứ nhất", "trọng âm rơi vào âm tiết thứ hai"
    stem = "Choose the word that differs from the other three in the position of primary stress."
    if r.random() < 0.5:
        return odd_one(r, STRESS_FIRST_2, STRESS_SECOND_2, stem, first, second)
    return odd_one(r, STRESS_SECOND_2, STRESS_FIRST_2, stem, second, first)


@SHELF.add(SOUNDS.format(12), HIEU)
def stress_three(r: Random) -> Draft:
    first, second = "trọng âm rơi vào âm tiết thứ nhất", "trọng âm rơi vào âm tiết thứ hai"
    stem = "Choose the word that differs from the other three in the position of primary stress."
    if r.random() < 0.5:
        return odd_one(r, STRESS_FIRST_3, STRESS_SECOND_3, stem, first, second)
    return odd_one(r, STRESS_SECOND_3, STRESS_FIRST_3, stem, second, first)


ED_SOUNDS = {
    "/t/": ["looked", "watched", "washed", "stopped", "laughed", "helped", "missed", "cooked", "walked", "finished"],
    "/d/": ["played", "cleaned", "lived", "loved", "called", "opened", "enjoyed", "listened", "travelled", "stayed"],
    "/ɪd/": ["wanted", "needed", "started", "visited", "decided", "invited", "collected", "waited", "planted", "ended"],
}
S_SOUNDS = {
    "/s/": ["books", "maps", "cats", "stops", "laughs", "lamps", "students", "parks", "tickets", "roofs"],
    "/z/": ["dogs", "pens", "cars", "bags", "boys", "rooms", "tables", "rivers", "flowers", "lessons"],
    "/ɪz/": ["boxes", "watches", "buses", "houses", "washes", "oranges", "bridges", "dishes", "classes", "prizes"],
}


@SHELF.add(SOUNDS.format(8), BIET)
def ed_ending(r: Random) -> Draft:
    return odd_ending(r, ED_SOUNDS, "-ed")


@SHELF.add(SOUNDS.format(7), BIET)
def s_ending(r: Random) -> Draft:
    return odd_ending(r, S_SOUNDS, "-s/-es")


def odd_ending(r: Random, sounds: dict[str, list[str]], ending: str) -> Draft:
    same, other = r.sample(sorted(sounds), 2)
    stem = f'Choose the word in which the ending "{ending}" is pronounced differently from the others.'
    return odd_one(
        r, sounds[same], sounds[other], stem, f"đuôi {ending} đọc là {same}", f"đuôi {ending} đọc là {other}"
    )


@SHELF.add(WRITING.format(11), VAN_DUNG)
def rewrite_passive(r: Random) -> Draft:
    verb, when = (
        r.choice([verb for verb in VERBS if verb.base not in {"read", "speak", "teach", "give"}]),
        r.choice(("yesterday", "last week", "two days ago")),
    )
    plural = verb.rest.split()[0] in {"some", "trees", "flowers"}
    was = "were" if plural else "was"
    thing = begin(verb.rest)
    stem = f"Choose the sentence closest in meaning: Someone {verb.past} {verb.rest} {when}."
    wrongs = [
        (f"{thing} {'was' if plural else 'were'} {verb.participle} {when}.", "chia be sai với chủ ngữ"),
        (f"{thing} {was} {verb.gerund} {when}.", "dùng V-ing thay cho V3"),
        (f"{thing} {'are' if plural else 'is'} {verb.participle} {when}.", "dùng sai thì"),
    ]
    because = f"Câu bị động ở quá khứ đơn: {was} + V3, chủ ngữ là tân ngữ của câu chủ động."
    return choice(r, stem, f"{thing} {was} {verb.participle} {when}.", wrongs, because)


@SHELF.add(WRITING.format(9), VAN_DUNG)
def since_and_for(r: Random) -> Draft:
    who, verb = (
        r.choice(PEOPLE),
        r.choice([verb for verb in VERBS if verb.base in {"teach", "grow", "collect", "speak", "sing", "plant"}]),
    )
    years = r.randint(2, 15)
    key = f"{begin(who)} has {verb.participle} {verb.rest} for {years} years."
    stem = f"Choose the sentence closest in meaning: {begin(who)} started to {verb.base} {verb.rest} {years} years ago and still does."
    wrongs = [
        (f"{begin(who)} has {verb.participle} {verb.rest} since {years} years.", "nhầm since với for"),
        (f"{begin(who)} {verb.past} {verb.rest} for {years} years ago.", "dùng thừa ago và sai thì"),
        (f"{begin(who)} is {verb.gerund} {verb.rest} for {years} years.", "nhầm với thì hiện tại tiếp diễn"),
    ]
    return choice(
        r, stem, key, wrongs, "Hành động bắt đầu trong quá khứ và còn tiếp tục: have/has + V3 + for + khoảng thời gian."
    )
