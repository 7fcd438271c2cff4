/** Terminal styles, off where nobody sees them. */
import { styleText } from 'node:util'

const styled = (format: 'bold' | 'dim' | 'underline') => (text: string) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text

export const bold = styled('bold')
export const dim = styled('dim')
export const rule = (title: string) => styled('underline')(title)
