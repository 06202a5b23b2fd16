from __future__ import annotations

from tests.web import environment_of_tests


def test_a_persons_settings_do_not_change_what_is_tested() -> None:
    given = {"PATH": "/bin", "EMBED_ORIGINS": "https://a.example", "LIMIT_SESSION": "1", "WEB_VAR": "other"}
    assert environment_of_tests(given, "http://127.0.0.1:1", "/a:/b", "/usr/bin/chromium") == {
        "PATH": "/bin",
        "ASSISTANT_URL": "http://127.0.0.1:1/webhooks/rest/webhook",
        "ASSISTANT_FOLDERS": "/a:/b",
        "CHROMIUM": "/usr/bin/chromium",
    }


def test_the_database_to_test_on_is_passed_on() -> None:
    given = {"DATABASE_URL": "postgres://a/b", "REDIS_URL": "redis://c"}
    passed = environment_of_tests(given, "http://127.0.0.1:1", "", "chromium")
    assert (passed["DATABASE_URL"], passed["REDIS_URL"]) == ("postgres://a/b", "redis://c")
