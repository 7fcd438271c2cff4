"""One feature with one library: prints its seconds, CPU seconds, peak memory and version as JSON, and writes its rows."""
import importlib
import json
import os
import resource
import sys
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


def with_frames(library, feature, silver, out, times):
    import frames

    took, made = measured(lambda: feature.frame(getattr(frames, library.capitalize()), silver), times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    made.write(feature.columns, out)
    return {**took, "peak": peak, "version": made.version}


def with_chdb(feature, silver, out, times):
    import chdb
    from chdb.session import Session

    session = Session()
    query = feature.query(silver)
    sums = ", ".join(f"sum({column})" for column in feature.columns)
    took, _ = measured(lambda: session.query(f"select {sums} from ({query})"), times)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if os.path.exists(out):
        os.remove(out)
    session.query(f"insert into function file('{out}', Parquet) select symbol, session, {', '.join(feature.columns)} from ({query})")
    return {**took, "peak": peak, "version": chdb.__version__}


library, name, silver, out, times, *files = sys.argv[1:]
if name == "landing":
    from landing import land

    took, (rows, version) = measured(lambda: land(library, files, silver, out), int(times))
    result = {**took, "rows": rows, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, "version": version}
else:
    feature = importlib.import_module(name)
    run = with_chdb if library == "chdb" else lambda *given: with_frames(library, *given)
    result = run(feature, silver, out, int(times))
print(json.dumps(result))
