/** Terminal styles, off where output is not a terminal; and columns of text that is wider than it is long. */
import { styleText } from 'node:util'

const styled = (format: 'bold' | 'dim' | 'underline') => (text: string) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(format, text) : text

export const bold = styled('bold')
export const dim = styled('dim')
export const rule = (title: string) => styled('underline')(title)

/** Chinese characters take two columns. */
const widthOf = (text: string) => [...text].reduce((sum, each) => sum + (/[\u1100-\uffdc]/.test(each) ? 2 : 1), 0)
const spaces = (text: string, width: number) => ' '.repeat(Math.max(0, width - widthOf(text)))

export const padEnd = (text: string, width: number): string => text + spaces(text, width)
export const padStart = (text: string, width: number): string => spaces(text, width) + text
