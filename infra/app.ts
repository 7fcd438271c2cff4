/** The CDK app: one stack with settings from the context. The contract checks its catalog, cdk-nag its resources. */
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks } from 'cdk-nag'
import { defaultStack } from '../core/deployment.ts'
import { checkContract } from './contract.ts'
import { settingsOf } from './settings.ts'
import { PrecursorStack } from './stack.ts'

await checkContract()
const app = new App()
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
new PrecursorStack(app, app.node.tryGetContext('stack') ?? defaultStack, settingsOf(app.node))
app.synth()
