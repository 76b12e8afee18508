from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("", views.release_list, name="list"),
    path("prepare/", views.prepare, name="prepare"),
    path("<uuid:pk>/", views.release, name="release"),
    path("<uuid:pk>/approve/", views.approve, name="approve"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/csv/", views.download, name="download"),
]
