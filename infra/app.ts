/** The CDK app: one stack, its settings from the context, checked by cdk-nag, its catalog by the contract. */
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
