"""Signing in, signing up, the code that does both, and signing out."""

from __future__ import annotations

from typing import cast

from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.core import ratelimit
from allauth.usersessions.forms import ManageUserSessionsForm
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import codes
from accounts.adapter import KEEP_SIGNED_IN
from accounts.browsers import signed_in
from accounts.codes import CHANGE_ADDRESS, LEAVE_ADDRESS, SIGN_IN, SIGN_UP, PendingCode
from accounts.forms import AboutYouForm, ChangeAddressForm, CodeForm, SignInForm, SignUpForm
from accounts.models import Person
from accounts.people import change_address, note_proven, person_at, person_made
from accounts.requests import FORM_METHODS, SignedInRequest

# What allauth counts each of these as, for its limits.
LIMITED_AS = {
    SIGN_IN: "login",
    SIGN_UP: "signup",
    LEAVE_ADDRESS: "manage_email",
    CHANGE_ADDRESS: "manage_email",
}


@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def account_login(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail it a code."""
    if request.user.is_authenticated:
        return redirect(_next_url(request) or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _mail_code(
            request,
            PendingCode(
                purpose=SIGN_IN,
                address=form.cleaned_data["login"],
                details={"remember": form.cleaned_data["remember"]},
                next_url=_next_url(request),
            ),
        )
    return render(request, "account/account_login.html", {"form": form, **_ways(request)})


@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def account_signup(request: HttpRequest) -> HttpResponse:
    """Ask for a name, an address and whether it is safe to write there; mail a code."""
    if request.user.is_authenticated:
        return redirect(_next_url(request) or settings.LOGIN_REDIRECT_URL)
    if proven := codes.proven_address(request):
        return _sign_up_with(request, proven)
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about_you = {name: form.cleaned_data[name] for name in AboutYouForm.base_fields}
        return _mail_code(
            request,
            PendingCode(
                purpose=SIGN_UP,
                address=form.cleaned_data["email"],
                details=about_you,
                next_url=_next_url(request),
                is_mailed=not form.is_by_machine,
            ),
        )
    return render(request, "account/account_signup.html", {"form": form, **_ways(request)})


def _sign_up_with(request: HttpRequest, proven: str) -> HttpResponse:
    """Ask what is left to ask of somebody whose address a code has proved already."""
    form = AboutYouForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes.forget_proven(request)
        person = person_made(address=proven, **form.cleaned_data)
        return _sign_in(request, person, next_url=_next_url(request))
    context = {"form": form, "proven": proven, **_ways(request)}
    return render(request, "account/account_signup.html", context)


@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def account_confirm_login_code(request: HttpRequest) -> HttpResponse:
    """Take the code that was mailed, or mail another one."""
    pending = codes.pending_code(request)
    if pending is None:
        return redirect("account_email" if request.user.is_authenticated else "account_login")
    if request.POST.get("action") == "resend":
        return _mail_again(request, pending)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if codes.is_right(request, pending, form.cleaned_data["code"]):
            return _go_on(request, pending)
        if response := _wrong_code(request, pending):
            return response
        form.add_error("code", _("That is not the code. Please look at the newest e-mail again."))
    context = {"form": form, "pending": pending}
    return render(request, "account/account_confirm_login_code.html", context)


def _mail_code(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    """Mail a code and lead to the page that takes it, unless too many were asked for."""
    limited = ratelimit.consume_or_429(request, action=LIMITED_AS[pending.purpose])
    if limited := limited or _too_many_for(request, pending):
        return limited
    codes.forget_proven(request)
    codes.begin(request, pending)
    return redirect("account_confirm_login_code")


def _too_many_for(request: HttpRequest, pending: PendingCode) -> HttpResponse | None:
    """Refuse when this address, or whoever asks, was sent many codes just now."""
    return ratelimit.consume_or_429(request, action="request_login_code", key=pending.address)


def _mail_again(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    if not pending.can_be_resent:
        messages.warning(request, _("We sent you several codes. Please start again a bit later."))
        codes.forget(request)
        return redirect("account_login")
    if limited := _too_many_for(request, pending):
        return limited
    codes.send_again(request, pending)
    messages.success(request, _("We sent you a new code. The one before no longer works."))
    return redirect("account_confirm_login_code")


def _wrong_code(request: HttpRequest, pending: PendingCode) -> HttpResponse | None:
    limited = ratelimit.consume_or_429(request, action="login_failed", key=pending.address)
    if limited or not pending.is_over:
        return limited
    codes.forget(request)
    messages.warning(request, _("That was not the code, three times. Please ask for a new one."))
    return redirect("account_email" if request.user.is_authenticated else "account_login")


def _go_on(request: HttpRequest, pending: PendingCode) -> HttpResponse:
    """Do what the code was asked for. Only now does anybody look who has this address."""
    if pending.purpose in {LEAVE_ADDRESS, CHANGE_ADDRESS}:
        return _change_address(cast("SignedInRequest", request), pending)
    person = person_at(pending.address)
    if person is None and pending.purpose == SIGN_IN:
        codes.keep_proven(request, pending.address)
        return HttpResponseRedirect(_with_next(reverse("account_signup"), pending.next_url))
    if person is None:
        person = person_made(address=pending.address, **pending.details)
    elif pending.purpose == SIGN_UP:
        messages.info(request, _("You had an account already, so you are signed in to that one."))
    keep = bool(pending.details.get("remember"))
    return _sign_in(request, person, next_url=pending.next_url, keep=keep)


def _sign_in(
    request: HttpRequest, person: Person, *, next_url: str, keep: bool = False
) -> HttpResponse:
    """Sign in by allauth, which asks for a second factor where there is one."""
    note_proven(person)
    request.session[KEEP_SIGNED_IN] = keep
    return perform_login(request, person, redirect_url=next_url or None, email=person.email)


@never_cache
@require_http_methods(FORM_METHODS)
def account_email(request: SignedInRequest) -> HttpResponse:
    """Show one's own address and change it, by a code to it and one to the new address."""
    form = ChangeAddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pending = PendingCode(
            purpose=LEAVE_ADDRESS,
            address=request.user.email,
            details={"person": str(request.user.pk), "new": form.cleaned_data["email"]},
        )
        return _mail_code(request, pending)
    return render(request, "account/account_email.html", {"form": form})


def _change_address(request: SignedInRequest, pending: PendingCode) -> HttpResponse:
    if str(request.user.pk) != pending.details["person"]:
        return redirect("account_login")
    if pending.purpose == LEAVE_ADDRESS:
        messages.info(request, _("One more step: now a code to your new address."))
        new = PendingCode(
            purpose=CHANGE_ADDRESS, address=pending.details["new"], details=pending.details
        )
        return _mail_code(request, new)
    if change_address(by=request.user, address=pending.address):
        messages.success(request, _("Your e-mail address is changed."))
    else:
        messages.error(request, _("This address belongs to another account. Nothing has changed."))
    return redirect("account_email")


@login_not_required
@never_cache
@require_http_methods(FORM_METHODS)
def account_logout(request: HttpRequest) -> HttpResponse:
    """Sign out by POST; a GET shows the button."""
    if request.method != "POST" and request.user.is_authenticated:
        return render(request, "account/account_logout.html")
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
@require_safe
def account_inactive(request: HttpRequest) -> HttpResponse:
    """Tell somebody whose account was closed."""
    return render(request, "account/account_inactive.html")


def _next_url(request: HttpRequest) -> str:
    """Where the person was on the way to: a page of this site, or nothing."""
    return get_next_redirect_url(request) or ""


def _with_next(url: str, next_url: str) -> str:
    return f"{url}?{urlencode({'next': next_url})}" if next_url else url


def _ways(request: HttpRequest) -> dict[str, str]:
    """Give the two pages for visitors their way back, and the way to each other."""
    next_url = _next_url(request)
    return {
        "next_url": next_url,
        "sign_in_url": _with_next(reverse("account_login"), next_url),
        "sign_up_url": _with_next(reverse("account_signup"), next_url),
    }


@require_http_methods(FORM_METHODS)
def usersessions_list(request: SignedInRequest) -> HttpResponse:
    """Show in which browsers one is signed in; a POST signs out in all others."""
    if request.method == "POST":
        ManageUserSessionsForm(request=request).save(request)
        messages.success(request, _("You are signed in only here now."))
        return redirect("usersessions_list")
    context = {"sessions": signed_in(request.user)}
    return render(request, "account/usersessions_list.html", context)
