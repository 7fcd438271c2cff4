/** Trino, the engine behind Athena, over the emulator's Glue and S3. Installed once into the cache folder. */
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { reasonOf, statement } from './athena/statement.ts'
import { type Beside, startBeside, untilUp } from './beside.ts'
import { account, region } from './emulator.ts'
import { cache, works } from './installed.ts'

/** Athena engine version 3 follows Trino. This release runs on a JDK of version 24 or newer. */
const release = '476'
const oldestJdk = 24

const jdks = (): string[] => {
  const named = Object.entries(process.env).flatMap(([name, value]) =>
    /^JAVA_HOME/.test(name) && value ? [value] : [],
  )
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => existsSync(join(folder, 'java')))
    .map((folder) => dirname(dirname(realpathSync(join(folder, 'java')))))
  const usual = ['/usr/lib/jvm', '/Library/Java/JavaVirtualMachines'].filter(existsSync)
  const installed = usual.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => [join(folder, name), join(folder, name, 'Contents/Home')]),
  )
  return [...named, ...onPath, ...installed]
}

/** Every JDK says its version in the file `release`. */
const versionOf = (home: string): number => {
  const file = join(home, 'release')
  return existsSync(file) ? Number(/JAVA_VERSION="(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) : 0
}

const jdk = jdks().find((home) => versionOf(home) >= oldestJdk)
export const hasTrino = jdk !== undefined && works('mvn', '--version')
if (!hasTrino && process.env.CI)
  throw new Error(`in CI a JDK of version ${oldestJdk} or newer, and Maven, must be there`)

/** What is installed, each in a folder of its own: the server, and the connectors as they are packed. */
const parts = {
  lib: `trino-server-core:${release}:tar.gz`,
  hive: `trino-hive:${release}:zip`,
  memory: `trino-memory:${release}:zip`,
} as const

/** Folder with these parts. A part that is missing is fetched from Maven Central; together they have about 470 MB. */
const trinoFolder = async (): Promise<string> => {
  const folder = join(cache, `trino-${release}`)
  mkdirSync(folder, { recursive: true })
  for (const [part, artifact] of Object.entries(parts))
    if (!existsSync(join(folder, part))) await install(folder, part, artifact)
  return folder
}

const install = async (folder: string, part: string, artifact: string): Promise<void> => {
  const run = promisify(execFile)
  const aside = mkdtempSync(`${folder}-`)
  const options = [
    `-Dartifact=io.trino:${artifact}`,
    `-DoutputDirectory=${aside}`,
    `-Dmaven.repo.local=${aside}/repository`,
  ]
  await run('mvn', ['--batch-mode', '--quiet', 'dependency:copy', ...options])
  const [name, , kind] = artifact.split(':')
  const archive = join(aside, `${name}-${release}.${kind}`)
  if (kind === 'zip') await run(join(jdk!, 'bin', 'jar'), ['--extract', '--file', archive], { cwd: aside })
  else await run('tar', ['-xzf', archive, '-C', aside, `${name}-${release}/lib`])
  renameSync(join(aside, `${name}-${release}`, kind === 'zip' ? '' : 'lib'), join(folder, part))
  rmSync(aside, { recursive: true })
}

const settings = (port: number, folder: string) => ({
  coordinator: true,
  'node-scheduler.include-coordinator': true,
  'http-server.http.port': port,
  // Its default is a folder of the project.
  'http-server.log.path': join(folder, 'http-request.log'),
  'discovery.uri': `http://127.0.0.1:${port}`,
  'query.max-memory-per-node': '800MB',
  // The lakes of the tests are small: more threads for one query would only add work.
  'task.concurrency': 1,
  // What has ended is looked through again and again, with the statistics of all its tasks, for a quarter of an hour by default. With the
  // hundreds of queries of a run that took a tenth of its processor time.
  'query.max-history': 1,
  'query.min-expire-age': '2m',
  'task.info.max-age': '1m',
  // A view of views of views is one long plan.
  'query.max-length': 10_000_000,
  'plugin.dir': join(folder, 'plugin'),
  'catalog.config-dir': join(folder, 'catalog'),
  'node.environment': 'local',
  'node.bind-ip': '127.0.0.1',
  'node.internal-address': '127.0.0.1',
})

const s3 = (awsUrl: string) => ({
  'fs.native-s3.enabled': true,
  's3.endpoint': awsUrl,
  's3.region': region,
  's3.path-style-access': true,
  // A busy machine answers late, and late is not wrong. The SDK would give up a connection after 2 seconds.
  's3.socket-connect-timeout': '60s',
  's3.socket-read-timeout': '120s',
  's3.aws-access-key': account,
  's3.aws-secret-key': 'x',
})

/** The catalog that Athena calls AwsDataCatalog; Trino's names are in lower case. */
const catalog = (awsUrl: string, folder: string) => ({
  'connector.name': 'hive',
  'hive.metastore': 'glue',
  'hive.metastore.glue.region': region,
  'hive.metastore.glue.endpoint-url': awsUrl,
  'hive.metastore.glue.aws-access-key': account,
  'hive.metastore.glue.aws-secret-key': 'x',
  ...s3(awsUrl),
  // The emulator answers one request after another; an object that was read is not asked for again until it is replaced.
  'fs.cache.enabled': true,
  'fs.cache.directories': join(folder, 'cache'),
  'fs.cache.max-sizes': '1GB',
  'hive.partition-projection-enabled': true,
  'hive.security': 'allow-all',
  'hive.table-statistics-enabled': false,
  // The emulator answers one request after another: more threads that list objects would only wait.
  'hive.max-split-iterator-threads': 16,
  'hive.split-loader-concurrency': 4,
})

/** Tables of this catalog have their files in S3, and are known to Trino alone: an UNLOAD of Athena makes no table in Glue. */
export const unloadCatalog = 'unload'
export const unloadSchema = `${unloadCatalog}.unloaded`
const unloading = (awsUrl: string, folder: string) => ({
  'connector.name': 'hive',
  'hive.metastore': 'file',
  'hive.metastore.catalog.dir': 'local:///metastore',
  'fs.native-local.enabled': true,
  'local.location': folder,
  ...s3(awsUrl),
  'hive.non-managed-table-writes-enabled': true,
  'hive.security': 'allow-all',
})

/** Tables of this catalog are in the memory of Trino. */
export const memoryCatalog = 'memory'
const inMemory = { 'connector.name': 'memory', 'memory.max-data-per-node': '2GB', 'memory.splits-per-node': 1 }

const written = (settings: Readonly<Record<string, string | number | boolean>>) =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')

/** Starts it in a folder of its own; it is up when it has a node that works. */
export const startTrino = async (port: number, awsUrl: string, folder: string): Promise<Beside> => {
  const installed = await trinoFolder()
  for (const part of ['plugin', 'catalog', 'cache']) mkdirSync(join(folder, part), { recursive: true })
  for (const plugin of ['hive', 'memory']) symlinkSync(join(installed, plugin), join(folder, 'plugin', plugin))
  writeFileSync(join(folder, 'config.properties'), written(settings(port, folder)))
  writeFileSync(join(folder, 'catalog', 'awsdatacatalog.properties'), written(catalog(awsUrl, folder)))
  writeFileSync(join(folder, 'catalog', `${memoryCatalog}.properties`), written(inMemory))
  const unloaded = join(folder, 'unloaded')
  mkdirSync(unloaded)
  writeFileSync(join(folder, 'catalog', `${unloadCatalog}.properties`), written(unloading(awsUrl, unloaded)))
  const options = [
    // Most of its code is made for one query and runs a few times: the optimizing compiler takes more time than it saves.
    '-XX:TieredStopAtLevel=1',
    // With that compiler alone the room for code is 48 MB by default. Each time some of it is used, and each time the classes of
    // queries grow past a small threshold, the whole heap is collected.
    ...['-XX:ReservedCodeCacheSize=1g', '-XX:MetaspaceSize=1g'],
    // Each plan leaves much garbage, and a large young generation is rarely collected.
    ...['-Xmx4g', '-Xmn1g', '-XX:+UseSerialGC', '-XX:+UseCompactObjectHeaders', '-XX:+ExitOnOutOfMemoryError'],
    ...[
      '--sun-misc-unsafe-memory-access=allow',
      '--add-modules=jdk.incubator.vector',
      '--enable-native-access=ALL-UNNAMED',
    ],
    ...['-Djdk.attach.allowAttachSelf=true', '-Dfile.encoding=UTF-8', '-Duser.timezone=UTC'],
    // It unpacks native libraries there.
    `-Djava.io.tmpdir=${folder}`,
    `-Dconfig=${join(folder, 'config.properties')}`,
  ]
  const command = [
    join(jdk!, 'bin', 'java'),
    ...options,
    '-cp',
    join(installed, 'lib', '*'),
    'io.trino.server.TrinoServer',
  ]
  const program = startBeside(command, { env: { PATH: process.env.PATH }, logFile: join(folder, 'trino.log') })
  const url = `http://127.0.0.1:${port}`
  await untilUp('Trino', program, async () => {
    const { rows } = await statement(url, "select 1 from system.runtime.nodes where state = 'active'", {})
    return rows.length > 0
  })
  const { error } = await statement(url, `create schema ${unloadSchema}`, {})
  if (error) throw new Error(reasonOf(error))
  return program
}
