"""Dates as blogs print them, and which of a page's dates is the publication date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import extract_post
from extract.calendar_words import dates_in, machine_date, machine_value
from extract.records import Dated, ListedPost, SiteProfile

BODY = "".join(
    f"<p>Paragraph {i} says what the hall committee decided, who was for it, and what it cost in the end.</p>" for i in range(6)
)  # fmt: skip


def published(
    head: str = "", above: str = "", below: str = "", url: str = "https://halls.example/blog/keys", **known
) -> Dated | None:
    html = f"<html><head><title>Keys</title>{head}</head><body><h1>Keys</h1>{above}<div class='entry-content'>{BODY}</div>{below}</body></html>"
    return extract_post(html, url, **known).published


@pytest.mark.parametrize(
    ("printed", "value", "precision"),
    [
        ("2nd October 2019", "2019-10-02", "day"),
        ("Wednesday, 2 October 2019", "2019-10-02", "day"),
        ("October 2, 2019", "2019-10-02", "day"),
        ("Oct. 2nd, 2019", "2019-10-02", "day"),
        ("the 2nd of October, 2019", "2019-10-02", "day"),
        ("2019-10-02", "2019-10-02", "day"),
        ("2 ottobre 2019", "2019-10-02", "day"),
        ("2 de octubre de 2019", "2019-10-02", "day"),
        ("2. Oktober 2019", "2019-10-02", "day"),
        ("le 1er août 2019", "2019-08-01", "day"),
        ("02.10.2019", "2019-10-02", "day"),
        ("02.10.19", "2019-10-02", "day"),
        ("2 Hydref 2019", "2019-10-02", "day"),
        ("25/10/2019", "2019-10-25", "day"),
        ("10/25/2019", "2019-10-25", "day"),
        ("October 2019", "2019-10-01", "month"),
        ("2 d’octubre de 2019", "2019-10-02", "day"),
        ("2019. október 2.", "2019-10-02", "day"),
        ("2.10.19", "2019-10-02", "day"),
        ("10/25/19", "2019-10-25", "day"),
        ("2019 m. spalio 2 d.", "2019-10-02", "day"),
        ("3 أيار / مايو 2016", "2016-05-03", "day"),
        ("Published Wed, Oct 2 20194:29 AM", "2019-10-02", "day"),
        ("2 October 201914 November 2019", "2019-10-02", "day"),
        ("2. Oktober 201914. November 2019", "2019-10-02", "day"),
    ],
)
def test_printed_dates(printed, value, precision):
    (seen,) = dates_in(printed)
    assert (seen.value.isoformat(), seen.precision) == (value, precision)
    assert printed[seen.start : seen.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "31 February 2019",
        "3/4/12",
        "3/4/2019",
        "room 12 of 2019",
        "99.99.2019",
        "May 2, 1850",
        "version 2.10.2019.1",
        "v2.1.12",
        "25/10/13",
        "13/10/26",
        "two years ago 2019",
    ],
)
def test_what_is_no_date_or_could_be_two(text):
    assert list(dates_in(text)) == []


# The months as they stand in dates, January to December.
LANGUAGES = {
    "English": "January February March April May June July August September October November December",
    "English, short": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "German": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "French": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "Spanish": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "Italian": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "Portuguese": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "Catalan": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "Dutch": "januari februari maart april mei juni juli augustus september oktober november december",
    "Danish": "januar februar marts april maj juni juli august september oktober november december",
    "Norwegian": "januar februar mars april mai juni juli august september oktober november desember",
    "Swedish": "januari februari mars april maj juni juli augusti september oktober november december",
    "Finnish": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
    "Polish": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "Czech": "ledna února března dubna května června července srpna září října listopadu prosince",
    "Slovak": "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
    "Hungarian": "január február március április május június július augusztus szeptember október november december",
    "Romanian": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "Welsh": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr",
    "Greek": "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
    "Turkish": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "Russian": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "Ukrainian": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "Bulgarian": "януари февруари март април май юни юли август септември октомври ноември декември",
    "Serbian": "januar februar mart april maj jun jul avgust septembar oktobar novembar decembar",
    "Slovene": "januar februar marec april maj junij julij avgust september oktober november december",
    "Icelandic": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "Estonian": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "Latvian": "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī",
    "Lithuanian": "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
    "Indonesian": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "Hebrew": "בינואר בפברואר במרץ באפריל במאי ביוני ביולי באוגוסט בספטמבר באוקטובר בנובמבר בדצמבר",
    "Arabic": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
}
DAY_FORMS = (
    "{d} {m} {y}",
    "{d:02} {m} {y}",
    "{d}. {m} {y}",
    "{d} {m}, {y}",
    "{d} de {m} de {y}",
    "{d}-{m}-{y}",
    "{y} {m} {d}",
    "Sat, {d} {m} {y}, 10:15",
)
ENGLISH_FORMS = ("{m} {d}, {y}", "{m} {o}, {y}", "{o} {m} {y}", "the {o} of {m} {y}", "{m} {d} {y}")


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


@given(
    st.dates(date(1995, 1, 1), date(2060, 12, 31)),
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(DAY_FORMS + ENGLISH_FORMS),
    st.sampled_from([str, str.lower, str.upper, str.title]),
)
def test_a_day_is_read_back_in_every_language_and_form(day, language, form, case):
    month = LANGUAGES[language].split()[day.month - 1]
    if language in ("Greek", "Turkish") and case in (str.upper, str.title):
        case = str  # their capitals have rules of their own
    printed = form.format(d=day.day, m=case(month), y=day.year, o=ordinal(day.day))
    assert [(seen.value, seen.precision) for seen in dates_in(printed)] == [(day, "day")]
    assert [(seen.value, seen.precision) for seen in dates_in(f"Posted on {printed} by somebody")] == [(day, "day")]


@given(
    st.dates(date(1995, 1, 1), date(2060, 12, 31)),
    st.sampled_from(sorted(LANGUAGES)),
    st.sampled_from(["{m} {y}", "{m}, {y}", "{m} de {y}"]),
)
def test_a_month_is_read_back_as_a_month(day, language, form):
    printed = form.format(m=LANGUAGES[language].split()[day.month - 1], y=day.year)
    assert [(seen.value, seen.precision) for seen in dates_in(printed)] == [(day.replace(day=1), "month")]


@given(
    st.dates(date(1995, 1, 1), date(2060, 12, 31)),
    st.sampled_from(
        [
            ("%Y-%m-%d", "day"),
            ("%Y-%m-%dT%H:%M:%SZ", "day"),
            ("%Y%m%d", "day"),
            ("%Y-%m", "month"),
            ("%Y/%m", "month"),
            ("%Y", "year"),
        ]
    ),
)
def test_machine_values_say_how_exact_they_are(day, form):
    pattern, precision = form
    value = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[precision]
    assert machine_value(day.strftime(pattern)) == (value, precision)


@given(st.dates(date(1995, 1, 1), date(2060, 12, 31)), st.booleans())
def test_numeric_dates_follow_the_known_order(day, day_first):
    printed = f"{day.day}/{day.month}/{day.year}" if day_first else f"{day.month}/{day.day}/{day.year}"
    assert [seen.value for seen in dates_in(printed, day_first=day_first)] == [day]


@given(st.dates(date(1995, 1, 1), date(2060, 12, 31)))
def test_machine_dates_keep_their_own_day(day):
    assert machine_date(f"{day.isoformat()}T23:59:59+02:00") == day
    assert machine_date(day.strftime("%Y%m%d")) == day


META = '<meta property="article:published_time" content="{}">'


def test_the_day_shown_wins_over_its_utc_form():
    moment = META.format("2019-10-01T23:30:00+00:00")
    shown = published(moment, '<p class="date">2 October 2019</p>')
    assert shown.value == date(2019, 10, 2)


def test_an_update_a_day_later_is_not_the_publication():
    local = META.format("2019-10-01T18:30:00+02:00")
    assert published(local, '<p class="date">2 October 2019</p>').value == date(2019, 10, 1)


@pytest.mark.parametrize(
    ("line", "changed", "day"),
    [
        ("<p class='date'>2 October 2019</p>", "", 2),
        ("<p class='date'>3 October 2019</p>", "", 1),  # no clock is two days off
        ("<p class='date'>2 October 2019</p>", "2019-10-02 08:00:00", 1),  # shows the day of the change
        ("<p class='publishedAt'>2 October 2019</p>", "2019-10-02 08:00:00", 2),  # though not by its name
    ],
)
def test_a_moment_on_no_known_clock_has_the_day_that_is_shown(line, changed, day):
    head = META.format("2019-10-01 21:15:30")
    if changed:
        head += f"<meta property='article:modified_time' content='{changed}'>"
    assert published(head, line).value == date(2019, 10, day)


@pytest.mark.parametrize(
    "card",
    [
        "<li><a href='/blog/keys'><p>2 October 2019</p><h2>Keys</h2></a></li>",
        "<li><h2><a href='https://www.halls.example/blog/keys/'>Keys</a></h2><footer>2 October 2019</footer></li>",
        "<li><a href='/blog/keys'>Keys</a> was posted on 2 October 2019 under <a href='/c'>Doors</a></li>",
    ],
)
def test_a_list_of_posts_gives_the_day_of_the_page_itself(card):
    other = "<li><a href='/blog/roofs'><p>{}</p><h2>Roofs that were mended in the year</h2></a></li>"
    found = published(below=f"<aside><ul>{card}{other.format('9 May 2018')}</ul></aside>")
    assert (found.value, found.source) == (date(2019, 10, 2), "own card")


@pytest.mark.parametrize(
    "card",
    [
        "<li><a href='/blog/keys'>Keys</a></li><li><a href='/blog/r'>Roofs that were mended in the year</a> 2 October 2019</li>",
        "<li><a href='/blog/keys#comments'>Keys</a> 2 October 2019</li>",  # a part of the page
        "<li><a href='/blog/keys'>Keys</a> updated 2 October 2019</li>",
        "<li><a href='/blog/keys'>Keys</a> 2 October 2019 9 May 2018</li>",
        "<li><a href='/blog/keys'>Doors</a> 2 October 2019</li>",
        "<li><a href='/blog/keys'>Keys</a> 2 October 2019</li><li><a href='/blog/keys'>Keys</a> 9 May 2018</li>",
    ],
)
def test_what_lists_say_of_other_things_is_not_the_day_of_the_page(card):
    assert published(below=f"<aside><ul>{card}</ul></aside>") is None


def test_a_local_day_in_the_address_settles_utc():
    late = META.format("2019-10-02T01:30:00Z")
    assert published(late, url="https://halls.example/2019/10/01/keys/").value == date(2019, 10, 1)


def test_published_is_told_from_modified():
    post = extract_post(
        f"<h1>Keys</h1><p class='meta'>Last updated 5 May 2020</p><p class='date'>Published 4 March 2019</p>{BODY}",
        "https://halls.example/x",
    )
    assert post.published.value == date(2019, 3, 4)


@pytest.mark.parametrize(
    "below",
    [
        "<div class='comments'><p>Somebody, 4 March 2019</p></div>",
        "<footer><p>&copy; 4 March 2019 The Halls</p></footer>",
        "<div class='related'><h3><a href='/y'>Another</a></h3><time datetime='2019-03-04'>4 March 2019</time></div>",
        "<aside><p class='date'>4 March 2019</p></aside>",
    ],
)
def test_dates_of_other_things_are_refused(below):
    assert published(below=below) is None


def test_an_event_in_the_text_is_no_publication_date():
    assert (
        published(
            above="<p>The annual meeting will be held in the large hall on 4 March 2019, and all members are asked to come.</p>"
        )
        is None
    )


def test_ambiguous_days_wait_for_the_blogs_own_order():
    line = '<p class="date">3/4/2012</p>'
    url = "https://halls.example.com/blog/keys"
    assert published(above=line, url=url) is None
    assert published(above=line, url=url, site=SiteProfile(pages=9, day_first=True)).value == date(2012, 4, 3)
    assert published(above=line, url=url, site=SiteProfile(pages=9, day_first=False)).value == date(2012, 3, 4)


@pytest.mark.parametrize("name", ["3-ways-to-keep-keys", "10-halls-that-leak"])
def test_a_number_that_begins_a_title_is_no_day(name):
    found = published(url=f"https://halls.example/2016/05/{name}/")
    assert found is not None and (found.value.isoformat(), found.precision) == ("2016-05-01", "month")


def test_month_only_addresses_give_a_month():
    found = published(url="https://halls.example/2013/06/keys/")
    assert (found.value, found.precision, found.source) == (date(2013, 6, 1), "month", "url")


def test_dates_are_within_reason():
    for day in (date(1985, 1, 1), date(2090, 1, 1)):
        assert published(META.format(day.isoformat())) is None
    assert published(META.format((date(2019, 1, 1) + timedelta(days=1)).isoformat())).value == date(2019, 1, 2)


def test_a_day_after_the_fetch_is_an_event_or_an_error():
    head, line = META.format("2019-06-04"), "<p class='date'>3 May 2019</p>"
    assert published(head, line).value == date(2019, 6, 4)
    assert published(head, line, as_of=date(2019, 5, 20)).value == date(2019, 5, 3)
    assert published(head, as_of=date(2019, 5, 20)) is None
    assert published(head, as_of=date(2019, 6, 3)).value == date(
        2019, 6, 4
    )  # already the next day where it was written


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("below", "<p>Posted on 3 May 2016 Length: 40 minutes</p>"),
        ("below", "<p>Last changed: 9.5.2016 Published on: 3.5.2016 Readings: 61</p>"),
        ("below", "<div class='foot-line'>This post was on 3 May 2016 written by the keeper of the keys</div>"),
        ("above", "<div class='side-bar'><p class='day'>3 May 2016</p></div>"),
        ("above", "<ul class='share-bar'><li class='entry-date'>3 May 2016</li></ul>"),
        ("above", "<p>03 | 05 | 2016</p>"),
    ],
)
def test_a_line_that_says_when(where, line):
    found = published(**{where: line})
    assert found is not None
    assert (found.value.isoformat(), found.precision) == ("2016-05-03", "day")


def test_a_date_in_a_sidebar_far_from_the_title_is_of_something_else():
    assert published(below="<div class='sidebar'><p>One</p><p>Two</p><p class='date'>3 May 2016</p></div>") is None


def test_a_meta_tag_that_keeps_its_date_in_value():
    found = published(head="<meta name='pub_date' value='2016-05-03T10:00:00+00:00'>")
    assert found is not None and found.value == date(2016, 5, 3)


def test_a_date_shown_twice_and_declared_once_outweighs_another_declaration():
    head = (
        '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2016-04-27"}</script>'
        "<meta property='article:published_time' content='2016-05-03T08:00:00+01:00'>"
    )
    found = published(head=head, above="<p class='entry-date'>3 May 2016</p>")
    assert found is not None and found.value == date(2016, 5, 3)
    undisturbed = published(head=head)
    assert undisturbed is not None and undisturbed.value == date(2016, 4, 27)


@pytest.mark.parametrize("said", ["Tue, 03 May 2016 23:41:00 GMT", "2016-05-03T23:41:0Z"])
def test_the_day_shown_wins_over_the_utc_day_however_it_is_written(said):
    head = f'<script type="application/ld+json">{{"@type": "BlogPosting", "datePublished": "{said}"}}</script>'
    found = published(head=head, above="<p class='entry-date'>4 May 2016</p>")
    assert found is not None and found.value == date(2016, 5, 4)


def test_a_page_that_says_only_when_it_was_changed_has_no_publication_date():
    html = f"<html><body><h1>Keys</h1><p>Updated: 3 May 2016</p><div class='entry-content'>{BODY}</div></body></html>"
    post = extract_post(html, "https://halls.example/blog/keys")
    assert post.published is None
    assert post.modified is not None and post.modified.value == date(2016, 5, 3)


def found_as(**where: str) -> tuple[str, str, str] | None:
    found = published(**where)
    return (found.value.isoformat(), found.precision, found.source) if found else None


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("above", "<ul><li><p>Published</p><p>3 May 2016</p></li></ul>"),
        ("below", "<footer><p>Last changed: 4.5.2016 - 14:49 Published: 3.5.2016 Readings: 61</p></footer>"),
        ("above", "<aside><h3>Published</h3><p>3 May 2016</p></aside>"),
        ("below", "<aside><time datetime='2016-05-03'>3 May</time></aside>"),
        ("above", "<a href='/x'>News</a><p>by A. Keeper, 3.5.16</p>"),
        ("above", "<div class='banner-top'><p>Hall News, 3 May 2016, 22:11 GMT+10</p></div>"),
        ("above", "<p>3.5.2016 · The hall has a new door, and a new key to it, which opens the old door too.</p>"),
        ("below", "<script>var layer = {'a': 1, \"first-publication\": \"2016-05-03 09:35\"};</script>"),
        ("below", "<div class='foot-line'>Dieser Beitrag wurde am 3. Mai 2016 um 14:48 von der Hüterin geschrieben und abgelegt unter Schlüssel, Türen, Hallen und anderem, was über die Halle, ihre Türen, die Schlüssel dazu, die Hüter der Schlüssel, den Ausschuss und das Essen zu sagen war.</div>"),
    ],
)  # fmt: skip
def test_where_a_day_may_stand(where, line):
    found = published(**{where: line})
    assert found is not None
    assert (found.value.isoformat(), found.precision) == ("2016-05-03", "day")


def test_a_day_beside_the_title():
    html = f"<html><body><h1>Keys <small>3 May 2016 • Halls</small></h1><div class='entry-content'>{BODY}</div></body></html>"
    post = extract_post(html, "https://halls.example/blog/keys")
    assert (post.title, post.published.value) == ("Keys", date(2016, 5, 3))


def test_a_label_with_a_month_or_a_year():
    assert found_as(above="<p>Published: May 2016</p>")[:2] == ("2016-05-01", "month")
    assert found_as(above="<p>Published: 2016</p>") == ("2016-01-01", "year", "labelled line")
    assert found_as(head="<meta name='citation_publication_date' content='2016/05'>") == ("2016-05-01", "month", "meta")
    assert found_as(above="<p>Copyright 2016</p>") is None


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("above", "<p class='time'>Current time: 4 March 2019, 12:18</p>"),
        ("above", "<dl class='infos date'><dt>Available until 4 March 2019</dt></dl>"),
        ("above", "<ul class='info'><li><span>Updated</span> <span class='time'>20:49, 4 March 2019</span></li></ul>"),
        ("below", "<a class='card' href='/y'><h3>Another</h3><p class='date'>4 March 2019</p></a>"),
        ("above", "<div class='sidebar'><ul><li>January 2019</li><li>March 2019</li></ul></div>"),
        ("above", "<h2>March 2019</h2>"),
        ("below", "<script>var posts = [{'publishedAt': '2019-03-04'}, {'publishedAt': '2019-03-05'}];</script>"),
        ("above", "<div class='date caption'>The hall with its doors open to all who came (photograph: A. Keeper, 4 March 2019)</div>"),
    ],
)  # fmt: skip
def test_days_of_other_things_about_the_title_are_refused(where, line):
    assert published(**{where: line}) is None


def test_a_clock_in_the_head_of_the_site_is_not_the_post():
    menu = "".join(f"<p>Door {i}</p>" for i in range(9))
    html = f"<html><body><time datetime='2019-03-04'>4 March 2019</time>{menu}<h1>Keys</h1><p>3 May 2016</p><div class='entry-content'>{BODY}</div></body></html>"
    assert extract_post(html, "https://halls.example/blog/keys").published.value == date(2016, 5, 3)


def test_a_replayed_address_gives_the_page_not_the_capture():
    found = published(url="https://archive.example/web/20130307194448/http://halls.example/2012/06/keys/")
    assert (found.value, found.precision) == (date(2012, 6, 1), "month")


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://halls.example/2016/05/160503-keys/", "2016-05-03"),
        ("https://halls.example/news/A2016050314320005196", "2016-05-03"),
        ("https://halls.example/keys-20160503-p60b.html", "2016-05-03"),
    ],
)
def test_days_that_addresses_spell_out(url, value):
    assert published(url=url).value.isoformat() == value


def test_the_page_shows_which_of_a_machines_figures_is_the_day():
    head = "<meta name='date' content='11/01/2023 12:43:42'>"
    assert published(
        head, below="<p>Published: 1 November 2023</p>", site=SiteProfile(pages=9, day_first=True)
    ).value == date(2023, 11, 1)


def test_a_declared_day_that_is_only_the_last_change():
    head = (
        META.format("2024-07-05T14:20:08Z") + "<meta property='article:modified_time' content='2024-07-05T14:20:08Z'>"
    )
    line = "<p><time class='entry-date' datetime='2024-03-01'>1 March 2024</time></p>"
    assert published(head, line).value == date(2024, 3, 1)
    changed = (
        META.format("2024-03-01T14:20:08Z") + "<meta property='article:modified_time' content='2024-07-05T14:20:08Z'>"
    )
    assert published(changed, line.replace("03-01", "07-05").replace("March", "July")).value == date(2024, 3, 1)


def test_a_shown_day_is_kept_though_the_address_has_the_next():
    moment = META.format("2026-06-30T16:34:54Z")
    url = "https://halls.example/keys-20260701-p60bhj"
    assert published(moment, "<p class='date'>June 30, 2026 - 4.34pm</p>", url=url).value == date(2026, 6, 30)
    assert published(moment, url=url).value == date(2026, 7, 1)


def test_an_address_says_in_which_country_the_days_are_printed():
    line = "<p class='date'>03/05/2016</p>"
    assert published(above=line, url="https://halls.example.com/keys") is None
    assert published(above=line, url="https://halls.example.com/en-gb/keys").value == date(2016, 5, 3)


@pytest.mark.parametrize(
    ("other", "value"),
    [
        ("<li>12/25/2015</li>", "2016-03-05"),  # the order of another date on the page
        ("<li>25/12/2015</li>", "2016-05-03"),
        ("<li>Keys, 5 March 2016</li>", "2016-03-05"),  # the post itself in a list, its day spelt out
        ("<li>Keys, 3 May 2016</li>", "2016-05-03"),
        ("<li>12/25/2015</li><li>25/12/2015</li>", None),
        ("<li>Keys, 3 May 2016</li><li>Doors, 5 March 2016</li>", None),
        ("<li>Doors, 7 June 2016</li>", None),
    ],
)
def test_the_pages_other_dates_tell_day_from_month(other, value):
    line = "<p class='date'>03/05/2016</p>"
    found = published(above=line, below=f"<ul class='sidebar'>{other}</ul>", url="https://halls.example.com/keys")
    assert (found.value.isoformat() if found else None) == value


FED = ListedPost(published="Thu, 02 May 2019 10:00:00 +0000")


def test_the_feed_gives_the_day_that_the_page_keeps_to_itself():
    found = published(listed=FED)
    assert (found.value, found.source, found.as_printed) == (date(2019, 5, 2), "feed", FED.published)
    assert published(url="https://halls.example/2019/05/keys", listed=FED).value == date(2019, 5, 2)
    assert published(above="<p class='date'>May 2019</p>", listed=FED).precision == "day"
    atom = ListedPost(published="2019-05-02T10:00:00+02:00")
    assert published(listed=atom).value == date(2019, 5, 2)


def test_a_month_that_the_feed_contradicts_stays_a_month():
    found = published(url="https://halls.example/2012/03/keys", listed=FED)
    assert (found.value, found.precision, found.source) == (date(2012, 3, 1), "month", "url")


@pytest.mark.parametrize(
    ("head", "line", "day"),
    [
        ("", "<p class='date'>2 May 2019</p>", "2019-05-02"),
        ("", "<p class='date'>3 May 2019</p>", "2019-05-03"),  # a day: of the clock's zone
        ("", "<p class='date'>9 June 2019</p>", "2019-05-02"),  # an event, or the last change
        ("", "<p class='date'>9 June 2012</p>", "2012-06-09"),  # before the blog moved
        ("", "<p>Published on 9 June 2019</p>", "2019-06-09"),  # the page says what it is
        ("", "<p class='published'>9 June 2019</p>", "2019-06-09"),
        (META.format("2019-06-09T10:00:00+01:00"), "", "2019-06-09"),
        (
            META.format("2019-06-09T10:00:00+01:00") + META.format("2019-06-09").replace("published", "modified"),
            "",
            "2019-05-02",  # the day of the last change, declared as both
        ),
    ],
)
def test_the_feed_stands_against_later_days_that_nothing_calls_the_days_of_publication(head, line, day):
    found = published(head, line, listed=FED)
    assert found.value.isoformat() == day
    assert (found.source == "feed") == (day == "2019-05-02" and "2 May" not in line)


def test_a_moment_of_the_feed_is_read_on_the_blogs_clock():
    late = ListedPost(published="Thu, 02 May 2019 22:30:00 GMT")
    assert published(listed=late, site=SiteProfile(pages=9, utc_offset=2)).value == date(2019, 5, 3)
    assert published(listed=late).value == date(2019, 5, 2)


def test_a_day_long_after_the_last_change_in_the_sitemap_is_none_of_publication():
    listed = ListedPost(changed="2019-05-02")
    assert published(above="<p class='date'>9 June 2019</p>", listed=listed) is None
    assert published(above="<p class='date'>20 May 2019</p>", listed=listed).value == date(
        2019, 5, 20
    )  # it was waiting
    assert published(META.format("2019-06-09T10:00:00+01:00"), listed=listed).value == date(2019, 6, 9)
    assert published(above="<p class='published'>9 June 2019</p>", listed=listed).value == date(2019, 6, 9)
    assert published(above="<p class='date'>1 May 2019</p>", listed=listed).value == date(2019, 5, 1)


@pytest.mark.parametrize("said", ["", "soon", "31 February 2019", "2059-99-99", "0"])
def test_what_feeds_say_that_is_no_day(said):
    listed = ListedPost(published=said, changed=said)
    assert published(listed=listed) is None
    assert published(above="<p class='date'>2 May 2019</p>", listed=listed).value == date(2019, 5, 2)


def test_a_day_of_the_feed_after_the_fetch_is_an_error():
    assert published(listed=FED, as_of=date(2019, 4, 1)) is None


PRINTED = st.sampled_from(
    [
        "2 October 2019",
        "October 2019",
        "2019",
        "Published: 2018",
        "Updated 3 May 2020",
        "03/05/2016",
        "2019-10-02T23:30:00Z",
        "2012",
    ]
)


@given(
    st.lists(st.tuples(st.sampled_from(["<p class='date'>{}</p>", "<p>{}</p>", META, "<time datetime='{}'>then</time>"]), PRINTED), max_size=4),
    st.sampled_from(["/blog/keys", "/2016/05/keys", "/2016/keys", "/2016/05/03/keys"]),
    st.one_of(st.none(), PRINTED),
    st.one_of(st.none(), PRINTED),
)  # fmt: skip
def test_a_value_is_the_first_day_of_what_is_known(shown, path, fed, changed):
    head = "".join(place.format(said) for place, said in shown if place is META)
    above = "".join(place.format(said) for place, said in shown if place is not META)
    listed = ListedPost(published=fed, changed=changed) if fed or changed else None
    found = published(head, above, url="https://halls.example.com" + path, listed=listed)
    if found is not None:
        first = {"day": found.value.day, "month": 1, "year": 1}[found.precision]
        assert found.value.day == first
        assert found.precision != "year" or found.value.month == 1
        assert found.source
        assert str(found.value.year)[2:] in found.as_printed


def test_a_title_behind_all_text_is_no_trouble():
    html = f"<title>Keys and locks</title><p>3 May 2016</p>{BODY}<h1 hidden>Keys and locks</h1>"
    post = extract_post(html, "https://halls.example/blog/keys")
    assert (post.title, post.published.value) == ("Keys and locks", date(2016, 5, 3))
