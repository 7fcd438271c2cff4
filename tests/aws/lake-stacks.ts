/** A CDK app with a stack for each name in the context `stacks`. */
import { App } from 'aws-cdk-lib'
import { settingsOf } from '../../infra/settings.ts'
import { PrecursorStack } from '../../infra/stack.ts'

const app = new App()
const names: string = app.node.getContext('stacks')
for (const name of names.split(',')) new PrecursorStack(app, name, settingsOf(app.node))
app.synth()
