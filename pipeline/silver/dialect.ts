/** DuckDB macros for Trino functions that DuckDB lacks or defines differently. Views use only functions that then agree. */
export const trinoMacros: readonly string[] = [
  // Trino counts complete units. DuckDB's date_diff counts boundaries.
  'create or replace macro date_diff(unit, a, b) as date_sub(unit, a, b)',
  // Trino returns x of the row with the largest y, even if x is NULL. DuckDB ignores rows where x is NULL.
  'create or replace macro max_by(x, y) as arg_max_null(x, y)',
  'create or replace macro min_by(x, y) as arg_min_null(x, y)',
  'create or replace macro sequence(a, b) as generate_series(a, b), (a, b, c) as generate_series(a, b, c)',
  'create or replace macro day_of_week(d) as isodow(d)',
  'create or replace macro arbitrary(x) as any_value(x)',
  'create or replace macro regexp_like(s, p) as regexp_matches(s, p)',
  'create or replace macro array_join(a, s) as array_to_string(a, s)',
]
