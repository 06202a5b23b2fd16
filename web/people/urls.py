"""Addresses of signing in, of one's own account and of the accounts."""

from django.urls import path

from people import accounts, sign_in, views

app_name = "people"
urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("verify", sign_in.verify, name="verify"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("time-left", sign_in.time_left, name="time-left"),
    path("stay", sign_in.stay, name="stay"),
    path("account", views.account, name="account"),
    path("account/password", views.password, name="password"),
    path("account/second-factor", views.enrol, name="enrol"),
    path("account/recovery-codes", views.recovery_codes, name="recovery-codes"),
    path("people", accounts.listing, name="accounts"),
    path("people/new", accounts.new, name="account-new"),
    path("people/<int:pk>", accounts.edit, name="account-edit"),
    path("people/<int:pk>/password", accounts.new_password, name="account-password"),
    path("people/<int:pk>/second-factor", accounts.reset_factor, name="account-second-factor"),
]
