"""Superset with nothing but its own database, in a folder of the test."""

import os

SECRET_KEY = "only for a test, on this machine alone"
SQLALCHEMY_DATABASE_URI = f"sqlite:///{os.environ['SUPERSET_HOME']}/superset.db"
