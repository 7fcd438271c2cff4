"""
Imports the dashboard as a person would, over a lake, and serves it. Usage: superset_starter.py FOLDER SQLALCHEMY_URI PORT
"""

import io
import pathlib
import sys
import zipfile

folder, uri, port = sys.argv[1:]

from superset.app import create_app

app = create_app()
with app.app_context():
    from flask_migrate import upgrade
    from superset import security_manager
    from superset.commands.dashboard.importers.dispatcher import ImportDashboardsCommand
    from superset.commands.importers.v1.utils import get_contents_from_bundle
    from superset.extensions import appbuilder
    from superset.utils.core import override_user

    upgrade()
    # As `superset init` does.
    appbuilder.add_permissions(update_perms=True)
    security_manager.sync_role_definitions()
    role = security_manager.find_role("Admin")
    admin = security_manager.add_user("admin", "A", "B", "admin@example.com", role, password="admin")
    root = pathlib.Path(folder)
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w") as archive:
        for path in sorted(root.rglob("*.yaml")):
            text = path.read_text().replace("duckdb:///sample-lake/lake.duckdb", uri)
            archive.writestr(f"precursor/{path.relative_to(root)}", text)
    with zipfile.ZipFile(bundle) as archive:
        contents = get_contents_from_bundle(archive)
    with override_user(admin):
        ImportDashboardsCommand(contents, overwrite=True).run()

app.run(host="127.0.0.1", port=int(port))
