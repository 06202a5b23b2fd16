"""`python manage.py add_account`: makes an account, such as the first one."""

from __future__ import annotations

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from audit.log import Action, record
from people.accounts import first_password, give_roles
from people.models import Account
from people.roles import SUMMARIES, Role, problem_of


class Command(BaseCommand):
    """Asks for what the command line does not say; without a terminal it must say all."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """User name, full name, roles and where the password comes from."""
        parser.add_argument("username", nargs="?", help="the name to sign in with")
        parser.add_argument("--name", help="the full name (default: the user name)")
        parser.add_argument(
            "--role", action="append", choices=Role.values, help="may be given more than once"
        )
        source = parser.add_mutually_exclusive_group()
        source.add_argument(
            "--generate", action="store_true", help="print a first password, to be changed"
        )
        source.add_argument(
            "--password-stdin", action="store_true", help="read it from standard input"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Makes the account; raises CommandError with what to mend."""
        username = (options["username"] or self._ask("User name: ", "USERNAME")).strip().lower()
        if not username or Account.objects.filter(username=username).exists():
            raise CommandError(f"the user name {username!r} is empty or taken; choose another one")
        roles = options["role"] or self._ask_roles()
        if problem := problem_of({Role(role) for role in roles}):
            raise CommandError(problem)
        account = Account(username=username, name=options["name"] or username)
        password = first_password() if options["generate"] else self._password(account, options)
        account.set_password(password)
        account.must_change_password = options["generate"]
        with transaction.atomic():
            account.save()
            record(None, Action.ACCOUNT_MADE, account=username)
            give_roles(None, account, roles)
        self.stdout.write(f"{username} may sign in at {reverse('people:sign-in')} of the website")
        if options["generate"]:
            self.stdout.write(f"First password, to be changed at once: {password}")

    def _ask(self, prompt: str, what: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"{what} is missing, and there is no terminal to ask at")
        return input(prompt)

    def _ask_roles(self) -> list[str]:
        for role in Role:
            self.stdout.write(f"  {role.value}: {SUMMARIES[role]}")
        answer = self._ask("Roles, separated by commas [administrator]: ", "--role")
        roles = [role.strip().lower() for role in answer.split(",") if role.strip()]
        if unknown := [role for role in roles if role not in Role.values]:
            raise CommandError(f"no such role: {', '.join(unknown)}")
        return roles or [Role.ADMINISTRATOR.value]

    def _password(self, account: Account, options: dict[str, Any]) -> str:
        if options["password_stdin"]:
            password = sys.stdin.readline().rstrip("\n")
        elif sys.stdin.isatty():
            password = getpass.getpass("Password: ")
            if password != getpass.getpass("Password again: "):
                raise CommandError("the two passwords are not the same")
        else:
            raise CommandError("give --generate or --password-stdin")
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
