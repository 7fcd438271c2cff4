"""
Reads views by one client and prints what it saw of each column: its name, the kind of its values, how many are NULL, the
least and the greatest. Usage: read.py CLIENT DATABASE WORKGROUP VIEW...
"""

import contextlib
import datetime
import json
import math
import sys
import warnings

warnings.simplefilter("ignore")
client, database, workgroup, *views = sys.argv[1:]
reuse_minutes = 60


def db_api():
    from pyathena import connect

    cursor = connect(
        schema_name=database,
        work_group=workgroup,
        poll_interval=0.1,
        result_reuse_enable=True,
        result_reuse_minutes=reuse_minutes,
    ).cursor()

    def read(query):
        cursor.execute(query)
        return [column[0] for column in cursor.description], cursor.fetchall()

    return read


def of_frame(frame):
    columns = list(frame.columns)
    return columns, frame.astype(object).where(frame.notna(), None).values.tolist()


def pandas():
    from pyathena import connect
    from pyathena.pandas.cursor import PandasCursor

    cursor = connect(
        schema_name=database,
        work_group=workgroup,
        poll_interval=0.1,
        result_reuse_enable=True,
        result_reuse_minutes=reuse_minutes,
        cursor_class=PandasCursor,
    ).cursor()
    return lambda query: of_frame(cursor.execute(query).as_pandas())


def sqlalchemy():
    from sqlalchemy import create_engine, text

    place = "athena.us-east-1.amazonaws.com:443"
    reuse = f"result_reuse_enable=true&result_reuse_minutes={reuse_minutes}&poll_interval=0.1"
    engine = create_engine(f"awsathena+rest://@{place}/{database}?work_group={workgroup}&{reuse}")

    def read(query):
        with engine.connect() as connection:
            result = connection.execute(text(query))
            return list(result.keys()), [list(row) for row in result]

    return read


def awswrangler():
    import awswrangler
    import boto3

    # Without a default session each of its calls makes one, and loads the descriptions of the services again.
    boto3.setup_default_session()
    # By default it looks at the last 50 queries only, which are fewer than there are views.
    entries = ("max_cache_query_inspections", "max_remote_cache_entries", "max_local_cache_entries")
    reuse = {"max_cache_seconds": 60 * reuse_minutes, **dict.fromkeys(entries, 1000)}

    def read(query):
        frame = awswrangler.athena.read_sql_query(
            query,
            database=database,
            workgroup=workgroup,
            ctas_approach=False,
            athena_cache_settings=reuse,
            athena_query_wait_polling_delay=0.1,
        )
        return of_frame(frame)

    return read


def superset():
    with contextlib.redirect_stdout(sys.stderr):
        from superset.app import create_app

        create_app().app_context().push()
    from superset.models.core import Database

    reuse = {"result_reuse_enable": True, "result_reuse_minutes": reuse_minutes, "poll_interval": 0.1}
    lake = Database(
        database_name="lake",
        sqlalchemy_uri=f"awsathena+rest://@athena.us-east-1.amazonaws.com:443/{database}?work_group={workgroup}",
        extra=json.dumps({"engine_params": {"connect_args": reuse}}),
    )
    return lambda query: of_frame(lake.get_df(query, schema=database))


kinds = (
    (bool, "boolean"),
    (datetime.datetime, "timestamp"),
    (datetime.date, "date"),
    (int, "bigint"),
    (float, "double"),
    (str, "varchar"),
)


def kind(value):
    return next((name for type_, name in kinds if isinstance(value, type_)), type(value).__name__)


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def seen(values):
    known = [value for value in values if not (value is None or (isinstance(value, float) and math.isnan(value)))]
    return {
        "kinds": sorted({kind(value) for value in known}),
        "nullCount": len(values) - len(known),
        "least": plain(min(known, default=None)),
        "greatest": plain(max(known, default=None)),
    }


openers = {
    "DB-API": db_api,
    "SQLAlchemy": sqlalchemy,
    "pandas": pandas,
    "awswrangler": awswrangler,
    "Superset": superset,
}
read = openers[client]()
for view in views:
    # As Superset writes it, so that one answer of Athena serves every client.
    names, rows = read(f"SELECT\n  *\nFROM {view}")
    columns = {name: seen([row[i] for row in rows]) for i, name in enumerate(names)}
    print(json.dumps({"view": view, "rowCount": len(rows), "names": names, "columns": columns}))
