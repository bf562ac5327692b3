import zlib

from tests.xmdesk.sealed.district_sample import pages, payload
from tests.xmdesk.sealed.hostile import Objects, edit, find, good_objects, stream, write
from xmdesk.sealed.canonical import canonical
from xmdesk.sealed.pages import first_difference
from xmdesk.sealed.structure import inflate
from xmdesk.sealed.syntax import Pdf

DRAWN = pages(canonical(payload()))


def difference(objects: Objects, drawn: bytes = DRAWN) -> int:
    return first_difference(Pdf.of(write(objects)), drawn)


def content_of(objects: Objects) -> tuple[int, bytes]:
    pdf = Pdf.of(write(objects))
    page = find(objects, b"/Type /Page ")
    number = pdf.dictionary(pdf.object(page).value)["Contents"]
    assert isinstance(number, int)
    return int(number), inflate(pdf, int(number))


def test_the_same_bytes_show_the_same() -> None:
    assert first_difference(Pdf.of(DRAWN), DRAWN) == 0


def test_other_packing_and_other_dates_show_the_same() -> None:
    objects = good_objects()
    number, content = content_of(objects)
    packed = zlib.compress(content, 0)
    objects[number] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
    assert difference(edit(objects, b"/Producer", b"<<", b"<< /Author (x)")) == 0


def test_another_order_of_keys_shows_the_same() -> None:
    objects = edit(good_objects(), b"/Type /Page ", b"/Type /Page ", b"")
    page = find(good_objects(), b"/Type /Page ")
    objects[page] = objects[page].replace(b"<< ", b"<< /Type /Page ", 1)
    assert difference(objects) == 0


def test_other_contents_boxes_and_turns_show_something_else() -> None:
    objects = good_objects()
    number, content = content_of(objects)
    assert difference(objects | {number: stream(b"", content + b" ")}) == 1
    assert difference(edit(objects, b"/Type /Page ", b"841.8898", b"841.8897")) == 1
    assert difference(edit(objects, b"/Type /Page ", b"/Rotate 0", b"/Rotate 180")) == 1


def test_a_second_list_of_contents_shows_something_else() -> None:
    objects = good_objects()
    number, _ = content_of(objects)
    assert (
        difference(edit(objects, b"/Type /Page ", b"/Contents %d 0 R" % number, b"/Contents [ %d 0 R ]" % number)) == 1
    )


def test_a_further_page_is_found_on_either_side() -> None:
    one, two, three = (pages(canonical(payload()), count=count) for count in (1, 2, 3))
    assert first_difference(Pdf.of(three), two) == 3
    assert first_difference(Pdf.of(one), two) == 2
