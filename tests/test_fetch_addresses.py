"""Addresses: one page has one name, and no secret is ever part of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fetch.addresses import BadAddress, parse_address, public_text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HTTP://Halder.EXAMPLE:80", "http://halder.example/"),
        ("https://halder.example:443/a/../b/./c/", "https://halder.example/b/c/"),
        ("https://halder.example/../../x", "https://halder.example/x"),
        ("https://halder.example/a/..", "https://halder.example/"),
        ("https://halder.example/a?utm_source=x&id=3&fbclid=4#top", "https://halder.example/a?id=3"),
        ("https://halder.example/a?b=2&a=1", "https://halder.example/a?b=2&a=1"),
        ("https://halder.example/a?cid=7&eid=8&gallery=9", "https://halder.example/a?cid=7&eid=8&gallery=9"),
        ("https://halder.example/zwölf?q=grüße", "https://halder.example/zw%C3%B6lf?q=gr%C3%BC%C3%9Fe"),
        ("https://halder.example/a b\\c", "https://halder.example/a%20b%5Cc"),
        ("https://halder.example/a%20b%2Fc", "https://halder.example/a%20b%2Fc"),
        ("https://müllrose.example/", "https://xn--mllrose-n2a.example/"),
        ("https://[2001:DB8::0:1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("  https://halder.example/x \n", "https://halder.example/x"),
        ("https://halder.example./x", "https://halder.example/x"),
    ],
)
def test_one_page_has_one_name(text, name):
    assert parse_address(text).name == name
    assert parse_address(name).name == name


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halder.example/x",
        "ftp://halder.example/",
        "javascript:alert(1)",
        "file:///etc/hostname",
        "https://",
        "https:///path",
        "http://[::1/",
        "http://host:99999/",
        "http://host:port/",
        "http://a b/",
        "http://exa<mple/",
        "http://halder.example\\@evil.example/",
        "http://%31%32%37.0.0.1/",
        "https://halder.example/" + "x" * 5_000,
        "http://" + "a" * 300 + "/",
    ],
)
def test_what_cannot_be_asked_is_refused(text):
    with pytest.raises(BadAddress):
        parse_address(text)


def test_credentials_and_secrets_are_used_and_never_written():
    address = parse_address("https://me:p%40ss@halder.example/feed?api_key=SECRET&id=3&Token=OTHER")
    assert address.credentials == ("me", "p@ss")
    assert address.name == "https://halder.example/feed?id=3"
    assert address.target == "https://halder.example/feed?api_key=SECRET&id=3&Token=OTHER"


def test_messages_lose_the_credentials_of_any_address_in_them():
    assert public_text("asked https://me:hunter2@h.example/x and http://u@b.example") == (
        "asked https://h.example/x and http://b.example"
    )


def test_a_relative_address_is_read_against_its_page():
    assert parse_address("../b?x=1", base="https://halder.example/a/c").name == "https://halder.example/b?x=1"
    assert parse_address("//other.example/b", base="https://halder.example/a").name == "https://other.example/b"


@given(st.text(max_size=200), st.sampled_from(["", "https://h.example/", "http://"]))
def test_any_text_is_refused_or_has_a_name_that_names_itself(text, start):
    try:
        address = parse_address(start + text)
    except BadAddress:
        return
    again = parse_address(address.name)
    assert (again.name, again.host, again.port) == (address.name, address.host, address.port)
    assert address.name.isascii()
    assert "@" not in address.name.partition("//")[2].partition("/")[0]
