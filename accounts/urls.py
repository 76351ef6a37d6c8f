"""The pages of an account. Their names are allauth's, which leads to them by name."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("login/", views.account_login, name="account_login"),
    path(
        "login/code/confirm/", views.account_confirm_login_code, name="account_confirm_login_code"
    ),
    path("signup/", views.account_signup, name="account_signup"),
    path("logout/", views.account_logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("email/", views.account_email, name="account_email"),
    path("sessions/", views.usersessions_list, name="usersessions_list"),
]
