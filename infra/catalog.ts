/** The catalog: a Glue database with every table, mart and view, an Athena workgroup, and the saved queries. */
import { Stack } from 'aws-cdk-lib'
import * as athena from 'aws-cdk-lib/aws-athena'
import * as glue from 'aws-cdk-lib/aws-glue'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { martName, storedName } from '../schemas/catalog.ts'
import { queries } from '../schemas/queries/index.ts'
import { tables } from '../schemas/tables/index.ts'
import { inDependencyOrder } from '../schemas/view.ts'
import { views } from '../schemas/views/index.ts'
import { martTable, partitionedTable, type TableInput, viewTable } from './glue-tables.ts'
import { resultsPrefix } from './lake-bucket.ts'
import type { Settings } from './settings.ts'

export class Catalog extends Construct {
  readonly database: string
  readonly workgroup: string

  constructor(scope: Construct, id: string, lake: s3.Bucket, { firstYear, scanLimit }: Settings) {
    super(scope, id)
    const { stackName, account } = Stack.of(this)
    this.database = stackName.toLowerCase().replaceAll('-', '_')
    const database = new glue.CfnDatabase(this, 'Database', {
      catalogId: account,
      databaseInput: { name: this.database, description: 'A point-in-time lake of US-equity crash precursors.' },
    })
    const put = (name: string, tableInput: TableInput, after: readonly glue.CfnTable[] = []) => {
      const table = new glue.CfnTable(this, name, { catalogId: account, databaseName: database.ref, tableInput })
      for (const each of after) table.addResourceDependency(each)
      return table
    }
    const made = new Map<string, glue.CfnTable>()
    for (const table of tables)
      made.set(table.name, put(table.name, partitionedTable(table, lake.bucketName, firstYear)))
    for (const view of inDependencyOrder(views)) {
      if (view.mart) put(martName(view), martTable(view, lake.bucketName))
      // A materialized view reads its own objects, which compute keeps up to date. Other views read their sources.
      const under = view.materialized
        ? [put(storedName(view), partitionedTable(view, lake.bucketName, firstYear))]
        : view.sql.reads.map((read) => made.get(read.name)!)
      made.set(view.name, put(view.name, viewTable(view, this.database), under))
    }
    this.workgroup = this.addWorkgroup(lake, scanLimit)
  }

  private addWorkgroup(lake: s3.Bucket, scanLimit: number): string {
    const { stackName } = Stack.of(this)
    const workgroup = new athena.CfnWorkGroup(this, 'Workgroup', {
      name: stackName,
      description: 'Queries of the lake; settings are enforced.',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: scanLimit * 1024 ** 3,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${lake.bucketName}/${resultsPrefix}`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    })
    for (const { name, doc, sql } of queries) {
      new athena.CfnNamedQuery(this, `query_${name}`, {
        name,
        description: doc,
        database: this.database,
        workGroup: workgroup.name,
        queryString: sql.text,
      }).addResourceDependency(workgroup)
    }
    return workgroup.name
  }
}
