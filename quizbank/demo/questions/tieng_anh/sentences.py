# ruff: noqa: E501
"""Tiếng Anh: clauses, forms and writing."""

from random import Random

from quizbank.demo.questions.templates import BIET, HIEU, VAN_DUNG, Draft, Shelf, choice, cluster
from quizbank.demo.questions.tieng_anh.common import FILL, HE, PEOPLE, SHE, VERBS, begin, gap

SHELF = Shelf()

CLAUSES = "tieng-anh.l{:02}.ngu-phap.menh-de-quan-he-cau-dieu-kien-cau-tuong-thuat"
FORMS = "tieng-anh.l{:02}.ngu-phap.danh-dong-tu-dong-tu-nguyen-mau-so-sanh-mao-tu-gioi-tu"
WRITING = "tieng-anh.l{:02}.viet.viet-cau-doan-van-thu"

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
