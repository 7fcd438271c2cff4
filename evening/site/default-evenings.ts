/** How many evenings of a site have a page of their own. */

/** Those of two years. */
export const defaultEvenings = 504
