"""The one place that puts the parts together."""

from app import create_app
from app.core.db import Database
from app.core.settings import Settings
from jobs.connecting import connector_for
from jobs.mail import mailer_for
from scrapers import registry

settings = Settings()
app = create_app(
    settings, Database(settings.url), registry, mailer_for(settings), connector_for(settings)
)
