/** docs/operations.md, the part about a machine of one's own: schedule, container, logs, backup, moving, upgrading. */
import { eveningAt } from '../core/schedule.ts'
import { sources } from '../sources/index.ts'

const secrets = [...new Set(sources.flatMap(({ secret }) => (secret ? [secret.name] : [])))]
const time = `${eveningAt.hour}:${eveningAt.minute}`

export const deskOperations = `## On your own machine

A lake is a folder. Nothing has to run between two evenings.

### The schedule

\`\`\`sh
npx precursor schedule install   # systemd of the user where it runs, else cron
npx precursor schedule status
npx precursor schedule remove
\`\`\`

The schedule runs \`precursor run --missed --quiet --summary\` in the folder in which it was installed, with the \`universe.json\` there. These rules
hold for \`--missed\`:

- The evening of a session begins at ${time} New York. Before that it is not run, whatever the time zone of the machine.
- A day without a session runs nothing.
- Evenings since the last one for which a source landed rows are made up, up to ten of them. Use \`backfill\` after a longer absence.
- If no source was reached, the evening counts as not run. The schedule tries again each hour.

| where | starts | log |
| --- | --- | --- |
| systemd | weekdays at ${time} New York and each hour until 23:${eveningAt.minute}; after the machine was off, at once | the journal, which systemd rotates: \`journalctl --user -u precursor.service\` |
| cron | each hour at minute ${eveningAt.minute} | \`precursor-schedule.log\` in the working folder. At 1 MiB it becomes \`precursor-schedule.log.1\`, which replaces the one before it |
| \`precursor schedule follow\` | from a process that keeps running, such as a container | standard output |

\`loginctl enable-linger\` lets the timer of systemd run while you are logged out. Keys of sources (${secrets.map((name) => `\`${name}\``).join(', ')})
must be set where the scheduler finds them: by \`systemctl --user edit precursor.service\`, as lines of the crontab, or in the environment
of the container. Another scheduler can start \`precursor schedule once\` each hour.

\`--summary\` prints one line, for example \`2025-11-20 · 1234 landed · 0 rejected · 0 failed · 6 lit · 58 s\`. Exit code 1 means that something failed.
Ctrl-C and SIGTERM end a run at once with exit code 130. What has landed is kept, and the same command continues.

\`precursor watch --post\` sends an evening once; it records this below \`posted/\` in the lake. \`--again\` sends it once more.

### A container

\`\`\`sh
docker compose up -d --build                     # the missed evening at once, then each evening
docker compose logs evenings
docker compose run --rm evenings backfill --from 2024-01-02 --to 2025-11-20
docker compose run --rm evenings query lit_signals
docker compose run --rm -v /mnt/disk:/backup evenings backup /backup/lake-2025-11-20
\`\`\`

The image runs as the user \`node\` and keeps the lake in the volume \`lake\`. Docker rotates its log: three files of 1 MB at most. The folder
\`/backup\` must be writable for the user with the id 1000.

A test reads the \`Dockerfile\` and the compose file, runs the steps of the build in an empty folder, and runs the command of the image with a
clock of its own. No test has built the image or started it with Docker: that needs a Docker daemon and a registry of images.

### Backup and restore

\`\`\`sh
npx precursor --lake sample-lake backup copies/2025-11-20              # copies the lake, and verifies every object of the copy
npx precursor --lake restored/lake restore copies/2025-11-20           # makes a lake of the backup, at any path
npx precursor --lake restored/lake doctor --offline --verify           # verifies it again
mv restored/lake moved-lake                                            # a lake may also be moved or copied as a folder
npx precursor --lake moved-lake query lit_signals
npx precursor --lake moved-lake query lit_signals --as-of 2025-11-20T13:29:59Z
\`\`\`

A backup or restore that was interrupted is marked as unfinished: the same command goes on with it, and other commands refuse the
folder. A file that changes while it is copied is copied again. If the lake goes on to change, the copy stays unfinished. A backup is a
lake, so \`--lake copies/2025-11-20\` reads it.

### Moving a lake

Stop the schedule, move or copy the folder with everything in it (\`.writes\` too), and install the schedule again with the new \`--lake\`.
Nothing in the lake names its place, apart from one default in \`lake.duckdb\`.

\`lake.duckdb\` finds the files beside it when a client opens it, by any path and from any folder, after a move and after a copy. There are
two cases in which DuckDB does not tell a view where its file is: a client that *attaches* the file, and a copy with another name. There it
takes the folder in which the file was published last. After a move, name the folder, or publish again with
\`precursor --lake FOLDER publish\`:

\`\`\`sql
attach '/new/place/lake.duckdb' as lake (read_only);
set variable lake_folder = '/new/place';
select * from lake.precursor_signals where is_lit;
\`\`\`

\`select table_name, column_name, comment from duckdb_columns()\` gives the meaning of every column. Instants are \`TIMESTAMP\` in UTC.

### Upgrading

1. Read "What you must know when you upgrade" in [CHANGELOG.md](../CHANGELOG.md).
2. Stop the schedule or the container. Two versions must not write to one lake at the same time.
3. Make a backup (\`precursor backup\`).
4. Install: \`git pull && npm ci\` in a clone, \`npm install <new tarball>\` where the package is installed, or \`docker compose up -d --build\`.
5. Run \`precursor doctor --offline\`, then \`precursor run\`. A lake of an earlier version opens as it is. The run computes again what a new
   version computes otherwise, and writes \`lake.duckdb\` anew.
6. Run \`precursor rebuild\` if the change log says that a decoder was fixed. It derives the tables again from the stored responses.

To go back, install the earlier version and restore the backup.

`
