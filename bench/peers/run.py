"""
One feature with one library: prints its seconds, CPU seconds, peak memory and version as JSON, and writes its rows. A feature that the lake
stores is also made and written to one file a year, as the lake does it.
"""
import importlib
import json
import os
import resource
import sys
import tempfile
import time

sys.dont_write_bytecode = True


def measured(work, times):
    seconds, cpu = [], []
    for _ in range(times):
        start, used = time.perf_counter(), time.process_time()
        result = work()
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - used)
    return {"seconds": seconds, "cpu": cpu}, result


def with_frames(library, feature, silver, out, times, folder):
    import frames

    make = lambda: feature.frame(getattr(frames, library.capitalize()), silver)
    took, made = measured(make, times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made.write(feature.columns, out)
    version = made.version
    del made
    stored = folder and measured(lambda: make().store(feature.columns, folder), times)[0]
    return {**took, "peak": peak, "version": version, "stored": stored}


def with_chdb(feature, silver, out, times, folder):
    import chdb
    from chdb.session import Session

    session = Session()
    query = feature.query(silver)
    sums = ", ".join(f"sum({column})" for column in feature.columns)
    took, _ = measured(lambda: session.query(f"select {sums} from ({query})"), times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if os.path.exists(out):
        os.remove(out)
    rows = f"select symbol, session, {', '.join(feature.columns)} from ({query})"
    session.query(f"insert into function file('{out}', Parquet) {rows}")
    zstd = "settings output_format_parquet_compression_method = 'zstd', engine_file_truncate_on_insert = 1"
    years = f"insert into function file('{folder}/{{_partition_id}}.parquet', Parquet) partition by toYear(session) {rows} {zstd}"
    stored = folder and measured(lambda: session.query(years), times)[0]
    return {**took, "peak": peak, "version": chdb.__version__, "stored": stored}


library, name, silver, out, times, is_stored, *files = sys.argv[1:]
if name == "landing":
    from landing import land

    took, (rows, version) = measured(lambda: land(library, files, silver, out), int(times))
    result = {**took, "rows": rows, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "version": version}
else:
    feature = importlib.import_module(name)
    run = with_chdb if library == "chdb" else lambda *given: with_frames(library, *given)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(out)) as folder:
        result = run(feature, silver, out, int(times), folder if is_stored == "stored" else None)
print(json.dumps(result))
