/** The row of each table and view, by its name. In the package, this file is written from the declarations (`declarations.ts`). */
export type Rows = Readonly<Record<string, Readonly<Record<string, string | number | boolean | null>>>>
