"""The control's worker: Celery loads its task once Django is set up."""

from registry.celery import app

app.conf.include = [*app.conf.include, "bench.fault_lab.naive"]
