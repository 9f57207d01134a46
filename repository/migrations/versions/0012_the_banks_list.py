"""The bank's list: columns that are read without the texts, and the words of every version

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SHELF = ["question_id", "id", "subject", "grade", "topic", "level", "type", "licence"]
BARE_OF = """CREATE FUNCTION question_words(value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT to_tsvector('simple', regexp_replace(lower(translate(value, '{marked}', '{bare}')),
'[[:punct:][:space:]]+', ' ', 'g')) $$"""
MARKED = (
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤ"
    "ĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžḀḁḂḃḄḅḆḇḈḉḊḋḌḍḎḏḐ"
    "ḑḒḓḔḕḖḗḘḙḚḛḜḝḞḟḠḡḢḣḤḥḦḧḨḩḪḫḬḭḮḯḰḱḲḳḴḵḶḷḸḹḺḻḼḽḾḿṀṁṂṃṄṅṆṇṈṉṊṋṌṍṎṏṐṑṒṓṔṕṖṗṘṙṚṛṜṝṞṟṠṡṢṣṤṥṦṧṨṩṪ"
    "ṫṬṭṮṯṰṱṲṳṴṵṶṷṸṹṺṻṼṽṾṿẀẁẂẃẄẅẆẇẈẉẊẋẌẍẎẏẐẑẒẓẔẕẖẗẘẙẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊ"
    "ịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹƠơƯư"
)
BARE = (
    "aaaaaaceeeeiiiinooooouuuuyaaaaaaceeeeiiiinooooouuuuyyaaaaaaccccccccddddeeeeeeeeeeggggggggh"
    "hiiiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzaabbbbbbccddddddd"
    "dddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrsssssssssst"
    "tttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiii"
    "ioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyyoouu"
)


def upgrade() -> None:
    op.create_index("ix_question_versions_shelf", "question_versions", SHELF)
    op.create_index(
        "ix_question_versions_unexplained",
        "question_versions",
        ["question_id", "id", "explanation"],
        sqlite_where=sa.text("explanation = ''"),
        postgresql_where=sa.text("explanation = ''"),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(BARE_OF.format(marked=MARKED, bare=BARE))
        op.execute("CREATE INDEX ix_question_versions_words ON question_versions USING gin (question_words(text))")
        return
    op.execute(
        "CREATE VIRTUAL TABLE question_words USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "INSERT INTO question_words (rowid, words) "
        "SELECT id, replace(replace(text, 'đ', 'd'), 'Đ', 'd') FROM question_versions ORDER BY id"
    )
    op.execute(
        "CREATE TRIGGER question_words_of_version AFTER INSERT ON question_versions BEGIN "
        "INSERT INTO question_words (rowid, words) "
        "VALUES (new.id, replace(replace(new.text, 'đ', 'd'), 'Đ', 'd')); END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_question_versions_words", "question_versions")
        op.execute("DROP FUNCTION question_words(text)")
    else:
        op.execute("DROP TRIGGER question_words_of_version")
        op.execute("DROP TABLE question_words")
    op.drop_index("ix_question_versions_unexplained", "question_versions")
    op.drop_index("ix_question_versions_shelf", "question_versions")
